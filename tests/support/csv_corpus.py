"""What a file of the corpus is, and whether the reader gives the answer that it has to give."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.csv.table import Column, NumberColumn, Table
from regdesk.data.errors import DataError
from regdesk.data.formats.reading import read_file

CORPUS = Path(__file__).resolve().parents[1] / "data" / "csv" / "corpus"
Group = Literal["loads exactly", "exact or refused", "reported with its line", "refused"]
Cell = float | str | None

KINDS = {
    "no header": r"without (a )?header|no header|no names|(are|is) a row|like a row|rows (alone|only)|numbers alone",
    "years and codes as names": r"years|codes|numbers (that count|from)|as names|names in digits",
    "lines before the header": r"title|preamble|settings|sep=|says? (the|a) |above (the|a) |before (the|a) |instrument",
    "comments": r"comment|hash|percent sign",
    "footers, totals and blank rows": r"total|footer|notes?\b|blank row|below the|at the end|source|blank line",
    "empty last cells, names of rows": r"last cells?|short|row names|names of rows|too (many|few)|lack",
    "delimiters": r"delimiter|pipe|colon|\btabs?\b|between (blanks|cells)|semicolon",
    "one column": r"one column|single column",
    "quotes": r"quot|apostrophe",
    "duplicate names": r"names? (twice|thrice|the same)|same names?|repeated|one name|alike|duplicate|is taken",
    "header of several rows": r"units|groups|(several|two|three) rows|below (the )?names|joined|second row",
    "encodings": r"encodings:|utf|cp1252|latin|\bbytes?\b|\bbom\b",
    "a word among numbers": r"missing_words:|proof_words:|words? (of missing|among|in the)",
    "formatted numbers": r"number_formats:|thousand|per cent|currency|euro|dollar|decimal",
    "dates": r"dates|times_and_days:|\bdate\b|time of day|month",
    "integers beyond 2^53": r"2\*\*53|long (whole )?numbers|integers? beyond|large whole|too long|sixteen|\bbig\b",
    "several tables in a file": r"second table|two tables|another table|next table",
    "other formats by their content": r"other_formats:|html|json|xml|\bzip\b",
    "marks of a merge": r"merge|conflict",
    "several faults at once": r"faults|as wrong|twenty|all at once|and the last",
}
"""The kinds of trouble that files have, and what is said of a case of each, by its module and name."""


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

    def check(self, folder: Path) -> tuple[Path, Table | DataError]:
        """The file in ``folder``, and what the reader makes of it; raises AssertionError unless that is the answer."""
        path = folder / "case.csv"
        path.write_bytes(self.content.encode() if isinstance(self.content, str) else self.content)
        table = _read(path, self.options)
        if isinstance(table, DataError):
            assert self.group != "loads exactly", str(table)
            assert self.group == "exact or refused" or self.words in str(table), str(table)
            assert self.line in (None, table.row), str(table)
            return path, table
        assert self.group != "refused", cells_of(table)
        if self.group == "reported with its line":
            assert self.line in [warning.row for warning in table.warnings], table.warnings
        else:
            assert self.columns, "what loads has an answer"
        if self.columns:
            assert cells_of(table) == {name: list(cells) for name, cells in self.columns.items()}
            assert tuple(warning.row for warning in table.warnings) == self.told, table.warnings
        assert not self.words or any(self.words in warning.message for warning in table.warnings), table.warnings
        return path, table


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


def kinds_by_group(keys: Mapping[str, CsvCase]) -> dict[str, Counter[Group]]:
    """How many cases of each group every kind has; a case may be of several kinds."""
    return {kind: Counter(keys[key].group for key in _of_kind(keys, pattern)) for kind, pattern in KINDS.items()}


def table_of_kinds(keys: Mapping[str, CsvCase]) -> str:
    """``kinds_by_group`` as lines of text: the name of the kind, and how many cases each group has."""
    groups = get_args(Group)
    lines = [" | ".join(("kind", *groups))]
    for kind, counts in kinds_by_group(keys).items():
        lines.append(" | ".join((kind, *(str(counts[group]) for group in groups))))
    return "\n".join(lines)


def _of_kind(keys: Iterable[str], pattern: str) -> list[str]:
    return [key for key in keys if re.search(pattern, key, re.IGNORECASE)]
