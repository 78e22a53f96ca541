"""What a run has come through: which parameters are kept, and the losses at each λ that was visited."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from regdesk.core.run import live_trail
from regdesk.core.run.live_trail import LiveTrail
from regdesk.core.run.weight_trail import MOST_MOMENTS, MOST_NUMBERS, WeightTrail
from regdesk.core.types import TrainSettings


def snapshot(step: int, run: int = 1, n_parameters: int = 1) -> Any:
    return SimpleNamespace(run=run, step=step, parameters=np.full(n_parameters, float(step)))


def steps(trail: WeightTrail) -> list[int]:
    return [int(one[0]) for one in trail.snapshots()]


def test_every_moment_is_kept_while_they_are_few() -> None:
    trail = WeightTrail()
    assert trail.snapshots() == ()
    for step in (0, 1, 5, 5, 6):
        trail.note_snapshot(snapshot(step))
    assert steps(trail) == [0, 1, 5, 6]
    again = snapshot(6)
    trail.note_snapshot(again)
    assert trail.snapshots()[-1] is again.parameters, "weights that were set by hand at the same step"
    assert len(trail.snapshots()) == 5
    trail.note_snapshot(snapshot(4))
    assert steps(trail) == [4], "a run that goes on from an earlier moment"
    trail.note_snapshot(snapshot(9, run=2))
    assert steps(trail) == [9]


@pytest.mark.parametrize(("n_parameters", "limit"), [(1, MOST_MOMENTS), (MOST_NUMBERS // 9, 9), (MOST_NUMBERS, 8)])
def test_every_other_one_goes_and_coming_ones_stand_as_far_apart(n_parameters: int, limit: int) -> None:
    trail = WeightTrail()
    parameters = np.zeros(n_parameters)

    def note(step: int) -> None:
        trail.note_snapshot(SimpleNamespace(run=1, step=step, parameters=parameters))  # type: ignore[arg-type]

    for step in range(limit):
        note(step)
    assert len(trail.memory().moments) == limit
    note(limit)
    memory = trail.memory()
    assert (len(memory.moments), memory.stride, memory.next_step, memory.step) == (limit // 2 + 1, 2, limit + 2, limit)
    note(limit + 1)
    assert len(trail.memory().moments) == limit // 2 + 1
    note(limit + 2)
    assert len(trail.memory().moments) == limit // 2 + 2


def test_a_trail_is_brought_back() -> None:
    trail, other = WeightTrail(), WeightTrail()
    for step in range(4):
        trail.note_snapshot(snapshot(step, run=7))
    other.bring_back(trail.memory(), 7)
    assert steps(other) == [0, 1, 2, 3]
    other.note_snapshot(snapshot(4, run=7))
    assert steps(other) == [0, 1, 2, 3, 4]
    other.bring_back(trail.memory(), 8)
    other.note_snapshot(snapshot(4, run=7))
    assert steps(other) == [4]


def moment(lam: float, epoch: float, loss: float, **settings: Any) -> Any:
    chosen = TrainSettings(**({"penalty": "l2", "lam": lam} | settings))
    return SimpleNamespace(settings=chosen, epoch=epoch, train_loss=loss, validation_loss=loss + 0.5)


def rows(trail: LiveTrail, other: Any = None) -> list[tuple[float, float, float]]:
    found = trail.columns(other)
    return list(zip(found.lambdas.tolist(), found.train_loss.tolist(), found.validation_loss.tolist(), strict=True))


def test_each_lambda_has_its_newest_losses() -> None:
    trail = LiveTrail()
    assert rows(trail) == []
    for lam, epoch, loss in ((0.1, 1.0, 3.0), (0.1, 2.0, 2.0), (0.01, 3.0, 1.0)):
        trail.note_snapshot(moment(lam, epoch, loss))
    assert rows(trail) == [(0.01, 1.0, 1.5), (0.1, 2.0, 2.5)]
    assert rows(trail, moment(0.1, 9.0, 7.0)) == [(0.01, 1.0, 1.5), (0.1, 7.0, 7.5)]
    assert rows(trail, moment(5.0, 9.0, 7.0))[-1] == (5.0, 7.0, 7.5)
    assert len(rows(trail)) == 2
    trail.note_snapshot(moment(0.1, 4.0, 1.0, penalty="l1"))
    assert rows(trail) == [(0.1, 1.0, 1.5)], "the λ of another penalty are others"


def test_a_lambda_that_is_left_before_the_model_has_changed_leaves_no_trace() -> None:
    trail = LiveTrail()
    trail.note_snapshot(moment(0.1, 1.0, 3.0))
    trail.note_snapshot(moment(0.1, 2.0, 2.0))
    for lam in (0.2, 0.3, 0.4):
        trail.note_snapshot(moment(lam, 2.0, 2.0))
    assert [one[0] for one in rows(trail)] == [0.1, 0.4]
    trail.note_snapshot(moment(0.4, 3.0, 1.0))
    trail.note_snapshot(moment(0.1, 3.0, 1.0))
    assert rows(trail)[0] == (0.1, 1.0, 1.5)
    trail.note_snapshot(moment(0.4, 3.0, 1.0))
    assert rows(trail) == [(0.1, 2.0, 2.5), (0.4, 1.0, 1.5)], "what was known there is back"
    other = LiveTrail()
    other.bring_back(trail.memory())
    assert (rows(other), other.memory()) == (rows(trail), trail.memory())


def test_those_visited_longest_ago_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_trail, "MOST_LAMBDAS", 3)
    trail = LiveTrail()
    for epoch, lam in enumerate((0.1, 0.2, 0.3, 0.1, 0.4)):
        trail.note_snapshot(moment(lam, float(epoch), 10.0 - epoch))
    assert [one[0] for one in rows(trail)] == [0.1, 0.3, 0.4]
