"""Sums over rows, and of their products, in parts that threads may share."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s
from regdesk.core.units import Crew, near, results_of

WORK_OF_TWO = 10_000_000_000
"""Products, rows · inputs², that two parts may have: 65 ms each, in which nothing can be given up."""
LEAST_WORK = 1_000_000_000
"""Products from which on rows are summed in parts: below that they take 15 ms, of which threads save a third."""
LEAST_ROWS = 2_000
"""Of a part: adding up the products of one takes as long as 200 rows of it."""


@dataclass(frozen=True)
class RowSums:
    """Sums over rows of inputs x and targets t: ``gram`` of x xᵀ ``(n_inputs, n_inputs)``, ``inputs`` of x and
    ``products`` of t x ``(n_inputs,)``.
    """

    gram: Float64s
    inputs: Float64s
    products: Float64s

    @classmethod
    def of(cls, inputs: Float64s, targets: Float64s, crew: Crew | None = None, stop: Stop | None = None) -> RowSums:
        """Of ``inputs`` ``(n_rows, n_inputs)`` and ``targets`` ``(n_rows,)``.

        The parts, and the order in which they are added, go by the shape alone: whoever sums them, and how many threads
        a ``crew`` in this process has, the numbers are the same to the last bit. Raises Stopped between two parts.
        """
        n_rows, n_parts = len(targets), _n_parts(*inputs.shape)
        stop = stop or Stop()
        if n_parts == 1:
            return _sums_of(inputs, targets, stop)
        edges = [n_rows * number // n_parts for number in range(n_parts + 1)]
        calls = [(inputs[first:last], targets[first:last]) for first, last in itertools.pairwise(edges)]
        waiting: dict[int, RowSums] = {}
        total, n_added = None, 0
        for number, found in results_of(near(crew), _sums_of, calls, stop):
            waiting[number] = found
            while n_added in waiting:
                part = waiting.pop(n_added)
                total = part if total is None else total.with_added(part)
                n_added += 1
        assert total is not None
        return total

    def with_added(self, other: RowSums) -> RowSums:
        """This, to whose arrays those of ``other`` have been added."""
        for mine, theirs in ((self.gram, other.gram), (self.inputs, other.inputs), (self.products, other.products)):
            np.add(mine, theirs, out=mine)
        return self


def _n_parts(n_rows: int, n_inputs: int) -> int:
    """1, or an even number, which two threads share well."""
    work = n_rows * n_inputs**2
    if work < LEAST_WORK:
        return 1
    return max(1, 2 * min(-(-work // WORK_OF_TWO), n_rows // (2 * LEAST_ROWS)))


def _sums_of(inputs: Float64s, targets: Float64s, stop: Stop) -> RowSums:
    """A unit of work."""
    stop.check()
    return RowSums(inputs.T @ inputs, np.ones(len(targets)) @ inputs, targets @ inputs)
