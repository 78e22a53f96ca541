"""λ of a position of the slider, and the position of a λ."""

from __future__ import annotations

import math
from typing import Any

import pytest

from regdesk.views.controls.lambda_slider import (
    N_POSITIONS,
    STEP,
    LambdaRuler,
    LambdaSlider,
    lambda_at,
    position_of,
    stepped_lambda,
)


def test_every_position_is_found_again_by_its_lambda() -> None:
    assert [position_of(lambda_at(position)) for position in range(N_POSITIONS + 1)] == [*range(N_POSITIONS + 1)]


@pytest.mark.parametrize(
    ("lam", "position"), [(0.0, 0), (1e-300, 1), (1e-5, 1), (10.0, 1280), (1e9, 1600), (1e12, 1600)]
)
def test_ends_and_bend_of_the_scale(lam: float, position: int) -> None:
    assert position_of(lam) == position
    if 1e-5 <= lam <= 1e9:
        assert lambda_at(position) == lam


def test_an_arrow_key_moves_by_the_same_factor() -> None:
    # Six decades lie on 1,279 positions.
    factor = 10.0 ** (6 * STEP / 1279)
    assert stepped_lambda(1e-2, 1) / 1e-2 == pytest.approx(factor, rel=0.02)
    assert stepped_lambda(1e-2, -1) * factor == pytest.approx(1e-2, rel=0.02)
    assert stepped_lambda(1e9, 5) == 1e9
    assert stepped_lambda(1e-5, -1) == 0.0
    assert math.isclose(stepped_lambda(0.0, 1), lambda_at(STEP))


def test_both_ends_of_the_scale_are_named_in_the_least_room(qtbot: Any, set_text_scale: Any) -> None:
    set_text_scale(2.0)
    slider = LambdaSlider()
    ruler = LambdaRuler(slider)
    for widget in (slider, ruler):
        qtbot.addWidget(widget)
        widget.resize(ruler.minimumSizeHint().width(), 40)
    labels = ruler.labels()
    assert [text for text, _, _ in labels] == ["off", "10⁹"]
    assert 0 <= labels[0][1] < labels[0][2] <= labels[1][1] < labels[1][2] <= ruler.width()
