"""How many passes over the rows one dataset's networks will still take, as far as that can be told.

Models are no measure: one that begins at its end takes two passes, one in a kink three thousand. What is known early is
which λ were left half-way by the two directions, since these will be solved to the end; what these take says how much
will come back up. The numbers below were measured along 22 sweeps of the samples, of which some are kept
(``tests/core/networks/test_sweep_time_left.py``).
"""

from __future__ import annotations

import numpy as np

from regdesk.core.types import Float64s

COLD_PASSES, MOST_COLD = 400.0, 8
"""Of a cold start where the two directions disagree, and how many λ have them, each from every seed."""
LEAST_PASSES, HALF_WAY_PASSES, USUAL_COUNT = 200.0, 1400.0, 4.0
"""Of a model that is solved to the end: these, and so many times the share of models that were left half-way; and how
many models of its own a dataset needs before this no longer counts."""
MOST_SHARE = 0.3
HALF_WAY_SHARE, MOST_HALF_WAY = 1.6, 0.6
"""λ with no model that was solved to the end, as a multiple of the share of models left half-way; and at most."""
EASY_PASSES, EASY_SHARE = 120.0, 0.3
"""Of a model that begins near its end, and the share of the λ that are visited at all on the way down."""
HARD_PASSES, HARD_POWER, MOST_RETURNS = 800.0, 2.5, 1.4
"""Where models take ``HARD_PASSES`` on the way down, as many passes again follow on the way up and by closing."""
USUAL_HOPS = {"tanh": 0.06, "relu": 0.75}
"""Passes of hops as a share of all before them. relu has as many as it may, or none where there are few kinks."""
USUAL_LATE = {"tanh": 0.02, "relu": 0.3}
"""Passes of what the hops' finds set off, as a share of all before the hops."""
MORE_ROUNDS = 1.6
"""Times the models of one round of closing: those and what they set off."""


