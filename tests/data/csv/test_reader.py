"""Reading clean CSV, and the one sentence for each kind of damage."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.csv import lines
from regdesk.data.csv.reader import CsvReader, TableReader, read_table
from regdesk.data.csv.table import NumberColumn, WordColumn
from regdesk.data.errors import DataError


@pytest.fixture
def write(tmp_path):
    def write_file(content: str | bytes, name: str = "data.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


def failure(path: Path, **options) -> DataError:
    with pytest.raises(DataError) as caught:
        read_table(path, **options)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")
    return caught.value


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_delimiters_line_ends_and_byte_order_mark(write, delimiter, line_end, mark):
    rows = [["size", "colour", "text"], ["1.5", "red", f'"a{delimiter} ""b"""'], ["-2e3", "blue", "é"]]
    table = read_table(write(mark + line_end.join(delimiter.join(row) for row in rows).encode()))
    assert table.column_names == ("size", "colour", "text")
    assert table.dialect.delimiter == delimiter
    assert table.dialect.encoding == ("utf-8-sig" if mark else "utf-8")
    np.testing.assert_array_equal(table.column("size").numbers, [1.5, -2000.0])
    assert table.column("text").levels == (f'a{delimiter} "b"', "é")


def test_delimiter_is_the_consistent_one_and_not_the_frequent_one(write):
    table = read_table(write('a;b\n"x,y,z";1,5\n"p,q,r";2,25\n'))
    assert table.dialect.delimiter == ";"
    assert table.dialect.decimal == ","
    np.testing.assert_array_equal(table.column("b").numbers, [1.5, 2.25])
    assert read_table(write("a,b\n1;1,2\n2;2;2,4\n")).dialect.delimiter == ","


def test_a_given_delimiter_wins(write):
    table = read_table(write("a,b;c\n1,2;3\n"), ReadingOptions(";"))
    assert table.column_names == ("a,b", "c")


@pytest.mark.parametrize(
    ("content", "options", "names", "cells"),
    [
        ("a,b\n1,x\n2,y\nz,w\n", ReadingOptions(has_header=False), ("column_1", "column_2"), ["a", "1", "2", "z"]),
        ("made by hand\n\na,b\nu,x\nv,y\n", ReadingOptions(n_skipped=2), ("a", "b"), ["u", "v"]),
        ("a,b\n'u,v',x\nw,y\n", ReadingOptions(quote="'"), ("a", "b"), ["u,v", "w"]),
        ('a,b\n"u,x\nv",y\n', ReadingOptions(quote="none"), ("a", "b"), ['"u', 'v"']),
        ("a,b\né,x\nü,y\n".encode("cp850"), ReadingOptions(encoding="cp850"), ("a", "b"), ["é", "ü"]),
        ("a,b\né,x\nü,y\n".encode("utf-16"), ReadingOptions(encoding="utf-16"), ("a", "b"), ["é", "ü"]),
    ],
)
def test_what_is_said_of_the_text_is_so(write, content, options, names, cells):
    table = read_table(write(content), options)
    assert table.column_names == names
    assert table.columns[0].levels == tuple(cells)
    assert table.dialect.header is (options.has_header is not False)
    assert table.dialect.n_skipped == (options.n_skipped or 0)


def test_text_that_is_not_in_the_encoding_that_was_said_is_named_by_its_line(write):
    error = failure(write("a,b\n1,é\n2,漢\n"), options=ReadingOptions(encoding="ascii"))
    assert error.row == 2
    assert "not text in ascii" in str(error)


def test_numbers_agree_with_float_and_keep_no_strings(write):
    cells = ["0", "+7", "-0.5", ".5", "5.", "1e-3", "2E+05", " 12 ", "007", "123456789012345678"]
    table = read_table(write("v,w\n" + "".join(f"{cell},x\n" for cell in cells)))
    column = table.column("v")
    np.testing.assert_array_equal(column.numbers, [float(cell) for cell in cells])
    assert isinstance(column, NumberColumn)


@pytest.mark.parametrize("cell", ["", "NA", "n/a", "NaN", "null", "NULL", "?", "\\N", "#N/A", "None", "  "])
def test_missing_among_numbers(write, cell):
    column = read_table(write(f"v,w\n1,x\n{cell},y\n2.5,z\n")).column("v")
    np.testing.assert_array_equal(column.numbers, [1.0, np.nan, 2.5])
    np.testing.assert_array_equal(column.missing, [False, True, False])
    assert column.distinct == 2


