"""Many columns taken together say what each of them says by itself, to the last bit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from regdesk.core.model.column_figures import means_and_deviations
from regdesk.data.columns import known_shapes
from regdesk.data.columns.column_builder import ColumnBuilder
from regdesk.data.columns.columns_together import together
from regdesk.data.columns.given_readings import GivenReading
from regdesk.data.columns.known_shapes import forget_shapes
from regdesk.data.columns.number_formats import Shape, shape_of
from regdesk.data.columns.word_cells import sure_words
from regdesk.data.csv.plain_columns import add_columns
from regdesk.data.csv.reader import read_table
from regdesk.data.csv.table import NumberColumn
from regdesk.data.dates.formats import may_be_date
from regdesk.data.errors import DataError

COLUMNS = (
    ("1", "2", "3"), ("1.5", "-2.25", ".5"), ("0", "-0", "00"), ("007", "012", "113"), ("1.234", "5.678", "9.012"),
    ("1e5", "2", "3"), ("", "1", "2"), ("2024-01-31", "2024-02-01", "2024-02-02"), ("-", "5", "6"), ("a", "b", "c"),
    ("9007199254740993", "1", "2"), ("1,5", "2,5", "3,5"), ("+4915112345678", "+4915112345679", "+4915112345670"),
    ("999", "1", "2"), ("-999", "1", "2"), ("0." + 320 * "0" + "1", "1", "2"), ("1.2.3", "4", "5"), (" 1", "2", "3 "),
)  # fmt: skip


def found_by(builder: ColumnBuilder, path: Path, n_rows: int) -> object:
    """All that a builder has found out, or why it refuses."""
    if builder.lost_words:
        return "lost words"
    evidence = builder.decimal_evidence(), builder.is_open(None)
    try:
        found = builder.finish(path, np.arange(2, 2 + n_rows))
    except DataError as error:
        return evidence, str(error)
    column = found.column
    cells = column.numbers.tobytes() if isinstance(column, NumberColumn) else column.codes.tobytes()
    return evidence, column.kind, list(column.levels), column.distinct, cells, column.missing.tobytes(), found.warnings


@pytest.mark.parametrize(
    "given", [GivenReading(), GivenReading(words=("-999",)), GivenReading("numeric"), GivenReading(decimal=",")]
)
@pytest.mark.parametrize("n_chunks", [1, 2])
def test_columns_added_together_are_what_each_is_alone(given: GivenReading, n_chunks: int, tmp_path: Path) -> None:
    # Those behind a date are looked at by themselves, and so the plain ones are tried without it as well.
    for columns in (COLUMNS, [column for column in COLUMNS if column[0].replace(".", "").isdecimal()]):
        alone, whole = ([ColumnBuilder(f"c{place}", ",", given=given) for place in range(len(columns))] for _ in "12")
        for _ in range(n_chunks):
            add_columns(whole, columns)
            for builder, cells in zip(alone, columns, strict=True):
                builder.add(cells)
        path, n_rows = tmp_path / "t.csv", n_chunks * len(columns[0])
        assert [found_by(one, path, n_rows) for one in whole] == [found_by(one, path, n_rows) for one in alone]


@pytest.mark.parametrize("n_rows", [1, 2, 7, 8, 20, 129, 1000])
def test_figures_of_columns_together_are_those_of_each(n_rows: int) -> None:
    generator = np.random.default_rng(n_rows)
    columns = generator.standard_normal((300, n_rows)) * 10.0 ** generator.integers(-9, 9, (300, 1))
    seen: list[int] = []
    for places, numbers in together(enumerate(columns)):
        means = means_and_deviations(numbers)[0]
        for place, mean in zip(places, means.tolist(), strict=True):
            assert mean == means_and_deviations(columns[place][:, np.newaxis])[0][0]
        seen += places
    assert seen == list(range(300))


def test_columns_of_other_lengths_and_without_rows_are_apart() -> None:
    parts = [np.ones(3), np.ones(3), np.empty(0), np.ones(4), np.ones(70_000), np.ones(70_000)]
    assert [(places, numbers.shape) for places, numbers in together(enumerate(parts))] == [
        ([0, 1], (3, 2)), ([3], (4, 1)), ([4], (70_000, 1)), ([5], (70_000, 1)),
    ]  # fmt: skip


class _Ended(Exception):
    """Somebody does not want the column any more."""


def test_a_column_of_very_many_words_can_be_ended_at_each_of_its_steps(tmp_path: Path) -> None:
    # They begin as dates do, so that every rule looks at each of them.
    words = [f"may text {number % 1000} here {number}" for number in range(25_000)]
    n_checks = 0

    def finish(last: int) -> None:
        def check() -> None:
            nonlocal n_checks
            n_checks += 1
            if n_checks == last:
                raise _Ended

        nonlocal n_checks
        n_checks = 0
        forget_shapes()
        builder = ColumnBuilder("t", ",")
        builder.add(words)
        builder.decimal_evidence(check)
        builder.finish(tmp_path / "t.csv", np.arange(len(words)), None, check)

    finish(0)
    n_of_all = n_checks
    # 10,000 spellings at most are looked at between two checks, and each is looked at in several ways.
    assert n_of_all > 20
    for last in (1, n_of_all // 2, n_of_all):
        with pytest.raises(_Ended):
            finish(last)


def test_each_form_of_the_spellings_of_a_column_is_taken_apart_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def counted(cell: str) -> Shape | None:
        seen.append(cell)
        return shape_of(cell)

    monkeypatch.setattr(known_shapes, "shape_of", counted)
    path = tmp_path / "prices.csv"
    path.write_text("share,price\n" + "".join(f"{n / 8}%,${n / 4}\n" for n in range(1, 2001)))
    table = read_table(path)
    assert all(isinstance(column, NumberColumn) for column in table.columns)
    # All columns are asked for the mark of their decimals before any of them is made.
    assert len(seen) == len(set(seen)) < 50


def test_the_same_spellings_are_other_numbers_where_another_unit_is_the_usual_one(tmp_path: Path) -> None:
    path = tmp_path / "weights.csv"
    path.write_text("a,b\n" + "5,5\n7 kg,7 kg\n" + 18 * "7 kg,5\n")
    first, second = read_table(path).columns
    assert [first.n_missing, second.n_missing] == [0, 1]
    assert isinstance(first, NumberColumn)
    assert isinstance(second, NumberColumn)
    assert set(first.numbers) == {5.0, 7.0}
    assert set(second.numbers[~second.missing]) == {5.0}


def test_keys_that_begin_with_a_word_are_certainly_no_dates_and_names_of_months_are_not_certain() -> None:
    keys = [f"{word}{number}" for number in range(300) for word in ("customer-", "Name ", "order. ", "batch no. ")]
    months = ["May-2024", "Okt. 2024", "Mon 3 Jan 2022", "septiembre 2021", "Mar/03/2024"]
    assert sure_words([*keys, *months]).tolist() == [True] * len(keys) + [False] * len(months)
    assert [may_be_date(word) for word in (*keys[:4], *months)] == [False] * 4 + [True] * 5
