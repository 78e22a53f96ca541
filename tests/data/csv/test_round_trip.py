"""Random tables, written in random dialects, come back as they were, or are refused; nothing is silently another."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from csv_corpus import Cell, cells_of

from regdesk.data.csv.reader import read_table

N_TABLES = 150
WORDS = ("red", "dark blue", "it's", 'say "so"', "a, b", "x;y", "Köln", "pipe|line", "O'Neill", "3rd", "-", "tab\there")


def random_column(
    generator: np.random.Generator, n_rows: int, comma: bool, n_kinds: int
) -> tuple[list[str], list[Cell]]:
    """Cells as they are written, and what they are; of the first three kinds none is missing."""
    kind = generator.integers(n_kinds)
    if kind == 0:
        numbers = generator.integers(-999, 1000, n_rows).tolist()
        return [str(number) for number in numbers], [float(number) for number in numbers]
    if kind == 1:
        numbers = generator.normal(size=n_rows).round(3).tolist()
        texts = [f"{number:.3f}" for number in numbers]
        return [text.replace(".", ",") if comma else text for text in texts], [float(text) for text in texts]
    if kind == 2:
        words = [WORDS[place] for place in generator.integers(len(WORDS) - 3, size=n_rows).tolist()]
        return words, list(words)
    numbers = generator.normal(size=n_rows).round(2).tolist()
    is_missing = generator.random(n_rows) < 0.3
    is_missing[:2] = False
    texts = ["" if missing else f"{number:.2f}" for number, missing in zip(numbers, is_missing, strict=True)]
    cells: list[Cell] = [float(text) if text else None for text in texts]
    return [text.replace(".", ",") if comma else text for text in texts], cells


def random_file(seed: int) -> tuple[bytes, dict[str, list[Cell]], str]:
    """A file, what it holds, and its dialect in words."""
    generator = np.random.default_rng(seed)
    n_rows, n_columns = int(generator.integers(5, 40)), int(generator.integers(2, 7))
    delimiter = ",;\t|"[generator.integers(4)]
    comma = delimiter != "," and generator.random() < 0.3
    written, columns = [], {}
    for number in range(n_columns):
        texts, cells = random_column(generator, n_rows, comma, 4 if number else 3)
        written.append(texts)
        columns[f"name {number}" if generator.random() < 0.2 else f"n{number}"] = cells
    form: dict[str, Any] = {
        "delimiter": delimiter,
        "lineterminator": ("\n", "\r\n")[generator.integers(2)],
        "quoting": (csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC)[generator.integers(3)],
    }
    stream = io.StringIO()
    preamble = generator.random() < 0.2 and n_columns > 1
    if preamble:
        stream.write("A title of the table\n\n")
    writer = csv.writer(stream, **form)
    writer.writerow(columns)
    writer.writerows(zip(*written, strict=True))
    encoding = ("utf-8", "utf-8-sig", "utf-16", "cp1252")[generator.integers(4)]
    return stream.getvalue().encode(encoding), columns, f"{form}, {encoding}, title: {preamble}"


@pytest.mark.parametrize("seed", range(N_TABLES))
def test_a_table_comes_back_as_it_was_written(seed: int, tmp_path: Path) -> None:
    content, columns, dialect = random_file(seed)
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    found = cells_of(read_table(path))
    assert list(found) == list(columns), dialect
    for name, cells in columns.items():
        assert found[name] == cells, (dialect, name)
        assert not any(isinstance(cell, float) and math.isnan(cell) for cell in found[name])