def test_none_is_a_label_among_words_and_na_is_not(write):
    column = read_table(write("t,v\nnone,1\nlow,2\nNA,3\nnone,4\nlow,5\n")).column("t")
    assert column.levels == ("none", "low")
    np.testing.assert_array_equal(column.codes, [0, 1, -1, 0, 1])


def test_decimal_comma_only_where_all_cells_need_it(write):
    table = read_table(write("a;b;c;d\n1,5;1.5;x,y;3\n;2.5;1,5;4\n3;NA;z;6\n"))
    np.testing.assert_array_equal(table.column("a").numbers, [1.5, np.nan, 3.0])
    np.testing.assert_array_equal(table.column("b").numbers, [1.5, 2.5, np.nan])
    assert isinstance(table.column("c"), WordColumn)
    assert table.dialect.decimal == ","
    assert [(warning.row, warning.column) for warning in table.warnings] == [(2, "c"), (None, "b")]


def test_words_late_in_a_column_of_numbers_keep_every_spelling(write):
    n = 5000
    cells = [f"{i % 50:03d}" for i in range(n)] + [f"x{i}" for i in range(n)]
    column = read_table(write("code,v\n" + "".join(f"{cell},{i}\n" for i, cell in enumerate(cells)))).column("code")
    assert isinstance(column, WordColumn)
    assert [column.levels[code] for code in column.codes] == cells


def test_lines_of_rows_with_blank_lines_and_line_ends_in_quotes(write):
    table = read_table(write('\na,b\n1,"x\ny"\n\n   \n2,z\n3,z\n'))
    assert table.row_lines.tolist() == [3, 7, 8]
    assert table.column("b").levels == ("x\ny", "z")


def test_nameless_columns_get_a_name_and_a_warning(write):
    table = read_table(write("a,,column_2\n1,2,3\n"))
    assert table.column_names == ("a", "column_2_", "column_2")
    assert [(warning.row, warning.column) for warning in table.warnings] == [(1, "column_2_")]


def test_a_header_of_numbers_is_warned_of(write):
    assert [warning.row for warning in read_table(write("1,2\n3,4\n")).warnings] == [1]
    assert read_table(write("a,2\n3,4\n")).warnings == ()


def test_the_same_table_as_the_standard_library_on_a_big_file(write):
    generator = np.random.default_rng(0)
    values = generator.normal(size=(9000, 3)).round(4)
    path = write("a,b,c\n" + "".join(f"{a},{b},{c}\n" for a, b, c in values.tolist()))
    with path.open(newline="") as stream:
        expected = np.array(list(csv.reader(stream))[1:], float)
    table = read_table(path)
    np.testing.assert_array_equal(np.column_stack([column.numbers for column in table.columns]), expected)
    assert [column.distinct for column in table.columns] == [np.unique(column).size for column in expected.T]


