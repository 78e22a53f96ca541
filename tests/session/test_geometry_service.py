"""The service of the geometry with a worker that does what the test says: what it is asked for, and when."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from session_fakes import FakeDrawing, HandClock, loaded_from, run_of, snapshot_of, write_small

from regdesk.core.geometry.unavailable import Unavailable
from regdesk.core.geometry.view import DefaultPair, GeometryChoice
from regdesk.core.settings.configuration import Configuration, GeometrySettings
from regdesk.core.types import Architecture, TrainSettings
from regdesk.session.geometry_service import NOT_READY, REST_MS, GeometryService
from regdesk.session.session import Session
from regdesk.tasks.loading import Loaded

LINEAR = Architecture(hidden=())
LASSO = TrainSettings(penalty="l1", lam=0.1)
VIEW = object()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded_from(write_small(tmp_path_factory.mktemp("geometry")))


def service() -> SimpleNamespace:
    thread, clock, session = FakeDrawing(), HandClock(), Session(Configuration(training=LASSO))
    made = SimpleNamespace(thread=thread, clock=clock, session=session, log=[])
    made.service = GeometryService(thread, session, clock)
    session.changed.connect(made.service.follow)
    for name in ("made", "refused", "lambda_found", "failed"):
        getattr(made.service, name).connect(lambda *values, name=name: made.log.append((name, *values)))
    return made


def begun(loaded: Loaded) -> SimpleNamespace:
    """A linear model of run 1, seen at rest under LASSO."""
    made = service()
    made.service.set_ready()
    made.service.begin_run(run_of(loaded, LINEAR, 1, seed=5))
    made.service.show_seen(True)
    made.service.note_snapshot(snapshot_of(loaded, LINEAR, LASSO))
    made.clock.advance(REST_MS)
    made.thread.asked.clear()
    made.thread.called.clear()
    return made


def test_nothing_is_drawn_that_nobody_can_see(loaded: Loaded) -> None:
    made = service()
    made.service.set_ready()
    made.service.begin_run(run_of(loaded, LINEAR, 1, seed=5))
    made.service.note_snapshot(snapshot_of(loaded, LINEAR, LASSO))
    made.clock.advance(REST_MS)
    assert made.thread.asked == []
    made.service.show_seen(True)
    (request,) = made.thread.asked
    assert not request.is_moving
    made.service.show_seen(True)
    assert len(made.thread.asked) == 1, "nothing has changed"
    made.service.show_seen(False)
    made.service.note_snapshot(snapshot_of(loaded, LINEAR, LASSO, step=5))
    assert len(made.thread.asked) == 1
    made.thread.made.emit(1, VIEW)
    assert made.log == [], "nor shown when it comes too late"


def test_without_its_code_it_says_so_and_draws_as_soon_as_it_is_there(loaded: Loaded) -> None:
    made = service()
    made.service.show_seen(True)
    assert made.log == [("refused", NOT_READY)]
    made.service.begin_run(run_of(loaded, LINEAR, 1, seed=5))
    made.service.note_snapshot(snapshot_of(loaded, LINEAR, LASSO))
    assert made.thread.asked == []
    made.service.set_ready()
    assert len(made.thread.asked) == 1
    assert not made.thread.asked[0].is_moving


def test_a_request_is_all_of_one_moment(loaded: Loaded) -> None:
    made = begun(loaded)
    moment = snapshot_of(loaded, LINEAR, LASSO, step=7, value=0.75)
    made.service.note_snapshot(moment)
    (request,) = made.thread.asked
    assert (request.run, request.dataset, request.architecture, request.seed) == (1, loaded.dataset, LINEAR, 5)
    assert (request.settings, request.step, request.choice) == (LASSO, 7, GeometryChoice())
    assert request.parameters is moment.parameters
    assert [float(one[0]) for one in request.snapshots] == [0.5, 0.75]


def test_pictures_that_must_be_the_same_again_have_no_trail(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.has_trail = False
    made.service.note_snapshot(snapshot_of(loaded, LINEAR, LASSO, step=7))
    assert made.thread.asked[0].snapshots == ()


def test_the_fine_picture_comes_when_nothing_has_moved_for_a_while(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.note_snapshot(snapshot_of(loaded, LINEAR, LASSO, step=1))
    made.clock.advance(REST_MS - 1)
    made.service.note_snapshot(snapshot_of(loaded, LINEAR, LASSO, step=2))
    made.clock.advance(REST_MS - 1)
    assert [request.is_moving for request in made.thread.asked] == [True, True]
    made.clock.advance(1)
    assert [request.is_moving for request in made.thread.asked] == [True, True, False]
    assert made.thread.asked[-1].step == 2
    made.clock.advance(10 * REST_MS)
    assert len(made.thread.asked) == 3


def test_the_first_moment_and_one_at_the_same_step_are_at_rest(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.begin_run(run_of(loaded, LINEAR, 2, seed=5))
    made.service.note_snapshot(snapshot_of(loaded, LINEAR, LASSO, run=2))
    made.service.note_snapshot(snapshot_of(loaded, LINEAR, LASSO, run=2))
    assert [request.is_moving for request in made.thread.asked] == [False, False]
    made.service.note_snapshot(snapshot_of(loaded, LINEAR, LASSO, run=2, step=1))
    made.service.note_snapshot(snapshot_of(loaded, LINEAR, LASSO, run=2, step=1))
    assert [request.is_moving for request in made.thread.asked[2:]] == [True, True], "it has not come to rest yet"


def test_other_settings_move_the_picture(loaded: Loaded) -> None:
    made = begun(loaded)
    made.session.change("seed", 4)
    assert made.thread.asked == [], "that is no pressure"
    moved = replace(LASSO, lam=0.2)
    made.session.change("training", moved)
    assert [(request.settings, request.is_moving) for request in made.thread.asked] == [(moved, True)]
    made.clock.advance(REST_MS)
    assert not made.thread.asked[-1].is_moving


def test_an_exact_model_is_drawn_in_place_of_the_paused_one(loaded: Loaded) -> None:
    made = begun(loaded)
    exact = snapshot_of(loaded, LINEAR, LASSO, step=9, value=0.125)
    made.service.show_exact(exact)
    made.service.show_exact(exact)
    (request,) = made.thread.asked
    assert request.parameters is exact.parameters
    assert request.is_exact
    assert request.step == 0, "the step of the model that was trained"
    made.service.show_exact(None)
    assert float(made.thread.asked[-1].parameters[0]) == 0.5
    assert not made.thread.asked[-1].is_exact
    made.service.show_exact(exact)
    made.service.begin_run(run_of(loaded, LINEAR, 2, seed=5))
    made.service.note_snapshot(snapshot_of(loaded, LINEAR, LASSO, run=2))
    assert float(made.thread.asked[-1].parameters[0]) == 0.5


def test_another_look_is_asked_for_at_once(loaded: Loaded) -> None:
    made = begun(loaded)
    made.session.change("view.geometry", GeometrySettings(x=1, y=0, is_sum=True))
    made.service.show_aspect(0.5)
    made.service.show_aspect(0.5)
    first = GeometryChoice(x=1, y=0, is_sum=True)
    assert [(request.choice, request.is_moving) for request in made.thread.asked] == [
        (first, False),
        (replace(first, aspect=0.5), False),
    ]


def test_the_look_of_another_run_is_what_is_chosen_by_then(loaded: Loaded) -> None:
    made = begun(loaded)
    made.session.change("view.geometry.watched", 2)
    made.service.begin_run(run_of(loaded, LINEAR, 2))
    made.session.change("view.geometry.watched", 1)
    made.service.note_snapshot(snapshot_of(loaded, LINEAR, LASSO, run=2))
    assert made.thread.asked[-1].choice == GeometryChoice(watched=1)


def test_what_is_known_of_the_same_weights_stays_known(loaded: Loaded, tmp_path: Path) -> None:
    made = begun(loaded)
    made.service.begin_run(run_of(loaded, LINEAR, 2))
    assert made.thread.called == []
    made.service.begin_run(run_of(loaded, Architecture(hidden=(2,)), 3))
    assert made.thread.called == ["forget"]
    made.service.begin_run(run_of(loaded_from(write_small(tmp_path)), Architecture(hidden=(2,)), 4))
    assert made.thread.called == ["forget", "forget"]


def test_a_run_names_the_weights_that_it_will_have(loaded: Loaded) -> None:
    made = service()
    weights, kept = made.service.begin_run(run_of(loaded, LINEAR, 1, seed=5))
    assert [name.split(" ")[0] for name in weights.names] == ["a", "b", "c"]
    assert kept == made.session.configuration.view.geometry


def test_a_picture_or_why_there_is_none_is_passed_on_to_its_own_run(loaded: Loaded) -> None:
    made = begun(loaded)
    made.thread.made.emit(2, VIEW)
    assert made.log == []
    made.thread.made.emit(1, VIEW)
    made.thread.made.emit(1, Unavailable.ONE_WEIGHT)
    assert made.log == [("made", VIEW), ("refused", "There is one weight only, and a plane needs two.")]
    error = ValueError("broken")
    made.thread.failed.emit(1, error)
    made.thread.failed.emit(99, error)
    assert made.log[2:] == [("failed", error)] * 2, "a fault is one whichever run it is of"


def test_a_budget_is_answered_with_its_λ(loaded: Loaded) -> None:
    made = begun(loaded)
    made.thread.lambda_found.emit(1, 0.25)
    assert made.log == [], "nobody has asked"
    made.service.find_lambda(1.5)
    assert made.thread.budgets == [1.5]
    made.thread.lambda_found.emit(2, 0.25)
    assert made.log == [], "of another run"
    made.service.lambda_found.connect(lambda lam: made.session.change("training.lam", lam))
    made.thread.lambda_found.emit(1, 0.25)
    made.thread.lambda_found.emit(1, 0.5)
    assert made.log == [("lambda_found", 0.25), ("lambda_found", 0.5)], "a drag is answered more than once"


def test_a_λ_chosen_by_hand_meanwhile_stays(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.find_lambda(1.5)
    made.session.change("training.lam", 7.0)
    made.thread.lambda_found.emit(1, 0.25)
    assert made.log == []


def test_no_budget_is_asked_for_without_a_model_or_its_code(loaded: Loaded) -> None:
    made = service()
    made.service.set_ready()
    made.service.find_lambda(1.0)
    made.service.begin_run(run_of(loaded, LINEAR, 1, seed=5))
    made.service.find_lambda(1.0)
    assert made.thread.budgets == [], "no moment of the model is known yet"
    made = service()
    made.service.begin_run(run_of(loaded, LINEAR, 1, seed=5))
    made.service.note_snapshot(snapshot_of(loaded, LINEAR, LASSO))
    made.service.find_lambda(1.0)
    assert made.thread.budgets == [], "its code is not there"


def test_the_end_of_the_run_gives_up_everything(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.note_snapshot(snapshot_of(loaded, LINEAR, LASSO, step=1))
    made.thread.asked.clear()
    made.service.end_run()
    assert (made.thread.called, made.clock.n_active) == (["forget"], 0)
    made.thread.made.emit(1, VIEW)
    made.session.change("view.geometry.is_sum", True)
    assert (made.log, made.thread.asked) == ([], [])


def test_stopping_ends_the_thread_and_the_clock(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.note_snapshot(snapshot_of(loaded, LINEAR, LASSO, step=1))
    made.service.stop()
    made.service.wait()
    assert (made.thread.called, made.clock.n_active) == (["stop", "wait"], 0)


def test_a_pair_that_is_brought_back_is_of_this_run_and_of_weights_that_it_has(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.bring_back_pair(DefaultPair(1, 1, shows_corner=True))
    made.service.bring_back_pair(DefaultPair(0, 10**6, shows_corner=True))
    assert made.thread.asked == []
    pair = DefaultPair(1, 0, shows_corner=True)
    made.service.bring_back_pair(pair)
    assert [request.brought_back for request in made.thread.asked] == [pair]
    made.service.show_earlier(snapshot_of(loaded, LINEAR, LASSO))
    assert made.thread.asked[-1].is_earlier
    made.service.begin_run(run_of(loaded, LINEAR, 2, seed=5))
    made.service.note_snapshot(replace(snapshot_of(loaded, LINEAR, LASSO), run=2))
    assert made.thread.asked[-1].brought_back is None
    assert not made.thread.asked[-1].is_earlier
