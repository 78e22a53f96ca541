"""A row that a mutation has not touched is read as it stands or is told of, whatever became of its neighbours."""

from __future__ import annotations

import csv
import io
import random
import tracemalloc
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from regdesk.data.csv import line_feed
from regdesk.data.csv.reader import read_table
from regdesk.data.csv.table import Column, NumberColumn, Table
from regdesk.data.errors import DataError

BLOCKS, SMALL_BLOCKS = line_feed.BLOCK_BYTES, (100, 400)
N_MUTANTS = 40
MOST_BYTES = 8_000_000
MISSING = ("", "NA")
MARKS = [*b",;\"'\n\r \t.-0x#\\\xff\xc3\0"]
HEADER = ["n", "size", "colour", "day", "ok"]


@dataclass(frozen=True)
class Seed:
    text: str
    delimiter: str
    header: str

    @property
    def n_columns(self) -> int:
        return len(self.header.split(None if self.delimiter == " " else self.delimiter))


def _rows() -> list[list[str]]:
    chance = random.Random(4)
    return [
        [
            str(row),
            f"{chance.gauss(0, 50):.2f}",
            chance.choice(["red", "blue", "dark green"]),
            f"2020-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
            chance.choice(["yes", "no"]),
        ]
        for row in range(5, 45)
    ]


def _seed(rows: list[list[str]], delimiter: str = ",", end: str = "\n", quotes_all: bool = False) -> Seed:
    stream = io.StringIO()
    quoting = csv.QUOTE_ALL if quotes_all else csv.QUOTE_MINIMAL
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerow(HEADER[: len(rows[0])])
    writer.writerows(rows)
    return Seed(stream.getvalue(), delimiter, stream.getvalue().splitlines()[0])


def _seeds() -> dict[str, Seed]:
    rows = _rows()
    plain = _seed(rows)
    aligned = [f"{number:<4}{size:<9}{float(size) * 2:.1f}" for number, size, *_ in rows]
    return {
        "commas": plain,
        "decimal commas": _seed([[one, two.replace(".", ","), *rest] for one, two, *rest in rows], ";"),
        "tabs": _seed(rows, "\t"),
        "pipes": _seed(rows, "|"),
        "all in quotes": _seed(rows, end="\r\n", quotes_all=True),
        "quotes within": _seed([[one, two, f'says "{three}", twice', *rest] for one, two, three, *rest in rows]),
        "missing": _seed([[one, two if int(one) % 4 else "", "NA" if int(one) % 5 == 0 else three, *rest]
                          for one, two, three, *rest in rows]),
        "three decimals": _seed([[two, one, f"{float(two) * 3:.3f}"] for one, two, *_ in rows]),
        "blanks": Seed("x   y     z\n" + "".join(f"{line}\n" for line in aligned), " ", "x   y     z"),
        "title and footer": Seed(f"Sales of the year\n\n{plain.text}\nSource: the office\n", ",", plain.header),
    }  # fmt: skip


SEEDS = _seeds()


def mutant(whole: bytes, chance: random.Random) -> bytes:
    """``whole`` with bits flipped, bytes changed, taken out or put in, and pieces repeated or moved."""
    found = bytearray(whole)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        place, what = chance.randrange(len(found)), chance.randrange(6)
        if what == 0:
            found[place] ^= 1 << chance.randrange(8)
        elif what == 1:
            found[place] = chance.choice(MARKS)
        elif what == 2:
            del found[place : place + chance.choice((1, 1, 2, 10, 60))]
        elif what == 3:
            found.insert(place, chance.choice(MARKS))
        else:
            start = place if what == 4 else chance.randrange(len(found))
            found[place:place] = found[start : start + chance.choice((1, 5, 40, 200))]
    return bytes(found[: chance.randrange(len(found))] if chance.random() < 0.1 else found)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _is_read(column: Column, row: int, cell: str, is_told: bool) -> bool:
    """Whether ``cell`` is what ``column`` has in ``row``; what the column's warnings tell of may be otherwise."""
    if isinstance(column, NumberColumn):
        found = None if column.missing[row] else float(column.numbers[row])
        try:
            wanted: float | str | None = None if cell in MISSING else float(cell.replace(",", "."))
        except ValueError:
            wanted = cell
        return found == wanted or is_told
    word = None if column.missing[row] else column.levels[column.codes[row]]
    return word == (None if cell in MISSING else cell) or is_told


