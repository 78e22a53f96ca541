"""Squared error of a linear model over the plane of two weights: slice and profile, from the Gram matrix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.engine.profile_kernels import Follower, Others, Pair, profile_losses
from regdesk.core.geometry.plane import PlaneGrid, Quadratic
from regdesk.core.geometry.reduced_plane import ReducedPlane
from regdesk.core.geometry.unavailable import Unavailable
from regdesk.core.linear.gram_solution import exact_gram_weights
from regdesk.core.linear.squared_path import GramStatistics
from regdesk.core.model.penalty import Penalty
from regdesk.core.types import Float64s, Integers

PROFILE_TOLERANCE = 1e-11
"""Residual of the other weights' conditions, in units of the largest pull, at which a point counts as solved."""


@dataclass(frozen=True, eq=False)
class SolvedProfile:
    """The profile under L1 or elastic net, solved for at every point that is asked for.

    As ``Quadratic``: ``value_at``, ``gradient_at``, ``minimum``, ``grid``.
    """

    statistics: GramStatistics
    penalty: Penalty
    pair: tuple[int, int]

    def value_at(self, point: Float64s) -> float:
        return float(self._solve(point[:1], point[1:])[0][0, 0])

    def gradient_at(self, point: Float64s) -> Float64s:
        """``(2,)``: by the envelope theorem the data loss's own derivatives, with the others where they are best."""
        return np.asarray(self._solve(point[:1], point[1:])[1][0, 0])

    def grid(self, x_values: Float64s, y_values: Float64s) -> PlaneGrid:
        return PlaneGrid(x_values, y_values, self._solve(x_values, y_values)[0])

    def others_at(self, point: Float64s) -> Float64s:
        """All weights ``(n_inputs,)`` with the two at ``point`` ``(2,)`` and the others at their best for it."""
        weights = np.empty(len(self.statistics.products))
        weights[list(self.pair)] = point
        others = self._solve(point[:1], point[1:])[2]
        ReducedPlane.of(self.statistics, self.pair, self.penalty).weights_at(point, others, weights)
        return weights

    def minimum(self) -> Float64s:
        """Where it is least ``(2,)``: the solution with λ on the other weights alone."""
        chosen, free = np.array(self.pair), _free(self.statistics, self.pair)
        gram, products = self.statistics.gram, self.statistics.products
        across = gram[np.ix_(chosen, free)]
        inverse = np.linalg.pinv(gram[np.ix_(chosen, chosen)], rcond=1e-12, hermitian=True)
        # With the two at their best for the others, the others see what the two leave of every column.
        left = GramStatistics(
            self.statistics.n_rows,
            self.statistics.means[free],
            self.statistics.target_mean,
            gram[np.ix_(free, free)] - across.T @ inverse @ across,
            products[free] - across.T @ inverse @ products[chosen],
            self.statistics.square - float(products[chosen] @ inverse @ products[chosen]),
        )
        others = exact_gram_weights(left, self.penalty.of_some(free))
        return np.asarray(inverse @ (products[chosen] - across @ others))

    def _solve(self, x_values: Float64s, y_values: Float64s) -> tuple[Float64s, Float64s, Float64s]:
        reduced = ReducedPlane.of(self.statistics, self.pair, self.penalty)
        statistics, free, pair = reduced.statistics, reduced.others, reduced.pair
        m = len(free)
        products = statistics.products[free]
        unit = float(np.abs(self.statistics.products).max(initial=0.0))
        others = Others(
            gram=np.ascontiguousarray(statistics.gram[np.ix_(free, free)]),
            products=products,
            along=np.ascontiguousarray(statistics.gram[np.ix_(pair, free)]),
            l1=self.penalty.lam * self.penalty.l1_share,
            l2=reduced.l2,
            square=statistics.square,
            tolerance=PROFILE_TOLERANCE * (unit or 1.0),
        )
        follower = Follower(
            weights=np.zeros(m),
            minus_gradient=np.zeros(m),
            signs=np.zeros(m),
            active=np.zeros(m, dtype=np.int64),
            inverse=np.zeros((m, m)),
            counts=np.zeros(2, dtype=np.int64),
            at=np.zeros(2),
            steps=np.zeros(m),
            slopes=np.zeros(m),
            is_barred=np.zeros(m, dtype=np.bool_),
        )
        losses, slopes = np.empty((len(y_values), len(x_values))), np.empty((len(y_values), len(x_values), 2))
        own = Pair(np.ascontiguousarray(statistics.gram[np.ix_(pair, pair)]), statistics.products[pair])
        profile_losses(
            others, follower, own, np.ascontiguousarray(x_values), np.ascontiguousarray(y_values), losses, slopes
        )
        return losses, slopes, follower.weights


def slice_of(statistics: GramStatistics, pair: tuple[int, int], weights: Float64s, bias: float) -> Quadratic:
    """The data loss over the weights ``pair``, the others of ``weights`` ``(n_inputs,)`` and ``bias`` as they are."""
    chosen = np.array(pair)
    others = weights.copy()
    others[chosen] = 0.0
    left = statistics.target_mean - bias - float(statistics.means @ others)
    means = statistics.means[chosen]
    # The rows' mean residual is squared error's own part of the bias: rows are centred in the moments.
    constant = statistics.loss(others) + 0.5 * left**2
    slope = statistics.gram[chosen] @ others - statistics.products[chosen] - left * means
    return Quadratic(constant, slope, statistics.gram[np.ix_(chosen, chosen)] + np.outer(means, means))


def profile_of(
    statistics: GramStatistics, pair: tuple[int, int], penalty: Penalty
) -> Quadratic | SolvedProfile | Unavailable:
    """min over the other weights of (data loss + λR of the others), the bias at its best, as a function of ``pair``.

    Without L1 in it, and with no other weight, a quadratic. Why there is none under the group lasso.
    """
    if not penalty.is_separable:
        return Unavailable.GROUPS
    chosen, free = np.array(pair), _free(statistics, pair)
    if (penalty.blocks(free).limits > 0.0).any():
        return SolvedProfile(statistics, penalty, pair)
    within = statistics.gram[np.ix_(free, free)] + np.diag(penalty.blocks(free).ridges)
    across = statistics.gram[np.ix_(free, chosen)]
    # Schur complement; where others depend on each other any of their solutions has the same loss.
    inverse = np.linalg.pinv(within, rcond=1e-13, hermitian=True)
    best, response = inverse @ statistics.products[free], inverse @ across
    constant = 0.5 * (statistics.square - float(statistics.products[free] @ best))
    slope = across.T @ best - statistics.products[chosen]
    return Quadratic(constant, slope, statistics.gram[np.ix_(chosen, chosen)] - across.T @ response)


def _free(statistics: GramStatistics, pair: tuple[int, int]) -> Integers:
    return np.delete(np.arange(len(statistics.products)), list(pair))
