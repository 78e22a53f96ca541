"""Sheets are read as the tables that stand in them: typed cells, their own row numbers, nothing calculated."""

from __future__ import annotations

import gzip
import hashlib
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from workbook_files import Raw, date_cell, write_ods, write_xlsx

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.errors import DataError
from regdesk.data.formats import workbooks
from regdesk.data.formats.reading import read_file

FILES = Path(__file__).parent / "files"
needs_calamine = pytest.mark.skipif(find_spec("python_calamine") is None, reason="python-calamine is not installed")

TABLE = [
    ["size", "colour", "sold", "note"],
    [1.5, "red", True, "a\nb"],
    [None, "blue", False, 'say "x"\ty'],
    [-2e300, "red", True, "é; z"],
    [3, "blue", True, "a\nb"],
]


def failure(path: Path, **options) -> str:
    with pytest.raises(DataError) as caught:
        read_file(path, ReadingOptions(**options))
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(path.name)
    assert str(caught.value).endswith(".")
    return str(caught.value)


def told(table) -> list[tuple[int | None, str]]:
    return [(one.row, one.message) for one in table.warnings]


@needs_calamine
@pytest.mark.parametrize("name", ["table.xlsx", "table.csv", "table.ods", "täble 📊.xlsx"])
def test_a_sheet_is_the_table_in_it(tmp_path, name):
    path = (write_ods if name.endswith("ods") else write_xlsx)(tmp_path / name, {"Data": TABLE})
    table = read_file(path)
    assert (table.path, table.name, table.digest) == (path, name, hashlib.sha256(path.read_bytes()).hexdigest())
    assert table.column_names == ("size", "colour", "sold", "note")
    np.testing.assert_array_equal(table.column("size").numbers, [1.5, np.nan, -2e300, 3.0])
    assert table.column("colour").levels == ("red", "blue")
    assert (table.column("sold").kind, table.column("sold").levels) == ("boolean", ("TRUE", "FALSE"))
    assert table.column("note").levels == ("a\nb", 'say "x"\ty', "é; z")
    np.testing.assert_array_equal(table.row_lines, [2, 3, 4, 5])
    assert (table.dialect.delimiter, table.dialect.encoding, told(table)) == ("", "", [])


@needs_calamine
def test_an_old_workbook_and_one_in_a_gzip_file(tmp_path):
    for path in (FILES / "excel_97.xls", tmp_path / "packed.gz"):
        if path.name == "packed.gz":
            path.write_bytes(gzip.compress((FILES / "excel_97.xls").read_bytes()))
        table = read_file(path)
        assert table.column_names == ("x", "day", "ok", "word")
        np.testing.assert_array_equal(table.column("x").numbers, [1.5, 2.0])
        assert (table.column("day").kind, table.column("day").levels) == ("datetime", ("2020-01-02", "2020-01-03"))
        assert table.column("word").levels == ("ä", "b")


@needs_calamine
def test_dates_are_dates_by_iso(tmp_path):
    rows = [["when", "x"], [date_cell(43832.0), 1], [date_cell(43832.5), 2], [date_cell(44000.0), 2]]
    column = read_file(write_xlsx(tmp_path / "a.xlsx", {"A": rows})).column("when")
    assert column.kind == "datetime"
    assert [level.removesuffix(" 00:00:00") for level in column.levels] == [
        "2020-01-02", "2020-01-02 12:00:00", "2020-06-18",
    ]  # fmt: skip


@needs_calamine
def test_titles_are_left_out_and_told_and_rows_keep_their_numbers(tmp_path):
    rows = [["Sales of 2024", None, None], [], [None, "a", "b"], [None, 1, 2], [], [None, 3, "x"], [None, 5, 7]]
    path = write_xlsx(tmp_path / "a.xlsx", {"A": rows}, merged=["A1:C1"])
    table = read_file(path)
    assert table.column_names == ("a", "b")
    np.testing.assert_array_equal(table.column("a").numbers, [1, 3, 5])
    np.testing.assert_array_equal(table.row_lines, [4, 6, 7])
    assert told(table)[0] == (1, "row 1 above the header is a title ('Sales of 2024') and is left out.")
    # A sentence that names a line names the row of the sheet.
    assert not any("line 3" in words for _, words in told(table))


@needs_calamine
def test_a_cell_merged_over_rows_stands_for_each_of_them(tmp_path):
    rows = [["group", "x"], ["a", 1], [None, 2], ["b", 3], [None, 4], [None, 5]]
    table = read_file(write_xlsx(tmp_path / "a.xlsx", {"A": rows}, merged=["A2:A3", "A4:A6"]))
    column = table.column("group")
    assert [column.levels[code] for code in column.codes] == ["a", "a", "b", "b", "b"]
    assert told(table) == [(2, "3 cells have their values from merged cells above.")]


