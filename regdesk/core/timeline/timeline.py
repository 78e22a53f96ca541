"""All acts of a session in their order, and what of them makes the numbers of one run."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from regdesk.core.run.taken import Taken, TakenKind
from regdesk.core.settings.configuration import Configuration, with_values
from regdesk.core.timeline.acts import Act, Parent


class BrokenTimeline(ValueError):
    """``str()`` is a sentence on what a timeline lacks or contradicts."""


@dataclass(frozen=True)
class Course:
    """All that the numbers of a run come from, beside the data: retraced in this order they are the same bits.

    Data, seed and layers are those of ``configuration``, and so are the training settings after the last act. ``acts``
    are what the engine took from the seed's weights of the first of ``runs`` on; each run goes on from the one before.
    ``is_whole``: none of these acts has been given up for room.
    """

    configuration: Configuration
    runs: tuple[int, ...]
    acts: tuple[Act, ...]
    is_whole: bool

    @property
    def taken(self) -> tuple[Taken, ...]:
        """The acts as the engine took them, each with the settings that were in force with it."""
        found: list[Taken] = []
        configuration = Configuration()
        for act in self.acts:
            configuration = with_values(configuration, act.values)
            if act.is_of_engine:
                kind = cast("TakenKind", act.kind)
                found.append(Taken(kind, act.run, act.step, configuration.training, act.put_in, act.words))
        return tuple(found)


@dataclass(frozen=True)
class Timeline:
    """``beginning`` is the configuration before the first act; ``acts`` may be packed."""

    beginning: Configuration
    acts: Sequence[Act] = ()

    @property
    def last_run(self) -> int:
        """The number of the run that began last; 0 where none did."""
        return max((act.run for act in self.acts if act.kind == "run"), default=0)

    @property
    def seconds(self) -> float:
        """The time at which the last act was."""
        return self.acts[-1].seconds if self.acts else 0.0

    def configuration(self) -> Configuration:
        """What has been chosen in the end."""
        found = self.beginning
        for act in self.acts:
            if act.kind == "choice":
                found = with_values(found, act.values)
        return found

    def beginning_of(self, run: int) -> Configuration:
        """Data, seed and layers of ``run``, and of runs that begin after it until they change them; of 0 the first."""
        return self._runs()[0].get(run, self.beginning)

    def course(self, run: int) -> Course:
        """What makes the numbers of ``run``. Raises BrokenTimeline where there is no such run, or no such parent."""
        configurations, parents = self._runs()
        if run not in configurations:
            raise BrokenTimeline(f"The timeline has no run {run}.")
        ways: list[tuple[int, int | None]] = [(run, None)]
        while (parent := parents[ways[0][0]]) is not None:
            ways.insert(0, (parent.run, parent.n_taken))
        taken: list[Act] = []
        runs = tuple(number for number, _ in ways)
        is_whole = not any(act.is_cut and act.run in runs for act in self.acts)
        for number, n_taken in ways:
            taken += [act for act in self.acts if act.run == number and act.is_of_engine]
            if is_whole and n_taken is not None and n_taken > len(taken):
                raise BrokenTimeline(f"A run goes on from {n_taken} acts of run {number}, which has {len(taken)}.")
            taken = taken[:n_taken]
        configuration = configurations[run]
        for act in taken:
            configuration = with_values(configuration, act.values)
        return Course(configuration, runs, tuple(taken), is_whole)

    def _runs(self) -> tuple[dict[int, Configuration], dict[int, Parent | None]]:
        """By number the configuration of each run and where it goes on from, which is a run before it."""
        configurations: dict[int, Configuration] = {}
        parents: dict[int, Parent | None] = {}
        configuration = self.beginning
        for act in self.acts:
            if act.kind == "run":
                if act.run in configurations or (act.parent is not None and act.parent.run not in configurations):
                    raise BrokenTimeline(f"Run {act.run} of the timeline begins twice, or goes on from none before it.")
                configuration = with_values(configuration, act.values)
                configurations[act.run], parents[act.run] = configuration, act.parent
        return configurations, parents


def lineage_of(parents: Mapping[int, int], run: int) -> frozenset[int]:
    """``run`` and the runs that it goes on from; ``parents`` are those of runs that go on from another."""
    found = {run}
    while (parent := parents.get(run)) is not None and parent not in found:
        run = parent
        found.add(run)
    return frozenset(found)


def without_engine_acts(acts: Sequence[Act], runs: Container[int]) -> list[Act]:
    """``acts`` with nothing of what the engines of ``runs`` took: they can be told, and not retraced."""
    kept = [act for act in acts if not (act.is_of_engine and act.run in runs)]
    return [replace(act, is_cut=True) if act.kind == "run" and act.run in runs else act for act in kept]
