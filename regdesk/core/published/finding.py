"""Printed numbers found again, by the solvers that the program uses everywhere."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from regdesk.core.linear.problem import penalty_of, problem_of
from regdesk.core.linear.solve import solve
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.original_units import in_original_units
from regdesk.core.published.nist_tables import NIST_RESULTS
from regdesk.core.published.tables import LARS_KNOTS
from regdesk.core.published.values import ComparedRow, FoundRow, PublishedResult, compared
from regdesk.core.sweep.lasso_knots import LassoKnots
from regdesk.core.types import TrainSettings

LOWEST_C = 1.0
"""As far down as the printed path goes."""


def find_again(result: PublishedResult, dataset: Dataset) -> tuple[ComparedRow, ...]:
    """The numbers of ``result`` beside those of ``dataset``, whose rows are all training rows."""
    return compared(result, _FINDERS[result.name](dataset))


def _entries(dataset: Dataset) -> list[FoundRow]:
    """Where the inputs enter and leave the lasso; C = λ s √n, as columns of length 1 are ours by √n."""
    problem = problem_of(dataset, TrainSettings("l1"))
    length = math.sqrt(len(problem.targets)) * float(dataset.target_scaler.scale[0])
    knots = LassoKnots(problem.inputs, problem.targets, LOWEST_C / length)
    while knots.advance():
        pass
    return [
        FoundRow(f"{dataset.input_names[knot.number]} {'enters' if knot.is_entry else 'leaves'}", length * knot.lam)
        for knot in knots.found
    ]


def _coefficients(dataset: Dataset) -> list[FoundRow]:
    """Of least squares, in original units."""
    settings = TrainSettings("none", 0.0)
    solution = solve(problem_of(dataset, settings), penalty_of(dataset, settings))
    weights, intercepts = in_original_units(dataset, solution.weights, solution.biases)
    names = ("(intercept)", *dataset.input_names)
    return [FoundRow(name, float(value)) for name, value in zip(names, (*intercepts, *weights[:, 0]), strict=True)]


_FINDERS: Mapping[str, Callable[[Dataset], list[FoundRow]]] = {
    LARS_KNOTS.name: _entries,
    **{result.name: _coefficients for result in NIST_RESULTS},
}
