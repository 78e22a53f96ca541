"""Whether the file that is open has changed since it was read; where a person has asked for it, it is read again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.data.csv.file_watch import states_of

if TYPE_CHECKING:
    from regdesk.data.csv.file_watch import FileState
    from regdesk.data.source import Source
    from regdesk.session.clock import Clock
    from regdesk.session.data_service import DataService
    from regdesk.session.session import Session

EVERY_MS = 1000

States = tuple["FileState | None", ...]


class FileFollower(QObject):
    """Signals: ``told(str)`` with a sentence on what it does, ``warned(str)`` with one on what became of the file.

    Looks at the file once a second while it ``is_watching``, and at other times when it is asked to.
    """

    told = Signal(str)
    warned = Signal(str)

    def __init__(self, session: Session, data: DataService, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._data = session, data
        # Before its bytes were read: as they are now in force, and as they are being read.
        self._known: States = ()
        self._seen: States = ()
        self._being_read: tuple[Source, States] | None = None
        self._timer = clock.ticks(EVERY_MS, self)
        self._timer.timeout.connect(self._on_time_passed)
        data.reading_began.connect(self._on_reading_began)
        data.loaded.connect(self._on_read)
        data.table_taken.connect(self._on_read)
        data.load_failed.connect(self._on_read)
        data.cancelled.connect(self._on_read)

    @property
    def is_watching(self) -> bool:
        """Whether the file is read again when it has changed."""
        return self._timer.isActive()

    def watch(self, is_on: bool) -> None:
        """Begin to look at the file once a second, or end it."""
        being_read = self._data.being_read
        source = being_read if being_read is not None and being_read.sample is None else self._source
        if is_on:
            self._seen = self._known
            self._timer.start()
            if source is None:
                self.told.emit("The file that is opened next is watched; a sample does not change.")
            else:
                self.told.emit(f"{source.title} is watched: it is read again when it changes.")
        else:
            self._timer.stop()
            self.told.emit("Files are no longer watched." if source is None else f"{source.title} is not watched.")

    def look(self) -> None:
        """Tell if the file has changed since it was read, once for each change, unless it is watched."""
        source = self._source
        if self.is_watching or source is None or self._data.is_reading:
            return
        now = _states(source)
        if now in (self._known, self._seen):
            return
        self._seen = now
        if None in now:
            self.warned.emit(f"{source.title} is gone or cannot be read any more; the data on screen stay.")
        else:
            self.warned.emit(
                f"{source.title} has changed since it was read, and the data on screen have not; "
                "with File, Watch this file, it is read again."
            )

    def stop(self) -> None:
        """Look at nothing any more."""
        self._timer.stop()

    @property
    def _source(self) -> Source | None:
        """The file of the user's that is open."""
        opened = self._data.opened
        return None if opened is None or opened[0].sample is not None else opened[0]

    def _on_reading_began(self, _title: str) -> None:
        source = self._data.being_read
        self._being_read = None if source is None or source.sample is not None else (source, self._data.states_before)

    def _on_read(self, *_what: object) -> None:
        # What could not be read again, or was not to be, is not tried once more before it has changed once more.
        source, asked = self._source, self._being_read
        self._being_read = None
        if source is not None and asked is not None and _files(source) == _files(asked[0]):
            self._known = self._seen = asked[1]
            # A file may lie in the dialog for an hour before it is opened.
            self.look()

    def _on_time_passed(self) -> None:
        source = self._source
        if source is None or self._data.is_reading:
            return
        now, before = _states(source), self._seen
        self._seen = now
        if now == self._known:
            return
        if None in now:
            if None not in before:
                self.warned.emit(f"{source.title} is gone or cannot be read any more; the data on screen stay.")
        elif now == before:
            # Whoever writes to it has paused for as long as passes between two looks.
            self.told.emit(f"{source.title} has changed and is read again.")
            # Its rows may be others: what was moved or added in a copy of the old ones says nothing about them.
            settings = replace(self._session.configuration.data, cells=())
            self._data.open_file(str(source.path), source.reading, settings)


def _states(source: Source) -> States:
    return states_of(_files(source))


def _files(source: Source) -> list[Path]:
    return [source.path, *map(Path, source.reading.more_files)]
