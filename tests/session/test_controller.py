"""The controller before a window that writes down what it is told: the frame clock, the engine, runs, and the end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from linear_solves import optimum_at
from session_fakes import (
    FakeWindow,
    HandClock,
    curve_at,
    emissions,
    fake_workers,
    loaded_from,
    snapshot_of,
    write_small,
)

from regdesk.compiling.engine_cache import NETWORKS, PATHS, PLANES
from regdesk.core.model.scale import ModelScale
from regdesk.core.run.hysteresis_tour import LEAST_SNAPSHOTS, WINDOW_STEPS
from regdesk.core.run.pace import Part
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.samples import samples
from regdesk.session.controller import Controller
from regdesk.session.controllers.frame_clock import AFTER_PAINT_MS, FRAME_MS, START_AFTER_MS
from regdesk.session.controllers.presenter import SETTLED_AT_ONCE, SETTLING_FRAMES
from regdesk.session.controllers.run import COMPILING_HERE, NEW_RUN, PREPARING_ENGINE
from regdesk.session.controllers.sweep import OLD_SWEEP, PREPARING_PATHS, SWEEPING
from regdesk.session.engine_readiness import COMPILING
from regdesk.session.session import Session
from regdesk.workers.requests import NewFitView, NewLook, NewRun, NewWeights, NoRun

LASSO = TrainSettings(penalty="l1", lam=0.1)
LINEAR = Configuration(DataSettings(target="y"), Architecture(hidden=()), LASSO, seed=3)
NETWORK = replace(LINEAR, architecture=Architecture(hidden=(2,)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_small(tmp_path)


class Desk(SimpleNamespace):
    """A controller with its fakes."""

    controller: Controller
    window: FakeWindow
    workers: Any
    clock: HandClock

    def tick(self, n_frames: int = 1) -> None:
        self.clock.advance(n_frames * FRAME_MS)

    def read(self, file: Path) -> Any:
        """Open that file as a person does; what is in force then."""
        self.controller.open_file(str(file), settings=DataSettings(target="y"))
        self.workers.reading.answer()
        return loaded_from(file, seed=3)

    def moment(self, loaded: Any, step: int = 0, settings: TrainSettings | None = None, **others: Any) -> Any:
        """The newest run's model as the training thread offers it; shown with the next tick."""
        run = [one.run for one in self.workers.training.asked if isinstance(one, NewRun)][-1]
        architecture = self.configuration.architecture
        snapshot = snapshot_of(loaded, architecture, settings or LASSO, step, **({"run": run} | others))
        self.workers.training.mailbox.offer(snapshot)
        self.tick()
        return snapshot

    def requests(self, kind: type) -> list[Any]:
        return [one for one in self.workers.training.asked if isinstance(one, kind)]


def made(configuration: Configuration = LINEAR, n_parts: int = 0, **others: Any) -> Desk:
    """A controller that has not been started."""
    window, clock, workers = FakeWindow(n_parts), HandClock(), fake_workers(configuration.training)
    controller = Controller(window, Session(configuration), workers, clock, **others)
    return Desk(controller=controller, window=window, workers=workers, clock=clock, configuration=configuration)


def started(configuration: Configuration = LINEAR, **others: Any) -> Desk:
    """A controller whose engine is there."""
    service = made(configuration, **others)
    service.controller.start()
    service.clock.advance(START_AFTER_MS)
    service.workers.engine.finish()
    return service


@pytest.fixture
def running(file: Path) -> Any:
    """A linear model that trains, seen at step 0."""
    service = started(starts_running=True)
    loaded = service.read(file)
    service.moment(loaded)
    service.window.told.clear()
    return service, loaded


@pytest.fixture
def paused(file: Path) -> Any:
    """A linear model at rest, seen at step 0."""
    service = started()
    loaded = service.read(file)
    service.moment(loaded)
    service.window.told.clear()
    return service, loaded


