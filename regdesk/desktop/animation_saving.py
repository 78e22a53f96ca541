"""The dialog that saves an animation of the run, and what it asks for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from regdesk.data.files.whole_files import reason_of
from regdesk.desktop.animation import Animation, missing_package
from regdesk.views.export.animation_dialog import AnimationDialog
from regdesk.views.export.animation_request import AnimationRequest
from regdesk.views.export.replacing import may_replace

if TYPE_CHECKING:
    from regdesk.session.controller import Controller
    from regdesk.views.window.main_window import MainWindow


class AnimationSaving(QObject):
    """Belongs to the window; made when an animation is asked for for the first time."""

    def __init__(self, window: MainWindow, controller: Controller) -> None:
        super().__init__(window)
        self._window, self._controller = window, controller
        self._request = AnimationRequest()
        self._dialog: AnimationDialog | None = None
        self._animation = Animation(window, controller)
        self._animation.progressed.connect(self._on_progressed)
        self._animation.written.connect(self._on_written)
        self._animation.failed.connect(self._on_failed)

    def open_dialog(self) -> None:
        """Let a person choose what becomes of it."""
        moment, reason = self._controller.moment(), self._controller.travel.travel.view.unavailable_reason
        if moment is None or reason:
            self._window.show_error(reason)
            return
        source = moment.loaded.source
        folder = self._request.folder or str(Path.home() if source.sample else source.path.resolve().parent)
        panels = [(dock.panel.objectName(), dock.panel.windowTitle()) for dock in self._window.docks.docks]
        missing = missing_package()
        request = replace(self._request, folder=folder)
        if missing and request.kind != "png":
            request = replace(request, kind="png")
        self._dialog = dialog = AnimationDialog(self._window, panels, request, missing)
        dialog.save_requested.connect(self._on_save_requested)
        dialog.cancelled.connect(self._on_cancelled)
        dialog.open()

    def _on_save_requested(self, request: AnimationRequest) -> None:
        dialog = self._dialog
        assert dialog is not None
        folder = Path(request.folder).expanduser()
        try:
            if not folder.is_dir():
                dialog.show_problem(self.tr("There is no folder {folder}.").format(folder=request.folder))
                return
            there = [name for name in request.file_names(request.n_pictures) if (folder / name).exists()]
        except OSError as problem:
            dialog.show_problem(f"{request.folder}: {reason_of(problem)}.")
            return
        if there and not may_replace(dialog, request.folder, there):
            return
        self._request = request
        dialog.show_busy(True)
        self._animation.begin(request)

    def _on_cancelled(self) -> None:
        self._animation.cancel()
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.show_busy(False)

    def _on_progressed(self, fraction: float) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.show_progress(fraction)

    def _on_written(self, n_files: int) -> None:
        one, several = self.tr("1 file was written to {folder}."), self.tr("{n} files were written to {folder}.")
        form = one if n_files == 1 else several
        self._window.show_status(form.format(n=n_files, folder=self._request.folder))
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.show_busy(False)
            self._dialog.accept()

    def _on_failed(self, sentence: str) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.show_busy(False)
            self._dialog.show_problem(sentence)
        else:
            self._window.show_error(sentence)
