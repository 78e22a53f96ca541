"""What a background thread is given to do with a printed table; it imports in there what that takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.published.values import ComparedRow, PublishedResult
    from regdesk.core.types import DataSettings
    from regdesk.data.source import Source
    from regdesk.workers.background import ShouldStop


def finding_again(
    result: PublishedResult, source: Source, settings: DataSettings
) -> Callable[[ShouldStop], tuple[ComparedRow, ...]]:
    """Work that reads ``source`` and finds the numbers of ``result``. Its errors are those of ``load``."""

    def work(should_stop: ShouldStop) -> tuple[ComparedRow, ...]:
        from regdesk.core.published.finding import find_again
        from regdesk.tasks.loading import load

        return find_again(result, load(source, settings, 0, should_stop).dataset)

    return work
