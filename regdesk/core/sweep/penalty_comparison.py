"""One linear model under L1, L2 and the elastic net: the exact solutions at one λ, and their paths over the same λ."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.linear.path import lambda_max, solve_path
from regdesk.core.linear.problem import LinearProblem, penalty_of, problem_of
from regdesk.core.linear.solve import solve
from regdesk.core.model.side_by_side import KINDS, PenaltyPath, SideBySide

if TYPE_CHECKING:
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.model.side_by_side import Trouble
    from regdesk.core.stopping import Stop
    from regdesk.core.types import TrainSettings

N_LAMBDAS = 60
DECADES = 4.0
"""That the paths reach below the λ at which L1 lets the first weight in; two where inputs outnumber rows."""
ABOVE = 10.0
"""Times that λ, where the paths begin: L2 has weights there, and shrinks them on."""
MOST_CELLS = 2_000_000
"""Rows times inputs times outputs, beyond which three paths take many seconds."""


def compare_penalties(
    dataset: Dataset, settings: TrainSettings, stop: Stop, known: SideBySide | None = None
) -> SideBySide | Trouble:
    """At the λ and the L1 share of ``settings``, on the training rows; the reason where there is nothing to compare.

    ``known`` is of the same rows: its paths are taken over where they are those of the same L1 share. Raises Stopped.
    """
    rows, inputs = len(dataset.split.train), dataset.n_inputs
    if rows * inputs * dataset.n_outputs > MOST_CELLS:
        return "too large"
    problems = [problem_of(dataset, replace(settings, penalty=kind)) for kind in KINDS]
    is_known = known is not None and known.l1_ratio == settings.l1_ratio
    paths = known.paths if known is not None and is_known else _paths(problems, stop)
    lam = settings.lam
    solutions = []
    for kind, problem in zip(KINDS, problems, strict=True):
        penalty = penalty_of(dataset, replace(settings, penalty=kind, lam=lam))
        found = solve(problem, penalty, stop=stop)
        if not found.has_optimum:
            return "no minimum"
        solutions.append(found.weights.ravel())
    return SideBySide(lam, settings.l1_ratio, np.column_stack(solutions), paths)


def _paths(problems: list[LinearProblem], stop: Stop) -> tuple[PenaltyPath, ...]:
    lasso = problems[0]
    top = lambda_max(lasso)
    top = top if np.isfinite(top) and top > 0.0 else 1.0
    is_wide = lasso.inputs.shape[1] > lasso.n_counted
    lambdas = np.geomspace(ABOVE * top, top * 10.0 ** (-0.5 * DECADES if is_wide else -DECADES), N_LAMBDAS)
    found = []
    for kind, problem in zip(KINDS, problems, strict=True):
        weights = [one.weights.ravel() for one in solve_path(problem, lambdas, stop)]
        found.append(PenaltyPath(kind, lambdas, np.array(weights)))
    return tuple(found)
