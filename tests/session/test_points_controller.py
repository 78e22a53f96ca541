"""What a model keeps when cells or the degree are others: its predictions, in the units of the file."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from session_fakes import FakeWindow, HandClock, fake_workers, loaded_from, snapshot_of
from tables import write_curve

from regdesk.core.fitted.outputs import network_outputs
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.session.controller import Controller
from regdesk.session.controllers.frame_clock import FRAME_MS, START_AFTER_MS
from regdesk.session.controllers.points import kept_parameters, without_row
from regdesk.session.run import Run
from regdesk.session.session import Session
from regdesk.workers.requests import NewRun

CELLS = (("3:degrees", "40"), ("41:hour", "30"), ("41:degrees", "-9"))


def predictions(run, parameters, network, hours):
    dataset = run.dataset
    inputs = hours[:, np.newaxis] ** np.arange(1, dataset.n_inputs + 1)
    outputs = network_outputs(network, parameters, dataset.input_scaler.apply(inputs))
    return dataset.target_scaler.invert(outputs)[:, 0]


@pytest.mark.parametrize("hidden", [(), (3,)])
@pytest.mark.parametrize("settings", [{"cells": CELLS}, {"cells": CELLS, "degree": 4}])
def test_predictions_stay(tmp_path, hidden, settings):
    file = write_curve(tmp_path / "curve.csv")
    before = loaded_from(file, target="degrees", degree=2)
    after = replace(loaded_from(file, target="degrees", **({"degree": 2} | settings)), table=before.table)
    runs = [Run(number, loaded, Architecture(hidden)) for number, loaded in enumerate((before, after), 1)]
    snapshot = snapshot_of(before, Architecture(hidden), TrainSettings())
    kept = kept_parameters(runs[0], snapshot, runs[1])
    hours = np.linspace(0.0, 24.0, 7)
    old = predictions(runs[0], snapshot.parameters.astype(float), snapshot.network, hours)
    network = snapshot_of(after, Architecture(hidden), TrainSettings()).network
    np.testing.assert_allclose(predictions(runs[1], kept, network, hours), old, rtol=1e-6)


def test_what_is_another_question_begins_anew(tmp_path):
    file = write_curve(tmp_path / "curve.csv")
    before = loaded_from(file, target="degrees", degree=3)
    run = Run(1, before, Architecture(()))
    snapshot = snapshot_of(before, Architecture(()), TrainSettings())

    def kept(**others):
        architecture = others.pop("architecture", Architecture(()))
        seed = others.pop("seed", 0)
        loaded = loaded_from(file, seed, target="degrees", **({"degree": 3} | others))
        return kept_parameters(run, snapshot, Run(2, replace(loaded, table=before.table), architecture))

    assert kept(cells=CELLS) is not None
    assert kept() is None
    assert kept(cells=CELLS, seed=1) is None
    assert kept(cells=CELLS, validation_fraction=0.5) is None
    assert kept(cells=CELLS, architecture=Architecture((2,))) is None
    assert kept(cells=CELLS, degree=2) is None


def desk(tmp_path):
    """A controller with its fakes, a curve open and a paused model of it seen."""
    configuration = Configuration(DataSettings(target="degrees"), Architecture(()), TrainSettings("l2", 0.1))
    window, clock, workers = FakeWindow(), HandClock(), fake_workers(configuration.training)
    session = Session(configuration)
    controller = Controller(window, session, workers, clock)
    controller.start()
    clock.advance(START_AFTER_MS)
    workers.engine.finish()
    file = write_curve(tmp_path / "curve.csv")
    controller.open_file(str(file), settings=DataSettings(target="degrees"))
    workers.reading.answer()
    loaded = loaded_from(file, target="degrees")
    workers.training.mailbox.offer(snapshot_of(loaded, Architecture(()), TrainSettings("l2", 0.1), 50))
    clock.advance(FRAME_MS)
    return SimpleNamespace(controller=controller, window=window, clock=clock, workers=workers, session=session)


def test_of_points_that_are_moved_while_one_is_prepared_the_last_is_answered(tmp_path):
    made = desk(tmp_path)
    panel, reading = made.window.data_fit, made.workers.reading
    n_read, n_solved = len(reading.asked), len(made.workers.solving.asked)
    for value in (20.0, 21.0, 22.0):
        panel.point_moved.emit(3, {"degrees": value})
    # The first is under way, and of the others only the last one waits.
    assert len(reading.asked) == n_read + 1
    reading.answer()
    assert len(reading.asked) == n_read + 2
    reading.answer()
    assert made.session.configuration.data.cells == (("4:degrees", "22.0"),)
    runs = [one for one in made.workers.training.asked if isinstance(one, NewRun)]
    assert runs[-1].dataset.targets[3] == 22.0
    assert runs[-2].start is not None
    assert made.workers.solving.asked[-1].run == runs[-1].run
    assert len(made.workers.solving.asked) >= n_solved + 2
    # Nothing is asked for by a point that stays where it is.
    panel.point_moved.emit(3, {"degrees": 22.0})
    assert len(reading.asked) == n_read + 2
    panel.copy_left.emit()
    reading.answer()
    assert made.session.configuration.data.cells == ()
    made.controller.shut_down()


def test_an_added_point_follows_the_rows_of_the_file_and_too_many_are_refused(tmp_path, monkeypatch):
    made = desk(tmp_path)
    panel = made.window.data_fit
    for hour in (1.0, 2.0):
        panel.point_added.emit({"hour": hour, "degrees": 5.0})
    made.workers.reading.answer()
    made.workers.reading.answer()
    cells = dict(made.session.configuration.data.cells)
    assert cells == {"41:hour": "1.0", "41:degrees": "5.0", "42:hour": "2.0", "42:degrees": "5.0"}
    monkeypatch.setattr("regdesk.session.controllers.points.MOST_CELLS", 5)
    panel.point_added.emit({"hour": 3.0, "degrees": 5.0})
    assert dict(made.session.configuration.data.cells) == cells
    assert "at most" in made.window.last("show_error")
    made.controller.shut_down()


def test_an_added_point_is_taken_away_and_those_behind_it_move_up():
    cells = (("3:degrees", "40"), ("41:hour", "1"), ("41:degrees", "2"), ("42:hour", "5"), ("42:degrees", "6"))
    assert without_row(cells, 41) == (("3:degrees", "40"), ("41:hour", "5"), ("41:degrees", "6"))
    assert without_row(cells, 42) == cells[:3]
    # A name may have a colon in it.
    assert without_row((("7:at 5:00", "1"), ("9:at 5:00", "2")), 7) == (("8:at 5:00", "2"),)


@pytest.mark.parametrize("has_paused", [False, True])
def test_what_trains_to_answer_a_moved_point_rests_again_when_that_is_undone(tmp_path, has_paused):
    made = desk(tmp_path)
    training = made.workers.training
    made.session.change("architecture.hidden", (2,), "script")
    made.window.data_fit.point_moved.emit(3, {"degrees": 20.0})
    made.workers.reading.answer()
    assert training.is_running
    if has_paused:
        # From here on it trains because somebody has said so.
        for is_running in (False, True):
            made.window.run_toggled.emit(is_running)
    made.window.undoing.undo_requested.emit()
    assert made.session.configuration.data.cells == ()
    assert training.is_running is has_paused
    made.controller.shut_down()
