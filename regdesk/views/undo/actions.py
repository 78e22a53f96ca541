"""Undo and redo as a menu says them: what would be undone, and why nothing can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence

from regdesk.views.kit.plain_text import action_text, tool_tip

Adder = Callable[[str, str, str], QAction]
"""Makes an action of a name, a text and a tool tip."""
OWN_REDO_KEYS = ("Ctrl+Shift+Z", "Ctrl+Y")
"""Beside those of the system, which has one of them or both."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("UndoActions", text)


@dataclass(frozen=True)
class UndoActions:
    """Two actions that say in words what they would do."""

    undo: QAction
    redo: QAction

    @classmethod
    def of(cls, add: Adder) -> UndoActions:
        """Made by ``add``, with nothing to undo yet."""
        found = cls(add("undo", _tr("&Undo"), ""), add("redo", _tr("&Redo"), ""))
        found.undo.setShortcuts(_keys(QKeySequence.StandardKey.Undo, ("Ctrl+Z",)))
        found.redo.setShortcuts(_keys(QKeySequence.StandardKey.Redo, OWN_REDO_KEYS))
        return found

    def show(self, undo: tuple[str, str], redo: tuple[str, str]) -> None:
        """For each of the two what would be done, empty where nothing can be, and a sentence on it, or on why not."""
        for action, name, keys, (words, sentence) in (
            (self.undo, _tr("&Undo"), "Ctrl+Z", undo),
            (self.redo, _tr("&Redo"), "Ctrl+Shift+Z", redo),
        ):
            action.setText(f"{name} {action_text(words)}" if words else name)
            action.setToolTip(tool_tip(f"{sentence} ({keys})"))
            action.setEnabled(bool(words))


def _keys(standard: QKeySequence.StandardKey, own: tuple[str, ...]) -> list[QKeySequence]:
    """Those of the program first: a menu shows the first one."""
    keys = [QKeySequence(one) for one in own]
    return keys + [one for one in QKeySequence.keyBindings(standard) if one not in keys]
