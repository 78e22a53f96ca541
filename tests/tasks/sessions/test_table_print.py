"""What has changed in a table since a session was saved, told from marks of its rows and columns alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from regdesk.data.csv.reader import read_table
from regdesk.data.csv.table import Table
from regdesk.tasks.sessions import table_print
from regdesk.tasks.sessions.table_print import differences, from_dict, print_of, to_dict

ROWS = [[f"{i * 0.5 + 0.25}", "red" if i % 3 else "green", f"{i * i}"] for i in range(20)]
NAMES = ["size", "colour", "price"]


def table_of(folder: Path, rows: list[list[str]], names: list[str] = NAMES) -> Table:
    path = folder / "table.csv"
    path.write_text("\n".join(",".join(row) for row in [names, *rows]) + "\n", encoding="utf-8")
    return read_table(path)


def changed(**cells: str) -> list[list[str]]:
    """Rows with other cells, by ``column_row``."""
    rows = [list(row) for row in ROWS]
    for place, cell in cells.items():
        name, _, row = place.partition("_")
        rows[int(row)][NAMES.index(name)] = cell
    return rows


def said(folder: Path, rows: list[list[str]], names: list[str] = NAMES) -> list[str]:
    kept = print_of(table_of(folder, ROWS))
    assert from_dict(json.loads(json.dumps(to_dict(kept)))) == kept
    return list(differences(kept, table_of(folder, rows, names)))


def test_nothing_is_said_of_what_is_the_same(tmp_path: Path) -> None:
    assert said(tmp_path, ROWS) == []
    kept = print_of(table_of(tmp_path, ROWS))
    (tmp_path / "table.csv").write_text((tmp_path / "table.csv").read_text().replace(",", ";"))
    assert differences(kept, read_table(tmp_path / "table.csv")) == (), "written otherwise, and the same cells"


@pytest.mark.parametrize(
    ("rows", "names", "sentences"),
    [
        (changed(price_3="77"), NAMES, ["Cells differ in line 5, in column 'price'."]),
        (
            changed(price_3="77", size_9="1.5", price_9=""),
            NAMES,
            ["Cells differ in 2 rows (lines 5 and 11), in columns 'size' and 'price'."],
        ),
        (changed(colour_0="blue"), NAMES, ["Cells differ in line 2, in column 'colour'."]),
        (ROWS[1:], NAMES, ["It had 20 rows and has 19.", "Gone, or with other cells: 1 row."]),
        (
            [*ROWS, ["3.75", "red", "1"], ["3.5", "red", "1"]],
            NAMES,
            ["It had 20 rows and has 22.", "New, or with other cells: 2 rows (lines 22 and 23)."],
        ),
        (ROWS[::-1], NAMES, ["The rows are the same, in another order: 20 rows stand elsewhere."]),
        ([row[:2] for row in ROWS], NAMES[:2], ["Column 'price' is gone."]),
        (
            [[*row, "1.5"] for row in changed(price_1="7")], [*NAMES, "new"],
            ["Column 'new' is new.", "Cells differ in column 'price'."],
        ),
        ([row[::-1] for row in ROWS], NAMES[::-1], ["The columns are in another order."]),
        (
            [[row[0], str(i % 7), row[2]] for i, row in enumerate(ROWS)], NAMES,
            ["Column 'colour' was categorical and is numeric."],
        ),
    ],
)  # fmt: skip
def test_what_differs_is_said(tmp_path: Path, rows: list[list[str]], names: list[str], sentences: list[str]) -> None:
    found = said(tmp_path, rows, names)
    assert found[: len(sentences)] == sentences
    if sentences[0].startswith("Column 'colour' was"):
        assert found[1].startswith("Cells differ in 20 rows (lines 2, 3, 4, 5 and 6 and 15 more)")


def test_of_a_long_table_columns_alone_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_print, "MOST_ROWS", 10)
    assert said(tmp_path, changed(price_3="77")) == ["Cells differ in column 'price'."]


@pytest.mark.parametrize(
    "record",
    [
        None, {}, {"n_rows": 1, "columns": [], "rows": "00"}, {"n_rows": -1, "columns": [], "rows": ""},
        {"n_rows": 1, "columns": [["a", "b"]], "rows": ""}, {"n_rows": 1, "columns": [], "rows": 3},
        {"n_rows": 1, "columns": {}, "rows": ""}, {"n_rows": 1, "columns": [], "rows": "zz"},
    ],
)  # fmt: skip
def test_what_is_no_print_is_refused(record: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        from_dict(record)
