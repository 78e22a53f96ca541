"""A sweep over λ of whatever model a configuration has: the one assembly for command line, window and notebooks."""

from __future__ import annotations

from collections.abc import Callable, Generator

from regdesk.core.settings.configuration import Configuration
from regdesk.core.stopping import Stop
from regdesk.core.sweep.remaining_time import SweepProgress
from regdesk.data.csv.table import Table
from regdesk.tasks.linear_sweep import Sweep, linear_steps
from regdesk.tasks.network_sweep import NetworkResult, network_steps
from regdesk.tasks.sweep_steps import CrewOpening, LinearStep, NetworkStep


def sweep_steps(
    table: Table,
    configuration: Configuration,
    open_crew: CrewOpening,
    stop: Stop | None = None,
    paths: Callable[[SweepProgress], None] = lambda _: None,
) -> Generator[LinearStep, None, Sweep] | Generator[NetworkStep, None, NetworkResult]:
    """See ``linear_steps`` and ``network_steps``; ``paths`` hears of the paths that a crew does of a linear model."""
    if configuration.architecture.is_linear:
        return linear_steps(table, configuration, open_crew, stop, paths)
    return network_steps(table, configuration, open_crew, stop)