def test_the_window_is_painted_and_its_panels_made_before_anything_begins() -> None:
    service = made(n_parts=3)
    workers = service.workers
    service.controller.start()
    service.clock.advance(START_AFTER_MS - 1)
    assert service.window.n_parts_to_build == 3
    service.clock.advance(1)
    assert service.window.n_parts_to_build == -1
    assert workers.reading.called == ["hold", "release"]
    assert workers.fair_share.called == ["start"]
    assert (workers.engine.called, workers.engine.asked) == (["start"], ["float64"])
    assert service.clock.n_active == 1, "the frame clock"
    assert workers.training.called == [], "training begins when its code is there"


def test_it_begins_soon_after_the_first_paint_and_once() -> None:
    service = made()
    service.window.painted.emit()
    service.clock.advance(START_AFTER_MS)
    assert service.workers.fair_share.called == [], "nobody has said that it is to start"
    service.controller.start()
    service.clock.advance(50)
    service.window.painted.emit()
    service.clock.advance(AFTER_PAINT_MS - 1)
    assert service.workers.fair_share.called == []
    service.clock.advance(1)
    assert service.workers.fair_share.called == ["start"]
    service.window.painted.emit()
    service.clock.advance(START_AFTER_MS)
    assert service.workers.fair_share.called == ["start"]
    assert service.workers.engine.called == ["start"]


def test_a_network_waits_for_the_code_of_its_own_numbers(file: Path) -> None:
    service = made(NETWORK)
    service.controller.start()
    service.clock.advance(START_AFTER_MS)
    assert service.workers.engine.asked == ["float32"]
    service.workers.engine.compiling.emit()
    assert service.workers.training.called == ["prepare"]
    assert service.window.last("show_status") == COMPILING
    assert service.window.last("show_busy") == (PREPARING_ENGINE, False)
    service.read(file)
    assert service.window.last("show_status") == COMPILING
    assert service.requests(NewRun) == []
    service.workers.engine.ready.emit("float64")
    assert service.requests(NewRun) == []
    assert service.window.last("show_obstacle") == COMPILING
    service.workers.engine.ready.emit("float32")
    (run,) = service.requests(NewRun)
    assert (run.architecture, run.seed) == (NETWORK.architecture, 3)
    assert "begin" in service.workers.training.called
    assert service.window.told[-1] == ("show_idle", ())
    assert service.window.last("show_obstacle") == ""
    service.workers.engine.ready.emit("float32")
    assert len(service.requests(NewRun)) == 1


def test_while_data_are_read_at_a_first_start_the_fit_says_what_else_is_waited_for(file: Path) -> None:
    service = made(NETWORK)
    service.controller.start()
    service.clock.advance(START_AFTER_MS)
    service.controller.open_file(str(file), settings=DataSettings(target="y"))
    assert service.window.last("data_fit.set_readout") == f"Reading {file.name} …"
    service.workers.engine.compiling.emit()
    assert service.window.last("show_obstacle") == COMPILING
    assert service.window.last("show_busy") == (f"Reading {file.name}", True), "it can still be cancelled"
    service.workers.reading.answer()
    assert service.window.last("show_status") == COMPILING


def test_if_it_cannot_be_compiled_aside_it_is_compiled_here(file: Path) -> None:
    service = made(NETWORK)
    service.controller.start()
    service.clock.advance(START_AFTER_MS)
    service.read(file)
    service.workers.engine.failed.emit()
    assert service.window.last("show_error") == COMPILING_HERE
    assert len(service.requests(NewRun)) == 1


