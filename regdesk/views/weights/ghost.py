"""What is left of a layer's histogram that was frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.types import Integers
    from regdesk.core.weights.summaries import LayerSummary


@dataclass(frozen=True)
class Ghost:
    """A layer's histogram as it was when it was frozen."""

    name: str
    n_weights: int
    limit: float
    counts: Integers

    @classmethod
    def of(cls, layer: LayerSummary) -> Ghost:
        return cls(layer.name, layer.n_weights, layer.limit, layer.counts)
