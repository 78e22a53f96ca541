"""A text file as records of cells, with the line of each and one clear sentence for what is damaged."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Generator, Iterator
from itertools import islice
from pathlib import Path

from regdesk.data.csv.cell_looks import is_ruler
from regdesk.data.csv.file_watch import FileWatch
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.line_feed import LineFeed
from regdesk.data.csv.quote_faults import at_its_cause, unsplit
from regdesk.data.csv.row_flow import Chunk, Record, RowBlock, RowFlow
from regdesk.data.csv.rows import LeftOutRow, RowSorter
from regdesk.data.csv.table import TableWarning
from regdesk.data.encodings.finding import MOST_LINE_BYTES, endless, line_of_bytes
from regdesk.data.encodings.text_faults import MOST_LISTED, folder_named, listed, zero_byte
from regdesk.data.errors import DataError

Progress = Callable[[float], None]

_HEAD_BYTES = 65_536
LEAST_BYTES = 2_500_000
"""Of a file that is read in blocks: what reads them is compiled first, which takes 0.1 s, as much as they save here."""
MOST_COLUMNS = 2000
"""Of a file that is read in blocks: to look at a column of a block takes as long as to read 300 cells one by one."""
_CELLS_A_REPORT = 200_000
MOST_CHARACTERS = 10_000_000
"""Of a cell: far more than a text, and little beside a file that a quote without an end makes one cell of."""
_MARK = "\ufeff"
_UTF8_MARK = b"\xef\xbb\xbf"


def check_file(path: Path) -> None:
    """Raises DataError when ``path`` cannot be read, or is empty."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            # It is read more than once, and a pipe is empty the second time.
            raise DataError("this is not an ordinary file; save it as one and open that.", file=path)
        if path.is_dir():
            # Not every system says so by its own error.
            raise folder_named(path)
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except FileNotFoundError:
        raise DataError(f"there is no such file ({path}); check the name and the folder.", file=path) from None
    except PermissionError:
        what = "read this file; change its permissions"
        if not os.access(path.parent, os.X_OK):
            what = "look into the folder of this file; change the permissions of the folder"
        raise DataError(f"there is no permission to {what}.", file=path) from None
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
    below: list[LeftOutRow] | None = None,
) -> Generator[Chunk, None, None]:
    """The rows of names, or without a header the first row; then the rows in chunks, all of them as wide.

    What is left out, such as blank rows, comments and lines after the table, is added to ``told`` at the end.
    With ``below`` they are new rows: one at the end of which the first cell alone is filled, and is a sentence, is a
    row too, and what stands below the table is added to ``below``, in its order.
    ``progress`` is called after each chunk, and after very many cells, with the share of the bytes read; what it raises
    ends the reading.
    Raises DataError for ragged rows, an open quote, bytes that are none of the encoding or not text, and a file that
    has changed since ``watch`` began.
    """
    for found in _read(path, layout, watch, progress, [] if told is None else told, False, below):
        assert isinstance(found, Chunk)
        yield found


def read_blocks(
    path: Path, layout: Layout, watch: FileWatch, progress: Progress | None, told: list[TableWarning]
) -> Generator[Chunk | RowBlock, None, None]:
    """As ``read_records``, where many rows that are plain to see come as a block."""
    return _read(path, layout, watch, progress, told, True)


def _read(
    path: Path,
    layout: Layout,
    watch: FileWatch,
    progress: Progress | None,
    told: list[TableWarning],
    in_blocks: bool,
    below: list[LeftOutRow] | None = None,
) -> Generator[Chunk | RowBlock, None, None]:
    with watch.open() as raw:
        size = max(os.fstat(raw.fileno()).st_size, 1)
        feed = LineFeed(raw, layout.encoding)

        def report() -> None:
            if progress is not None:
                progress(min((raw.tell() - feed.n_bytes_ahead) / size, 1.0))

        in_blocks = in_blocks and size >= LEAST_BYTES and layout.is_as_written
        yield from _chunks(path, feed, layout, report, told, in_blocks, below)
        if progress is not None:
            progress(1.0)


