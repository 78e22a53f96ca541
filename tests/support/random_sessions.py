"""Sessions of any kind, made by chance from a seed, and whether two values are equal to the last bit."""

from __future__ import annotations

from collections import deque
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from session_fakes import curve_at, loaded_from, write_small

from regdesk.core.model.elastic_net import ElasticNet
from regdesk.core.model.group_lasso import GroupLasso
from regdesk.core.model.network import Network
from regdesk.core.model.scale import ModelScale
from regdesk.core.model.shortfalls import Doubt, EpochsDone, NotReached, ResidualLeft, Separated, TooManyWeights
from regdesk.core.run.changes import ChangeLog
from regdesk.core.run.collapse_recovery import LivedLambdas
from regdesk.core.run.history import History
from regdesk.core.run.hysteresis_tour import Branch, HysteresisCurves
from regdesk.core.run.live_trail import LiveTrail
from regdesk.core.run.moment import Moment
from regdesk.core.run.weight_trail import WeightTrail
from regdesk.core.settings.configuration import Configuration
from regdesk.core.sweep.network_findings import NetworkFindings
from regdesk.core.sweep.path_events import PathEvent, PathEvents
from regdesk.core.sweep.weight_path import PathFacts, UnitCounts, WeightPath
from regdesk.core.timeline.acts import Act
from regdesk.core.timeline.timeline import Timeline
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import OPTIMIZERS, PENALTIES, Architecture, TrainSettings
from regdesk.data.sessions.saved_moments import SavedMoments
from regdesk.data.sessions.saved_session import (
    SavedBranch,
    SavedData,
    SavedFreeze,
    SavedMoment,
    SavedRun,
    SavedSession,
    SavedStart,
    SavedStory,
    SavedSweep,
)
from regdesk.tasks.models.live import saved_of_snapshot


def same(first: Any, second: Any) -> bool:
    """Equal to the last bit: arrays by dtype, shape and bytes, frozen values field by field, NaN to NaN."""
    if isinstance(first, np.ndarray):
        return (first.dtype, first.shape, first.tobytes()) == (second.dtype, second.shape, second.tobytes())
    if is_dataclass(first):
        is_kind = type(first) is type(second)
        return is_kind and all(same(getattr(first, one.name), getattr(second, one.name)) for one in fields(first))
    if isinstance(first, tuple | list):
        return len(first) == len(second) and all(map(same, first, second))
    if isinstance(first, dict):
        return list(first) == list(second) and all(same(first[name], second[name]) for name in first)
    if isinstance(first, float):
        return isinstance(second, float) and np.float64(first).tobytes() == np.float64(second).tobytes()
    return bool(first == second)


def random_session(folder: Path, seed: int) -> SavedSession:
    """A run that was led about by chance, with what is remembered of it, and values by chance for all else."""
    generator = np.random.default_rng(seed)
    loaded = loaded_from(write_small(folder, f"small {seed}.csv"), seed=seed)
    hidden = ((), (3,), (2, 3))[seed % 3]
    architecture = Architecture(hidden, ("tanh", "relu")[seed % 2])
    settings = random_settings(generator)
    configuration = replace(
        Configuration(), data=loaded.settings, architecture=architecture, training=settings, seed=seed
    )
    taken: deque[Any] = deque()
    trainer = Trainer(loaded.dataset, architecture, seed, 1, taken=taken)
    run, snapshot = random_run(generator, trainer, configuration)
    model = saved_of_snapshot(loaded, configuration, snapshot, (), lambda file, _configuration: ("fit", file))
    acts = [Act("run", 1, 0, 0.0, "a run")]
    acts += [
        Act(one.kind, one.run, one.step, 0.25, one.words, "hand", _values(one.settings), one.put_in) for one in taken
    ]
    other, _ = random_run(generator, Trainer(loaded.dataset, architecture, seed, 2), configuration)
    has_data, has_sweep = seed % 4 != 0, seed % 3 != 1
    return SavedSession(
        model=model,
        configuration=configuration,
        data=SavedData(
            loaded.table.digest or "", {"small.csv": generator.bytes(90), "ä\ud800.csv": b""} if has_data else {},
            {"n_rows": 24, "columns": [["a", "numeric", "00ff"]], "rows": "11"} if has_data else None,
        ),
        timeline=Timeline(Configuration(), tuple(acts)),
        run=run,
        branches=(SavedBranch(replace(other, number=2), float(seed)),) * (seed % 2),
        sweep=random_sweep(generator, loaded.dataset, configuration) if has_sweep else None,
        frozen=None
        if seed % 2
        else SavedFreeze(moment_of(snapshot), _columns(run), configuration if seed % 4 else None),
        n_changes=int(generator.integers(50)),
        look={"status": "λ ↑ „x“", "panels": [1, 2.5, None, {"on": True}]},
        layout=generator.bytes(33) if seed % 5 else b"",
        picture=generator.bytes(33),
    )  # fmt: skip


