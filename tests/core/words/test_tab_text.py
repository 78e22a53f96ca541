"""What is copied for a spreadsheet stays in its cells, and nothing in it is run."""

from __future__ import annotations

import pytest

from regdesk.core.words.tab_text import tab_separated


def test_numbers_are_whole_and_cells_stay_apart():
    assert tab_separated([["a", 0.1], ["b\tc\nd", -1e-300]]) == "a\t0.1\nb\\tc\\nd\t-1e-300\n"


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-x", "@SUM(A1)", "  =x", "＝x"])
def test_no_word_is_run(text):
    assert tab_separated([[text]]) == f"'{text}\n"
