"""λ that a rule chooses while the sweep is under way: it is called so far, and follows until the sweep has ended."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sweep_curves import make_curve

from regdesk.core.sweep.curve import SweepCurve
from regdesk.views.sweep.followed_choice import FollowedChoice, Rule
from regdesk.views.sweep.words import point_text


def growing(best: int, sparser: int) -> SweepCurve:
    return replace(make_curve(best, sparser, None, None), is_done=False)


class Listener:
    """What is in force after each choice."""

    def __init__(self) -> None:
        self.choice = FollowedChoice()
        self.lambdas: list[float] = []
        self.chosen: list[float] = []
        self.choice.lambda_chosen.connect(self.chosen.append)
        for signal in (self.choice.lambda_chosen, self.choice.lambda_followed):
            signal.connect(self._on_lambda_chosen)

    def _on_lambda_chosen(self, lam: float) -> None:
        self.lambdas.append(lam)
        self.choice.show_lambda(lam)


@pytest.mark.parametrize("rule", ["best", "one_standard_error"])
def test_lambda_follows_the_rule_to_the_end_of_the_sweep(rule: Rule, qapp: Any) -> None:
    listener = Listener()
    curves = [growing(10, 8), growing(10, 8), growing(25, 15), make_curve(30, 20, None, None)]
    listener.choice.choose(rule, curves[0])
    assert "so far" in listener.choice.words
    for curve in curves[1:]:
        listener.choice.show_curve(curve, is_stale=False)
    numbers = [getattr(curve, rule) for curve in (curves[0], curves[2], curves[3])]
    assert listener.lambdas == [float(curves[0].lambdas[number]) for number in numbers]
    assert listener.chosen == listener.lambdas[:1], "the rest is followed"
    assert listener.choice.words == ""
    # What comes after the end, such as a new sweep, is nobody's choice.
    listener.choice.show_curve(growing(5, 5), is_stale=False)
    assert len(listener.lambdas) == 3


def test_another_lambda_by_hand_ends_it(qapp: Any) -> None:
    listener = Listener()
    listener.choice.choose("best", growing(10, 8))
    listener.choice.show_lambda(0.5)
    listener.choice.show_curve(growing(25, 15), is_stale=False)
    assert len(listener.lambdas) == 1
    for ending in ((None, False), (growing(25, 15), True)):
        listener.choice.choose("best", growing(10, 8))
        listener.choice.show_curve(*ending)
        listener.choice.show_curve(growing(30, 20), is_stale=False)
    assert len(listener.lambdas) == 3


def test_of_a_sweep_that_is_done_it_is_chosen_once(qapp: Any) -> None:
    listener = Listener()
    listener.choice.choose("best", make_curve(10, 8, None, None))
    listener.choice.show_curve(make_curve(25, 8, None, None), is_stale=False)
    assert len(listener.lambdas) == 1
    assert listener.choice.words == ""


def test_until_the_end_every_name_says_so_far() -> None:
    curve = growing(10, 8)
    assert [name for _, name in curve.chosen] == ["λ_best so far", "λ_1se so far"]
    assert [name for _, name in replace(curve, is_done=True).chosen] == ["λ_best", "λ_1se"]
    assert "(λ_best so far)" in point_text(curve, 10)
    assert "against λ_best so far:" in point_text(curve, 30)
