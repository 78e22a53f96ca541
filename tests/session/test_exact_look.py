"""When a paused linear model is shown solved: from a change of λ until it is trained on, or something is put in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from linear_solves import optimum_at
from session_fakes import loaded_from, run_of, snapshot_of, write_small

from regdesk.core.model.shortfalls import TooCloseToNone
from regdesk.core.run.changes import SettingsChange
from regdesk.core.types import Architecture, TrainSettings
from regdesk.session.exact_look import ExactLook
from regdesk.tasks.loading import Loaded

LINEAR = Architecture(hidden=())
LASSO = TrainSettings(penalty="l1", lam=0.1)
MOVED = replace(LASSO, lam=0.2)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded_from(write_small(tmp_path_factory.mktemp("exact")))


def look_at(loaded: Loaded, **others: Any) -> tuple[ExactLook, Any]:
    """A linear model trained under LASSO, at step 5."""
    look = ExactLook()
    look.begin_run(run_of(loaded, LINEAR), LASSO)
    trained = snapshot_of(loaded, LINEAR, LASSO, 5, **others)
    look.note_snapshot(trained)
    return look, trained


def test_it_is_wanted_when_λ_has_moved_and_the_model_has_not(loaded: Loaded) -> None:
    look, _ = look_at(loaded)
    assert not look.is_wanted(LASSO, is_running=False)
    assert look.is_wanted(MOVED, is_running=False)
    assert not look.is_wanted(MOVED, is_running=True)
    assert not look.is_wanted(replace(LASSO, learning_rate=0.5), is_running=False), "that is no other question"


def test_it_is_not_wanted_of_a_network_without_a_model_or_after_divergence(loaded: Loaded) -> None:
    look = ExactLook()
    look.begin_run(run_of(loaded, Architecture(hidden=(2,))), LASSO)
    look.note_snapshot(snapshot_of(loaded, LINEAR, LASSO))
    assert not look.is_wanted(MOVED, is_running=False)
    look.begin_run(run_of(loaded, LINEAR), LASSO)
    assert not look.is_wanted(MOVED, is_running=False)
    look.note_snapshot(snapshot_of(loaded, LINEAR, LASSO, has_diverged=True))
    assert not look.is_wanted(MOVED, is_running=False)


def test_of_a_run_that_comes_back_it_is_known_what_it_was_trained_under(loaded: Loaded) -> None:
    look, _ = look_at(loaded)
    look.note_snapshot(snapshot_of(loaded, LINEAR, MOVED, 5))
    again = ExactLook()
    # What is in force by then is what was chosen last.
    again.begin_run(run_of(loaded, LINEAR), MOVED)
    again.note_snapshot(snapshot_of(loaded, LINEAR, MOVED, 5), look.trained_under)
    assert again.is_wanted(MOVED, is_running=False)
    assert not again.is_wanted(LASSO, is_running=False)
    again.note_snapshot(snapshot_of(loaded, LINEAR, MOVED, 6), look.trained_under)
    assert not again.is_wanted(MOVED, is_running=False)


def test_a_step_under_the_new_λ_makes_it_the_model_s_own(loaded: Loaded) -> None:
    look, _ = look_at(loaded)
    look.note_snapshot(snapshot_of(loaded, LINEAR, MOVED, 5))
    assert look.is_wanted(MOVED, is_running=False), "the same step, looked at under other settings"
    look.note_snapshot(snapshot_of(loaded, LINEAR, MOVED, 6))
    assert not look.is_wanted(MOVED, is_running=False)
    assert look.is_wanted(LASSO, is_running=False)


def test_weights_that_are_put_in_belong_to_the_λ_in_force(loaded: Loaded) -> None:
    look, _ = look_at(loaded)
    change = SettingsChange(5, 5.0, 5.0, LASSO, MOVED, loaded="solved")
    look.note_snapshot(snapshot_of(loaded, LINEAR, MOVED, 5, changes=(change,)))
    assert not look.is_wanted(MOVED, is_running=False)


def test_the_thread_is_asked_once_for_each_moment_and_optimum(loaded: Loaded) -> None:
    look, trained = look_at(loaded)
    optimum = optimum_at(MOVED)
    request = look.request(optimum, MOVED)
    assert request is not None
    assert (request.run, request.parameters, request.settings) == (1, optimum.parameters, MOVED)
    assert look.request(optimum, MOVED) is None
    assert look.request(optimum_at(replace(LASSO, lam=0.3)), replace(LASSO, lam=0.3)) is not None
    look.note_snapshot(replace(trained, step=6))
    assert look.request(optimum, MOVED) is not None
    assert look.request(optimum, MOVED) is None
    look.begin_run(run_of(loaded, LINEAR), LASSO)
    look.note_snapshot(replace(trained, step=6))
    assert look.request(optimum, MOVED) is not None


def test_weights_that_were_put_in_before_λ_moved_are_of_the_λ_before(loaded: Loaded) -> None:
    """Solve, and at once another λ: the moment that tells of both has the λ of now."""
    look, trained = look_at(loaded)
    solved = SettingsChange(5, 5.0, 5.0, LASSO, LASSO, "solved for the optimum at λ 0.1")
    moved = SettingsChange(5, 5.0, 5.0, LASSO, MOVED)
    look.note_snapshot(replace(trained, settings=MOVED, changes=(solved, moved)))
    assert look.is_wanted(MOVED, is_running=False)
    put_in = SettingsChange(5, 5.0, 5.0, MOVED, MOVED, "from the sweep")
    look.note_snapshot(replace(trained, settings=MOVED, changes=(moved, put_in)))
    assert not look.is_wanted(MOVED, is_running=False)


def test_without_an_optimum_of_these_settings_nothing_is_asked(loaded: Loaded) -> None:
    look, _ = look_at(loaded)
    assert look.request(None, MOVED) is None
    assert look.request(optimum_at(MOVED, solution=None, unavailable_reason=TooCloseToNone()), MOVED) is None
    assert look.request(optimum_at(LASSO), MOVED) is None
    assert ExactLook().request(optimum_at(MOVED), MOVED) is None


def test_the_exact_model_is_shown_until_the_other_is_trained(loaded: Loaded) -> None:
    look, trained = look_at(loaded)
    exact = snapshot_of(loaded, LINEAR, MOVED, 5, stands_for=trained)
    look.note_snapshot(exact)
    assert look.shown(MOVED, False, True) is exact
    assert look.shown(replace(LASSO, lam=0.3), False, True) is exact, "the one of the λ before, until its own is there"
    assert look.shown(MOVED, True, True) is trained, "it trains"
    assert look.shown(MOVED, False, False) is trained, "it cannot be solved for any more"
    assert look.shown(LASSO, False, True) is trained, "back at the λ it was trained under"


@pytest.mark.parametrize("others", [{"step": 6}, {"run": 2}])
def test_the_exact_model_of_another_moment_is_not_shown(loaded: Loaded, others: Any) -> None:
    look, trained = look_at(loaded)
    look.note_snapshot(snapshot_of(loaded, LINEAR, MOVED, 5, stands_for=trained))
    newer = replace(trained, **others)
    look.note_snapshot(newer)
    assert look.shown(MOVED, False, True) is newer


def test_nothing_is_shown_before_there_is_a_model() -> None:
    look = ExactLook()
    look.begin_run(run_of(loaded, LINEAR), LASSO)
    assert look.shown(MOVED, False, True) is None
