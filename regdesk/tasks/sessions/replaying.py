"""The run of a saved session once more, from its data and its timeline alone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from regdesk.compiling import engine_cache
from regdesk.core.model.network import weights_digest
from regdesk.core.run.history import HistoryRow
from regdesk.core.timeline.facts import DataFinding
from regdesk.core.timeline.timeline import BrokenTimeline, Course
from regdesk.core.training.retracing import retraced
from regdesk.core.types import Float64s, training_dtype
from regdesk.data.errors import DataError
from regdesk.data.files.private_folder import PrivateFolder
from regdesk.data.sessions.saved_session import SavedRun, SavedSession
from regdesk.data.sessions.session_file import read_session
from regdesk.tasks.sessions.finding_data import DataReference, find_data
from regdesk.tasks.sessions.table_print import from_dict

if TYPE_CHECKING:
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.training.trainer import Trainer

_log = logging.getLogger("regdesk.session")
MOST_DEPARTURES = 5
"""Rows that are told of: from the first on all others differ as well."""
NEVER_TRAINED = "Nothing was trained in it: there is nothing to come to again."
CUT = "Its timeline has given up what the run took, for room: it can be told, and not replayed."
_STEP, _TRAIN, _VALIDATION = (HistoryRow._fields.index(name) for name in ("step", "train_loss", "validation_loss"))


@dataclass(frozen=True)
class Departure:
    """A moment of the history at which the replay has other losses than the session; ``seen`` are the session's."""

    step: int
    seen: tuple[float, float]
    found: tuple[float, float]


@dataclass(frozen=True)
class Replay:
    """What came of a run once more.

    Attributes:
        run: its number in the timeline; ``runs`` are those that it goes on from, and itself.
        steps: to which it was trained; n_acts: what its engine took on the way.
        digest: of the weights that the session holds, found: of those that came out, None where it could not be done.
        departures: the first moments at which the two differ; last_equal: the last step before at which they do not.
        problem: why it could not be done, a sentence; empty where it could.
    """

    run: int
    runs: tuple[int, ...]
    steps: int
    n_acts: int
    digest: str
    found: str | None
    last_equal: int | None = None
    departures: tuple[Departure, ...] = ()
    problem: str = ""

    @property
    def is_equal(self) -> bool:
        """Whether it has come to the same weights, to the last bit."""
        return self.found == self.digest

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "run": self.run,
            "runs": list(self.runs),
            "steps": self.steps,
            "acts": self.n_acts,
            "equal": self.is_equal,
            "weights_digest": self.digest,
            "replayed_digest": self.found,
            "last_equal_step": self.last_equal,
            "departures": [
                {
                    "step": one.step,
                    "train_loss": one.seen[0],
                    "replayed_train_loss": one.found[0],
                    "validation_loss": _number(one.seen[1]),
                    "replayed_validation_loss": _number(one.found[1]),
                }
                for one in self.departures
            ],
            "problem": self.problem or None,
        }


def replay(path: Path, compiling: Callable[[], None] = lambda: None) -> Generator[tuple[int, int], None, Replay]:
    """The live run of the session in ``path`` again; yields steps done and steps there are.

    ``compiling`` is told when the engine has to be compiled first. Raises DataError where the session, or its data as
    they were, cannot be read.
    """
    saved = read_session(path)
    run, state = saved.run, saved.run.state
    digest = "" if state is None else weights_digest(state.optimizer.parameters)
    try:
        course = saved.timeline.course(run.number)
    except BrokenTimeline as problem:
        return Replay(run.number, (), run_steps(run), 0, digest, None, problem=str(problem))
    facts = run.number, course.runs, run_steps(run), len(course.acts), digest
    if state is None or not course.is_whole:
        return Replay(*facts, None, problem=NEVER_TRAINED if state is None else CUT)
    dataset = _dataset(path, saved, course)
    engine_cache.prepare_cache_folder()
    dtype = training_dtype(course.configuration.architecture).name
    if not engine_cache.is_filled(dtype):
        compiling()
    engine_cache.fill(dtype)
    _log.info("The run of %s is replayed: %d steps, %d acts.", path.name, run_steps(run), len(course.acts))
    try:
        trainer = _trainer(dataset, course)
        for step in retraced(trainer, course.taken, state.step):
            yield step, state.step
        found = weights_digest(trainer.parameters)
        if found == digest and trainer.step == state.step:
            return Replay(*facts, found)
        last_equal, departures = yield from _departures(_trainer(dataset, course), course, run)
    except ValueError as problem:
        return Replay(*facts, None, problem=f"It cannot be replayed: {problem}.")
    return Replay(*facts, found, last_equal, departures)


def run_steps(run: SavedRun) -> int:
    """Optimiser steps of a run."""
    return 0 if run.state is None else run.state.step


def _dataset(path: Path, saved: SavedSession, course: Course) -> Dataset:
    """The data as they were. Raises DataError where they are gone, or others."""
    marks = None if saved.data.marks is None else from_dict(saved.data.marks)
    data = DataReference(saved.data.digest, saved.data.embedded, marks)
    with PrivateFolder() as folder:
        found = find_data(path, course.configuration, data, folder.path, None, lambda: False, lambda _share: None)
    if isinstance(found, DataFinding):
        differing = f" ({'; '.join(found.differences)})" if found.differences else ""
        raise DataError(f"{found.sentence.removesuffix('.')}{differing}.", file=path)
    return found.dataset


def _trainer(dataset: Dataset, course: Course) -> Trainer:
    # Numba comes with it, which must find its cache folder chosen.
    from regdesk.core.training.trainer import Trainer

    return Trainer(dataset, course.configuration.architecture, course.configuration.seed)


def _departures(
    trainer: Trainer, course: Course, run: SavedRun
) -> Generator[tuple[int, int], None, tuple[int | None, tuple[Departure, ...]]]:
    """The rows of the run's history at which ``trainer``, led again from the beginning, has other losses."""
    rows = _rows_between_acts(run, course)
    stops = [int(one) for one in rows[:, _STEP]]
    last_equal: int | None = None
    departures: list[Departure] = []
    for step in retraced(trainer, course.taken, run_steps(run), stops):
        yield step, run_steps(run)
        at = np.flatnonzero(rows[:, _STEP] == step)
        if not len(at):
            continue
        row = rows[at[-1]]
        seen, found = (float(row[_TRAIN]), float(row[_VALIDATION])), trainer.losses()
        if np.array_equal(seen, found, equal_nan=True):
            last_equal = step if not departures else last_equal
        else:
            departures.append(Departure(step, seen, found))
        if len(departures) == MOST_DEPARTURES:
            break
    return last_equal, tuple(departures)


def _rows_between_acts(run: SavedRun, course: Course) -> Float64s:
    """Of a row at the step of an act nobody knows whether it was noted before or after it."""
    rows = np.concatenate([run.history.rows, *([run.state.rows] if run.state is not None else [])])
    rows = rows[np.argsort(rows[:, _STEP], kind="stable")]
    acts = {act.step for act in course.acts if act.kind != "settings"}
    own: Float64s = rows[[row[_STEP] > 0 and int(row[_STEP]) not in acts for row in rows]]
    return own


def _number(value: float) -> float | None:
    return value if np.isfinite(value) else None