def test_each_part_of_the_code_goes_to_who_waits_for_it(file: Path) -> None:
    service = made()
    service.controller.start()
    service.clock.advance(START_AFTER_MS)
    service.workers.engine.ready.emit("float64")
    loaded = service.read(file)
    service.moment(loaded)
    service.window.plane_geometry.seen_changed.emit(True)
    service.window.sweep_requested.emit()
    assert service.window.last("show_status") == PREPARING_PATHS
    service.workers.engine.ready.emit(NETWORKS)
    assert (service.workers.sweeping.asked, service.workers.drawing.asked, service.workers.solving.asked) == (
        [],
        [],
        [],
    )
    service.workers.engine.ready.emit(PATHS)
    assert len(service.workers.sweeping.asked) == 1
    service.window.solve_requested.emit()
    assert len(service.workers.solving.asked) == 1
    service.workers.engine.ready.emit(PLANES)
    assert len(service.workers.drawing.asked) == 1


def test_a_moment_is_shown_with_the_next_tick_and_the_thread_may_make_another(running: Any) -> None:
    service, loaded = running
    frames = emissions(service.controller.frame_shown)
    service.workers.training.called.clear()
    snapshot = service.moment(loaded, 4, loss=0.125)
    (frame,) = frames
    shown, due = service.window.last("show_frame")
    assert shown is frame
    assert frame.snapshot is snapshot
    assert Part.PICTURES in due
    assert frame.history.step.tolist() == [0.0, 4.0]
    assert frame.history.train_loss.tolist() == [0.25, 0.125]
    assert service.workers.training.called == ["wake"]
    assert service.workers.training.mailbox.is_empty
    assert "settle" in service.workers.fair_share.called


def test_a_moment_of_another_run_is_thrown_away(running: Any) -> None:
    service, loaded = running
    service.moment(loaded, 4, run=99)
    assert service.window.all_of("show_frame") == []
    assert service.workers.training.mailbox.is_empty


def test_what_the_window_has_put_off_is_caught_up_with_between_moments(running: Any) -> None:
    service, loaded = running
    service.window.is_behind = True
    service.tick()
    assert len(service.window.all_of("catch_up")) == 1
    service.moment(loaded, 4)
    assert len(service.window.all_of("catch_up")) == 1, "a newer moment comes first"


def test_words_and_courses_of_a_moving_model_are_shown_less_often(running: Any) -> None:
    service, loaded = running
    dues = []
    for step in range(1, 126):
        service.moment(loaded, step)
        dues.append(service.window.last("show_frame")[1])
    # Two seconds: each piece of words at most ten times a second, each course fifteen times.
    assert all(14 <= sum(piece in due for due in dues) <= 20 for piece in Part.WORDS)
    assert all(20 <= sum(piece in due for due in dues) <= 30 for piece in Part.CURVES)
    assert all(Part.PICTURES in due for due in dues)


def settled(service: Any) -> int:
    """For how many frames the moment at rest counts that the window has been shown once more."""
    return sum(n_frames for _frame, n_frames in service.window.all_of("settle"))


def test_a_model_at_rest_is_drawn_until_its_axes_have_come_to_rest(paused: Any) -> None:
    service, loaded = paused
    service.tick(SETTLING_FRAMES + 50)
    assert settled(service) == SETTLING_FRAMES
    service.moment(loaded, 4)
    assert service.window.last("show_frame")[1] == Part.ALL
    service.tick(SETTLED_AT_ONCE + 1)
    assert settled(service) == SETTLING_FRAMES + SETTLED_AT_ONCE
    service.controller.set_running(True)
    service.tick(5)
    assert settled(service) == SETTLING_FRAMES + SETTLED_AT_ONCE


def test_rates_are_shown_twice_a_second(running: Any) -> None:
    service, loaded = running
    for number in range(1, 65):
        service.moment(loaded, 10 * number)
    assert len(service.window.all_of("show_rates")) == 2
    steps, frames = service.window.last("show_rates")
    assert steps == pytest.approx(10 * 1000 / FRAME_MS)
    assert frames == pytest.approx(1000 / FRAME_MS)


def test_a_pause_counts_for_no_rate(running: Any) -> None:
    service, loaded = running
    for step in range(30):
        service.moment(loaded, 10 * step)
    service.controller.set_running(False)
    service.window.told.clear()
    service.clock.advance(600)
    assert service.window.last("show_rates")[0] == 0.0


