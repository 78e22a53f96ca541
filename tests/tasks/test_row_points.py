"""A row of the data as a point: what was missing is missing, and the model answers as for the row itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tables import write_csv

from regdesk.core.fitted.points import PointRows
from regdesk.core.types import DataSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.prepare.table_rows import TableRows
from regdesk.tasks.calculator import point_of_row

FEATURES = ("size", "colour", "side", "day")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    size = [f"{row + 0.5}" if row % 5 else "" for row in range(40)]
    colour = [("red", "green", "blue", "")[row % 4] for row in range(40)]
    side = [("left", "right")[row % 2] for row in range(40)]
    day = [f"2024-02-{1 + row % 28:02}" for row in range(40)]
    # Rows without a target are left out, so that rows of the data are not those of the table.
    price = ["" if row in (3, 17) else f"{row * 1.25}" for row in range(40)]
    return write_csv(tmp_path / "rows.csv", [*FEATURES, "price"], [size, colour, side, day, price])


def test_every_row_is_a_point_with_the_same_inputs(file):
    table = read_table(file)
    dataset = prepare_dataset(table, DataSettings(target="price", features=FEATURES), 0)
    assert len(dataset.inputs) == 38
    assert dataset.encoding is not None
    for row in range(len(dataset.inputs)):
        point = point_of_row(table, dataset, row)
        inputs = dataset.encoding.encode(PointRows(dataset.encoding, [point])).inputs
        np.testing.assert_array_equal(inputs[0], dataset.inputs[row])
        place = int(np.flatnonzero(table.row_lines == dataset.row_lines[row])[0])
        whole = dataset.encoding.encode(TableRows(table, np.array([place])))
        assert (point[0] is None) == (whole.imputed.get("size", 0) == 1)
    assert point_of_row(table, dataset, 0) == (None, "red", "left", 19754.0), "1 February 2024, and no size"


def test_where_lines_do_not_tell_rows_apart_the_point_has_what_was_filled_in(file):
    table = read_table(file)
    dataset = prepare_dataset(table, DataSettings(target="price", features=FEATURES), 0)
    joined = replace(table, row_lines=np.full(len(table.row_lines), 2))
    same = replace(dataset, row_lines=np.full(len(dataset.row_lines), 2))
    assert dataset.encoding is not None
    for row in range(len(dataset.inputs)):
        point = point_of_row(joined, same, row)
        inputs = dataset.encoding.encode(PointRows(dataset.encoding, [point])).inputs
        np.testing.assert_array_equal(inputs[0], dataset.inputs[row])


def test_rows_of_no_table_are_no_points(file):
    table = read_table(file)
    dataset = replace(prepare_dataset(table, DataSettings(target="price"), 0), encoding=None)
    with pytest.raises(ValueError, match="comes from no table"):
        point_of_row(table, dataset, 0)
