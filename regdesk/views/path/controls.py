"""How a path is looked at: the axis, the scale, the class, and whether its events are listed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from regdesk.core.settings.settings_table import setting_at
from regdesk.views.kit import spacing
from regdesk.views.kit.setting_controls import setting_slim_box, setting_toggle, show_datum
from regdesk.views.path.picture import PathChoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.settings.configuration import PathSettings

MOST_WIDTH_PX = 190
AXIS, SCALE, OUTPUT, LISTS_EVENTS = (f"view.path.{name}" for name in ("axis", "scale", "output", "lists_events"))


class PathControls(QWidget):
    """Signals: ``settings_chosen(object)`` with the values of settings by path, and then ``choice_changed()``;
    ``choice`` is what is chosen of what there is.
    """

    settings_chosen = Signal(object)
    choice_changed = Signal()

    def __init__(self, settings: Callable[[], PathSettings]) -> None:
        """``settings`` answers with what is in force."""
        super().__init__()
        self._settings = settings
        self.axes, self.scales = setting_slim_box(AXIS, MOST_WIDTH_PX), setting_slim_box(SCALE, MOST_WIDTH_PX)
        self.classes = setting_slim_box(OUTPUT, MOST_WIDTH_PX)
        self.classes.hide()
        self.events = setting_toggle(LISTS_EVENTS)
        self._names: tuple[str, ...] = ()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing.SMALL_PX)
        for path, box, stretch in ((AXIS, self.axes, 3), (SCALE, self.scales, 4), (OUTPUT, self.classes, 3)):
            layout.addWidget(box, stretch)
            box.currentIndexChanged.connect(partial(self._on_index_changed, path, box))
        layout.addStretch(0)
        layout.addWidget(self.events)
        self.show_settings()

    @property
    def choice(self) -> PathChoice:
        return PathChoice(
            self.axes.currentData(),
            self.scales.currentData() == "original",
            self.classes.currentIndex() - 1 if self.classes.currentIndex() > 0 else None,
        )

    def show_settings(self) -> bool:
        """What is in force, as far as the path has it; whether that is another choice than before."""
        before, settings = self.choice, self._settings()
        show_datum(self.axes, settings.axis)
        show_datum(self.scales, settings.scale if self.scales.isEnabled() else "standardised")
        has_class = settings.output in self._names and len(self._names) > 1
        show_datum(self.classes, settings.output if has_class else None)
        return self.choice != before

    def show_facts(self, output_names: tuple[str, ...], is_scaled: bool, is_network: bool = False) -> None:
        """What there is to choose from."""
        self.scales.setEnabled(is_scaled)
        tip = setting_at(SCALE).tip if is_scaled else self.tr("Nothing was standardised: both are the same.")
        if is_network:
            tip = self.tr("Only standardised: a unit of a network has no unit of the data.")
        self.scales.setToolTip(tip)
        if output_names != self._names:
            self._names = output_names
            with QSignalBlocker(self.classes):
                self.classes.clear()
                self.classes.addItem(self.tr("norm"), None)
                for name in output_names:
                    self.classes.addItems([name])
                    self.classes.setItemData(self.classes.count() - 1, name)
            self.classes.setVisible(len(output_names) > 1)
        self.show_settings()

    def apply_theme(self) -> None:
        self.events.apply_theme()

    def _on_index_changed(self, path: str, box: QComboBox, _index: int) -> None:
        self.settings_chosen.emit({path: box.currentData()})
        self.choice_changed.emit()
