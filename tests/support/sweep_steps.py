"""Steps of a sweep whose points a test makes up, over folds of a small table."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from pathlib import Path

from session_fakes import write_small

from regdesk.core.linear.cross_validation import SweepPoint
from regdesk.core.linear.problem import problem_of
from regdesk.core.model.scale import ModelScale
from regdesk.core.settings.configuration import Configuration
from regdesk.core.sweep.weight_path import facts_of
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.folds import prepare_folds
from regdesk.tasks.sweep_steps import LinearStep, PreparedSweep


def prepared_sweep(folder: Path, training: TrainSettings) -> PreparedSweep:
    """Of three inputs and five folds."""
    configuration = Configuration(DataSettings(target="y"), Architecture(hidden=()), training)
    folds = prepare_folds(read_table(write_small(folder)), configuration.data, 0, 5)
    facts = facts_of(problem_of(folds.whole, training), folds.whole)
    return PreparedSweep(folds, configuration, facts, ModelScale.of(folds.whole))


def steps_of(
    prepared: PreparedSweep, points: Iterable[SweepPoint], n_lambdas: int
) -> Generator[LinearStep, None, None]:
    """One for each of ``points``."""
    for number, point in enumerate(points, start=1):
        yield LinearStep(prepared, number, n_lambdas, point)
