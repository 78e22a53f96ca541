"""The beginning of a long text as a table of its own, to be shown while the rest is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.csv.lines import Progress
from regdesk.data.csv.reader import read_table
from regdesk.data.csv.table import Table
from regdesk.data.errors import DataError
from regdesk.data.files.private_folder import PrivateFolder
from regdesk.data.formats.opening import format_of
from regdesk.data.formats.signatures import TEXT

LONG_FILE, HEAD = 1 << 22, 1 << 19
"""Bytes of a file that takes seconds to be read, and of its beginning that is shown meanwhile."""


def head_table(path: Path, reading: ReadingOptions, progress: Progress) -> Table | None:
    """The first whole lines of ``path`` as ``reading`` says; None where the file is short, or no text.

    None also where they are no table by themselves: whoever reads the whole says why, if that is none either.
    ``progress`` may raise to cancel.
    """
    try:
        if path.stat().st_size < LONG_FILE or reading.more_files or format_of(path) is not TEXT:
            return None
        with path.open("rb") as stream:
            head = stream.read(HEAD)
    except (OSError, ValueError):
        return None
    # A cut within a line, or a character of several bytes, would be a fault that the file does not have.
    head = head[: head.rfind(b"\n") + 1]
    if b"\0" in head:
        return None
    with PrivateFolder() as folder:
        file = folder.path / "head"
        file.write_bytes(head)
        try:
            return replace(read_table(file, reading, progress), path=path, name=path.name)
        except DataError:
            return None
