"""Rows that are read in blocks are bit for bit what they are one by one, with the same warnings or the same refusal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.columns import column_builder
from regdesk.data.csv import line_feed, lines
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.plain_blocks import PlainBlock, RowForm, plain_block
from regdesk.data.csv.reader import read_table
from regdesk.data.csv.table import NumberColumn
from regdesk.data.errors import DataError

N_TABLES = 400

Maker = Callable[[np.random.Generator, int], list[str]]


def _chosen(words: Sequence[str]) -> Maker:
    return lambda generator, n_rows: [words[place] for place in generator.integers(len(words), size=n_rows).tolist()]


def _numbers(form: str, scale: float = 100.0) -> Maker:
    return lambda generator, n_rows: [form % value for value in (scale * generator.normal(size=n_rows)).tolist()]


def _digits(generator: np.random.Generator, n_rows: int) -> list[str]:
    return ["".join(map(str, generator.integers(10, size=generator.integers(1, 22)).tolist())) for _ in range(n_rows)]


def _fractions(generator: np.random.Generator, n_rows: int) -> list[str]:
    return [f"{cell[: len(cell) // 2]}.{cell[len(cell) // 2 :]}" for cell in _digits(generator, n_rows)]


COLUMNS: tuple[Maker, ...] = (
    *(_numbers("%.6f"), _numbers("%r"), _numbers("%.3f"), _numbers("%.0f"), _numbers("%.2e"), _numbers("%g", 1e-7)),
    *(_digits, _fractions, _numbers("%.0f", 2.0**54), _numbers("%05.0f"), _chosen(("0", "1")), _numbers("%+.1f")),
    *(_chosen(("red", "green", "a b", "it's", "Köln", "")), _chosen(("yes", "no"))),
    _chosen(("2024-01-05", "2023-12-31")),
    *(_chosen(("1.234", "12.345", "123.456")), _chosen(("1", "2", "", "NA")), _chosen(("", " ", "\t"))),
    *(_chosen(("007", "012", "120")), _chosen(("1.5", "2,5", "3")), _chosen(("-9", "-0", "-", "5", ".", "5.", ".5"))),
    lambda generator, n_rows: [f"word {number} of many, and a long one" * 3 for number in range(n_rows)],
    *(_chosen(('say "so"', '"', "", "a", "two\nlines", "a,b;c")), _numbers("%.18e"), _numbers("%E", 1e9)),
    _chosen(("1e5", "1e-300", "1e400", "2e", "e5", "1e+05", "1.e5", "-1E2", "1e22", "123456789e15", "00012e1")),
    *(_chosen(("0" * 300, "1", "0." + "0" * 30 + "1")), _numbers("%.25f")),
    lambda generator, n_rows: [str(number) for number in range(n_rows)],
    # Few of them may be names: the first is mostly in a later block.
    lambda generator, n_rows: ["12e3" if is_name else "45" for is_name in generator.random(n_rows) < 0.04],
)  # fmt: skip


def _some_missing(generator: np.random.Generator, cells: list[str]) -> list[str]:
    word = ("", "NA", "-", "?", " ", "-999", "x")[generator.integers(7)]
    share = (0.0, 0.0, 0.05, 0.6)[generator.integers(4)]
    return [
        word if is_missing else cell
        for cell, is_missing in zip(cells, generator.random(len(cells)) < share, strict=True)
    ]


def _disturbed(generator: np.random.Generator, lines: list[str], delimiter: str) -> list[str]:
    """``lines`` with something between or in them that is no plain row."""
    odd = (
        *("", "# a comment", delimiter * (lines[0].count(delimiter)), lines[0], f"1{delimiter}2", "Total" + lines[0]),
        *('"open', 'a "b" c', "x\ry", f' {delimiter} "q"', "-" * 9, "tail\x00", "<<<<<<< HEAD"),
        *(lines[-1] + delimiter, lines[-1].replace("1", '"1"'), f'"a{delimiter}b"' + lines[-1], '"' + lines[-1] + '"'),
        *("\u2028", f"\u00a0{delimiter}", "   ", f" {delimiter} "),
    )  # fmt: skip
    place = int(generator.integers(1, len(lines) + 1))
    return [*lines[:place], odd[generator.integers(len(odd))], *lines[place:]]


def _file(seed: int) -> tuple[bytes, ReadingOptions]:
    generator = np.random.default_rng(seed)
    n_rows, n_columns = int(generator.integers(3, 60)), int(generator.integers(1, 6))
    delimiter = ",;\t|"[generator.integers(4)]
    quoting = generator.integers(4)

    def written(cell: str) -> str:
        if quoting == 3 and delimiter != "," and not cell.isascii():
            cell = cell.replace(".", ",")
        needs = delimiter in cell or '"' in cell or (quoting == 1) or (quoting == 2 and not cell[-1:].isdigit())
        return '"' + cell.replace('"', '""') + '"' if needs else cell

    columns = [
        _some_missing(generator, COLUMNS[generator.integers(len(COLUMNS))](generator, n_rows)) for _ in range(n_columns)
    ]
    if delimiter == ";" and generator.random() < 0.5:
        columns = [[cell.replace(".", ",") for cell in column] for column in columns]
    names = [("x", "size", "a name", "1999")[generator.integers(4)] + str(number) for number in range(n_columns)]
    rows = [names, *zip(*columns, strict=True)]
    lines = [delimiter.join(map(written, row)) for row in rows]
    if generator.random() < 0.1:
        lines = [line + delimiter for line in lines]
    for _ in range(generator.integers(3)):
        lines = _disturbed(generator, lines, delimiter)
    end = ("\n", "\n", "\r\n", "\r")[generator.integers(4)]
    content = (end.join(lines) + end * generator.integers(3)).encode(
        ("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "shift-jis")[generator.integers(6)], "replace"
    )
    if generator.random() < 0.05:
        place = int(generator.integers(len(content)))
        content = content[:place] + b"\xff" + content[place:]
    options = ReadingOptions(
        decimal=(None, None, None, ".", ",")[generator.integers(5)],
        missing_words=(None, None, ("NA", "-999"))[generator.integers(3)],
        quote=(None, None, None, "none")[generator.integers(4)],
        kinds=((), (), (), ((names[0], ("numeric", "categorical", "text")[generator.integers(3)]),))[
            generator.integers(4)
        ],
    )
    return content, options


def _answer(path: Path, options: ReadingOptions) -> list[object]:
    """All that a reading gives, so that equal answers are equal to the last bit; or its refusal."""
    try:
        table = read_table(path, options)
    except DataError as error:
        return [str(error)]
    columns: list[object] = [table.dialect, table.warnings, table.row_lines.tolist(), table.digest]
    for column in table.columns:
        columns.append((column.name, column.kind, column.missing.tolist(), column.levels, column.distinct))
        if isinstance(column, NumberColumn):
            columns.append((column.numbers.tobytes(), column.number_form, column.missing_words))
        else:
            columns.append((column.codes.tolist(), column.missing_words))
    return columns


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LEAST_BYTES", 0)
    monkeypatch.setattr(line_feed, "BLOCK_BYTES", (40, 90, 400))
    monkeypatch.setattr(column_builder, "SPELLINGS_KEPT", 4)


def _taken(path: Path, options: ReadingOptions, monkeypatch: pytest.MonkeyPatch) -> tuple[list[object], int]:
    """The answer with blocks, and how many blocks were taken."""
    n_taken = []

    def counted(lines: bytes, form: RowForm, encoding: str) -> PlainBlock | None:
        found = plain_block(lines, form, encoding)
        n_taken.append(found is not None)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(line_feed, "plain_block", counted)
        return _answer(path, options), sum(n_taken)


@pytest.mark.parametrize("n_tables", [150, pytest.param(N_TABLES, marks=pytest.mark.full)])
def test_blocks_give_what_rows_give(
    n_tables: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_blocks: None
) -> None:
    path = tmp_path / "t.csv"
    n_files = 0
    for seed in range(n_tables):
        content, options = _file(seed)
        path.write_bytes(content)
        found, n_taken = _taken(path, options, monkeypatch)
        n_files += n_taken > 0
        with monkeypatch.context() as patch:
            patch.setattr(Layout, "is_as_written", False)
            assert found == _answer(path, options), (seed, options, content)
    assert n_files > n_tables // 3
