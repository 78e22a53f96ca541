"""When a number agrees with a printed one, what is said of all, and that printed tables are whole."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from regdesk.core.published.nist_tables import FILIP, LONGLEY, NORRIS, WAMPLER
from regdesk.core.published.tables import LARS_KNOTS, PUBLISHED_RESULTS
from regdesk.core.published.values import FoundRow, compared, summary_of


def found_rows(share: float) -> list[FoundRow]:
    return [FoundRow(row.label, row.value * (1.0 + share)) for row in WAMPLER.rows]


def test_a_number_agrees_within_its_tolerance_and_under_its_own_label() -> None:
    rough = replace(WAMPLER, relative_tolerance=0.25)
    assert all(row.agrees for row in compared(rough, found_rows(0.25)))
    assert all(row.agrees for row in compared(rough, found_rows(-0.25)))
    assert not any(row.agrees for row in compared(rough, found_rows(0.2500001)))
    moved = [FoundRow("other", one.value) for one in found_rows(0.0)]
    assert not any(row.agrees for row in compared(rough, moved))
    short = compared(rough, found_rows(0.0)[:2])
    assert [row.agrees for row in short] == [True, True, False, False, False, False]
    assert short[2].found is None


@pytest.mark.parametrize(
    ("share", "n_found", "sentence"),
    [
        (0.0, 6, "All 6 numbers agree with the printed ones."),
        (0.125, 6, "All 6 numbers agree with the printed ones, at most 1e-01 of their size apart."),
        (0.0, 4, "4 of 6 numbers agree with the printed ones."),
        (9.0, 6, "0 of 6 numbers agree with the printed ones."),
    ],
)
def test_the_sentence_counts(share: float, n_found: int, sentence: str) -> None:
    rough = replace(WAMPLER, relative_tolerance=0.25)
    assert summary_of(compared(rough, found_rows(share)[:n_found])) == sentence


def test_each_table_has_as_many_digits_as_it_promises() -> None:
    """A tolerance above what is kept by 64 bits and below what anybody would call agreement."""
    for one in PUBLISHED_RESULTS:
        assert 1e-12 < one.relative_tolerance < 1e-3, one.name
        assert all(math.isfinite(row.value) and row.value != 0.0 for row in one.rows)
        n_terms = {"filip": 11, "wampler4": 6, "longley": 7, "norris": 2, "diabetes-lars": 12}[one.name]
        assert len(one.rows) == n_terms
    assert [one.lam for one in (NORRIS, LONGLEY, WAMPLER, FILIP)] == [0.0] * 4, "without a penalty"
    assert (WAMPLER.degree, FILIP.degree, LARS_KNOTS.lam > 0.0) == (5, 10, True)
    assert {one.label for one in FILIP.rows} == {
        "(intercept)",
        "x",
        *(f"x^{power}" for power in range(2, FILIP.degree + 1)),
    }
