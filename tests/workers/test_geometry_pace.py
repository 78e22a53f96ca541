"""How long the thread of the geometry rests after a picture."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from regdesk.core.geometry.unavailable import Unavailable
from regdesk.workers.geometry import LEAST_MS, MOST_MS, MOVING_MS, REST_SHARE, GeometryThread, rest_ms


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


class HandClock:
    """Every look at it takes ``step_s`` seconds."""

    def __init__(self, step_s: float) -> None:
        self._now_s, self._step_s = 1000.0, step_s

    def monotonic(self) -> float:
        self._now_s += self._step_s
        return self._now_s


class CannedMaker:
    """Of one picture, which is whole."""

    def __init__(self, _request: object) -> None:
        pass

    def make(self, *_: object) -> Unavailable:
        return Unavailable.NO_MOTION


def test_the_thread_rests_by_what_its_own_picture_took(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    request: Any = SimpleNamespace(run=1, choice="a plane", is_moving=True)
    rests: list[int] = []
    thread = GeometryThread()
    # Three looks lie between the beginning of a picture and its end.
    monkeypatch.setattr("regdesk.workers.geometry.time", HandClock(0.01))
    monkeypatch.setattr("regdesk.core.geometry.maker.GeometryMaker", CannedMaker)
    monkeypatch.setattr(GeometryThread, "msleep", staticmethod(rests.append))
    with qtbot.waitSignal(thread.made):
        thread.submit(request)
    thread.stop()
    assert thread.wait()
    assert rests == [rest_ms(0.03, True)]
