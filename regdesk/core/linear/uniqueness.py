"""Whether the optimum of a linear model is the only one, and which of several has the shortest weights."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.proximal_gradient import linear_gradient
from regdesk.core.linear.solution import LinearSolution
from regdesk.core.model.losses import Loss
from regdesk.core.model.penalty import Penalty
from regdesk.core.model.row_weights import mean_of_rows
from regdesk.core.quadratic.non_negative import shortest_within
from regdesk.core.types import Booleans, Float64s

TIED = 1e-7
"""Share of its limit by which the pull of a weight may lack of it and the weight may still be other than 0."""
DEPENDENT = 1e-14
"""Eigenvalue of columns of length 1, a column, below which they depend on each other."""
FAR_FROM_DEPENDENT = 1e-10
MOST_TIED = 1500
MOVED = 1e-6
"""Share of the largest weight by which another optimum must differ to be another."""


def shortest_optimum(
    inputs: Float64s,
    targets: Float64s,
    loss: Loss,
    penalty: Penalty,
    weights: Float64s,
    biases: Float64s,
) -> tuple[Float64s, Float64s, bool | None]:
    """The optimum of the least ‖W‖₂, its biases, and whether it is the only one, given any optimum.

    ``inputs`` ``(n_rows, n_inputs)``, ``weights`` ``(n_inputs, n_outputs)``, ``biases`` ``(n_outputs,)``. All optima
    have the same outputs, as the losses are strictly convex in them, and so the same pulls. Under L2 there is one.
    Without a penalty they differ by what no row sees. Under L1 they are the non-negative combinations of the columns
    whose pull is λ that give these outputs (Tibshirani 2013, §2.3); under the group lasso, of the groups' directions
    of pull. Of softmax a shift of all classes' biases is not another optimum; nor is one of all classes' weights of an
    input that nothing penalises: their mean over the classes is 0. With inputs that are never penalised only what is
    plain is said: None where nobody has looked further, and but for that mean the optimum as it is.
    """
    means = mean_of_rows(inputs, loss.shares)
    centred = inputs - means
    free = penalty.is_free(weights.size)[:: weights.shape[1]]
    if free.any() and penalty.lam > 0.0:
        found = weights.copy()
        if weights.shape[1] > 1:
            found[free] -= found[free].mean(axis=1, keepdims=True)
        return found, biases + means @ (weights - found), _unique_beside(centred, free, penalty)
    if penalty.lam * (1.0 - penalty.l1_share) > 0.0:
        return weights, biases, True
    if penalty.lam == 0.0:
        is_unique = _has_full_rank(centred)
        if is_unique and weights.shape[1] == 1:
            return weights, biases, True
        found = _shortest_free(centred, weights)
    else:
        found, is_unique = _shortest_tied(inputs, centred, targets, loss, penalty, weights, biases)
    moved = biases + means @ (weights - found)
    return found, moved, is_unique


def _unique_beside(centred: Float64s, free: Booleans, penalty: Penalty) -> bool | None:
    """Whether the optimum is the only one where the inputs ``free`` ``(n_inputs,)`` are never penalised.

    The penalty's L2 settles all other weights, L1 those of inputs that depend on no other.
    """
    if not _has_full_rank(centred[:, free]):
        return False
    if penalty.l1_share < 1.0:
        return True
    return True if _has_full_rank(centred) else None


def are_independent(gram: Float64s) -> bool:
    """Whether columns are far from depending on each other; ``gram`` are their products, the diagonal being 1."""
    try:
        pivots = np.diag(np.linalg.cholesky(gram))
    except np.linalg.LinAlgError:
        return False
    return bool(float(pivots.min(initial=1.0)) ** 2 > FAR_FROM_DEPENDENT)


def _has_full_rank(centred: Float64s) -> bool:
    return bool(_row_space(centred)[1].shape[1] == centred.shape[1])


def _row_space(centred: Float64s) -> tuple[Float64s, Float64s]:
    """Units of the inputs, and orthonormal columns ``(n_inputs, rank)`` that span the rows in these units."""
    units = np.sqrt(np.mean(np.square(centred), axis=0))
    is_varying = (centred != centred[:1]).any(axis=0) & (units > 0.0)
    scaled = centred / np.where(is_varying, units, 1.0) * is_varying
    _, values, spanning = np.linalg.svd(scaled, full_matrices=False)
    least = max(scaled.shape) * np.finfo(np.float64).eps * values.max(initial=0.0)
    return np.where(is_varying, units, 1.0), spanning[values > least].T


def _shortest_free(centred: Float64s, weights: Float64s) -> Float64s:
    if weights.shape[1] > 1:
        weights = weights - weights.mean(axis=1, keepdims=True)
    units, spanning = _row_space(centred)
    basis = np.linalg.qr(spanning * units[:, np.newaxis])[0]
    return np.asarray(basis @ (basis.T @ weights))


def _shortest_tied(
    inputs: Float64s,
    centred: Float64s,
    targets: Float64s,
    loss: Loss,
    penalty: Penalty,
    weights: Float64s,
    biases: Float64s,
) -> tuple[Float64s, bool]:
    minus_gradient = -linear_gradient(inputs, targets, loss, weights, biases)[0].ravel()
    owners, directions, sizes = penalty.generators(weights.ravel(), minus_gradient, TIED)
    n_tied = int(owners.max(initial=-1)) + 1
    if n_tied == 0 or n_tied > MOST_TIED:
        return weights, True
    n_outputs = weights.shape[1]
    # A column for each tied weight or group: what it adds to the outputs, ``(n_rows * n_outputs, n_tied)``.
    columns = np.zeros((len(targets), n_outputs, n_tied))
    for place in np.flatnonzero(owners >= 0):
        columns[:, place % n_outputs, owners[place]] += centred[:, place // n_outputs] * directions[place]
    if n_outputs > 1:
        columns -= columns.mean(axis=1, keepdims=True)
    flat = columns.reshape(-1, n_tied)
    lengths = np.sqrt(np.einsum("ij,ij->j", flat, flat))
    lengths = np.where(lengths > 0.0, lengths, 1.0)
    gram = (flat / lengths).T @ (flat / lengths)
    if are_independent(gram):
        return weights, True
    values, vectors = np.linalg.eigh(gram)
    is_null = values <= DEPENDENT * n_tied
    if not is_null.any():
        return weights, True
    # Orthonormal in the weights' own units: combinations that no row sees.
    null = np.linalg.qr(vectors[:, is_null] / lengths[:, np.newaxis])[0]
    fixed = sizes - null @ (null.T @ sizes)
    shortest = shortest_within(null, -fixed)
    if shortest is None:
        return weights, True
    least = np.maximum(fixed + null @ shortest, 0.0)
    largest = float(np.abs(sizes).max(initial=0.0))
    is_unique = float(np.abs(least - sizes).max()) <= MOVED * largest and not _can_move(null, least, largest)
    if is_unique:
        return weights, True
    least[least <= 1e-12 * largest] = 0.0
    found = np.where(owners >= 0, directions * np.append(least, 0.0)[owners], 0.0)
    return found.reshape(weights.shape), False


def _can_move(null: Float64s, sizes: Float64s, largest: float) -> bool:
    """Whether some combination of ``null`` can be added to ``sizes`` without one becoming negative."""
    at_zero = sizes <= MOVED * largest
    if not at_zero.any():
        return True
    free = np.linalg.svd(null[at_zero])
    rank = int(np.count_nonzero(free[1] > 1e-9))
    if rank < null.shape[1]:
        return True
    for sign in (1.0, -1.0):
        # A direction that raises the sum of what is at 0, and lowers none of it.
        matrix = np.vstack([null[at_zero], sign * null[at_zero].sum(axis=0)])
        if shortest_within(matrix, np.append(np.zeros(int(at_zero.sum())), 1.0)) is not None:
            return True
    return False


class UniquenessJudge:
    """Says of the points of one path whether they are the only optima; what does not depend on λ is found once."""

    def __init__(self, problem: LinearProblem, gram: Float64s | None) -> None:
        """``gram`` is XᵀX/n of the centred inputs, where it is known."""
        self._problem = problem
        n_rows, n_inputs = problem.inputs.shape
        self._is_always_unique = False
        self._are_independent: bool | None = None
        penalty = problem.penalty
        has_free = bool(penalty.is_free(n_inputs * problem.n_outputs).any())
        if penalty.l1_share < 1.0 and not has_free:
            self._is_always_unique = True
        elif n_inputs < n_rows and n_inputs <= MOST_TIED and problem.n_outputs == 1:
            if gram is None:
                centred = problem.inputs - problem.inputs.mean(axis=0)
                gram = centred.T @ centred / n_rows
            scales = 1.0 / np.sqrt(np.maximum(np.diag(gram), np.finfo(np.float64).tiny))
            scaled = gram * scales
            scaled *= scales[:, np.newaxis]
            # Under a penalty a column that does not vary has a weight of 0; without one any would do.
            self._is_always_unique = self._are_independent = are_independent(scaled)

    @property
    def are_inputs_independent(self) -> bool | None:
        """Whether no input is nearly a sum of others; None where nobody had to look."""
        return self._are_independent

    def of(self, point: LinearSolution) -> LinearSolution:
        """``point`` with ``is_unique``; where it is not, the one of the least ‖W‖₂."""
        if point.is_unique is not None or not point.converged:
            return point
        if self._is_always_unique and point.lam > 0.0:
            return point.with_only_optimum()
        penalty = replace(self._problem.penalty, lam=point.lam)
        weights, biases, is_unique = self.shortest(penalty, point.weights, point.biases)
        return replace(point, weights=weights, biases=biases, is_unique=is_unique)

    def shortest(self, penalty: Penalty, weights: Float64s, biases: Float64s) -> tuple[Float64s, Float64s, bool | None]:
        """As ``shortest_optimum``, under ``penalty``, the path's with a λ."""
        if self._is_always_unique and penalty.lam > 0.0:
            return weights, biases, True
        problem = self._problem
        return shortest_optimum(problem.inputs, problem.targets, problem.loss, penalty, weights, biases)
