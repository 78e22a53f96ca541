"""A file that is looked at before it is opened: read in the background, as often as something else is said of it."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from regdesk.data.source import Source
from regdesk.session.service import NOTHING, Service
from regdesk.workers.reading import looking_again, looking_at, preparing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regdesk.core.reading_options import ReadingOptions
    from regdesk.core.settings.import_choices import ImportChoices
    from regdesk.core.types import DataSettings
    from regdesk.tasks.importing import Imported
    from regdesk.tasks.loading import Loaded
    from regdesk.workers.background import BackgroundThread, ShouldStop

_log = logging.getLogger("regdesk.data")


class ImportService(Service):
    """Signals: ``size_told(LargeFile)`` of a file that is not read before ``answer_size``;
    ``reading_began(str)`` with the title, ``progressed(float)`` with the share that is read;
    ``glimpsed(Imported)`` with the first rows of a long file; ``read(Imported)``, also of a file that cannot be read as
    was said; ``read_failed(Exception)`` where no other way of reading could help; ``weighed(Consequences)`` and
    ``weighing_failed(Exception)``, the answers to ``weigh``; ``left(str)`` with the title of what was given up.
    """

    size_told = Signal(object)
    reading_began = Signal(str)
    progressed = Signal(float)
    glimpsed = Signal(object)
    read = Signal(object)
    read_failed = Signal(object)
    weighed = Signal(object)
    weighing_failed = Signal(object)
    left = Signal(str)

    def __init__(self, importing: BackgroundThread, parent: QObject | None = None) -> None:
        super().__init__(importing, parent=parent)
        self._background = importing
        # As what reads data: the first paint takes three times as long beside it.
        self._background.hold()
        self._background.succeeded.connect(self._on_succeeded)
        self._background.failed.connect(self._on_failed)
        self._background.progressed.connect(self._on_progressed)
        self._background.glimpsed.connect(self._on_glimpsed)
        self._source: Source | None = None
        self._now: Imported | None = None
        # What there is to begin with when something else is said before all of the file is read.
        self._begun: Imported | None = None
        self._loaded: Loaded | None = None
        # What to go on with when it is known whether all of a large file is read.
        self._asked: tuple[DataSettings, Mapping[str, ImportChoices]] | None = None
        self._is_reading = False

    @property
    def now(self) -> Imported | None:
        """What is being looked at, as it was read last; None where nothing is, or not yet."""
        return self._now

    @property
    def loaded(self) -> Loaded | None:
        """The table with the roles that were weighed last; None where that failed, or is under way."""
        return self._loaded

    @property
    def is_open(self) -> bool:
        """Whether a file is being looked at."""
        return self._source is not None

    def start(self) -> None:
        """Begin with what was asked for."""
        self._background.release()

    def look_at(self, file: str, choices: ImportChoices, remembered: Mapping[str, ImportChoices]) -> None:
        """Read a file; of its digest ``remembered`` is asked where ``choices`` say nothing."""
        self._forget()
        source = Source.of_file(Path(file), choices.reading)
        self._source = source
        _log.info("%s is to be looked at.", source.path)
        self._begin(source, choices.data, remembered, asks_size=True)

    def answer_size(self, sample_rows: int | None) -> None:
        """Go on with a large file: with so many rows of it, drawn by chance, or with all (None)."""
        if self._asked is None or self._source is None:
            return
        data, remembered = self._asked
        # What was read of it last time is no answer.
        told = {
            digest: replace(choices, reading=replace(choices.reading, sample_rows=sample_rows))
            for digest, choices in remembered.items()
        }
        self._source = replace(self._source, reading=replace(self._source.reading, sample_rows=sample_rows))
        self._begin(self._source, data, told, asks_size=False)

    def _begin(
        self, source: Source, data: DataSettings, remembered: Mapping[str, ImportChoices], asks_size: bool
    ) -> None:
        self._asked = (data, remembered) if asks_size else None
        self.reading_began.emit(source.title)
        report, glimpse = self._background.report, self._background.glimpse
        self._submit_reading(looking_at(source, data, remembered, report, glimpse, asks_size))

    def go_on(self) -> None:
        """Read the rest: the first rows are on the screen."""
        self._background.seen()

    def read_again(self, reading: ReadingOptions) -> None:
        """Read the same file in another way."""
        if self._begun is not None:
            work = looking_again(self._begun, reading, self._background.report, self._background.glimpse)
            self._submit_reading(work)

    def weigh(self, settings: DataSettings, seed: int) -> None:
        """Work out what ``settings`` would do; only the newest question is answered, and none while it is read."""
        self._loaded = None
        now = self._now
        if now is not None and now.table is not None and not self._is_reading:
            self._expect(self._background.submit(preparing(now.source, now.table, settings, seed)))

    def leave(self) -> None:
        """Give up, if a file is being looked at: what is in force was never touched."""
        if self._source is None:
            return
        title = self._source.title
        self.finish()
        self.left.emit(title)

    def finish(self) -> None:
        """Look at nothing any more, because it is open now, or something else is."""
        self._background.cancel()
        self._forget()

    def _submit_reading(self, work: Callable[[ShouldStop], object]) -> None:
        self._is_reading, self._loaded = True, None
        self._expect(self._background.submit(work))

    def _forget(self) -> None:
        self._source = self._now = self._begun = self._loaded = self._asked = None
        self._is_reading = False
        self._expect(NOTHING)

    def _on_succeeded(self, number: int, found: Any) -> None:
        if not self._is_expected(number):
            return
        from regdesk.core.words.import_facts import LargeFile

        if isinstance(found, LargeFile):
            self._is_reading = False
            self.size_told.emit(found)
        elif self._is_reading:
            self._is_reading, self._now, self._begun = False, found, found
            self.read.emit(found)
        else:
            self._loaded = found
            self.weighed.emit(found.consequences)

    def _on_failed(self, number: int, error: Exception) -> None:
        if not self._is_expected(number):
            return
        if self._is_reading:
            self._forget()
            self.read_failed.emit(error)
        else:
            self.weighing_failed.emit(error)

    def _on_glimpsed(self, number: int, found: Imported) -> None:
        if self._is_expected(number) and self._is_reading:
            self._begun = found
            self.glimpsed.emit(found)

    def _on_progressed(self, number: int, fraction: float) -> None:
        if self._is_expected(number) and self._is_reading:
            self.progressed.emit(fraction)
