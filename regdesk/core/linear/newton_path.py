"""Exact paths of linear models of any loss by proximal Newton steps (Lee, Sun & Saunders 2014).

Each λ starts from the solution before. A round takes one step towards the minimum of the quadratic model with the
penalty, over the inputs that strong rules leave, and one Newton step on the weights that are then alive, where J is
smooth. Quadratic convergence does the rest. The quadratic model is solved by compiled coordinate descent, or exactly
(``core/quadratic``): where descent crawls, and where nothing is to be compiled.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from regdesk.core.linear.duality import duality_gap
from regdesk.core.model.class_hessian import class_hessian
from regdesk.core.model.losses import Loss, class_probabilities
from regdesk.core.model.penalty import Penalty
from regdesk.core.model.row_weights import mean_of_rows
from regdesk.core.quadratic.active_set import quadratic_minimum
from regdesk.core.quadratic.groups import group_minimum
from regdesk.core.quadratic.scaled_system import solve_scaled
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s, Integers

MOST_ROUNDS = 60
MOST_STALLED = 4
"""Rounds in a row that bring the gap no further."""
MOST_HALVINGS = 30
FAR, TIGHT = 1e-3, 1e-6
"""Residual, as a share of λ, beyond which that of another λ has no gap of ``TIGHT``: it takes half a step to know."""
ROUNDING = 4e-16
SWEEPS = 50
"""Of coordinate descent in a round; what they leave the Newton step does."""
COMPILED_ROUNDS = 6
"""After which descent counts as crawling, and the quadratic model is solved exactly."""
GROUP_SWEEPS = 10
MOST_CALLED = 200
"""Inputs that an exact round takes in besides those alive: the Hessian grows with the square of their number."""
FREE_RESIDUAL = 1e-13


@dataclass(frozen=True)
class ModelAt:
    """Where Newton's method ended at one λ: ``weights`` ``(n_inputs, n_outputs)`` and ``biases`` ``(n_outputs,)``.

    What they are worth a certificate says.
    """

    lam: float
    weights: Float64s
    biases: Float64s


class NewtonPath:
    """The rows ``(n_rows, n_inputs)`` of one path and the model that moves along it."""

    def __init__(
        self,
        inputs: Float64s,
        targets: Float64s,
        loss: Loss,
        penalty: Penalty,
        n_outputs: int,
        stop: Stop | None = None,
        is_compiled: bool = True,
    ) -> None:
        """Without ``is_compiled`` nothing of the engine is used."""
        self._stop, self._is_compiled = stop or Stop(), is_compiled
        self._means = mean_of_rows(inputs, loss.shares)
        # Centred inputs keep the biases from running after every change of a weight.
        self._inputs = inputs - self._means
        self._targets, self._loss, self._penalty = targets, loss, penalty
        self._width = float(np.abs(self._inputs).max(initial=0.0))
        self._weights = np.zeros((inputs.shape[1], n_outputs))
        self._biases = loss.null_outputs(targets, n_outputs)
        # The number of the block of each input's first weight; blocks of groups are whole inputs.
        self._groups = penalty.owners(inputs.shape[1] * n_outputs)[::n_outputs]
        self._last_lam = np.inf
        self.n_rounds, self.most_rounds = 0, MOST_ROUNDS
        self.residual_goal = np.inf

    def solve(self, lambdas: Float64s, tolerance: float) -> Iterator[ModelAt]:
        """The solutions at each of the descending ``lambdas``, to a gap of ``tolerance`` times J.

        Raises Stopped soon after the ``stop`` of this path says so.
        """
        for lam in lambdas:
            penalty = replace(self._penalty, lam=float(lam))
            self._descend(penalty, tolerance)
            self._last_lam = float(lam)
            biases = self._biases - self._means @ self._weights
            yield ModelAt(float(lam), self._weights.copy(), biases)

    def begin_at(self, weights: Float64s, biases: Float64s) -> None:
        """Go on from a model on the scale of the inputs given."""
        own = biases + self._means @ weights
        self._weights, self._biases = weights.copy(), own - (own.mean() if len(own) > 1 else 0.0)

    def _objective(self, penalty: Penalty, weights: Float64s, biases: Float64s) -> float:
        outputs = self._inputs @ weights + biases
        # A trial step may lead to weights whose squares are beyond all numbers: it is refused for its infinite J.
        with np.errstate(over="ignore"):
            size = penalty.value(weights.ravel())
        return float(self._loss.values(outputs, self._targets).mean()) + penalty.lam * size

    def _gradient(self) -> Float64s:
        """By the weights, a row each, and last by the biases: ``(n_inputs + 1, n_outputs)``."""
        slopes = self._loss.derivatives(self._inputs @ self._weights + self._biases, self._targets)
        return np.vstack([self._inputs.T @ slopes, slopes.sum(axis=0)]) / len(self._targets)

    def _descend(self, penalty: Penalty, tolerance: float) -> None:
        objective = self._objective(penalty, self._weights, self._biases)
        gap, residual, last, n_stalled = np.inf, np.inf, np.inf, 0
        for number in range(min(MOST_ROUNDS, self.most_rounds)):
            self._stop.check()
            self.n_rounds += 1
            gradient = self._gradient()
            residual_before, residual = residual, self._residual(penalty, gradient)
            is_far = number == 0 and tolerance <= TIGHT and residual > FAR * penalty.lam
            before, gap = gap, np.inf if is_far else self._gap(penalty)
            is_stalled = gap >= before and objective >= last - self._slack(last)
            is_stalled &= residual > 0.5 * residual_before or self.residual_goal == np.inf
            last, n_stalled = objective, n_stalled + 1 if is_stalled else 0
            # Without a penalty there is no gap, and of classes that can be told apart no end but that of rounding.
            goal = self.residual_goal if penalty.lam > 0.0 else min(self.residual_goal, FREE_RESIDUAL)
            is_close = gap <= tolerance * objective or penalty.lam == 0.0
            if n_stalled == MOST_STALLED or (is_close and residual <= goal):
                break
            chosen = self._working_inputs(penalty, gradient)
            if not (penalty.is_separable and penalty.l1_share * penalty.lam == 0.0):
                is_exact = not self._is_compiled or number >= COMPILED_ROUNDS or n_stalled > 0
                objective = self._step_with_penalty(penalty, gradient, chosen, objective, is_exact)
            self._stop.check()
            objective = self._step_among_alive(penalty, objective)

    def _residual(self, penalty: Penalty, gradient: Float64s) -> float:
        """∞-norm of the smallest subgradient of J."""
        smallest = penalty.smallest_subgradient(self._weights.ravel(), gradient[:-1].ravel())
        return max(float(np.abs(smallest).max(initial=0.0)), float(np.abs(gradient[-1]).max()))

    def _gap(self, penalty: Penalty) -> float:
        return duality_gap(self._inputs, self._targets, self._loss, penalty, self._weights, self._biases)

    def _slack(self, objective: float) -> float:
        """What J can be off by rounding: an output's own moves a row's loss of classes by as much of itself."""
        largest = float(np.abs(self._inputs @ self._weights + self._biases).max(initial=0.0))
        return ROUNDING * objective * (1.0 + (largest if self._loss.kind != "squared" else 0.0))

    def _working_inputs(self, penalty: Penalty, gradient: Float64s) -> Integers:
        """Inputs that are alive or that the strong rule (Tibshirani et al. 2012) or their pull calls for."""
        l1, n_outputs = penalty.lam * penalty.l1_share, self._weights.shape[1]
        last = self._last_lam * penalty.l1_share if np.isfinite(self._last_lam) else l1
        # Infinite for what is never penalised, which is always wanted.
        steepness = penalty.steepness(gradient[:-1].ravel()).reshape(-1, n_outputs).max(axis=1)
        is_alive = (self._weights != 0).any(axis=1)
        wanted = is_alive | (steepness > l1)
        if self._is_compiled:
            wanted |= steepness >= 2.0 * l1 - last
        elif wanted.sum() > MOST_CALLED and l1 > 0.0:
            # The most wanted first: the others are looked at again in the next round.
            most = max(MOST_CALLED, 2 * int(is_alive.sum()))
            wanted = is_alive | (wanted & (steepness >= np.sort(steepness)[-min(most, len(steepness))]))
        if not penalty.is_separable:
            wanted = np.isin(self._groups, self._groups[wanted])
        return np.flatnonzero(wanted)

    def _hessian(self, chosen: Integers) -> Float64s:
        """Of the mean loss by the weights of ``chosen`` inputs (input-major) and by the biases."""
        rows = np.column_stack([self._inputs[:, chosen], np.ones(len(self._targets))])
        if self._loss.kind == "squared":
            return np.asarray(rows.T @ rows / len(rows))
        probabilities = class_probabilities(self._inputs @ self._weights + self._biases)
        return class_hessian(rows, probabilities, self._weights.shape[1], self._stop, self._loss.shares)

    def _step_with_penalty(
        self, penalty: Penalty, gradient: Float64s, chosen: Integers, objective: float, is_exact: bool
    ) -> float:
        hessian = self._hessian(chosen)
        bounds, limits, ridges = self._blocks(penalty, chosen)
        start = np.append(self._weights[chosen].ravel(), self._biases)
        slope = np.vstack([gradient[chosen], gradient[-1:]]).ravel()
        if not is_exact:
            point = self._descended(hessian, start, slope, (bounds, limits, ridges), objective)
        elif not penalty.is_separable:
            enough = 1e-15 * max(objective, 1e-300)
            point = group_minimum(hessian, slope, start, bounds, limits, enough, GROUP_SWEEPS, self._stop.check)
        else:
            point = self._exact(hessian, start, slope, limits, ridges)
        self._stop.check()
        return self._line_search(penalty, chosen, (point - start).reshape(-1, self._weights.shape[1]), objective)

    def _exact(
        self, hessian: Float64s, start: Float64s, slope: Float64s, limits: Float64s, ridges: Float64s
    ) -> Float64s:
        # A shift of all biases changes nothing that softmax says: the last one is held.
        n_held = 1 if self._weights.shape[1] > 1 else 0
        moved = slice(0, len(start) - n_held)
        point = start.copy()
        point[moved] = quadratic_minimum(
            hessian[moved, moved], slope[moved], start[moved], limits[moved], ridges[moved], self._noise(),
            self._stop.check,
        )  # fmt: skip
        return point

    def _noise(self) -> float:
        """What rounding leaves in a slope: of a mean of products of inputs and derivatives by the outputs."""
        slopes = self._loss.derivatives(self._inputs @ self._weights + self._biases, self._targets)
        return 8.0 * ROUNDING * float(np.abs(slopes).mean()) * self._width

    def _descended(
        self,
        hessian: Float64s,
        start: Float64s,
        slope: Float64s,
        blocks: tuple[Integers, Float64s, Float64s],
        objective: float,
    ) -> Float64s:
        from regdesk.core.engine.quadratic_kernels import GroupPenalty, Quadratic, descend

        bounds, limits, ridges = blocks
        curvatures = np.array(
            [
                float(np.linalg.eigvalsh(hessian[first:last, first:last])[-1]) if last - first > 1 else 1.0
                for first, last in itertools.pairwise(bounds)
            ]
        )
        point = start.copy()
        enough = 1e-13 * max(objective, 1e-300)
        quadratic, penalty = Quadratic(hessian, point, -slope), GroupPenalty(bounds, limits, ridges, curvatures)
        descend(quadratic, penalty, enough, SWEEPS, self._stop.flag)
        return point

    def _blocks(self, penalty: Penalty, chosen: Integers) -> tuple[Integers, Float64s, Float64s]:
        """Bounds of the groups of coordinates of ``chosen`` inputs and the biases, and what presses on each."""
        n_outputs = self._weights.shape[1]
        places = (chosen[:, np.newaxis] * n_outputs + np.arange(n_outputs)).ravel()
        own, free = penalty.blocks(places), np.zeros(n_outputs)
        bounds = np.append(own.bounds, own.bounds[-1] + np.arange(1, n_outputs + 1)).astype(np.int64)
        return bounds, np.append(own.limits, free), np.append(own.ridges, free)

    def _line_search(self, penalty: Penalty, chosen: Integers, steps: Float64s, objective: float) -> float:
        """Along ``steps`` ``(n_chosen + 1, n_outputs)``, halved until J falls; J where it ends."""
        share = 1.0
        slack = self._slack(objective)
        # A shift of all biases changes nothing that softmax says, but takes the digits of the outputs.
        bias_steps = steps[-1] - (steps[-1].mean() if steps.shape[1] > 1 else 0.0)
        for _ in range(MOST_HALVINGS):
            self._stop.check()
            weights = self._weights.copy()
            weights[chosen] += share * steps[:-1]
            biases = self._biases + share * bias_steps
            reached = self._objective(penalty, weights, biases)
            # Close to the minimum J is flat to rounding, while a full step still improves the gradient.
            if reached < objective or (share == 1.0 and reached <= objective + slack):
                self._weights, self._biases = weights, biases
                return reached
            share *= 0.5
        return objective

    def _step_among_alive(self, penalty: Penalty, objective: float) -> float:
        """A Newton step of J on the weights other than 0, cut short where one of L1's would change its sign."""
        free = penalty.is_free(self._weights.size).reshape(self._weights.shape)
        chosen = (
            np.flatnonzero(((self._weights != 0) | free).any(axis=1)) if penalty.makes_zeros else _all(self._weights)
        )
        n_outputs = self._weights.shape[1]
        gradient, hessian = self._gradient(), self._hessian(chosen)
        alive = np.append(self._weights[chosen].ravel(), np.ones(n_outputs)) != 0
        alive[: len(chosen) * n_outputs] |= free[chosen].ravel()
        if not penalty.makes_zeros:
            alive[:] = True
        if n_outputs > 1 and penalty.lam > 0.0:
            # A shift of all biases changes nothing that softmax says: held, the Hessian has an inverse.
            alive[-1] = False
        slope = np.vstack([gradient[chosen], gradient[-1:]]).ravel()
        weights = self._weights[chosen].ravel()
        is_chosen = np.zeros(self._weights.shape, dtype=bool)
        is_chosen[chosen] = True
        extra_slope, extra_hessian = penalty.derivatives(self._weights.ravel(), is_chosen.ravel())
        slope[: len(weights)] += extra_slope
        hessian[: len(weights), : len(weights)] += extra_hessian
        steps = np.zeros(len(slope))
        steps[alive] = solve_scaled(hessian[np.ix_(alive, alive)], -slope[alive])
        share, stopped = 1.0, np.zeros(len(weights), dtype=bool)
        if penalty.is_separable and penalty.makes_zeros:
            crossing = ((weights + steps[: len(weights)]) * weights < 0) & ~free[chosen].ravel()
            if crossing.any():
                reach = np.where(crossing, -weights / np.where(crossing, steps[: len(weights)], 1.0), np.inf)
                share = float(reach.min())
                stopped = reach == share
        steps *= share
        steps[: len(weights)][stopped] = -weights[stopped]
        return self._line_search(penalty, chosen, steps.reshape(-1, n_outputs), objective)


def _all(weights: Float64s) -> Integers:
    return np.arange(len(weights))
