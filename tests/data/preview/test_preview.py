"""What is shown of a table before it is opened, against the file that was written."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.words.import_facts import ColumnSplit
from regdesk.data.csv.reader import read_table
from regdesk.data.csv.table import NumberColumn, Table
from regdesk.data.errors import DataError
from regdesk.data.formats.reading import read_file
from regdesk.data.preview.bars import MOST_BARS, bars_of
from regdesk.data.preview.preview import preview_of, preview_of_unread
from regdesk.data.preview.rows import MOST_CHARACTERS, MOST_LINES, TableRows, lines_around

TEXT = """\
A title
key,size,price,colour,same,note
a1,1,"1,5",red,1,<b>first</b>
b2,2,"2,25",,2,=1+1
c3,NA,"30000000,5",blue,NA,a longer text
d4,4,"0,1",red,4,=HYPERLINK("x")
"""


@pytest.fixture
def table(tmp_path: Path) -> Table:
    path = tmp_path / "small.csv"
    path.write_text(TEXT, encoding="utf-8")
    return read_table(path)


def texts(table: Table) -> list[list[str | None]]:
    rows = TableRows(table)
    return [[rows.text(row, place) for place in range(len(table.columns))] for row in range(rows.n_rows)]


def test_cells_are_shown_as_they_are_read(table: Table) -> None:
    assert texts(table) == [
        ["a1", "1", "1.5", "red", "1", "<b>first</b>"],
        ["b2", "2", "2.25", None, "2", "=1+1"],
        ["c3", None, "30000000.5", "blue", None, "a longer text"],
        ["d4", "4", "0.1", "red", "4", '=HYPERLINK("x")'],
    ]


def test_a_line_of_the_file_is_found_in_the_rows(table: Table) -> None:
    rows = TableRows(table)
    assert [rows.line(row) for row in range(rows.n_rows)] == [3, 4, 5, 6]
    assert [rows.row_at(line) for line in (1, 2, 3, 5, 6, 99)] == [0, 0, 0, 2, 3, 3]


def test_a_line_that_was_left_out_leads_to_the_row_after_it(tmp_path: Path) -> None:
    path = tmp_path / "gaps.csv"
    path.write_text("a,b\n1,2\n,\n3,4\n5,6\n", encoding="utf-8")
    assert TableRows(read_table(path)).row_at(3) == 1


def test_columns_have_a_role_a_kind_and_a_reason(table: Table) -> None:
    preview = preview_of(table, ReadingOptions())
    assert [(one.name, one.kind, one.role) for one in preview.columns] == [
        ("key", "identifier", "identifier"),
        ("size", "numeric", "feature"),
        ("price", "numeric", "feature"),
        ("colour", "categorical", "feature"),
        ("same", "numeric", "feature"),
        ("note", "identifier", "identifier"),
    ]
    reasons = {one.name: one.fact.reason for one in preview.columns}
    assert reasons["key"].startswith("it numbers or names the rows")
    assert reasons["price"] == ""


def test_what_was_found_and_decided_is_told(table: Table) -> None:
    preview = preview_of(table, ReadingOptions(missing_words=("NA",)))
    assert preview.found == ReadingOptions(
        delimiter=",", encoding="utf-8", quote='"', decimal=",", has_header=True, n_skipped=1, missing_words=("NA",)
    )
    assert preview.reading == ReadingOptions(missing_words=("NA",))
    messages = [(one.line, one.column, one.message) for one in preview.warnings]
    assert (1, None, "1 line is left out before the header: 'A title'.") in messages


def test_a_line_that_is_no_row_comes_with_its_text(tmp_path: Path) -> None:
    path = tmp_path / "totals.csv"
    rows = "".join(f"k{row};{row * 7 % 5};{row * 3 % 11}\n" for row in range(1, 13))
    path.write_text(f"Größen, alle\n\nname;n;m\n{rows}Summe;24;66\n", encoding="cp1252")
    preview = preview_of(read_table(path), ReadingOptions())
    assert {one.line: one.text for one in preview.warnings if one.text} == {1: "Größen, alle", 16: "Summe;24;66"}
    # Those of rows are shown as rows.
    path.write_text(f"name;n;m\n{rows}k13;x;4\n", encoding="utf-8")
    preview = preview_of(read_table(path), ReadingOptions())
    assert [(one.line, one.text) for one in preview.warnings] == [(14, "")]


def test_a_column_that_names_the_parts_is_no_target_and_splits_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "split.csv"
    path.write_text("x,y,is_test\n" + "".join(f"{row}.5,{row % 7}.25,{row % 3 == 0:d}\n" for row in range(30)))
    preview = preview_of(read_table(path), ReadingOptions())
    assert (preview.split_column, preview.targets) == ("is_test", ("y", "x"))
    assert preview.columns[2].split == ColumnSplit(True, "1", "test")
    path.write_text(path.read_text().replace("is_test", "flag"))
    preview = preview_of(read_table(path), ReadingOptions())
    assert (preview.split_column, preview.targets[0]) == ("", "y")


def column_of(values: list[float]) -> NumberColumn:
    numbers = np.array(values)
    missing = np.isnan(numbers)
    return NumberColumn("x", "numeric", missing, (), len(set(numbers[~missing].tolist())), numbers)


def test_bars_are_a_histogram_of_the_numbers() -> None:
    values = np.random.default_rng(1).normal(size=500)
    expected, _ = np.histogram(values, MOST_BARS)
    assert bars_of(column_of([*values, np.nan])) == pytest.approx(expected / expected.max())


def test_bars_of_few_values_are_their_counts() -> None:
    assert bars_of(column_of([1.0, 2.0, 2.0, 2.0, 7.0, 7.0])) == pytest.approx((1 / 3, 1.0, 2 / 3))
    assert bars_of(column_of([np.nan, np.nan])) == ()


def test_bars_of_numbers_at_the_ends_of_the_range() -> None:
    bars = bars_of(column_of([-1.7e308, 1.7e308, *np.linspace(-5e307, 5e307, 40)]))
    assert len(bars) == MOST_BARS
    assert max(bars) == 1.0


def test_bars_of_words_fall(table: Table) -> None:
    assert bars_of(table.column("colour")) == (1.0, 0.5)


def test_a_file_that_cannot_be_read_is_shown_as_text(tmp_path: Path) -> None:
    path = tmp_path / "damaged.csv"
    lines = ["a,b", *(f"{row},{row}" for row in range(1000)), "1,2,3", "5,6"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(DataError) as problem:
        read_table(path)
    preview = preview_of_unread(path, ReadingOptions(), problem.value)
    assert preview.columns == ()
    assert preview.problem_line == 1002
    place = preview.rows.row_at(1002)
    assert preview.rows.text(place, 0) == "1,2,3"
    assert preview.rows.line(place) == 1002
    assert preview.rows.n_rows == MOST_LINES + 2
    assert preview.problem == str(problem.value)
    assert [(one.line, one.message) for one in preview.warnings] == [(1002, problem.value.problem)]


def test_bytes_of_an_archive_are_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("one.csv", "two.csv"):
            archive.writestr(name, "a,b\n1,2\n")
    with pytest.raises(DataError) as problem:
        read_file(path)
    assert preview_of_unread(path, ReadingOptions(), problem.value).rows.n_rows == 0


def test_lines_that_are_no_text_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "bytes.csv"
    path.write_bytes(b"a,\xff\n" + b"x" * 5000 + b"\n")
    found = lines_around(path, None, None)
    assert found.text(0, 0) == "a,\ufffd"
    assert len(found.text(1, 0) or "") == MOST_CHARACTERS
    assert lines_around(tmp_path / "none.csv", 3, None).n_rows == 0
    assert lines_around(tmp_path / "none.csv", 3, None).row_at(5) == 0