def test_progress_rises_to_one_and_may_cancel(write):
    path = write("a,b\n" + "1,2\n" * 20000)
    seen: list[float] = []
    read_table(path, progress=seen.append)
    assert seen == sorted(seen)
    assert len(seen) >= 4
    assert seen[-1] == 1.0

    def cancel(fraction: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_table(path, progress=cancel)


def test_the_reader_interface(write):
    reader: TableReader = CsvReader(ReadingOptions(";"))
    assert reader.read(write("a;b\n1;2\n")).n_rows == 1


@pytest.mark.parametrize(
    ("content", "row", "column", "words"),
    [
        ("", None, None, "is empty"),
        ("\n  \n\n", None, None, "is empty"),
        ("a,b\n", 1, None, "no data"),
        ("\na,b\n\n", 2, None, "no data"),
        ("a,b\n1,2\n\n3\n", 4, None, "1 cell, the header has 2"),
        ("a,b\n1,2,3\n", 2, None, "3 cells, the header has 2"),
        ('a,b\n1,x\n2,"y\nz\n3,w\n', 3, None, "never closed"),
        ('a,b\n1,x\n"2\n","y ""q""\nz\n3,w\n', 4, None, "never closed"),
        ('a,b\n1,x\n2,"y\nsays ""so\n', 3, None, "never closed"),
        ('a,b\n1,"x" y\n', 2, None, "text follows a closing quote"),
        ('a,b\n1,"x\n2,"y"\n', 3, None, "the row starts in line 2"),
        ('a,b,c\n1,"x,2\n3,y",4,5\n', 2, None, "runs on to line 3"),
        (b"a,b\n1,2\n3\x00,4\n", 3, None, "NUL"),
        ("v,w\n1,x\n2,x\n3,x\n1_000,x\n5,x\n", 5, "v", "'1_000' is not a number"),
        ("v,w\n1,x\n2,x\n3,x\n1e999,x\n5,x\n", 5, "v", "'1e999' is larger than any number that can be kept (1.8e+308)"),
        ("v;w\n1,5;x\n2,5;x\n3;x\n4.5;x\n,5;x\n", 5, "v", "'4.5' is not a number"),
    ],
)
def test_damage_is_named_with_its_place(write, content, row, column, words):
    path = write(content, "bad.csv")
    error = failure(path)
    assert (error.file, error.row, error.column) == (str(path), row, column)
    assert words in str(error)
    assert str(error).startswith("bad.csv" + (f", line {row}" if row else ""))
    if column:
        assert f"column '{column}'" in str(error)


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_long_cell_is_read_whole_and_one_too_long_is_told_of(write, quote, monkeypatch):
    # The module's own limit is 131,072, and the process keeps what it is set to.
    before = csv.field_size_limit(131_072)
    monkeypatch.setattr(lines, "MOST_CHARACTERS", 300_000)
    try:
        word = "x" * 299_990
        table = read_table(write(f"v;w\n1;{quote}{word}{quote}\n2;y\n"))
        assert table.column("v").numbers.tolist() == [1.0, 2.0]
        assert table.column("w").levels[0] == word
        error = failure(write(f"v;w\n2;y\n1;{quote}{word}{word}{quote}\n", "bad.csv"))
        assert error.row == 3
        assert "a cell of this row has more than 300,000 characters; shorten it" in str(error)
    finally:
        csv.field_size_limit(before)


@pytest.mark.parametrize("cell", ["oops", "inf", "<=5", "T", "12O"])
def test_a_rare_word_among_numbers_is_missing_and_told_of_with_its_line(write, cell):
    table = read_table(write("v,w\n" + "1.5,2\n" * 9000 + f"{cell},2\n" + "1.5,2\n" * 10 + f"{cell},2\n"))
    column = table.column("v")
    assert np.flatnonzero(column.missing).tolist() == [9000, 9011]
    (warning,) = table.warnings
    assert (warning.row, warning.column) == (9002, "v")
    assert f"'{cell}' (2 cells, first in line 9002)" in warning.message


def test_just_under_three_quarters_numbers_is_a_column_of_words(write):
    column = read_table(write("v,w\n1,x\n2,x\na,x\n1,x\n3,x\n2,x\na,x\n")).column("v")
    assert isinstance(column, WordColumn)


def test_files_that_cannot_be_opened(tmp_path, write, monkeypatch):
    missing = failure(tmp_path / "nowhere.csv")
    assert "no such file" in str(missing)
    assert missing.file == str(tmp_path / "nowhere.csv")
    assert "folder" in str(failure(tmp_path))
    path = write("a,b\n1,2\n")
    if os.geteuid() == 0:
        # Permissions do not hold for root, so the refusal has to be played.
        def refuse(*_, **__):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    else:
        path.chmod(0)
    assert "permission" in str(failure(path))


@pytest.mark.parametrize("delimiter", ["", '":"', "\n", ":\r"])
def test_a_delimiter_that_ends_lines_or_cells_is_refused(write, delimiter):
    assert "a delimiter is a mark" in str(failure(write("a,b\n1,2\n"), options=ReadingOptions(delimiter)))


def test_whole_numbers_that_cannot_be_kept_are_named(tmp_path):
    path = tmp_path / "w.csv"
    rows = [(1732795200000001, 2**53 + 1), (1732795200000002, 2**53 + 3), (1732795200000003, 2**53 + 2)]
    text = "".join(f"{a},{b},{i}e20\n" for i, (a, b) in enumerate(rows))
    path.write_text("t,id,x\n5,,1\n" + text, encoding="utf-8")
    table = read_table(path)
    # A double has 53 bits: all of t are kept, and of id those that are even.
    np.testing.assert_array_equal(table.column("t").numbers[1:], [a for a, _ in rows])
    np.testing.assert_array_equal(table.column("id").numbers[1:], [2**53, 2**53 + 4, 2**53 + 2])
    (warning,) = table.warnings
    assert (warning.row, warning.column) == (3, "id")
    assert warning.message.startswith("'9007199254740993' becomes 9007199254740992: from 9007199254740992 on")
