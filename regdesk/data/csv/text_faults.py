"""What to say of bytes that are no part of a table, and of text that two people have written at once."""

from __future__ import annotations

import re
from pathlib import Path

from regdesk.data.errors import DataError, shorten

_CONFLICT = re.compile(rb"(?:\A|[\r\n])<{7}(?:[ \t][^\r\n]*)?[\r\n]")


def refuse_conflict(path: Path, block: bytes, line: int) -> None:
    """Raises DataError when a line of ``block``, which begins on ``line``, is a mark of a merge."""
    found = _CONFLICT.search(block)
    if found is not None and re.search(rb"[\r\n]={7}[\r\n]", path.read_bytes()) is not None:
        mark = found[0].strip()
        place = line + block[: found.start()].count(b"\n") + found[0][:1].count(b"\n")
        raise DataError(
            f"{shorten(mark.decode(errors='replace'))} is a mark that a merge has left where two versions of the file "
            "differ; choose one of the two and take the marks out.",
            file=path,
            row=place,
        )


def zero_byte(path: Path, line: int) -> DataError:
    """The error for a file with a zero byte on ``line``."""
    return DataError(
        "a NUL byte shows that this is not a plain text file; export the table as CSV in UTF-8.", file=path, row=line
    )
