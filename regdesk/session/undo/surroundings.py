"""Steps of the window that no setting holds: panels that a menu puts elsewhere, and the colours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.session.undo.step import Reach

if TYPE_CHECKING:
    from regdesk.session.undo.moment import Moment
    from regdesk.session.undo.moments import Moments
    from regdesk.views.window.main_window import MainWindow

COLOURS = "the colours"
Note = Callable[["Moment", str, Reach], bool]
"""Is given the moment before, what is done in words, and its reach; whether that is a step."""


class SurroundingSteps(QObject):
    """Signal: ``took_places()`` when panels stand elsewhere by a step of their own."""

    took_places = Signal()

    def __init__(self, window: MainWindow, moments: Moments, note: Note, parent: QObject) -> None:
        super().__init__(parent)
        self._moments, self._note = moments, note
        self.is_placing = False
        """Whether panels are being put elsewhere: what is chosen meanwhile belongs to that step."""
        surroundings = window.surroundings
        surroundings.leaving_places.connect(self._on_leaving_places)
        surroundings.took_places.connect(self._on_took_places)
        surroundings.moved.connect(self._on_moved)
        surroundings.theme_chosen.connect(self._on_theme_chosen)

    def _on_leaving_places(self, words: str) -> None:
        self.is_placing = self._note(self._moments.present_of(Reach.PLACES), words, Reach.PLACES)

    def _on_took_places(self) -> None:
        is_placing, self.is_placing = self.is_placing, False
        if is_placing:
            self.took_places.emit()

    def _on_moved(self, before: object, words: str) -> None:
        moment = replace(self._moments.present_of(Reach.PLACES), places=before)
        if not moment.is_same_as(self._moments.present_of(Reach.PLACES)):
            self._note(moment, words, Reach.PLACES)

    def _on_theme_chosen(self, before: str) -> None:
        self._note(replace(self._moments.present, theme=before), COLOURS, Reach.THEME)
