"""A text file as records of cells, with the line of each and one clear sentence for what is damaged."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from regdesk.data.csv.cell_looks import COMMENT_MARKS, is_ruler
from regdesk.data.csv.encodings import MOST_LINE_BYTES, MOST_LISTED, endless, line_of_bytes, listed, zero_byte
from regdesk.data.csv.file_watch import FileWatch, HashedReader
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.quote_faults import unsplit
from regdesk.data.csv.rows import TOTAL_WORDS, OddRecord, RowSorter
from regdesk.data.csv.table import TableWarning
from regdesk.data.errors import DataError

Progress = Callable[[float], None]

ROWS_A_CHUNK = 4096
_HEAD_BYTES = 65_536
MOST_CHARACTERS = 10_000_000
"""Of a cell: far more than a text, and little beside a file that a quote without an end makes one cell of."""
_COMMENT_STARTS = frozenset(mark[0] for mark in COMMENT_MARKS)
_MARK = "\ufeff"
_UTF8_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Chunk:
    """Neighbouring records: ``lines[i]`` is the line of the file, from 1, on which ``rows[i]`` starts."""

    lines: list[int]
    rows: list[list[str]]


def check_file(path: Path) -> None:
    """Raises DataError when ``path`` cannot be read, or is empty."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            # It is read more than once, and a pipe is empty the second time.
            raise DataError("this is not an ordinary file; save it as one and open that.", file=path)
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


def read_records(
    path: Path,
    layout: Layout,
    watch: FileWatch,
    progress: Progress | None = None,
    told: list[TableWarning] | None = None,
) -> Generator[Chunk, None, None]:
    """The rows of names, or without a header the first row; then the rows in chunks, all of them as wide.

    What is left out, such as blank rows, comments and lines after the table, is added to ``told`` at the end.
    ``progress`` is called after each chunk with the share of the bytes read; what it raises ends the reading.
    Raises DataError for ragged rows, an open quote, bytes that are none of the encoding or not text, and a file that
    has changed since ``watch`` began.
    """
    with watch.open() as raw, _as_text(raw, layout.encoding) as stream:
        size = max(os.fstat(raw.fileno()).st_size, 1)
        report = None if progress is None else (lambda: progress(min(raw.tell() / size, 1.0)))
        yield from _chunks(path, stream, layout, report, [] if told is None else told)
        if progress is not None:
            progress(1.0)


def _chunks(
    path: Path,
    stream: Iterable[str],
    layout: Layout,
    report: Callable[[], None] | None,
    told: list[TableWarning],
) -> Generator[Chunk, None, None]:
    records = _records(path, stream, layout, told)
    filled = (record for record in records if any(cell.strip() for cell in record[2]) and not is_ruler(record[2]))
    head = list(islice(filled, layout.n_header_rows if layout.has_header else 1))
    if not head:
        return
    header = _fitted_header(head, layout)
    yield header
    sorter, lines, rows = RowSorter(path, header.rows[0], told, layout), [], []
    for line, cells in _rows(records, sorter, header.rows[-1] if layout.has_header else None):
        lines.append(line)
        rows.append(cells)
        # The last row is held back: it may be a total.
        if len(rows) > ROWS_A_CHUNK:
            yield Chunk(lines[:-1], rows[:-1])
            lines, rows = lines[-1:], rows[-1:]
            if report is not None:
                report()
    sorter.finish()
    while len(rows) > 1 and is_ruler(rows[-1]):
        del lines[-1], rows[-1]
    if len(rows) > 1 and rows[-1][0].strip().rstrip(":").casefold() in TOTAL_WORDS and sorter.width > 1:
        told.append(TableWarning(lines[-1], None, "this row of totals is left out."))
        del lines[-1], rows[-1]
    if rows:
        yield Chunk(lines, rows)