def test_a_growing_sweep_is_shown_ten_times_a_second(paused: Any) -> None:
    service, _ = paused
    service.window.sweep_requested.emit()
    assert service.window.last("show_status") == SWEEPING
    service.window.told.clear()
    for number in range(1, 126):
        service.workers.sweeping.newest = 1, curve_at([1.0 / k for k in range(1, number + 1)], 3, 200)
        service.tick()
    # Two seconds; the first tick after 100 ms is the seventh.
    assert len(service.window.all_of("show_sweep")) == 125 // 7 + 1
    assert service.window.last("show_sweep").curve.n_lambdas == 200


def test_beside_a_model_that_trains_a_growing_sweep_is_shown_four_times_a_second(running: Any) -> None:
    service, _ = running
    assert service.workers.training.is_running
    service.window.sweep_requested.emit()
    service.window.told.clear()
    for number in range(1, 126):
        service.workers.sweeping.newest = 1, curve_at([1.0 / k for k in range(1, number + 1)], 3, 200)
        service.tick()
    # Two seconds; the first tick after 250 ms is the sixteenth.
    assert len(service.window.all_of("show_sweep")) == 125 // 16 + 1


def test_running_and_pausing_reach_the_thread_the_sweep_and_the_window(paused: Any) -> None:
    service, _ = paused
    service.window.run_toggled.emit(True)
    assert (service.workers.training.is_running, service.workers.sweeping.has_company) == (True, True)
    assert service.window.last("show_running") is True
    service.window.run_toggled.emit(False)
    assert (service.workers.training.is_running, service.workers.sweeping.has_company) == (False, False)
    assert service.window.last("show_running") is False


def test_run_pressed_while_a_file_is_read_is_meant_for_that_file(paused: Any, tmp_path: Path) -> None:
    service, _ = paused
    service.controller.open_file(str(write_small(tmp_path, "other.csv")))
    assert service.window.last("show_status") == "Reading other.csv …"
    assert service.window.last("show_busy") == ("Reading other.csv", True)
    service.window.run_toggled.emit(True)
    service.workers.reading.answer()
    assert service.workers.training.is_running
    # Only for that: the next one is opened at rest.
    service.read(tmp_path / "other.csv")
    assert not service.workers.training.is_running


def test_a_diverged_model_stops_and_does_not_run_again_unchanged(running: Any) -> None:
    service, loaded = running
    service.moment(loaded, 4, has_diverged=True)
    assert not service.workers.training.is_running
    service.window.run_toggled.emit(True)
    assert not service.workers.training.is_running
    assert service.window.last("show_running") is False
    service.window.controls.learning_rate_entered.emit(0.001)
    service.window.run_toggled.emit(True)
    assert service.workers.training.is_running


@pytest.mark.parametrize(
    ("signal", "value", "field"),
    [
        ("optimizer_chosen", "sgd", "optimizer"),
        ("learning_rate_entered", 0.5, "learning_rate"),
        ("batch_size_entered", 4, "batch_size"),
        ("penalty_chosen", "l2", "penalty"),
        ("l1_ratio_moved", 0.75, "l1_ratio"),
        ("lambda_chosen", 2.5, "lam"),
    ],
)
def test_pressure_reaches_the_running_model_and_begins_no_run(
    running: Any, signal: str, value: Any, field: str
) -> None:
    service, _ = running
    service.workers.training.called.clear()
    getattr(service.window.controls, signal).emit(value)
    wanted = replace(LASSO, **{field: value})
    assert service.workers.training.settings == wanted
    assert service.workers.training.called == ["wake"]
    assert service.window.last("show_configuration")[0].training == wanted
    assert len(service.requests(NewRun)) == 1
    service.window.told.clear()
    getattr(service.window.controls, signal).emit(value)
    assert service.window.told == [], "nothing has changed"


