"""What is remembered of a run as it was at an earlier moment, and which courses can be returned to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from session_fakes import loaded_from, run_of, snapshot_of, write_small

from regdesk.core.moments.store import MomentMemory
from regdesk.core.run.changes import SettingsChange
from regdesk.core.run.history import History, HistoryRow
from regdesk.core.run.live_trail import LiveTrail
from regdesk.core.run.weight_trail import WeightTrail
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.session.run_record import RunRecord
from regdesk.session.run_state import RunState
from regdesk.session.travel.branches import MOST_BRANCHES, Branches
from regdesk.session.travel.branching import returned, state_at

L2 = TrainSettings(penalty="l2", lam=0.1)
LASSO = replace(L2, penalty="l1")
WEAK, STRONG = replace(LASSO, lam=0.01), replace(LASSO, lam=2.0)
NETWORK = Configuration(DataSettings(target="y"), Architecture(hidden=(2,)), STRONG)
UNDER = ((0, L2), (10, LASSO), (20, WEAK), (30, STRONG))
"""From which step on settings were in force; the last change came in a drag that went on to step 34."""
N_STEPS = 40


def settings_at(step: int) -> TrainSettings:
    return [settings for first, settings in UNDER if first <= step][-1]


def loss_at(step: int) -> float:
    """Lowest at step 35."""
    return 1.0 + abs(step - 35) / 100


def kept_at(number: int, step: int, settings: TrainSettings | None = None) -> Any:
    state = SimpleNamespace(
        step=step, settings=settings or settings_at(step), optimizer=SimpleNamespace(parameters=np.full(3, step)),
    )  # fmt: skip
    return SimpleNamespace(number=number, step=step, epoch=float(step), state=state, n_bytes=100)


@pytest.fixture
def now(tmp_path: Path) -> RunState:
    """A run of 40 steps with a row after each, and a second row at the steps at which settings were changed."""
    loaded = loaded_from(write_small(tmp_path))
    record = RunRecord()
    run = run_of(loaded, NETWORK.architecture)
    record.begin_run(run)
    rows, changes = [], []
    for step in range(N_STEPS + 1):
        before, after = settings_at(step - 1) if step else L2, settings_at(step)
        for settings in [before, after] if before != after else [after]:
            loss = loss_at(step)
            rows.append(HistoryRow(step, step, loss, 2 * loss, 1.0, settings.lam, float(settings != before)))
        if before != after:
            last = 34.0 if step == 30 else float(step)
            changes.append(SettingsChange(step, float(step), last, before, after))
    history = History()
    history.append(np.array(rows))
    memory = record.memory(WeightTrail().memory(), None)
    memory = replace(memory, history=history.memory(), changes=tuple(changes))
    snapshot = snapshot_of(loaded, NETWORK.architecture, STRONG, N_STEPS)
    return RunState(run, NETWORK, None, memory, snapshot)


def cut(now: RunState, step: int, settings: TrainSettings | None = None) -> RunState:
    numbers = range(0, N_STEPS + 4)
    moments = MomentMemory(tuple(kept_at(number, min(number, N_STEPS)) for number in numbers), N_STEPS + 4)
    kept = kept_at(step, step, settings)
    snapshot = replace(now.snapshot, step=step, epoch=float(step), settings=kept.state.settings)
    return state_at(now, kept, snapshot, moments)


def test_history_and_best_are_those_of_then(now: RunState) -> None:
    found = cut(now, 25).memory.history
    assert found.rows[-1, 0] == 25
    assert (len(found.rows), found.n_seen, found.numbers[-1]) == (28, 28, 27)
    assert found.best.epoch == 25.0
    assert now.memory.history.best.epoch == 35.0, "the run itself is as it was"
    assert cut(now, 38).memory.history.best.epoch == 35.0
    # Two rows of one step: before λ was changed, and under the new one.
    for settings, n_rows in ((WEAK, 33), (STRONG, 34)):
        found = cut(now, 30, settings).memory.history
        assert (found.rows[-1, HistoryRow._fields.index("lam")], len(found.rows)) == (settings.lam, n_rows)


def test_changes_end_with_the_moment(now: RunState) -> None:
    assert [one.step for one in cut(now, 25).memory.changes] == [10, 20]
    assert [one.step for one in cut(now, 30, WEAK).memory.changes] == [10, 20]
    half = replace(STRONG, lam=0.7)
    drag = cut(now, 32, half).memory.changes[-1]
    assert (drag.epoch, drag.last_epoch, drag.after) == (30.0, 32.0, half)
    assert cut(now, 36).memory.changes == now.memory.changes


def test_lambdas_that_were_visited_under_this_penalty_are_still_drawn(now: RunState) -> None:
    trail = LiveTrail()
    trail.bring_back(cut(now, 25).memory.trail)
    columns = trail.columns()
    assert columns.lambdas.tolist() == [WEAK.lam, LASSO.lam]
    assert columns.train_loss.tolist() == [loss_at(25), loss_at(20)]


def test_the_way_of_the_weights_ends_there(now: RunState) -> None:
    weights = cut(now, 25).memory.weights
    assert weights.moments[-1].tolist() == [25, 25, 25]
    assert weights.moments[0].tolist() == [0, 0, 0]
    assert weights.step == 25 < weights.next_step


def test_settings_state_and_moments_are_those_of_then(now: RunState) -> None:
    found = cut(now, 25)
    assert found.configuration == replace(NETWORK, training=WEAK)
    assert (found.step, found.snapshot.step) == (25, 25)
    assert (found.moments.moments[-1].number, found.moments.n_rows) == (25, 26)
    assert found.memory.story.remark.startswith("The model is that of epoch 25 again.")
    assert returned(now).memory.story.remark.startswith("Returned to a branch")


def test_branches_are_the_newest_ones_of_this_model(now: RunState, tmp_path: Path) -> None:
    branches = Branches()
    for epoch in range(MOST_BRANCHES + 2):
        branches.keep(now, float(epoch))
    branches.keep(replace(now, snapshot=None), 99.0)
    assert len(branches.sentences) == MOST_BRANCHES
    assert branches.sentences[0] == "Epoch 40, L1 with λ 2, training loss 0.25 (left at epoch 7)"
    assert branches.at(MOST_BRANCHES) is None
    newest = branches.at(0)
    assert newest is not None
    assert newest.state is now
    branches.leave_out(newest)
    assert newest not in branches.all
    assert branches.sentences[0].endswith("(left at epoch 6)")
    branches.begin_run(run_of(now.run.loaded, NETWORK.architecture, 2))
    assert len(branches.sentences) == MOST_BRANCHES - 1
    branches.begin_run(run_of(now.run.loaded, Architecture(hidden=(3,)), 3))
    assert branches.sentences == ()
