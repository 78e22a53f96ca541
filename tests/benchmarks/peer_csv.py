"""Files by another reader of CSV, at its default settings, in an environment of its own: ``peer_csv.py READER``.

Reads paths from its input, one a line, and answers each with one line of JSON: ``names``, ``cells`` (a list for each
column: null, a number, or text; ``["date", ISO]`` for what has become a date) of the first rows, and ``n_rows``; or
``error``.
"""

from __future__ import annotations

import json
import math
import sys
import warnings
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

MOST_ROWS = 2000

Found = tuple[list[str], list[list[Any]], int]


def by_pandas(path: str) -> Found:
    import pandas

    return _of_frame(pandas.read_csv(path))


def by_clevercsv(path: str) -> Found:
    import clevercsv

    return _of_frame(clevercsv.read_dataframe(path))


def by_polars(path: str) -> Found:
    import polars

    frame = polars.read_csv(path)
    return frame.columns, [frame[:MOST_ROWS, number].to_list() for number in range(frame.width)], frame.height


def by_duckdb(path: str) -> Found:
    import duckdb

    relation = duckdb.read_csv(path)
    rows = relation.fetchall()
    return relation.columns, [list(cells) for cells in zip(*rows[:MOST_ROWS], strict=True)] or [[]], len(rows)


READERS: dict[str, Callable[[str], Found]] = {
    "DuckDB": by_duckdb, "pandas": by_pandas, "polars": by_polars, "CleverCSV": by_clevercsv,
}  # fmt: skip


def _of_frame(frame: Any) -> Found:
    names = [str(name) for name in frame.columns]
    cells = [frame.iloc[:MOST_ROWS, number].tolist() for number in range(len(names))]
    # Row names are a column, too.
    if type(frame.index).__name__ != "RangeIndex":
        names, cells = ["", *names], [frame.index[:MOST_ROWS].tolist(), *cells]
    return names, cells, len(frame)


def plain(cell: Any) -> Any:
    """``cell`` as JSON has it."""
    if cell is None or isinstance(cell, bool):
        return None if cell is None else str(cell)
    if isinstance(cell, (int, float, Decimal)):
        return None if math.isnan(cell) else (float(cell) if math.isfinite(cell) else str(cell))
    if isinstance(cell, (date, datetime, time)):
        return None if str(cell) == "NaT" else ["date", cell.isoformat()]
    return str(cell)


def answer(read: Callable[[str], Found], path: str) -> dict[str, Any]:
    """What ``read`` makes of the file at ``path``."""
    try:
        names, columns, n_rows = read(path)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:2000]}
    return {"names": names, "cells": [[plain(cell) for cell in cells] for cells in columns], "n_rows": n_rows}


def main(paths: Iterable[str]) -> None:
    warnings.simplefilter("ignore")
    read = READERS[sys.argv[1]]
    print(json.dumps({"version": __import__(sys.argv[1].lower()).__version__}), flush=True)
    for line in paths:
        print(json.dumps(answer(read, line.rstrip("\n"))), flush=True)


if __name__ == "__main__":
    main(sys.stdin)
