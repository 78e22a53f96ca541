"""The weights of the all-rows model along λ with what their picture needs: names, scales, two other axes, events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.solution import LinearSolution
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.original_units import per_original_unit
from regdesk.core.model.penalty import Penalty
from regdesk.core.sweep.lasso_knots import LassoKnots
from regdesk.core.sweep.path_events import PathEvents, events_of, input_sizes
from regdesk.core.types import Float64s, Integers


@dataclass(frozen=True, eq=False)
class PathFacts:
    """What stands still along a path.

    Attributes:
        input_names: ``(n_inputs,)``; ``output_names``: the classes where there are more than two, else the target.
        input_scales: ``(n_inputs,)`` units of an input, and ``target_scale`` units of the target, to one of the
            scale that was solved on.
        penalty: whose λ is left open; ``null_loss`` is the data loss of the model without weights, on all rows.
        is_network: what is told of an input is then the norm of the weights that leave it.
    """

    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    target: str
    is_classification: bool
    input_scales: Float64s
    target_scale: float
    penalty: Penalty
    null_loss: float
    is_network: bool = False

    def explained(self, losses: Float64s) -> Float64s:
        """The share of ``null_loss`` that models with these ``losses`` ``(n_done,)`` do without; 0 where it is 0."""
        return 1.0 - losses / self.null_loss if self.null_loss > 0 else np.zeros(len(losses))

    @property
    def makes_zeros(self) -> bool:
        """Whether the penalty makes weights exactly zero."""
        return self.penalty.makes_zeros

    @property
    def is_scaled(self) -> bool:
        """Whether original units are others than those that were solved in."""
        return bool((self.input_scales != 1.0).any()) or self.target_scale != 1.0


@dataclass(frozen=True, eq=False)
class UnitCounts:
    """Of a network along its path: ``live`` ``(n_done,)`` hidden units of ``total``.

    ``is_followed`` ``(n_done,)`` says whether the next point done is the next λ of the sweep.
    """

    live: Integers
    total: int
    is_followed: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class WeightPath:
    """The points done, by descending λ.

    Attributes:
        weights: ``(n_done, n_inputs, n_outputs)``, on the scale that was solved on; ``l1_norms`` ``(n_done,)`` of
            them, of a network those of all layers.
        explained: ``(n_done,)``, 1 − data loss / that of the null model, on all rows: glmnet's dev.ratio (Friedman,
            Hastie & Tibshirani 2010); 0 where there is nothing to explain.
        n_active: ``(n_done,)`` inputs in the model.
        units: of a network, whose ``weights`` are norms, ``(n_done, n_inputs, 1)``; None for linear models.
    """

    facts: PathFacts
    lambdas: Float64s
    weights: Float64s
    l1_norms: Float64s
    explained: Float64s
    n_active: Integers
    events: PathEvents
    units: UnitCounts | None = None

    def original_weights(self) -> Float64s:
        """``(n_done, n_inputs, n_outputs)`` in units of the target (of log-odds for classes) per unit of the input."""
        facts = self.facts
        return per_original_unit(self.weights, facts.input_scales, facts.target_scale)


def facts_of(problem: LinearProblem, dataset: Dataset) -> PathFacts:
    """Of ``problem``, which are the training rows of ``dataset``."""
    return PathFacts(
        input_names=dataset.input_names,
        output_names=dataset.classes if len(dataset.classes) > 2 else (dataset.target,),
        target=dataset.target,
        is_classification=dataset.task == "classification",
        input_scales=dataset.input_scaler.scale,
        target_scale=float(dataset.target_scaler.scale[0]),
        penalty=problem.penalty,
        null_loss=problem.loss.null_loss(problem.targets, problem.n_outputs),
    )


def path_of(points: Sequence[LinearSolution], facts: PathFacts) -> WeightPath:
    """A frozen copy of what ``points`` (at least one) say."""
    lambdas = np.array([point.lam for point in points])
    weights = np.array([point.weights for point in points])
    losses = np.array([point.objective - point.lam * facts.penalty.value(point.weights.ravel()) for point in points])
    return WeightPath(
        facts=facts,
        lambdas=lambdas,
        weights=weights,
        l1_norms=np.abs(weights).sum(axis=(1, 2)),
        explained=facts.explained(losses),
        n_active=np.count_nonzero(input_sizes(weights), axis=1),
        events=events_of(lambdas, weights),
    )


def knots_of(problem: LinearProblem, last: LinearSolution) -> LassoKnots | None:
    """The search for exact knots down to the λ of ``last``; None but for squared error under L1.

    Of inputs that are copies of each other it tells of the one that ``last`` gives the largest weight.
    """
    if problem.loss.kind != "squared" or not problem.penalty.is_lasso:
        return None
    inputs, targets = in_units_of_penalty(problem)
    return LassoKnots(inputs, targets, last.lam, np.abs(last.weights[:, 0]))


def in_units_of_penalty(problem: LinearProblem) -> tuple[Float64s, Float64s]:
    """The rows of a lasso without penalty factors that has the same knots.

    An input with factor F is divided by it. What is never penalised is projected out of all else, and is itself 0: it
    is in the model at every λ, so that it neither enters nor leaves.
    """
    unit = replace(problem.penalty, lam=1.0)
    if unit.is_even:
        return problem.inputs, problem.targets
    factors = unit.blocks(np.arange(problem.inputs.shape[1])).limits
    free = factors == 0.0
    inputs, targets = problem.inputs - problem.inputs.mean(axis=0), problem.targets - problem.targets.mean()
    if free.any():
        columns = np.column_stack([inputs, targets])
        left = columns - inputs[:, free] @ np.linalg.lstsq(inputs[:, free], columns, rcond=None)[0]
        inputs, targets = left[:, :-1], left[:, -1]
    return np.where(free, 0.0, inputs / np.where(free, 1.0, factors)), targets


def with_knots(path: WeightPath, knots: LassoKnots) -> WeightPath:
    """``path`` with events that are exact as far down as ``knots`` has come."""
    return replace(path, events=events_of(path.lambdas, path.weights, knots.found, knots.reached, knots.copies))
