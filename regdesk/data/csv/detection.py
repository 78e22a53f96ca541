"""What the beginning of a file shows of how the whole is laid out."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.csv.dialect import find_dialect
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.lines import Progress, allow_long_cells, check_file
from regdesk.data.csv.preamble import find_beginning
from regdesk.data.csv.table import TableWarning
from regdesk.data.encodings.finding import MOST_LINE_BYTES, endless, find_encoding
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
    if delimiter is not None and (not delimiter or any(mark in delimiter for mark in '"\r\n')):
        raise DataError(f"a delimiter is a mark such as , or ; or :: and not {delimiter!r}.", file=path)
    if delimiter is not None and delimiter == options.quote:
        raise DataError(f"the delimiter and the quote are both {delimiter!r}; they are two marks.", file=path)
    check_file(path)
    check = partial(progress or (lambda share: None), 0.0)
    encoding = find_encoding(path, options.encoding, check)
    warnings += encoding.warnings
    lines = _first_lines(path, encoding.name)
    allow_long_cells()
    # Of 20,000 columns each step takes a tenth of a second.
    check()
    known = Layout(encoding.name, ",", mends_c1=encoding.mends_c1, has_end_sign=encoding.has_end_sign)
    trial = find_dialect(lines, options, known)
    check()
    layout, told = find_beginning(path, lines, options, trial)
    check()
    warnings += told
    return layout


def _first_lines(path: Path, encoding: str) -> list[str]:
    """Lines of ``path`` with their ends; damage in them is replaced. Raises DataError for one without an end."""
    found: list[str] = []
    n_characters = 0
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        while line := stream.readline(MOST_LINE_BYTES):
            if len(line) == MOST_LINE_BYTES:
                raise endless(path, len(found) + 1)
            found.append(line.lstrip("\ufeff"))
            n_characters += len(line)
            if len(found) == _SAMPLE_LINES or n_characters > _SAMPLE_CHARACTERS:
                break
    return found
