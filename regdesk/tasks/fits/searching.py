"""The search for a network of low J, from each of several seeds: on every core, and ended at any moment."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from regdesk.compiling import engine_cache
from regdesk.core.model.dataset import Dataset
from regdesk.core.settings.configuration import Configuration
from regdesk.core.stopping import Stop
from regdesk.core.types import NETWORK_TOLERANCE
from regdesk.tasks.ending import most_epochs
from regdesk.tasks.sweep_crews import headless_crew

if TYPE_CHECKING:
    from regdesk.core.networks.lowest import LowestSearch


def searched(
    dataset: Dataset,
    configuration: Configuration,
    seeds: Sequence[int],
    compiling: Callable[[], None],
    passes: Callable[[int, int], None],
) -> tuple[list[LowestSearch], float]:
    """A search from each of ``seeds``, which has ended, and the seconds they took together.

    ``compiling`` is called where the engine is missing, ``passes`` with those done and the most there will be; either
    may raise to end it, within one pass over the rows.
    """
    with headless_crew(None, False, compiling)((engine_cache.NETWORKS,)) as crew:
        # Not at the top: these bring in numba, which must find its cache folder chosen.
        from regdesk.core.networks.job_queue import run_chains
        from regdesk.core.networks.lowest import LowestSearch, SearchLimits
        from regdesk.core.networks.solver import NetworkProblem

        assert crew is not None
        wanted, most = configuration.ending.tolerance, most_epochs(configuration)
        tolerance = NETWORK_TOLERANCE if wanted is None else wanted
        # Who names a residual is not content with a model that has stopped falling before.
        limits = SearchLimits(tolerance, most, wants_residual=wanted is not None)
        problem = NetworkProblem.of(dataset, configuration.architecture)
        searches = [LowestSearch(problem, configuration.training, seed, limits) for seed in seeds]
        started_s = time.perf_counter()
        lines = [search.phases() for search in searches]
        with closing(run_chains(lines, {problem: crew.share(problem)}, crew, Stop())) as steps:
            for _ in steps:
                passes(sum(search.n_passes for search in searches), most * len(searches))
        return searches, time.perf_counter() - started_s
