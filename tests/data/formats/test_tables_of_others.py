"""Tables of SQLite databases and Parquet files, with their types, and none of their programs run."""

from __future__ import annotations

import importlib
import math
import sqlite3
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.errors import DataError
from regdesk.data.formats import parquet_files
from regdesk.data.formats.reading import read_file

needs_duckdb = pytest.mark.skipif(find_spec("duckdb") is None, reason="duckdb is not installed")
ROWS = [(1.5, 3, "red", "2020-01-02"), (None, -4, "a\nb", "2020-01-03"), (1e300, 5, "red", "2021-12-31")]


def database(path: Path, *statements: str, rows=ROWS) -> Path:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
        connection.executemany("insert into t values (?, ?, ?, ?)", rows)
    return path


def failure(path: Path, **options) -> str:
    with pytest.raises(DataError) as caught:
        read_file(path, ReadingOptions(**options))
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")
    assert str(caught.value).startswith(path.name)
    return str(caught.value)


def check(table) -> None:
    assert table.column_names == ("x", "n", "word", "day")
    np.testing.assert_array_equal(table.column("x").numbers, [1.5, np.nan, 1e300])
    np.testing.assert_array_equal(table.column("n").numbers, [3, -4, 5])
    assert table.column("word").levels == ("red", "a\nb")
    assert (table.column("day").kind, table.column("day").levels[0]) == ("datetime", "2020-01-02")
    np.testing.assert_array_equal(table.row_lines, [2, 3, 4])
    assert (table.dialect.delimiter, table.dialect.encoding, table.warnings) == ("", "", ())


def test_the_only_table_of_a_database(tmp_path):
    path = database(tmp_path / "data 100%?#.csv", "create table t (x real, n integer, word text, day date)")
    before = path.read_bytes()
    check(read_file(path))
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_table_is_chosen_by_name_and_views_are_not_run(tmp_path):
    endless = "create view v as with recursive r(n) as (select 1 union all select n + 1 from r) select max(n) from r"
    other = 'create table "other ""one""" (a, b)'
    path = database(tmp_path / "a.db", "create table t (x, n, word, day)", other, endless)
    assert "holds 2 tables: 't', 'other \"one\"'; choose one with --sheet" in failure(path)
    check(read_file(path, ReadingOptions(sheet="t")))
    assert "has no table 'v'" in failure(path, sheet="v")
    assert "has no rows" in failure(path, sheet='other "one"')


def test_binary_columns_are_left_out_and_told(tmp_path):
    rows = [(1, b"\0\1", "a", 1), (2, None, "b", 2)]
    table = read_file(database(tmp_path / "a.db", "create table t (x, picture, word, n)", rows=rows))
    assert table.column_names == ("x", "word", "n")
    assert [(one.column, one.message) for one in table.warnings] == [
        ("picture", "this column holds binary data and is left out.")
    ]


def test_names_of_a_database_are_never_taken_for_rows(tmp_path):
    rows = [(2019.0, 2020.0, 1.0, 2.0), (5.0, 6.0, 7.0, 8.0)]
    table = read_file(
        database(tmp_path / "a.db", 'create table t ("2017" real, "2018" real, a real, b real)', rows=rows)
    )
    assert (table.column_names, table.n_rows) == (("2017", "2018", "a", "b"), 2)


def test_a_database_that_is_being_written_is_refused(tmp_path):
    path = database(tmp_path / "a.db", "create table t (x, n, word, day)")
    Path(f"{path}-wal").write_bytes(b"7")
    assert "another program has changes" in failure(path)


def test_a_damaged_or_empty_database_is_refused(tmp_path):
    path = database(tmp_path / "a.db", "create table t (x, n, word, day)", rows=ROWS * 500)
    whole = path.read_bytes()
    path.write_bytes(whole[:5000] + bytes(4000) + whole[9000:])
    assert "cannot be read" in failure(path)
    path.write_bytes(whole[:100])
    assert "SQLite database" in failure(path)
    with closing(sqlite3.connect(tmp_path / "b.db")) as connection, connection:
        connection.execute("create view v as select 1")
    assert "holds no table" in failure(tmp_path / "b.db")


def write_parquet(path: Path, query: str) -> Path:
    duckdb = importlib.import_module("duckdb")
    with closing(duckdb.connect(":memory:")) as connection:
        connection.execute(f"copy ({query}) to '{path.with_name('t')}' (format parquet)")
    path.with_name("t").rename(path)
    return path


@needs_duckdb
@pytest.mark.parametrize("name", ["a.parquet", "a[1]*?.csv"])
def test_a_parquet_file(tmp_path, name):
    values = ", ".join(
        f"({'null' if x is None else x}::double, {n}::bigint, '{word}', date '{day}')" for x, n, word, day in ROWS
    )
    folder = tmp_path / "n=9"
    folder.mkdir()
    check(read_file(write_parquet(folder / name, f"select * from (values {values}) t(x, n, word, day)")))


@needs_duckdb
def test_types_of_parquet(tmp_path):
    table = read_file(
        write_parquet(
            tmp_path / "a.parquet",
            "select i::float / 3 as f, i % 2 = 0 as b, i / 8::decimal(9, 3) as d, [i] as list, {'a': i} as record, "
            "case i when 0 then 'nan'::double when 1 then null else i end as m, 'x'::blob as bytes, "
            "timestamp '2020-01-01 10:00:00' + interval 1 hour * i as t from range(4) t(i)",
        )
    )
    assert table.column_names == ("f", "b", "d", "m", "t")
    np.testing.assert_array_equal(
        table.column("f").numbers, (np.arange(4, dtype=np.float32) / np.float32(3)).astype(float)
    )
    assert table.column("b").kind == "boolean"
    np.testing.assert_array_equal(table.column("d").numbers, [0, 0.125, 0.25, 0.375])
    np.testing.assert_array_equal(table.column("m").numbers, [math.nan, math.nan, 2, 3])
    assert table.column("t").levels[1] == "2020-01-01 11:00:00"
    assert [one.column for one in table.warnings] == ["list", "record", "bytes"]


@needs_duckdb
def test_a_damaged_parquet_file_is_refused(tmp_path):
    path = write_parquet(tmp_path / "a.parquet", "select i, i * 2.5 as x from range(1000) t(i)")
    path.write_bytes(path.read_bytes()[:-10])
    assert "cannot be read" in failure(path)
    # No query of ours, and no place of a copy.
    assert "LINE 1" not in failure(path)
    assert str(path.parent) not in failure(path)
    path.write_bytes(b"PAR1")
    assert "cannot be read" in failure(path)


def test_without_the_extra_it_is_said_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_files, "find_spec", lambda name: None)
    path = tmp_path / "a.csv"
    path.write_bytes(b"PAR1PAR1")
    assert "duckdb" in failure(path)