class PassesLeft:
    """Told of each model of one dataset; ``n_done`` and ``n_left`` are passes."""

    def __init__(self, n_lambdas: int, activation: str, n_seeds: int = 1) -> None:
        self.n_done, self._n_lambdas, self._n_seeds = 0, n_lambdas, n_seeds
        self._hops, self._late = USUAL_HOPS[activation], USUAL_LATE[activation]
        self._ways: Float64s = np.zeros((2, n_lambdas))
        self._counts: Float64s = np.zeros((2, n_lambdas))
        self._n_half_way = 0
        self._n_cold_left: int | None = None
        self._n_down_left = self._n_easy_left = self._n_up_left = self._n_round = 0.0
        self._down, self._up, self._closed = _Mean(), _Mean(), _Mean()
        self._stage = "ways"
        self._n_before, self._n_begun_hops, self._hop_share = 0, 0, 0.0

    def note_way(self, way: int, number: int, n_passes: int, is_finished: bool) -> None:
        """A model of the direction ``way``, 0 or 1, at the λ ``number``."""
        self.n_done += n_passes
        self._ways[way, number] += n_passes
        self._counts[way, number] += 1
        self._n_half_way += not is_finished

    def note_cold(self, n_left: int) -> None:
        """So many cold starts are still to come, now that the two directions have ended."""
        self._stage, self._n_cold_left = "cold", n_left

    def note_mended(self, n_passes: int) -> None:
        """A model that has been solved to the end, or one of the cold starts."""
        self.n_done += n_passes
        if self._stage == "down":
            self._down.add(n_passes)
        elif self._stage == "up":
            self._up.add(n_passes)
        elif self._stage in ("round", "late"):
            self._closed.add(n_passes)

    def note_pending(self, n_downwards: int, is_upwards: bool, share_left: float) -> None:
        """While models are solved to the end: how many are left half-way, and of the way there or back what is left."""
        self._stage = "up" if is_upwards else "down"
        if is_upwards:
            self._n_up_left = share_left
        else:
            # Neighbours that profit from the new models come in.
            self._n_down_left = n_downwards
            self._n_easy_left = max(EASY_SHARE * self._n_lambdas * share_left - n_downwards, 0.0)

    def note_round(self, n_improvable: int) -> None:
        """So many λ can be improved with the model of another; these will improve others."""
        self._n_round = n_improvable
        if self._stage != "late":
            self._stage = "round"

    def note_hop(self, n_passes: int) -> None:
        self.n_done += n_passes
        self._n_begun_hops += n_passes

    def note_hopped(self, share: float) -> None:
        """``share`` of the λ have been hopped from; of all of them what they have found is tried at the others."""
        if self._stage not in ("hops", "late"):
            self._n_before = self.n_done
        self._stage, self._hop_share, self._n_round = "hops" if share < 1.0 else "late", share, 0.0

    @property
    def n_left(self) -> float:
        if self._stage == "late":
            return MORE_ROUNDS * self._n_round * self._closed.of(self._usual())
        if self._stage == "hops":
            return self._left_of_hops() + self._late * self._n_before
        mending = self._left_to_mend()
        return mending + (self._hops + self._late) * (self.n_done + mending)

    def _left_of_hops(self) -> float:
        usual = self._hops * self._n_before
        # What has been hopped so far says more, the more of it there is.
        seen = self._n_begun_hops / self._hop_share if self._hop_share > 0 else usual
        return (1.0 - self._hop_share) * (self._hop_share * seen + (1.0 - self._hop_share) * usual)

    def _left_to_mend(self) -> float:
        if self._stage in ("ways", "cold"):
            ways = self._left_of_ways() if self._stage == "ways" else 0.0
            n_cold = self._n_cold_left
            if n_cold is None:
                n_cold = min(MOST_COLD, self._n_lambdas) * self._n_seeds
            down = self._expected_down()
            return ways + COLD_PASSES * n_cold + (1.0 + self._returns(self._usual())) * down
        each = self._usual()
        if self._stage == "down":
            left = each * self._n_down_left + EASY_PASSES * self._n_easy_left
            return left + self._returns(each) * (self._down.total + left)
        usual = self._returns(each) * self._down.total
        if self._stage == "up":
            share = 1.0 - self._n_up_left
            seen = self._up.total / share if share > 0 else 0.5 * usual
            up = share * seen + (1.0 - share) * 0.5 * usual
            return max(up - self._up.total, 0.0) + share * up + (1.0 - share) * 0.5 * usual
        return MORE_ROUNDS * self._n_round * self._closed.of(each)

    def _usual(self) -> float:
        """Passes of a model that is solved to the end, by those on the way down."""
        return self._down.of(LEAST_PASSES + HALF_WAY_PASSES * min(self._half_way_share, MOST_SHARE))

    @property
    def _half_way_share(self) -> float:
        return self._n_half_way / max(float(self._counts.sum()), 1.0)

    def _returns(self, each: float) -> float:
        """Passes on the way up and by closing, as a share of those on the way down."""
        return float(min((each / HARD_PASSES) ** HARD_POWER, MOST_RETURNS))

    def _expected_down(self) -> float:
        half_way = min(HALF_WAY_SHARE * self._half_way_share, MOST_HALF_WAY) * self._n_lambdas
        return self._usual() * half_way + EASY_PASSES * max(EASY_SHARE * self._n_lambdas - half_way, 0.0)

    def _left_of_ways(self) -> float:
        """What the other direction or another seed took at the same λ, else what was taken at the nearest."""
        counts = self._counts.sum(axis=0)
        if not counts.any():
            return 0.0
        at = np.flatnonzero(counts)
        nearest = np.interp(np.arange(self._n_lambdas), at, self._ways.sum(axis=0)[at] / counts[at])
        return float((nearest * np.maximum(2 * self._n_seeds - counts, 0.0)).sum())


class _Mean:
    def __init__(self) -> None:
        self.total, self.count = 0.0, 0

    def add(self, value: float) -> None:
        self.total += value
        self.count += 1

    def of(self, usual: float) -> float:
        """The mean, in which ``usual`` counts as much as ``USUAL_COUNT`` of them."""
        return (self.total + USUAL_COUNT * usual) / (self.count + USUAL_COUNT)
