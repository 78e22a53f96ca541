"""What a penalty is: all that depends on which one it is, so that nobody who works with one asks for its kind.

Points, weights and gradients are ``(n_weights,)``, the row of all weights; biases never enter. The engine holds
the proxes for its inner loop; a test keeps the two equal.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from regdesk.core.model.penalty_ball import PlanePenalty
from regdesk.core.types import Booleans, Float64s, Integers


@dataclass(frozen=True)
class Blocks:
    """Weights that go to zero together, and what presses on each block.

    λR is Σ over blocks of limit·‖w‖₂ + ½ ridge·‖w‖₂².

    Attributes:
        bounds: ``(n_blocks + 1,)``, where each block begins among the weights asked about, and the end.
        limits, ridges: ``(n_blocks,)``, with λ.
    """

    bounds: Integers
    limits: Float64s
    ridges: Float64s


@dataclass(frozen=True)
class Hold:
    """What holds one weight at zero.

    Attributes:
        members: of all weights those that go to zero with it; ``is_group`` says that a penalty on groups says so.
        threshold: what the loss's pull on them must exceed for them to leave 0; 0 where nothing holds them.
        factor: the penalty factor that is part of the threshold; 0 where they are never penalised.
    """

    members: slice
    threshold: float
    is_group: bool
    factor: float


@dataclass(frozen=True)
class Penalty(ABC):
    """λ·R(W)."""

    lam: float

    @property
    @abstractmethod
    def l1_share(self) -> float:
        """Share of R whose slope does not vanish at 0: 1 for L1 and groups, 0 for L2."""

    @property
    @abstractmethod
    def is_separable(self) -> bool:
        """Whether R is a sum over single weights; else it ties weights of a block together."""

    @property
    @abstractmethod
    def is_even(self) -> bool:
        """Whether the factor of every weight is 1."""

    @abstractmethod
    def is_free(self, n_weights: int) -> Booleans:
        """Which of all weights have the factor 0: they are never penalised, ``(n_weights,)``."""

    @abstractmethod
    def of_some(self, chosen: Integers) -> Penalty:
        """The same on the weights at the ascending positions ``chosen`` alone, which are whole blocks."""

    @property
    def is_lasso(self) -> bool:
        """Whether it is L1 alone, on single weights: of squared error the solutions are straight lines in λ."""
        return self.is_separable and self.l1_share == 1.0

    @property
    def is_ridge(self) -> bool:
        """Whether it is L2 alone, with or without λ."""
        return self.l1_share == 0.0

    @property
    def is_smooth(self) -> bool:
        """Whether it has no corner: none, or L2."""
        return self.lam == 0.0 or self.is_ridge

    @property
    def makes_zeros(self) -> bool:
        """Whether some λ makes weights exactly zero."""
        return self.l1_share > 0.0

    @property
    def kind(self) -> tuple[object, ...]:
        """Equal for penalties that differ in λ alone."""
        return (type(self), self.l1_share)

    @property
    def as_lasso(self) -> Penalty:
        """A penalty on the same weights that has a least λ at which all of them are zero; itself where it has one."""
        return self

    @property
    def simplest(self) -> Penalty:
        """The penalty of the fewest parts that is the same: L2 for none, L1 where all groups are single weights."""
        return self

    @abstractmethod
    def value(self, weights: Float64s) -> float:
        """R of ``weights``, without λ."""

    @abstractmethod
    def prox(self, points: Float64s, rates: Float64s | float) -> Float64s:
        """argmin over w of Σ ½(wⱼ − uⱼ)²/rateⱼ + λ·R(w): the prox in the diagonal metric 1/rate.

        ``rates`` are one positive number, or one for each of ``points``.
        """

    @abstractmethod
    def smallest_subgradient(self, weights: Float64s, gradients: Float64s) -> Float64s:
        """The element of ∇f + λ∂R(w) nearest to 0; both arguments of one shape."""

    @abstractmethod
    def derivatives(self, weights: Float64s, chosen: Booleans) -> tuple[Float64s, Float64s]:
        """First and second derivatives of λR by the ``chosen`` of all ``weights``, where it is smooth.

        Shapes ``(n_chosen,)`` and ``(n_chosen, n_chosen)``. Chosen are all weights that are not zero of their blocks.
        """

    @abstractmethod
    def steepness(self, gradients: Float64s) -> Float64s:
        """For each weight the λ·``l1_share`` that would hold its block at 0 against ``gradients``.

        Infinite for those that are never penalised.
        """

    def null_lambda(self, gradients: Float64s) -> float:
        """The least λ that holds all weights at 0 against ``gradients`` of the loss at 0; infinite for L2.

        L1 and elastic net: ‖∇f(0)‖∞ / l1_ratio; group lasso: the largest ‖∇_g f(0)‖₂ / √|g| (DESIGN).
        """
        return self._steepest(gradients) / self.l1_share if self.l1_share > 0.0 else np.inf

    def _steepest(self, gradients: Float64s) -> float:
        """The largest of ``steepness`` of what is penalised."""
        found = self.steepness(gradients)
        return float(found.max(initial=0.0, where=~self.is_free(len(found))))

    @abstractmethod
    def conjugate_gap(self, weights: Float64s, minus_gradient: Float64s) -> tuple[float, float]:
        """The factor for ``minus_gradient`` at which the conjugate of λR is finite, and λR(w) + (λR)*(−c) + w·c.

        c is ``minus_gradient`` times the factor.
        """

    @abstractmethod
    def blocks(self, chosen: Integers) -> Blocks:
        """Of the weights at the ascending positions ``chosen``, which are whole blocks."""

    @abstractmethod
    def owners(self, n_weights: int) -> Integers:
        """The number of each weight's block, ``(n_weights,)``."""

    @abstractmethod
    def is_alive(self, weights: Float64s) -> Booleans:
        """Which of all ``weights`` nothing holds at 0."""

    @abstractmethod
    def generators(
        self, weights: Float64s, minus_gradient: Float64s, tied: float
    ) -> tuple[Integers, Float64s, Float64s]:
        """What all optima are sums of: the weights, or groups, whose pull is what λ bears, to a share of ``tied``.

        For each weight the number of the generator it belongs to (−1: none) and its share of it, ``(n_weights,)``;
        and the size of each generator now.
        """

    @abstractmethod
    def hold_on(self, position: int) -> Hold:
        """What holds the weight at ``position`` of the row of all weights."""

    @abstractmethod
    def on_plane(self, weights: Float64s, pair: tuple[int, int]) -> PlanePenalty:
        """R over the two weights at the positions ``pair``, the others as they are: its ball, gauge and normal cone."""
