"""The live model with a thread that does what the test says: its runs, what it waits for, and whose moments count."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from session_fakes import FakeEngine, FakeTraining, emissions, loaded_from, run_of, snapshot_of, write_small

from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.session.engine_readiness import EngineReadiness
from regdesk.session.live_model import LiveModel
from regdesk.session.session import Session
from regdesk.tasks.loading import Loaded
from regdesk.workers.requests import NewFitView, NewRun, NewWeights, NoRun

LASSO = TrainSettings(penalty="l1", lam=0.1)
LINEAR = Configuration(DataSettings(target="y"), Architecture(hidden=()), LASSO, seed=3)
SIGNALS = ("left", "begun", "ended", "running_changed", "scene_changed", "failed")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded_from(write_small(tmp_path_factory.mktemp("live")), seed=3)


def made(is_ready: bool = True) -> SimpleNamespace:
    thread, engine, session = FakeTraining(LASSO), FakeEngine(), Session(LINEAR)
    readiness = EngineReadiness(engine, session)
    one = SimpleNamespace(thread=thread, engine=engine, session=session, log=[])
    one.model = LiveModel(thread, session, readiness)
    session.changed.connect(one.model.follow)
    readiness.part_ready.connect(lambda _part: one.model.note_engine())
    for name in SIGNALS:
        getattr(one.model, name).connect(lambda *values, name=name: one.log.append((name, *values)))
    if is_ready:
        engine.finish()
    return one


def requests(one: SimpleNamespace, kind: type) -> list[Any]:
    return [request for request in one.thread.asked if isinstance(request, kind)]


def test_a_run_is_left_before_another_begins_and_asked_for_last(loaded: Loaded) -> None:
    one = made()
    asked_at_begin: list[int] = []
    one.model.begun.connect(lambda _run: asked_at_begin.append(len(requests(one, NewRun))))
    one.session.step = 9
    one.model.begin_run(loaded)
    one.model.begin_run(loaded)
    assert [name for name, *_ in one.log] == ["left", "begun", "left", "begun"]
    assert asked_at_begin == [0, 1], "everybody knows of a run before it is trained"
    first, second = requests(one, NewRun)
    assert (first.run, second.run, second.seed) == (1, 2, 3)
    assert second.fit_view is first.fit_view, "the same data in the same picture"
    assert (one.model.run.number, one.session.step) == (2, 0)


def test_a_run_waits_for_the_code_of_its_own_numbers(loaded: Loaded) -> None:
    one = made(is_ready=False)
    one.model.begin_run(loaded)
    assert (one.model.is_waiting, requests(one, NewRun)) == (True, [])
    one.engine.ready.emit("float32")
    assert one.model.is_waiting
    one.engine.ready.emit("float64")
    one.engine.ready.emit("float64")
    assert not one.model.is_waiting
    assert len(requests(one, NewRun)) == 1


def test_only_moments_of_the_present_run_are_taken_and_the_thread_goes_on(loaded: Loaded) -> None:
    one = made()
    assert one.model.take() is None
    one.model.begin_run(loaded)
    one.model.begin_run(loaded)
    one.thread.called.clear()
    one.thread.mailbox.offer(snapshot_of(loaded, LINEAR.architecture, LASSO, run=1))
    assert one.model.take() is None
    newest = snapshot_of(loaded, LINEAR.architecture, LASSO, 7, run=2)
    one.thread.mailbox.offer(newest)
    assert one.model.take() is newest
    assert one.thread.called == ["wake", "wake"]
    one.model.note_snapshot(newest)
    assert (one.model.snapshot, one.session.step) == (newest, 7)
    one.model.begin_run(loaded)
    assert one.model.snapshot is None


def test_the_end_of_a_run_leaves_nothing(loaded: Loaded) -> None:
    one = made()
    one.model.begin_run(loaded)
    one.model.set_running(True)
    one.log.clear()
    one.model.end_run()
    assert [name for name, *_ in one.log] == ["left", "running_changed", "ended"]
    assert (one.model.run, one.model.is_running, len(requests(one, NoRun))) == (None, False, 1)
    one.thread.mailbox.offer(snapshot_of(loaded, LINEAR.architecture, LASSO, run=1))
    assert one.model.take() is None
    one.model.put_in(np.ones(4), "of nobody")
    assert requests(one, NewWeights) == []


def test_a_model_that_would_diverge_again_does_not_run(loaded: Loaded) -> None:
    one = made()
    one.model.begin_run(loaded)
    one.model.note_snapshot(snapshot_of(loaded, LINEAR.architecture, LASSO, has_diverged=True))
    one.model.set_running(True)
    assert (one.model.is_running, one.log[-1]) == (False, ("running_changed", False))
    one.session.change("training.learning_rate", 0.001)
    one.model.set_running(True)
    assert one.model.is_running


def test_pressure_pace_and_picture_go_to_the_thread_as_they_change(loaded: Loaded) -> None:
    one = made()
    one.model.begin_run(loaded)
    one.thread.called.clear()
    one.session.change("sweep.n_starts", 3)
    assert one.thread.called == []
    one.session.change("training.lam", 0.7)
    one.session.change("view.steps_per_second", None)
    assert (one.thread.settings, one.thread.steps_per_second) == (replace(LASSO, lam=0.7), None)
    assert one.thread.called == ["wake", "wake"]
    one.session.change("view.slice", ("a", "b"))
    (look,) = requests(one, NewFitView)
    assert look.fit_view.scene is one.model.scene
    assert one.log[-1] == ("scene_changed", one.model.scene)


def test_weights_are_put_in_under_what_is_in_force(loaded: Loaded) -> None:
    one = made()
    one.model.begin_run(loaded)
    one.session.change("training.lam", 0.7)
    parameters = np.ones(4)
    one.model.put_in(parameters, "by hand")
    (request,) = requests(one, NewWeights)
    assert (request.run, request.settings.lam, request.words) == (1, 0.7, "by hand")
    assert request.parameters is parameters


def test_a_failed_thread_pauses_and_says_so(loaded: Loaded) -> None:
    one = made()
    one.model.begin_run(loaded)
    one.model.set_running(True)
    error = ValueError("broken")
    one.thread.failed.emit(error)
    assert one.log[-2:] == [("running_changed", False), ("failed", error)]


def test_after_the_end_nobody_s_moment_counts(loaded: Loaded) -> None:
    one = made()
    one.model.begin_run(loaded)
    one.model.stop()
    one.thread.mailbox.offer(snapshot_of(loaded, LINEAR.architecture, LASSO, run=1))
    assert one.model.take() is None


def test_runs_are_told_apart_by_what_they_are_of(loaded: Loaded, tmp_path: Path) -> None:
    linear, network = Architecture(hidden=()), Architecture(hidden=(2,))
    run, other = run_of(loaded, linear), loaded_from(write_small(tmp_path))
    assert run_of(loaded, linear, 2, seed=9).has_weights_of(run)
    assert run_of(loaded, linear, 2, seed=9).question == run.question
    for one in (run_of(loaded, network), run_of(other, linear)):
        assert not one.has_weights_of(run)
        assert one.question != run.question
    assert not run.has_weights_of(None)


def test_the_engine_is_ready_for_the_layers_in_force() -> None:
    engine, session = FakeEngine(), Session(LINEAR)
    readiness = EngineReadiness(engine, session)
    heard = emissions(readiness.part_ready)
    readiness.start()
    assert engine.asked == ["float64"]
    engine.ready.emit("float64")
    assert (readiness.is_ready, heard) == (True, ["float64"])
    session.change("architecture.hidden", (4,))
    assert not readiness.is_ready, "networks train in float32"
    failures = emissions(readiness.compiling_failed)
    engine.failed.emit()
    assert len(failures) == 1
    assert readiness.is_ready, "it is compiled where it is needed"
    readiness.stop()
    assert engine.called == ["start", "stop"]