@pytest.mark.parametrize(
    ("signal", "value", "wanted"),
    [
        ("hidden_layers_entered", (5,), Architecture(hidden=(5,))),
        ("activation_chosen", "relu", Architecture(hidden=(2,), activation="relu")),
    ],
)
def test_other_layers_begin_a_run(file: Path, signal: str, value: Any, wanted: Architecture) -> None:
    service = started(NETWORK)
    service.read(file)
    getattr(service.window.controls, signal).emit(value)
    runs = service.requests(NewRun)
    assert [run.architecture for run in runs] == [NETWORK.architecture, wanted]
    assert runs[1].run == runs[0].run + 1
    assert service.window.last("show_status") == NEW_RUN
    getattr(service.window.controls, signal).emit(value)
    assert len(service.requests(NewRun)) == 2


def test_a_reset_pauses_and_begins_from_the_same_seed(running: Any) -> None:
    service, _ = running
    service.window.reset_requested.emit()
    assert not service.workers.training.is_running
    assert [run.seed for run in service.requests(NewRun)] == [3, 3]


def test_a_reset_to_where_weights_lived_sets_λ_and_goes_on(running: Any) -> None:
    service, _ = running
    service.window.lived_reset_requested.emit(0.03)
    assert service.workers.training.settings.lam == 0.03
    assert len(service.requests(NewRun)) == 2
    assert service.workers.training.is_running


def test_a_new_seed_prepares_the_data_and_begins_a_run(running: Any) -> None:
    service, _ = running
    service.workers.fair_share.called.clear()
    service.window.new_seed_requested.emit()
    assert service.window.last("show_busy") == ("Preparing the data", True)
    service.workers.reading.answer()
    assert [run.seed for run in service.requests(NewRun)] == [3, 4]
    assert service.workers.training.is_running, "the same source: it goes on as it was"
    assert service.workers.fair_share.called[0] == "note_left_run"


def test_an_epoch_speed_and_drag_reach_the_thread(paused: Any) -> None:
    service, _ = paused
    training = service.workers.training
    service.window.epoch_requested.emit()
    assert training.n_epochs == 1
    service.window.speed_changed.emit(None)
    assert training.steps_per_second is None
    service.window.controls.lambda_drag_changed.emit(True)
    assert training.is_dragging
    service.window.controls.lambda_drag_changed.emit(False)
    service.window.plane_geometry.budget_drag_changed.emit(True)
    assert training.is_dragging


def test_another_picture_is_another_look_at_the_same_run(paused: Any) -> None:
    service, _ = paused
    service.window.data_fit.picture_chosen.emit(("a", "b"))
    (request,) = service.requests(NewFitView)
    assert (request.run, request.fit_view.scene.slice_columns) == (1, ("a", "b"))
    assert service.window.last("data_fit.show_scene") is request.fit_view.scene
    service.window.data_fit.picture_chosen.emit(("a", "b"))
    assert len(service.requests(NewFitView)) == 1
    assert len(service.requests(NewRun)) == 1


def test_a_file_that_cannot_be_read_leaves_what_is_there(running: Any, tmp_path: Path) -> None:
    service, _ = running
    sentences = emissions(service.controller.load_failed)
    service.controller.open_file(str(tmp_path / "nowhere.csv"))
    service.workers.reading.answer()
    assert "nowhere.csv" in sentences[0]
    assert service.window.last("show_error") == sentences[0]
    assert service.window.last("show_table")[0].endswith("small.csv")
    assert service.window.last("show_running") is True
    assert len(service.requests(NewRun)) == 1


def test_cancelling_a_file_says_what_stays(running: Any, file: Path) -> None:
    service, _ = running
    service.controller.open_file(str(file))
    service.window.load_cancelled.emit()
    assert service.window.last("show_error") == "Reading small.csv was cancelled; the data on screen stay."
    assert service.workers.training.is_running
    bare = started()
    bare.controller.open_file(str(file))
    bare.controller.cancel_load()
    assert bare.window.last("show_error") == "Reading small.csv was cancelled; open a file or a sample."


