"""Curves of a sweep made by hand, so that a rule chooses the point that a test wants."""

from __future__ import annotations

import math

import numpy as np

from regdesk.core.linear.certificate import Certificate
from regdesk.core.linear.cross_validation import SweepPoint
from regdesk.core.linear.solution import LinearSolution
from regdesk.core.model.shortfalls import NoCriteria
from regdesk.core.sweep.curve import SweepCurve, curve_of
from regdesk.core.types import TrainSettings

N_LAMBDAS = 41
LAMBDAS = np.geomspace(1.0, 1e-4, N_LAMBDAS)


def make_curve(best: int, sparser: int, aic: int | None, bic: int | None, least: float = 0.2) -> SweepCurve:
    """A sweep whose rules choose these points, of which ``sparser`` is no later than ``best``."""
    away = np.abs(np.arange(N_LAMBDAS) - best) / N_LAMBDAS
    losses = least + away**2
    error = losses[sparser] - losses[best] + 1e-9
    points = []
    for number, lam in enumerate(LAMBDAS):
        weights = np.zeros((N_LAMBDAS, 1))
        weights[:number] = 1.0
        model = LinearSolution(float(lam), weights, np.zeros(1), Certificate(0.0, 0.0, 0.0, True))
        criteria = [math.nan if lowest is None else 100.0 + abs(number - lowest) for lowest in (aic, bic)]
        points.append(
            SweepPoint(
                float(lam),
                model,
                losses[number] - 0.02,
                losses[number],
                error,
                math.nan,
                math.nan,
                number + 1.0,
                *criteria,
                no_criteria=NoCriteria.GROUPED if aic is None else None,
            )
        )
    return curve_of(points, TrainSettings(penalty="l1"), N_LAMBDAS, 5, True)
