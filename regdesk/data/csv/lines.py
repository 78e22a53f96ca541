"""A text file as records of cells, with the line of each and one clear sentence for what is damaged."""

from __future__ import annotations

import codecs
import csv
import io
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from regdesk.data.csv.file_watch import FileWatch, HashedReader
from regdesk.data.csv.layout import Layout
from regdesk.data.errors import DataError, shorten

Progress = Callable[[float], None]

ROWS_A_CHUNK = 4096
_HEAD_BYTES = 65_536
_MARKS = {
    b"\xff\xfe\0\0": "UTF-32",
    b"\0\0\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
"""Byte order marks; the first that fits counts, for one begins with another."""
MOST_CHARACTERS = 10_000_000
"""Of a cell: far more than a text, and little beside a file that a quote without an end makes one cell of."""
_UTF8_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Chunk:
    """Neighbouring records: ``lines[i]`` is the line of the file, from 1, on which ``rows[i]`` starts."""

    lines: list[int]
    rows: list[list[str]]


def check_file(path: Path, given: str | None = None) -> str:
    """The encoding of ``path``: ``given``, or utf-8, or utf-8-sig with a byte order mark.

    Raises DataError when it cannot be read, is empty or is not text.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        # It is read more than once, and a pipe is empty the second time.
        raise DataError("this is not an ordinary file; save it as one and open that.", file=path)
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except FileNotFoundError:
        raise DataError(f"there is no such file ({path}); check the name and the folder.", file=path) from None
    except IsADirectoryError:
        raise DataError("this is a folder; choose a CSV file in it.", file=path) from None
    except PermissionError:
        raise DataError("there is no permission to read this file; change its permissions.", file=path) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError(f"the file cannot be read ({reason}).", file=path) from None
    if not head.removeprefix(_UTF8_MARK).strip():
        raise DataError("the file is empty; it needs a header line and rows of data.", file=path)
    if given is not None:
        return "utf-8-sig" if given.lower() in ("utf-8", "utf8") and head.startswith(_UTF8_MARK) else given
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            raise DataError(f"the file is {encoding}; save it as UTF-8 (in a spreadsheet: CSV UTF-8).", file=path)
    if b"\0" in head:
        raise _not_text(path, head[: head.index(b"\0")].count(b"\n") + 1)
    return "utf-8-sig" if head.startswith(_UTF8_MARK) else "utf-8"


def read_records(
    path: Path, layout: Layout, watch: FileWatch, progress: Progress | None = None
) -> Generator[Chunk, None, None]:
    """The header alone, then the data in chunks, every row as wide as the header; blank lines are skipped.

    ``progress`` is called after each chunk with the share of the bytes read; what it raises ends the reading.
    Raises DataError for a ragged row, an open quote, bytes that are not UTF-8 or not text, and a file that has changed
    since ``watch`` began.
    """
    with watch.open() as raw:
        yield from _records(path, raw, layout, progress)


def _records(path: Path, raw: HashedReader, layout: Layout, progress: Progress | None) -> Generator[Chunk, None, None]:
    size = max(os.fstat(raw.fileno()).st_size, 1)
    with _as_text(raw, layout.encoding) as stream:
        n_skipped = layout.n_skipped
        reader = csv.reader(islice(_text_lines(path, stream), n_skipped, None), **layout.csv_form)
        width, lines, rows, end_of_last = -1, [], [], n_skipped
        allow_long_cells()
        try:
            for cells in reader:
                line, end_of_last = end_of_last + 1, n_skipped + reader.line_num
                if len(cells) != width:
                    if not cells or (len(cells) == 1 and width != 1 and not cells[0].strip()):
                        continue
                    if width > 0:
                        raise _ragged(path, line, end_of_last, len(cells), width)
                    width = len(cells)
                    yield Chunk([line], [cells])
                    continue
                lines.append(line)
                rows.append(cells)
                if len(rows) == ROWS_A_CHUNK:
                    yield Chunk(lines, rows)
                    lines, rows = [], []
                    if progress is not None:
                        progress(min(raw.tell() / size, 1.0))
        except csv.Error as error:
            raise _damaged(path, layout, end_of_last + 1, n_skipped + reader.line_num, error) from None
        except UnicodeDecodeError:
            raise _not_decodable(path, layout.encoding) from None
    if rows:
        yield Chunk(lines, rows)
    if progress is not None:
        progress(1.0)


def allow_long_cells() -> None:
    """Of ``MOST_CHARACTERS``, in the whole process, unless somebody has allowed longer ones."""
    csv.field_size_limit(max(csv.field_size_limit(), MOST_CHARACTERS))


@contextmanager
def _as_text(raw: HashedReader, encoding: str) -> Iterator[io.TextIOWrapper]:
    """``raw`` as text with its own line ends; it stays open."""
    stream = io.TextIOWrapper(raw, encoding, newline="")
    try:
        yield stream
    finally:
        stream.detach()


def _text_lines(path: Path, stream: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(stream, 1):
        if "\0" in line:
            raise _not_text(path, number)
        yield line


def _not_text(path: Path, line: int) -> DataError:
    return DataError(
        "a NUL byte shows that this is not a plain text file; export the table as CSV in UTF-8.", file=path, row=line
    )


def _ragged(path: Path, line: int, last_line: int, found: int, width: int) -> DataError:
    cells = "1 cell" if found == 1 else f"{found} cells"
    if last_line > line:
        remedy = f"a quote opened in this row runs on to line {last_line} and is probably not closed where it should be"
    else:
        remedy = "add what is missing, or put quotes around a cell that contains the delimiter"
    return DataError(f"this row has {cells}, the header has {width}; {remedy}.", file=path, row=line)


def _damaged(path: Path, layout: Layout, start: int, line: int, error: csv.Error) -> DataError:
    text = str(error)
    if "field larger" in text:
        return DataError(
            f"a cell of this row has more than {csv.field_size_limit():,} characters; shorten it, or close its quote.",
            file=path,
            row=start,
        )
    if "end of data" in text:
        return DataError(
            "a quote opens here and is never closed; close it, or double a quote that belongs to the cell.",
            file=path,
            row=_open_quote_line(path, layout, start),
        )
    if "expected after" in text:
        since = f" (the row starts in line {start})" if line > start else ""
        return DataError(
            f"text follows a closing quote{since}; double a quote that belongs to the cell, or close the one before.",
            file=path,
            row=line,
        )
    return DataError(f"this row cannot be split into cells ({shorten(text, 80)}).", file=path, row=start)


def _open_quote_line(path: Path, layout: Layout, start: int) -> int:
    """The line on which the last quote of the record starting at line ``start`` opens."""
    opened, quoted, closed, at_cell_start = start, False, False, True
    with path.open(encoding=layout.encoding, errors="replace", newline="") as stream:
        for number, line in enumerate(islice(stream, start - 1, None), start):
            for character in line:
                if quoted:
                    closed = character == layout.quote
                    quoted = not closed
                elif character == layout.quote and (closed or at_cell_start):
                    # Right after a closing quote it is a doubled one: the cell it belongs to opened earlier.
                    opened = opened if closed else number
                    quoted = True
                else:
                    closed = False
                at_cell_start = not quoted and (character == layout.delimiter or (at_cell_start and character == " "))
    return opened


def _not_decodable(path: Path, encoding: str) -> DataError:
    """Where the bytes of ``path`` are not text in ``encoding``."""
    if encoding not in ("utf-8", "utf-8-sig"):
        return _undecodable(path, encoding)
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                return DataError(
                    f"byte {error.start + 1} of this line (0x{line[error.start]:02X}) is not UTF-8; "
                    "save the file as UTF-8 (in a spreadsheet: CSV UTF-8).",
                    file=path,
                    row=number,
                )
    return DataError("the file is not UTF-8; save it as UTF-8.", file=path)


def _undecodable(path: Path, encoding: str) -> DataError:
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as stream:
        while True:
            block = stream.read(_HEAD_BYTES)
            try:
                line += decoder.decode(block, not block).count("\n")
            except UnicodeDecodeError as error:
                line += error.object[: error.start].decode(encoding, "ignore").count("\n")
                break
            if not block:
                break
    return DataError(f"this line is not text in {encoding}; choose another encoding.", file=path, row=line)
