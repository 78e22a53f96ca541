"""Who does a sweep without a window: this process itself, with the engine that it needs, or the crew asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from regdesk.compiling import engine_cache
from regdesk.crews.opening import opened_crew

if TYPE_CHECKING:
    from regdesk.core.units import Crew
    from regdesk.crews.choice import CrewChoice
    from regdesk.tasks.sweep_steps import CrewOpening


def headless_crew(
    choice: CrewChoice | None, is_linear: bool, compiling: Callable[[], None] = lambda: None
) -> CrewOpening:
    """The engine is compiled where it is missing; ``compiling`` is called first, as that takes its time.

    Without a ``choice`` the paths of a linear model go in step in the calling thread, and the models of a network to
    threads, one for every core.
    """

    @contextmanager
    def opened(parts: tuple[str, ...]) -> Iterator[Crew | None]:
        engine_cache.prepare_cache_folder()
        missing = [part for part in parts if not engine_cache.is_filled(part)]
        if missing:
            compiling()
        is_alone = choice is None and is_linear
        # One thread loads what it calls when it calls it, which is a quarter of a part; several load it at once before.
        for part in missing if is_alone else parts:
            engine_cache.fill(part)
        if is_alone:
            yield None
        else:
            with opened_crew(choice, parts) as crew:
                yield crew

    return opened
