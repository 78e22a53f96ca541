"""Columns that say the same: copies, the same numbers in another scale, the same labels under other names.

Candidates are found in a sample of rows, so that the cost grows with the cells and not with pairs of columns; what is
said of two columns has been compared in every row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s, Integers
from regdesk.data.columns.columns_together import together
from regdesk.data.csv.table import Column, NumberColumn, WordColumn
from regdesk.data.health.sample import sampled

Relation = Literal["copy", "opposite", "scale", "recoding"]
LEAST_ROWS = 20
"""In fewer, two columns of zeros and ones may be alike by chance."""
_MOST_CODES = 50
_TOLERANCE = 1e-6
"""Of the range: what rounding to six digits leaves of a straight line."""
_NEIGHBOURS = 1e-4


@dataclass(frozen=True)
class SameColumns:
    """Two columns of one meaning: ``second`` is ``slope`` × ``first`` + ``shift`` where the ``relation`` is scale."""

    first: Column
    second: Column
    relation: Relation
    slope: float = 1.0
    shift: float = 0.0


def same_columns(columns: Sequence[Column], stop: Stop | None = None) -> list[SameColumns]:
    """Each of ``columns`` that says what an earlier one says, with that one, in the order of the later ones."""
    stop = stop or Stop()
    place = {column.name: number for number, column in enumerate(columns)}
    numbers = [one for one in columns if isinstance(one, NumberColumn) and one.distinct >= 2]
    found: dict[str, SameColumns] = {}
    for first, second, compare in (*_near_lines(numbers, stop), *_alike_codes(columns, stop)):
        stop.check()
        if place[first.name] > place[second.name]:
            first, second = second, first
        if second.name in found or len(first.missing) < 3:
            continue
        same = compare(first, second)
        if same is not None:
            found[second.name] = same
    return sorted(found.values(), key=lambda one: place[one.second.name])


Compare = Callable[[Column, Column], SameColumns | None]


def _near_lines(columns: Sequence[NumberColumn], stop: Stop) -> Iterator[tuple[Column, Column, Compare]]:
    """Pairs of numbers that may lie on a straight line: in any scale they have the same length along a fixed vector."""
    if len(columns) < 2:
        return
    lengths = _lengths(columns, stop)
    order = np.argsort(lengths, kind="stable")
    for start, end in _runs(lengths[order]):
        members = np.sort(order[start:end]).tolist()
        for later in members[1:]:
            yield columns[members[0]], columns[later], _line


def _lengths(columns: Sequence[NumberColumn], stop: Stop) -> Float64s:
    """Of the sampled cells of each of ``columns``, standardised, the length along one direction; 0 where it is none."""
    found = np.zeros(len(columns))
    direction: Float64s = np.empty(0)
    for places, cells in together((place, sampled(column.numbers)) for place, column in enumerate(columns)):
        stop.check()
        if len(direction) != len(cells):
            direction = np.random.default_rng(0).standard_normal(len(cells))
        gone = np.isnan(cells)
        n_present = np.count_nonzero(~gone, axis=0)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            mean = np.add.reduce(cells, axis=0, where=~gone) / n_present
            left = np.where(gone, 0.0, cells - mean)
            scaled = left / np.sqrt(np.add.reduce(left * left, axis=0) / n_present)
            along = np.abs(direction @ scaled)
        found[places] = np.where(np.isfinite(along), along, 0.0)
    return found


def _runs(values: Float64s) -> Iterator[tuple[int, int]]:
    """Where in ``values``, which ascend, neighbours are next to equal: starts and ends."""
    breaks = np.flatnonzero(np.diff(values) > _NEIGHBOURS) + 1
    edges = [0, *breaks.tolist(), len(values)]
    for start, end in pairwise(edges):
        if end - start > 1:
            yield start, end


def _line(first: Column, second: Column) -> SameColumns | None:
    assert isinstance(first, NumberColumn)
    assert isinstance(second, NumberColumn)
    if first.distinct != second.distinct or (first.distinct == 2 and len(first.missing) < LEAST_ROWS):
        return None
    if not np.array_equal(first.missing, second.missing):
        return None
    x, y = first.numbers[~first.missing], second.numbers[~second.missing]
    if np.array_equal(x, y):
        return SameColumns(first, second, "copy")
    if x.size < 4:
        return None
    low, high = int(x.argmin()), int(x.argmax())
    with np.errstate(over="ignore", invalid="ignore"):
        slope = (y[high] - y[low]) / (x[high] - x[low])
        shift = y[low] - slope * x[low]
        apart = np.abs(y - (slope * x + shift)).max()
        if not (np.isfinite(slope) and apart <= _TOLERANCE * (y.max() - y.min())):
            return None
    if first.distinct == 2:
        is_mirrored = slope < 0
        return SameColumns(first, second, "opposite" if is_mirrored else "recoding", float(slope), float(shift))
    return SameColumns(first, second, "scale", float(slope), float(shift))


def _alike_codes(columns: Sequence[Column], stop: Stop) -> Iterator[tuple[Column, Column, Compare]]:
    """Pairs of columns with few values whose rows are alike where they are in the sample."""
    groups: dict[bytes, list[Column]] = {}
    for column in columns:
        stop.check()
        is_small = column.distinct <= _MOST_CODES or isinstance(column, WordColumn)
        # Others come to nothing in ``_recoding``.
        is_repeated = len(column.missing) - column.n_missing >= 2 * column.distinct
        if is_small and is_repeated and column.distinct >= 2:
            groups.setdefault(_sampled_codes(column).tobytes(), []).append(column)
    for members in groups.values():
        for later in members[1:]:
            yield members[0], later, _recoding


def _sampled_codes(column: Column) -> Integers:
    """Of the sample's cells the place of each by first appearance, −1 where missing."""
    gone = sampled(column.missing)
    if isinstance(column, NumberColumn):
        kept = np.unique(sampled(column.numbers)[~gone], return_inverse=True)[1].astype(np.int64)
    else:
        kept = sampled(column.codes)[~gone].astype(np.int64)
    found = np.full(len(gone), -1, np.int64)
    if kept.size:
        _, first, inverse = np.unique(kept, return_index=True, return_inverse=True)
        found[~gone] = np.argsort(np.argsort(first))[inverse]
    return found


