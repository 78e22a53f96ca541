"""Whether a linear model of classes has a minimum at all: along what is not penalised the loss may fall for ever."""

from __future__ import annotations

import numpy as np

from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.proximal_gradient import linear_gradient
from regdesk.core.linear.separation import Separation, separation_of
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.losses import Loss
from regdesk.core.model.penalty import Penalty
from regdesk.core.model.shortfalls import Separated
from regdesk.core.stopping import Stop
from regdesk.core.types import Booleans, Float64s


def separation_under(
    problem: LinearProblem, penalty: Penalty, weights: Float64s, biases: Float64s, stop: Stop
) -> Separation | None:
    """Why J has no minimum under ``penalty``, None where it has one; ``weights`` are where a solver ended."""
    if problem.loss.kind == "squared":
        return None
    if penalty.lam == 0.0:
        return separation_without_penalty(problem.inputs, problem.targets, problem.loss, weights, biases, stop)
    return separation_by_free_inputs(problem, penalty, stop)


def separation_by_free_inputs(problem: LinearProblem, penalty: Penalty, stop: Stop) -> Separation | None:
    """Why classes have no minimum under ``penalty`` at any λ above 0, by inputs that are never penalised.

    None where they have one.
    """
    free = never_penalised(penalty, problem.inputs.shape[1], problem.n_outputs)
    if problem.loss.kind == "squared" or not free.any():
        return None
    found = separation_of(problem.inputs[:, free], problem.targets, problem.n_outputs, stop.check)
    return None if found is None else found.of_columns(np.flatnonzero(free), len(free))


def never_penalised(penalty: Penalty, n_inputs: int, n_outputs: int) -> Booleans:
    """Which inputs have a penalty factor of 0, ``(n_inputs,)``."""
    return penalty.is_free(n_inputs * n_outputs)[::n_outputs]


def separated(found: Separation, inputs: Float64s, names: tuple[str, ...]) -> Separated:
    """What ``found`` says of ``inputs`` ``(n_rows, n_inputs)``, whose ``names`` may be left out."""
    n_rows, n_inputs = inputs.shape
    return Separated(found.inputs, found.is_complete, n_rows, n_inputs, names)


def separated_by(dataset: Dataset) -> Separated | None:
    """Why the training rows of ``dataset``, of classes, have no best linear model without a penalty; None if one."""
    rows = dataset.split.train
    inputs, targets = dataset.standardized_inputs(rows), dataset.standardized_targets(rows)
    found = separation_of(inputs, targets, dataset.n_outputs)
    return None if found is None else separated(found, inputs, dataset.input_names)


def separation_without_penalty(
    inputs: Float64s, targets: Float64s, loss: Loss, weights: Float64s, biases: Float64s, stop: Stop | None = None
) -> Separation | None:
    """Why there is no minimum without a penalty, or None where there is one; ``weights`` are where a solver ended."""
    if overlaps(inputs, targets, loss, weights, biases):
        return None
    check = (stop or Stop()).check
    return separation_of(inputs, targets, weights.shape[1], check, np.vstack([weights, biases]))


def overlaps(inputs: Float64s, targets: Float64s, loss: Loss, weights: Float64s, biases: Float64s) -> bool:
    """Whether the model at hand proves that the classes cannot be told apart.

    The derivatives by the outputs are positive numbers with which the system of ``separation.py`` adds up to the
    gradient. Where a change smaller than each of them makes that 0, Stiemke's lemma has no direction left.
    """
    outputs = inputs @ weights + biases
    slopes = loss.derivatives(outputs, targets)
    labels, n_outputs = targets.astype(np.int64), weights.shape[1]
    by_weight, by_bias = linear_gradient(inputs, targets, loss, weights, biases)
    gradient = np.vstack([by_weight, by_bias]) * len(targets)
    rows = np.column_stack([inputs, np.ones(len(targets))])
    units = np.sqrt(np.mean(np.square(rows), axis=0))
    scaled = rows / np.where(units > 0.0, units, 1.0)
    wanted = gradient / np.where(units > 0.0, units, 1.0)[:, np.newaxis]
    # The least change of the derivatives that takes the gradient away.
    change = np.linalg.lstsq(scaled.T, wanted, rcond=1e-12)[0]
    if np.abs(scaled.T @ change - wanted).max(initial=0.0) > 1e-12 * len(targets):
        return False
    if n_outputs == 1:
        return bool((2.0 * np.abs(change) < np.abs(slopes)).all())
    # A change of a row's outputs by class adds up to 0 over the classes as the gradient does; what a class gets
    # from a row of another is to stay positive.
    numbers = np.arange(len(labels))
    others, moved = slopes.copy(), np.abs(change - change.mean(axis=1, keepdims=True))
    others[numbers, labels], moved[numbers, labels] = np.inf, 0.0
    return bool((2.0 * moved < others).all())
