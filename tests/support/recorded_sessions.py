"""A session whose run was led about as a person would, with the timeline by which it can be led so again."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from random_sessions import moment_of
from session_fakes import loaded_from, write_small

from regdesk.core.run.changes import ChangeLog
from regdesk.core.run.collapse_recovery import LivedMemory
from regdesk.core.run.history import History
from regdesk.core.run.live_trail import TrailMemory
from regdesk.core.run.weight_trail import WeightTrailMemory
from regdesk.core.settings.configuration import Configuration, SourceSettings, differing_paths, value_at
from regdesk.core.timeline.acts import Act, Parent
from regdesk.core.timeline.timeline import Timeline
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, TrainSettings
from regdesk.data.sessions.saved_session import SavedData, SavedRun, SavedSession, SavedStory
from regdesk.tasks.models.live import saved_of_snapshot

MINI = TrainSettings("l1", 0.01, optimizer="adam", batch_size=4)


def recorded_session(
    folder: Path, hidden: tuple[int, ...] = (3,), seed: int = 3, embeds: bool = False, **settings: Any
) -> SavedSession:
    """Of a file in ``folder``: λ up and down, weights put in, and a second run that goes on from a moment of the first.

    ``settings`` are of the data.
    """
    file = write_small(folder)
    loaded = loaded_from(file, seed, **settings)
    configuration = Configuration(loaded.settings, Architecture(hidden), MINI, seed, SourceSettings(file=str(file)))
    taken: deque[Any] = deque()
    first = Trainer(loaded.dataset, configuration.architecture, seed, 1, taken=taken)
    history, changes = History(), ChangeLog()
    _lead(first, MINI, history)
    first.load(np.linspace(-1.0, 1.0, len(first.parameters)), MINI, "by hand")
    _lead(first, replace(MINI, lam=0.1), history)
    moment = first.state()
    second = Trainer(loaded.dataset, configuration.architecture, seed, 2, taken=taken)
    second.restore(moment)
    _lead(first, replace(MINI, optimizer="sgd"), History())
    final = replace(MINI, lam=0.003, learning_rate=0.02)
    _lead(second, final, history)
    snapshot = second.snapshot(final)
    history.append(snapshot.rows)
    configuration = replace(configuration, training=final)
    run = SavedRun(
        2, configuration, second.state(), None, history.memory(), changes.changes, changes.gesture, TrailMemory(),
        LivedMemory(), SavedStory(), WeightTrailMemory((), 0, 1, 0), None, moment_of(snapshot),
    )  # fmt: skip
    return SavedSession(
        model=saved_of_snapshot(loaded, configuration, snapshot, (), lambda name, _configuration: ("fit", name)),
        configuration=configuration,
        data=SavedData(loaded.table.digest or "", {file.name: file.read_bytes()} if embeds else {}),
        timeline=Timeline(Configuration(), tuple(_acts(configuration, taken, moment.step, moment.n_taken))),
        run=run,
    )


def _lead(trainer: Trainer, settings: TrainSettings, history: History) -> None:
    for n_steps in (1, 3, 5, 8):
        trainer.advance(settings, n_steps)
        trainer.record(settings)
    history.append(trainer.snapshot(settings).rows)


def _acts(configuration: Configuration, taken: deque[Any], step: int, n_taken: int) -> list[Act]:
    """Both runs, each with what its engine took; the second is the first's until ``step``."""
    beginning = Configuration()
    paths = [one for one in differing_paths(beginning, configuration) if not one.startswith("training.")]
    acts = [Act("run", 1, 0, 0.0, "A run begins.", values={path: value_at(configuration, path) for path in paths})]
    now = beginning.training
    for one in sorted(taken, key=lambda one: one.run):
        if one.run == 2 and all(act.run == 1 for act in acts):
            acts.append(Act("run", 2, step, 1.0, "It goes on from there.", parent=Parent(1, step, n_taken)))
            now = _settings_after(taken, n_taken)
        values = {f"training.{name}": value for name, value in vars(one.settings).items() if value != vars(now)[name]}
        acts.append(Act(one.kind, one.run, one.step, 1.0, one.words, values=values, put_in=one.put_in))
        now = one.settings
    return acts


def _settings_after(taken: deque[Any], n_taken: int) -> TrainSettings:
    return [one for one in taken if one.run == 1][n_taken - 1].settings
