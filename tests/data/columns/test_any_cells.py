"""Whatever the cells of a column are, it is read or refused in a sentence, and numbers come from cells with digits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from regdesk.core.types import Integers
from regdesk.data.columns.built_column import BuiltColumn
from regdesk.data.columns.column_builder import ColumnBuilder
from regdesk.data.columns.given_readings import GivenReading
from regdesk.data.columns.number_formats import is_currency
from regdesk.data.csv.reader import read_table
from regdesk.data.csv.table import NumberColumn
from regdesk.data.errors import DataError

PATH = Path("cells.csv")
PIECES = st.sampled_from(
    [
        *"0123456789",
        *".,-+()%$€ 'eE/:_",
        "12",
        "1,234",
        "1.5",
        "2024-01-31",
        "03/04/2020",
        "Jan ",
        "kg",
        "NA",
        "true",
        "inf",
    ]
)
CELLS = st.lists(st.lists(PIECES, max_size=4).map("".join), min_size=1, max_size=12)
KINDS = st.sampled_from([None, "numeric", "categorical", "boolean", "datetime", "text"])


def finished(builder: ColumnBuilder, lines: Integers, elsewhere: str | None) -> BuiltColumn | DataError:
    try:
        return builder.finish(PATH, lines, elsewhere)
    except DataError as error:
        return error


@settings(max_examples=300, deadline=None)
@given(cells=CELLS, kind=KINDS, decimal=st.sampled_from([None, ".", ","]), words=st.sampled_from([None, ("-1", "NA")]))
@example(cells=["٣"], kind=None, decimal=None, words=None)
@example(cells=["1" * 400], kind=None, decimal=None, words=None)
@example(cells=["²"], kind=None, decimal=None, words=None)
def test_any_cells_are_a_column_or_a_sentence(
    cells: list[str], kind: str | None, decimal: str | None, words: tuple[str, ...] | None
) -> None:
    lines = np.arange(2, len(cells) + 2)
    given_reading = GivenReading(kind, decimal, words)
    for elsewhere in (None, ".", ","):
        builder = ColumnBuilder("c", ",", given=given_reading)
        builder.add(cells)
        if builder.lost_words or builder.is_open(elsewhere):
            builder = ColumnBuilder("c", ",", True, given_reading)
            builder.add(cells)
        builder.decimal_evidence()
        found = finished(builder, lines, elsewhere)
        if isinstance(found, DataError):
            assert found.row in lines
            continue
        assert len(found.column.missing) == len(cells)
        assert all(warning.row in lines for warning in found.warnings)
        if isinstance(found.column, NumberColumn):
            np.testing.assert_array_equal(found.column.missing, np.isnan(found.column.numbers))
            present = [cell for cell, is_missing in zip(cells, found.column.missing, strict=True) if not is_missing]
            # A dash with a currency is zero where others are numbers.
            assert all(any(one.isdigit() for one in cell) or is_currency(cell.strip("- ")) for cell in present)


@pytest.mark.parametrize("n_before", [1, 5000])
def test_a_column_is_the_same_in_one_chunk_and_in_many(n_before: int) -> None:
    cells = ["7", "1,234", "", "12,345,678", "T"] + ["8"] * n_before
    lines = np.arange(len(cells)) + 2
    whole, parts = (ColumnBuilder("c", ",", True) for _ in range(2))
    whole.add(cells)
    for cell in cells:
        parts.add([cell])
    one, other = whole.finish(PATH, lines), parts.finish(PATH, lines)
    assert one.warnings == other.warnings
    assert one.column.levels == other.column.levels
    np.testing.assert_array_equal(one.column.numbers, other.column.numbers)
    np.testing.assert_array_equal(one.column.numbers[:5], [7.0, 1234.0, np.nan, 12345678.0, np.nan])


@pytest.mark.parametrize("place", [0, 7, 399])
@pytest.mark.parametrize("others", ["{}", "{}.5", " {}"])
def test_a_number_that_may_be_a_name_is_told_with_its_line(place: int, others: str, tmp_path: Path) -> None:
    """Wherever it stands; of a file in blocks ``test_plain_blocks`` holds the same."""
    cells = [others.format(one) for one in range(400)]
    cells[place] = "12e3"
    file = tmp_path / "codes.csv"
    rows = "".join(f"{one % 9},{cell}\n" for one, cell in enumerate(cells))
    file.write_text(f"x,code\n{rows}", encoding="utf-8")
    table = read_table(file)
    assert table.column("code").numbers[place] == 12_000.0
    told = [(one.row, one.column) for one in table.warnings if "'12e3' is read as 12000" in one.message]
    assert told == [(place + 2, "code")]
