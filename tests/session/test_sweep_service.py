"""The service of sweeps with a worker that does what the test says: when one begins, how it ends, what is old."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from session_fakes import FakeSweeping, curve_at, loaded_from, write_small

from regdesk.compiling.engine_cache import NETWORKS, PATHS
from regdesk.core.model.scale import ModelScale
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.settings.configuration import Configuration
from regdesk.core.sweep.remaining_time import SweepProgress
from regdesk.core.types import Architecture, TrainSettings
from regdesk.crews.choice import crew_choice
from regdesk.session.session import Session
from regdesk.session.sweep_service import NO_DATA, NO_PENALTY, NOT_TRAINABLE, SweepService
from regdesk.tasks.loading import Loaded

LASSO = Configuration(architecture=Architecture(hidden=()), training=TrainSettings(penalty="l1"))
NETWORK = replace(LASSO, architecture=Architecture(hidden=(4,)))


def service(loaded: Loaded | None = None, configuration: Configuration = LASSO) -> SimpleNamespace:
    thread, session, data = (
        FakeSweeping(),
        Session(configuration),
        SimpleNamespace(now=loaded, opened=None, being_read=None),
    )
    made = SimpleNamespace(thread=thread, session=session, data=data, log=[])
    made.service = SweepService(thread, session, data)
    session.changed.connect(made.service.follow)
    for name in ("changed", "ended", "failed"):
        getattr(made.service, name).connect(lambda *values, name=name: made.log.append((name, *values)))
    return made


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded_from(write_small(tmp_path_factory.mktemp("sweep")))


def begun(loaded: Loaded, configuration: Configuration = LASSO) -> SimpleNamespace:
    """A sweep under way, as number 1."""
    made = service(loaded, configuration)
    made.service.set_ready(PATHS)
    made.service.set_ready(NETWORKS)
    made.service.start()
    made.log.clear()
    return made


def put_in_force(made: SimpleNamespace, configuration: Configuration) -> None:
    made.session.change_all({"architecture": configuration.architecture, "training": configuration.training})


def changed(configuration: Configuration, **training: Any) -> Configuration:
    return replace(configuration, training=replace(configuration.training, **training))


def test_what_cannot_be_swept_says_why(loaded: Loaded) -> None:
    made = service()
    assert made.service.unavailable_reason == NO_DATA
    made.data.being_read = SimpleNamespace(title="Noisy curve")
    assert made.service.unavailable_reason == "Reading Noisy curve …", "nobody is to open anything"
    made.data.being_read, made.data.opened = None, object()
    assert made.service.unavailable_reason == NOT_TRAINABLE
    made.data.now = loaded
    made.service.note_data()
    assert (made.service.unavailable_reason, made.log) == ("", [("changed",)])
    made.session.change_all({"training.lam": 3.0, "view.smoothing": 0.1})
    assert made.log == [("changed",)], "nothing that a sweep depends on"
    made.session.change("training.penalty", "none")
    assert made.service.unavailable_reason == NO_PENALTY
    assert len(made.log) == 2


@pytest.mark.parametrize(("configuration", "part", "other"), [(LASSO, PATHS, NETWORKS), (NETWORK, NETWORKS, PATHS)])
def test_it_begins_when_its_own_code_is_compiled(
    loaded: Loaded, configuration: Configuration, part: str, other: str
) -> None:
    made = service(loaded, configuration)
    made.service.start()
    assert (made.service.is_busy, made.service.is_waiting, made.thread.asked) == (True, True, [])
    made.service.set_ready(other)
    assert made.service.is_waiting
    assert made.log == [("changed",)]
    made.service.set_ready(part)
    assert (made.service.is_busy, made.service.is_waiting, len(made.thread.asked)) == (True, False, 1)
    assert made.thread.asked[0].settings == configuration.training
    assert made.log == [("changed",), ("changed",)]
    made.service.set_ready(part)
    assert len(made.thread.asked) == 1


def test_it_grows_as_it_is_pulled_and_ends(loaded: Loaded) -> None:
    made = begun(loaded)
    assert not made.service.pull()
    first, whole = curve_at([1.0], 3), curve_at([1.0, 0.5, 0.2, 0.1], 3)
    made.thread.newest = 1, first
    assert made.service.pull()
    assert made.service.curve is first
    assert not made.service.pull(), "nothing new"
    assert made.service.is_busy
    made.thread.newest = 1, whole
    made.thread.ended.emit(1)
    assert made.service.curve is whole
    assert not made.service.is_busy
    assert made.log == [("changed",), ("ended", 4, 4, "λ")]


def test_a_sweep_that_ends_early_says_how_far_it_came(loaded: Loaded) -> None:
    made = begun(loaded)
    made.thread.newest = 1, curve_at([1.0, 0.5], 3)
    made.thread.ended.emit(1)
    assert made.log[-1] == ("ended", 2, 4, "λ")


def test_of_a_network_fits_are_counted(loaded: Loaded) -> None:
    made = begun(loaded, NETWORK)
    assert made.service.progress is None
    made.thread.progress = 1, SweepProgress(7, 300, None)
    assert made.service.pull()
    assert made.service.progress == SweepProgress(7, 300, None)
    assert not made.service.pull()
    made.thread.progress = 2, SweepProgress(8, 300, None)
    assert made.service.progress is None, "of another sweep"
    made.thread.progress = 1, SweepProgress(9, 300, None)
    made.thread.ended.emit(1)
    assert made.log == [("changed",), ("ended", 9, 300, "fits")]


def test_what_is_found_by_another_sweep_is_not_shown(loaded: Loaded) -> None:
    made = begun(loaded)
    made.thread.newest = 2, curve_at([1.0], 3)
    assert not made.service.pull()
    made.thread.ended.emit(2)
    made.thread.failed.emit(2, ValueError("not ours"))
    assert (made.service.curve, made.service.is_busy, made.log) == (None, True, [])


def test_a_cancelled_sweep_keeps_what_is_there_until_it_ends(loaded: Loaded) -> None:
    made = begun(loaded)
    made.thread.newest = 1, curve_at([1.0], 3)
    made.service.pull()
    made.service.cancel()
    assert made.thread.called == ["cancel"]
    assert (made.service.is_busy, made.log) == (True, [])
    made.thread.ended.emit(1)
    assert not made.service.is_busy
    assert made.log == [("changed",), ("ended", 1, 4, "λ")]


@pytest.mark.parametrize(
    ("configuration", "workers", "unit"),
    [(NETWORK, None, "fits"), (NETWORK, "threads:2", "fits"), (LASSO, "processes:2", "paths")],
)
def test_a_sweep_by_units_counts_these_however_early_it_is_cancelled(
    loaded: Loaded, configuration: Configuration, workers: str | None, unit: str
) -> None:
    made = service(loaded, configuration)
    made.service.workers = None if workers is None else crew_choice(workers)
    for part in (PATHS, NETWORKS):
        made.service.set_ready(part)
    made.service.start()
    made.service.cancel()
    assert made.log[-1] == ("ended", 0, 0, unit), "nobody has counted them yet"
    made.service.start()
    # Folds have been solved, but no λ by all of them.
    made.thread.progress = 2, SweepProgress(3, 300, None)
    made.service.cancel()
    assert made.log[-1] == ("ended", 3, 300, unit)


def test_a_sweep_cancelled_before_its_first_point_is_over_at_once(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.cancel()
    assert (made.service.is_busy, made.service.is_stale) == (False, False)
    assert made.log == [("changed",), ("ended", 0, 50, "λ")]
    made.thread.newest = 1, curve_at([1.0], 3)
    assert not made.service.pull(), "what comes too late"
    made.thread.ended.emit(1)
    assert len(made.log) == 2


def test_a_sweep_that_waits_is_cancelled_without_having_begun(loaded: Loaded) -> None:
    made = service(loaded)
    made.service.start()
    made.service.cancel()
    made.service.set_ready(PATHS)
    assert (made.service.is_waiting, made.thread.asked) == (False, [])


def test_cancelling_nothing_says_nothing(loaded: Loaded) -> None:
    made = service(loaded)
    made.service.cancel()
    assert made.log == []


def test_other_settings_end_a_sweep_and_make_it_old(loaded: Loaded) -> None:
    made = begun(loaded)
    made.thread.newest = 1, curve_at([1.0], 3)
    made.service.pull()
    put_in_force(made, changed(LASSO, penalty="l2"))
    assert made.service.is_stale
    assert made.thread.called == ["cancel"]
    assert made.service.curve is not None, "it stays to be looked at"
    put_in_force(made, LASSO)
    assert not made.service.is_stale, "what was swept is in force again"


@pytest.mark.parametrize(
    ("before", "after", "is_stale"),
    [
        (LASSO, changed(LASSO, lam=3.0), False),
        (LASSO, changed(LASSO, learning_rate=0.5), False),
        (LASSO, changed(LASSO, l1_ratio=0.9), False),
        (LASSO, replace(LASSO, architecture=Architecture(hidden=(), activation="relu")), False),
        (LASSO, changed(LASSO, penalty="elastic-net"), True),
        (changed(LASSO, penalty="elastic-net"), changed(LASSO, penalty="elastic-net", l1_ratio=0.9), True),
        (LASSO, NETWORK, True),
        (NETWORK, replace(NETWORK, architecture=Architecture(hidden=(4,), activation="relu")), True),
        (NETWORK, replace(NETWORK, architecture=Architecture(hidden=(5,))), True),
    ],
)
def test_only_what_changes_the_curve_makes_it_old(
    loaded: Loaded, before: Configuration, after: Configuration, is_stale: bool
) -> None:
    made = begun(loaded, before)
    made.thread.newest = 1, curve_at([1.0], 3)
    made.service.pull()
    put_in_force(made, after)
    assert made.service.is_stale is is_stale
    assert made.thread.called == ["cancel"] * is_stale


def test_other_data_or_another_use_of_them_make_it_old(loaded: Loaded, tmp_path: Path) -> None:
    other_table = loaded_from(write_small(tmp_path)).table
    others = ({"seed": 1}, {"settings": replace(loaded.settings, features=("a", "b"))}, {"table": other_table})
    for values in others:
        made = begun(loaded)
        made.thread.newest = 1, curve_at([1.0], 3)
        made.service.pull()
        made.data.now = replace(loaded, **values)
        made.service.note_data()
        assert made.service.is_stale, values


def test_other_data_leave_nothing(loaded: Loaded) -> None:
    made = begun(loaded)
    made.thread.newest = 1, curve_at([1.0], 3)
    made.service.pull()
    made.service.forget()
    assert (made.service.curve, made.service.is_busy, made.service.is_stale) == (None, False, False)
    assert made.thread.called == ["cancel"]
    made.thread.newest = 1, curve_at([1.0, 0.5], 3)
    made.thread.ended.emit(1)
    assert made.log == [("changed",)], "nobody is told how it has ended"
    assert made.service.curve is None


def test_a_failure_is_passed_on_and_what_was_found_stays(loaded: Loaded) -> None:
    made = begun(loaded)
    made.thread.newest = 1, curve_at([1.0], 3)
    made.service.pull()
    error = ValueError("broken")
    made.thread.failed.emit(1, error)
    assert made.log == [("changed",), ("failed", error)]
    assert not made.service.is_busy
    put_in_force(made, changed(LASSO, penalty="l2"))
    assert made.service.is_stale


def test_after_a_failure_with_nothing_found_nothing_is_old(loaded: Loaded) -> None:
    made = begun(loaded)
    made.thread.failed.emit(1, ValueError("broken"))
    put_in_force(made, changed(LASSO, penalty="l2"))
    assert not made.service.is_stale


def test_a_new_sweep_begins_with_nothing(loaded: Loaded) -> None:
    made = begun(loaded)
    made.thread.newest = 1, curve_at([1.0], 3)
    made.service.pull()
    made.service.start()
    assert made.service.curve is None
    made.thread.newest = 1, curve_at([1.0, 0.5], 3)
    assert not made.service.pull()
    made.thread.newest = 2, curve_at([0.9], 3)
    assert made.service.pull()


def test_a_sweep_made_elsewhere_is_of_what_is_in_force(loaded: Loaded) -> None:
    made = begun(loaded)
    curve = curve_at([1.0], 3)
    made.service.adopt(curve)
    assert (made.service.curve, made.service.is_busy, made.service.is_stale) == (curve, False, False)
    assert made.thread.called == ["cancel"]
    made.log.clear()
    put_in_force(made, LASSO)
    assert made.log == []
    put_in_force(made, NETWORK)
    assert made.service.is_stale


def test_a_whole_sweep_says_by_which_rule_a_lambda_is_recommended(loaded: Loaded) -> None:
    made = begun(loaded)
    curve = curve_at([1.0, 0.1, 0.01], 2, 3)
    curve = replace(curve, best=2, one_standard_error=1, validation_loss=np.array([0.9, 0.31, 0.3]), is_done=True)
    made.service.adopt(curve)

    def rule_at(lam: float, **settings: Any) -> str:
        return str(made.service.rule_at(replace(LASSO.training, lam=lam, **settings)))

    assert [rule_at(lam) for lam in (1.0, 0.1, 0.01, 0.01004, 0.0)] == ["", "λ_1se", "λ_best", "λ_best", ""]
    assert rule_at(0.01, penalty="l2") == "", "of another penalty nothing is known"
    # A λ without a best model is not chosen, and here it has the lowest loss.
    made.service.adopt(replace(curve, best=1, one_standard_error=1))
    assert rule_at(0.1) == ""
    made.service.adopt(replace(curve, is_done=False))
    assert rule_at(0.01) == ""
    made.service.adopt(curve)
    put_in_force(made, NETWORK)
    assert rule_at(0.01) == "", "old"


def test_weights_are_moved_to_the_scale_of_the_live_model(loaded: Loaded) -> None:
    """y = 2 a' + 1, a' = (a − 4)/2; on the scale of a'' = (a − 1)/4 that is y = 4 a'' − 2."""
    made = begun(loaded)
    own, live = (
        ModelScale(("a",), Standardizer(np.array([mean]), np.array([scale])), Standardizer.identity(1))
        for mean, scale in ((4.0, 2.0), (1.0, 4.0))
    )
    made.thread.scale = 1, own
    curve = curve_at([1.0, 0.5], 1)
    made.thread.newest = 1, replace(curve, biases=np.array([[9.0], [1.0]]))
    made.service.pull()
    np.testing.assert_allclose(made.service.parameters_at(0.5, live), [4.0, -2.0], rtol=1e-14)
    assert made.service.parameters_at(0.4, live) is None, "no such λ"
    put_in_force(made, changed(LASSO, penalty="l2"))
    assert made.service.parameters_at(0.5, live) is None, "it is old"
    put_in_force(made, LASSO)
    made.thread.scale = 2, own
    assert made.service.parameters_at(0.5, live) is None, "the scale of another sweep"
    made.thread.scale = None
    assert made.service.parameters_at(0.5, live) is None


def test_the_thread_knows_whether_it_has_company() -> None:
    made = service()
    made.service.set_company(True)
    assert made.thread.has_company
    made.service.set_company(False)
    assert not made.thread.has_company


def test_stopping_tells_nobody_how_it_ended(loaded: Loaded) -> None:
    made = begun(loaded)
    made.service.stop()
    made.service.wait()
    assert made.thread.called == ["stop", "wait"]
    made.thread.ended.emit(1)
    made.thread.failed.emit(1, ValueError("late"))
    assert made.log == []


def test_stopping_forgets_what_waits(loaded: Loaded) -> None:
    made = service(loaded)
    made.service.start()
    made.service.stop()
    made.service.set_ready(PATHS)
    assert made.thread.asked == []


def test_whether_the_thread_works_is_asked_of_it(loaded: Loaded) -> None:
    made = service()
    assert not made.service.is_at_work
    made.thread.is_at_work = True
    assert made.service.is_at_work
