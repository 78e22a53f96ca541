"""What threads are given to do with session files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from regdesk.core.timeline.facts import DataFinding
from regdesk.core.words.number_text import epoch_text
from regdesk.data.errors import DataError

if TYPE_CHECKING:
    from regdesk.core.settings.configuration import Configuration
    from regdesk.core.types import DataSettings
    from regdesk.session.keeping.gathered import Gathered
    from regdesk.tasks.loading import Loaded
    from regdesk.workers.background import ShouldStop
    from regdesk.workers.model_work import MakeModel

WriteSession = Callable[[Path], None]
"""Writes the session that it was made of, in any thread."""


@dataclass(frozen=True, eq=False)
class KeptSession:
    """What writes a session, in any thread; ``how_far`` says how far its model is, such as "epoch 1,200"."""

    how_far: str
    write: WriteSession

    def __call__(self, file: Path) -> None:
        self.write(file)


@dataclass(frozen=True, eq=False)
class OpenedSession:
    """A session that was read from ``path``: all of it, or what is found in the place of its data.

    ``configuration`` is what was chosen in it; ``embeds``: its data are in the file, too. ``told`` is a sentence on
    data that have changed and were not needed, empty for none.
    """

    path: Path
    found: Gathered | DataFinding
    configuration: Configuration
    embeds: bool
    told: str = ""


def is_session(file: str) -> bool:
    """Whether ``file`` is a session, and no model alone."""
    from regdesk.data.sessions.session_file import is_session_file

    return is_session_file(Path(file))


def writing(found: Gathered, live: MakeModel, *, embeds: bool) -> WriteSession:
    """What writes a session, whole or not at all. It raises DataError, one sentence, where it cannot be written.

    Where it ``embeds`` data that are no longer as they were read it is not written.
    """

    def write(file: Path) -> None:
        from regdesk.data.files.whole_files import reason_of
        from regdesk.data.sessions.session_file import write_session
        from regdesk.session.keeping.saved_form import embedded_files, saved_of

        loaded = found.run.run.loaded
        try:
            content = embedded_files(loaded) if embeds and loaded.source.sample is None else {}
        except (OSError, ValueError) as problem:
            raise DataError(f"the data could not be written into it ({reason_of(problem)}).", file=file) from None
        write_session(file, saved_of(found, live(), content))

    return write


def keeping(found: Gathered, live: MakeModel, *, embeds: bool) -> KeptSession:
    """As ``writing``, of what is kept in case the program ends: that is worth keeping without its data, too, where it
    ``embeds`` them and they cannot be had or are too much for a file. It raises OSError.
    """

    def write(file: Path) -> None:
        from regdesk.data.files.whole_files import write_whole
        from regdesk.data.sessions.session_file import session_bytes
        from regdesk.session.keeping.saved_form import embedded_files, saved_of

        loaded, model = found.run.run.loaded, live()
        try:
            content = embedded_files(loaded) if embeds and loaded.source.sample is None else {}
            whole = session_bytes(saved_of(found, model, content))
        except (OSError, ValueError):
            try:
                whole = session_bytes(saved_of(found, model, {}))
            except ValueError as problem:
                raise OSError(None, str(problem)) from None
        write_whole(file, whole)

    return KeptSession(f"epoch {epoch_text(found.run.epoch)}", write)


def saving(file: Path, found: Gathered, live: MakeModel, *, embeds: bool) -> Callable[[ShouldStop], object]:
    """Work that writes a session as ``file``, never in the place of its data."""
    write, loaded = writing(found, live, embeds=embeds), found.run.run.loaded

    def work(_should_stop: ShouldStop) -> object:
        from regdesk.tasks.models.saving import check_place

        check_place(file, (loaded.source.path, *map(Path, loaded.source.reading.more_files)), "session")
        write(file)
        return file

    return work


def opening(
    file: Path, folder: Path, place: Path | None, report: Callable[[float], None], *, is_restoring: bool = False
) -> Callable[[ShouldStop], OpenedSession]:
    """Work that reads a session and its data, which a person may say are at ``place``; ``folder`` is where those that
    are embedded are unpacked. One that ``is_restoring`` has a name of ours: a person knows it by its data.
    """

    def work(should_stop: ShouldStop) -> OpenedSession:
        from regdesk.data.sessions.session_file import read_session
        from regdesk.session.keeping.saved_form import gathered_of
        from regdesk.tasks.loading import load
        from regdesk.tasks.sessions.finding_data import DataReference, find_data
        from regdesk.tasks.sessions.table_print import from_dict

        saved = read_session(file)
        try:
            kept = None if saved.data.marks is None else from_dict(saved.data.marks)
        except ValueError:
            kept = None
        data = DataReference(saved.data.digest, saved.data.embedded, kept)
        configuration = saved.run.configuration
        source = saved.run.configuration.source
        shown = file.with_name(source.sample or Path(source.file or "").name or file.name) if is_restoring else file
        told: list[str] = []
        found = find_data(shown, configuration, data, folder, place, should_stop, report, told.append)
        embeds = bool(saved.data.embedded)
        if isinstance(found, DataFinding):
            return OpenedSession(file, found, saved.configuration, embeds)
        try:

            def prepare(settings: DataSettings, seed: int) -> Loaded:
                return load(found.source, settings, seed, should_stop)

            return OpenedSession(file, gathered_of(saved, found, prepare), saved.configuration, embeds, " ".join(told))
        except ValueError as problem:
            raise DataError(f"it does not fit its data: {problem}.", file=file) from None

    return work
