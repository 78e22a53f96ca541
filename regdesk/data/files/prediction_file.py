"""Predictions as CSV, written as they come and whole or not at all; beside them where they come from."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from regdesk.data.files.safe_cells import safe_cell
from regdesk.data.files.whole_files import StagedFiles

PROVENANCE_SUFFIX = ".provenance.json"


_OTHERS = {
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".numbers"), "a workbook"),
    **dict.fromkeys((".parquet", ".feather", ".arrow", ".npy", ".npz", ".rds", ".pkl"), "a file of another format"),
    **dict.fromkeys((".db", ".sqlite", ".sqlite3", ".duckdb"), "a database"),
    **dict.fromkeys((".gz", ".bz2", ".xz", ".zst", ".zip", ".7z"), "a packed file"),
    **dict.fromkeys((".tsv", ".tab"), "a file with tabs"),
    **dict.fromkeys((".json", ".jsonl", ".ndjson"), "a file of JSON"),
    **dict.fromkeys((".html", ".htm", ".pdf"), "a document"),
}


def other_format(path: Path) -> str | None:
    """What a file of this name is that is no CSV, such as a workbook; None for any other name."""
    return _OTHERS.get(path.suffix.casefold())


def provenance_file(path: Path) -> Path:
    """The file beside predictions that says where they come from."""
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    return target.with_name(target.name + PROVENANCE_SUFFIX)


class RowWriter:
    """Writes rows of cells as CSV in UTF-8: None is an empty cell, and a spreadsheet runs no word."""

    def __init__(self, take: Callable[[bytes], object]) -> None:
        self._take = take

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        """Raises what takes them raises, such as OSError."""
        text = io.StringIO(newline="")
        safe = ([safe_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
        csv.writer(text).writerows(safe)
        self._take(text.getvalue().encode("utf-8", "surrogateescape"))


@contextmanager
def prediction_file(path: Path, provenance: Mapping[str, Any]) -> Iterator[RowWriter]:
    """What takes the rows of ``path``; ``provenance`` goes into a file beside it, ``path.provenance.json``.

    Both are there at the end, and none when anything went wrong. A device or a pipe is written to as it is, with
    nothing beside it. Raises OSError.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not (target.is_file() or target.is_dir()):
        with target.open("wb") as stream:
            yield RowWriter(stream.write)
        return
    with StagedFiles(target.parent) as staged:
        with staged.opened(target.name) as take:
            yield RowWriter(take)
        staged.add(provenance_file(target).name, (json.dumps(provenance, allow_nan=False, indent=1) + "\n").encode())
        staged.put_in_place()
