"""New rows are read as the column was in training: its marks, its unit, its brackets, its dates."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from regdesk.core.fitted.encoding import Encoding
from regdesk.core.fitted.encoding_form import encoding_from_dict, encoding_to_dict
from regdesk.core.reading_options import ReadingOptions
from regdesk.core.types import DataSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.csv.table import TableWarning
from regdesk.data.errors import DataError
from regdesk.data.prepare.encoding import fit_encoding
from regdesk.data.prepare.file_rows import read_rows
from regdesk.data.prepare.mapping_rows import MappingRows
from regdesk.data.prepare.table_rows import TableRows

CELLS = ["1,234.5", "(12)", "12,345,678", "-", "7", "8", "9", "10"]
NUMBERS = [1234.5, -12.0, 12345678.0, np.nan, 7.0, 8.0, 9.0, 10.0]


def file_of(folder: Path, cells: list[str], delimiter: str = ",") -> Path:
    path = folder / "rows.csv"
    rows = "".join(f'"{cell}"{delimiter}{number % 3}.5\n' for number, cell in enumerate(cells))
    path.write_text(f"x{delimiter}y\n{rows}", encoding="utf-8")
    return path


def encoding_of(path: Path, **kinds: str) -> Encoding:
    """That of x, written and read again."""
    found = fit_encoding(
        read_table(path, ReadingOptions(kinds=tuple(kinds.items()))), DataSettings(target="y", features=("x",)), 0
    )
    return encoding_from_dict(json.loads(json.dumps(encoding_to_dict(found))))


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (CELLS, NUMBERS),
        ([f"$ {cell}" if cell != "-" else cell for cell in CELLS], NUMBERS),
        ([f"{number},5" for number in range(8)], [number + 0.5 for number in range(8)]),
        (["5 %", "6.5 %", "0", "7 %"] * 2, [5.0, 6.5, 0.0, 7.0] * 2),
        (["1'234.5", "2", "3", "12'345'678"] * 2, [1234.5, 2.0, 3.0, 12345678.0] * 2),
        ([*map(str, range(12)), "5*", "†7", "8 (est.)"], [*map(float, range(12)), 5.0, 7.0, 8.0]),
        (["$1,234.50", "$(987.00)", "$-", "$ -"] * 2, [1234.5, -987.0, 0.0, 0.0] * 2),
        (["1 day", "2 days", "30 days"] * 3, [1.0, 2.0, 30.0] * 3),
        (["1.5×10³", "2×10⁻²", "3"] * 3, [1500.0, 0.02, 3.0] * 3),
        (["<5", *map(str, range(30)), "5 or more", "inf"], [np.nan, *map(float, range(30)), np.nan, np.nan]),
        (["6.2\x1a", "\x017", "8.5"] * 3, [6.2, 7.0, 8.5] * 3),
    ],
)
def test_formatted_numbers_are_the_same_from_table_file_and_mapping(
    tmp_path: Path, cells: list[str], numbers: list[float]
) -> None:
    path = file_of(tmp_path, cells)
    encoding = encoding_of(path)
    (column,) = encoding.columns
    (from_file,) = [rows.cells(column) for rows in read_rows(path, encoding)]
    found = [from_file, TableRows(read_table(path)).cells(column), MappingRows({"x": cells}, encoding).cells(column)]
    for one in found:
        assert one.faults == {}
        np.testing.assert_array_equal(one.numbers, numbers)


def test_a_cell_that_is_written_otherwise_is_a_fault_and_no_other_number(tmp_path: Path) -> None:
    encoding = encoding_of(file_of(tmp_path, CELLS))
    (column,) = encoding.columns
    cells = ["1.234,5", "1,234", "12,34", "5 kg", "1234"]
    found = MappingRows({"x": cells}, encoding).cells(column)
    assert sorted(found.faults) == [0, 2, 3]
    assert found.faults[0] == "'1.234,5' is not a number in the form that the model was fitted on, (1,234.5)"
    np.testing.assert_array_equal(found.numbers, [np.nan, 1234.0, np.nan, np.nan, 1234.0])


def test_a_word_of_missing_among_dates_is_missing_in_new_rows(tmp_path: Path) -> None:
    path = file_of(tmp_path, ["31 Jan 2024", "-", "1 Feb 2024", "2 Feb 2024", "3 Feb 2024", "4 Feb 2024"])
    encoding = encoding_of(path)
    (column,) = encoding.columns
    assert column.date_form == "%d %b %Y"
    (found,) = [rows.cells(column) for rows in read_rows(path, encoding)]
    assert found.faults == {}
    np.testing.assert_array_equal(found.numbers, [19753.0, np.nan, 19754.0, 19755.0, 19756.0, 19757.0])


def test_what_was_said_to_be_missing_is_so_in_new_rows(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    rows = ["1.5,NA", "-999,DE", "2.5,x", "-999.0,NA", "3.5,DE", "4.5,FR"] * 2
    path.write_text("x,c,y\n" + "".join(f"{row},{number}.5\n" for number, row in enumerate(rows)), encoding="utf-8")
    table = read_table(path, ReadingOptions(missing_words=("-999", "x")))
    settings = DataSettings(target="y", features=("x", "c"), validation_fraction=0.0)
    encoding = encoding_from_dict(json.loads(json.dumps(encoding_to_dict(fit_encoding(table, settings, 0)))))
    x, c = encoding.columns
    numbers = [1.5, np.nan, 2.5, np.nan, 3.5, 4.5] * 2
    labels = ["NA", "DE", None, "NA", "DE", "FR"] * 2
    (block,) = read_rows(path, encoding)
    given = {"x": [1.5, -999, 2.5, "-999.0", 3.5, "4.5"] * 2, "c": ["NA", "DE", "x", "NA", "DE", "FR"] * 2}
    for found in (block, TableRows(table), MappingRows(given, encoding)):
        np.testing.assert_array_equal(found.cells(x).numbers, numbers)
        cells = found.cells(c)
        assert [None if code < 0 else cells.labels[code] for code in cells.codes] == labels


WORDS_OF_NEW_ROWS = {"1.5": 1.5, "low": None, "2.5": 2.5, "NA": None, "1.2.3": "fault", "1_000": "fault", "T": None}


def test_a_word_among_numbers_of_new_rows_is_missing_and_counted(tmp_path: Path) -> None:
    path = file_of(tmp_path, ["1.5", "2.5", "4.5", "3.5"] * 2)
    encoding = encoding_of(path)
    (column,) = encoding.columns
    fill = column.fill
    new = tmp_path / "new.csv"
    new.write_text("x,y\n" + "".join(f"{cell},1\n" for cell in WORDS_OF_NEW_ROWS), encoding="utf-8")
    (block,) = read_rows(new, encoding)
    for rows in (block, MappingRows({"x": list(WORDS_OF_NEW_ROWS)}, encoding)):
        cells = rows.cells(column)
        assert cells.words == {1: "low", 6: "T"}
        assert sorted(cells.faults) == [4, 5]
        applied = encoding.apply(rows)
        np.testing.assert_array_equal(applied.inputs[:4, 0], [1.5, fill, 2.5, fill])
        assert applied.unseen == {"x": ("low", "T")}
        assert applied.imputed == {"x": 1}
        dropping = replace(encoding, missing="drop").apply(rows)
        assert [fault.reason for fault in dropping.faults][:2] == [
            "'low' is not a number, and rows that lack a cell were not trained on",
            "it is missing, and rows that lack a cell were not trained on",
        ]


@pytest.mark.parametrize("cell", ["$5", "<5", "--5", "5 kg", "~5", "５％", "5-6", "=5"])
def test_what_has_a_digit_and_is_no_number_is_a_fault_and_no_median(tmp_path: Path, cell: str) -> None:
    encoding = encoding_of(file_of(tmp_path, ["1.5", "2.5", "4.5", "3.5"] * 2))
    (column,) = encoding.columns
    (from_file,) = [rows.cells(column) for rows in read_rows(file_of(tmp_path, ["1.5", cell]), encoding)]
    for found in (from_file, MappingRows({"x": ["1.5", cell]}, encoding).cells(column)):
        assert found.words == {}
        assert list(found.faults) == [1]


@pytest.mark.parametrize(
    ("cells", "number"),
    [
        (["0.5", "1.5", "(5)"], -5.0),
        (["0.5", "1.5", "1,234"], 1234.0),
        (["0.5", "1.5", "1,234.5"], 1234.5),
        (["0.5", "1.5", "-1'234'567"], -1234567.0),
        (["0,5", "1,5", "1.234"], 1234.0),
        (["0,5", "1,5", "7-"], -7.0),
    ],
)
def test_a_file_is_read_as_its_table_is(tmp_path: Path, cells: list[str], number: float) -> None:
    encoding = encoding_of(file_of(tmp_path, [f"{one}.5" for one in range(8)]))
    (column,) = encoding.columns
    path = file_of(tmp_path, cells * 4, ";")
    (from_file,) = [rows.cells(column) for rows in read_rows(path, encoding)]
    for found in (from_file, TableRows(read_table(path)).cells(column)):
        np.testing.assert_array_equal(found.numbers, [0.5, 1.5, number] * 4)


@pytest.mark.parametrize(
    ("known", "new", "words"),
    [
        (" kg", " lb", "the numbers of this column are in lb, and the model was fitted on numbers in kg."),
        ("", " lb", "the numbers of this column are in lb, and the model was fitted on numbers without a unit."),
        ("%", "", "the numbers of this column have no unit, and the model was fitted on numbers in %."),
        (" kg", "", ""),
    ],
)
def test_a_table_in_another_unit_is_refused(tmp_path: Path, known: str, new: str, words: str) -> None:
    encoding = encoding_of(file_of(tmp_path, [f"{one}.5{known}" for one in range(8)]))
    (column,) = encoding.columns
    rows = TableRows(read_table(file_of(tmp_path, [f"{one}.5{new}" for one in range(8)])))
    if not words:
        np.testing.assert_array_equal(np.asarray(rows.cells(column).numbers), np.arange(8) + 0.5)
        return
    with pytest.raises(DataError, match=re.escape(words)) as caught:
        rows.cells(column)
    assert (caught.value.row, caught.value.column) == (2, "x")


def test_what_is_odd_about_a_file_of_new_rows_is_told(tmp_path: Path) -> None:
    encoding = encoding_of(file_of(tmp_path, [f"{one}.5" for one in range(8)]))
    path = tmp_path / "new.csv"
    path.write_text("x,x,y\n1.5,2,3\n# a note\n2.5,3,4\nTotal,5,7\n")
    told: list[TableWarning] = []
    block, below = read_rows(path, encoding, told=told)
    assert [row[0] for row in block.records] == ["1.5", "2.5"]
    assert (below.records, below.why_none) == ([["Total", "5", "7"]], ("this is a row of totals",))
    assert [(one.row, one.column) for one in told] == [(1, "x_2"), (3, None), (5, None)]


def test_a_word_among_dates_of_new_rows_is_missing_and_a_damaged_date_a_fault(tmp_path: Path) -> None:
    encoding = encoding_of(file_of(tmp_path, ["31 Jan 2024", "1 Feb 2024", "2 Feb 2024", "3 Feb 2024"]))
    (column,) = encoding.columns
    cells = MappingRows({"x": ["1 Feb 2024", "spring", "31 Feb 2024"]}, encoding).cells(column)
    assert cells.words == {1: "spring"}
    assert sorted(cells.faults) == [2]


@pytest.mark.parametrize(
    ("cells", "new", "number"),
    [
        (["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"], "Q1 2024", 19723.0),
        (["12:30", "0:15", "6:00", "18:45"], "18:00", 0.75),
        (["3. Januar 2024", "4. Februar 2024", "5. März 2024", "6. Mai 2024"], "1. Januar 1970", 0.0),
        (["١", "٢٫٥", "٣", "٤"], "٥٫٥", 5.5),
        (["\u22121", "2.5", "3", "4"], "\u22125", -5.0),
        (["12,-", "7,50", "3,00", "4,25"], "9,-", 9.0),
        (["1.5D+03", "2.5D-01", "1.0D+00", "1D+01"], "1D+02", 100.0),
    ],
)
def test_what_is_read_in_training_is_read_in_new_rows(
    tmp_path: Path, cells: list[str], new: str, number: float
) -> None:
    path = file_of(tmp_path, cells)
    encoding = encoding_of(path)
    (column,) = encoding.columns
    rows = tmp_path / "new.csv"
    rows.write_text(f'x,y\n"{new}",1\n"{cells[0]}",2\n"{cells[1]}",3\n', encoding="utf-8")
    (from_file,) = [block.cells(column) for block in read_rows(rows, encoding)]
    for found in (
        from_file,
        TableRows(read_table(rows)).cells(column),
        MappingRows({"x": [new]}, encoding).cells(column),
    ):
        assert found.faults == {}
        assert found.words == {}
        assert found.numbers[0] == pytest.approx(number, abs=1e-9)


def test_dates_in_digits_may_be_numbers_of_a_script(tmp_path: Path) -> None:
    encoding = encoding_of(file_of(tmp_path, ["20240131", "20240201", "20240202", "20240203"]), x="datetime")
    (column,) = encoding.columns
    given = [20240301, 20240301.0, "20240301", np.int64(20240301)]
    found = MappingRows({"x": given}, encoding).cells(column)
    np.testing.assert_allclose(found.numbers, 19783.0)


def test_a_decimal_mark_that_a_person_gives_holds_for_new_rows(tmp_path: Path) -> None:
    encoding = encoding_of(file_of(tmp_path, [f"{number}.5" for number in range(8)]))
    (column,) = encoding.columns
    path = file_of(tmp_path, ["1,25", "1.234", "7"], ";")
    (rows,) = read_rows(path, encoding, ReadingOptions(delimiter=";", decimal=","))
    found = rows.cells(column)
    np.testing.assert_array_equal(found.numbers, [1.25, 1234.0, 7.0])
    np.testing.assert_array_equal(
        TableRows(read_table(path, ReadingOptions(delimiter=";", decimal=","))).cells(column).numbers, found.numbers
    )
    path = file_of(tmp_path, ["1.23", "2.00"])
    (rows,) = read_rows(path, encoding, ReadingOptions(decimal=","))
    with pytest.raises(DataError, match=r"'1\.23' is not a number with a decimal comma"):
        rows.cells(column)


@pytest.mark.parametrize(
    ("cells", "taken", "other"),
    [
        ([*map(str, range(30)), "<5"], "<5", "<7"),
        ([f"2024-01-{day:02d}" for day in range(1, 31)] + ["early 2024"], "early 2024", "late 2024"),
    ],
)
def test_what_training_took_for_missing_is_missing_in_new_rows_and_nothing_else_is(
    tmp_path: Path, cells: list[str], taken: str, other: str
) -> None:
    path = file_of(tmp_path, cells)
    kinds = {"roles": (("x", "feature"),)} if cells[0].startswith("2") else {}
    table = read_table(path)
    assert [warning.row for warning in table.warnings] == [len(cells) + 1]
    encoding = fit_encoding(table, DataSettings(target="y", features=("x",), **kinds), 0)
    encoding = encoding_from_dict(json.loads(json.dumps(encoding_to_dict(encoding))))
    (column,) = encoding.columns
    assert column.missing_words == ("usual", taken)
    new = file_of(tmp_path, [cells[0], taken, "", other])
    (rows,) = read_rows(new, encoding)
    found = rows.cells(column)
    assert np.isnan(found.numbers).tolist() == [False, True, True, True]
    assert list(found.faults) == [3]
    assert found.words == {}


def test_the_names_that_a_model_knows_are_a_header_also_above_words_alone(tmp_path):
    path, new = tmp_path / "rows.csv", tmp_path / "new.csv"
    path.write_text("site,1.5,y\n" + "".join(f"{'ab'[n % 2]},{'yes' if n % 3 else 'no'},{n}.5\n" for n in range(20)))
    table = read_table(path, ReadingOptions(has_header=True))
    encoding = fit_encoding(table, DataSettings(target="y", features=("site", "1.5")), 0)
    new.write_text("site,1.5\na,yes\nb,no\n")
    assert not read_table(new).column_names[0].startswith("site"), "on its own it looks like a table without names"
    told: list[TableWarning] = []
    (rows,) = read_rows(new, encoding, told=told)
    assert (rows.names, rows.n_rows, rows.lines.tolist(), told) == (("site", "1.5"), 2, [2, 3], [])
    with pytest.raises(DataError, match="the model needs columns that are not there"):
        list(read_rows(new, encoding, ReadingOptions(has_header=False)))
