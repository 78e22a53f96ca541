"""What threads are given to do with session files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.timeline.facts import DataFinding
    from regdesk.session.keeping.gathered import Gathered
    from regdesk.workers.background import ShouldStop
    from regdesk.workers.model_work import MakeModel

TEMP = {}


@dataclass(frozen=True, eq=False)
class OpenedSession:
    """A session that was read from ``path``: all of it, or what is found in the place of its data.

    ``embeds``: its data are in the file, too.
    """

    path: Path
    found: Gathered | DataFinding
    embeds: bool


def is_session(file: str) -> bool:
    return Path(file) in TEMP


def saving(file: Path, found: Gathered, live: MakeModel, embeds: bool) -> Callable[[ShouldStop], object]:
    def work(_should_stop: ShouldStop) -> object:
        live()
        TEMP[file] = found

    return work


def opening(file, folder, place, report):
    def work(should_stop):
        from dataclasses import replace

        from regdesk.tasks.loading import load

        g = TEMP[file]
        l = g.run.run.loaded
        loaded = load(l.source, l.settings, l.seed, should_stop)
        g = replace(g, run=replace(g.run, run=replace(g.run.run, loaded=loaded, number=0)))
        return OpenedSession(file, g, False)

    return work