def test_a_file_nothing_can_be_learnt_from_ends_the_run(running: Any, tmp_path: Path) -> None:
    service, loaded = running
    path = tmp_path / "same.csv"
    path.write_text("a,y\n" + "".join(f"{n}.5,good\n" for n in range(9)), encoding="utf-8")
    service.controller.open_file(str(path), settings=DataSettings(target="y"))
    service.workers.reading.answer()
    assert len(service.requests(NoRun)) == 1
    assert not service.workers.training.is_running
    file, title, sentence, n_rows = service.window.last("show_not_trainable")
    assert (file, title, n_rows) == (str(path), "same.csv", 9)
    assert service.window.last("show_error") == sentence
    service.window.told.clear()
    service.window.run_toggled.emit(True)
    service.window.epoch_requested.emit()
    service.window.reset_requested.emit()
    assert service.window.all_of("show_error") == [(sentence,)] * 3
    assert (service.workers.training.is_running, service.workers.training.n_epochs) == (False, 0)
    service.moment(loaded, 9)
    assert service.window.all_of("show_frame") == [], "a late moment of the run that has ended"


def test_a_sample_brings_its_own_model(paused: Any) -> None:
    service, _ = paused
    service.controller.open_sample("two-moons")
    service.workers.reading.answer()
    run = service.requests(NewRun)[-1]
    assert run.architecture.hidden
    assert service.workers.training.settings == service.window.last("show_configuration").training != LASSO
    sentences = emissions(service.controller.load_failed)
    service.controller.open_sample("no-such-sample")
    assert "no-such-sample" in sentences[0]


def test_solving_puts_the_optimum_into_the_model(paused: Any) -> None:
    service, _ = paused
    service.window.solve_requested.emit()
    assert service.window.last("show_status") == "Looking for the optimum at λ = 0.1 …"
    optimum = optimum_at(LASSO)
    service.workers.solving.solved.emit(1, optimum)
    (request,) = service.requests(NewWeights)
    assert request.parameters is optimum.parameters
    assert (request.run, request.settings, request.words) == (1, LASSO, "solved for the optimum at λ 0.1")


def test_a_paused_model_at_another_λ_is_shown_solved(paused: Any) -> None:
    service, loaded = paused
    service.window.controls.lambda_chosen.emit(0.2)
    moved = replace(LASSO, lam=0.2)
    trained = service.moment(loaded, 0, moved)
    assert service.workers.solving.asked[-1].settings == moved
    assert service.requests(NewLook) == []
    optimum = optimum_at(moved)
    service.workers.solving.solved.emit(1, optimum)
    (look,) = service.requests(NewLook)
    assert (look.parameters is optimum.parameters, look.settings) == (True, moved)
    exact = service.moment(loaded, 0, moved, stands_for=trained, value=1.0)
    assert service.window.last("show_frame")[0].snapshot is exact
    assert len(service.requests(NewLook)) == 1


def test_best_weights_of_a_sweep_are_loaded_with_their_λ(paused: Any) -> None:
    service, loaded = paused
    service.window.sweep_requested.emit()
    service.workers.sweeping.scale = 1, ModelScale.of(loaded.dataset)
    service.workers.sweeping.newest = 1, curve_at([1.0, 0.5, 0.25, 0.125], 3)
    service.workers.sweeping.ended.emit(1)
    assert service.window.last("show_status").startswith("All 4 λ are swept")
    service.window.loss_curve.weights_requested.emit(0.25)
    (request,) = service.requests(NewWeights)
    assert service.workers.training.settings.lam == 0.25
    np.testing.assert_allclose(request.parameters, [3.0, 3.0, 3.0, -2.0], rtol=1e-14)
    assert request.words == "weights of the sweep at λ 0.25"
    service.window.controls.penalty_chosen.emit("l2")
    service.window.loss_curve.weights_requested.emit(0.25)
    assert service.window.last("show_error") == OLD_SWEEP
    assert len(service.requests(NewWeights)) == 1


