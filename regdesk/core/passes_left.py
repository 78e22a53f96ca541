"""How many passes over the rows one dataset's networks will still take, as far as that can be told.

Models are no measure: one that begins at its end takes two passes, one in a kink three thousand. What is known early is
which λ were left half-way by the two directions, since these will be solved to the end.
"""

from __future__ import annotations

import numpy as np

from regdesk.core.types import Float64s

USUAL_PASSES, USUAL_COUNT = 700.0, 4.0
"""Of a model that was left half-way, and how many models of its own a dataset needs before this no longer counts."""
USUAL_RETURNS = {"tanh": 0.4, "relu": 0.9}
"""Models solved on the way back up, and by closing the envelope, as a share of those solved on the way down."""
USUAL_HOPS = {"tanh": 0.05, "relu": 0.75}
"""Passes of hops as a share of all before them. relu has as many as it may, or none where there are few kinks."""


class PassesLeft:
    """Told of each model of one dataset; ``n_done`` and ``n_left`` are passes."""

    def __init__(self, n_lambdas: int, activation: str) -> None:
        self.n_done, self._n_lambdas = 0, n_lambdas
        self._returns, self._hops = USUAL_RETURNS[activation], USUAL_HOPS[activation]
        self._ways: Float64s = np.full((2, n_lambdas), np.nan)
        self._n_half_way, self._n_known = 0, 0
        self._n_before, self._n_begun_hops = 0, 0
        self._n_mended, self._n_mending = 0, 0
        self._n_pending: float | None = None
        self._hop_share: float | None = None

    def note_way(self, way: int, number: int, n_passes: int, is_finished: bool) -> None:
        """A model of the direction ``way``, 0 or 1, at the λ ``number``."""
        self.n_done += n_passes
        self._ways[way, number] = np.nan_to_num(self._ways[way, number]) + n_passes
        self._n_known += 1
        self._n_half_way += not is_finished

    def note_mended(self, n_passes: int) -> None:
        self.n_done += n_passes
        self._n_mended += n_passes
        self._n_mending += 1

    def note_pending(self, n_downwards: int, is_upwards: bool, share_left: float) -> None:
        """While models are solved to the end: how many are left half-way, and of the way back how much is to come."""
        came_back = self._returns * max(self._n_mending, 1) * share_left
        self._n_pending = came_back if is_upwards else n_downwards + self._returns * (self._n_mending + n_downwards)

    def note_round(self, n_improvable: int) -> None:
        """So many λ can be improved with the model of another; these will improve others."""
        self._n_pending = n_improvable * (1.0 + self._returns)

    def note_hop(self, n_passes: int) -> None:
        self.n_done += n_passes
        self._n_begun_hops += n_passes

    def note_hopped(self, share: float) -> None:
        """``share`` of the λ have been hopped from."""
        if self._hop_share is None:
            self._n_before = self.n_done
        self._hop_share, self._n_pending = share, 0.0

    @property
    def n_left(self) -> float:
        if self._hop_share is not None:
            usual = self._hops * self._n_before
            # What has been hopped so far says more, the more of it there is.
            seen = self._n_begun_hops / self._hop_share if self._hop_share > 0 else usual
            hops = (1.0 - self._hop_share) * (self._hop_share * seen + (1.0 - self._hop_share) * usual)
            return hops + self._left_to_mend()
        ways, mended = self._left_of_ways(), self._left_to_mend()
        return ways + mended + self._hops * (self.n_done + ways + mended)

    def _left_of_ways(self) -> float:
        """What the other direction took at the same λ, else what was taken at the nearest."""
        known = np.isfinite(self._ways)
        if self._n_pending is not None or not known.any():
            return 0.0
        at = np.flatnonzero(known.any(axis=0))
        nearest = np.interp(np.arange(self._ways.shape[1]), at, np.nanmean(self._ways[:, at], axis=0))
        return float(np.where(known, 0.0, nearest).sum())

    def _left_to_mend(self) -> float:
        each = (float(self._n_mended) + USUAL_COUNT * USUAL_PASSES) / (self._n_mending + USUAL_COUNT)
        if self._n_pending is not None:
            return each * self._n_pending
        half_way = self._n_half_way / max(self._n_known, 1) * self._n_lambdas
        return each * half_way * (1.0 + self._returns)