@needs_calamine
def test_merged_cells_and_errors_of_an_ods_are_those_of_the_sheet_that_is_read(tmp_path):
    over = Raw(
        '<table:table-cell table:number-rows-spanned="3" office:value-type="string"><text:p>a</text:p>'
        "</table:table-cell>"
    )
    error = Raw('<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error"/>')
    covered = Raw("<table:covered-table-cell/>")
    many = Raw('<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="3"/>')
    sheets = {
        "One": [["group", "x", "y"], [over, 1, 4], [covered, error, 5], [covered, many], ["b", 9, 7]],
        "Two": [["u", "v"], [1, 2], [3, error], [5, 6]],
    }
    path = write_ods(tmp_path / "a.ods", sheets)
    one = read_file(path)
    column = one.column("group")
    assert [column.levels[code] for code in column.codes] == ["a", "a", "a", "b"]
    np.testing.assert_array_equal(one.column("x").numbers, [1, np.nan, 3, 9])
    assert told(one)[1:] == [
        (2, "2 cells have their values from merged cells above."),
        (3, "1 cell has the error of a formula (first in B3), which is taken as missing."),
    ]
    assert told(read_file(path, ReadingOptions(sheet="Two"))) == [
        (3, "1 cell has the error of a formula (first in B3), which is taken as missing.")
    ]
    assert told(read_file(path, ReadingOptions(sheet="One!B1:C2"))) == []


@needs_calamine
def test_formulas_have_the_value_that_was_saved_and_without_one_are_told(tmp_path):
    rows = [
        ["x", "y"], [Raw('<c r="@"><f>1+1</f><v>7</v></c>'), 1], [Raw('<c r="@"><f>1+1</f></c>'), 2],
        [Raw('<c r="@" t="e"><f>1/0</f><v>#DIV/0!</v></c>'), 3], [Raw('<c r="@" t="e"><v>#N/A</v></c>'), 4],
        [Raw('<c r="@"><f>cmd|calc</f><v/></c>'), 4],
    ]  # fmt: skip
    table = read_file(write_xlsx(tmp_path / "a.xlsx", {"A": rows}))
    np.testing.assert_array_equal(table.column("x").numbers, [7] + [np.nan] * 4)
    assert told(table)[:2] == [
        (3, "2 cells have a formula that was never calculated (first A3) and no value; open the workbook in Excel and "
            "save it."),
        (4, "1 cell has the error of a formula (first #DIV/0! in A4), which is taken as missing."),
    ]  # fmt: skip


@needs_calamine
def test_the_sheet_is_chosen_by_name(tmp_path):
    sheets = {"Empty": [], "Secret": [["s"], [1]], "One": TABLE, "Two & more": [["u", "v"], [1, 2], [3, 4]]}
    path = write_xlsx(tmp_path / "a.xlsx", sheets, hidden=["Secret"])
    table = read_file(path)
    assert table.column_names == ("size", "colour", "sold", "note")
    assert told(table) == [(None, "this is sheet 'One'; --sheet chooses another: 'Two & more'.")]
    other = read_file(path, ReadingOptions(sheet="Two & more"))
    assert (other.column_names, told(other)) == (("u", "v"), [])
    assert read_file(path, ReadingOptions(sheet="Secret")).column_names == ("s",)
    problem = failure(path, sheet="Three")
    assert "it has no sheet 'Three', but 'Empty', 'Secret', 'One', 'Two & more'" in problem
    assert "sheet 'Empty' is empty" in failure(path, sheet="Empty")


@needs_calamine
def test_a_fault_in_a_sheet_is_named_with_its_row(tmp_path):
    rows = [["x", "y"], *([number, f"a\n{number}"] for number in range(9)), [], ["many", "b"]]
    path = write_xlsx(tmp_path / "a.xlsx", {"A": rows})
    try:
        (found,) = read_file(path).warnings
    except DataError as error:
        # A word among numbers is refused or told; both name its place.
        found = error
    assert (found.row, found.column) == (12, "x")


@needs_calamine
@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_damaged_workbook_is_refused(tmp_path, cut):
    whole = (FILES / "excel_97.xls").read_bytes()
    path = tmp_path / "a.xls"
    path.write_bytes(whole[: int(len(whole) * cut)])
    assert "spreadsheet" in failure(path)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000))
    assert "spreadsheet" in failure(path)


@needs_calamine
def test_a_sheet_that_would_take_all_memory_is_refused(tmp_path):
    far = Raw('<c r="XFD1048576"><v>1</v></c>')
    path = write_xlsx(tmp_path / "a.xlsx", {"A": [["x", "y"], [1, far]]})
    assert "memory" in failure(path) or "too many" in failure(path)


@needs_calamine
def test_reading_a_workbook_can_be_cancelled(tmp_path):
    class Enough(Exception):
        pass

    def stop(share: float) -> None:
        raise Enough

    with pytest.raises(Enough):
        read_file(write_xlsx(tmp_path / "a.xlsx", {"A": TABLE}), progress=stop)


def test_without_the_extra_it_is_said_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "find_spec", lambda name: None)
    assert "python-calamine" in failure(write_xlsx(tmp_path / "a.csv", {"A": TABLE}))
