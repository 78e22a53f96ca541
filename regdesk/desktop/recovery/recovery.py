"""Recovery in a window: what is not saved is kept meanwhile, and what others have left is offered at a start."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImageWriter

from regdesk.data.files.whole_files import reason_of
from regdesk.desktop.recovery.autosave import Autosave, Unsaved
from regdesk.desktop.recovery.left_work import LeftWork, claimed_works
from regdesk.upkeep.crash_log import take_crashes

if TYPE_CHECKING:
    from regdesk.session.controller import Controller
    from regdesk.upkeep.places import Places
    from regdesk.views.recovery.door import RecoveryDoor
    from regdesk.views.window.main_window import MainWindow

PICTURE_WIDTH_PX = 576
END_WITHIN_S = 60.0
"""After the system has said that it ends the program. Somebody may have it go on, and close the window much later."""
_log = logging.getLogger("regdesk.files")


class Recovery(QObject):
    """Belongs to the window; a window whose ``places`` keep nothing has none."""

    def __init__(
        self,
        window: MainWindow,
        controller: Controller,
        places: Places,
        unsaved: Unsaved,
        door: RecoveryDoor,
    ) -> None:
        super().__init__(window)
        assert places.recovery is not None
        self._window, self._door = window, door
        self._controller, self._unsaved = controller, unsaved
        self._recovery, self._crashes = places.recovery, places.crashes
        self._works: dict[str, LeftWork] = {}
        self._restoring: LeftWork | None = None
        # What is known to be not damaged.
        self._whole: LeftWork | None = None
        self._restored: LeftWork | None = None
        # Whether what is kept next was gathered before it was restored.
        self._is_older_kept = False
        self._left_until_s = 0.0
        self._autosave = Autosave(unsaved, places.recovery, lambda: picture_of(window), self)
        self._autosave.failed.connect(window.show_error)
        self._autosave.kept.connect(self._on_kept)
        door.restore_requested.connect(self._on_restore_requested)
        door.discard_requested.connect(self._on_discard_requested)
        door.left.connect(self._release)
        window.closed.connect(self._on_window_closed)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            # The end of the login: what comes next may be the end of the process.
            application.commitDataRequest.connect(self._on_commit_data_requested)

    def start(self, *, asks: bool) -> None:
        """Keep what is not saved from now on; with ``asks`` offer what was left, when there is something on screen."""
        self._autosave.start()
        if asks:
            self._controller.frame_shown.connect(self._on_came_up)
            self._controller.load_failed.connect(self._on_came_up)

    def keep_for_next_start(self) -> None:
        """The program is being ended from outside, and nobody can be asked: the next start offers what is not saved."""
        self._left_until_s = time.monotonic() + END_WITHIN_S
        if self._autosave.keep_now():
            _log.info("What was not saved is kept for the next start.")

    def _on_came_up(self) -> None:
        self._controller.frame_shown.disconnect(self._on_came_up)
        self._controller.load_failed.disconnect(self._on_came_up)
        # When the first picture has been painted.
        QTimer.singleShot(0, self, self.offer)

    def offer(self) -> None:
        """Show what was left and can be restored, if there is anything."""
        crashes = take_crashes(self._crashes) if self._crashes is not None else []
        self._release()
        self._works = {work.key: work for work in claimed_works(self._recovery)}
        if self._works or crashes:
            now_s = time.time()
            self._door.show_works([work.facts(now_s) for work in self._works.values()], bool(crashes))

    def _on_restore_requested(self, key: str) -> None:
        work = self._works.pop(key)
        self._release()
        try:
            path = work.taken()
        except OSError as problem:
            work.release()
            self._window.show_error(f"{work.folder}: it could not be opened ({reason_of(problem)}).")
            return
        self._restoring = work
        self._unsaved.restore(path, lambda trouble: self._end_restoring(work, trouble), lambda: self._give_back(work))

    def _give_back(self, work: LeftWork) -> None:
        """It is not damaged: from now on it can be offered again."""
        self._whole = work
        try:
            work.give_back()
        except OSError as problem:
            # It stays counted as one whose restoring did not end.
            _log.info("%s: that it is whole could not be noted (%s).", work.folder, reason_of(problem))

    def _end_restoring(self, work: LeftWork, trouble: str) -> None:
        if self._restoring is work:
            self._restoring = None
        if trouble and self._whole is not work:
            self._put_aside(work, trouble)
        elif trouble:
            work.release()
            self._window.show_error(self.tr("{why} It is offered again at the next start.").format(why=trouble))
        else:
            # Until this process has kept it itself.
            self._give_back(work)
            self._restored, self._is_older_kept = work, self._autosave.is_behind

    def _put_aside(self, work: LeftWork, why: str) -> None:
        try:
            sentence = self.tr("{why} It is kept aside as {path}.").format(why=why, path=work.put_aside())
        except OSError as problem:
            sentence = f"{work.folder}: it could not be kept aside ({reason_of(problem)})."
        work.release()
        self._window.show_error(sentence)

    def _on_kept(self) -> None:
        is_older, self._is_older_kept = self._is_older_kept, False
        # What was undone may be done again, and is in no other file.
        if not is_older and self._autosave.holds_restored:
            self._drop_restored()

    def _drop_restored(self) -> None:
        work, self._restored = self._restored, None
        if work is not None:
            self._remove(work)

    def _on_discard_requested(self, key: str) -> None:
        self._remove(self._works.pop(key))

    def _remove(self, work: LeftWork) -> None:
        try:
            work.remove()
        except OSError as problem:
            self._window.show_error(f"{work.folder}: it could not be removed ({reason_of(problem)}).")

    def _release(self) -> None:
        works, self._works = self._works, {}
        for work in works.values():
            work.release()

    def _on_commit_data_requested(self) -> None:
        self.keep_for_next_start()

    def _on_window_closed(self) -> None:
        self._release()
        restoring, self._restoring = self._restoring, None
        if restoring is not None:
            # It was not there yet, and is offered again.
            self._give_back(restoring)
            restoring.release()
        is_left = time.monotonic() < self._left_until_s
        is_kept = self._autosave.end(is_left=is_left)
        is_in_kept = is_kept and self._autosave.holds_restored
        if self._restored is not None and not is_in_kept and not self._unsaved.is_let_go:
            # Nobody has saved it, nor said that it may go.
            self._restored.release()
            self._restored = None
        self._drop_restored()


def picture_of(window: MainWindow) -> bytes:
    """A small PNG of the window as it is."""
    picture = window.grab().toImage()
    picture.setDevicePixelRatio(1.0)
    picture = picture.scaledToWidth(PICTURE_WIDTH_PX, Qt.TransformationMode.SmoothTransformation)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(buffer.data().data())
