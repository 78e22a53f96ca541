"""A run as it was at an earlier moment, with what was remembered of it then: what a branch begins with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.moments.store import MomentMemory
from regdesk.core.run.history import History, HistoryMemory, HistoryRow
from regdesk.core.run.live_trail import MOST_LAMBDAS, TrailMemory
from regdesk.core.run.weight_trail import MOST_MOMENTS, WeightTrailMemory
from regdesk.core.words.run_sentences import RETURNED, gone_on_sentence
from regdesk.core.words.status_sentence import StoryMemory

if TYPE_CHECKING:
    from regdesk.core.moments.kept_moment import KeptMoment
    from regdesk.core.run.changes import SettingsChange
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.types import TrainSettings
    from regdesk.session.run_state import RunState

_STEP, _TRAIN, _VALIDATION, _LAM = (
    HistoryRow._fields.index(name) for name in ("step", "train_loss", "validation_loss", "lam")
)


def state_at(now: RunState, kept: KeptMoment, snapshot: TrainSnapshot, moments: MomentMemory[KeptMoment]) -> RunState:
    """The run of ``now`` as it was at ``kept``, one of its ``moments``, which was shown as ``snapshot``.

    What came after is not in it: rows, changes, λ that were visited. What is known of λ at which weights live or die
    stays known.
    """
    settings = kept.state.settings
    assert settings is not None
    memory = now.memory
    history = _history_at(memory.history, kept, settings)
    changes = _changes_at(memory.changes, kept, settings)
    return replace(
        now,
        configuration=replace(now.configuration, training=settings),
        state=kept.state,
        memory=replace(
            memory,
            history=history,
            changes=changes,
            gesture=frozenset(),
            trail=_trail_at(history, changes, settings),
            story=StoryMemory(snapshot, remark=gone_on_sentence(kept.epoch)),
            weights=_weights_at(moments.moments, kept),
            trained_under=None,
        ),
        snapshot=snapshot,
        start=None,
        moments=moments.until(kept.number),
    )


def returned(branch: RunState) -> RunState:
    """The ``branch`` as it was left, with a sentence on what has become of the other course."""
    return replace(branch, memory=replace(branch.memory, story=StoryMemory(branch.snapshot, remark=RETURNED)))


def _history_at(memory: HistoryMemory, kept: KeptMoment, settings: TrainSettings) -> HistoryMemory:
    whole = History()
    whole.bring_back(memory)
    rows = memory.rows
    n_rows = int(np.searchsorted(rows[:, _STEP], kept.step, side="right"))
    # Settings may have changed before the next step: those rows are later ones.
    while n_rows > 1 and rows[n_rows - 1, _STEP] == kept.step and rows[n_rows - 1, _LAM] != settings.effective_lam:
        n_rows -= 1
    numbers = memory.numbers[:n_rows]
    n_seen = int(numbers[-1]) + 1 if n_rows else 0
    return replace(memory, rows=rows[:n_rows], numbers=numbers, n_seen=n_seen, best=whole.best_until(kept.epoch))


def _changes_at(
    changes: tuple[SettingsChange, ...], kept: KeptMoment, settings: TrainSettings
) -> tuple[SettingsChange, ...]:
    found = [one for one in changes if one.step <= kept.step]
    while found and found[-1].step == kept.step and found[-1].after != settings:
        found.pop()
    if found and found[-1].last_epoch > kept.epoch:
        # In the middle of a drag.
        found[-1] = replace(found[-1], last_epoch=kept.epoch, after=settings)
    return tuple(found)


def _trail_at(history: HistoryMemory, changes: tuple[SettingsChange, ...], settings: TrainSettings) -> TrailMemory:
    """The last losses at each λ that was visited under this penalty, as far as rows tell."""
    others = (one.step for one in changes if _kind_of(one.before) != _kind_of(one.after))
    first = max(others, default=-1)
    losses: dict[float, tuple[float, float]] = {}
    for row in history.rows[history.rows[:, _STEP] > first]:
        lam = float(row[_LAM])
        losses.pop(lam, None)
        losses[lam] = float(row[_TRAIN]), float(row[_VALIDATION])
    visited = tuple((lam, *pair) for lam, pair in losses.items())
    return TrailMemory(losses=visited[-MOST_LAMBDAS:], penalty=_kind_of(settings))


def _kind_of(settings: TrainSettings) -> tuple[str, float]:
    return settings.penalty, settings.effective_l1_ratio


def _weights_at(moments: tuple[KeptMoment, ...], kept: KeptMoment) -> WeightTrailMemory:
    """The parameters that the run has come through up to there."""
    until = [one for one in moments if one.number <= kept.number]
    every = max(1, -(-2 * len(until) // MOST_MOMENTS))
    trail = tuple(one.state.optimizer.parameters for one in until[::-every][::-1])
    stride = max(1, 2 * kept.step // MOST_MOMENTS)
    return WeightTrailMemory(trail, kept.step + stride, stride, kept.step)