def _chunks(
    path: Path,
    feed: LineFeed,
    layout: Layout,
    report: Callable[[], None],
    told: list[TableWarning],
    in_blocks: bool,
    below: list[LeftOutRow] | None,
) -> Generator[Chunk | RowBlock, None, None]:
    records = _records(path, feed, layout, told)
    singles = (record for record in records if isinstance(record, Record))
    filled = (record for record in singles if any(cell.strip() for cell in record.cells) and not is_ruler(record.cells))
    head = list(islice(filled, layout.n_header_rows if layout.has_header else 1))
    if not head:
        return
    header = _fitted_header(head, layout)
    yield header
    sorter = RowSorter(path, header.rows[0], told, layout, header.lines[0])
    flow = RowFlow(sorter, header.rows[-1] if layout.has_header else None, below is not None)
    in_blocks = in_blocks and flow.width <= MOST_COLUMNS
    n_cells = 0
    for record in records:
        if isinstance(record, RowBlock):
            yield from flow.take_block(record)
        else:
            flow.take(record)
            feed.row_form = flow.row_form if in_blocks else None
            n_cells += len(record.cells)
            if flow.is_full:
                yield flow.all_but_last()
            elif n_cells < _CELLS_A_REPORT:
                continue
        n_cells = 0
        # A block takes ten times its text: it goes before the next one is made.
        del record
        report()
    try:
        rest = flow.finish()
    except DataError as error:
        raise at_its_cause(layout, error) from None
    if below is not None:
        below += sorted(sorter.below, key=lambda one: one.line)
    if rest is not None:
        yield rest


def _fitted_header(head: list[Record], layout: Layout) -> Chunk:
    """The records of the header as a chunk, as wide as the rows."""
    rows = [record.cells for record in head]
    if layout.has_row_names:
        rows = [["", *cells] for cells in rows]
    n_columns = layout.n_columns
    if n_columns is not None and not any(cell.strip() for cells in rows for cell in cells[n_columns:]):
        rows = [cells[:n_columns] for cells in rows]
    return Chunk([record.line for record in head], rows)


def _records(
    path: Path, feed: LineFeed, layout: Layout, told: list[TableWarning]
) -> Generator[Record | RowBlock, None, None]:
    """Each record, or many rows at once; a blank line is a record without cells but for the first ones."""
    text = layout.prepared(islice(_text_lines(path, feed, told), layout.n_skipped, None))
    reader = csv.reader(text, **layout.csv_form)
    end, has_begun = layout.n_skipped, False
    allow_long_cells()
    try:
        while True:
            block = feed.take_rows()
            if block is not None:
                yield RowBlock(block.lines + (end + 1), feed.n_lines, block.cells)
                end = feed.n_lines
                del block
                continue
            cells = next(reader, None)
            if cells is None:
                return
            # The reader takes one line after the other, and no more of them than the record has.
            line, end = end + 1, feed.n_lines
            has_begun = has_begun or len(cells) > 1 or (len(cells) == 1 and bool(cells[0].strip()))
            if has_begun:
                yield Record(line, end, cells)
    except csv.Error as error:
        raise unsplit(path, layout, end + 1, feed.n_lines, error) from None
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


def _text_lines(path: Path, feed: LineFeed, told: list[TableWarning]) -> Iterator[str]:
    """The lines of ``feed``. Raises DataError for a zero byte, and for a line without an end."""
    joined: list[int] = []
    for line in feed.lines():
        if "\0" in line:
            raise zero_byte(path, feed.n_lines)
        if line[0] == _MARK:
            # A second byte order mark, where files were joined.
            line = line.lstrip(_MARK)
            if feed.n_lines > 1:
                joined.append(feed.n_lines)
        if len(line) >= MOST_LINE_BYTES:
            raise endless(path, feed.n_lines)
        yield line
    if joined:
        also = f" (so {'is' if len(joined) == 2 else 'are'} {listed(joined[1 : MOST_LISTED + 1], len(joined) - 1)})"
        message = f"a byte order mark before this line is left out{also if len(joined) > 1 else ''}."
        told.append(TableWarning(joined[0], None, message))
