"""Makes the crew that was asked for, with what it needs of the engine, and ends it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from regdesk.compiling.processors import n_processors
from regdesk.crews.choice import CrewChoice
from regdesk.crews.cluster import ClusterCrew
from regdesk.crews.processes import ProcessCrew

if TYPE_CHECKING:
    from regdesk.core.units import Crew


@contextmanager
def opened_crew(choice: CrewChoice | None, parts: tuple[str, ...]) -> Iterator[Crew]:
    """Whoever ``choice`` names, None: threads on every core. ``parts`` of the engine are in its cache.

    Nothing of it works on afterwards, but for what a cluster is at. Raises CrewLost.
    """
    if choice is None or choice.kind == "threads":
        # Not at the top: it brings in numba, which must find its cache folder chosen.
        from regdesk.core.training.cores import Cores

        n_threads = n_processors() if choice is None else choice.n_workers
        with ThreadPoolExecutor(n_threads) as executor:
            yield Cores(executor, n_threads)
    elif choice.kind == "processes":
        with closing(ProcessCrew(choice.n_workers, parts)) as processes:
            yield processes
    else:
        with closing(ClusterCrew(choice.address, parts)) as cluster:
            yield cluster
