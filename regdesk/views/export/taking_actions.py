"""What can be taken away from the window by its menu: pictures, tables, and the command that makes it again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction


class TakingActions:
    """``add`` makes an action of a name, a text, a tip and its keys."""

    def __init__(self, add: Callable[[str, str, str, str], QAction]) -> None:
        self.pictures = add(
            "pictures",
            self.tr("Save p&ictures…"),
            self.tr("Panels as PNG, SVG or PDF, in any size and without their controls"),
            "Ctrl+Shift+I",
        )
        self.animation = add(
            "animation",
            self.tr("Save a&nimation…"),
            self.tr("The run from its first moment to now, as a moving picture or as numbered ones"),
            "Ctrl+Shift+J",
        )
        self.tables = add(
            "tables",
            self.tr("Save ta&bles…"),
            self.tr("Coefficients, predictions, history and sweep as CSV, or to the clipboard"),
            "Ctrl+Shift+K",
        )
        self.copy_command = add(
            "copyCommand",
            self.tr("Cop&y command"),
            self.tr("The command line that fits again, on this computer, what the window shows"),
            "Ctrl+Shift+C",
        )

        self.save_settings = add(
            "saveSettings",
            self.tr("Sa&ve settings as text…"),
            self.tr("A small text that opens the same data and choices on another computer, as a handout"),
            "",
        )
        self.copy_settings = add(
            "copySettings",
            self.tr("Copy settin&gs as text"),
            self.tr("The same text, which opens on another computer: paste it into a mail or into another regdesk"),
            "",
        )

    @property
    def all(self) -> tuple[QAction, ...]:
        settings = self.copy_settings, self.save_settings
        return self.pictures, self.animation, self.tables, self.copy_command, *settings

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("TakingActions", text)
