"""What is known of one dataset's networks at each λ: the best of all models that any start has led to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from regdesk.core.networks.kinks import certified
from regdesk.core.networks.solver import NetworkProblem, Solution
from regdesk.core.types import Float64s, TrainSettings

COLLAPSE_SHARE = 1e-6
"""Of J: what no more than this separates from the null model is the null model."""
COLLAPSE_SIZE = 1e-2
"""Around W = 0 a network of several layers is so flat that weights of this size have stopped moving."""
MENDING_SHARE = 1e-3
"""Of J: by how much another λ's model must do better before it is taken as a start."""


def is_dead(solution: Solution, null: Solution, network_weights: Float64s) -> bool:
    """Whether a model is the null model but for rounding: no better, and its weights gone."""
    is_no_better = solution.objective >= null.data_loss * (1.0 - COLLAPSE_SHARE)
    return is_no_better and float(np.abs(network_weights).max(initial=0.0)) <= COLLAPSE_SIZE


class Direction:
    """Where the sweep in one direction ended at each λ, the better of several seeds.

    Attributes:
        objective: ``(n_lambdas,)``, NaN where it has not been.
        converged: ``(n_lambdas,)``; false where ``CHAIN_PASSES`` were not enough.
    """

    def __init__(self, count: int) -> None:
        self.objective = np.full(count, np.nan)
        self.converged = np.zeros(count, dtype=np.bool_)

    def forget(self, number: int) -> None:
        self.objective[number], self.converged[number] = np.nan, False

    def note(self, number: int, solution: Solution) -> None:
        if not self.objective[number] <= solution.objective:
            self.objective[number], self.converged[number] = solution.objective, solution.converged


class BestModels:
    """At each of the descending ``lambdas``.

    Attributes:
        best: the lowest J found at each λ, None where no start has been tried yet.
        null: the model without weights, known at every λ.
        changed: numbers of the λ with news since whoever asks has cleared it.
    """

    def __init__(self, problem: NetworkProblem, lambdas: Float64s) -> None:
        self.problem, self.lambdas = problem, lambdas
        self.null = replace(problem.null_model(), converged=True, is_stationary=True)
        self.best: list[Solution | None] = [None] * len(lambdas)
        self.changed: set[int] = set()

    def is_dead(self, solution: Solution) -> bool:
        weights = solution.parameters / self.problem.units.parameters
        return is_dead(solution, self.null, weights[self.problem.network.is_weight])

    def is_null_best(self, number: int) -> bool:
        """Whether the best that was found is the null model, to ``COLLAPSE_SHARE``."""
        best = self.best[number]
        return best is not None and best.objective >= self.null.data_loss * (1.0 - COLLAPSE_SHARE)

    def offer(self, number: int, solution: Solution) -> None:
        """Keep it if it is the lowest. The null model is known at every λ and wins where nothing else is lower."""
        self.changed.add(number)
        least = self.null.data_loss
        if self.is_dead(solution) or solution.objective >= least:
            # Without a weight there is no penalty: it is the same under every λ.
            solution = self.null
        best = self.best[number]
        if best is None or solution.objective < best.objective:
            self.best[number] = solution

    def certify(self, settings: TrainSettings, tolerance: float) -> None:
        """Say of the models that have stopped in kinks which of them are stationary there; λ is that of each."""
        for number, best in enumerate(self.best):
            if best is not None:
                own = replace(settings, lam=float(self.lambdas[number]))
                self.best[number] = certified(self.problem, best, own, tolerance)
                self.changed.add(number)

    @property
    def last_survived(self) -> float:
        """The largest λ up to which a model that is known, of any λ, has a lower J than the null model; 0 if none has.

        J of fixed parameters is a straight line in λ.
        """
        alive = [one for one in self.best if one is not None and one.penalty_value > 0]
        return max(((self.null.data_loss - one.data_loss) / one.penalty_value for one in alive), default=0.0)

    def better_start(self, number: int, is_last: bool) -> Solution | None:
        """The model, of any λ, whose J is the lowest at this one; None where the λ's own is solved and as good.

        J of fixed parameters is a straight line in λ, so this costs nothing. The last time only a gain that can be seen
        counts, ``MENDING_SHARE``.
        """
        own, lam = self.best[number], float(self.lambdas[number])
        if own is None:
            return None
        lowest = min((one for one in self.best if one is not None), key=lambda one: one.objective_at(lam))
        gain = own.objective - lowest.objective_at(lam)
        if gain > MENDING_SHARE * abs(own.objective):
            return lowest
        return None if is_last or own.converged else own
