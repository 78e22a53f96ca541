"""The service of the optimum with a solver that does what the test says: what is known, asked once, and said when."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from linear_solves import optimum_at
from session_fakes import FakeSolving, HandClock, loaded_from, run_of, snapshot_of, write_small

from regdesk.core.model.shortfalls import TooCloseToNone
from regdesk.core.types import Architecture, TrainSettings
from regdesk.session.optimum_service import (
    FAILED,
    LATE_MS,
    LOOKING,
    MOST_KEPT,
    NETWORK,
    NO_DATA,
    NOT_READY,
    OptimumService,
)
from regdesk.tasks.loading import Loaded

LINEAR = Architecture(hidden=())
LASSO = TrainSettings(penalty="l1", lam=0.1)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded_from(write_small(tmp_path_factory.mktemp("optimum")))


CLOSE = "The optimum at this λ has not been found to 1e-8: it is too close to having none. Raise λ."


def service() -> SimpleNamespace:
    thread, clock = FakeSolving(), HandClock()
    made = SimpleNamespace(thread=thread, clock=clock, service=OptimumService(thread, clock), log=[])
    for name in ("changed", "solved", "refused", "failed"):
        getattr(made.service, name).connect(lambda *values, name=name: made.log.append((name, *values)))
    return made


def begun(loaded: Loaded) -> SimpleNamespace:
    """A linear model of run 1 that can be solved for."""
    made = service()
    made.service.set_ready()
    made.service.begin_run(run_of(loaded, LINEAR, 1))
    made.log.clear()
    made.thread.called.clear()
    return made


def test_what_cannot_be_solved_for_says_why(loaded: Loaded) -> None:
    made = service()
    assert made.service.unavailable_reason(LASSO) == NO_DATA
    made.service.begin_run(run_of(loaded, Architecture(hidden=(3,)), 1))
    assert made.service.unavailable_reason_of_run == NETWORK
    made.service.begin_run(run_of(loaded, LINEAR, 2))
    assert made.service.unavailable_reason_of_run == NOT_READY
    made.service.solve(LASSO)
    assert made.log[-1] == ("refused", NOT_READY)
    made.service.set_ready()
    assert made.service.unavailable_reason(LASSO) == ""
    assert made.log[-1] == ("changed",)
    made.service.end_run()
    assert made.service.unavailable_reason_of_run == NO_DATA
    assert made.thread.asked == []


def test_a_wish_is_answered_when_the_optimum_is_known(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.solve(LASSO)
    (work,) = made.thread.asked
    assert (work.run, work.dataset, work.settings) == (1, loaded.dataset, LASSO)
    assert made.service.waiting_sentence(LASSO) == "Looking for the optimum at λ = 0.1 …"
    assert made.log == []
    optimum = optimum_at(LASSO)
    made.thread.solved.emit(1, optimum)
    assert made.log == [("solved", optimum), ("changed",)]
    assert made.service.waiting_sentence(LASSO) == ""
    assert made.service.known(LASSO) is optimum
    # The next time it is known at once.
    made.service.solve(LASSO)
    assert made.log[2:] == [("solved", optimum)]
    assert len(made.thread.asked) == 1


def test_a_wish_is_given_up_when_λ_moves_on(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.solve(LASSO)
    moved = replace(LASSO, lam=0.2)
    assert made.service.waiting_sentence(moved) == ""
    made.thread.solved.emit(1, optimum_at(LASSO))
    assert made.log == [("changed",)], "known now, but nobody is moved there"


def test_settings_that_have_one_optimum_are_one_question(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.solve(LASSO)
    made.service.solve(replace(LASSO, learning_rate=0.5, l1_ratio=0.9))
    assert len(made.thread.asked) == 1
    made.service.solve(replace(LASSO, lam=0.2))
    assert len(made.thread.asked) == 2


def test_where_there_is_no_optimum_the_wish_is_refused(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.solve(LASSO)
    made.thread.solved.emit(1, optimum_at(LASSO, solution=None, unavailable_reason=TooCloseToNone()))
    assert made.log == [("refused", CLOSE), ("changed",)]
    assert made.service.unavailable_reason(LASSO) == CLOSE
    assert made.service.unavailable_reason(replace(LASSO, lam=3.0)) == ""
    made.service.solve(LASSO)
    assert made.log[2:] == [("refused", CLOSE)]
    assert len(made.thread.asked) == 1


def test_what_was_last_said_stands_until_the_answer_is_late(loaded: Loaded) -> None:
    made = begun(loaded)
    at_start = snapshot_of(loaded, LINEAR, LASSO, objective=0.3)
    assert made.service.words(at_start) == ""
    made.thread.solved.emit(1, optimum_at(LASSO))
    assert made.service.words(at_start) == "50 % above the optimum"
    moved = replace(LASSO, lam=0.2)
    moment = snapshot_of(loaded, LINEAR, moved, step=1, objective=0.4)
    made.log.clear()
    assert made.service.words(moment) == "50 % above the optimum", "words must not flicker"
    made.clock.advance(LATE_MS - 1)
    assert (made.service.words(moment), made.log) == ("50 % above the optimum", [])
    made.clock.advance(1)
    assert made.log == [("changed",)]
    assert made.service.words(moment) == LOOKING
    assert len(made.thread.asked) == 2, "asked for once, however often it is looked at"
    made.thread.solved.emit(1, optimum_at(moved, objective=0.4))
    assert made.service.words(moment) == "at the optimum"
    assert made.clock.n_active == 0


def test_one_answer_in_time_spares_the_clock(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.words(snapshot_of(loaded, LINEAR, LASSO))
    made.thread.solved.emit(1, optimum_at(LASSO))
    made.log.clear()
    made.clock.advance(10 * LATE_MS)
    assert made.log == []


def test_a_drag_does_not_put_off_that_it_is_late(loaded: Loaded) -> None:
    """Each λ of it asks anew; seconds count from the first."""
    made = begun(loaded)
    for number in range(4):
        made.service.words(snapshot_of(loaded, LINEAR, replace(LASSO, lam=1.0 + number)))
        made.clock.advance(LATE_MS // 4)
    assert made.log == [("changed",)]


def test_an_answer_to_a_λ_that_was_left_leaves_the_newest_question_open(loaded: Loaded) -> None:
    made = begun(loaded)
    moved = replace(LASSO, lam=0.2)
    made.service.solve(LASSO)
    made.service.solve(moved)
    made.thread.solved.emit(1, optimum_at(LASSO))
    assert made.log == [("changed",)]
    assert made.clock.n_active == 1
    made.thread.solved.emit(1, optimum_at(moved))
    assert [one[0] for one in made.log] == ["changed", "solved", "changed"]


@pytest.mark.parametrize("others", [{"run": 2}, {"has_diverged": True}])
def test_of_some_moments_nothing_is_said(loaded: Loaded, others: Any) -> None:
    made = begun(loaded)
    made.thread.solved.emit(1, optimum_at(LASSO))
    assert made.service.words(snapshot_of(loaded, LINEAR, LASSO, **others)) == ""
    assert made.thread.asked == []


def test_an_answer_to_another_run_is_not_heard(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.solve(LASSO)
    made.service.begin_run(run_of(loaded, LINEAR, 2))
    made.log.clear()
    made.thread.solved.emit(1, optimum_at(LASSO))
    assert made.log == []
    assert made.service.known(LASSO) is None


def test_another_run_on_the_same_rows_keeps_what_is_known(loaded: Loaded, tmp_path: Path) -> None:
    made = begun(loaded)
    made.thread.solved.emit(1, optimum_at(LASSO))
    made.service.begin_run(run_of(loaded, LINEAR, 2))
    assert made.service.known(LASSO) is not None
    assert made.thread.called == []
    made.service.begin_run(run_of(loaded_from(write_small(tmp_path)), LINEAR, 3))
    assert made.service.known(LASSO) is None
    assert made.thread.called == ["forget"]


def test_a_network_in_between_forgets_and_hides_what_is_known(loaded: Loaded) -> None:
    made = begun(loaded)
    made.thread.solved.emit(1, optimum_at(LASSO))
    made.service.begin_run(run_of(loaded, Architecture(hidden=(3,)), 2))
    assert made.service.known(LASSO) is None
    assert made.thread.called == ["forget"]
    made.service.begin_run(run_of(loaded, LINEAR, 3))
    assert made.service.known(LASSO) is None


def test_another_run_has_no_wish_and_no_words(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.solve(LASSO)
    made.service.begin_run(run_of(loaded, LINEAR, 2))
    assert made.service.waiting_sentence(LASSO) == ""
    assert made.clock.n_active == 0
    assert made.service.words(snapshot_of(loaded, LINEAR, LASSO, run=2)) == ""
    assert [work.run for work in made.thread.asked] == [1, 2], "asked again under the new number"


def test_so_many_answers_are_kept_and_the_oldest_go_first(loaded: Loaded) -> None:
    made = begun(loaded)
    settings = [replace(LASSO, lam=1.0 + number) for number in range(MOST_KEPT + 1)]
    for one in settings:
        made.thread.solved.emit(1, optimum_at(one))
    assert made.service.known(settings[0]) is None
    assert all(made.service.known(one) is not None for one in settings[1:])


def test_a_failure_is_passed_on_and_ends_the_questions_of_the_run(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.solve(LASSO)
    error = ValueError("broken")
    made.thread.failed.emit(1, error)
    assert made.log == [("changed",), ("failed", error)]
    assert made.service.unavailable_reason(LASSO) == FAILED
    assert made.service.waiting_sentence(LASSO) == ""
    assert made.service.words(snapshot_of(loaded, LINEAR, LASSO)) == ""
    assert (len(made.thread.asked), made.clock.n_active) == (1, 0)
    made.service.begin_run(run_of(loaded, LINEAR, 2))
    assert made.service.unavailable_reason(LASSO) == ""


def test_a_failure_of_an_earlier_run_is_raised_and_says_nothing_of_this_one(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.begin_run(run_of(loaded, LINEAR, 2))
    made.service.solve(LASSO)
    made.log.clear()
    error = ValueError("broken")
    made.thread.failed.emit(1, error)
    assert made.log == [("failed", error)]
    assert made.service.unavailable_reason(LASSO) == ""
    made.thread.solved.emit(2, optimum_at(LASSO))
    assert made.log[1][0] == "solved"


def test_the_end_of_the_run_gives_up_everything(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.solve(LASSO)
    made.service.end_run()
    assert made.thread.called == ["forget"]
    assert made.log == [("changed",)]
    made.thread.solved.emit(1, optimum_at(LASSO))
    assert made.log == [("changed",)]
    assert made.clock.n_active == 0


def test_stopping_ends_the_thread_and_the_clock(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.solve(LASSO)
    made.service.stop()
    made.service.wait()
    assert made.thread.called == ["stop", "wait"]
    assert made.clock.n_active == 0
