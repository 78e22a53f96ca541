"""A model as SQL says what the model says, in two databases."""

from __future__ import annotations

import sqlite3
from typing import Any

import duckdb
import pytest
from export_models import SHAPES, assert_same, expected_of, home_model, new_homes, write_homes

from regdesk.exports.plan import Plan, plan_of
from regdesk.exports.sql_code import sql_code, sql_name

DATABASES = {"sqlite": lambda: sqlite3.connect(":memory:"), "duckdb": duckdb.connect}


def has_functions() -> bool:
    """Whether this Python's SQLite knows tanh."""
    try:
        sqlite3.connect(":memory:").execute("SELECT TANH(0.5), EXP(1.0)")
    except sqlite3.OperationalError:
        return False
    return True


def run_sql(database: Any, plan: Plan, cells, types=None) -> list[tuple[Any, ...]]:
    """Of each row what the expression, or each of them, is."""
    columns = ", ".join(f"{sql_name(name)} {(types or {}).get(name, 'VARCHAR')}" for name in cells)
    database.execute(f"CREATE TABLE homes (row_number INTEGER, {columns})")
    marks = ", ".join("?" for _ in range(len(cells) + 1))
    rows = [[number, *row] for number, row in enumerate(zip(*cells.values(), strict=True))]
    database.executemany(f"INSERT INTO homes VALUES ({marks})", rows)
    found = database.execute(f"SELECT row_number,\n{sql_code(plan)}FROM homes ORDER BY row_number").fetchall()
    return [row[1:] for row in found]


@pytest.mark.parametrize("policy", ["impute", "drop"])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", DATABASES)
def test_sql_predicts_as_the_model_does(tmp_path, kind, shape, policy):
    if kind == "sqlite" and not has_functions():
        pytest.skip("this SQLite was built without mathematical functions")
    saved = home_model(write_homes(tmp_path / "homes.csv"), shape, policy)
    cells = new_homes()
    expected = expected_of(saved, cells)
    found = run_sql(DATABASES[kind](), plan_of(saved), cells)
    if expected.values is not None:
        assert_same(saved, found, expected)
    else:
        assert_same(saved, [row[1:] for row in found], expected, [row[0] for row in found])
