"""What the training thread hands out of a run: its state, and the moment that was on its way, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from session_fakes import emissions, loaded_from, write_small

from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, TrainSettings
from regdesk.tasks.loading import Loaded
from regdesk.workers.requests import NewRun, NewWeights, NoRun, StateWanted
from regdesk.workers.training import TrainingThread

MINI = TrainSettings("elastic-net", 0.01, batch_size=4)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded_from(write_small(tmp_path_factory.mktemp("handing")))


@pytest.fixture
def thread(qtbot: Any, engine: None) -> Iterator[TrainingThread]:
    thread = TrainingThread(MINI)
    thread.steps_per_second = None
    thread.begin()
    yield thread
    thread.stop()
    assert thread.wait(30_000)


def new_run(loaded: Loaded, run: int, **others: Any) -> NewRun:
    return NewRun(run, loaded.dataset, loaded.fit_view, Architecture((4,)), 0, **others)


def test_a_run_that_is_over_goes_on_under_another_number_as_if_it_had_not_been(
    thread: TrainingThread, loaded: Loaded, qtbot: Any
) -> None:
    handed = emissions(thread.handed_over)
    thread.is_running = True
    thread.request(new_run(loaded, 1))
    qtbot.waitUntil(lambda: not thread.mailbox.is_empty)
    thread.request(new_run(loaded, 2))
    # Set after it was asked for: the first run is over by then.
    thread.settings = replace(MINI, lam=7.0)
    qtbot.waitUntil(lambda: len(handed) == 1)
    (first,) = handed
    assert (first.run, first.number, first.unseen.run) == (1, 0, 1), "nobody has taken what was offered"
    assert first.state.settings == MINI
    assert not any(change.after.lam == 7.0 for change in (*first.unseen.changes, *first.state.changes))
    thread.is_running, thread.settings = False, MINI
    thread.request(new_run(loaded, 3, state=first.state))
    thread.note_heard()
    qtbot.waitUntil(lambda: len(handed) == 2)
    thread.note_heard()
    qtbot.waitUntil(lambda: not thread.mailbox.is_empty)
    back = thread.mailbox.take()
    assert back is not None
    assert (back.run, back.step) == (3, first.state.step)
    again = Trainer(loaded.dataset, Architecture((4,)), 0)
    again.advance(MINI, back.step)
    np.testing.assert_array_equal(back.parameters, again.parameters)
    assert not back.changes


def test_a_state_is_of_the_moment_at_which_it_was_asked_for(thread: TrainingThread, loaded: Loaded, qtbot: Any) -> None:
    handed = emissions(thread.handed_over)
    thread.request(new_run(loaded, 1))
    thread.request(StateWanted(5))
    ones = np.ones(new_state(loaded).parameters.shape)
    thread.request(NewWeights(1, ones, MINI, "by hand"))
    thread.request(StateWanted(6))
    qtbot.waitUntil(lambda: len(handed) == 2)
    before, after = handed
    assert (before.run, before.number, after.number) == (1, 5, 6)
    np.testing.assert_array_equal(before.state.optimizer.parameters, new_state(loaded).parameters)
    np.testing.assert_array_equal(after.state.optimizer.parameters, ones)
    assert thread.mailbox.is_empty, "nothing comes before both have been heard of"
    thread.note_heard()
    thread.note_heard()
    qtbot.waitUntil(lambda: not thread.mailbox.is_empty)


def new_state(loaded: Loaded) -> Any:
    return Trainer(loaded.dataset, Architecture((4,)), 0).state().optimizer


def test_without_a_model_there_is_no_state(thread: TrainingThread, loaded: Loaded, qtbot: Any) -> None:
    handed = emissions(thread.handed_over)
    thread.request(NoRun())
    thread.request(StateWanted(1))
    qtbot.waitUntil(lambda: len(handed) == 1)
    assert (handed[0].run, handed[0].state, handed[0].unseen) == (0, None, None)


def test_where_a_state_cannot_be_handed_out_who_asked_is_answered_and_moments_go_on(
    thread: TrainingThread, loaded: Loaded, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed, errors = emissions(thread.handed_over), emissions(thread.failed)
    state, troubles = Trainer.state, [MemoryError("for the state"), MemoryError("for the next")]

    def failing(trainer: Trainer, **wanted: Any) -> Any:
        if troubles:
            raise troubles.pop()
        return state(trainer, **wanted)

    monkeypatch.setattr(Trainer, "state", failing)
    thread.request(new_run(loaded, 1))
    thread.request(StateWanted(1))
    # It is over, and the next begins although nothing is left of it.
    thread.request(new_run(loaded, 2))
    thread.request(StateWanted(2))
    qtbot.waitUntil(lambda: len(handed) == 3)
    assert [(one.run, one.number, one.is_lost, one.state is None) for one in handed] == [
        (1, 1, True, True), (1, 0, True, True), (2, 2, False, False)
    ]  # fmt: skip
    assert len(errors) == 2
    for _ in handed:
        thread.note_heard()
    qtbot.waitUntil(lambda: not thread.mailbox.is_empty)
    moment = thread.mailbox.take()
    assert moment is not None
    assert moment.run == 2
