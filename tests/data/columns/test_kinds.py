"""Which kind a column is."""

from __future__ import annotations

import numpy as np
import pytest

from regdesk.data.columns.kinds import labels_of, sorted_labels
from regdesk.data.columns.missing_codes import missing_code_warning
from regdesk.data.csv.reader import read_table
from regdesk.data.dates.formats import days_since_1970


def column_of(tmp_path, cells):
    path = tmp_path / "k.csv"
    path.write_text("c,other\n" + "".join(f'"{cell}",9\n' for cell in cells), encoding="utf-8")
    return read_table(path).column("c")


SENTENCES = [f"the {word} cat sat on the old red mat" for word in "abcdefghijkl"]


@pytest.mark.parametrize(
    ("kind", "distinct", "cells"),
    [
        ("numeric", 3, ["1.5", "2", "2", "3"]),
        ("numeric", 2, ["1", "2", "1", "2"]),
        ("numeric", 3, ["0", "1", "2", "1"]),
        ("boolean", 2, ["0", "1", "1", "0"]),
        ("boolean", 2, ["1", "", "0"]),
        ("boolean", 2, ["True", "false", "TRUE", "False"]),
        ("boolean", 2, ["yes", "No", "yes"]),
        ("categorical", 2, ["yes", "false", "yes", "false"]),
        ("categorical", 3, ["yes", "no", "maybe", "yes", "no", "yes"]),
        ("categorical", 3, ["red", "green", "blue"] * 4),
        ("categorical", 7, list("abcdefg") + list("abcde")),
        ("identifier", 4, ["0", "1", "2", "3"]),
        ("identifier", 4, ["1", "2", "3", "4"]),
        ("numeric", 4, ["2", "3", "4", "5"]),
        ("numeric", 4, ["1", "3", "2", "4"]),
        ("numeric", 3, ["1", "2", "", "4"]),
        ("identifier", 12, [f"A{i}-x" for i in range(12)]),
        ("identifier", 3, ["Mazda RX4", "Hornet 4 Drive", "Valiant"]),
        ("text", 12, SENTENCES),
        ("text", 12, [*SENTENCES, SENTENCES[0]]),
        ("text", 30, [f"w{i}" for i in range(30)] + ["w0"] * 5),
        ("categorical", 30, [f"w{i}" for i in range(30)] * 2),
        ("text", 1001, [f"w{i}" for i in range(1001)] * 2),
        ("constant", 1, ["7", "7", "", "7"]),
        ("constant", 1, ["x", "x", "NA"]),
        ("constant", 0, ["", "NA", ""]),
        ("constant", 1, ["Yes", "yes"]),
        ("datetime", 3, ["2024-01-31", "2024-02-01", "", "2024-02-03"]),
        ("datetime", 2, ["2024-01-31T10:00:00", "2024-01-31 11:30:00"]),
        ("datetime", 2, ["31.01.2024", "01.02.2024"]),
        ("datetime", 2, ["01/31/2024", "02/01/2024"]),
        ("identifier", 2, ["2024-01-31", "never"]),
    ],
)
def test_kind_and_distinct(tmp_path, kind, distinct, cells):
    column = column_of(tmp_path, cells)
    assert (column.kind, column.distinct) == (kind, distinct)


def test_dates_as_days(tmp_path):
    column = column_of(tmp_path, ["1970-01-02", "", "1970-01-01T12:00:00", "1970-01-01T12:00:00+06:00"])
    np.testing.assert_allclose(days_since_1970(column), [1.0, np.nan, 0.5, 0.25])
    with pytest.raises(ValueError, match="dates"):
        days_since_1970(column_of(tmp_path, ["a", "b"]))


def test_labels_are_words_in_their_first_spelling(tmp_path):
    boolean = column_of(tmp_path, ["YES", "no", "", "yes", "No"])
    assert labels_of(boolean) == ("YES", "no", "YES", "no")
    assert sorted_labels(boolean) == ("no", "YES")
    assert sorted_labels(column_of(tmp_path, ["Yes", "yes"])) == ("Yes",)
    other = column_of(tmp_path, ["b", "B", "a", "b", "B", "a"])
    assert labels_of(other) == ("b", "B", "a")
    assert sorted_labels(other) == ("B", "a", "b")


@pytest.mark.parametrize(
    "bound", [32767, -32768, 65535, 2147483647, -2147483648, 4294967295, 9223372036854775807, -9223372036854775807]
)
def test_the_ends_of_whole_numbers_of_a_few_bytes_may_be_codes(bound: int) -> None:
    numbers = np.array([1.0, 2.0, 3.5, bound, 2.5, bound])
    warning = missing_code_warning("size", numbers, np.arange(2, 8))
    assert warning is not None
    assert warning.row == 5
    assert missing_code_warning("size", numbers[[0, 1, 2, 4]], np.arange(2, 6)) is None
