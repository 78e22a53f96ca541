"""What is shown of the plane around a ball that is small beside all else."""

from __future__ import annotations

import numpy as np
import pytest

from regdesk.core.geometry.close_up import CLOSE_SHARE, LEAST_SHARE, REACH, WHOLE_SHARE, close_extent
from regdesk.core.geometry.plane_memory import PlaneMemory

PARTS = np.array([[1.0, 0.2], [0.0, -0.3], [np.nan, 5.0]])


def diamond(radius: float) -> np.ndarray:
    return radius * np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]])


@pytest.mark.parametrize(
    ("share", "was_close", "is_close"),
    [
        (0.9 * CLOSE_SHARE, False, True),
        (1.1 * CLOSE_SHARE, False, False),
        (1.1 * CLOSE_SHARE, True, True),
        (1.1 * WHOLE_SHARE, True, False),
        (0.5 * LEAST_SHARE, True, False),
        (0.0, False, False),
    ],
)
def test_a_small_ball_is_looked_at_closely_and_a_point_is_not(share: float, was_close: bool, is_close: bool) -> None:
    found = close_extent(diamond(0.5 * share), PARTS, was_close)
    assert (found is not None) == is_close
    if found is not None:
        reach = 0.5 * REACH * share
        np.testing.assert_allclose(found, [[-reach, -reach], [reach, reach]])


def test_the_frame_of_a_small_ball_shows_it_large_and_that_of_a_larger_one_all_there_is() -> None:
    memory = PlaneMemory(1.0)
    whole = memory.frame_around(PARTS, "plane", True, diamond(0.4))
    assert whole.contains(PARTS)
    close = memory.frame_around(PARTS, "plane", True, diamond(0.05))
    width = close.right - close.left
    assert 0.2 < 0.1 / width < 0.5, "the diamond is a good part of what is shown"
    # It stands still while the ball is seen well, which shrinks and grows to the eye, and follows once it is not.
    for radius in (0.04, 0.025, 0.05, 0.09):
        assert memory.frame_around(PARTS, "plane", True, diamond(radius)) is close
    larger = memory.frame_around(PARTS, "plane", True, diamond(0.115))
    assert larger.right > 1.2 * 0.115
    closer = memory.frame_around(PARTS, "plane", True, diamond(0.01))
    assert 0.2 < 0.02 / (closer.right - closer.left) < 0.5
    assert memory.frame_around(PARTS, "plane", True, diamond(0.4)) == whole
    assert memory.frame_around(PARTS, "plane", True) == whole, "no ball: nothing to be looked at closely"
