"""Whatever bytes a file has, reading it ends in a table or in one sentence: no crash, no hang, no traceback."""

from __future__ import annotations

import bz2
import gzip
import importlib
import io
import lzma
import random
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest
from workbook_files import write_ods, write_xlsx

from regdesk.data.errors import DataError
from regdesk.data.formats.reading import read_file

TEXT = "size;colour;day\n" + "".join(f"{row / 4};c{row % 3};2020-01-{row % 28 + 1:02d}\n" for row in range(60))
N_MUTANTS = 40
N_WORKBOOK_MUTANTS = 4
"""Each of which begins a process."""


def zipped(text: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.csv", text)
    return stream.getvalue()


def database(folder: Path) -> bytes:
    with closing(sqlite3.connect(folder / "a.db")) as connection, connection:
        connection.execute("create table t (x real, word text, n integer primary key)")
        connection.executemany("insert into t values (?, ?, ?)", [(row / 4, f"w{row % 5}", row) for row in range(300)])
    return (folder / "a.db").read_bytes()


def parquet(folder: Path) -> bytes:
    with closing(importlib.import_module("duckdb").connect(":memory:")) as connection:
        connection.execute(f"copy (select i, i / 3 as x, 'w' || i % 4 as w from range(500) t(i)) to '{folder / 'p'}'")
    return (folder / "p").read_bytes()


SHEET = {"A": [["x", "y"], *([row, f"w{row % 4}"] for row in range(30))], "B": [["u"], [1]]}
PARTS = {
    "sheet of xlsx": "xl/worksheets/sheet1.xml",
    "book of xlsx": "xl/workbook.xml",
    "styles of xlsx": "xl/styles.xml",
    "sheets of ods": "content.xml",
}
"""A mutant of the whole is mostly no archive any more; of a part it is a workbook."""


def workbook(folder: Path, kind: str) -> Path:
    if kind.endswith("ods"):
        return write_ods(folder / "whole.ods", SHEET)
    return write_xlsx(folder / "whole.xlsx", SHEET)


def part_of(kind: str) -> Callable[[Path], bytes]:
    def read(folder: Path) -> bytes:
        with zipfile.ZipFile(workbook(folder, kind)) as archive:
            return archive.read(PARTS[kind])

    return read


def with_part(folder: Path, kind: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(workbook(folder, kind)) as whole, zipfile.ZipFile(stream, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, content if name == PARTS[kind] else whole.read(name))
    return stream.getvalue()


WHOLE = {
    "text": lambda folder: TEXT.encode(),
    "utf-16": lambda folder: TEXT.encode("utf-16"),
    "gz": lambda folder: gzip.compress(TEXT.encode()),
    "bz2": lambda folder: bz2.compress(TEXT.encode()),
    "xz": lambda folder: lzma.compress(TEXT.encode()),
    "zip": lambda folder: zipped(TEXT.encode()),
    "sqlite": database,
    "parquet": parquet,
    "xlsx": lambda folder: write_xlsx(folder / "a.xlsx", SHEET).read_bytes(),
    "ods": lambda folder: write_ods(folder / "a.ods", SHEET).read_bytes(),
    "xls": lambda folder: (Path(__file__).parent / "files" / "excel_97.xls").read_bytes(),
    **{kind: part_of(kind) for kind in PARTS},
}
NEEDS = {"parquet": "duckdb"} | dict.fromkeys(("xlsx", "ods", "xls", *PARTS), "python_calamine")


def mutant(whole: bytes, chance: random.Random) -> bytes:
    """``whole`` with a few bytes changed, doubled, taken out or cut off."""
    found = bytearray(whole)
    for _ in range(chance.choice((1, 1, 3, 20))):
        place = chance.randrange(len(found))
        what = chance.randrange(5)
        if what == 0:
            found[place] ^= 1 << chance.randrange(8)
        elif what == 1:
            found[place] = chance.choice((0, 9, 10, 13, 34, 44, 255, chance.randrange(256)))
        elif what == 2:
            del found[place : place + chance.choice((1, 2, 50))]
        elif what == 3:
            found[place:place] = found[place : place + chance.choice((1, 4, 100))]
        else:
            found[place : place + 4] = chance.choice((b"\xff\xff\xff\x7f", b"\0\0\0\0", b"\xff\xff\xff\xff"))
        if not found:
            break
    return bytes(found[: chance.randrange(len(found))] if found and chance.random() < 0.1 else found)


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("part", [1, *(pytest.param(part, marks=pytest.mark.full) for part in range(2, 12))])
def test_mutated_bytes_end_in_a_table_or_in_one_sentence(tmp_path, kind, part):
    if kind in NEEDS and find_spec(NEEDS[kind]) is None:
        pytest.skip(f"{NEEDS[kind]} is not installed")
    whole = WHOLE[kind](tmp_path)
    chance = random.Random(f"{kind} {part}")
    path, sentences, tables = tmp_path / "mutant.csv", set(), 0
    for _ in range(N_WORKBOOK_MUTANTS if NEEDS.get(kind) == "python_calamine" else N_MUTANTS):
        found = mutant(whole, chance)
        path.write_bytes(with_part(tmp_path, kind, found) if kind in PARTS else found)
        try:
            table = read_file(path)
        except DataError as error:
            sentences.add(str(error))
            continue
        tables += 1
        assert all(len(column.missing) == table.n_rows == len(table.row_lines) for column in table.columns)
    assert [one for one in sentences if "\n" in one or not one.startswith("mutant.csv") or not one.endswith(".")] == []
    assert sentences or tables
