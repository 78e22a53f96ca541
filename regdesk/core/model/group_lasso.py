"""The group lasso: weights of one group go to zero together."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from regdesk.core.model.elastic_net import ElasticNet
from regdesk.core.model.penalty import Blocks, Hold, Penalty
from regdesk.core.model.penalty_ball import GroupPlanePenalty, PlanePenalty
from regdesk.core.types import Booleans, Float64s, Integers

MAX_NEWTON_STEPS = 60
"""Of the prox; from its start below the root it takes about five."""


@dataclass(frozen=True, eq=False)
class GroupLasso(Penalty):
    """R = Σ over groups of √|g|·‖W_g‖₂ (Yuan & Lin 2006): weights of one group go to zero together.

    ``bounds`` ``(n_groups + 1,)``: where each group begins in the row of weights, and the end. ``factors``
    ``(n_groups,)`` multiply each group's part of R; None means 1.
    """

    bounds: Integers
    factors: Float64s | None = None

    @property
    def is_even(self) -> bool:
        return self.factors is None

    def is_free(self, n_weights: int) -> Booleans:
        return np.zeros(n_weights, dtype=bool) if self.factors is None else np.repeat(self.factors == 0.0, self.sizes)

    def of_some(self, chosen: Integers) -> Penalty:
        groups, counts = np.unique(self.owners(int(self.bounds[-1]))[chosen], return_counts=True)
        bounds = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return GroupLasso(self.lam, bounds, None if self.factors is None else self.factors[groups])

    @property
    def _roots(self) -> Float64s:
        """√|g| times the factor, ``(n_groups,)``."""
        roots = np.sqrt(self.sizes)
        return roots if self.factors is None else roots * self.factors

    @property
    def sizes(self) -> Integers:
        """|g| of each group, ``(n_groups,)``."""
        return np.diff(self.bounds)

    @property
    def l1_share(self) -> float:
        return 1.0

    @property
    def is_separable(self) -> bool:
        return False

    @property
    def simplest(self) -> Penalty:
        if self.lam == 0.0:
            return ElasticNet(0.0, 0.0)
        return ElasticNet(self.lam, 1.0, self.factors) if (self.sizes == 1).all() else self

    def _sums(self, values: Float64s) -> Float64s:
        return np.asarray(np.add.reduceat(values, self.bounds[:-1]))

    def _norms(self, values: Float64s) -> Float64s:
        # By their largest, so that squares neither overflow nor vanish.
        largest = np.maximum.reduceat(np.abs(values), self.bounds[:-1])
        scales = np.where(largest > 0, largest, 1.0)
        return scales * np.sqrt(self._sums(np.square(values / self._spread(scales))))

    def _spread(self, per_group: Float64s) -> Float64s:
        return np.repeat(per_group, self.sizes)

    def value(self, weights: Float64s) -> float:
        return float(np.sum(self._roots * self._norms(weights.ravel())))

    def prox(self, points: Float64s, rates: Float64s | float) -> Float64s:
        """0 for a group with Σ (uⱼ/tⱼ)² ≤ 1, tⱼ = rateⱼ·λ·√|g|; else wⱼ = uⱼ s/(s + tⱼ) with s = ‖w‖₂.

        s is the root of Σ (uⱼ/(s + tⱼ))² = 1. In 1/√Σ − 1, which is concave and rises, Newton's method from below
        never overshoots (Moré & Sorensen 1983 on the trust region's equation of the same form); with equal rates it is
        exact after one step.
        """
        if self.lam == 0.0:
            return points.copy()
        thresholds = rates * self.lam * self._spread(self._roots)
        norms = self._norms(points)
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
            squares = np.where(points == 0.0, 0.0, np.square(points / np.maximum(thresholds, np.finfo(float).tiny)))
            # Written so that NaN passes through.
            is_kept = ~(self._sums(squares) <= 1.0)
        roots = np.where(is_kept, np.maximum(norms - np.maximum.reduceat(thresholds, self.bounds[:-1]), 0.0), 1.0)
        for _ in range(MAX_NEWTON_STEPS):
            lengths = self._spread(roots) + thresholds
            squares = np.square(points / lengths)
            totals = self._sums(squares)
            steps = np.where(is_kept, totals * (np.sqrt(totals) - 1.0), 0.0)
            steps = np.divide(steps, self._sums(squares / lengths), out=np.zeros_like(steps), where=steps > 0)
            roots = roots + steps
            if (steps <= 1e-15 * roots).all():
                break
        shrunk = points * self._spread(roots) / (self._spread(roots) + thresholds)
        return np.where(np.repeat(is_kept, self.sizes), shrunk, 0.0)

    def smallest_subgradient(self, weights: Float64s, gradients: Float64s) -> Float64s:
        limits = self.lam * self._roots
        norms, slopes = self._norms(weights), self._norms(gradients)
        left = np.maximum(slopes - limits, 0.0) / np.where(slopes > 0, slopes, 1.0)
        pull = self._spread(limits / np.where(norms > 0, norms, 1.0))
        return np.where(self._spread(norms) > 0, gradients + pull * weights, gradients * self._spread(left))

    def derivatives(self, weights: Float64s, chosen: Booleans) -> tuple[Float64s, Float64s]:
        owners = self.owners(len(weights))[chosen]
        own, roots = weights[chosen], self._roots
        slope, curvature = np.zeros(len(own)), np.zeros((len(own), len(own)))
        for group in np.unique(owners):
            members = np.flatnonzero(owners == group)
            part = own[members]
            norm = float(np.linalg.norm(part))
            if norm > 0.0:
                pull = self.lam * roots[group]
                slope[members] = pull * part / norm
                outer = np.outer(part, part) / norm**2
                curvature[np.ix_(members, members)] = pull / norm * (np.eye(len(members)) - outer)
        return slope, curvature

    def steepness(self, gradients: Float64s) -> Float64s:
        norms = np.sqrt(self._sums(np.square(gradients)) / self.sizes)
        if self.factors is not None:
            norms = np.divide(norms, self.factors, out=np.full(len(norms), np.inf), where=self.factors > 0.0)
        return self._spread(norms)

    def conjugate_gap(self, weights: Float64s, minus_gradient: Float64s) -> tuple[float, float]:
        largest = self._steepest(minus_gradient)
        scale = 1.0 if largest <= self.lam else self.lam / largest
        sizes = self.lam * np.sqrt(self.sizes * self._sums(np.square(weights)))
        sizes = sizes if self.factors is None else sizes * self.factors
        left = sizes + scale * self._sums(minus_gradient * weights)
        if self.factors is not None:
            # What is never penalised has no pull left: the dual point sees to it.
            left[self.factors == 0.0] = 0.0
        return scale, float(np.sum(np.maximum(left, 0.0)))

    def blocks(self, chosen: Integers) -> Blocks:
        groups, counts = np.unique(self.owners(int(self.bounds[-1]))[chosen], return_counts=True)
        bounds = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return Blocks(bounds, self.lam * self._roots[groups], np.zeros(len(counts)))

    def owners(self, n_weights: int) -> Integers:
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    def is_alive(self, weights: Float64s) -> Booleans:
        if self.lam == 0.0:
            return np.ones(len(weights), dtype=bool)
        return np.repeat(self._sums(np.abs(weights)) > 0.0, self.sizes) | self.is_free(len(weights))

    def generators(
        self, weights: Float64s, minus_gradient: Float64s, tied: float
    ) -> tuple[Integers, Float64s, Float64s]:
        sizes: list[float] = []
        owners, directions = np.full(len(weights), -1), np.zeros(len(weights))
        for (first, last), root in zip(itertools.pairwise(self.bounds), self._roots, strict=True):
            norm, size = float(np.linalg.norm(minus_gradient[first:last])), float(np.linalg.norm(weights[first:last]))
            if size > 0.0 or norm >= (1.0 - tied) * (self.lam * root):
                owners[first:last] = len(sizes)
                directions[first:last] = minus_gradient[first:last] / norm
                sizes.append(size)
        return owners, directions, np.array(sizes)

    def hold_on(self, position: int) -> Hold:
        group = self._group_of(position)
        first, last = int(self.bounds[group]), int(self.bounds[group + 1])
        factor = 1.0 if self.factors is None else float(self.factors[group])
        return Hold(slice(first, last), self.lam * float(self._roots[group]), True, factor)

    def _group_of(self, position: int) -> int:
        return int(np.searchsorted(self.bounds, position, side="right")) - 1

    def on_plane(self, weights: Float64s, pair: tuple[int, int]) -> PlanePenalty:
        groups, rests = [self._group_of(one) for one in pair], []
        for group in groups:
            others = weights[self.bounds[group] : self.bounds[group + 1]].copy()
            for one in pair:
                if self.bounds[group] <= one < self.bounds[group + 1]:
                    others[one - self.bounds[group]] = 0.0
            rests.append(float(np.linalg.norm(others)))
        first, second = (float(self._roots[group]) for group in groups)
        return GroupPlanePenalty((first, second), (rests[0], rests[1]), groups[0] == groups[1])
