"""Finds the optimum of the linear model of one dataset, again and again as λ moves."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

from regdesk.core.linear.distance import Optimum, PenaltyKey, penalty_key_of
from regdesk.core.linear.information import InformationCriteria
from regdesk.core.linear.problem import LinearProblem, penalty_of, problem_of
from regdesk.core.linear.solution import LinearSolution
from regdesk.core.linear.warm_start import MOST_CLASS_WEIGHTS, WarmStart
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.shortfalls import Separated, TooCloseToNone, TooManyWeights, Unsolvable
from regdesk.core.stopping import Stop, Stopped
from regdesk.core.types import PenaltyKind, TrainSettings

MOST_KEPT = 64
MOST_PRODUCTS = 2e9
"""Rows times inputs times inputs, whose sums take 0.1 s, in which nothing can be given up."""


class OptimumSolver:
    """Keeps what does not depend on λ, and the newest answers."""

    def __init__(self, dataset: Dataset, should_stop: Callable[[], bool]) -> None:
        """Of the training rows of ``dataset``; ``should_stop`` is asked between two passes over the rows."""
        self._dataset, self._stop = dataset, _AskingStop(should_stop)
        self._problem: LinearProblem | None = None
        self._warm_start: WarmStart | None = None
        self._null_loss = 0.0
        self._known: OrderedDict[PenaltyKey, Optimum] = OrderedDict()
        # Of each kind and L1 share: what they keep does not depend on λ.
        self._criteria: dict[tuple[PenaltyKind, float], InformationCriteria] = {}

    def solve(self, settings: TrainSettings) -> Optimum:
        """The optimum under ``settings``. Raises Stopped when ``should_stop`` says so."""
        penalty_key = penalty_key_of(settings)
        known = self._known.get(penalty_key)
        if known is None:
            known = self._known[penalty_key] = self._solve(settings)
            if len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
        return known

    def _solve(self, settings: TrainSettings) -> Optimum:
        self._stop.check()
        if self._problem is None or self._warm_start is None:
            self._problem = problem_of(self._dataset, settings)
            self._warm_start = WarmStart(self._problem)
            self._null_loss = self._problem.loss.null_loss(self._problem.targets, self._problem.n_outputs)
        problem, penalty_key = self._problem, penalty_key_of(settings)
        # Beyond them a search takes many seconds, in which a step cannot be given up soon.
        if problem.loss.kind != "squared" and min(problem.inputs.shape) * problem.n_outputs > MOST_CLASS_WEIGHTS:
            return Optimum(penalty_key, None, self._null_loss, TooManyWeights(MOST_CLASS_WEIGHTS))
        found = self._warm_start.solve(penalty_of(self._dataset, settings), self._stop)
        unsolvable = _why_none(found)
        if unsolvable:
            return Optimum(penalty_key, None, self._null_loss, unsolvable)
        df = self._degrees_of_freedom(problem, settings, found)
        return Optimum(penalty_key, found, self._null_loss, degrees_of_freedom=df)

    def _degrees_of_freedom(self, problem: LinearProblem, settings: TrainSettings, found: LinearSolution) -> float:
        n_rows, n_inputs = problem.inputs.shape
        if problem.loss.kind != "squared" or n_rows * float(n_inputs) * min(n_rows, n_inputs) > MOST_PRODUCTS:
            return math.nan
        # Without a penalty it is ridge at λ = 0.
        pressed = replace(settings, penalty="l2") if settings.penalty == "none" else settings
        kind = (pressed.penalty, pressed.effective_l1_ratio)
        if kind not in self._criteria:
            penalised = replace(problem, penalty=penalty_of(self._dataset, pressed))
            self._criteria[kind] = InformationCriteria(penalised)
        return self._criteria[kind].of(found).degrees_of_freedom


def _why_none(found: LinearSolution) -> Unsolvable | None:
    """Why ``found`` is no optimum; None where it is one."""
    if isinstance(found.shortfall, Separated):
        return found.shortfall
    return None if found.converged else TooCloseToNone()


class _AskingStop(Stop):
    """One that asks whether anybody still waits, instead of being told."""

    def __init__(self, should_stop: Callable[[], bool]) -> None:
        super().__init__()
        self._should_stop = should_stop

    def check(self) -> None:
        if self._should_stop():
            raise Stopped
