"""What stands below the table of new rows, such as totals, keeps its place among the predictions, and has none."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from regdesk import api
from regdesk.cli import headless

ROWS = "name,x,y\n" + "".join(f"P{row},{row % 7},{3 * (row % 7) + row % 2}\n" for row in range(20))
NEW = "name,x,y\nP0,1,3\nP1,2,6\nP2,3,9\nP3,4,12\n"
NOTES = "\nSource: the office, counted, not guessed\n"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    (tmp_path / "a.csv").write_text(ROWS)
    table = api.read(tmp_path / "a.csv")
    api.fit(table, target="y", features=("x",), hidden=(), penalty="none").save(tmp_path / "m.regdesk")
    return tmp_path / "m.regdesk"


@pytest.mark.parametrize(
    ("below", "reasons"),
    [
        ("Total,10,30\n", {6: "this is a row of totals."}),
        ("Mean,2.5,7.5\nTotal,10,30\n", {6: "this is a row of totals.", 7: "this is a row of totals."}),
        (NOTES, {7: "this line stands after the table."}),
        (
            f"Total,10,30\n{NOTES}",
            {6: "this is a row of totals.", 8: "this line stands after the table."},
        ),
        ("Deluxe ultra coffee maker,,\n", {}),
    ],
)
def test_what_stands_below_the_table_is_skipped_in_its_place(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], below: str, reasons: dict[int, str]
) -> None:
    path = tmp_path / "new.csv"
    path.write_text(NEW + below)
    assert headless.run(["predict", str(model), str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    n_below = len(reasons) or 1
    assert (found["rows"], found["n_skipped"]) == (4 + n_below, len(reasons))
    assert {one["row"]: one["reason"] for one in found["skipped"]} == reasons
    assert [one is None for one in found["predictions"]] == [False] * 4 + [bool(reasons)] * n_below
    # Neither is scored: a total is no answer of the model's.
    assert found["scores"]["n_rows"] == 4
    out = tmp_path / "out.csv"
    assert headless.run(["predict", str(model), str(path), "--keep", "--out", str(out)]) == 0
    rows = list(csv.reader(out.read_text().splitlines()))
    assert [len(row) for row in rows] == [4] * (5 + n_below)
    assert [row[0] for row in rows[5:]] == [line.split(",")[0] for line in below.split("\n") if line]
    assert not reasons or all(row[3] == "" for row in rows[5:])


def test_a_notebook_predicts_a_file_by_the_rules_of_new_rows(model: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text(f"{NEW}Deluxe ultra coffee maker,,\n")
    fitted = api.load(model)
    found = fitted.predict(path)
    # The reader of training data takes the last row for a note.
    assert api.read(path).n_rows == 4
    assert len(found) == 5
    np.testing.assert_array_equal(found[:4], fitted.predict(api.read(path)))
    assert np.isfinite(found).all()
    path.write_text(f"{NEW}Total,10,30\n")
    assert np.isnan(fitted.predict(str(path))).tolist() == [False] * 4 + [True]
