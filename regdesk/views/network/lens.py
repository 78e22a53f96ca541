"""How near a picture without axes is looked at, and where: all in shares of its size, so that it survives another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from regdesk.views.plots.rulers import is_memory

if TYPE_CHECKING:
    from regdesk.views.network.diagram import Diagram

FARTHEST, NEAREST = 0.5, 20.0
BEYOND = 0.5
"""How far from the middle of the picture, in its size, the middle of what is seen may be: some of it stays in sight."""


@dataclass(frozen=True)
class Lens:
    """Nearer by ``factor``; the place ``(x, y)`` of the whole picture, in shares of it, is in the middle."""

    factor: float = 1.0
    x: float = 0.5
    y: float = 0.5

    @property
    def is_whole(self) -> bool:
        return self == WHOLE

    def zoomed(self, factor: float, x: float = 0.5, y: float = 0.5) -> Lens:
        """Nearer by ``factor`` about the place ``(x, y)`` of what is seen, in shares of it, which stays there."""
        wanted = min(max(self.factor * factor, FARTHEST), NEAREST)
        step = 1.0 / self.factor - 1.0 / wanted
        return replace(self, factor=wanted).panned(0.0, 0.0, (x - 0.5) * step, (y - 0.5) * step)

    def panned(self, across: float, down: float, x: float = 0.0, y: float = 0.0) -> Lens:
        """What is seen is moved by shares of it; ``x`` and ``y`` are shares of the whole."""
        x, y = self.x + across / self.factor + x, self.y + down / self.factor + y
        return replace(self, x=_bounded(x), y=_bounded(y))

    def of(self, diagram: Diagram, width_px: float, height_px: float) -> Diagram:
        """``diagram``, which fills a picture of that size, as it is seen."""
        if self.is_whole:
            return diagram
        size = np.array([width_px, height_px])
        shift = 0.5 * size - self.factor * size * (self.x, self.y)
        places = tuple(self.factor * own + shift for own in diagram.places)
        return replace(diagram, places=places, lines=self.factor * diagram.lines + np.tile(shift, 2))


WHOLE = Lens()


def lens_in(memory: Any) -> Lens:
    """That of three numbers, which may have been read from a file; all in sight if they are none."""
    if not is_memory(memory, 3):
        return WHOLE
    factor, x, y = memory
    return Lens(min(max(factor, FARTHEST), NEAREST), _bounded(x), _bounded(y))


def _bounded(share: float) -> float:
    return min(max(share, 0.5 - BEYOND), 0.5 + BEYOND)
