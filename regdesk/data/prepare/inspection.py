"""What ``regdesk inspect`` says about a table, as JSON-able values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from regdesk.core.model.column_figures import means_and_deviations
from regdesk.core.settings.column_roles import roles_of
from regdesk.core.types import DataSettings
from regdesk.core.words.data_facts import HealthFinding, usual_roles
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
