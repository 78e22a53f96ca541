"""Owns what is read and prepared: the background thread, the table that is open and what was asked for last."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.types import DataSettings
from regdesk.data.csv.file_watch import FileState, states_of
from regdesk.data.samples import sample, sample_path
from regdesk.data.source import Source
from regdesk.session.run import source_settings
from regdesk.session.service import Service
from regdesk.tasks.not_trainable import NotTrainable
from regdesk.workers.reading import preparing, reading

if TYPE_CHECKING:
    from regdesk.core.settings.change import Change
    from regdesk.core.settings.configuration import Configuration
    from regdesk.data.csv.table import Table
    from regdesk.session.session import Session
    from regdesk.tasks.loading import Loaded
    from regdesk.workers.background import BackgroundThread
    from regdesk.workers.model_work import GoingOn

FileStates = tuple[FileState | None, ...]
_log = logging.getLogger("regdesk.data")
NO_SOURCE = "There are no data without a file or a sample: what is open stays open."


class DataService(Service):
    """Signals: ``reading_began(str)`` with the title, ``preparing_began()``, ``progressed(float)`` with the share that
    is read; ``loaded(Loaded, bool)``, true when another source was read, then ``file_opened(str)`` if that was a file;
    ``load_failed(Exception)`` and ``cancelled(str)``, with what was, after which what was in force still is;
    ``request_refused(str)`` with a sentence; ``previewed(Consequences)`` and ``preview_failed(Exception)``, the
    answers to ``preview``. ``table_taken(NotTrainable)`` instead of ``loaded`` where a source has been read but nothing
    can be learnt from it as it is used: its table is there, nothing is in force, and another way can be asked for.
    """

    reading_began = Signal(str)
    preparing_began = Signal()
    progressed = Signal(float)
    file_opened = Signal(str)
    cancelled = Signal(str)
    loaded = Signal(object, bool)
    table_taken = Signal(object)
    load_failed = Signal(object)
    request_refused = Signal(str)
    previewed = Signal(object)
    preview_failed = Signal(object)

    def __init__(
        self,
        session: Session,
        reading: BackgroundThread,
        previewing: BackgroundThread,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(reading, previewing, parent=parent)
        self._session = session
        # What is being read, and whether it is a file that the user has named.
        self._loading: Source | None = None
        self._is_users_file = False
        self._states: FileStates = ()
        self._loaded: Loaded | None = None
        self._not_trainable: NotTrainable | None = None
        self.is_preparing = False
        """Whether the table that is open is being prepared in the way that the session asks for."""
        self._background = reading
        # The first paint takes three times as long beside a thread that reads.
        self._background.hold()
        self._background.succeeded.connect(self._on_load_succeeded)
        self._background.failed.connect(self._on_load_failed)
        self._background.progressed.connect(self._on_load_progressed)
        self._preview = previewing  # Of its own: what is only looked at must not supersede what was asked for.
        self._preview.succeeded.connect(self._on_preview_succeeded)
        self._preview.failed.connect(self._on_preview_failed)
        self._previewed: Loaded | None = None

    @property
    def now(self) -> Loaded | None:
        """The table in force with the way it is used, or None where there is none."""
        return self._loaded

    @property
    def not_trainable(self) -> NotTrainable | None:
        """The table that is open where nothing can be learnt from it as it is used, with the reason."""
        return self._not_trainable

    @property
    def opened(self) -> tuple[Source, Table] | None:
        """What has been read last, whether or not it can be trained on."""
        return None if (opened := self._loaded or self._not_trainable) is None else (opened.source, opened.table)

    @property
    def being_read(self) -> Source | None:
        """The source that is being read, where one is."""
        return self._loading

    @property
    def states_before(self) -> FileStates:
        """Of the files that are being read, or were read last: what they were before."""
        return self._states

    @property
    def is_reading(self) -> bool:
        """Whether another source is being read."""
        return self._loading is not None

    def start(self) -> None:
        """Begin with what was asked for."""
        self._background.release()

    def open_file(self, file: str, reading: ReadingOptions | None = None, settings: DataSettings | None = None) -> None:
        """Read a CSV in the background; what is in force stays until it has succeeded."""
        source = Source.of_file(Path(file), reading or ReadingOptions())
        self._load(source, settings or DataSettings(), is_users_file=True)

    def go_on(self, source: Source, model: GoingOn) -> None:
        """Open the data of a saved model; what is in force stays until they have been read and are those."""
        self._begin_loading(source, is_users_file=False)
        self._background.submit(model.reading(self._background.report))

    def open_read(
        self, source: Source, table: Table, settings: DataSettings, prepared: Loaded | None, states: FileStates = ()
    ) -> None:
        """Open a file of the user's that has been read already; ``prepared`` is what settings make of it, if known.

        ``states`` are those of its files before they were read. What is in force stays until it has been prepared.
        """
        seed = self._session.configuration.seed
        self._begin_loading(source, is_users_file=True, states=states)
        if prepared is not None and prepared.table is table and (prepared.settings, prepared.seed) == (settings, seed):
            self._background.submit(lambda _should_stop: prepared)
        else:
            self._background.submit(preparing(source, table, settings, seed))

    def open_table(self, table: Table, settings: DataSettings) -> None:
        """Prepare a table that has been read already, as ``open_file`` does; it is nobody's recent file."""
        source, seed = Source(table.path, table.path.name), self._session.configuration.seed
        self._begin_loading(source, is_users_file=False)
        self._background.submit(preparing(source, replace(table, name=source.title), settings, seed))

    def open_sample(self, name: str, settings: DataSettings | None = None, says_it: bool = True) -> None:
        """Read a bundled sample in the background, as ``open_file`` does. Raises DataError when there is none.

        Without ``settings`` it comes with the model and the seed that its text speaks of; with them, which are the
        command line's, what was configured there stays.
        """
        one = sample(name)
        hint = one.sentence if says_it else ""
        source = Source(sample_path(name), one.title, hint, one.target, sample=name)
        with_model = replace(source, model=(one.architecture, one.training))
        self._load(source, settings) if settings else self.open_source(with_model, DataSettings())

    def open_source(self, source: Source, settings: DataSettings) -> None:
        """Read a file of the program's own with the model that comes with it, under the seed 0."""
        self._load(source, settings, seed=0)

    @property
    def reading_sentence(self) -> str:
        """Why nothing can be asked of the data now."""
        title = "What was asked for" if self._loading is None else self._loading.title
        return f"{title} is still being read; try again when it is there."

    def preview(self, settings: DataSettings, seed: int) -> None:
        """Work out what settings would do, without doing it; only the newest question is answered."""
        if self.opened is not None:
            self._preview.submit(preparing(*self.opened, settings, seed))

    def follow(self, change: Change) -> None:
        """Read or prepare what is asked for now, unless it is what is in force.

        Of another source also the settings may be others; else it comes with those that suit it.
        """
        after = change.after
        opened = self._loaded or self._not_trainable
        if change.touches("source") and (opened is None or source_settings(opened.source) != after.source):
            data = after.data if change.touches("data") or change.origin == "undo" else None
            if after.source.file is not None:
                self.open_file(after.source.file, after.source.reading, data)
            elif after.source.sample is not None:
                self.open_sample(after.source.sample, data or DataSettings(), says_it=False)
            elif opened is not None:
                self.request_refused.emit(NO_SOURCE)
        elif change.touches("data") or change.touches("seed"):
            self._prepare(after)

    def adopt(self, loaded: Loaded) -> None:
        """Have in force again what was so before, at once, and tell nobody; what is being prepared is given up."""
        self._background.cancel()
        self._end_waiting()
        self._loaded, self._not_trainable, self._previewed = loaded, None, None

    def cancel(self) -> None:
        """Give up what is being read or prepared, if anything is."""
        loading = self._loading
        if loading is None and not self.is_preparing:
            return
        self._background.cancel()
        self._end_waiting()
        _log.info("What was asked for is cancelled.")
        self.cancelled.emit(f"Reading {loading.title}" if loading is not None else "What was asked for")

    def _load(
        self, source: Source, settings: DataSettings, *, is_users_file: bool = False, seed: int | None = None
    ) -> None:
        """Without ``seed`` it is the session's."""
        seed = self._session.configuration.seed if seed is None else seed
        _log.info("%s is to be read, target %s, seed %d.", source.path, settings.target, seed)
        self._begin_loading(source, is_users_file)
        self._background.submit(reading(source, settings, seed, self._background.report))

    def _begin_loading(self, source: Source, is_users_file: bool, states: FileStates = ()) -> None:
        self._end_waiting()
        self._loading, self._is_users_file = source, is_users_file
        self._states = states or states_of((source.path, *map(Path, source.reading.more_files)))
        self.reading_began.emit(source.title)

    def _prepare(self, wanted: Configuration) -> None:
        """What the last preview has prepared is not prepared again."""
        opened, (settings, seed) = self._loaded or self._not_trainable, (wanted.data, wanted.seed)
        is_in_force = opened is not None and (opened.settings, opened.seed) == (settings, seed)
        if is_in_force and not self.is_preparing:
            return
        if self.is_reading:
            # The newer request would take the file's place, and the file is what the user is waiting for.
            self.request_refused.emit(self.reading_sentence)
            return
        if opened is None:
            return
        previewed, self._previewed = self._previewed, None
        self.is_preparing = True
        if (
            previewed is not None
            and self._is_open(previewed.table)
            and (previewed.settings, previewed.seed) == (settings, seed)
        ):
            self._background.submit(lambda _should_stop: previewed)
            return
        _log.info("The data are to be prepared under %s, seed %d.", settings, seed)
        self.preparing_began.emit()
        self._background.submit(preparing(opened.source, opened.table, settings, seed))

    def _end_waiting(self) -> None:
        """What was under way has been answered, or will not be."""
        self._loading, self._is_users_file, self.is_preparing = None, False, False

    def _is_newest(self, number: int, thread: BackgroundThread) -> bool:
        # Two threads count for themselves.
        return not self._is_stopped and number == thread.newest

    def _is_open(self, table: Table) -> bool:
        return self.opened is not None and self.opened[1] is table

    def _on_load_succeeded(self, number: int, loaded: Loaded) -> None:
        if not self._is_newest(number, self._background):
            return
        is_new_source, is_users_file = self.is_reading, self._is_users_file
        self._end_waiting()
        self._loaded, self._not_trainable = loaded, None
        data = loaded.dataset
        _log.info("In force: %d rows, %d inputs, target %s (%s).", *data.inputs.shape, data.target, data.task)
        self.loaded.emit(loaded, is_new_source)
        if is_users_file:
            self.file_opened.emit(str(loaded.source.path))

    def _on_load_failed(self, number: int, error: Exception) -> None:
        if not self._is_newest(number, self._background):
            return
        is_users_file = self._is_users_file
        self._end_waiting()
        if isinstance(error, NotTrainable):
            self._loaded, self._not_trainable, self._previewed = None, error, None
            _log.info("Nothing can be learnt from %s: %s", error.source.path, error)
            self.table_taken.emit(error)
            if is_users_file:
                self.file_opened.emit(str(error.source.path))
            return
        _log.info("Reading or preparing failed: %s: %s", type(error).__name__, error)
        self.load_failed.emit(error)

    def _on_load_progressed(self, number: int, fraction: float) -> None:
        if self._is_newest(number, self._background) and self.is_reading:
            self.progressed.emit(fraction)

    def _on_preview_succeeded(self, number: int, previewed: Loaded) -> None:
        if self._is_newest(number, self._preview) and self._is_open(previewed.table):
            self._previewed = previewed
            self.previewed.emit(previewed.consequences)

    def _on_preview_failed(self, number: int, error: Exception) -> None:
        if self._is_newest(number, self._preview):
            self._previewed = None
            self.preview_failed.emit(error)
