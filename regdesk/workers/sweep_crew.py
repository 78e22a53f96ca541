"""Who does a sweep beside a window: threads that leave it its turn, or the crew that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from regdesk.core.training.cores import Cores
from regdesk.crews.opening import opened_crew
from regdesk.workers.network_sweep import SparingExecutor

if TYPE_CHECKING:
    from regdesk.core.units import Crew
    from regdesk.crews.choice import CrewChoice
    from regdesk.tasks.sweep_steps import CrewOpening


def window_crew(choice: CrewChoice | None, is_linear: bool, has_company: Callable[[], bool]) -> CrewOpening:
    """What the sweep needs of the engine is compiled by then, so that children find it in the cache.

    Without a ``choice`` the paths of a linear model go in step in the calling thread, from which a curve grows, and the
    models of a network to threads, one for every core. ``has_company`` says whether a live model needs one of them.
    """

    @contextmanager
    def opened(parts: tuple[str, ...]) -> Iterator[Crew | None]:
        if choice is None and is_linear:
            yield None
        elif choice is None or choice.kind == "threads":
            n_threads = None if choice is None else choice.n_workers
            with SparingExecutor(has_company, n_threads=n_threads) as executor:
                yield Cores(executor, executor.n_threads)
        else:
            with opened_crew(choice, parts) as crew:
                yield crew

    return opened
