"""Words that rules pass over are words for every rule that would look at them."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from regdesk.data.columns import word_cells as module
from regdesk.data.columns.kinds import is_truth_word
from regdesk.data.columns.number_formats import shape_of
from regdesk.data.columns.word_cells import sure_words
from regdesk.data.csv.reader import read_table
from regdesk.data.dates.formats import may_be_date

PARTS = (
    *("AUD", "CHF", "US$", "R$", "Fr.", "kr", "Rs", "zł", "Ft", "kg", "m", "°C", "%", "in", "hrs", "mg/dl"),
    *("jan", "Feb", "Q1", "P1", "PT", "T", "Mon", "January", "pm", "ca.", "approx", "over", "Under", "about"),
    *("yes", "verdadeiro", "K", "a", "x", "E", "e", "NaN", "inf", "2020", "12:30", "1,234.5", "a long word of text"),
    *" .,-/:0123456789()%#+$é_",
)


def test_no_rule_would_take_a_sure_word_for_anything() -> None:
    generator = random.Random(1)
    cells = ["".join(generator.choices(PARTS, k=generator.randint(1, 6))).strip() for _ in range(60_000)]
    found = sure_words(cells)
    assert 0.05 < found.mean() < 0.5
    for cell in np.array(cells, object)[found].tolist():
        assert shape_of(cell) is None, cell
        assert not may_be_date(cell), cell
        assert not is_truth_word(cell), cell


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["K{n}", "12 kg", "3 kg"], ""),
        (["12.5", "-3", "7", "{n}", "K1 of 2"], "not a number"),
        (["2024-01-0{d}", "2023-1{d}-01", "2022-0{d}-1{d}", "no date, and no other thing"], "are dates in the form"),
        (["<5", "<{n}", "sample {n} of them"], ""),
        (["00{d}", "words of many letters", "01{d}"], ""),
        (["yes", "no", "yes", "no", "yes", "no", "yes", "no", "yes", "no", "perhaps, or not"], "yes and no"),
        (["1-2", "3-4", "2-Jan", "some longer words"], "spreadsheet"),
        (["a long text, number {n}, of many words", "and another one of them"], ""),
    ],
    ids=["units", "numbers", "dates", "bounds", "codes", "truth", "turned", "text"],
)
def test_a_column_is_the_same_without_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cells: list[str], told: str
) -> None:
    path = tmp_path / "t.csv"
    rows = [cells[place % len(cells)].format(n=place, d=place % 9 + 1) for place in range(60)]
    path.write_text("x;y\n" + "".join(f"{cell};{place % 3}\n" for place, cell in enumerate(rows)))
    wanted = read_table(path)
    monkeypatch.setattr(module, "FEW", 0)
    found = read_table(path)
    assert (found.warnings, found.columns[0].kind, found.columns[0].levels) == (
        (wanted.warnings, wanted.columns[0].kind, wanted.columns[0].levels)
    )
    assert told in " ".join(warning.message for warning in found.warnings)
