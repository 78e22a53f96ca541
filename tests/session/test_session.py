"""The session: one holder of the configuration, one way to change it, one way to hear of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from session_fakes import FakeWindow, HandClock, emissions, fake_workers, loaded_from, snapshot_of, write_small

from regdesk.core.settings.change import Change
from regdesk.core.settings.configuration import Configuration, value_at
from regdesk.core.settings.settings_table import WrongSetting
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.errors import DataError
from regdesk.session.controller import Controller
from regdesk.session.controllers.frame_clock import FRAME_MS, START_AFTER_MS
from regdesk.session.session import Session
from regdesk.workers.requests import NewRun

LINEAR = Configuration(DataSettings(target="y"), Architecture(hidden=()), TrainSettings("l1", 0.1), seed=3)


def test_a_change_says_what_was_and_what_is() -> None:
    session = Session(Configuration())
    heard = emissions(session.changed)
    session.step = 7
    session.change("training.lam", 1, "tour")
    assert heard == [Change(Configuration(), Configuration(training=TrainSettings(lam=1.0)), 7, "tour")]
    (change,) = heard
    assert (change.paths, change.values("training.lam")) == (("training.lam",), (0.01, 1.0))
    assert change.touches("training")
    assert not change.touches("data")
    assert session.configuration is change.after


def test_what_changes_nothing_is_not_told() -> None:
    session = Session(Configuration())
    heard = emissions(session.changed)
    session.change("training.lam", 0.01)
    session.change_all({"seed": 0, "training": TrainSettings()})
    assert heard == []


def test_several_settings_are_one_change() -> None:
    session = Session(Configuration())
    heard = emissions(session.changed)
    session.change_all({"seed": 5, "data.target": "y", "training.lam": 0.01})
    (change,) = heard
    assert change.paths == ("data.target", "seed")
    assert change.origin == "hand"


def test_a_wrong_value_changes_nothing_of_what_comes_with_it() -> None:
    session = Session(Configuration())
    heard = emissions(session.changed)
    with pytest.raises(WrongSetting, match=r"training\.lam .* from 0 to 1e12, not -1"):
        session.change_all({"seed": 5, "training.lam": -1})
    assert (heard, session.configuration) == ([], Configuration())


def test_everybody_hears_of_changes_in_the_order_in_which_they_were_made() -> None:
    session = Session(Configuration())
    first: list[tuple[str, ...]] = []
    second: list[tuple[str, ...]] = []

    def answer(change: Change) -> None:
        first.append(change.paths)
        if change.touches("seed"):
            session.change("training.lam", 0.5, "script")
            assert session.configuration.training.lam == 0.5

    session.changed.connect(answer)
    session.changed.connect(lambda change: second.append(change.paths))
    session.change("seed", 5)
    assert first == second == [("seed",), ("training.lam",)]


@pytest.fixture
def made(tmp_path: Path) -> Any:
    """A controller with a linear model at rest: session, window, workers, clock, and what was read."""
    session, window, clock, workers = Session(LINEAR), FakeWindow(0), HandClock(), fake_workers(LINEAR.training)
    controller = Controller(window, session, workers, clock)
    controller.start()
    clock.advance(START_AFTER_MS)
    workers.engine.finish()
    file = write_small(tmp_path)
    controller.open_file(str(file), settings=DataSettings(target="y"))
    workers.reading.answer()
    return session, window, workers, clock, loaded_from(file, seed=3)


def n_runs(workers: Any) -> int:
    return sum(isinstance(one, NewRun) for one in workers.training.asked)


def test_what_was_opened_is_part_of_the_configuration(made: Any) -> None:
    session, *_, loaded = made
    assert session.configuration.source.file == str(loaded.source.path)
    assert session.configuration.source.sample is None


def test_pressure_reaches_the_model_and_the_controls_and_begins_no_run(made: Any) -> None:
    session, window, workers, *_ = made
    before = n_runs(workers)
    session.change("training.lam", 2.0, "script")
    assert workers.training.settings == TrainSettings("l1", 2.0)
    assert window.last("show_configuration")[0].training.lam == 2.0
    touches = window.last("show_configuration")[1]
    assert [path for path in ("training.lam", "training.penalty", "seed", "data") if touches(path)] == ["training.lam"]
    assert n_runs(workers) == before


def test_layers_begin_a_run(made: Any) -> None:
    session, _, workers, *_ = made
    before = n_runs(workers)
    session.change("architecture.hidden", (3,), "lesson")
    assert n_runs(workers) == before + 1
    assert workers.training.asked[-1].architecture == Architecture((3,))


@pytest.mark.parametrize(("path", "value"), [("seed", 9), ("data.validation_fraction", 0.5)])
def test_data_are_prepared_and_then_trained_on_once(made: Any, path: str, value: Any) -> None:
    session, _, workers, *_ = made
    before = n_runs(workers)
    heard = emissions(session.changed)
    session.change(path, value, "script")
    assert n_runs(workers) == before, "the data are not there yet"
    workers.reading.answer()
    assert n_runs(workers) == before + 1
    assert value_at(session.configuration, path) == value
    assert [change.paths for change in heard] == [(path,)]


def test_data_that_cannot_be_had_are_taken_back(made: Any) -> None:
    session, window, workers, *_ = made
    before, asked = session.configuration, len(workers.reading.asked)
    heard = emissions(session.changed)
    session.change("data.target", "y2", "script")
    workers.reading.failed.emit(workers.reading.newest, DataError("there is no column y2.", file="small.csv"))
    assert session.configuration == before
    assert [change.origin for change in heard] == ["script", "refusal"]
    assert len(workers.reading.asked) == asked + 1, "what is in force is not prepared again"
    assert window.last("show_error")


def test_the_pace_reaches_the_thread_and_the_slider(made: Any) -> None:
    session, window, workers, *_ = made
    session.change("view.steps_per_second", None, "script")
    assert workers.training.steps_per_second is None
    assert window.last("show_view_settings").steps_per_second is None


@pytest.mark.parametrize(
    ("path", "value"),
    [("view.smoothing", 0.05), ("view.closed_panels", ("lambdaPanel",)), ("view.geometry.is_sum", True)],
)
def test_looks_are_shown_and_begin_no_run(made: Any, path: str, value: Any) -> None:
    session, window, workers, *_ = made
    before = n_runs(workers)
    session.change(path, value, "lesson")
    assert value_at(Configuration(view=window.last("show_view_settings")), path) == value
    assert n_runs(workers) == before


def test_what_is_chosen_in_the_window_is_in_force(made: Any) -> None:
    session, window, *_ = made
    heard = emissions(session.changed)
    window.settings_chosen.emit({"view.span_share": 0.1, "view.is_log_loss": True})
    assert session.configuration.view.span_share == 0.1
    (change,) = heard
    assert (change.paths, change.origin) == (("view.span_share", "view.is_log_loss"), "hand")


def test_weights_that_were_chosen_stay_while_they_are_the_same(made: Any) -> None:
    session, *_ = made
    session.change_all({"view.geometry.x": 2, "view.geometry.watched": 1, "view.geometry.is_sum": True})
    session.change("seed", session.configuration.seed)
    session.change("training.lam", 0.5)
    assert session.configuration.view.geometry.x == 2
    heard = emissions(session.changed)
    session.change("architecture.hidden", (3,))
    chosen = session.configuration.view.geometry
    assert (chosen.x, chosen.watched, chosen.is_sum) == (None, None, True)
    assert [change.origin for change in heard] == ["hand", "script"]


def test_changes_carry_the_step_that_was_seen(made: Any) -> None:
    session, _, workers, clock, loaded = made
    run = next(one.run for one in reversed(workers.training.asked) if isinstance(one, NewRun))
    workers.training.mailbox.offer(snapshot_of(loaded, Architecture(()), LINEAR.training, 12, run=run))
    clock.advance(FRAME_MS)
    heard = emissions(session.changed)
    session.change("training.lam", 2.0)
    assert [change.step for change in heard] == [12]
