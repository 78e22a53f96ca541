"""Cells of a sheet that are asked for as Excel writes them, and tables that stand side by side."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from workbook_files import write_xlsx

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.errors import DataError
from regdesk.data.formats.reading import read_file
from regdesk.data.formats.sheet_range import SheetRange, first_of_two_tables, letters_of, parted, place_of
from regdesk.data.formats.sheets import sheet_names

needs_calamine = pytest.mark.skipif(find_spec("python_calamine") is None, reason="python-calamine is not installed")
SIDES = [["a", "b", None, "c", "d"], [1, 2, None, 3, 4], [5, 6, None, 7, 8], [None, None, None, 9, 10]]


@pytest.mark.parametrize(
    ("text", "sheet", "shown"),
    [
        ("B4:F20", None, "B4:F20"), ("Data!B4:F20", "Data", "B4:F20"), ("'My data'!$B$4:$f$20", "My data", "B4:F20"),
        ("'it''s'!A1:A1", "it's", "A1:A1"), ("F20:B4", None, "B4:F20"), (" x!y!AA1:ZZ9 ", "x!y", "AA1:ZZ9"),
    ],
)  # fmt: skip
def test_a_range_is_what_excel_writes(text: str, sheet: str | None, shown: str) -> None:
    found = parted(text)
    assert found is not None
    assert (found[0], found[1].text) == (sheet, shown)


@pytest.mark.parametrize("text", ["Data", "A1", "Data!A1", "A:B", "1:2", "ABCD1:ABCE2", ""])
def test_what_is_no_range_is_the_name_of_a_sheet(text: str) -> None:
    assert parted(text) is None


def test_columns_are_numbered_as_they_are_named() -> None:
    assert [letters_of(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert [place_of(letters_of(place)) for place in range(800)] == list(range(800))


def test_cells_within_a_range_keep_their_place() -> None:
    cells = [[10 * row + column for column in range(4)] for row in range(3)]
    assert SheetRange(2, 3, 3, 4).crop(cells, (2, 2)) == ([[1, 2], [11, 12]], (2, 3))
    assert SheetRange(0, 0, 99, 99).crop(cells, (2, 2)) == (cells, (2, 2))
    assert SheetRange(0, 0, 1, 99).crop(cells, (2, 2))[0] == []
    assert [SheetRange(2, 3, 3, 4).holds(place) for place in ("D3", "E4", "C3", "F3", "D2", "D5", "?")] == (
        [True, True, False, False, False, False, False]
    )


def test_two_tables_side_by_side_end_in_different_rows() -> None:
    texts = [["" if cell is None else f"{cell}" for cell in row] for row in SIDES]
    assert first_of_two_tables(texts, (4, 1)) == SheetRange(4, 1, 6, 2)
    # An empty column within a table, a word beside it, and no gap.
    assert first_of_two_tables(texts[:3], (0, 0)) is None
    assert first_of_two_tables([["a", "b", "", "note"], ["1", "2", "", ""], ["3", "4", "", ""]], (0, 0)) is None
    assert first_of_two_tables([row[:2] for row in texts], (0, 0)) is None
    assert first_of_two_tables([], (0, 0)) is None


@needs_calamine
def test_tables_side_by_side_are_told_and_either_can_be_read(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "sides.xlsx", {"My data": SIDES})
    both = read_file(path)
    assert both.column_names == ("a", "b", "c", "d")
    (told,) = both.warnings
    assert told.row == 1
    assert told.message.endswith("(--sheet='My data!A1:B3').")
    first = read_file(path, ReadingOptions(sheet="My data!A1:B3"))
    assert (first.column_names, first.column("b").numbers.tolist(), first.warnings) == (("a", "b"), [2.0, 6.0], ())
    second = read_file(path, ReadingOptions(sheet="D1:E4"))
    assert (second.column_names, second.column("c").numbers.tolist()) == (("c", "d"), [3.0, 7.0, 9.0])
    assert second.row_lines.tolist() == [2, 3, 4]
    with pytest.raises(DataError, match="sheet 'My data' has nothing in H1:J9"):
        read_file(path, ReadingOptions(sheet="H1:J9"))
    # Of one sheet there is something to choose, too.
    assert sheet_names(path) == ("My data",)


@needs_calamine
def test_a_sheet_of_one_column_lacks_no_delimiter(tmp_path: Path) -> None:
    table = read_file(write_xlsx(tmp_path / "one.xlsx", {"Data": [["a"], [1], [2], [4]]}))
    assert (table.column("a").numbers.tolist(), table.warnings) == ([1.0, 2.0, 4.0], ())