def random_settings(generator: np.random.Generator) -> TrainSettings:
    return TrainSettings(
        PENALTIES[generator.integers(len(PENALTIES))],
        float(10.0 ** generator.uniform(-5, 0)),
        float(generator.uniform()),
        OPTIMIZERS[generator.integers(len(OPTIMIZERS))],
        float(10.0 ** generator.uniform(-3, -1)),
        int(generator.choice([0, 4, 7])),
    )


def random_run(generator: np.random.Generator, trainer: Trainer, configuration: Configuration) -> tuple[SavedRun, Any]:
    """Led about; its last snapshot."""
    history, changes, trail, lived, weights = History(), ChangeLog(), LiveTrail(), LivedLambdas(), WeightTrail()
    settings = configuration.training
    lived.begin_run(1.0)
    before = trainer.snapshot(settings)
    for number in range(5):
        snapshot = trainer.snapshot(settings)
        for one in (trail, lived, weights):
            one.note_snapshot(snapshot)
        history.append(snapshot.rows)
        changes.extend(snapshot.changes, float(number))
        settings = (
            replace(random_settings(generator), penalty=settings.penalty) if generator.uniform() < 0.5 else settings
        )
        trainer.advance(settings, int(generator.integers(1, 12)))
        if generator.uniform() < 0.3:
            trainer.load(generator.normal(size=len(trainer.parameters)), settings, "by hand")
        trainer.record(settings)
    up_down = HysteresisCurves(
        Branch(*generator.normal(size=(6, 3))), Branch(*np.full((6, 1), np.nan)), (0.1, float("inf")), "down", False,
        True, trainer.network.is_linear, 5,
    )  # fmt: skip
    state = trainer.state() if generator.uniform() < 0.8 else None
    moments = None if state is None else SavedMoments.of(trainer.moments.memory())
    return (
        SavedRun(
            1, replace(configuration, training=settings), state,
            SavedStart(trainer.parameters.astype(float), "from there") if generator.uniform() < 0.5 else None,
            history.memory(), changes.changes, changes.gesture, trail.memory(), lived.memory(),
            SavedStory(moment_of(before), "solved", "ä"), weights.memory(),
            up_down if generator.uniform() < 0.5 else None, moment_of(snapshot),
            settings if generator.uniform() < 0.5 else None, moments,
        ),
        snapshot,
    )  # fmt: skip


def moment_of(snapshot: Any) -> SavedMoment:
    return SavedMoment(snapshot.parameters, snapshot.settings, Moment.of(snapshot))


def random_sweep(generator: np.random.Generator, dataset: Any, configuration: Configuration) -> SavedSweep:
    """Of a linear model or of a network, with every kind of shortfall."""
    n_inputs = dataset.n_inputs
    curve = curve_at([1.0, 0.5, 0.25], n_inputs, 3)
    shortfalls = (
        (Separated((0, 1), True, 20, 3, ("a", "b", "c")), NotReached(5, 0.1, float("inf"), 1.0, ("target",))),
        (Doubt.NETWORK, EpochsDone(7), ResidualLeft(0.5)),
        (),
    )
    factors = generator.uniform(size=n_inputs) if generator.uniform() < 0.5 else None
    penalty = ElasticNet(0.5, 0.3, factors) if generator.uniform() < 0.5 else GroupLasso(0.1, np.arange(n_inputs + 1))
    facts = PathFacts(
        dataset.input_names, ("y",), "y", False, generator.uniform(size=n_inputs), 2.0, penalty, 1.5, True
    )
    events = PathEvents((PathEvent(1, "enters", 0.5, float("inf")),), *np.arange(9).reshape(3, 3))
    weights = generator.normal(size=(3, n_inputs, 1))
    yes = np.array([True, False, True])
    path = WeightPath(
        facts, curve.lambdas, weights, generator.uniform(size=3), generator.uniform(size=3), np.arange(3), events,
        UnitCounts(np.arange(3), 8, yes),
    )  # fmt: skip
    network = Network((n_inputs, 2, 1), "relu", tuple(range(n_inputs)))
    findings = NetworkFindings(
        network, curve.lambdas, np.arange(3), generator.normal(size=(3, network.n_parameters)),
        *generator.normal(size=(3, 3)), yes, yes, ~yes,
    )  # fmt: skip
    curve = replace(
        curve, shortfalls=shortfalls, no_criteria_reasons=(TooManyWeights(9), None, *curve.no_criteria_reasons[2:]),
        path=path, network=findings if generator.uniform() < 0.5 else None,
    )  # fmt: skip
    return SavedSweep(curve, ModelScale.of(dataset) if generator.uniform() < 0.7 else None, configuration)


def _columns(run: SavedRun) -> Any:
    history = History()
    history.bring_back(run.history)
    return history.columns(100)


def _values(settings: TrainSettings) -> dict[str, Any]:
    return {f"training.{one.name}": getattr(settings, one.name) for one in fields(settings)}
