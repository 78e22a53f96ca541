"""The one error of data: a sentence that a person can act on."""

from __future__ import annotations

from pathlib import Path

from regdesk.core.errors import RegdeskError


class DataError(RegdeskError):
    """A file, column or setting that cannot be used. ``str()`` is one sentence for the user.

    Attributes:
        problem: the sentence without the place.
        file: the file as it was given.
        row: line of the file, from 1 (the header usually is line 1), or None.
        column: name of the column, or None.
    """

    def __init__(self, problem: str, *, file: Path | str, row: int | None = None, column: str | None = None) -> None:
        self.problem = problem
        self.file = str(file)
        self.row = row
        self.column = column
        # A name may have a line end in it, a sentence may not.
        place = " ".join((Path(file).name or str(file)).splitlines())
        if row is not None:
            place += f", line {row}"
        if column is not None:
            place += f", column '{column}'"
        super().__init__(f"{place}: {problem}")


def shorten(cell: str, limit: int = 40) -> str:
    """``cell`` in quotes, on one line and at most ``limit`` characters long, for use in a sentence.

    What nobody would see in it, such as control characters and blanks without width, is written as Python writes it.
    """
    flat = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in " ".join(cell.split()))
    return f"'{flat}'" if len(flat) <= limit else f"'{flat[: limit - 1]}…'"


def listing(names: tuple[str, ...] | list[str], limit: int = 10) -> str:
    """``a, b, c`` with "and N more" after ``limit`` names."""
    shown = ", ".join(names[:limit])
    return shown if len(names) <= limit else f"{shown} and {len(names) - limit} more"
