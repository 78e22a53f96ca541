"""What the window says of undo, and what it is told: the two actions, and what panels have frozen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from regdesk.views.plots.panel import Panel
    from regdesk.views.undo.actions import UndoActions


class UndoDoor(QObject):
    """Belongs to the window. Signals: ``undo_requested()``, ``redo_requested()``, and ``ghosts_changed()`` when a
    person has frozen the picture, or let it go.
    """

    undo_requested = Signal()
    redo_requested = Signal()
    ghosts_changed = Signal()

    def __init__(self, parent: QObject, actions: UndoActions, freeze: QAction, panels: Sequence[Panel]) -> None:
        super().__init__(parent)
        self._actions, self._freeze, self._panels = actions, freeze, panels
        actions.undo.triggered.connect(self.undo_requested)
        actions.redo.triggered.connect(self.redo_requested)
        # It tells so after the panels have taken or dropped their ghosts.
        freeze.triggered.connect(self.ghosts_changed)

    def show(self, undo: tuple[str, str], redo: tuple[str, str]) -> None:
        """As ``UndoActions.show``."""
        self._actions.show(undo, redo)

    def ghosts(self) -> tuple[object, ...]:
        """What each panel has frozen, in their order; None where nothing is."""
        return tuple(panel.ghost for panel in self._panels)

    def show_ghosts(self, ghosts: tuple[object, ...]) -> None:
        """Have again what ``ghosts`` answered with."""
        for panel, ghost in zip(self._panels, ghosts, strict=True):
            panel.show_ghost(ghost)
        with QSignalBlocker(self._freeze):
            self._freeze.setChecked(any(ghost is not None for ghost in ghosts))

    def is_held(self) -> bool:
        """Whether a button of the mouse is down: what it changes is one thing."""
        return QApplication.mouseButtons() != Qt.MouseButton.NoButton
