"""What a lesson knows of a sweep: the two λ of the rules, and how good the λ in force is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sweep_curves import LAMBDAS, make_curve

from regdesk.core.lessons.figures import sweep_figures
from regdesk.data.lessons.bundled import TOUR, bundled_lesson

CURVE = make_curve(25, 15, 28, 20)


def test_the_loss_at_the_λ_in_force_is_that_of_the_curve() -> None:
    for number in (0, 7, len(LAMBDAS) - 1):
        here = sweep_figures(CURVE, False, float(CURVE.lambdas[number]))["sweep_loss_here"]
        assert here == pytest.approx(CURVE.validation_loss[number], rel=1e-12)
    between = float(np.sqrt(CURVE.lambdas[7] * CURVE.lambdas[8]))
    mean = 0.5 * (CURVE.validation_loss[7] + CURVE.validation_loss[8])
    assert sweep_figures(CURVE, False, between)["sweep_loss_here"] == pytest.approx(mean, rel=1e-12)


@pytest.mark.parametrize("lam", [0.0, 0.5 * min(LAMBDAS), 2.0 * max(LAMBDAS)])
def test_of_a_λ_beside_the_curve_nothing_is_said(lam: float) -> None:
    figures = sweep_figures(CURVE, False, lam)
    assert figures["is_swept"] is True
    assert "sweep_loss_here" not in figures


def test_while_it_sweeps_nothing_is_known() -> None:
    assert sweep_figures(CURVE, True, float(CURVE.lambdas[7])) == {"is_swept": False}
    assert sweep_figures(replace(CURVE, lambdas=CURVE.lambdas[:0]), False, 0.1) == {"is_swept": False}


def test_the_tour_takes_every_λ_that_is_as_good_as_the_best_and_no_other() -> None:
    wait = bundled_lesson(TOUR).lesson.steps[-1].wait
    assert wait is not None
    limit = CURVE.validation_loss[CURVE.best] + CURVE.validation_se[CURVE.best]
    start = {"start.lam": 123.0}
    for number, lam in enumerate(map(float, CURVE.lambdas)):
        figures = sweep_figures(CURVE, False, lam) | {"lam": lam}
        is_good = bool(CURVE.validation_loss[number] <= limit)
        is_best = abs(lam / CURVE.lambdas[CURVE.best] - 1.0) < 0.01
        assert wait.holds(figures | start) == is_good, lam
        assert wait.holds(figures | {"start.lam": lam}) == is_best, "who has picked nothing has done nothing"
    assert {bool(one <= limit) for one in CURVE.validation_loss} == {True, False}
