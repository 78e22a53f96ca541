"""Any file as text: recognised, unpacked, its cells written out as text where it has cells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from regdesk.data.csv.file_watch import FileWatch
from regdesk.data.csv.lines import Progress
from regdesk.data.errors import DataError
from regdesk.data.files.private_folder import PrivateFolder
from regdesk.data.formats.archives import archive_format
from regdesk.data.formats.databases import open_table
from regdesk.data.formats.parquet_files import open_parquet
from regdesk.data.formats.signatures import HEAD_BYTES, TEXT, ZIP, Format, recognise
from regdesk.data.formats.text_copy import TextSource
from regdesk.data.formats.unpacking import PIECE, members_of, only_member, unpack, unpack_member
from regdesk.data.formats.workbooks import open_sheet

MOST_LAYERS = 2
"""Of packing: a workbook in a gzip file in a zip archive is somebody's joke."""


def format_of(path: Path) -> Format:
    """What the file ``path`` is, by its content; text for what cannot be read, whose reader says why."""
    try:
        if not path.is_file():
            return TEXT
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except (OSError, ValueError):
        return TEXT
    found = recognise(head)
    return archive_format(path) if found is ZIP else found


@contextmanager
def as_text(path: Path, sheet: str | None, progress: Progress) -> Iterator[TextSource]:
    """The table in ``path`` as text, to be read before this is left; what is text is handed on as it is.

    ``progress`` is called with shares from 0 to ½ while it is unpacked or copied; of text it is not called.
    Raises DataError when it cannot be opened, and when the file changes meanwhile.
    """
    if format_of(path) is TEXT and sheet is None:
        yield TextSource(path, path)
        return
    watch = FileWatch(path)
    furthest = 0.0

    def report(share: float) -> None:
        # Of several steps, one after the other, each begins anew.
        nonlocal furthest
        furthest = max(furthest, share / 2)
        progress(furthest)

    with PrivateFolder() as folder:
        _read_through(watch)
        try:
            source = _opened(path, path, sheet, folder.path, report, 0)
        except DataError:
            # What is damaged because somebody writes to it is not damaged.
            watch.check()
            raise
        # Whoever opened it has read it at another time than the digest; both times it must have been the same.
        _read_through(watch)
        yield replace(source, digest=watch.digest)


def _read_through(watch: FileWatch) -> None:
    with watch.open() as stream:
        while stream.read1(PIECE):
            pass


def _opened(file: Path, here: Path, sheet: str | None, folder: Path, progress: Progress, layer: int) -> TextSource:
    """The table of ``here``, which is ``file`` or, unpacked ``layer`` times, what it holds."""
    found = format_of(here)
    if found.opening == "never":
        inside = "this is" if here == file else "inside is"
        raise DataError(f"{inside} {found.name}; {found.remedy}.", file=file)
    if found.opening in ("packed", "zip"):
        if layer == MOST_LAYERS:
            raise DataError(
                f"it is packed more than {MOST_LAYERS} times; unpack it, and open what comes out.", file=file
            )
        inner = folder / f"unpacked-{layer}"
        try:
            if found.opening == "packed":
                unpack(here, found.name, inner, progress)
            else:
                member, is_chosen = only_member(here, members_of(here), sheet)
                unpack_member(here, member, inner, progress)
                sheet = None if is_chosen else sheet
        except DataError as error:
            raise DataError(error.problem, file=file) from None
        return _opened(file, inner, sheet, folder, progress, layer + 1)
    if found.opening == "workbook":
        return open_sheet(file, here, sheet, folder / "sheet", progress)
    if found.opening == "sqlite":
        return open_table(file, here, sheet, folder / "table", progress)
    if sheet is not None:
        raise DataError(f"this is {found.name}, which has no sheet to be chosen; leave --sheet out.", file=file)
    if found.opening == "parquet":
        return open_parquet(file, here, folder / "table", progress)
    return TextSource(file, here)
