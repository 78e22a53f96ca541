"""Paths of log-loss and softmax under penalties on single weights, by compiled quasi-Newton steps.

``engine/class_path_kernels.py`` goes from λ to λ as long as it can; here stand the Hessians, made by BLAS when it asks
for one, and the coordinates that may move. What it does not come to, Newton's method of ``newton_path.py`` finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from regdesk.core.linear.certificate import SOLVED_GAP, Certificate, certificate_of
from regdesk.core.linear.newton_path import NewtonPath
from regdesk.core.linear.solution import LinearSolution
from regdesk.core.model.class_hessian import class_hessian
from regdesk.core.model.losses import Loss, class_probabilities
from regdesk.core.model.row_weights import mean_of_rows
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s, Integers

if TYPE_CHECKING:
    from regdesk.core.linear.problem import LinearProblem

MOST_AT_ONCE = 400
"""Weights that may all move from the first: a Hessian of them takes a few milliseconds."""
MOST_MOVED = 1500
MOST_HESSIANS = 10
"""At one λ, after which another method has to find it."""
MOST_FAILURES = 3
AHEAD = 3
"""λ for which the coordinates that may move are chosen at once."""
CLOSER_BELOW, CLOSER, CLOSER_WITH_L2 = 1e-6, 1e-4, 1e-7
"""Below that tolerance a path goes on to these shares of it, which takes a step or two more: weights are as far off as
the root of what J is. Under L1 alone a gap is as large as slopes are off, with L2 as their squares are."""
PRICE, PRICE_OF_WEIGHT = 16.0, 0.02
"""Of a Hessian, in steps: 18 of log-loss with 100 inputs, 22 of softmax with three classes, as measured."""
_IS_MOVED, _N_SPARE, _HAS_CRAWLED = 2, 4, 5
"""Places in ``ClassState.figures``."""
WORK_A_CALL = 3e7
"""Multiplications between two places to stop, some 10 ms."""


def is_for_class_paths(problem: LinearProblem) -> bool:
    """Whether ``ClassPath`` finds the paths of ``problem``. A class without rows has no best bias to come to."""
    penalty, (n_rows, n_inputs) = problem.penalty, problem.inputs.shape
    n_weights = n_inputs * problem.n_outputs
    return (
        problem.loss.kind != "squared"
        and penalty.is_separable
        and not penalty.is_free(n_weights).any()
        and n_inputs > 0
        and n_rows > problem.n_outputs + 1
        and len(np.unique(problem.targets)) == max(2, problem.n_outputs)
        and (penalty.makes_zeros or n_weights <= MOST_MOVED)
    )


class ClassPath:
    """The path of one problem along descending ``lambdas``, all above 0."""

    def __init__(self, problem: LinearProblem, lambdas: Float64s, tolerance: float, stop: Stop | None = None) -> None:
        from regdesk.core.engine.class_path_structs import ClassPlan, ClassRows, ClassSolutions

        self._problem, self._lambdas, self._stop = problem, lambdas, stop or Stop()
        (_, n_inputs), n_outputs, share = problem.inputs.shape, problem.n_outputs, problem.penalty.l1_share
        self._n_weights = n_inputs * n_outputs
        self._columns, means, self._targets, self._loss = _rows_of(problem)
        # As rows of two classes stand in one output.
        labels = np.arange(max(2, n_outputs) + 1)
        bounds, shares = np.searchsorted(self._targets, labels), self._loss.shares
        n_rows = len(self._targets)
        self._rows = ClassRows(
            self._columns[:-1], means, bounds, np.ones(n_rows) if shares is None else shares, shares is None
        )
        self._state = self._null_state(n_outputs)
        self._is_picked = problem.penalty.makes_zeros and self._n_weights > MOST_AT_ONCE
        closer = CLOSER if share == 1.0 else CLOSER_WITH_L2
        aim = tolerance if tolerance >= CLOSER_BELOW else closer * tolerance
        # The steepness of a slope of 1 is what one over the factor is.
        factors = 1.0 / problem.penalty.steepness(np.ones(self._n_weights))
        price = PRICE + PRICE_OF_WEIGHT * self._n_weights
        self._plan = ClassPlan(
            lambdas * share, lambdas * (1.0 - share), factors, aim, tolerance, price, self._stop.flag
        )
        n_coordinates, n_lambdas = self._n_weights + n_outputs, len(lambdas)
        self._found = ClassSolutions(np.zeros((n_lambdas, n_coordinates)), *np.zeros((3, n_lambdas)))

    def _null_state(self, n_outputs: int) -> Any:
        """The model without weights."""
        from regdesk.core.engine.class_path_structs import ClassState

        (n_inputs, n_rows), n_classes = self._rows.columns.shape, max(2, n_outputs)
        n_coordinates = self._n_weights + n_outputs
        point, figures = np.zeros(n_coordinates), np.zeros(6)
        point[self._n_weights :] = self._loss.null_outputs(self._targets, n_outputs)
        figures[_IS_MOVED] = 1.0
        return ClassState(
            point=point,
            gradient=np.zeros(n_coordinates),
            gradient_before=np.zeros(n_coordinates),
            outputs=np.zeros((n_outputs, n_rows)),
            slopes=np.zeros((n_outputs, n_rows)),
            owns=np.zeros(n_rows),
            others=np.zeros(n_rows),
            pulls=np.zeros((n_classes, n_outputs, n_inputs)),
            flows=np.zeros((n_classes, n_outputs)),
            moves=np.zeros((n_classes, n_outputs)),
            row_work=np.zeros((2, n_rows)),
            alive=np.zeros(n_inputs, dtype=np.int64),
            defect=np.zeros(n_coordinates),
            figures=figures,
            spreads=np.zeros((2, n_outputs)),
        )

    def points(self) -> Iterator[LinearSolution]:
        """One solution for each λ, with a certificate, which may say that it is none. Raises Stopped."""
        from regdesk.core.engine.class_path_kernels import FAILED, SOLVED, WANTS_NEWER, class_path

        n_lambdas, shown, n_failures, n_hessians = len(self._lambdas), 0, 0, 0
        at_once = max(1, int(WORK_A_CALL / (6.0 * self._problem.inputs.size * self._problem.n_outputs + 1.0)))
        model = self._model(0)
        while shown < n_lambdas and n_failures < MOST_FAILURES and model is not None:
            last = min(shown + at_once, n_lambdas)
            rest = (self._found, shown, last, n_hessians == 0)
            stopped, status = class_path(self._rows, self._plan, self._state, model, *rest)
            self._stop.check()
            yield from self._solutions(shown, stopped)
            n_hessians = 0 if stopped > shown else n_hessians
            shown = stopped
            if status == SOLVED:
                continue
            n_hessians += status != WANTS_NEWER
            if status == FAILED or n_hessians > MOST_HESSIANS:
                n_failures, n_hessians = n_failures + 1, 0
                yield self._by_newton(shown)
                shown += 1
            if shown < n_lambdas:
                model = self._model(shown)
        for number in range(shown, n_lambdas):
            yield self._by_newton(number)

    def _solutions(self, first: int, last: int) -> Iterator[LinearSolution]:
        found, n_outputs = self._found, self._problem.n_outputs
        points = found.points[first:last]
        weights = points[:, : self._n_weights].reshape(last - first, self._n_weights // n_outputs, n_outputs) + 0.0
        biases = points[:, self._n_weights :]
        if n_outputs > 1:
            # Of all shifts of softmax's biases the one that Newton's method keeps to.
            biases = biases - biases.mean(axis=1, keepdims=True)
        biases = biases - self._rows.means @ weights
        figures = zip(
            self._lambdas[first:last].tolist(),
            found.objectives[first:last].tolist(),
            found.gaps[first:last].tolist(),
            found.kkt_residuals[first:last].tolist(),
            strict=True,
        )
        for (lam, objective, gap, residual), own, bias in zip(figures, weights, biases, strict=True):
            certificate = Certificate(objective, gap, residual, gap <= SOLVED_GAP * objective)
            yield LinearSolution(lam, own, bias, certificate)

    def _by_newton(self, number: int) -> LinearSolution:
        """From where the path is; it goes on from there."""
        problem, lam, state = self._problem, float(self._lambdas[number]), self._state
        path = NewtonPath(problem.inputs, problem.targets, problem.loss, problem.penalty, problem.n_outputs, self._stop)
        begun = state.point if np.isfinite(state.point).all() else np.zeros(len(state.point))
        weights = begun[: self._n_weights].reshape(-1, problem.n_outputs)
        path.begin_at(weights, begun[self._n_weights :] - self._rows.means @ weights)
        (model,) = path.solve(np.array([lam]), self._plan.tolerance)
        state.point[: self._n_weights] = model.weights.ravel()
        state.point[self._n_weights :] = model.biases + self._rows.means @ model.weights
        state.figures[_IS_MOVED], state.defect[:] = 1.0, 0.0
        certificate = certificate_of(problem, replace(problem.penalty, lam=lam), model.weights, model.biases)
        return LinearSolution(lam, model.weights, model.biases, certificate)

    def _model(self, number: int) -> Any:
        """A new Hessian at the present point, for the λ of this number; None where too many coordinates would move."""
        from regdesk.core.engine.class_path_structs import ClassModel

        state, n_outputs = self._state, self._problem.n_outputs
        if state.figures[_IS_MOVED]:
            self._look()
        inputs = self._chosen_inputs(number)
        if len(inputs) * n_outputs > MOST_MOVED:
            return None
        chosen = (inputs[:, np.newaxis] * n_outputs + np.arange(n_outputs)).ravel()
        # A shift of all biases changes nothing that softmax says: the last one is held.
        chosen = np.append(chosen, self._n_weights + np.arange(max(1, n_outputs - 1)))
        columns = self._columns[np.append(inputs, len(self._columns) - 1)] if self._is_picked else self._columns
        outputs, shares = state.outputs.T, None if self._rows.is_even else self._rows.shares
        hessian = class_hessian(columns.T, class_probabilities(outputs), n_outputs, self._stop, shares)
        hessian = np.ascontiguousarray(hessian[: len(chosen), : len(chosen)])
        state.spreads[0], state.figures[_N_SPARE] = 0.0, 0.0
        is_chosen = np.zeros(self._n_weights + n_outputs, dtype=np.bool_)
        is_chosen[chosen] = True
        lists = np.empty((2, len(chosen)), dtype=np.int64)
        inverse: Float64s = np.zeros((1, 1))
        if self._problem.penalty.is_ridge and self._state.figures[_HAS_CRAWLED]:
            ridges = self._plan.l2s[number] * np.append(self._plan.factors, np.zeros(n_outputs))[chosen]
            inverse = np.asarray(np.linalg.inv(hessian + np.diag(ridges)), dtype=np.float64)
        return ClassModel(chosen, is_chosen, hessian, inverse, np.empty((11, len(chosen))), lists)

    def _look(self) -> None:
        """Outputs and gradient at a point that compiled code has not seen."""
        state, n_weights = self._state, self._n_weights
        weights = state.point[:n_weights].reshape(-1, self._problem.n_outputs)
        outputs = self._rows.columns.T @ weights + state.point[n_weights:]
        state.outputs[:] = outputs.T
        slopes = self._loss.derivatives(outputs, self._targets)
        state.gradient[:] = (self._columns @ slopes / len(slopes)).ravel()

    def _chosen_inputs(self, number: int) -> Integers:
        """All, or those that the strong rule (Tibshirani et al. 2012) or their pull calls for some λ ahead."""
        n_inputs = len(self._rows.columns)
        if not self._is_picked:
            return np.arange(n_inputs)
        l1s, size = self._plan.l1s, (n_inputs, self._problem.n_outputs)
        pulls = (np.abs(self._state.gradient[: self._n_weights]) / self._plan.factors).reshape(size).max(axis=1)
        is_alive = (self._state.point[: self._n_weights].reshape(size) != 0.0).any(axis=1)
        needed = is_alive | (pulls > l1s[number])
        ahead = min(number + AHEAD, len(l1s) - 1)
        wanted = needed | (pulls >= 2.0 * l1s[ahead] - l1s[max(number - 1, 0)])
        if wanted.sum() * size[1] > MOST_MOVED:
            # The most wanted first: the others are called when they are pulled.
            most = max(int(needed.sum()), MOST_MOVED // size[1])
            wanted = needed | (wanted & (pulls >= np.sort(pulls)[-most]))
        return np.flatnonzero(wanted)


def _rows_of(problem: LinearProblem) -> tuple[Float64s, Float64s, Float64s, Loss]:
    """Columns of the centred inputs and of ones, their means, targets, and the loss of the rows, by their classes.

    Rows without weight are left out: what is left counts as all rows did.
    """
    inputs, targets, loss = problem.inputs, problem.targets, problem.loss
    means = mean_of_rows(inputs, loss.shares)
    order = np.argsort(targets, kind="stable")
    if loss.row_weights is not None:
        order = order[loss.row_weights[order] > 0.0]
        loss = loss.weighed(loss.row_weights[order])
    columns = np.empty((inputs.shape[1] + 1, len(order)))
    np.take(inputs.T, order, axis=1, out=columns[:-1], mode="clip")
    columns[:-1] -= np.asarray(means)[:, np.newaxis]
    columns[-1] = 1.0
    return columns, np.asarray(means), targets[order], loss
