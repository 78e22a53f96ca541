"""Printed tables against what the solvers find, and what is said where a number differs."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from regdesk.core.published.finding import find_again
from regdesk.core.published.tables import LARS_KNOTS, LONGLEY, PUBLISHED_RESULTS
from regdesk.core.published.values import FoundRow, PrintedRow, compared, summary_of
from regdesk.core.reading_options import ReadingOptions
from regdesk.core.types import DataSettings
from regdesk.data.source import Source
from regdesk.resources import resource_file
from regdesk.tasks.loading import load


def dataset_of(result):
    kind, name = ("samples", f"{result.sample}.csv") if result.sample else ("published", result.file)
    file = resource_file(kind, name)
    assert isinstance(file, Path)
    settings = DataSettings(target=result.target, features=result.features, validation_fraction=0.0)
    return load(Source.of_file(file, ReadingOptions()), settings, 0, lambda: False).dataset


@pytest.mark.parametrize("result", PUBLISHED_RESULTS, ids=lambda result: result.name)
def test_every_printed_number_is_found_again(result):
    rows = find_again(result, dataset_of(result))
    assert [row.found.label for row in rows] == [row.label for row in result.rows]
    assert [row.found.value for row in rows] == pytest.approx(
        [row.value for row in result.rows], rel=result.relative_tolerance
    )
    assert all(row.agrees for row in rows)
    worst = max(abs(row.found.value / row.printed.value - 1) for row in rows)
    expected = f"All {len(rows)} numbers agree with the printed ones, at most {worst:.0e} of their size apart."
    assert summary_of(rows) == expected


def test_the_certified_digits_are_those_of_nist_and_not_ours():
    """Exact rational arithmetic on the rows of the file gives the certified values, to all their digits."""
    data = dataset_of(LONGLEY)
    rows = [[Fraction(1), *(Fraction(repr(float(cell))) for cell in row)] for row in data.inputs]
    targets = [Fraction(int(value)) for value in data.targets]
    size = len(rows[0])
    system = [
        [sum(row[i] * row[j] for row in rows) for j in range(size)]
        + [sum(row[i] * target for row, target in zip(rows, targets, strict=True))]
        for i in range(size)
    ]
    for pivot in range(size):
        system[pivot] = [value / system[pivot][pivot] for value in system[pivot]]
        for other in set(range(size)) - {pivot}:
            factor = system[other][pivot]
            system[other] = [a - factor * b for a, b in zip(system[other], system[pivot], strict=True)]
    exact = [float(line[-1]) for line in system]
    assert exact == pytest.approx([row.value for row in LONGLEY.rows], rel=1e-14)


def test_a_number_that_differs_or_is_missing_is_not_the_same():
    found = [FoundRow(row.label, row.value) for row in LARS_KNOTS.rows]
    assert all(row.agrees for row in compared(LARS_KNOTS, found))
    moved = replace(found[3], value=found[3].value * (1 + 2 * LARS_KNOTS.relative_tolerance))
    renamed = replace(found[5], label="age_years enters")
    rows = compared(LARS_KNOTS, [*found[:3], moved, found[4], renamed, *found[6:11]])
    assert [number for number, row in enumerate(rows) if not row.agrees] == [3, 5, 11]
    assert rows[11].found is None
    assert summary_of(rows) == "9 of 12 numbers agree with the printed ones."


def test_printed_numbers_keep_their_digits():
    assert PrintedRow("year", "1829.15146461355").value == 1829.15146461355
    assert len({result.name for result in PUBLISHED_RESULTS}) == len(PUBLISHED_RESULTS)
    assert all(np.isfinite(row.value) for result in PUBLISHED_RESULTS for row in result.rows)
