"""A Parquet file as text, read by DuckDB."""

from __future__ import annotations

import shutil
from contextlib import closing
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from regdesk.data.csv.lines import Progress
from regdesk.data.csv.table import TableWarning
from regdesk.data.errors import DataError, shorten
from regdesk.data.formats.query_copy import copy_of_query
from regdesk.data.formats.text_copy import TextSource

MOST_CELLS = 500_000_000
SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "2GB",
    "threads": "2",
}
"""Nothing is fetched from anywhere to read a file, and it gets no more memory than a table needs."""
_READ = "from read_parquet(?, hive_partitioning = false)"
_CELLS = ("BLOB", "STRUCT", "MAP", "UNION", "LIST", "BIT", "VARIANT", "GEOMETRY")
"""Types whose values are no cells; a list's ends with brackets."""


def open_parquet(file: Path, parquet: Path, target: Path, progress: Progress) -> TextSource:
    """The table of ``parquet`` as text; its names are line 1 and its rows the lines after.

    Columns whose values are lists, records or binary data are left out, which is told.
    Raises DataError, naming ``file``, when it is damaged.
    """
    if find_spec("duckdb") is None:
        raise DataError(
            "this is a Parquet file, which duckdb reads; install it (pip install duckdb), or save the table as CSV.",
            file=file,
        )
    duckdb = import_module("duckdb")
    if set("*?[") & set(str(parquet)):
        # DuckDB would look for all files of that pattern.
        parquet = Path(shutil.copyfile(parquet, target.with_name("table.parquet")))
    try:
        with closing(duckdb.connect(":memory:", config=SETTINGS)) as connection:
            return _copy(file, connection, str(parquet), target, progress)
    except (duckdb.Error, UnicodeError, ValueError, OverflowError) as error:
        # Below the first line stands our query, and the path of a copy says nothing to anybody.
        reason = shorten(str(error).partition("\n")[0].replace(f" '{parquet}'", ""), 100)
        raise DataError(f"this is a Parquet file that cannot be read ({reason}).", file=file) from None


def _copy(file: Path, connection: Any, parquet: str, target: Path, progress: Progress) -> TextSource:
    types = {one[0]: str(one[1]) for one in connection.execute(f"describe select * {_READ}", [parquet]).fetchall()}
    kept = [name for name, kind in types.items() if not kind.endswith("]") and not kind.startswith(_CELLS)]
    (n_rows,) = connection.execute(f"select count(*) {_READ}", [parquet]).fetchone()
    if not n_rows or not kept:
        what = "rows" if not n_rows else "columns of numbers or words"
        raise DataError(f"this Parquet file has no {what}.", file=file)
    if n_rows * len(kept) > MOST_CELLS:
        raise DataError(f"it has {n_rows:,} × {len(kept):,} cells, more than the {MOST_CELLS:,} read here.", file=file)
    columns = ", ".join('"' + name.replace('"', '""') + '"' for name in kept)
    found = connection.execute(f"select {columns} {_READ}", [parquet])

    warnings = tuple(
        TableWarning(None, name, f"its cells are of type {shorten(types[name])}, and the column is left out.")
        for name in types
        if name not in kept
    )
    return copy_of_query(file, target, found, kept, n_rows, warnings, progress)
