"""A look at the past through the training thread: the newest wish is answered, and the model goes on as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from window_driver import write_sparse

from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.source import Source
from regdesk.tasks.loading import load
from regdesk.workers.requests import MomentSeen, MomentWanted, NewRun
from regdesk.workers.training import TrainingThread


@pytest.fixture
def thread(qtbot: Any, engine: None, tmp_path: Path) -> Iterator[TrainingThread]:
    """A network that trains."""
    path = write_sparse(tmp_path / "sparse.csv")
    loaded = load(Source(path, path.name), DataSettings(), 0, lambda: False)
    thread = TrainingThread(TrainSettings())
    thread.is_running = True
    thread.request(NewRun(1, loaded.dataset, loaded.fit_view, Architecture((4,)), 0))
    thread.begin()
    yield thread
    thread.stop()
    assert thread.wait(30_000)


def seen(thread: TrainingThread, qtbot: Any, wanted: MomentWanted) -> MomentSeen:
    thread.earlier.wanted = wanted
    thread.wake()
    qtbot.waitUntil(lambda: not thread.earlier.mailbox.is_empty)
    found = thread.earlier.mailbox.take()
    assert found is not None
    assert found.wanted is wanted
    return found


def test_moments_are_seen_again_while_it_trains_and_when_it_rests(thread: TrainingThread, qtbot: Any) -> None:
    taken = []

    def has_trained() -> bool:
        snapshot = thread.mailbox.take()
        if snapshot is not None:
            taken.append(snapshot)
            thread.wake()
        return bool(taken) and taken[-1].step > 200

    qtbot.waitUntil(has_trained)
    while_it_trains = seen(thread, qtbot, MomentWanted(1, 1, epoch=50.0))
    assert while_it_trains.snapshot is not None
    assert while_it_trains.snapshot.epoch <= 50.0
    thread.is_running = False
    # On a busy machine some are not measured, and leave no row.
    measured = [one for one in taken[:-1] if one.last_measured is None]
    assert measured
    for snapshot in measured:
        found = seen(thread, qtbot, MomentWanted(1, 1, epoch=snapshot.epoch))
        assert found.snapshot is not None
        assert found.snapshot.step == snapshot.step
        assert found.snapshot.digest() == snapshot.digest()
        assert (found.snapshot.objective, found.snapshot.validation_loss) == (
            snapshot.objective, snapshot.validation_loss,
        )  # fmt: skip
    last = seen(thread, qtbot, MomentWanted(1, 1, offset=-1))
    assert last.place == last.course.now - 1
    again = seen(thread, qtbot, MomentWanted(1, 1, number=last.course.moments[-1].number, offset=-2))
    assert again.place == last.place - 2
    now = seen(thread, qtbot, MomentWanted(1, 1, epoch=1e9))
    assert (now.place, now.snapshot) == (now.course.now, None)
    assert now.course.now_step >= taken[-1].step


def test_another_run_is_not_asked_and_the_newest_wish_counts(thread: TrainingThread, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not thread.mailbox.is_empty)
    thread.earlier.wanted = MomentWanted(7, 1, epoch=0.0)
    thread.wake()
    qtbot.waitUntil(lambda: thread.earlier.wanted is None)
    assert seen(thread, qtbot, MomentWanted(1, 2, epoch=0.0)).place == 0
