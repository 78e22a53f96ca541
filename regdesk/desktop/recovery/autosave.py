"""Keeps what is not saved, every half a minute in which something has changed, in the folder of this process."""

from __future__ import annotations

import logging
import math
import os
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, QObject, QTimer, Signal

from regdesk.data.files.whole_files import NotOnDisk, StagedFiles, reason_of
from regdesk.desktop.recovery.left_work import about_bytes
from regdesk.desktop.recovery.process_folder import ProcessFolder
from regdesk.upkeep.recovery_names import ABOUT, PICTURE, SESSION
from regdesk.workers.background import BackgroundThread

INTERVAL_S = 30.0
INTERVAL_VARIABLE = "REGDESK_AUTOSAVE_S"
"""Seconds between two looks, for scripts that end the program in between."""
GATHER_WITHIN_MS = 500
"""Who ends the program from outside does not wait for long; what was kept last is there all the same."""
PICTURE_EVERY_MS = 180_000
"""To draw the whole window once more takes a tenth of a second, and by an older one it is known as well."""
NOT_GATHERED = -1
LOST_MS = 20_000
"""What has not been gathered by then is asked for again: who was to answer may have come upon an error."""
_log = logging.getLogger("regdesk.files")


Writer = Callable[[Path], None]
"""Writes all of it whole as a file, from any thread. Raises OSError."""


class Unsaved(Protocol):
    """What is not saved of the experiment in a window."""

    @property
    def name(self) -> str:
        """Of what it is: of a file, or of the data."""
        ...

    @property
    def mark(self) -> Hashable | None:
        """Another one whenever there is something else to keep; None where all is saved, or nothing is worth it."""
        ...

    @property
    def is_between(self) -> bool:
        """Whether there is something that cannot be gathered at this moment: a run that begins has no model yet."""
        ...

    def gather(self, then: Callable[[Writer | None, str], None]) -> None:
        """Call ``then``, soon and in the GUI thread, with what writes it as it is now, None where there is nothing; and
        with its name and how far it is, as it is written.
        """
        ...

    @property
    def is_let_go(self) -> bool:
        """Whether what was restored last was saved since, or a person has said that it may go."""
        ...

    @property
    def is_undone(self) -> bool:
        """Whether a person has undone what was restored last: it is not what is on screen, and may be wanted again."""
        ...

    def restore(self, file: Path, then: Callable[[str], None], put_off: Callable[[], None]) -> None:
        """Have what was kept as ``file`` on screen, not saved; ``then`` hears why it could not be, or nothing.

        Before that ``put_off`` is called where it waits for a person, or was given up, and is not damaged.
        """
        ...


