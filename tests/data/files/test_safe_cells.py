"""Cells that a spreadsheet shows and does not run, as CSV and between tabs."""

from __future__ import annotations

import pytest

from regdesk.data.files.safe_cells import csv_bytes, tsv_text


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"),
        (" @SUM(A1)", "' @SUM(A1)"),
        ("-1.5", "-1.5"),
        (-1.5, "-1.5"),
        (1e-300, "1e-300"),
        (0.1 + 0.2, "0.30000000000000004"),
        (None, ""),
        ("a\tb\r\nc\0d", "a b c d"),
        ("\t=1", "' =1"),
        ("plain λ", "plain λ"),
        (True, "True"),
    ],
)
def test_a_cell_between_tabs(cell: object, written: str) -> None:
    assert tsv_text([["x", cell], [1, 2]]) == f"x\t{written}\n1\t2\n"


def test_the_same_words_are_made_safe_in_a_csv() -> None:
    assert csv_bytes([["=1", "-2", None, 0.5]]) == b"'=1,-2,,0.5\r\n"