def _rows(
    records: Iterable[tuple[int, int, list[str]]], sorter: RowSorter, names: list[str] | None
) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each of ``records`` that is a row; ``sorter`` takes what is not as wide, or looks like none."""
    width, shape = sorter.width, sorter.layout.row_shape
    has_values_first = 0 in shape.value_places
    is_after_blank, is_first = False, True
    for line, last_line, cells in records:
        if len(cells) != width:
            if not cells or (len(cells) == 1 and not cells[0].strip()):
                is_after_blank = True
                continue
            trimmed = sorter.trimmed(OddRecord(line, last_line, cells, is_after_blank))
            if trimmed is None:
                continue
            cells = trimmed
        if not cells[0] and width > 1 and not any(cell.strip() for cell in cells):
            sorter.leave_out("blank row", line)
            is_after_blank = True
            continue
        if cells == names and width > 1:
            sorter.leave_out("repeated header", line)
            continue
        if is_first and is_ruler(cells):
            continue
        if has_values_first and cells[0][:1] in _COMMENT_STARTS and shape.is_comment(cells):
            sorter.leave_out("comment", line)
            continue
        if last_line > line:
            sorter.look_at_lines(OddRecord(line, last_line, cells, is_after_blank))
        if (is_after_blank or not (cells[-1] or any(cells[1:]))) and sorter.holds(
            OddRecord(line, last_line, cells, is_after_blank)
        ):
            continue
        yield from sorter.released(line, cells)
        is_first = is_after_blank = False
        yield line, cells


def _fitted_header(head: list[tuple[int, int, list[str]]], layout: Layout) -> Chunk:
    """The records of the header as a chunk, as wide as the rows."""
    rows = [cells for _, _, cells in head]
    if layout.has_row_names:
        rows = [["", *cells] for cells in rows]
    n_columns = layout.n_columns
    if n_columns is not None and not any(cell.strip() for cells in rows for cell in cells[n_columns:]):
        rows = [cells[:n_columns] for cells in rows]
    return Chunk([line for line, _, _ in head], rows)


def _records(
    path: Path, stream: Iterable[str], layout: Layout, told: list[TableWarning]
) -> Generator[tuple[int, int, list[str]], None, None]:
    """First line, last line and cells of each record; a blank line is a record without cells but for the first ones."""
    n_skipped = layout.n_skipped
    text = layout.prepared(islice(_text_lines(path, stream, layout, told), n_skipped, None))
    reader = csv.reader(text, **layout.csv_form)
    end, has_begun = n_skipped, False
    allow_long_cells()
    try:
        for cells in reader:
            line, end = end + 1, n_skipped + reader.line_num
            has_begun = has_begun or len(cells) > 1 or (len(cells) == 1 and bool(cells[0].strip()))
            if has_begun:
                yield line, end, cells
    except csv.Error as error:
        raise unsplit(path, layout, end + 1, n_skipped + reader.line_num, error) from None
    except UnicodeError:
        raise DataError(
            f"this line is not text in {layout.encoding}, as which the file is read; correct it, or say the "
            "encoding (--encoding).",
            file=path,
            row=line_of_bytes(path, layout.encoding),
        ) from None


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


def _text_lines(path: Path, stream: Iterable[str], layout: Layout, told: list[TableWarning]) -> Iterator[str]:
    """The lines of ``stream``. Raises DataError for a zero byte, and for a line without an end."""
    joined: list[int] = []
    if layout.encoding.startswith(("utf-16", "utf-32")) and isinstance(stream, io.TextIOWrapper):
        # Of these nobody has looked at the whole file.
        stream = iter(partial(stream.readline, MOST_LINE_BYTES), "")
    for number, line in enumerate(stream, 1):
        if "\0" in line:
            raise zero_byte(path, number)
        if line[0] == _MARK:
            # A second byte order mark, where files were joined.
            line = line.lstrip(_MARK)
            if number > 1:
                joined.append(number)
        if len(line) >= MOST_LINE_BYTES:
            raise endless(path, number)
        yield line
    if joined:
        also = f" (so {'is' if len(joined) == 2 else 'are'} {listed(joined[1 : MOST_LISTED + 1], len(joined) - 1)})"
        message = f"a byte order mark before this line is left out{also if len(joined) > 1 else ''}."
        told.append(TableWarning(joined[0], None, message))
