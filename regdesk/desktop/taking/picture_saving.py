"""The dialog that saves pictures, and what it asks for: panels are taken one by one, their files made in a thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from regdesk.core.stopping import Stopped
from regdesk.desktop.taking.picture_taking import Origin, PictureTaking, Taken
from regdesk.desktop.taking.saved_files import NotSaved, is_free, saved_sentence, show_not_saved, write_files
from regdesk.views.export.picture import TooManyPixels
from regdesk.views.export.pictures_dialog import PicturesDialog
from regdesk.views.plots.lazy_panel import LazyPanel
from regdesk.workers.background import BackgroundThread

if TYPE_CHECKING:
    from regdesk.session.controller import Controller
    from regdesk.tasks.live_moment import LiveMoment
    from regdesk.views.export.picture_request import PictureRequest
    from regdesk.views.plots.panel import Panel
    from regdesk.views.window.main_window import MainWindow

TAKING_SHARE = 0.5
"""Of the work: the rest is making files of what was taken."""


class PictureSaving(QObject):
    """Belongs to the window; made when pictures are asked for for the first time."""

    def __init__(self, window: MainWindow, controller: Controller, describe: Callable[[LiveMoment], Origin]) -> None:
        """``describe`` says where pictures of a moment come from."""
        super().__init__(window)
        self._window = window
        # What was chosen last stands in the dialog when it is opened again.
        self._request: PictureRequest | None = None
        self._dialog: PicturesDialog | None = None
        self._left_out: list[str] = []
        self._small: list[str] = []
        self._taking = PictureTaking(window, controller, describe)
        self._taking.progressed.connect(self._on_taking_progressed)
        self._taking.taken.connect(self._on_taken)
        self._taking.given_up.connect(self._on_given_up)
        self._thread = BackgroundThread(self)
        self._thread.setObjectName("pictures")
        self._thread.progressed.connect(self._on_progressed)
        self._thread.succeeded.connect(self._on_succeeded)
        self._thread.failed.connect(self._on_failed)
        window.closed.connect(self.stop)

    @property
    def folder(self) -> str:
        """The one that was chosen last; empty for none."""
        return "" if self._request is None else self._request.folder

    def stop(self) -> None:
        """The window closes; what has not been written is not."""
        self._dialog = None
        self._taking.cancel()
        self._thread.stop()
        self._thread.wait()

    def open_dialog(self, first: PictureRequest, only: Panel | None) -> None:
        """With one panel ticked, or those of the last time, all at first; ``first`` is offered the first time."""
        last = self._request.panels if self._request is not None else ()
        names = last or tuple(panel.objectName() for panel in self._window.panels if _can_be_drawn(panel))
        if only is not None:
            names = (only.objectName(),)
        panels = [(dock.panel.objectName(), dock.panel.windowTitle()) for dock in self._window.docks.docks]
        self._dialog = dialog = PicturesDialog(self._window, panels, replace(self._request or first, panels=names))
        dialog.save_requested.connect(partial(self._on_save_requested, dialog))
        dialog.cancelled.connect(self._on_cancelled)
        dialog.open()

    def _on_save_requested(self, dialog: PicturesDialog, request: PictureRequest) -> None:
        try:
            request.check()
        except TooManyPixels as problem:
            dialog.show_problem(str(problem))
            return
        if is_free(dialog, request.folder, request.file_names()):
            self._request = request
            dialog.show_busy(True)
            self._taking.begin(request, dialog)

    def _on_cancelled(self) -> None:
        self._taking.cancel()
        self._thread.cancel()
        self._show_rest()

    def _show_rest(self) -> PicturesDialog | None:
        """The dialog, in which something can be chosen again; None where it has been closed."""
        dialog = self._dialog
        if dialog is None or not isValid(dialog) or not dialog.isVisible():
            return None
        dialog.show_busy(False)
        return dialog

    def _on_taking_progressed(self, fraction: float) -> None:
        self._show_progress(TAKING_SHARE * fraction)

    def _show_progress(self, fraction: float) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.show_progress(fraction)

    def _on_given_up(self) -> None:
        self._show_rest()

    def _on_taken(self, taken: Taken) -> None:
        request, self._left_out = self._request, taken.left_out
        if request is None or self._dialog is None or not isValid(self._dialog):
            # It has been closed meanwhile, with the window.
            return
        if not taken.pictures:
            dialog = self._show_rest()
            if dialog is not None:
                dialog.show_problem(self._without)
            return
        self._small = [said for one in taken.pictures if (said := request.small_letters_sentence(one))]
        thread, n_pictures = self._thread, len(taken.pictures)

        def work(should_stop: Callable[[], bool]) -> int:
            def pause() -> None:
                if should_stop():
                    raise Stopped

            files: dict[str, bytes] = {}
            for number, picture in enumerate(taken.pictures):
                files |= request.files_of(picture, taken.notes, pause)
                thread.report(TAKING_SHARE + (1.0 - TAKING_SHARE) * (number + 1) / n_pictures)
            write_files(request.folder, files, should_stop)
            return len(files)

        thread.submit(work)

    @property
    def _without(self) -> str:
        panels = ", ".join(self._left_out)
        return self.tr("Without a picture yet: {panels}.").format(panels=panels) if panels else ""

    def _on_progressed(self, number: int, fraction: float) -> None:
        if number == self._thread.newest:
            self._show_progress(fraction)

    def _on_succeeded(self, number: int, n_files: int) -> None:
        if number != self._thread.newest:
            return
        dialog = self._show_rest()
        if dialog is not None:
            words = [saved_sentence(dialog, n_files, self.folder), self._without, *self._small]
            self._window.show_status(" ".join(one for one in words if one))
            dialog.accept()

    def _on_failed(self, number: int, error: Exception) -> None:
        if number != self._thread.newest or isinstance(error, Stopped):
            return
        dialog = self._show_rest()
        if not isinstance(error, NotSaved | TooManyPixels):
            raise error
        if dialog is None:
            return
        if isinstance(error, NotSaved):
            show_not_saved(dialog, error)
        else:
            dialog.show_problem(str(error))


def _can_be_drawn(panel: Panel) -> bool:
    return not isinstance(panel, LazyPanel) or panel.has_picture or panel.can_have_picture
