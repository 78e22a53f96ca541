"""The record that ``inspect`` prints."""

from __future__ import annotations

import json

import pytest

from regdesk.core.words.data_facts import HealthFinding
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.inspection import inspect_table


def test_inspect_record(tmp_path):
    path = tmp_path / "i.csv"
    path.write_text(
        "id;size;flag;colour;when;;same;void\n"
        "1;1,5;1;red;2024-01-01;9;3;\n"
        "2;;0;blue;2024-01-02;8;3;NA\n"
        "3;4;1;red;;7;3;\n",
        encoding="utf-8",
    )
    health = [HealthFinding("constant", ("same",), 1, "same has one value only and says nothing.")]
    record = inspect_table(read_table(path), health)
    assert json.loads(json.dumps(record, allow_nan=False)) == {
        "file": str(path),
        "rows": 3,
        "columns": [
            {"name": "id", "kind": "identifier", "missing": 0, "distinct": 3, "minimum": 1, "maximum": 3, "mean": 2},
            {
                "name": "size",
                "kind": "numeric",
                "missing": 1,
                "distinct": 2,
                "minimum": 1.5,
                "maximum": 4.0,
                "mean": 2.75,
            },
            {"name": "flag", "kind": "boolean", "missing": 0, "distinct": 2, "minimum": 0, "maximum": 1, "mean": 2 / 3},
            {"name": "colour", "kind": "categorical", "missing": 0, "distinct": 2},
            {"name": "when", "kind": "datetime", "missing": 1, "distinct": 2},
            {"name": "column_6", "kind": "numeric", "missing": 0, "distinct": 3, "minimum": 7, "maximum": 9, "mean": 8},
            {"name": "same", "kind": "constant", "missing": 0, "distinct": 1, "minimum": 3, "maximum": 3, "mean": 3},
            {
                "name": "void",
                "kind": "constant",
                "missing": 3,
                "distinct": 0,
                "minimum": None,
                "maximum": None,
                "mean": None,
            },
        ],
        "dialect": {"delimiter": ";", "quote": '"', "encoding": "utf-8", "decimal": ",", "header": True},
        "warnings": [{"row": 1, "column": "column_6", "message": "the header has no name for this column."}],
        "health": [
            {
                "topic": "constant",
                "columns": ["same"],
                "count": 1,
                "message": "same has one value only and says nothing.",
            }
        ],
    }


def test_a_mean_beyond_the_largest_number_is_none(tmp_path):
    path = tmp_path / "big.csv"
    path.write_text("v,w\n1.7e308,1\n1.6e308,5\n", encoding="utf-8")
    record = inspect_table(read_table(path), ())["columns"][0]
    assert record["maximum"] == 1.7e308
    assert record["mean"] == pytest.approx(1.65e308, rel=1e-15)
    path.write_text("v,w\n1.7e308,1\n-1.6e308,5\n", encoding="utf-8")
    assert inspect_table(read_table(path), ())["columns"][0]["mean"] is None
