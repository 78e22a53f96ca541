"""What a person chooses of the window by a menu and no setting holds: where all panels stand, and the colours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QSize, Signal
from PySide6.QtGui import QAction, QActionGroup

from regdesk.views.docks.remembered_layout import RememberedLayout

if TYPE_CHECKING:
    from regdesk.views.docks.panel_docks import PanelDocks


class Surroundings(QObject):
    """Belongs to the window. Signals: ``leaving_places(str)`` and ``took_places()`` as of the docks; ``moved(object,
    str)`` with where they stood, as ``put_back`` takes it, before a hand moved one or an edge between two, and that in
    words; and ``theme_chosen(str)`` with the choice of colours that was before another.
    """

    leaving_places = Signal(str)
    took_places = Signal()
    moved = Signal(object, str)
    theme_chosen = Signal(str)

    def __init__(self, parent: QObject, docks: PanelDocks, themes: QActionGroup) -> None:
        super().__init__(parent)
        self._docks, self._themes = docks, themes
        # The choice in force, and the one before it until it has been told.
        self.theme = self._before = ""
        docks.leaving_places.connect(self.leaving_places)
        docks.took_places.connect(self.took_places)
        docks.moved.connect(self._on_moved)
        for action in themes.actions():
            action.toggled.connect(self._on_toggled)
        # After the choice is in force.
        themes.triggered.connect(self._on_triggered)

    @property
    def places(self) -> object:
        """Where the panels stand, as ``put_back`` takes it. Where nobody has moved any they follow the room, and what
        that was makes no difference.
        """
        return _places_of(self._docks.remembered())

    def put_back(self, places: object) -> None:
        """The panels where they stood."""
        if isinstance(places, RememberedLayout):
            self._docks.bring_back(places)

    def choose_theme(self, theme: str) -> None:
        """As a person does in the menu."""
        for action in self._themes.actions():
            if action.data() == theme:
                action.trigger()

    def _on_moved(self, before: RememberedLayout, words: str) -> None:
        self.moved.emit(_places_of(before), words)

    def _on_toggled(self, is_on: bool) -> None:
        checked = self._themes.checkedAction()
        if is_on and checked is not None:
            self._before, self.theme = self.theme, str(checked.data())

    def _on_triggered(self, _action: QAction) -> None:
        before, self._before = self._before, self.theme
        if before not in ("", self.theme):
            self.theme_chosen.emit(before)


def _places_of(layout: RememberedLayout) -> RememberedLayout:
    return replace(layout, state=QByteArray(), size=QSize()) if layout.is_own else layout
