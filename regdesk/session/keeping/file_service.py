"""Owns what is done with session files: they are written and read in a thread, whole or not at all."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from regdesk.session.service import NOTHING, Service

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.workers.background import BackgroundThread, ShouldStop

_log = logging.getLogger("regdesk.session")


class SessionFileService(Service):
    """Signals: ``saved(Path)``, ``saving_failed(Exception)``; ``opening_began(str)`` with the name of the file,
    ``progressed(float)`` with the share of its data that is read, ``opened(OpenedSession)``,
    ``opening_failed(Exception)``, ``left(str)`` with the name of what was being opened and is given up.

    What is written is written to its end, also where the program ends meanwhile.
    """

    saved = Signal(object)
    saving_failed = Signal(object)
    opening_began = Signal(str)
    progressed = Signal(float)
    opened = Signal(object)
    opening_failed = Signal(object)
    left = Signal(str)

    def __init__(self, writing: BackgroundThread, reading: BackgroundThread, parent: QObject | None = None) -> None:
        super().__init__(writing, reading, parent=parent)
        self._writing, self._reading = writing, reading
        self._written: dict[int, Path] = {}
        self._opening: str | None = None
        # The first paint takes three times as long beside a thread that reads.
        self._reading.hold()
        writing.succeeded.connect(self._on_written)
        writing.failed.connect(self._on_writing_failed)
        reading.succeeded.connect(self._on_read)
        reading.progressed.connect(self._on_progressed)
        reading.failed.connect(self._on_reading_failed)

    def start(self) -> None:
        """Begin with what was asked for."""
        self._reading.release()

    def report(self, fraction: float) -> None:
        """Called by work that reads: so much of the data is read, 0 to 1."""
        self._reading.report(fraction)

    @property
    def is_saving(self) -> bool:
        """Whether a file is being written."""
        return bool(self._written)

    def save(self, file: Path, work: Callable[[ShouldStop], object]) -> None:
        """Have ``work`` write ``file``."""
        _log.info("The session is to be written as %s.", file)
        self._written[self._writing.submit(work, is_kept=True)] = file

    def open(self, file: Path, work: Callable[[ShouldStop], object], name: str = "") -> None:
        """Have ``work`` read ``file``, of which a person is told by ``name``, or else by that of the file; what is on
        screen stays until that has succeeded.
        """
        _log.info("The session %s is to be opened.", file)
        self._opening = name or file.name
        self.opening_began.emit(self._opening)
        self._expect(self._reading.submit(work))

    def leave(self) -> None:
        """Give up what is being opened, if anything is."""
        if self._opening is not None:
            name, self._opening = self._opening, None
            self._reading.cancel()
            self._expect(NOTHING)
            self.left.emit(name)

    def _on_written(self, number: int, _result: Any) -> None:
        file = self._written.pop(number, None)
        if file is not None and not self._is_stopped:
            self.saved.emit(file)

    def _on_writing_failed(self, number: int, error: Exception) -> None:
        if self._written.pop(number, None) is not None and not self._is_stopped:
            self.saving_failed.emit(error)

    def _on_progressed(self, number: int, fraction: float) -> None:
        if self._is_expected(number):
            self.progressed.emit(fraction)

    def _on_read(self, number: int, found: Any) -> None:
        if self._is_expected(number):
            self._opening = None
            self._expect(NOTHING)
            self.opened.emit(found)

    def _on_reading_failed(self, number: int, error: Exception) -> None:
        if self._is_expected(number):
            self._opening = None
            self._expect(NOTHING)
            self.opening_failed.emit(error)
