"""How a file ends: cut off in its last row, or with a row that is no row, read line by line and in blocks."""

from __future__ import annotations

from pathlib import Path

import pytest

from regdesk.data.csv import lines
from regdesk.data.csv.reader import read_table

N_ROWS = 9000
"""More than the first block has."""
LABELS = ("setosa", "virginica")
ROWS = [
    (
        row,
        f"{row * 37 % 1000 / 8:.3f}",
        f"{row * 13 % 997 / 4:.2f}",
        LABELS[row % 2],
        f"2024-03-{row % 28 + 1:02d} 10:{row % 60:02d}",
        f"{row % 19 + 10}.{row % 12 + 1:02d}.2024",
    )
    for row in range(N_ROWS)
]
SUMS = tuple(f"{sum(float(row[place]) for row in ROWS):.3f}" for place in (1, 2))


def text_of(order: tuple[int, ...], last: str) -> str:
    """The rows with their cells in this ``order`` below names, and then what is ``last``."""
    names = ("id", "x", "y", "label", "seen", "day")
    return "".join(",".join(str(row[place]) for place in order) + "\n" for row in (names, *ROWS)) + last


@pytest.mark.parametrize("least_bytes", [0, 1 << 40])
@pytest.mark.parametrize(
    ("order", "last", "told"),
    [
        ((0, 3, 1, 2), "9000,setosa,1.500,3.25", ""),
        ((0, 3, 1, 2), "9000,setosa,1.500,3.2", "its last number, '3.2', has fewer decimals than all others"),
        ((0, 3, 1, 2), "9000,setosa,1.500,", "its last cell is empty, as in no other row"),
        ((0, 3, 1, 2), "9000,setosa,1.500,3.2\n", ""),
        ((0, 1, 2, 3), "9000,1.500,3.25,setosa", ""),
        ((0, 1, 2, 3), "9000,1.500,3.25,seto", "its last cell, 'seto', is the beginning of 'setosa'"),
        ((0, 1, 2, 3), "9000,1.500,3.25,versicolor", ""),
        ((0, 1, 4), "9000,1.500,2024-03-14 10:1", "its last cell, '2024-03-14 10:1', is shorter than all others"),
        ((0, 1, 4), "9000,1.500,2024-03-14", "its last cell, '2024-03-14', is shorter than all others"),
        ((0, 1, 4), "9000,1.500,2024-03-14 10:15", ""),
        ((0, 1, 4), "9000,1.500,2024-03-14\n", ""),
        ((0, 1, 5), "9000,1.500,9.12.2024", ""),
        ((0, 3, 1, 2), f",Σ,{SUMS[0]},{SUMS[1]}\n", "the sums of the rows above it (x, y)"),
        ((3, 1, 2), f"Samtliga,{SUMS[0]},{SUMS[1]}\n", "the sums of the rows above it (x, y)"),
        ((3, 1, 2), f"setosa,{SUMS[0]},{SUMS[1]}\n", ""),
    ],
)
def test_what_is_odd_about_the_last_row_is_told(
    least_bytes: int, order: tuple[int, ...], last: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "LEAST_BYTES", least_bytes)
    path = tmp_path / "rows.csv"
    path.write_text(text_of(order, last), encoding="utf-8")
    table = read_table(path)
    assert table.n_rows == N_ROWS + 1
    found = [(warning.row, warning.message) for warning in table.warnings]
    assert [row for row, _ in found] == [N_ROWS + 2] * bool(told)
    assert all(told in message for _, message in found), found


@pytest.mark.parametrize("least_bytes", [0, 1 << 40])
@pytest.mark.parametrize(
    ("place", "odd", "last", "n_rows", "lines"),
    [
        (6000, "...,...,...", "", N_ROWS, [6002]),
        (6000, "…,…,…", "", N_ROWS, [6002]),
        (5000, "Total,1.000,2.00", "Total,3.000,4.00\n", N_ROWS + 1, [N_ROWS + 3, 5002]),
        (N_ROWS, "Source: the office,1.000,2.00", "", N_ROWS, [N_ROWS + 2]),
        (6000, "Note: see there,1.000,2.00", "Note: and here,3.000,4.00\n", N_ROWS + 2, []),
        (8500, "Total,1.000,2.00", "Total,3.000,4.00\n", N_ROWS + 1, [N_ROWS + 3, 8502]),
    ],
)
def test_what_is_odd_in_the_middle_of_a_long_file_is_the_same_in_blocks(
    least_bytes: int,
    place: int,
    odd: str,
    last: str,
    n_rows: int,
    lines: list[int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("regdesk.data.csv.lines.LEAST_BYTES", least_bytes)
    written = text_of((3, 1, 2), last).splitlines(keepends=True)
    path = tmp_path / "rows.csv"
    path.write_text("".join([*written[: place + 1], odd + "\n", *written[place + 1 :]]), encoding="utf-8")
    table = read_table(path)
    assert table.n_rows == n_rows
    assert [warning.row for warning in table.warnings] == lines
