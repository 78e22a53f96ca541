"""Cells of sheets as text, and which row of the sheet each line of the text is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import numpy as np
import pytest

from regdesk.data.formats.copy_writer import write_copy
from regdesk.data.formats.sheet_rows import cell_text, count_titles, sheet_rows
from regdesk.data.formats.text_copy import LineMap


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), ("", ""), (" a ", " a "), (True, "TRUE"), (False, "FALSE"), (1.0, "1"), (-0.5, "-0.5"),
        (0.1 + 0.2, "0.30000000000000004"), (1e15, "1000000000000000.0"), (1e300, "1e+300"),
        (2**63, "9223372036854775808"),
        (date(2020, 1, 2), "2020-01-02"), (datetime(2020, 1, 2, 3, 4, 5), "2020-01-02 03:04:05"),
        (time(1, 2, 3), "01:02:03"), (timedelta(hours=30, seconds=1), "30:00:01"),
    ],
)  # fmt: skip
def test_cells_as_text(value, text):
    assert cell_text(value) == text


@pytest.mark.parametrize(
    ("rows", "n_titles"),
    [
        ([["a", "b"], ["1", "2"]], 0), ([["T", ""], ["a", "b"], ["1", "2"]], 1), ([["T", ""], ["", ""], ["a", "b"]], 2),
        ([["x", ""], ["1", "2"]], 0), ([["x"], ["1"], ["2"]], 0), ([], 0), ([["T", ""]], 0),
        ([["2024", ""], ["a", "1"]], 0),
    ],
)  # fmt: skip
def test_titles_stand_above_a_row_of_names(rows, n_titles):
    assert count_titles(rows) == n_titles


def test_empty_rows_and_columns_are_left_out():
    found = sheet_rows([["a", "", "b"], ["", "", ""], [1.0, "", None], [None, " ", 2.0]], (4, 7), ())
    assert found.rows == [(5, ["a", "b"]), (7, ["1", ""]), (8, ["", "2"])]
    assert found.notes == []


def test_merged_cells_above_the_rows_or_beyond_the_table_change_nothing():
    cells = [["T", ""], ["a", "b"], ["x", 1.0], ["y", 2.0]]
    merged = [((0, 0), (0, 1)), ((1, 0), (2, 0)), ((3, 1), (9, 1)), ((2, 5), (3, 5)), ((7, 0), (9, 0))]
    found = sheet_rows(cells, (0, 0), merged)
    assert [row for _, row in found.rows] == [["a", "b"], ["x", "1"], ["y", "2"]]
    assert len(found.notes) == 1


def test_lines_of_a_copy_are_rows_of_the_sheet(tmp_path):
    rows = [(3, ["a", "b"]), (4, ["1", "x\ny\r\nz"]), (5, ["2", ""]), (9, ["3", "\r"]), (10, ["4", "u"])]
    starts, numbers = write_copy(tmp_path / "copy", rows)
    text = (tmp_path / "copy").read_text(encoding="utf-8")
    assert text == '\n\na\tb\n1\t"x\ny\nz"\n2\t\n\n3\t"\n"\n4\tu\n'
    line_map = LineMap(tuple(starts), tuple(numbers))
    np.testing.assert_array_equal(line_map.rows_of(np.arange(3, 13)), [3, 4, 4, 4, 5, 6, 9, 9, 10, 11])
    assert line_map.row_of(None) is None
    assert LineMap().row_of(7) == 7
