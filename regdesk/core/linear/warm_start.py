"""What solves of one problem leave to the next, and the methods that live on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from regdesk.core.linear.certificate import ROW_SHARE, Certificate, certificate_of, certificate_of_sums
from regdesk.core.linear.gram_solution import gram_weights, statistics_of
from regdesk.core.linear.newton_path import NewtonPath
from regdesk.core.linear.no_minimum import never_penalised
from regdesk.core.linear.path import lambda_max
from regdesk.core.linear.polish import polished
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.separation import separation_of
from regdesk.core.linear.solution import LinearSolution
from regdesk.core.linear.solve import FreeFit, free_fit, solve, way_down
from regdesk.core.linear.squared_path import GramStatistics
from regdesk.core.linear.uniqueness import UniquenessJudge
from regdesk.core.model.penalty import Penalty
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s

AIM = 1e-13
"""Gap at which Newton's way ends, as a share of J: what is left is next to rounding."""
SHARE_A_STEP = 0.3
"""Newton's way down to λ goes by factors of this, each from the solution before."""
MOST_INPUTS = 1500
"""Of squared error, whose products are all kept: one solve of as many takes half a second and cannot be given up."""
MOST_CLASS_WEIGHTS = 2000
"""Of log-loss and softmax, as a step of Newton's method takes all of them."""


class WarmStart:
    """Of the rows and the loss of one problem, under any penalties: sums over the rows, and Newton's last solution.

    One thread at a time; a solve that was given up leaves it as it was.
    """

    def __init__(self, problem: LinearProblem) -> None:
        """The penalty of ``problem`` is not used: every solve brings its own."""
        self._problem = problem
        self._statistics: GramStatistics | None = None
        self._newton: tuple[object, float, LinearSolution] | None = None
        self._judge: tuple[object, UniquenessJudge] | None = None
        self._free: tuple[object, FreeFit | None] | None = None
        self._apart: dict[bytes, bool] = {}

    def statistics(self, stop: Stop | None = None) -> GramStatistics | None:
        """Of squared error, from the first time somebody asks; None of classes."""
        problem = self._problem
        if self._statistics is None and problem.loss.kind == "squared":
            self._statistics = statistics_of(problem.inputs, problem.targets, (stop or Stop()).check)
        return self._statistics

    def solve(self, penalty: Penalty, stop: Stop | None = None) -> LinearSolution:
        """The solution under ``penalty``, by ``solution`` where it has one, else by the ``solve`` that needs no start.

        It goes to the residual that rounding leaves, and keeps what the next solve can use. Raises Stopped soon after
        ``stop`` says so.
        """
        stop, penalty = stop or Stop(), penalty.simplest
        found = self.solution(penalty, stop)
        return solve(self._problem, penalty, stop=stop) if found is None else found

    def solution(self, penalty: Penalty, stop: Stop) -> LinearSolution | None:
        """The solution under ``penalty`` as exact as rounding allows; None where it is not for these methods.

        Among these are λ = 0, rows that have lost what their sums would have to tell, and what has no certificate.
        Raises Stopped.
        """
        if penalty.lam == 0.0:
            return None
        is_squared = self._problem.loss.kind == "squared"
        alone = self._free_fit(penalty, stop)
        if alone is not None and alone.is_best_at(penalty.lam):
            weights, biases, is_unique = self._judge_of(penalty).shortest(penalty, alone.weights, alone.biases)
            certificate = self._certificate(penalty, weights, biases)
            if certificate.is_solved:
                return LinearSolution(penalty.lam, weights, biases, certificate, is_unique=is_unique)
        near = self._squared(penalty, stop) if is_squared else self._classes(penalty, stop)
        if near is None:
            return None
        weights, biases = near
        # Of ridge regression under even factors rounding has been taken away already.
        if not (is_squared and penalty.is_ridge and penalty.is_even):
            weights, biases = polished(self._problem, self._statistics, penalty, weights, biases, stop)
        weights, biases, is_unique = self._judge_of(penalty).shortest(penalty, weights, biases)
        certificate = self._certificate(penalty, weights, biases)
        if not certificate.is_solved:
            return None
        found = LinearSolution(penalty.lam, weights, biases, certificate, is_unique=is_unique)
        if not is_squared:
            self._newton = penalty.kind, penalty.lam, found
        return found

    def _free_fit(self, penalty: Penalty, stop: Stop) -> FreeFit | None:
        """Where there is a λ from which on it is the best."""
        if not penalty.makes_zeros:
            return None
        if self._free is None or self._free[0] != penalty.kind:
            self._free = penalty.kind, free_fit(self._problem, penalty, stop)
        return self._free[1]

    def _squared(self, penalty: Penalty, stop: Stop) -> tuple[Float64s, Float64s] | None:
        if self._problem.inputs.shape[1] > MOST_INPUTS:
            return None
        statistics = self.statistics(stop)
        assert statistics is not None
        weights = gram_weights(statistics, penalty, stop)
        return weights[:, np.newaxis], np.array([statistics.target_mean - float(statistics.means @ weights)])

    def _classes(self, penalty: Penalty, stop: Stop) -> tuple[Float64s, Float64s] | None:
        problem = self._problem
        n_weights = problem.inputs.shape[1] * problem.n_outputs
        if n_weights > MOST_CLASS_WEIGHTS or self._can_be_told_apart(penalty, stop):
            return None
        path = NewtonPath(problem.inputs, problem.targets, problem.loss, penalty, problem.n_outputs, stop)
        if self._newton is not None and self._newton[0] == penalty.kind:
            _, lam, last = self._newton
            path.begin_at(last.weights, last.biases)
            lambdas = way_down(lam, penalty.lam, SHARE_A_STEP)
        else:
            top = lambda_max(replace(problem, penalty=penalty))
            lambdas = way_down(top if np.isfinite(top) else 1.0, penalty.lam, SHARE_A_STEP)
        model = list(path.solve(lambdas, AIM))[-1]
        return model.weights, model.biases

    def _can_be_told_apart(self, penalty: Penalty, stop: Stop) -> bool:
        """Whether classes are by inputs that are never penalised, so that there is no minimum whatever λ is."""
        problem = self._problem
        free = never_penalised(penalty, problem.inputs.shape[1], problem.n_outputs)
        if not free.any():
            return False
        if free.tobytes() not in self._apart:
            found = separation_of(problem.inputs[:, free], problem.targets, problem.n_outputs, stop.check)
            self._apart[free.tobytes()] = found is not None
        return self._apart[free.tobytes()]

    def _judge_of(self, penalty: Penalty) -> UniquenessJudge:
        if self._judge is None or self._judge[0] != penalty.kind:
            gram = None if self._statistics is None else self._statistics.gram
            self._judge = penalty.kind, UniquenessJudge(replace(self._problem, penalty=penalty), gram)
        return self._judge[1]

    def _certificate(self, penalty: Penalty, weights: Float64s, biases: Float64s) -> Certificate:
        statistics = self._statistics
        if statistics is not None and not penalty.is_free(weights.size).any():
            found = certificate_of_sums(statistics, penalty, weights[:, 0])
            if found.objective >= ROW_SHARE * statistics.square:
                return found
        return certificate_of(self._problem, penalty, weights, biases)
