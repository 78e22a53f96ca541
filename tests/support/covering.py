"""Covering arrays: of a product of options so few cases that every pair of values still occurs in one of them.

A fault that needs two options to show is found by them as by the full product, whose other cases carry the mark
``full`` (``pytest -m full`` runs them). Three options that have failed together once are named, and then every triple
of their values occurs as well. The cases are found greedily, after Cohen, Dalal, Fredman and Patton, "The AETG system"
(IEEE Trans. Softw. Eng. 23, 1997). Nothing is drawn, so that a test has the same cases wherever it runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, product

import pytest

Row = tuple[int, ...]
_Part = tuple[tuple[int, int], ...]
"""Some factors' numbers, each with the number of its value."""


def covering_rows(n_values: Sequence[int], together: Sequence[Sequence[int]] = ()) -> list[Row]:
    """Rows of value numbers, one a factor, in which every pair of values of any two factors occurs.

    ``n_values`` says how many values each factor has. Of the factors whose numbers stand in one member of ``together``
    every combination of values occurs. Where a factor has no value there is no row.
    """
    if 0 in n_values:
        return []
    missing = _parts(n_values, together)
    rows = []
    while missing:
        rows.append(_best_row(n_values, missing))
        missing -= _parts_of(rows[-1], missing)
    return rows


def _parts(n_values: Sequence[int], together: Sequence[Sequence[int]]) -> set[_Part]:
    sets = {*combinations(range(len(n_values)), min(2, len(n_values))), *(tuple(sorted(group)) for group in together)}
    # What is part of a larger set occurs with it.
    largest = [one for one in sets if not any(set(one) < set(other) for other in sets)]
    return {
        tuple(zip(factors, values, strict=True))
        for factors in largest
        for values in product(*(range(n_values[factor]) for factor in factors))
    }


def _parts_of(row: Row, parts: set[_Part]) -> set[_Part]:
    return {part for part in parts if all(row[factor] == value for factor, value in part)}


def _best_row(n_values: Sequence[int], missing: set[_Part]) -> Row:
    """The row that has the first of the longest missing parts, and else, factor by factor, the value of most others."""
    chosen = dict(min(missing, key=lambda part: (-len(part), part)))
    while len(chosen) < len(n_values):
        # How many missing parts would be whole, and how many nearly, with this value of this factor.
        gains = {
            (factor, value): [0] * len(n_values)
            for factor in range(len(n_values))
            if factor not in chosen
            for value in range(n_values[factor])
        }
        for part in missing:
            if any(chosen.get(factor, value) != value for factor, value in part):
                continue
            open_places = [place for place in part if place[0] not in chosen]
            for place in open_places:
                gains[place][len(open_places) - 1] += 1
        factor, value = max(gains, key=lambda place: (gains[place], -place[0], -place[1]))
        chosen[factor] = value
    return tuple(chosen[factor] for factor in range(len(n_values)))


def covered(*, together: Sequence[Sequence[str]] = (), **factors: Iterable[object]) -> pytest.MarkDecorator:
    """Parametrize a test with a covering array of ``factors``; the other cases of their product are marked ``full``.

    Raises ValueError where ``together`` names what is no factor.
    """
    names = list(factors)
    values = [list(one) for one in factors.values()]
    numbers = [[names.index(name) for name in group] for group in together]
    n_values = [len(one) for one in values]
    rows = covering_rows(n_values, numbers)
    others = sorted({*product(*map(range, n_values))} - {*rows})

    def cases(which: Sequence[Row], *marks: pytest.MarkDecorator) -> list[object]:
        return [pytest.param(*(values[i][number] for i, number in enumerate(row)), marks=marks) for row in which]

    return pytest.mark.parametrize(names, [*cases(rows), *cases(others, pytest.mark.full)])
