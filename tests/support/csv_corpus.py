"""What a file of the corpus is, and whether the reader gives the answer that it has to give."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.csv.table import Column, NumberColumn, Table
from regdesk.data.errors import DataError
from regdesk.data.formats.reading import read_file

CORPUS = Path(__file__).resolve().parents[1] / "data" / "csv" / "corpus"
Group = Literal["loads exactly", "exact or refused", "reported with its line", "refused"]
Cell = float | str | None


@dataclass(frozen=True)
class CsvCase:
    """A file and its answer.

    Attributes:
        columns: the cells of each column, None where missing; a column with any text in it is one of words.
        told: the lines that warnings name, in their order, one for each; exactly these where the file loads.
        line: where the fault is, for what has to be reported.
        words: what the refusal, or one of the warnings, has to say.
    """

    name: str
    content: bytes | str
    columns: dict[str, Sequence[Cell]] = field(default_factory=dict)
    group: Group = "loads exactly"
    told: tuple[int | None, ...] = ()
    line: int | None = None
    words: str = ""
    options: ReadingOptions = field(default_factory=ReadingOptions)

    def check(self, folder: Path) -> None:
        """Raises AssertionError unless the reader gives the answer."""
        path = folder / "case.csv"
        path.write_bytes(self.content.encode() if isinstance(self.content, str) else self.content)
        table = _read(path, self.options)
        if isinstance(table, DataError):
            assert self.group != "loads exactly", str(table)
            assert self.group == "exact or refused" or self.words in str(table), str(table)
            assert self.line in (None, table.row), str(table)
            return
        assert self.group != "refused", cells_of(table)
        if self.group == "reported with its line":
            assert self.line in [warning.row for warning in table.warnings], table.warnings
        else:
            assert self.columns, "what loads has an answer"
        if self.columns:
            assert cells_of(table) == {name: list(cells) for name, cells in self.columns.items()}
            assert tuple(warning.row for warning in table.warnings) == self.told, table.warnings
        assert not self.words or any(self.words in warning.message for warning in table.warnings), table.warnings


def _read(path: Path, options: ReadingOptions) -> Table | DataError:
    try:
        return read_file(path, options)
    except DataError as error:
        return error


def cells_of(table: Table) -> dict[str, list[Cell]]:
    """What ``table`` holds, as cases say it."""
    return {column.name: _cells(column) for column in table.columns}


def _cells(column: Column) -> list[Cell]:
    if isinstance(column, NumberColumn):
        return [
            None if missing else value for value, missing in zip(column.numbers.tolist(), column.missing, strict=True)
        ]
    return [None if code < 0 else column.levels[code] for code in column.codes.tolist()]


def cases_in(path: Path) -> list[CsvCase]:
    """The cases of a module of the corpus."""
    spec = importlib.util.spec_from_file_location(f"corpus_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: list[CsvCase] = module.CASES
    return found


def corpus() -> dict[str, CsvCase]:
    """All cases, by the name of their module and their own."""
    return {f"{path.stem}: {case.name}": case for path in sorted(CORPUS.glob("*.py")) for case in cases_in(path)}
