"""What the timeline of a session says of choices, of runs, and of what engines took at their steps."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from session_fakes import FakeEngine, FakeTraining, HandClock, loaded_from, write_small

from regdesk.core.run.taken import PutIn, Taken
from regdesk.core.settings.configuration import Configuration
from regdesk.core.timeline.acts import Act
from regdesk.core.timeline.form import from_dict, to_dict
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.session.engine_readiness import EngineReadiness
from regdesk.session.keeping import recorder as recording
from regdesk.session.keeping.recorder import TimelineRecorder
from regdesk.session.live_model import LiveModel
from regdesk.session.session import Session
from regdesk.tasks.loading import Loaded

LASSO = TrainSettings(penalty="l1", lam=0.1)
LINEAR = Configuration(DataSettings(target="y"), Architecture(hidden=()), LASSO, seed=3)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded_from(write_small(tmp_path_factory.mktemp("recorded")), seed=3)


@pytest.fixture
def one() -> SimpleNamespace:
    thread, engine, session, clock = FakeTraining(LASSO), FakeEngine(), Session(LINEAR), HandClock()
    made = SimpleNamespace(thread=thread, session=session, clock=clock, engine=EngineReadiness(engine, session))
    made.model = LiveModel(thread, session, made.engine)
    made.recorder = TimelineRecorder(session, made.model, thread.taken, clock)
    engine.finish()
    return made


def acts(one: SimpleNamespace, kind: str = "") -> list[Act]:
    """Those of ``kind``, or all; what is written down comes back from its form."""
    timeline = one.recorder.timeline
    assert from_dict(to_dict(timeline)) == timeline
    return [act for act in timeline.acts if kind in ("", act.kind)]


def take(one: SimpleNamespace, step: int, settings: TrainSettings, run: int = 1, **others: Any) -> None:
    others = {"kind": "settings"} | others
    one.thread.taken.append(Taken(run=run, step=step, settings=settings, **others))


def test_the_step_of_a_change_is_that_of_the_engine(one: SimpleNamespace, loaded: Loaded) -> None:
    one.model.begin_run(loaded)
    take(one, 0, LASSO)
    one.session.step = 40
    one.session.change("training.lam", 0.5)
    take(one, 57, replace(LASSO, lam=0.5))
    (choice,) = acts(one, "choice")
    assert (choice.run, choice.step, choice.values, choice.words) == (1, 40, {"training.lam": 0.5}, "λ 0.1 → 0.5")
    first, second = acts(one, "settings")
    assert (first.step, first.values["training.lam"], first.values["training.penalty"]) == (0, 0.1, "l1")
    assert (second.step, second.values) == (57, {"training.lam": 0.5})


def test_one_drag_is_one_choice_and_every_setting_that_the_engine_took_an_act(
    one: SimpleNamespace, loaded: Loaded
) -> None:
    one.model.begin_run(loaded)
    for step, lam in ((10, 0.2), (20, 0.3), (30, 0.4)):
        one.session.change("training.lam", lam)
        take(one, step, replace(LASSO, lam=lam))
        one.clock.advance(100)
    one.clock.advance(1_000)
    one.session.change("training.lam", 0.5)
    one.session.change("training.lam", 0.6, "tour")
    one.session.change("seed", 4)
    assert [(act.words, act.origin) for act in acts(one, "choice")] == [
        ("λ 0.1 → 0.4", "hand"), ("λ 0.4 → 0.5", "hand"), ("λ 0.5 → 0.6", "tour"), ("seed 3 → 4", "hand"),
    ]  # fmt: skip
    assert [act.step for act in acts(one, "settings")] == [10, 20, 30]
    assert one.recorder.timeline.configuration() == one.session.configuration


def test_a_run_says_how_it_differs_from_the_one_before(one: SimpleNamespace, loaded: Loaded) -> None:
    one.model.begin_run(loaded)
    one.model.begin_run(loaded)
    one.session.change("architecture.hidden", (4,))
    one.model.begin_run(loaded)
    first, again, other = acts(one, "run")
    assert first.values["source.file"] == str(loaded.source.path)
    assert (again.run, again.values, again.words) == (2, {}, recording.BEGUN_AGAIN)
    assert (other.run, other.values) == (3, {"architecture.hidden": (4,)})
    course = one.recorder.timeline.course(3)
    assert course.configuration.data == loaded.settings
    assert course.configuration.architecture.hidden == (4,)


def test_weights_that_were_put_in_keep_their_numbers_and_what_a_left_run_took_is_not_lost(
    one: SimpleNamespace, loaded: Loaded
) -> None:
    one.model.begin_run(loaded)
    put_in = PutIn.of(np.zeros(4), np.array([0.0, 0.0, 2.0, 0.0]))
    take(one, 12, LASSO, kind="weights", put_in=put_in, words="weight b set to 2 by hand")
    one.model.begin_run(loaded)
    take(one, 0, LASSO, run=2)
    (weights,) = acts(one, "weights")
    assert (weights.run, weights.step, weights.put_in, weights.words) == (1, 12, put_in, "weight b set to 2 by hand")
    assert one.recorder.timeline.course(2).taken == (Taken("settings", 2, 0, LASSO),)


def test_a_timeline_is_gone_on_with(one: SimpleNamespace, loaded: Loaded) -> None:
    one.model.begin_run(loaded)
    take(one, 0, LASSO)
    take(one, 9, replace(LASSO, lam=0.3))
    one.clock.advance(5_000)
    one.session.change("training.lam", 0.3)
    saved = one.recorder.timeline

    session, model = Session(one.session.configuration), LiveModel(one.thread, one.session, one.engine)
    other = SimpleNamespace(thread=one.thread, session=session, model=model, clock=one.clock)
    other.recorder = TimelineRecorder(session, model, one.thread.taken, one.clock)
    model.begin_run(loaded)
    model.begin_run(loaded)
    other.recorder.go_on(saved, live_number=2, run=1)
    assert other.recorder.timeline == saved
    one.clock.advance(1_000)
    take(other, 20, replace(LASSO, lam=0.7), run=2)
    take(other, 21, replace(LASSO, lam=0.8), run=1)
    (*_, last) = acts(other, "settings")
    assert (last.run, last.step, last.values, last.seconds) == (1, 20, {"training.lam": 0.7}, 6.0)
    model.begin_run(loaded)
    assert acts(other, "run")[-1].run == 2


def test_what_was_left_gives_way_when_there_is_too_much(
    one: SimpleNamespace, loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "MOST_BYTES", 1_000)
    for run in (1, 2, 3):
        one.model.begin_run(loaded)
        for _ in range(10):
            take(one, 0, LASSO, run=run, kind="weights", put_in=PutIn.of(np.zeros(8), np.ones(8)), words="put in")
    one.model.begin_run(loaded)
    assert [act.run for act in acts(one, "run") if act.is_cut] == [1, 2]
    assert {act.run for act in acts(one, "weights")} == {3}


def test_a_long_session_is_told_as_a_short_one_though_most_of_it_is_packed(
    one: SimpleNamespace, loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A drag during which the engine takes more acts than a stretch has, before and after others; then too many."""
    monkeypatch.setattr(recording, "MOST_ACTS", 500)
    one.model.begin_run(loaded)
    for step in range(400):
        one.session.change("training.lam", 1.0 + step)
        take(one, step, replace(LASSO, lam=1.0 + step))
        one.clock.advance(100)
    one.clock.advance(1_000)
    for step in range(400, 700):
        take(one, step, replace(LASSO, lam=1.0 + step))
    one.session.change("training.lam", 0.7)
    first, second = acts(one, "choice")
    assert (first.words, first.values, second.words) == ("λ 0.1 → 400", {"training.lam": 400.0}, "λ 400 → 0.7")
    course = one.recorder.timeline.course(1)
    assert [(taken.step, taken.settings.lam) for taken in course.taken] == [(step, 1.0 + step) for step in range(700)]
    for _ in range(3):
        one.model.begin_run(loaded)
    assert [act.is_cut for act in acts(one, "run")] == [True, False, False, False]
    assert (acts(one, "settings"), acts(one, "choice")) == ([], [first, second])


def test_settings_of_runs_long_ago_are_not_kept_and_what_such_a_run_takes_still_is_whole(
    one: SimpleNamespace, loaded: Loaded
) -> None:
    n_runs = recording.MOST_TRAINED + 1
    for run in range(1, n_runs + 1):
        one.model.begin_run(loaded)
        take(one, 0, LASSO, run=run)
        # The recorder reads what engines took.
        assert one.recorder.timeline.acts[-1].run == run
    for run in (1, n_runs):
        take(one, 5, replace(LASSO, lam=0.5), run=run)
    *_, of_first, of_last = acts(one, "settings")
    assert (len(of_first.values), of_last.values) == (len(recording.TRAINING), {"training.lam": 0.5})
    assert [taken.settings.lam for taken in one.recorder.timeline.course(1).taken] == [0.1, 0.5]
