"""A table of an SQLite database as text; nothing is written to the database, and nothing that stands in it is run."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from regdesk.data.csv.lines import MOST_CHARACTERS, Progress
from regdesk.data.csv.table import TableWarning
from regdesk.data.errors import DataError, listing, shorten
from regdesk.data.formats.query_copy import copy_of_query
from regdesk.data.formats.text_copy import TextSource

TABLES = (
    "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' "
    "and sql not like 'create virtual%' order by rowid"
)
"""A view is a program that stands in the file, and what a virtual table is another program decides."""


def open_table(file: Path, database: Path, table: str | None, target: Path, progress: Progress) -> TextSource:
    """The table called ``table`` of ``database``, the only one for None, as text.

    Its names are line 1 and its rows the lines after. Columns of binary data are left out, which is told.
    Raises DataError, naming ``file``, when there is no such table or several, or the database is damaged.
    """
    journal = Path(f"{database}-wal")
    if journal.is_file() and journal.stat().st_size:
        raise DataError(
            f"another program has changes to this database in {journal.name}; close it, so that they are written.",
            file=file,
        )
    try:
        # Immutable: no lock, no journal and no other file is made beside it.
        address = f"file:{quote(str(database.resolve()))}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.execute("pragma trusted_schema = off")
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_CHARACTERS)
            return _copy(file, connection, table, target, progress)
    except (sqlite3.Error, OverflowError) as error:
        reason = shorten(str(error), 100)
        raise DataError(f"this is an SQLite database that cannot be read ({reason}).", file=file) from None


def _copy(
    file: Path, connection: sqlite3.Connection, wanted: str | None, target: Path, progress: Progress
) -> TextSource:
    tables = [name for (name,) in connection.execute(TABLES)]
    table = _chosen(file, tables, wanted)
    quoted = _quoted(table)
    names = [one[0] for one in connection.execute(f"select * from {quoted} limit 0").description]
    blobs = ", ".join(f"max(typeof({_quoted(name)}) = 'blob')" for name in names)
    n_rows, *is_binary = connection.execute(f"select count(*), {blobs} from {quoted}").fetchone()
    kept = [name for name, binary in zip(names, is_binary, strict=True) if not binary]
    if not n_rows or not kept:
        what = "rows" if not n_rows else "columns but of binary data"
        raise DataError(f"table {shorten(table)} has no {what}.", file=file)
    cursor = connection.execute(f"select {', '.join(map(_quoted, kept))} from {quoted}")

    warnings = tuple(
        TableWarning(None, name, "this column holds binary data and is left out.") for name in names if name not in kept
    )
    return copy_of_query(file, target, cursor, kept, n_rows, warnings, progress)


def _chosen(file: Path, tables: Sequence[str], wanted: str | None) -> str:
    if wanted is None and len(tables) == 1:
        return tables[0]
    if wanted is not None and wanted in tables:
        return wanted
    if not tables:
        raise DataError("this SQLite database holds no table.", file=file)
    shown = listing([shorten(name) for name in tables])
    if wanted is not None:
        raise DataError(f"this SQLite database has no table {shorten(wanted)}, but {shown}.", file=file)
    raise DataError(f"this SQLite database holds {len(tables)} tables: {shown}; choose one with --sheet.", file=file)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
