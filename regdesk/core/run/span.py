"""The stretch of a run that the history shows: all of it, or its end, in pages so that it holds still."""

from __future__ import annotations

import math
from dataclasses import dataclass

from regdesk.core.rounding import round_limit

PAGES = 5
LEAST_EPOCHS = 10.0
"""Shorter stretches show single steps and nothing else."""


@dataclass(frozen=True)
class HistorySpan:
    """The last ``share`` of all epochs, or the last ``n_epochs``; neither means all of them."""

    share: float | None = None
    n_epochs: float | None = None

    @property
    def is_all(self) -> bool:
        return self.share is None and self.n_epochs is None

    def window(self, epoch: float) -> tuple[float, float] | None:
        """First and last epoch of the axis when the run is at ``epoch``; None for all.

        The stretch is a round number long, and moves on by a fifth of it at a time.
        """
        if self.is_all:
            return None
        wanted = self.n_epochs if self.n_epochs is not None else (self.share or 1.0) * epoch
        length = round_limit(max(wanted, LEAST_EPOCHS))
        page = length / PAGES
        right = max(length, page * math.ceil(epoch / page - 1e-9))
        if right <= length + page:
            return 0.0, right
        return right - length - page, right