def wrong_cells(seed: Seed, table: Table, lines: list[str]) -> list[str]:
    """Cells of rows that are as they were in ``seed``, and are another in ``table`` without a word."""
    untouched, told = set(_lines(seed.text)), {warning.column for warning in table.warnings}
    found: list[str] = []
    for row, number in enumerate(table.row_lines.tolist()):
        line = lines[number - 1]
        if line not in untouched or line == seed.header:
            continue
        reader = csv.reader([line], delimiter=seed.delimiter, skipinitialspace=True)
        cells = line.split() if seed.delimiter == " " else next(reader)
        found += [
            f"line {number}, {column.name}: {cell}"
            for column, cell in zip(table.columns, cells, strict=True)
            if not _is_read(column, row, cell.strip(), column.name in told)
        ]
    return found


def lost_rows(seed: Seed, table: Table, lines: list[str]) -> list[str]:
    """Rows that are as they were in ``seed``, and are neither in ``table`` nor in a warning."""
    untouched = Counter(_lines(seed.text)[_lines(seed.text).index(seed.header) + 1 :])
    told = " ".join(f"{warning.row} {warning.message}" for warning in table.warnings)
    numbers = set("".join(one if one.isdigit() else " " for one in told).split())
    is_cut = any("left out before" in warning.message for warning in table.warnings)
    loaded = set(table.row_lines.tolist())
    first = min(loaded, default=0)
    return [
        f"line {number}: {line}"
        for number, line in enumerate(lines, 1)
        if line.strip() and line in untouched and number not in loaded and str(number) not in numbers
        and not (is_cut and number < first)
    ]  # fmt: skip


@pytest.mark.parametrize("name", SEEDS)
@pytest.mark.parametrize("part", [1, *(pytest.param(part, marks=pytest.mark.full) for part in range(2, 22))])
def test_what_is_not_touched_is_read_as_it_stands(
    name: str, part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed, chance, path = SEEDS[name], random.Random(f"{name} {part}"), tmp_path / "mutant.csv"
    n_tables, sentences = 0, []
    for number in range(N_MUTANTS):
        # Every other is read as large files are, many rows at once.
        monkeypatch.setattr(line_feed, "BLOCK_BYTES", SMALL_BLOCKS if number % 2 else BLOCKS)
        content = mutant(seed.text.encode(), chance)
        path.write_bytes(content)
        try:
            table = read_table(path)
        except DataError as error:
            sentences.append(str(error))
            continue
        n_tables += 1
        if len(table.columns) != seed.n_columns:
            # The file is read as another one, which is told of as a whole.
            assert any(warning.column is None for warning in table.warnings), content
            continue
        lines = _lines(content.decode(table.dialect.encoding, "replace"))
        assert wrong_cells(seed, table, lines) == [], (content, table.warnings)
        assert lost_rows(seed, table, lines) == [], (content, table.warnings)
    assert n_tables > N_MUTANTS // 10
    assert [one for one in sentences if not one.startswith("mutant.csv") or "\n" in one] == []


@pytest.mark.parametrize("piece", [b'"', b"a", b",", b"\n", b"\r", b'",', b"1,", b"'", b"\\", b" ", b"#\n", b";\n,"])
def test_a_piece_that_is_repeated_takes_no_more_memory_than_its_text(piece: bytes, tmp_path: Path) -> None:
    path = tmp_path / "repeated.csv"
    path.write_bytes(b"a,b\n1,2\n" + piece * (20_000 // len(piece)) + b"\n3,4\n")
    tracemalloc.start()
    try:
        read_table(path)
    except DataError:
        pass
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < MOST_BYTES
