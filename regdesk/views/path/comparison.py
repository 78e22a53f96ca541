"""The path panel's three penalties: the button that puts them in place of the sweep, their plots, and what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, Signal

from regdesk.core.words.penalty_words import WAITING, comparison_sentence
from regdesk.views.kit.setting_controls import setting_toggle

if TYPE_CHECKING:
    from regdesk.core.model.side_by_side import SideBySide
    from regdesk.views.path.penalty_paths import PenaltyPaths

COMPARES = "view.compares_paths"


class PathComparison(QObject):
    """``picture`` is made when it is first wanted; ``words`` are the panel's while it is shown.

    Signals: ``settings_chosen(object)`` with the values of settings by path, ``wanted()`` when ``is_wanted`` is
    another, ``said()`` when ``words`` are. ``input_names`` are those of the live model.
    """

    settings_chosen = Signal(object)
    wanted = Signal()
    said = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.button = setting_toggle(COMPARES)
        self.button.toggled.connect(self._on_toggled)
        self.picture: PenaltyPaths | None = None
        self.words = WAITING
        self.input_names: tuple[str, ...] = ()
        self.is_on = self.is_wanted = False
        self._lam: float | None = None

    def take(self, is_on: bool) -> bool:
        """What is in force; whether it is another than before."""
        has_changed = is_on != self.is_on
        self.is_on = is_on
        with QSignalBlocker(self.button):
            self.button.setChecked(is_on)
        return has_changed

    def made(self) -> PenaltyPaths:
        """The plots, which most windows never need."""
        if self.picture is None:
            from regdesk.views.path.penalty_paths import PenaltyPaths

            self.picture = PenaltyPaths()
            self.picture.apply_theme()
            self.picture.show_lambda(self._lam)
        return self.picture

    def note_seen(self, is_seen: bool) -> None:
        """Whether anybody can see the panel: nothing is solved for nobody."""
        wants = self.is_on and self.picture is not None and is_seen
        if wants != self.is_wanted:
            self.is_wanted = wants
            self.wanted.emit()

    def show_comparison(self, found: SideBySide) -> None:
        """What three penalties make of the rows of the model."""
        names = self.input_names
        if self.picture is not None and names and len(found.weights) % len(names) == 0:
            self.picture.show_comparison(found, names)
            self.words = comparison_sentence(found)
            self.said.emit()

    def refuse(self, sentence: str) -> None:
        """Why there is nothing to compare."""
        if self.picture is not None:
            self.picture.show_sentence(sentence)
            self.words = sentence
            self.said.emit()

    def show_lambda(self, lam: float | None) -> None:
        """The λ in force; None where there is no penalty."""
        self._lam = lam
        if self.picture is not None:
            self.picture.show_lambda(lam)

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        self.button.apply_theme()
        if self.picture is not None:
            self.picture.apply_theme()

    def _on_toggled(self, is_on: bool) -> None:
        self.settings_chosen.emit({COMPARES: is_on})
