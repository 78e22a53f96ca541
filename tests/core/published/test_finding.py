"""Printed tables against what the solvers find, and what is said where a number differs."""

from __future__ import annotations

import csv
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from exact_fractions import exact_solution

from regdesk.core.published.finding import find_again
from regdesk.core.published.nist_tables import NIST_RESULTS
from regdesk.core.published.tables import LARS_KNOTS, PUBLISHED_RESULTS
from regdesk.core.published.values import FoundRow, PrintedRow, compared, summary_of
from regdesk.core.reading_options import ReadingOptions
from regdesk.core.types import DataSettings
from regdesk.data.samples import published_path
from regdesk.data.source import Source
from regdesk.resources import resource_file
from regdesk.tasks.loading import load


def dataset_of(result):
    kind, name = ("samples", f"{result.sample}.csv") if result.sample else ("published", result.file)
    file = resource_file(kind, name)
    assert isinstance(file, Path)
    settings = DataSettings(
        target=result.target, features=result.features, degree=result.degree, validation_fraction=0.0
    )
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


@pytest.mark.parametrize("result", NIST_RESULTS, ids=lambda result: result.name)
def test_the_certified_digits_are_those_of_nist_and_not_ours(result):
    """Exact rational arithmetic on the text of the file gives the certified values, to all their digits."""
    with published_path(result.file).open(encoding="utf-8") as file:
        cells = list(csv.DictReader(file))
    rows = [
        [Fraction(1), *(Fraction(row[name]) ** power for name in result.features for power in powers_of(result))]
        for row in cells
    ]
    targets = [Fraction(row[result.target]) for row in cells]
    size = len(rows[0])
    products = [[sum(row[i] * row[j] for row in rows) for j in range(size)] for i in range(size)]
    right = [sum(row[i] * target for row, target in zip(rows, targets, strict=True)) for i in range(size)]
    exact = [float(value) for value in exact_solution(products, right)]
    assert exact == pytest.approx([row.value for row in result.rows], rel=1e-14)


def powers_of(result):
    return range(1, result.degree + 1)


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