class Autosave(QObject):
    """Belongs to the window.

    Signals: ``kept()`` when the present state is on the disk, ``failed(str)`` once, with the sentence, when nothing can
    be kept. An error that nobody foresaw is raised, and at the next look it is tried again, whatever it was.
    """

    kept = Signal()
    failed = Signal(str)

    def __init__(
        self, unsaved: Unsaved, recovery: Path, picture: Callable[[], bytes], parent: QObject | None = None
    ) -> None:
        """``picture`` makes the small PNG that a person will know the work by."""
        super().__init__(parent)
        self._unsaved, self._picture = unsaved, picture
        self._folder = ProcessFolder(recovery)
        # What is written last is what was gathered last, in whichever thread.
        self._turn = threading.Lock()
        self._n_gathered = self._n_written = 0
        self._kept: Hashable | None = None
        # Of what is being kept.
        self._mark: Hashable | None = None
        self._number: int | None = None
        # Since it was asked for.
        self._gathering = QElapsedTimer()
        # Whether what is being kept is what was restored, and goes on from it.
        self._goes_on = False
        # Of what the newest picture is, and it.
        self._pictured: tuple[str, bytes] | None = None
        self._picture_age = QElapsedTimer()
        self._picture_age.start()
        self._has_complained = self._is_ended = self._is_left = False
        self.holds_restored = False
        """Whether what was kept last goes on from what was restored."""
        self._thread = BackgroundThread(self)
        self._thread.setObjectName("autosave")
        self._thread.succeeded.connect(self._on_succeeded)
        self._thread.failed.connect(self._on_failed)
        self._timer = QTimer(self)
        self._timer.setInterval(round(1000 * interval_s()))
        self._timer.timeout.connect(self.look)

    @property
    def folder(self) -> Path | None:
        """Where it is kept; None while there is nothing."""
        return self._folder.path

    @property
    def is_behind(self) -> bool:
        """Whether something is being kept that is older than what is on screen."""
        return self._number is not None and self._mark != self._unsaved.mark

    def start(self) -> None:
        """Look from now on."""
        self._timer.start()

    def look(self) -> None:
        """Keep what there is to keep, beside what else the window does; what is saved by now need not be kept."""
        # Between two runs what was kept is still all that there is to restore.
        if self._is_ended or self._is_at_work or self._unsaved.is_between:
            return
        mark = self._unsaved.mark
        if mark == self._kept:
            return
        if mark is None:
            self._kept = None
            with suppress(OSError):
                self._folder.remove()
            return
        self._number, self._mark, self._goes_on = NOT_GATHERED, mark, not self._unsaved.is_undone
        self._gathering.start()
        with self._tried_again():
            self._unsaved.gather(lambda write_session, title: self._on_gathered(write_session, title, mark))

    @property
    def _is_at_work(self) -> bool:
        is_lost = self._number == NOT_GATHERED and self._gathering.elapsed() >= LOST_MS
        return self._number is not None and not is_lost

    @contextmanager
    def _tried_again(self) -> Iterator[None]:
        """An error in here is raised, and nothing is under way any more."""
        try:
            yield
        except BaseException:
            self._number = None
            raise

    def keep_now(self) -> bool:
        """Keep it before this returns: the program may be ended from outside. Returns whether something is kept.

        An error that nobody foresaw is noted alone: what was kept last is there all the same.
        """
        try:
            return self._keep_now()
        except Exception as error:
            _log.info("Unsaved work could not be kept: %s: %s", type(error).__name__, error)
            return self._kept is not None

    def _keep_now(self) -> bool:
        mark = self._unsaved.mark
        if self._is_ended:
            return False
        if self._unsaved.is_between:
            return self._kept is not None
        if mark is None:
            return False
        found: list[tuple[Writer | None, str]] = []
        self._unsaved.gather(lambda write_session, title: found.append((write_session, title)))
        waited = QElapsedTimer()
        waited.start()
        while not found and waited.elapsed() < GATHER_WITHIN_MS:
            # What answers comes by way of events; nobody's clicks are to begin anything now.
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 20)
        write_session, title = found[0] if found else (None, "")
        if write_session is not None:
            try:
                self._work(write_session, title, mark, is_patient=False)()
                self.holds_restored = not self._unsaved.is_undone
            except OSError as problem:
                _log.info("Unsaved work could not be kept: %s", reason_of(problem))
        return self._kept is not None

    def end(self, is_left: bool) -> bool:
        """Look no more. What is kept ``is_left`` for the next start, or goes; returns whether something stays.

        Safe to call twice.
        """
        if self._is_ended:
            return self._is_left
        self._is_ended = True
        self._timer.stop()
        self._thread.stop()
        self._thread.wait()
        self._is_left = is_left and self._kept is not None
        if self._is_left:
            self._folder.leave()
        else:
            with suppress(OSError):
                self._folder.remove()
        return self._is_left

    def _on_gathered(self, write_session: Writer | None, title: str, mark: Hashable) -> None:
        if self._number != NOT_GATHERED:
            # It had been given up, and was asked for again.
            return
        if write_session is None or self._is_ended:
            self._number = None
            return
        with self._tried_again():
            self._mark, self._goes_on = mark, self._goes_on and not self._unsaved.is_undone
            write = self._work(write_session, title, mark, is_patient=self._picture_age.hasExpired(PICTURE_EVERY_MS))
            self._number = self._thread.submit(lambda _should_stop: write(), is_kept=True)

    def _work(self, write_session: Writer, title: str, mark: Hashable, is_patient: bool) -> Callable[[], None]:
        """What writes all of it, with a picture that is not old."""
        name = self._unsaved.name
        if self._pictured is None or self._pictured[0] != name or is_patient:
            try:
                self._pictured = name, self._picture()
            except Exception as error:
                # The work is worth keeping without one.
                _log.info("No picture of it could be made: %s: %s", type(error).__name__, error)
                self._pictured = name, b""
            self._picture_age.start()
        picture = self._pictured[1]
        self._n_gathered += 1
        number = self._n_gathered

        def write() -> None:
            with self._turn:
                if number < self._n_written:
                    return
                path = self._folder.made()
                with suppress(NotOnDisk), StagedFiles(path) as staged:
                    staged.add(PICTURE, picture)
                    staged.add(ABOUT, about_bytes(title, picture))
                    staged.put_in_place()
                # Last: where it is not there is nothing to offer.
                write_session(path / SESSION)
                self._n_written, self._kept = number, mark

        return write

    def _on_succeeded(self, number: int, _: object) -> None:
        if number == self._number:
            self._number, self.holds_restored = None, self._goes_on
            self.kept.emit()

    def _on_failed(self, number: int, error: Exception) -> None:
        if number != self._number:
            return
        self._number = None
        if not isinstance(error, OSError):
            raise error
        _log.info("Unsaved work could not be kept: %s", reason_of(error))
        if not self._has_complained:
            self._has_complained = True
            self.failed.emit(
                self.tr("What is not saved cannot be kept for a crash ({reason}): save it by hand (Ctrl+S).").format(
                    reason=reason_of(error)
                )
            )


def interval_s(environment: dict[str, str] | None = None) -> float:
    """How long to wait between two looks."""
    text = (os.environ if environment is None else environment).get(INTERVAL_VARIABLE, "")
    with suppress(ValueError):
        if math.isfinite(value := float(text)):
            return min(max(value, 0.05), 3600.0)
    return INTERVAL_S
