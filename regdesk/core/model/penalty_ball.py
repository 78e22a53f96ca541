"""A penalty over the plane of two weights: its ball as a polyline, its share of the budget, its normal cone."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from regdesk.core.types import Float64s

POINTS_A_QUADRANT = 24
BAND_REACH = 1e3
"""Of the largest number about: how far a band is drawn that has no end."""
MOST_NEWTON_STEPS = 60


@dataclass(frozen=True)
class PlanePenalty(ABC):
    """R over two weights, all others as they are."""

    @abstractmethod
    def values(self, x: Float64s, y: Float64s) -> Float64s:
        """R of the two weights (of groups: of the groups they belong to); ``x`` and ``y`` of shapes that broadcast."""

    @property
    @abstractmethod
    def is_straight(self) -> bool:
        """Whether the ball has straight sides: between its corners no more points are needed."""

    @abstractmethod
    def radii(self, along: Float64s, share: float) -> Float64s:
        """How far along each unit vector ``(n, 2)`` R reaches ``share``."""

    @abstractmethod
    def cone_at(self, point: Float64s) -> NormalCone:
        """The subgradients of R at ``point`` ``(2,)``."""

    @property
    @abstractmethod
    def is_free(self) -> tuple[bool, bool]:
        """Which of the two weights are never penalised: along them the ball has no end."""

    @property
    def is_bounded(self) -> bool:
        """Whether the ball ends in every direction."""
        return not any(self.is_free)

    def value_at(self, point: Float64s) -> float:
        return float(self.values(point[0], point[1]))

    def ball(self, share: float) -> Float64s:
        """{R ≤ ``share``} as a closed line ``(n_points, 2)``, anticlockwise from the positive x axis.

        Where it meets an axis stands a vertex, exactly: the corners of a diamond. Empty where R is nowhere so small,
        one point repeated where it is so at 0 alone. Empty, too, where it has no end; ``band`` is what it is then.
        """
        least = self.value_at(np.zeros(2))
        if not share >= least or not np.isfinite(share) or not self.is_bounded:
            return np.empty((0, 2))
        n_angles = 4 * (1 if self.is_straight else POINTS_A_QUADRANT)
        angles = np.arange(n_angles) * (2.0 * math.pi / n_angles)
        along = np.column_stack([np.cos(angles), np.sin(angles)])
        # Cosine of a right angle is 6e-17 and would put a corner beside its axis.
        along[np.abs(along) < 1e-12] = 0.0
        line = self.radii(along, share)[:, np.newaxis] * along
        return np.vstack([line, line[:1]]) + 0.0

    def band(self, share: float, size: float) -> Float64s:
        """{R ≤ ``share``} where one of the weights is never penalised: between two lines along its axis.

        A closed line ``(5, 2)`` that ends far beyond ``size``, the largest number about. Empty where R is nowhere so
        small, and where neither weight is penalised or both are.
        """
        if self.is_bounded or all(self.is_free) or not share >= self.value_at(np.zeros(2)) or not np.isfinite(share):
            return np.empty((0, 2))
        free = int(self.is_free[1])
        corners = np.array([[1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0], [1.0, -1.0], [1.0, 1.0]])
        extents = np.empty(2)
        extents[free] = BAND_REACH * (size or 1.0)
        extents[1 - free] = float(self.radii(np.eye(2)[[1 - free]], share)[0])
        return corners * extents


@dataclass(frozen=True)
class SinglePlanePenalty(PlanePenalty):
    """R = l1(|x| + |y|) + ½ l2(x² + y²), the part of each weight times its factor."""

    l1: float
    l2: float
    factors: tuple[float, float] = (1.0, 1.0)

    @property
    def is_free(self) -> tuple[bool, bool]:
        return self.factors[0] == 0.0, self.factors[1] == 0.0

    def values(self, x: Float64s, y: Float64s) -> Float64s:
        if self.factors != (1.0, 1.0):
            one, other = (self.l1 * np.abs(own) + 0.5 * self.l2 * np.square(own) for own in (x, y))
            return np.asarray(self.factors[0] * one + self.factors[1] * other)
        return np.asarray(self.l1 * (np.abs(x) + np.abs(y)) + 0.5 * self.l2 * (np.square(x) + np.square(y)))

    @property
    def is_straight(self) -> bool:
        return self.l2 == 0.0

    def radii(self, along: Float64s, share: float) -> Float64s:
        l1, l2 = self.l1 * np.abs(along).sum(axis=1), np.full(len(along), self.l2)
        if self.factors != (1.0, 1.0):
            l1, l2 = self.l1 * (np.abs(along) @ self.factors), self.l2 * (np.square(along) @ self.factors)
        return np.asarray(2.0 * share / (l1 + np.sqrt(np.square(l1) + 2.0 * l2 * share) + 1e-300))

    def cone_at(self, point: Float64s) -> NormalCone:
        ends = [
            (factor * self._side(value, -1.0), factor * self._side(value, 1.0))
            for value, factor in zip(point, self.factors, strict=True)
        ]
        return NormalCone(np.array([end[0] for end in ends]), np.array([end[1] for end in ends]))

    def _side(self, value: float, at_zero: float) -> float:
        return self.l1 * (float(np.sign(value)) if value != 0.0 else at_zero) + self.l2 * float(value)


@dataclass(frozen=True)
class GroupPlanePenalty(PlanePenalty):
    """R of the groups of two weights, the other members as they are.

    ``roots`` are √|g| of the two groups, ``rests`` the norms of the groups' other members; ``is_shared`` says that both
    are of one group, whose root and rest stand twice.
    """

    roots: tuple[float, float]
    rests: tuple[float, float]
    is_shared: bool

    @property
    def is_free(self) -> tuple[bool, bool]:
        return self.roots[0] == 0.0, self.roots[1] == 0.0

    def values(self, x: Float64s, y: Float64s) -> Float64s:
        if self.is_shared:
            return np.asarray(self.roots[0] * np.sqrt(np.square(x) + np.square(y) + self.rests[0] ** 2))
        one = self.roots[0] * np.sqrt(np.square(x) + self.rests[0] ** 2)
        return np.asarray(one + self.roots[1] * np.sqrt(np.square(y) + self.rests[1] ** 2))

    @property
    def is_straight(self) -> bool:
        return not self.is_shared and self.rests == (0.0, 0.0)

    def radii(self, along: Float64s, share: float) -> Float64s:
        if self.is_shared:
            radius = math.sqrt(max((share / self.roots[0]) ** 2 - self.rests[0] ** 2, 0.0))
            return np.full(len(along), radius)
        sizes, roots, rests = np.abs(along), np.array(self.roots), np.array(self.rests)
        # R is convex along a ray: from beyond Newton's method comes down to the root without passing it.
        radii = share / (sizes @ roots)
        if self.rests == (0.0, 0.0):
            return np.asarray(radii)
        for _ in range(MOST_NEWTON_STEPS):
            lengths = np.sqrt(np.square(radii[:, np.newaxis] * sizes) + np.square(rests))
            slopes = (radii[:, np.newaxis] * np.square(sizes) / np.maximum(lengths, 1e-300)) @ roots
            steps = (lengths @ roots - share) / np.maximum(slopes, 1e-300)
            radii = np.maximum(radii - steps, 0.0)
            if (np.abs(steps) <= 1e-15 * radii).all():
                break
        return np.asarray(radii)

    def cone_at(self, point: Float64s) -> NormalCone:
        if self.is_shared:
            norm = math.sqrt(float(point @ point) + self.rests[0] ** 2)
            if norm == 0.0:
                return NormalCone(np.zeros(2), np.zeros(2), self.roots[0])
            slope = self.roots[0] * point / norm
            return NormalCone(slope, slope)
        lengths = [math.hypot(float(value), rest) for value, rest in zip(point, self.rests, strict=True)]
        centre = [
            root * value / (length or 1.0) for root, value, length in zip(self.roots, point, lengths, strict=True)
        ]
        reach = [root if length == 0.0 else 0.0 for root, length in zip(self.roots, lengths, strict=True)]
        return NormalCone(np.subtract(centre, reach), np.add(centre, reach))


@dataclass(frozen=True, eq=False)
class NormalCone:
    """The subgradients of R at a point: all s with ``low`` ≤ s ≤ ``high`` ``(2,)``, or with ‖s‖₂ ≤ ``radius`` if > 0.

    Times every positive number they are the normal cone of the ball.
    """

    low: Float64s
    high: Float64s
    radius: float = 0.0

    def nearest(self, vector: Float64s, lam: float) -> Float64s:
        """The element of λ∂R nearest to ``vector`` ``(2,)``."""
        if self.radius > 0.0:
            norm = float(np.linalg.norm(vector))
            return vector * min(1.0, lam * self.radius / norm) if norm > 0.0 else vector.copy()
        return np.asarray(np.clip(vector, lam * self.low, lam * self.high))

    @property
    def is_everything(self) -> bool:
        """Whether every direction is normal: at 0 under a penalty with a corner there."""
        return self.radius > 0.0 or bool((self.low < 0.0).all() and (self.high > 0.0).all())

    def edges(self) -> Float64s:
        """Unit vectors ``(n, 2)`` that bound the cone: two at a corner, one where the ball is smooth, none at 0.

        Of a band without width they are opposite: the cone is a whole line.
        """
        if self.is_everything:
            return np.empty((0, 2))
        corners = np.array([[x, y] for x in {self.low[0], self.high[0]} for y in {self.low[1], self.high[1]}])
        norms = np.linalg.norm(corners, axis=1)
        corners = corners[norms > 0.0] / norms[norms > 0.0, np.newaxis]
        if len(corners) < 2 or (len(corners) == 2 and _are_opposite(corners)):
            return np.asarray(corners)
        middle = corners.mean(axis=0)
        turns = np.arctan2(middle[0] * corners[:, 1] - middle[1] * corners[:, 0], corners @ middle)
        return np.asarray(corners[[int(turns.argmin()), int(turns.argmax())]])

    def cosine(self, vector: Float64s) -> float:
        """Cosine between ``vector`` ``(2,)`` and the direction of the cone nearest to it: 1 within it.

        NaN for a vector of 0, and where the cone is the point 0 alone.
        """
        norm = float(np.linalg.norm(vector))
        edges = self.edges()
        if norm == 0.0 or (not self.is_everything and not len(edges)):
            return math.nan
        if self.is_everything:
            return 1.0
        if len(edges) == 2 and not _are_opposite(edges):
            first, second = edges
            turned = vector / norm
            is_left = first[0] * turned[1] - first[1] * turned[0] >= 0.0
            is_right = turned[0] * second[1] - turned[1] * second[0] >= 0.0
            if is_left and is_right:
                return 1.0
        return float((edges @ vector).max() / norm)


def _are_opposite(edges: Float64s) -> bool:
    """Whether two unit vectors ``(2, 2)`` lie along one line."""
    return bool((edges[0] == -edges[1]).all())
