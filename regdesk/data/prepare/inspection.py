"""What ``regdesk inspect`` says about a table, as JSON-able values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from regdesk.core.model.column_figures import means_and_deviations
from regdesk.core.words.data_facts import HealthFinding
from regdesk.data.csv.table import Column, NumberColumn, Table


def inspect_table(table: Table, health: Sequence[HealthFinding]) -> dict[str, Any]:
    """File, rows, columns, dialect, warnings and ``health`` of ``table``; what is not a number is None."""
    dialect = table.dialect
    return {
        "file": str(table.path),
        "rows": table.n_rows,
        "columns": [_inspect_column(column) for column in table.columns],
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


def _inspect_column(column: Column) -> dict[str, Any]:
    record: dict[str, Any] = {
        "name": column.name,
        "kind": column.kind,
        "missing": column.n_missing,
        "distinct": column.distinct,
    }
    if isinstance(column, NumberColumn):
        present = column.numbers[~column.missing]
        record["minimum"] = _number(present.min()) if present.size else None
        record["maximum"] = _number(present.max()) if present.size else None
        with np.errstate(over="ignore", invalid="ignore"):
            record["mean"] = _number(means_and_deviations(present[:, np.newaxis])[0][0]) if present.size else None
    return record


def _number(value: np.floating) -> float | None:
    number = float(value)
    return number if math.isfinite(number) else None
