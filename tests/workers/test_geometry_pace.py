"""How long the thread of the geometry rests after a picture."""

from __future__ import annotations

import pytest

from regdesk.workers.geometry import LEAST_MS, MOST_MS, MOVING_MS, REST_SHARE, rest_ms


@pytest.mark.parametrize(
    ("taken_s", "is_moving", "expected_ms"),
    [
        (0.005, True, MOVING_MS),
        (0.03, True, round(30 * REST_SHARE)),
        (5.0, True, MOST_MS),
        (0.005, False, LEAST_MS),
        (5.0, False, LEAST_MS),
    ],
)
def test_what_took_long_beside_a_model_that_moves_is_followed_by_a_longer_rest(
    taken_s: float, is_moving: bool, expected_ms: int
) -> None:
    assert rest_ms(taken_s, is_moving) == expected_ms
