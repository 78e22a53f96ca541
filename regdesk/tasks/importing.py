"""A file as it is looked at before it is opened: read under what was said of it, with all that is shown."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.settings.import_choices import ImportChoices
from regdesk.core.stopping import AskedStop, Stopped
from regdesk.core.types import DataSettings
from regdesk.core.words.import_facts import ImportPreview, ImportWarning, LargeFile
from regdesk.data.csv.file_watch import FileState, states_of
from regdesk.data.csv.table import Table
from regdesk.data.errors import DataError
from regdesk.data.formats.joined_files import digest_of_joined
from regdesk.data.formats.large_files import SAMPLE_ROWS, large_file
from regdesk.data.formats.reading import FileReader
from regdesk.data.formats.sheets import sheet_names
from regdesk.data.preview.head import head_table
from regdesk.data.preview.preview import preview_of, preview_of_unread
from regdesk.data.preview.rows import TextLines
from regdesk.data.source import Source

PIECE = 1 << 22
NOTHING_READ = ImportPreview("", "", ReadingOptions(), ReadingOptions(), (), TextLines())

CHANGED = ImportWarning(None, None, "the file has changed since it was shown first; this is what it holds now.")


@dataclass(frozen=True)
class Imported:
    """What was found in a file: ``table`` is None where it cannot be read as was said, and ``preview`` says why.

    ``digest`` is the sha256 of the file; ``data`` are the roles that were chosen when it was opened last, or those that
    were asked for. ``states`` are those of the files before they were read.
    """

    source: Source
    table: Table | None
    preview: ImportPreview
    digest: str
    data: DataSettings
    states: tuple[FileState | None, ...] = ()


def large_file_of(source: Source) -> LargeFile | None:
    """What is to be told of ``source`` before it is read; None where it is not that large, or a sample is asked for."""
    if source.reading.more_files:
        return None
    found = large_file(source.path, source.reading)
    return None if found is None else LargeFile(source.title, found.needs, SAMPLE_ROWS)


def look_at(
    source: Source,
    data: DataSettings,
    remembered: Mapping[str, ImportChoices],
    should_stop: Callable[[], bool],
    report: Callable[[float], None],
    glimpse: Callable[[Imported], None] = lambda _found: None,
) -> Imported:
    """``source`` read for the first time; what ``remembered`` has of its digest comes back where nothing is said.

    Of a file that takes long ``glimpse`` is called with what its first rows are.

    Raises DataError where no other way of reading it could help, and Stopped.
    """
    digest = _digest_of_all((source.path, *map(Path, source.reading.more_files)), should_stop)
    known, said = remembered.get(digest), source.reading
    if known is not None and replace(said, more_files=(), sample_rows=None) == ReadingOptions():
        n_rows = said.sample_rows if said.sample_rows is not None else known.reading.sample_rows
        source = replace(source, reading=replace(known.reading, more_files=said.more_files, sample_rows=n_rows))
    if known is not None and data == DataSettings():
        data = known.data
    sheets = sheet_names(source.path) if not source.reading.more_files else ()
    _glimpse_head(Imported(source, None, NOTHING_READ, digest, data), should_stop, glimpse)
    states = states_of((source.path, *map(Path, source.reading.more_files)))
    found = _read(source, should_stop, report)
    if isinstance(found, DataError) and len(sheets) > 1 and source.reading.sheet is None:
        # One of several has to be chosen: the first is offered.
        source = replace(source, reading=replace(source.reading, sheet=sheets[0]))
        found = _read(source, should_stop, report)
    if isinstance(found, DataError):
        is_curable = found.row is not None or len(sheets) > 1 or source.reading != ReadingOptions()
        if not is_curable:
            raise found
        return Imported(source, None, preview_of_unread(source.path, source.reading, found, sheets), digest, data)
    return Imported(
        source, found, preview_of(found, source.reading, sheets, AskedStop(should_stop)), found.digest, data, states
    )


def look_again(
    before: Imported,
    reading: ReadingOptions,
    should_stop: Callable[[], bool],
    report: Callable[[float], None],
    glimpse: Callable[[Imported], None] = lambda _found: None,
) -> Imported:
    """The file of ``before`` as ``reading`` says; ``glimpse`` as of ``look_at``. Raises Stopped."""
    source, sheets = replace(before.source, reading=reading), before.preview.sheets
    _glimpse_head(replace(before, source=source), should_stop, glimpse)
    states = states_of((source.path, *map(Path, source.reading.more_files)))
    found = _read(source, should_stop, report)
    if isinstance(found, DataError):
        return replace(
            before, source=source, table=None, preview=preview_of_unread(source.path, reading, found, sheets)
        )
    preview = preview_of(found, reading, sheets, AskedStop(should_stop))
    if before.digest not in ("", found.digest):
        preview = replace(preview, warnings=(CHANGED, *preview.warnings))
    return replace(before, source=source, table=found, preview=preview, digest=found.digest, states=states)


def _glimpse_head(wanted: Imported, should_stop: Callable[[], bool], glimpse: Callable[[Imported], None]) -> None:
    """Show the first rows of a long text."""

    def check(_share: float) -> None:
        if should_stop():
            raise Stopped

    source = wanted.source
    found = head_table(source.path, source.reading, check)
    if found is not None:
        preview = preview_of(replace(found, name=source.title), source.reading, stop=AskedStop(should_stop))
        glimpse(replace(wanted, table=None, preview=replace(preview, is_partial=True)))


def _read(source: Source, should_stop: Callable[[], bool], report: Callable[[float], None]) -> Table | DataError:
    def check(fraction: float) -> None:
        if should_stop():
            raise Stopped
        report(fraction)

    try:
        return replace(FileReader(source.reading).read(source.path, progress=check), name=source.title)
    except DataError as problem:
        return problem


def _digest_of_all(paths: Sequence[Path], should_stop: Callable[[], bool]) -> str:
    """What is to become the digest of the table in all of them; empty where one cannot be read. Raises Stopped."""
    digests = [_digest_of(path, should_stop) for path in paths]
    if len(digests) == 1 or "" in digests:
        return digests[0] if len(digests) == 1 else ""
    return digest_of_joined(digests)


def _digest_of(path: Path, should_stop: Callable[[], bool]) -> str:
    """sha256 of the file in hexadecimal digits; empty for what cannot be read. Raises Stopped."""
    found = hashlib.sha256()
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as stream:
            while piece := stream.read(PIECE):
                if should_stop():
                    raise Stopped
                found.update(piece)
    except (OSError, ValueError):
        return ""
    return found.hexdigest()
