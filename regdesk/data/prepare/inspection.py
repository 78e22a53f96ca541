"""What ``regdesk inspect`` says about a table, as JSON-able values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from regdesk.core.model.column_figures import means_and_deviations
from regdesk.core.settings.column_roles import roles_of
from regdesk.core.types import DataSettings, Float64s
from regdesk.core.words.data_facts import HealthFinding, usual_roles
from regdesk.data.columns.columns_together import together
from regdesk.data.csv.table import Column, NumberColumn, Table
from regdesk.data.errors import DataError
from regdesk.data.prepare.column_facts import column_facts
from regdesk.data.prepare.consequences import consequences_of
from regdesk.data.prepare.encoding import prepare_dataset


def inspect_table(
    table: Table, health: Sequence[HealthFinding], settings: DataSettings | None = None
) -> dict[str, Any]:
    """File, rows, columns, dialect, warnings and ``health`` of ``table``; what is not a number is None.

    With ``settings`` the role of each column as well, and what comes of them where a target is among these.
    """
    dialect = table.dialect
    record: dict[str, Any] = {
        "file": str(table.path),
        "rows": table.n_rows,
        "columns": _inspect_columns(table.columns),
        "dialect": {
            "delimiter": dialect.delimiter,
            "quote": dialect.quote,
            "encoding": dialect.encoding,
            "decimal": dialect.decimal,
            "header": dialect.header,
        },
        "warnings": [
            {"row": warning.row, "column": warning.column, "message": warning.message} for warning in table.warnings
        ],
        "health": [
            {"topic": one.topic, "columns": list(one.columns), "count": one.count, "message": one.sentence}
            for one in health
        ],
    }
    if settings is not None:
        roles = roles_of(settings, usual_roles(column_facts(table)))
        record["columns"] = [one | {"role": roles[one["name"]]} for one in record["columns"]]
    if settings is not None and settings.target is not None:
        record["outcome"] = _outcome(table, settings)
    return record


def _outcome(table: Table, settings: DataSettings) -> dict[str, Any]:
    """What would be trained on, in sentences; ``problem`` is None but where nothing can be."""
    try:
        found = consequences_of(table, settings, prepare_dataset(table, settings, 0))
    except DataError as error:
        return {"sentences": [], "warnings": [], "problem": str(error)}
    return {"sentences": list(found.sentences), "warnings": list(found.warnings), "problem": None}


def _inspect_columns(columns: Sequence[Column]) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = [
        {"name": one.name, "kind": one.kind, "missing": one.n_missing, "distinct": one.distinct} for one in columns
    ]
    of_number = [(place, column) for place, column in enumerate(columns) if isinstance(column, NumberColumn)]
    for place, _ in of_number:
        records[place] |= {"minimum": None, "maximum": None, "mean": None}
    for places, numbers in together((place, _present(column)) for place, column in of_number):
        with np.errstate(over="ignore", invalid="ignore"):
            figures = (numbers.min(axis=0), numbers.max(axis=0), means_and_deviations(numbers)[0])
        for place, low, high, mean in zip(places, *(one.tolist() for one in figures), strict=True):
            records[place] |= {"minimum": _number(low), "maximum": _number(high), "mean": _number(mean)}
    return records


def _present(column: NumberColumn) -> Float64s:
    return column.numbers[~column.missing] if column.n_missing else column.numbers


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