def test_what_overfits_at_the_recommended_λ_says_so_when_the_sweep_has_ended(paused: Any) -> None:
    service, loaded = paused
    service.moment(loaded, 4, loss=1e-4, validation_loss=1e4)
    assert service.window.last("show_frame")[0].verdict.rule == ""
    service.window.sweep_requested.emit()
    service.workers.sweeping.newest = 1, curve_at([0.1, 0.05, 0.02, 0.01], 3)
    service.workers.sweeping.ended.emit(1)
    frame, _ = service.window.last("show_frame")
    assert (frame.verdict.kind, frame.verdict.rule) == ("overfitting", "λ_best")
    assert "yet this is λ_best, and no λ of the sweep has a lower validation loss." in frame.story


def test_a_second_press_cancels_the_sweep(paused: Any) -> None:
    service, _ = paused
    service.window.sweep_requested.emit()
    service.workers.sweeping.newest = 1, curve_at([1.0], 3)
    service.tick(10)
    service.window.sweep_requested.emit()
    assert service.workers.sweeping.called[-1] == "cancel"
    service.workers.sweeping.ended.emit(1)
    assert service.window.last("show_error") == "The sweep was cancelled after 1 of 4 λ; what is there stays."
    assert len(service.workers.sweeping.asked) == 1


def test_a_networks_sweep_that_is_cancelled_at_once_speaks_of_fits(paused: Any) -> None:
    service, _ = paused
    service.controller.session.change("architecture.hidden", (2,))
    service.window.sweep_requested.emit()
    service.window.sweep_requested.emit()
    assert service.window.last("show_error") == "The sweep was cancelled before the first of its fits was done."


def test_without_a_penalty_there_is_nothing_to_sweep_or_to_move(paused: Any) -> None:
    service, _ = paused
    service.window.controls.penalty_chosen.emit("none")
    service.window.sweep_requested.emit()
    assert service.window.last("show_error").startswith("There is no λ to choose without a penalty")
    service.window.up_down_toggled.emit(True)
    assert service.window.last("show_error") == "Up and down moves λ: choose a penalty first."
    assert (service.workers.sweeping.asked, service.workers.training.is_running) == ([], False)


def test_up_and_down_moves_λ_runs_and_puts_λ_back(file: Path) -> None:
    service = started(NETWORK)
    loaded = service.read(file)
    service.moment(loaded)
    service.window.up_down_toggled.emit(True)
    assert service.workers.training.settings.lam == 1e-4
    assert service.workers.training.is_running
    assert service.window.last("commands.show_up_down") == ("", True, True)
    service.window.turn_requested.emit()
    service.window.up_down_toggled.emit(False)
    assert service.workers.training.settings == LASSO
    assert service.window.last("commands.show_up_down") == ("", False, False)


def touring(file: Path) -> Any:
    """A network under an up-and-down tour at its first λ, whose geometry is seen; with its data and that λ."""
    service = started(NETWORK)
    loaded = service.read(file)
    service.moment(loaded)
    service.window.plane_geometry.seen_changed.emit(True)
    service.window.up_down_toggled.emit(True)
    lam = service.workers.training.settings.lam
    service.workers.drawing.asked.clear()
    service.window.told.clear()
    return service, loaded, lam


