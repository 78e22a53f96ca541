"""What a column that splits the rows, or says their folds, leaves to be tested on."""

from __future__ import annotations

from collections.abc import Iterator

from regdesk.core.types import DataSettings
from regdesk.core.words.data_facts import HealthFinding
from regdesk.data.csv.table import Column, NumberColumn, Table
from regdesk.data.errors import shorten
from regdesk.data.health.wording import named


def columns_of_parts(table: Table, settings: DataSettings) -> list[tuple[str, Column]]:
    """The columns that split the rows by ``settings``, with their roles in words."""
    roles = ((settings.split_column, "split"), (settings.fold_column, "fold"))
    return [(role, column) for name, role in roles for column in table.columns if column.name == name]


def split_findings(table: Table, settings: DataSettings) -> Iterator[HealthFinding]:
    """Columns of parts that have one value: all rows are in one part, and none is left for another."""
    for role, column in columns_of_parts(table, settings):
        if column.distinct != 1:
            continue
        value = f"{_only_number(column):g}" if isinstance(column, NumberColumn) else shorten(column.levels[0])
        yield HealthFinding(
            "one part", (column.name,), 1,
            f"{named([column.name])} says the {role} of each row and has one value only, {value}: all rows are in one "
            "part, and none is left to test on.",
        )  # fmt: skip


def _only_number(column: NumberColumn) -> float:
    return float(column.numbers[~column.missing][0])
