"""Files of very many rows: what they need is said before they are read, and a sample of them is drawn."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.csv import line_feed, lines, size_estimate
from regdesk.data.csv.reader import read_table
from regdesk.data.csv.size_estimate import estimate_size
from regdesk.data.csv.table import DrawnRows, NumberColumn, WordColumn
from regdesk.data.errors import DataError

N_ROWS = 5_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data.csv"
    generator = np.random.default_rng(1)
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["place", "word", "size"])
        for place, size in enumerate(generator.normal(size=N_ROWS).tolist()):
            writer.writerow([place * 3 + 5, f"w{place % 7}", size])
        writer.writerow(["Total", "", 1.0])
    return path


@pytest.mark.parametrize("least_bytes", [0, 10**9], ids=["in blocks", "one by one"])
def test_a_sample_has_the_rows_of_its_seed(file: Path, monkeypatch: pytest.MonkeyPatch, least_bytes: int) -> None:
    monkeypatch.setattr(lines, "LEAST_BYTES", least_bytes)
    monkeypatch.setattr(line_feed, "BLOCK_BYTES", (2_000, 20_000))
    whole = read_table(file)
    rows = np.sort(np.random.default_rng(4).choice(N_ROWS, 700, replace=False, shuffle=False))
    shares: list[float] = []
    found = read_table(file, ReadingOptions(sample_rows=700, sample_seed=4), shares.append)
    assert found.row_lines.tolist() == whole.row_lines[rows].tolist()
    assert found.drawn == DrawnRows(N_ROWS, 4)
    assert whole.drawn is None
    assert "700 of 5,000 rows were drawn, with seed 4" in found.warnings[-1].message
    assert found.digest == whole.digest
    for column, other in zip(found.columns, whole.columns, strict=True):
        if isinstance(column, NumberColumn) and isinstance(other, NumberColumn):
            assert column.numbers.tolist() == other.numbers[rows].tolist()
        else:
            assert isinstance(column, WordColumn)
            assert [column.levels[code] for code in column.codes.tolist()] == [
                other.levels[code] for code in other.codes[rows].tolist()
            ]
    assert shares == sorted(shares)
    assert (
        read_table(file, ReadingOptions(sample_rows=700, sample_seed=5)).row_lines.tolist() != found.row_lines.tolist()
    )


@pytest.mark.parametrize("least_bytes", [0, 10**9], ids=["in blocks", "one by one"])
def test_progress_never_goes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, least_bytes: int) -> None:
    monkeypatch.setattr(lines, "LEAST_BYTES", least_bytes)
    monkeypatch.setattr(line_feed, "BLOCK_BYTES", (2_000, 20_000))
    path = tmp_path / "data.csv"
    # A word far below, and marks that may be ones of thousands: both columns are read again.
    rows = [f"{row};{row % 900 + 1}.{row % 7}00;{row},5\n" for row in range(N_ROWS)]
    path.write_text("a;b;c\n" + "".join(rows) + "none so far;1.200;1,5\n")
    shares: list[float] = []
    assert read_table(path, progress=shares.append).n_rows == N_ROWS + 1
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    # Before the first rows are there it is asked several times whether to go on.
    assert np.diff([share for share in shares if share]).max() < 0.3


def test_of_fewer_rows_than_are_wanted_all_are_read(file: Path) -> None:
    found = read_table(file, ReadingOptions(sample_rows=N_ROWS))
    assert found.n_rows == N_ROWS
    assert found.drawn is None
    assert not any("drawn" in warning.message for warning in found.warnings)


def test_a_row_that_is_not_drawn_is_refused_all_the_same(file: Path) -> None:
    text = file.read_bytes().split(b"\r\n")
    text[4_000] += b",5"
    file.write_bytes(b"\r\n".join(text))
    with pytest.raises(DataError, match="line 4001: this row has 4 cells"):
        read_table(file, ReadingOptions(sample_rows=1))


def test_what_a_large_file_needs_is_estimated(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert estimate_size(file, ReadingOptions()) is None
    monkeypatch.setattr(size_estimate, "LEAST_BYTES", 0)
    monkeypatch.setattr(size_estimate, "HEAD_BYTES", 10_000)
    found = estimate_size(file, ReadingOptions())
    assert found is not None
    assert found.n_columns == 3
    assert abs(found.n_rows - N_ROWS) < 0.1 * N_ROWS
    assert not found.is_large
    monkeypatch.setattr(size_estimate, "MANY_ROWS", 4_000)
    assert found.is_large
    assert found.needs.startswith("there are about 5,")
    assert "00 rows and 3 columns, and to read them takes about 0.1 GB of memory and some seconds" in found.needs
    file.write_bytes(file.read_bytes().decode().encode("utf-16"))
    wide = estimate_size(file, ReadingOptions())
    assert wide is not None
    assert abs(wide.n_rows - N_ROWS) < 0.1 * N_ROWS
    assert estimate_size(file.parent, ReadingOptions()) is None
