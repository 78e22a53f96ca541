"""What a trainer has taken, each at its step: with data and layers that is all a run depends on, to the last bit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from regdesk.core.types import Floats, TrainSettings

TakenKind = Literal["settings", "weights", "diverged", "found-diverged"]
"""New settings; parameters that were put in; the engine has seen when it began a step that the model had diverged; a
look at its loss has. Who is not asked for that step, or does not look, would see it later, under other settings.
"""


@dataclass(frozen=True)
class PutIn:
    """Parameters that were put into a model: ``content`` are numbers, little-endian and of 8 bytes each.

    They stand at ``positions`` in the row of all parameters, the others stay as they are; None: they are all of them.
    """

    content: bytes
    positions: tuple[int, ...] | None = None

    @classmethod
    def of(cls, present: Floats, parameters: Floats) -> PutIn:
        """``parameters`` in place of the ``present`` ones, both ``(n_parameters,)``: those that differ, if these are
        few."""
        bits = f"u{present.itemsize}"
        differing = np.flatnonzero(parameters.astype(present.dtype).view(bits) != present.view(bits))
        if 2 * len(differing) < len(parameters):
            return cls(parameters[differing].astype("<f8").tobytes(), tuple(differing.tolist()))
        return cls(parameters.astype("<f8").tobytes())

    @property
    def values(self) -> Floats:
        """As many numbers as were put in, read-only."""
        found: Floats = np.frombuffer(self.content, "<f8")
        return found

    def into(self, present: Floats) -> Floats:
        """``(n_parameters,)``, of the ``present`` ones. Raises ValueError where they are of another model."""
        if self.positions is None:
            if len(self.values) != len(present):
                raise ValueError(f"{len(self.values)} parameters were put in, and the model has {len(present)}")
            return self.values
        if self.positions and self.positions[-1] >= len(present):
            raise ValueError(f"parameter {self.positions[-1]} was put in, and the model has {len(present)}")
        found: Floats = present.copy()
        found[list(self.positions)] = self.values
        return found


@dataclass(frozen=True)
class Taken:
    """From ``step`` optimiser steps on the model of ``run`` trained under ``settings``, with what was ``put_in``.

    Of one step there may be several, in their order: settings that were taken back before a step leave their trace in
    an optimiser. ``words`` say where parameters are from.
    """

    kind: TakenKind
    run: int
    step: int
    settings: TrainSettings
    put_in: PutIn | None = None
    words: str = ""
