"""The service of the calculator with a worker that does what the test says: what it asks, and when."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from session_fakes import FakeBackground, HandClock, emissions, loaded_from, run_of, snapshot_of, write_small

from regdesk.core.fitted.calculation import Calculation
from regdesk.core.fitted.fitted_model import FitCertificate, FittedModel
from regdesk.core.fitted.points import PointRows
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, TrainSettings
from regdesk.session.calculator_service import NO_ROWS, REST_MS, CalculatorService
from regdesk.tasks.loading import Loaded

LINEAR, SETTINGS = Architecture(hidden=()), TrainSettings()
ALL = (0, 1, 2)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded_from(write_small(tmp_path_factory.mktemp("calculator")))


def service() -> Any:
    made = SimpleNamespace(thread=FakeBackground(), clock=HandClock())
    made.service = CalculatorService(made.thread, made.clock)
    for name in ("model_changed", "point_changed", "calculated", "refused", "failed"):
        setattr(made, name, emissions(getattr(made.service, name)))
    made.service.show_columns(ALL)
    return made


def begun(loaded: Loaded) -> Any:
    """A linear model of run 1 that is looked at, and has been asked about its means; the worker has answered."""
    made = service()
    made.service.begin_run(run_of(loaded, LINEAR))
    made.service.show_snapshot(snapshot_of(loaded, LINEAR, SETTINGS))
    made.service.show_seen(True)
    made.thread.answer()
    made.thread.answer()
    assert isinstance(made.calculated[-1], Calculation)
    made.clock.advance(10 * REST_MS)
    made.thread.asked.clear()
    made.calculated.clear()
    made.point_changed.clear()
    return made


def expected(model: FittedModel, point: Any) -> float:
    return float(model.predict(PointRows(model.encoding, [point]))[0])


def model_of(loaded: Loaded, value: float = 0.5) -> FittedModel:
    snapshot = snapshot_of(loaded, LINEAR, SETTINGS, value=value)
    encoding = loaded.dataset.encoding
    assert encoding is not None
    none = FitCertificate(None, None, False)
    return FittedModel(snapshot.network, snapshot.parameters, encoding, Configuration(), {}, none)


def test_nothing_is_calculated_that_nobody_can_see(loaded: Loaded) -> None:
    made = service()
    made.service.begin_run(run_of(loaded, LINEAR))
    made.service.show_snapshot(snapshot_of(loaded, LINEAR, SETTINGS))
    made.clock.advance(10 * REST_MS)
    assert made.thread.asked == []
    made.service.show_seen(True)
    assert len(made.thread.asked) == 1, "first what the training rows hold"
    made.thread.answer()
    ((model, lines),) = made.model_changed
    assert [spread.column for spread in model.spreads] == ["a", "b", "c"]
    assert lines.tolist() == loaded.dataset.row_lines.tolist()
    means = loaded.dataset.inputs[loaded.dataset.split.train].mean(axis=0)
    assert made.point_changed[-1] == (pytest.approx(tuple(means)), 0)
    made.thread.answer()
    (found,) = made.calculated
    assert set(found.profiles) == set(ALL)
    assert found.answer[0] == expected(model_of(loaded), found.point)


def test_moments_of_a_model_that_trains_are_asked_about_some_times_a_second(loaded: Loaded) -> None:
    made = begun(loaded)
    for step in range(1, 11):
        made.service.show_snapshot(snapshot_of(loaded, LINEAR, SETTINGS, step, value=0.1 * step))
    assert len(made.thread.asked) == 1, "one is under way, and only one"
    made.thread.answer()
    assert len(made.thread.asked) == 1, "the next one waits"
    made.clock.advance(REST_MS - 1)
    assert len(made.thread.asked) == 1
    made.clock.advance(1)
    assert len(made.thread.asked) == 2
    made.thread.answer()
    assert made.calculated[-1].answer[0] == expected(model_of(loaded, 1.0), made.calculated[-1].point), "the newest"
    made.clock.advance(10 * REST_MS)
    assert len(made.thread.asked) == 2, "a model at rest is asked once"


def test_a_large_network_is_asked_less_often(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.show_snapshot(snapshot_of(loaded, LINEAR, SETTINGS, 1))
    made.clock.advance(200)
    made.thread.answer()
    made.service.show_snapshot(snapshot_of(loaded, LINEAR, SETTINGS, 2))
    made.clock.advance(799)
    assert len(made.thread.asked) == 1
    made.clock.advance(1)
    assert len(made.thread.asked) == 2


def test_what_a_hand_changes_does_not_wait(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.choose(1, 7.5)
    (changed,) = made.point_changed
    assert changed[0][1] == 7.5
    made.service.choose(1, 7.5)
    assert len(made.point_changed) == 1, "nothing has changed"
    made.service.choose(1, 8.0)
    asked = made.service.point
    # A column that another model had, of whose controls the last is used before they go.
    made.service.choose(len(asked), 3.0)
    assert made.service.point == asked
    assert len(made.thread.asked) == 1
    made.thread.answer()
    assert made.calculated[-1].point[1] == 7.5
    assert len(made.thread.asked) == 2, "what came meanwhile is asked at once"
    made.thread.answer()
    assert made.calculated[-1].answer[0] == expected(model_of(loaded), (*changed[0][:1], 8.0, *changed[0][2:]))
    assert made.calculated[-1].point[1] == 8.0
    made.service.choose(0, None)
    made.thread.answer()
    assert made.calculated[-1].point[0] is None
    made.service.reset()
    assert made.point_changed[-1] == (made.service.model.mean_point, 0)


def test_a_row_is_loaded_with_its_line(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.load_row(3)
    made.thread.answer()
    line = int(loaded.dataset.row_lines[3])
    assert made.point_changed == [(tuple(loaded.dataset.inputs[3].tolist()), line)]
    made.thread.answer()
    assert made.calculated[-1].point == made.point_changed[0][0]
    made.service.load_line(int(loaded.dataset.row_lines[5]))
    made.thread.answer()
    assert made.point_changed[-1] == (tuple(loaded.dataset.inputs[5].tolist()), int(loaded.dataset.row_lines[5]))
    made.service.load_line(10_000)
    assert made.refused == ["Line 10000 of small.csv holds no row that the model uses."]


def test_the_point_stays_for_another_model_of_the_same_columns_and_goes_with_others(
    loaded: Loaded, tmp_path: Path
) -> None:
    made = begun(loaded)
    made.service.choose(2, 4.25)
    made.thread.answer()
    number = made.thread.newest
    other = loaded_from(write_small(tmp_path), seed=5)
    made.service.begin_run(run_of(other, Architecture((3,)), 2))
    made.thread.answer(number)
    assert len(made.calculated) == 1, "an answer of the former run comes too late"
    made.service.show_snapshot(snapshot_of(other, Architecture((3,)), SETTINGS, run=2))
    made.thread.answer()
    made.thread.answer()
    assert made.calculated[-1].point[2] == 4.25
    trained = other.dataset.inputs[other.dataset.split.train]
    means = [spread.means[0] for spread in made.service.model.spreads]
    assert means == pytest.approx(trained.mean(axis=0), rel=1e-12), "of its own training rows"
    assert made.calculated[-1].model.network.sizes == (3, 3, 1)
    fewer = loaded_from(write_small(tmp_path), features=("a", "b"))
    made.service.begin_run(run_of(fewer, LINEAR, 3))
    made.service.show_snapshot(snapshot_of(fewer, LINEAR, SETTINGS, run=3))
    made.thread.answer()
    made.thread.answer()
    assert made.calculated[-1].point == made.service.model.mean_point
    assert len(made.calculated[-1].point) == 2
    made.service.end_run()
    made.service.show_snapshot(snapshot_of(fewer, LINEAR, SETTINGS, 9, run=3))
    made.clock.advance(10 * REST_MS)
    assert made.service.model is None


def test_a_model_without_its_data_is_asked_as_well(loaded: Loaded) -> None:
    made = service()
    made.service.show_seen(True)
    model = model_of(loaded)
    made.service.show_model(model)
    assert made.model_changed[-1][1] is None
    made.thread.answer()
    assert made.calculated[-1].answer[0] == expected(model, made.calculated[-1].point)
    made.service.load_line(2)
    made.service.load_row(2)
    assert made.refused == [NO_ROWS, NO_ROWS]
    made.service.choose(0, 3.0)
    made.thread.answer()
    assert made.calculated[-1].point[0] == 3.0


def test_a_model_from_a_file_is_asked_in_place_of_the_live_one_and_gives_back_its_place(loaded: Loaded) -> None:
    made = begun(loaded)
    opened = model_of(loaded, value=2.0)
    made.service.show_model(opened)
    made.thread.answer()
    assert made.calculated[-1].model.parameters is opened.parameters
    assert made.calculated[-1].answer[0] == expected(opened, made.calculated[-1].point)
    n_asked = len(made.thread.asked)
    made.service.show_snapshot(snapshot_of(loaded, LINEAR, SETTINGS, 4, value=0.25))
    made.clock.advance(10 * REST_MS)
    assert len(made.thread.asked) == n_asked, "the live model is not asked"
    made.service.load_row(1)
    assert made.refused == [NO_ROWS]
    made.service.show_live()
    made.thread.answer()
    assert made.calculated[-1].answer[0] == expected(model_of(loaded, 0.25), made.calculated[-1].point)
    assert made.model_changed[-1][1] is not None, "whose rows can be loaded"
    made.service.show_model(opened)
    made.thread.answer()
    made.service.begin_run(run_of(loaded, LINEAR, 2))
    made.service.show_snapshot(snapshot_of(loaded, LINEAR, SETTINGS, run=2, value=0.125))
    made.clock.advance(10 * REST_MS)
    made.thread.answer()
    assert made.calculated[-1].answer[0] == expected(model_of(loaded, 0.125), made.calculated[-1].point)


def test_rows_from_no_table_are_refused_in_a_sentence(loaded: Loaded) -> None:
    made = service()
    dataset = replace(loaded.dataset, encoding=None)
    made.service.begin_run(run_of(replace(loaded, dataset=dataset), LINEAR))
    made.service.show_seen(True)
    made.service.show_snapshot(snapshot_of(loaded, LINEAR, SETTINGS))
    assert made.thread.asked == []
    assert len(made.refused) == 1


def test_what_goes_wrong_in_the_thread_is_a_fault_of_the_program(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.choose(0, 2.0)
    error = ValueError("no")
    made.thread.failed.emit(made.thread.newest, error)
    assert made.failed == [error]
    made.service.choose(0, 3.0)
    assert len(made.thread.asked) == 2, "the next one is asked all the same"


def test_after_the_end_no_answer_is_expected(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.choose(0, np.pi)
    made.service.stop()
    made.thread.answer()
    assert made.calculated == []
    assert made.clock.n_active == 0
    n_asked = len(made.thread.asked)
    made.service.show_columns((0,))
    made.service.choose(1, 2.0)
    assert len(made.thread.asked) == n_asked, "no thread begins again"
