"""What is chosen of the fits of other samples: whether there are any, how many, and lines or their spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from regdesk.core.fit.tools import NO_TOOLS
from regdesk.views.kit.plain_text import tool_tip
from regdesk.views.kit.setting_controls import SettingSpin, setting_toggle

if TYPE_CHECKING:
    from regdesk.core.settings.configuration import ViewSettings

RESAMPLES, COUNT, SPREAD = "view.resamples", "view.n_resamples", "view.shows_spread"
TIP = (
    "Fit as many rows, drawn with replacement from the training rows, again and again at the present λ: how far the "
    "fits lie apart is how much of the fit is chance."
)


class ResampleTools(QObject):
    """Widgets for the line of the data fit's tools, in their order.

    Signal: ``settings_chosen(object)`` with the values of settings by path.
    """

    settings_chosen = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.button = setting_toggle(RESAMPLES)
        self.count = SettingSpin(COUNT)
        self.spread = setting_toggle(SPREAD)
        self.unavailable_reason = NO_TOOLS.no_move
        self._is_map = self._is_wanted = False
        self.button.toggled.connect(self._on_toggled)
        self.count.valueChanged.connect(self._on_count_changed)
        self.spread.toggled.connect(self._on_spread_toggled)
        self._show()

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """From left to right."""
        return self.button, self.count, self.spread

    def show_available(self, unavailable_reason: str) -> None:
        """Why there can be no fits of other samples, as a sentence; empty where there can."""
        self.unavailable_reason = unavailable_reason
        self.button.setEnabled(not unavailable_reason)
        self.button.setToolTip(tool_tip(unavailable_reason or self.tr(TIP)))
        self._show()

    def show_map(self, is_map: bool) -> None:
        """Whether the picture is a map: there the fits have a spread at every place."""
        self._is_map = is_map
        self._show()

    def show_view_settings(self, view: ViewSettings) -> None:
        """What is in force."""
        self._is_wanted = view.resamples
        self.count.show_value(view.n_resamples)
        with QSignalBlocker(self.spread):
            self.spread.setChecked(view.shows_spread)
        self._show()

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        self.button.apply_theme()
        self.spread.apply_theme()

    def _show(self) -> None:
        with QSignalBlocker(self.button):
            # Where there can be none it is up; they are back where there can be some again.
            self.button.setChecked(self._is_wanted and not self.unavailable_reason)
        # It takes room from the picture: only with the fits that it counts.
        self.count.setVisible(self.button.isChecked())
        self.spread.setVisible(self._is_map)
        self.spread.setEnabled(not self.unavailable_reason)

    def _on_toggled(self, is_on: bool) -> None:
        self.settings_chosen.emit({RESAMPLES: is_on})

    def _on_count_changed(self, _value: float) -> None:
        self.settings_chosen.emit({COUNT: int(self.count.entered)})

    def _on_spread_toggled(self, is_on: bool) -> None:
        # There is nothing to see of it without fits.
        wanted = {RESAMPLES: True} if is_on and self.button.isEnabled() else {}
        self.settings_chosen.emit({SPREAD: is_on} | wanted)
