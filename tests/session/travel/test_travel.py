"""A look at a run's past, before a window that writes down what it is told: what begins, shows and ends it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from session_fakes import FakeWindow, HandClock, fake_workers, loaded_from, snapshot_of, write_small

from regdesk.core.moments.kept_moment import Course
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.session.controller import Controller
from regdesk.session.controllers.frame_clock import FRAME_MS, START_AFTER_MS
from regdesk.session.session import Session
from regdesk.session.travel.travel import NONE_KEPT, NOT_TRAINED, TOO_LARGE
from regdesk.workers.requests import MomentSeen, MomentWanted

LASSO = TrainSettings(penalty="l1", lam=0.1)
NETWORK = Configuration(DataSettings(target="y"), Architecture(hidden=(2,)), LASSO, seed=3)
STEPS = (10, 20, 30, 40)
NOW = 50


class Traveller(SimpleNamespace):
    """A controller with its fakes; its training thread has moments at ``STEPS`` and stands at ``NOW``."""

    def tick(self, n_frames: int = 1) -> None:
        self.clock.advance(n_frames * FRAME_MS)

    @property
    def training(self) -> Any:
        return self.workers.training

    def snapshot(self, step: int, **others: Any) -> Any:
        settings = others.pop("settings", LASSO)
        return snapshot_of(self.loaded, NETWORK.architecture, settings, step, loss=1.0 / (1 + step), **others)

    def live(self, step: int, **others: Any) -> None:
        """The model has come so far, and the window takes that."""
        self.training.mailbox.offer(self.snapshot(step, **others))
        self.tick()

    def answer(self, steps: tuple[int, ...] = STEPS, **others: Any) -> MomentWanted:
        """What the training thread does with what is wanted; returns that."""
        earlier = self.training.earlier
        wanted = earlier.wanted
        assert wanted is not None
        earlier.wanted = None
        moments = tuple(
            SimpleNamespace(number=number, step=step, epoch=float(step)) for number, step in enumerate(steps)
        )
        course = Course(moments, NOW, float(NOW))
        place = wanted.place_in(course)
        snapshot = self.snapshot(steps[place], **others) if place < course.now else None
        earlier.mailbox.offer(MomentSeen(wanted, place, course, snapshot))
        self.tick()
        return wanted

    @property
    def shown(self) -> int:
        """The step of the moment that the panels show."""
        return self.frames[-1].snapshot.step

    @property
    def frames(self) -> list[Any]:
        return [values[0] for values in self.window.all_of("show_frame")]

    @property
    def view(self) -> Any:
        return self.window.last("history.show_travel")


@pytest.fixture
def desk(tmp_path: Path) -> Traveller:
    """A network that trains, at ``NOW``."""
    file, window, clock, workers = write_small(tmp_path), FakeWindow(), HandClock(), fake_workers(LASSO)
    session = Session(NETWORK)
    controller = Controller(window, session, workers, clock, starts_running=True)
    controller.start()
    clock.advance(START_AFTER_MS)
    workers.engine.finish()
    controller.open_file(str(file), settings=DataSettings(target="y"))
    workers.reading.answer()
    desk = Traveller(
        controller=controller, window=window, clock=clock, workers=workers, session=session,
        loaded=loaded_from(file, seed=3),
    )  # fmt: skip
    desk.live(0)
    return desk


@pytest.fixture
def trained(desk: Traveller) -> Traveller:
    desk.live(NOW)
    return desk


def test_before_the_first_step_there_is_no_past(desk: Traveller) -> None:
    assert desk.view.unavailable_reason == NOT_TRAINED
    desk.window.history.epoch_chosen.emit(0.0)
    assert desk.window.last("show_error") == NOT_TRAINED
    assert desk.training.earlier.wanted is None
    assert desk.training.is_running


def test_a_drag_pauses_shows_that_moment_and_goes_back_to_training(trained: Traveller) -> None:
    assert (trained.view.epoch, trained.view.now, trained.view.has_earlier) == (None, NOW, True)
    trained.window.history.epoch_chosen.emit(27.0)
    assert not trained.training.is_running
    wanted = trained.answer()
    assert (wanted.epoch, wanted.number) == (27.0, None)
    frame = trained.frames[-1]
    assert (frame.snapshot.step, frame.now.step) == (20, NOW)
    assert frame.history.step[-1] == NOW, "the course is drawn as far as it goes"
    assert frame.story.startswith("An earlier moment: epoch 20 of 50, L1 with λ 0.1. The model itself is untouched")
    assert (trained.view.epoch, trained.view.now) == (20.0, NOW)

    trained.window.history.epoch_chosen.emit(float(NOW))
    assert (trained.shown, trained.view.epoch) == (NOW, None)
    assert trained.training.is_running


def test_keys_go_from_moment_to_moment_faster_than_answers(trained: Traveller) -> None:
    steps = trained.window.commands.travel.steps_chosen
    steps.emit(1)
    assert trained.training.is_running, "there is nothing later than now"
    steps.emit(-1)
    steps.emit(-1)
    trained.answer()
    assert trained.shown == 30
    for _ in range(5):
        steps.emit(-1)
    trained.answer()
    assert (trained.shown, trained.view.has_earlier) == (10, False)
    steps.emit(2)
    steps.emit(1)
    trained.answer()
    assert (trained.shown, trained.view.has_earlier) == (40, True)
    steps.emit(1)
    assert (trained.shown, trained.view.epoch) == (NOW, None)


def test_an_answer_to_a_look_that_is_over_is_dropped(trained: Traveller) -> None:
    trained.window.history.epoch_chosen.emit(12.0)
    late = trained.training.earlier.wanted
    trained.window.history.now_chosen.emit()
    trained.window.history.epoch_chosen.emit(33.0)
    again, trained.training.earlier.wanted = trained.training.earlier.wanted, late
    trained.answer()
    assert trained.shown == NOW
    trained.training.earlier.wanted = again
    trained.answer()
    assert trained.shown == 30


def test_it_is_played_at_the_speed_of_the_window_and_ends_at_now(trained: Traveller) -> None:
    trained.session.change("view.steps_per_second", 1000.0)
    trained.window.commands.travel.play_toggled.emit(True)
    trained.answer()
    assert (trained.shown, trained.view.is_playing) == (10, True)
    seen = []
    for _ in range(20):
        trained.tick()
        if trained.training.earlier.wanted is not None:
            trained.answer()
            seen.append(trained.shown)
        if not trained.view.is_playing:
            break
    # 16 ms a frame are 16 steps, of which the last moment up to there is shown.
    assert seen[0] == 20
    assert seen == sorted(set(seen))
    assert (trained.shown, trained.view.epoch) == (NOW, None)
    assert trained.training.is_running


def test_flat_out_every_moment_is_shown_and_a_pause_stays(trained: Traveller) -> None:
    trained.session.change("view.steps_per_second", None)
    trained.window.commands.travel.play_toggled.emit(True)
    trained.answer()
    trained.tick()
    trained.answer()
    trained.window.commands.travel.play_toggled.emit(False)
    trained.tick(3)
    assert (trained.shown, trained.view.is_playing, trained.view.epoch) == (20, False, 20.0)


@pytest.mark.parametrize(
    ("act", "is_running"),
    [
        (lambda desk: desk.session.change("training.lam", 0.7), True),
        (lambda desk: desk.window.run_toggled.emit(True), True),
        (lambda desk: desk.window.epoch_requested.emit(), False),
        (lambda desk: desk.window.reset_requested.emit(), False),
        (lambda desk: desk.window.new_seed_requested.emit(), True),
        (lambda desk: desk.session.change("architecture.hidden", (3,)), True),
        (lambda desk: desk.window.histogram.weight_set.emit(1, 0.5), False),
    ],
)
def test_what_acts_on_the_model_acts_on_it_as_it_is_now(trained: Traveller, act: Any, is_running: bool) -> None:
    trained.window.history.epoch_chosen.emit(20.0)
    trained.answer()
    act(trained)
    assert trained.view.epoch is None
    assert trained.training.is_running == is_running
    assert trained.training.earlier.wanted is None


def test_how_it_is_looked_at_changes_nothing_and_another_picture_is_asked_for(trained: Traveller) -> None:
    trained.window.history.epoch_chosen.emit(20.0)
    trained.answer()
    trained.session.change("view.is_log_loss", True)
    trained.session.change("view.span_epochs", 100.0)
    assert (trained.view.epoch, trained.training.earlier.wanted) == (20.0, None)
    trained.session.change("view.slice", ("c",))
    assert trained.training.earlier.wanted is not None
    trained.answer()
    assert (trained.shown, trained.view.epoch) == (20, 20.0)


def test_what_the_model_still_hands_out_is_noted_and_not_shown(trained: Traveller) -> None:
    trained.window.history.epoch_chosen.emit(20.0)
    trained.answer()
    trained.live(NOW + 3)
    frame = trained.frames[-1]
    assert (frame.snapshot.step, frame.now.step, frame.history.step[-1]) == (20, NOW + 3, NOW + 3)
    trained.window.history.now_chosen.emit()
    assert trained.shown == NOW + 3


def test_an_earlier_moment_is_under_its_own_settings(trained: Traveller) -> None:
    told = trained.window.all_of
    before = replace(LASSO, lam=0.003)
    trained.window.history.epoch_chosen.emit(20.0)
    trained.answer(settings=before)
    assert told("show_lambda_in_panels")[-1] == (before,)
    assert "λ <b>0.003</b>" in trained.frames[-1].objective
    trained.window.history.now_chosen.emit()
    assert told("show_lambda_in_panels")[-1] == (LASSO,)


def test_geometry_and_calculator_ask_the_model_of_that_moment(trained: Traveller) -> None:
    trained.window.plane_geometry.seen_changed.emit(True)
    trained.window.calculator.seen_changed.emit(True)
    before = replace(LASSO, lam=0.003)
    trained.window.history.epoch_chosen.emit(20.0)
    trained.answer(settings=before, value=0.75)
    asked = trained.workers.drawing.asked[-1]
    assert (asked.settings, asked.step, asked.parameters[0]) == (before, 20, 0.75)
    # The columns first, then the answers.
    for _ in range(3):
        trained.workers.calculating.answer()
        trained.tick(10)
    assert trained.window.last("calculator.show_calculation").model.parameters[0] == 0.75
    trained.window.history.now_chosen.emit()
    asked = trained.workers.drawing.asked[-1]
    assert (asked.settings, asked.step, asked.parameters[0]) == (LASSO, NOW, 0.5)


def test_a_run_that_diverged_can_be_looked_at(trained: Traveller) -> None:
    trained.live(NOW + 1, has_diverged=True)
    assert not trained.training.is_running
    trained.window.history.epoch_chosen.emit(20.0)
    trained.answer()
    assert trained.frames[-1].story.startswith("An earlier moment")
    trained.window.history.now_chosen.emit()
    assert trained.frames[-1].snapshot.has_diverged
    assert not trained.training.is_running


@pytest.mark.parametrize(("most_bytes", "sentence"), [(1, TOO_LARGE), (64_000_000, NONE_KEPT)])
def test_a_model_without_moments_says_why(
    trained: Traveller, monkeypatch: pytest.MonkeyPatch, most_bytes: int, sentence: str
) -> None:
    monkeypatch.setattr("regdesk.session.travel.travel.MOST_BYTES", most_bytes)
    trained.window.history.epoch_chosen.emit(20.0)
    trained.answer(steps=())
    assert trained.window.last("show_error") == sentence
    assert trained.view.epoch is None
    assert trained.training.is_running


def test_no_lesson_is_done_by_a_moment_of_the_past(trained: Traveller) -> None:
    trained.window.lessons.panels_in_sight = dict
    holding = trained.controller.lessons.holding
    assert "train_loss" in holding.figures()
    trained.window.history.epoch_chosen.emit(20.0)
    trained.answer()
    assert "train_loss" not in holding.figures()
