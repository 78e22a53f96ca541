"""What the beginning of a file shows of how the whole is laid out."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.csv.dialect import find_dialect
from regdesk.data.csv.encodings import find_encoding
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.lines import Progress, allow_long_cells, check_file
from regdesk.data.csv.preamble import find_beginning
from regdesk.data.csv.table import TableWarning
from regdesk.data.errors import DataError

_SAMPLE_LINES = 1000
_SAMPLE_CHARACTERS = 400_000


def find_layout(
    path: Path, options: ReadingOptions, warnings: list[TableWarning], progress: Progress | None = None
) -> Layout:
    """What ``options`` say of ``path``, and for what they leave open what is found in it.

    What is to be told of that is added to ``warnings``. Raises DataError.
    """
    delimiter = options.delimiter
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise DataError(f"a delimiter is one character such as , or ; and not {delimiter!r}.", file=path)
    check_file(path)
    encoding = find_encoding(path, options.encoding, None if progress is None else lambda: progress(0.0))
    warnings += encoding.warnings
    lines = _first_lines(path, encoding.name)
    allow_long_cells()
    trial = find_dialect(lines, options, Layout(encoding.name, ",", mends_c1=encoding.mends_c1))
    layout, told = find_beginning(lines, options, trial)
    warnings += told
    return layout


def _first_lines(path: Path, encoding: str) -> list[str]:
    """Lines of ``path`` with their ends; what is damaged in them is replaced."""
    found: list[str] = []
    n_characters = 0
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        for line in islice(stream, _SAMPLE_LINES):
            found.append(line.removeprefix("\ufeff") if not found else line)
            n_characters += len(line)
            if n_characters > _SAMPLE_CHARACTERS:
                break
    return found