def _recoding(first: Column, second: Column) -> SameColumns | None:
    n_present = len(first.missing) - first.n_missing
    if first.distinct != second.distinct or not np.array_equal(first.missing, second.missing):
        return None
    if len(first.missing) < LEAST_ROWS or n_present < 2 * first.distinct:
        return None
    if isinstance(first, WordColumn) and isinstance(second, WordColumn):
        if not np.array_equal(first.codes, second.codes):
            return None
        return SameColumns(first, second, "copy" if first.levels == second.levels else "recoding")
    one, other = codes_of(first), codes_of(second)
    is_same = determines(one, other) and determines(other, one)
    return SameColumns(first, second, "recoding") if is_same else None


def codes_of(column: Column) -> Integers:
    """Of each cell the place of its value among the column's, −1 where missing, ``(n_rows,)``."""
    if isinstance(column, WordColumn):
        return column.codes.astype(np.int64)
    found = np.full(len(column.missing), -1, np.int64)
    _, found[~column.missing] = np.unique(column.numbers[~column.missing], return_inverse=True)
    return found


def determines(causes: Integers, effects: Integers) -> bool:
    """Whether equal ``causes`` ``(n_rows,)``, counted from −1, come with equal ``effects`` in every row."""
    effect_of = np.zeros(int(causes.max(initial=-1)) + 2, np.int64)
    effect_of[causes] = effects
    return np.array_equal(effect_of[causes], effects)
