"""Axes that depend on what they have been shown: what of them must be kept to draw the same picture again."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, ClassVar


class Ruler:
    """Base of what says where an axis ends; ``remembered`` names its numbers that come from earlier pictures."""

    remembered: ClassVar[tuple[str, ...]] = ()

    def memory(self) -> list[float]:
        """The numbers, in the order of ``remembered``."""
        return [float(getattr(self, name)) for name in self.remembered]

    def bring_back(self, memory: Any) -> None:
        """Stand where it stood when ``memory`` was handed out; anything else leaves it as it is."""
        if is_memory(memory, len(self.remembered)):
            for name, value in zip(self.remembered, memory, strict=True):
                setattr(self, name, float(value))


def is_memory(memory: Any, n: int) -> bool:
    """Whether ``memory`` are ``n`` finite numbers; it may have been read from a file."""
    if not isinstance(memory, Sequence) or isinstance(memory, str) or len(memory) != n:
        return False
    return all(isinstance(one, int | float) and not isinstance(one, bool) and math.isfinite(one) for one in memory)