def test_the_next_λ_of_a_tour_is_set_when_the_moment_is_noted_and_before_it_is_shown(file: Path) -> None:
    service, loaded, first = touring(file)
    step, frames = 0, emissions(service.controller.frame_shown)
    while service.workers.training.settings.lam == first and step < LEAST_SNAPSHOTS * WINDOW_STEPS:
        step += WINDOW_STEPS
        service.window.told.clear()
        service.moment(loaded, step, replace(LASSO, lam=first))
    second = service.workers.training.settings.lam
    assert second > first
    # Of everything that was asked for under the new λ, nothing is of the moment before.
    asked = [(one.step, one.settings.lam) for one in service.workers.drawing.asked]
    assert asked[-2:] == [(step, first), (step, second)]
    assert {one for one, lam in asked if lam == second} == {step}
    names = [name for name, _ in service.window.told]
    assert names.count("show_frame") == 1
    assert names.index("show_configuration") < names.index("show_frame")
    assert frames[-1].history.step.tolist()[-1] == step


def test_a_tour_whose_model_diverges_ends_pauses_and_then_is_shown(file: Path) -> None:
    service, loaded, first = touring(file)
    service.moment(loaded, 5, replace(LASSO, lam=first), has_diverged=True)
    assert service.workers.training.settings == LASSO
    assert not service.workers.training.is_running
    assert [(one.step, one.settings.lam) for one in service.workers.drawing.asked] == [(5, first), (5, LASSO.lam)]
    names = [name for name, _ in service.window.told]
    assert names.index("show_configuration") < names.index("show_running") < names.index("show_frame")
    assert service.window.last("commands.show_up_down") == ("", False, False)


def test_a_λ_that_spends_the_budget_is_set(paused: Any) -> None:
    service, _ = paused
    service.window.plane_geometry.seen_changed.emit(True)
    service.window.plane_geometry.budget_chosen.emit(0.7)
    assert service.workers.drawing.budgets == [0.7]
    service.workers.drawing.lambda_found.emit(1, 0.4)
    assert service.workers.training.settings.lam == 0.4


def test_unexpected_errors_of_every_worker_are_raised_here(running: Any, qtbot: Any) -> None:
    service, _ = running
    for worker in ("training", "solving", "drawing"):
        error = ValueError(worker)
        with qtbot.captureExceptions() as raised:
            failed = getattr(service.workers, worker).failed
            failed.emit(error) if worker == "training" else failed.emit(1, error)
        assert [one[1] for one in raised] == [error]
        assert not service.workers.training.is_running


def test_everything_is_stopped_before_it_is_waited_for_once() -> None:
    service = started()
    threads = [service.workers.training, service.workers.reading, service.workers.previewing]
    threads += [service.workers.sweeping, service.workers.solving, service.workers.drawing]
    for thread in threads:
        thread.called.clear()
    service.window.closed.emit()
    assert [thread.called for thread in threads] == [["stop", "wait"]] * len(threads)
    assert service.workers.engine.called == ["start", "stop"]
    assert service.workers.fair_share.called[-1] == "stop"
    assert service.clock.n_active == 0
    service.controller.shut_down()
    assert [thread.called for thread in threads] == [["stop", "wait"]] * len(threads)


def test_a_sample_with_layers_of_its_own_begins_one_run(paused: Any) -> None:
    service, _ = paused
    before = len(service.requests(NewRun))
    service.controller.open_sample("two-moons")
    service.workers.reading.answer()
    assert len(service.requests(NewRun)) == before + 1
    assert service.requests(NewRun)[-1].architecture != LINEAR.architecture


def test_a_tour_under_way_leaves_the_λ_of_a_sample_alone(file: Path) -> None:
    service, _, _ = touring(file)
    service.controller.open_sample("two-moons")
    service.workers.reading.answer()
    own = next(one.training for one in samples() if one.name == "two-moons")
    assert service.workers.training.settings == own
    assert service.window.last("commands.show_up_down") == ("", False, False)


def test_other_data_run_though_the_model_before_has_diverged(running: Any, tmp_path: Path) -> None:
    service, loaded = running
    service.moment(loaded, 4, has_diverged=True)
    service.controller.open_file(str(write_small(tmp_path, "other.csv")), settings=DataSettings(target="y"))
    service.window.run_toggled.emit(True)
    service.workers.reading.answer()
    assert service.workers.training.is_running
