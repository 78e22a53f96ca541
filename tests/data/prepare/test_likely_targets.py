"""What is offered to predict: never what names, numbers, dates or parts the rows, or remarks on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from regdesk.data.csv.reader import read_table
from regdesk.data.csv.table import Table
from regdesk.data.prepare.likely_targets import likely_targets, possible_targets, suggest_target

N_ROWS = 40


def cells_of(kind: str, row: int) -> str:
    return {
        "measure": f"{(row * 37 % 23) / 7:.3f}",
        "count": f"{row * 7 % 31}",
        "flag": f"{row * 5 % 3 == 0:d}",
        "part": ("train", "test")[row * 5 % 3 == 0],
        "remark": ("wet", "dry", "")[min(row % 9, 2)],
        "steps": f"{1000 + 5 * row}",
        "day": f"202{row % 5}0{1 + row % 9}1{row % 10}",
        "second": f"{1_600_000_000 + row * row * 3601}",
        "year": f"{1990 + row % 7}",
        "subject": f"{row // 4}",
    }[kind]


def table_of(folder: Path, columns: dict[str, str]) -> Table:
    path = folder / "table.csv"
    rows = [",".join(cells_of(kind, row) for kind in columns.values()) for row in range(N_ROWS)]
    path.write_text("\n".join([",".join(columns), *rows]) + "\n", encoding="utf-8")
    return read_table(path)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Comments", "remark"), ("field_notes", "remark"), ("Bemerkung", "remark"),
        ("subject_id", "subject"), ("PatientID", "count"), ("zip", "count"), ("row", "count"), ("Code", "count"),
        ("reading", "steps"), ("when", "day"), ("at", "second"), ("OrderDate", "count"), ("day", "count"),
        ("month", "count"), ("year", "year"),
        ("test", "flag"), ("is_test", "flag"), ("holdout", "flag"), ("train", "flag"), ("set", "part"),
        ("fold", "count"), ("file", "part"), ("file_2", "part"), ("filename", "flag"),
    ],
)  # fmt: skip
def test_a_column_that_says_which_row_it_is_is_not_offered_before_a_measure(
    tmp_path: Path, name: str, kind: str
) -> None:
    table = table_of(tmp_path, {"x": "count", "size": "measure", name: kind})
    assert likely_targets(table)[0] == "size"
    if name != "year":
        assert name not in likely_targets(table)
    # It can be chosen all the same.
    assert kind == "part" or name in possible_targets(table)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("number_of_rooms", "count"), ("time_to_failure", "measure"), ("heat_index", "measure"), ("weight", "measure"),
        ("passed", "flag"), ("tested", "flag"), ("price", "count"), ("y", "steps"), ("target", "day"),
    ],
)  # fmt: skip
def test_a_measure_is_offered_whatever_words_are_in_its_name(tmp_path: Path, name: str, kind: str) -> None:
    assert likely_targets(table_of(tmp_path, {"x": "measure", name: kind}))[0] == name


def test_where_nothing_is_likely_nothing_is_offered(tmp_path: Path) -> None:
    table = table_of(tmp_path, {"id": "count", "when": "day", "Comments": "remark", "test": "flag"})
    assert likely_targets(table) == ()
    # A script, which cannot be asked, gets one that can be learnt.
    assert suggest_target(table) in ("id", "when", "Comments", "test")
