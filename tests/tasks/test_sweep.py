"""The one assembly of a sweep: what it visits, that it stops within one λ, and that a window finds the same numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from window_driver import write_sparse

from regdesk.core.settings.configuration import Configuration, SweepSettings
from regdesk.core.stopping import Stop, Stopped
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.crews.choice import crew_choice
from regdesk.data.csv.reader import read_table
from regdesk.data.csv.table import Table
from regdesk.tasks.draining import Drain
from regdesk.tasks.sweep import sweep_steps
from regdesk.tasks.sweep_crews import headless_crew
from regdesk.tasks.sweep_curves import curve_of_result, growing_curve
from regdesk.workers.sweep_crew import window_crew

WANTED = (0.3, 0.01, 0.1, 0.1)
LINEAR = Configuration(
    DataSettings(target="y"),
    Architecture(hidden=()),
    TrainSettings("l1"),
    seed=3,
    sweep=SweepSettings(lambdas=WANTED, n_folds=2),
)
NETWORK = replace(LINEAR, architecture=Architecture(hidden=(2,)))
BOTH = pytest.mark.parametrize("configuration", [LINEAR, NETWORK], ids=["linear", "network"])


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Table:
    return read_table(write_sparse(tmp_path_factory.mktemp("sweep") / "sparse.csv"))


def headless(configuration: Configuration) -> Any:
    return headless_crew(None, configuration.architecture.is_linear)


@BOTH
def test_it_visits_the_lambdas_that_are_wanted_once_each_from_the_largest_down(
    engine: None, table: Table, configuration: Configuration
) -> None:
    drain: Any = Drain(sweep_steps(table, configuration, headless(configuration)))
    steps = list(drain)
    assert [point.lam for point in drain.value.points] == [0.3, 0.1, 0.01]
    assert (steps[-1].n_done, steps[-1].n_all) == (steps[-1].n_all, steps[-1].n_all)
    growing = growing_curve(steps[0])
    for step in steps:
        growing.add(step)
    drawn, whole = growing.curve(True), curve_of_result(drain.value)
    assert drawn is not None
    for name in ("lambdas", "train_loss", "validation_loss", "validation_se", "n_nonzero", "weights", "biases"):
        np.testing.assert_array_equal(getattr(drawn, name), getattr(whole, name), name)


@BOTH
@pytest.mark.parametrize("text", ["", "threads:2", "processes:1"])
def test_a_windows_crew_finds_the_same_numbers(
    engine: None, table: Table, configuration: Configuration, text: str
) -> None:
    def curve(crew: Any) -> Any:
        drain: Any = Drain(sweep_steps(table, configuration, crew))
        assert list(drain)
        return curve_of_result(drain.value)

    choice = crew_choice(text) if text else None
    found = curve(window_crew(choice, configuration.architecture.is_linear, lambda: False))
    expected = curve(headless(configuration))
    for name in ("validation_loss", "validation_se", "weights", "biases"):
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name), name)
    if expected.network is not None:
        np.testing.assert_array_equal(found.network.parameters, expected.network.parameters)


@BOTH
def test_it_stops_within_one_lambda(engine: None, table: Table, configuration: Configuration) -> None:
    stop, seen = Stop(), 0
    steps = sweep_steps(table, configuration, headless(configuration), stop)
    with pytest.raises(Stopped):  # noqa: PT012
        for step in steps:
            seen += step.n_all > 0
            if seen:
                assert seen == 1
                stop.request()
