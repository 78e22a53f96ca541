"""A sweep has the same numbers, bit for bit, whoever does its units and however many do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from core_problems import make_dataset
from tables import write_classes, write_kinds, write_sparse

from regdesk.core.linear.cross_validation import sweep
from regdesk.core.settings.configuration import Configuration, EndingSettings, SweepSettings
from regdesk.core.stopping import Stop, Stopped
from regdesk.core.sweep.remaining_time import SweepProgress
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.core.units import CallingThread
from regdesk.crews.choice import CrewChoice, crew_choice
from regdesk.data.csv.reader import read_table
from regdesk.tasks.linear_sweep import sweep_table
from regdesk.tasks.network_record import network_record
from regdesk.tasks.network_sweep import SweepListener, sweep_network
from regdesk.tasks.sweep_record import sweep_record, weight_rows

CREWS = ("threads:1", "threads:2", "processes:2")
FEW_CREWS = ("threads:2", "processes:1")
"""For other problems than the first of a kind: each process has to start and to load the engine, which is 0.7 s."""
LINEAR = {
    "moments": (write_sparse, "y", TrainSettings("l1"), SweepSettings(n_lambdas=12, n_folds=4)),
    "rows": (write_classes, "colour", TrainSettings("elastic-net"), SweepSettings(n_lambdas=8, n_folds=3)),
    "one fold": (write_kinds, "kind", TrainSettings("group-lasso"), SweepSettings(lambdas=(0.1, 0.01), n_folds=1)),
}
NETWORKS = {
    "two seeds": ("tanh", SweepSettings(n_lambdas=4, n_folds=2, n_starts=2), None),
    "kinks": ("relu", SweepSettings(lambdas=(0.1, 0.01), n_folds=2), None),
    "epochs": ("tanh", SweepSettings(lambdas=(0.3, 0.1, 0.03, 0.01, 0.003), n_folds=2), 30),
}


def configuration(
    target: str, training: TrainSettings, architecture: Architecture, wanted: SweepSettings, n_epochs: int | None = None
) -> Configuration:
    data, ending = DataSettings(target=target), EndingSettings(n_epochs)
    return Configuration(data, architecture, training, seed=3, sweep=wanted, ending=ending)


def without_seconds(record: dict[str, Any]) -> str:
    del record["seconds"]
    # Every number as Python writes it: to the last bit.
    return repr(record)


@pytest.mark.parametrize("name", LINEAR)
def test_linear_models(name: str, tmp_path: Path, engine: None) -> None:
    write, target, settings, wanted = LINEAR[name]
    table = read_table(write(tmp_path / "data.csv"))
    asked = configuration(target, settings, Architecture(()), wanted)

    def found(workers: CrewChoice | None, paths: Callable[[SweepProgress], None]) -> tuple[str, str]:
        done = sweep_table(table, asked, workers=workers, paths=paths)
        return without_seconds(sweep_record(done, asked)), repr(weight_rows(done))

    heard: list[SweepProgress] = []
    expected = found(None, heard.append)
    assert heard == []
    for text in CREWS if name == "moments" else FEW_CREWS:
        heard.clear()
        assert found(crew_choice(text), heard.append) == expected, text
        n_paths = 1 + wanted.n_folds
        assert [(one.n_done, one.n_fits) for one in heard] == [(done, n_paths) for done in range(1, n_paths + 1)]


@pytest.mark.parametrize("name", NETWORKS)
def test_networks(name: str, tmp_path: Path, engine: None) -> None:
    activation, wanted, n_epochs = NETWORKS[name]
    table = read_table(write_classes(tmp_path / "data.csv", n_rows=60))
    training = TrainSettings("l1", batch_size=16)
    asked = configuration("colour", training, Architecture((3,), activation), wanted, n_epochs)

    def found(workers: CrewChoice | None) -> tuple[str, list[bytes], int]:
        heard: list[SweepProgress] = []
        done = sweep_network(table, asked, SweepListener(models=heard.append), workers)
        last = heard[-1]
        assert last.n_done == last.n_fits > 0
        parameters = [point.parameters for point in done.points]
        assert not any(one.flags.writeable for one in parameters)
        return without_seconds(network_record(done, asked)), [one.tobytes() for one in parameters], last.n_done

    expected = found(None)
    for text in CREWS if name == "two seeds" else FEW_CREWS:
        assert found(crew_choice(text)) == expected, text


def test_a_linear_sweep_is_stopped_between_its_units() -> None:
    generator = np.random.default_rng(0)
    inputs = generator.normal(size=(40, 3))
    whole = make_dataset(inputs, inputs @ [1.0, 0.0, 2.0], "regression")
    folds = [make_dataset(inputs, inputs @ [1.0, 0.0, 2.0], "regression", 10, seed=seed) for seed in (1, 2)]
    stop, heard = Stop(), []

    def note(n_done: int, n_paths: int) -> None:
        heard.append((n_done, n_paths))
        stop.request()

    points = sweep(whole, folds, TrainSettings("l1"), np.array([0.1, 0.01]), stop, CallingThread(), note)
    with pytest.raises(Stopped):
        next(points)
    assert heard == [(1, 3)]


@pytest.mark.parametrize("text", ["", "threads", "threads:0", "threads:-1", "threads:2.0", "processes:", "dask:",
                                  "processes:99999", "ray:1", "Threads:2", "threads:²"])  # fmt: skip
def test_what_is_no_crew_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"threads:N or processes:N with N from 1 to 1024, or dask:HOST:PORT"):
        crew_choice(text)


@pytest.mark.parametrize("text", ["threads:1", "processes:8", "dask:tcp://10.0.0.1:8786"])
def test_a_choice_reads_as_it_is_written(text: str) -> None:
    assert str(crew_choice(text)) == text
