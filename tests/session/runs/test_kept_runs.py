"""Runs as values: what is kept of one that is left or asked for, in the order in which its thread made it, and back."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from session_fakes import FakeWindow, HandClock, emissions, fake_workers, loaded_from, snapshot_of, write_small

from regdesk.core.settings.configuration import Configuration
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.session.controller import Controller
from regdesk.session.controllers.frame_clock import FRAME_MS, START_AFTER_MS
from regdesk.session.session import Session
from regdesk.workers.requests import HandedOver, NewRun, NewWeights, StateWanted

LASSO = TrainSettings(penalty="l1", lam=0.1)
LINEAR = Configuration(DataSettings(target="y"), Architecture(hidden=()), LASSO, seed=3)
RUNS = "source", "data", "seed", "architecture", "training"


@pytest.fixture
def desk(tmp_path: Path, engine: None) -> Any:
    """A linear model at rest, seen at step 0; what its thread hands over is what a test says."""
    window, clock, workers = FakeWindow(), HandClock(), fake_workers(LASSO)
    controller = Controller(window, Session(LINEAR), workers, clock)
    controller.start()
    clock.advance(START_AFTER_MS)
    workers.engine.finish()
    file = write_small(tmp_path)
    controller.open_file(str(file), settings=DataSettings(target="y"))
    workers.reading.answer()
    one = SimpleNamespace(controller=controller, window=window, clock=clock, training=workers.training)
    one.loaded, one.runs, one.session = loaded_from(file, seed=3), controller.kept_runs, controller.session
    one.kept, one.training.is_late = emissions(controller.kept_runs.kept), True
    show(one, 0)
    return one


def moment(one: Any, step: int, run: int = 1) -> Any:
    return snapshot_of(one.loaded, LINEAR.architecture, LASSO, step, run=run)


def show(one: Any, step: int, run: int = 1) -> None:
    one.training.mailbox.offer(moment(one, step, run))
    one.clock.advance(FRAME_MS)


def state_at(one: Any, step: int) -> Any:
    trainer = Trainer(one.loaded.dataset, LINEAR.architecture, 3)
    trainer.advance(LASSO, step)
    return trainer.state()


def test_a_run_that_is_left_has_what_was_on_its_way(desk: Any) -> None:
    show(desk, 5)
    desk.training.mailbox.offer(moment(desk, 6))
    desk.session.change("architecture.hidden", (2,))
    # The first is dropped by the window, the second is taken back by the thread: both are of the run.
    desk.clock.advance(FRAME_MS)
    assert desk.kept == []
    state = state_at(desk, 8)
    desk.training.handed_over.emit(HandedOver(1, 0, state, moment(desk, 7)))
    (kept,) = desk.kept
    assert kept.memory.history.rows[:, 0].tolist() == [0, 5, 6, 7]
    assert (kept.run.number, kept.step, kept.snapshot.step) == (1, 8, 7)
    assert kept.state is state
    assert kept.configuration.architecture == LINEAR.architecture
    assert kept.configuration.training == LASSO
    assert kept.n_bytes > state.n_bytes


def test_a_run_that_never_trained_is_kept_at_once(desk: Any) -> None:
    desk.session.change("architecture.hidden", (2,))
    desk.training.handed_over.emit(HandedOver(1, 0, None, None))
    assert [(one.run.number, one.state, one.step) for one in desk.kept] == [(1, None, 0)]


def test_what_is_asked_for_is_of_that_moment_and_shown_once(desk: Any) -> None:
    found: list[Any] = []
    show(desk, 5)
    desk.runs.ask(found.append)
    assert found == []
    (asked,) = [one for one in desk.training.asked if isinstance(one, StateWanted)]
    desk.training.handed_over.emit(HandedOver(1, asked.number, state_at(desk, 9), moment(desk, 9)))
    (state,) = found
    assert state.memory.history.rows[:, 0].tolist() == [0, 5, 9]
    assert state.step == 9
    # The window is still to see it, before whatever comes next.
    desk.training.mailbox.offer(moment(desk, 12))
    desk.clock.advance(FRAME_MS)
    assert desk.session.step == 9
    desk.clock.advance(FRAME_MS)
    assert desk.session.step == 12
    assert desk.runs.record.whole_course.step.tolist() == [0, 5, 9, 12]
    assert state.memory.history.rows[:, 0].tolist() == [0, 5, 9], "a value"


def test_a_run_comes_back_as_it_was(desk: Any) -> None:
    show(desk, 5)
    desk.session.change_all({"architecture": Architecture((2,)), "training.lam": 0.7})
    assert desk.training.settings.lam == 0.7
    state = state_at(desk, 8)
    desk.training.handed_over.emit(HandedOver(1, 0, state, None))
    loaded_before = desk.kept[0].run.loaded
    changes = emissions(desk.session.changed)
    back: list[Any] = []
    desk.runs.brought_back.connect(lambda loaded, is_new_table: back.append((loaded, is_new_table)))
    desk.runs.bring_back(desk.kept[0])
    newest = desk.training.asked[-1]
    runs = [one for one in desk.training.asked if isinstance(one, NewRun)]
    assert (runs[-1].run, runs[-1].state, runs[-1].architecture) == (3, state, LINEAR.architecture)
    assert newest is runs[-1] or not isinstance(newest, NewWeights)
    assert len(runs) == 3, "the layers that come back begin no run of their own"
    now, kept = desk.session.configuration, desk.kept[0].configuration
    assert [getattr(now, group) for group in RUNS] == [getattr(kept, group) for group in RUNS]
    assert {one.origin for one in changes} <= {"undo", "script"}
    assert runs[-1].dataset is loaded_before.dataset
    assert desk.training.settings == LASSO
    assert back == [(loaded_before, False)], "its table is the one on screen"
    assert desk.runs.record.whole_course.step.tolist() == [0, 5]
    show(desk, 9, run=3)
    assert desk.runs.record.whole_course.step.tolist() == [0, 5, 9]
    # And what was left for it is kept in its turn.
    desk.training.handed_over.emit(HandedOver(2, 0, None, None))
    assert [one.run.number for one in desk.kept] == [1, 2]
    assert desk.kept[1].configuration.architecture.hidden == (2,)
    assert desk.kept[1].memory.weights.moments == (), "the weights of the run before it are not of its shape"
