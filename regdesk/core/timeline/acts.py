"""One act of a session: a choice, the beginning of a run, or what the engine took at a step of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from regdesk.core.run.taken import PutIn, TakenKind
from regdesk.core.settings.change import Origin

ActKind = Literal["choice", "run", "settings", "weights", "diverged", "found-diverged"]
"""What a person or the program chose; a run that begins; and what its engine took, as ``TakenKind`` says."""
KINDS: tuple[ActKind, ...] = get_args(ActKind)
ENGINE_KINDS: tuple[TakenKind, ...] = get_args(TakenKind)
ORIGINS: tuple[Origin, ...] = get_args(Origin)


@dataclass(frozen=True)
class Parent:
    """A run goes on from the moment at ``step`` of an earlier ``run``, whose engine had taken ``n_taken`` acts then.

    Those of its own parents count among them.
    """

    run: int
    step: int
    n_taken: int


@dataclass(frozen=True)
class Act:
    """Attributes:
    run: of the session, from 1; 0 before there is one.
    step: optimiser steps of the run. What the engine took has the step at which it took it; a choice, which may
        wait for the engine, has the step that was seen last.
    seconds: since the session began, the time between its windows left out.
    words: a sentence, or a part of one, for people.
    values: settings by path that are others than before: of a choice than all choices before, of a run than those of
        the run before (data, seed and layers), of settings than those before in the run (all of them if they are its
        first).
    put_in: of weights.
    parent: of a run that does not begin with its seed's weights.
    is_cut: of a run whose acts of the engine have been given up for room.
    """

    kind: ActKind
    run: int
    step: int
    seconds: float = 0.0
    words: str = ""
    origin: Origin = "hand"
    values: Mapping[str, Any] = field(default_factory=dict)
    put_in: PutIn | None = None
    parent: Parent | None = None
    is_cut: bool = False

    @property
    def is_of_engine(self) -> bool:
        """Whether the numbers of a run depend on it, at its step and in its place among the others of the run."""
        return self.kind in ENGINE_KINDS
