"""Where a window says what it knows of crashes, and of the machine; what tells it is loaded when that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, qVersion
from PySide6.QtGui import QGuiApplication

from regdesk.views.recovery.door import RecoveryDoor

if TYPE_CHECKING:
    from regdesk.upkeep.places import Places
    from regdesk.views.window.main_window import MainWindow


class UpkeepDoor(QObject):
    """Belongs to the window; ``dialogs`` are those of crashes and of what was not saved."""

    def __init__(self, window: MainWindow, places: Places) -> None:
        """``places`` are those that are read, also by a window that keeps nothing."""
        super().__init__(window)
        self._window, self._places = window, places
        self.dialogs = RecoveryDoor(window)
        self.dialogs.crash_log_requested.connect(self.show_crash_log)
        window.commands.crash_log.triggered.connect(self.show_crash_log)
        window.about_requested.connect(self._on_about_requested)
        window.closed.connect(self.dialogs.close)

    def show_crash_log(self) -> None:
        """All that is kept of crashes and errors, the newest first."""
        from regdesk.upkeep.crash_text import kept_logs, logs_text

        text = logs_text(kept_logs(self._places.crashes))
        if text:
            sentence = self.tr(
                "What regdesk has noted of crashes and of errors that should not happen: versions, places in the "
                "program, and what Qt said. No cell of your data is in it. The files are in {folder}."
            ).format(folder=self._places.crashes)
        else:
            sentence = self.tr("No crash and no error that should not happen has been noted.")
        self.dialogs.show_crash_log(sentence, text)

    def _on_about_requested(self) -> None:
        from regdesk.system import versions

        self._window.show_about(versions.parts(qVersion()), versions.NOTES, self._details)

    def _details(self) -> str:
        from regdesk.upkeep.info import info_record, info_text

        screens = [
            f"{one.name()} {one.size().width()} × {one.size().height()} at {one.devicePixelRatio():g}×".strip()
            for one in QGuiApplication.screens()
        ]
        return info_text(info_record(self._places, qVersion(), screens))
