"""The prior on single weights that a penalty stands for.

J is a mean over n training rows, so n·J is a negative log-posterior (for regression in units of the noise variance)
and exp(−nλR(W)) its prior: Laplace for L1 (Tibshirani 1996, sec. 5), Gauss for L2, their product for the elastic net
(Zou & Hastie 2005, sec. 2.1).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from regdesk.core.model.network import Network
from regdesk.core.model.penalties import penalty_for
from regdesk.core.types import Float64s, TrainSettings

N_POINTS = 161
N_PEAK_POINTS = 161
PEAK_SCALES = 20.0
ERFCX_SWITCH = 20.0
"""Above this exp(x²) comes near overflow, and the asymptotic series is exact to 1e-15."""


@dataclass(frozen=True)
class WeightPrior:
    """Density ∝ exp(−a|w| − b w²/2) of one weight, with a = ``l1_rate`` and b = ``l2_rate``; not both are 0.

    ``is_of_groups``: of a penalty on groups, where a group is one weight.
    """

    l1_rate: float
    l2_rate: float
    is_of_groups: bool = False

    @property
    def is_laplace(self) -> bool:
        return self.l2_rate == 0.0

    @property
    def is_gauss(self) -> bool:
        return self.l1_rate == 0.0

    @property
    def scale(self) -> float:
        """Laplace: its scale 1/a. Gauss: its standard deviation 1/√b. Both: the smaller of the two."""
        scales = []
        if self.l1_rate > 0:
            scales.append(1.0 / self.l1_rate)
        if self.l2_rate > 0:
            scales.append(1.0 / math.sqrt(self.l2_rate))
        return min(scales)

    @property
    def normalizer(self) -> float:
        """∫ exp(−a|w| − b w²/2) dw."""
        if self.is_laplace:
            return 2.0 / self.l1_rate
        root = math.sqrt(2.0 * self.l2_rate)
        return 2.0 * math.sqrt(math.pi) / root * erfcx(self.l1_rate / root)

    def density(self, weights: Float64s) -> Float64s:
        """The density at ``weights``, of the same shape."""
        exponents = -self.l1_rate * np.abs(weights) - 0.5 * self.l2_rate * np.square(weights)
        return np.asarray(np.exp(exponents) / self.normalizer)

    def positions(self, limit: float) -> Float64s:
        """Where to draw it between −limit and limit: evenly, and densely about its peak; sorted."""
        peak = np.linspace(-PEAK_SCALES, PEAK_SCALES, N_PEAK_POINTS) * self.scale
        points = np.concatenate([np.linspace(-limit, limit, N_POINTS), peak[np.abs(peak) < limit]])
        return np.sort(points)


def layer_priors(settings: TrainSettings, network: Network, n_train: float) -> tuple[WeightPrior | None, ...]:
    """The prior on single weights in each layer; None without a penalty, and where it is on groups of several.

    ``n_train`` are the training rows as they count.

    A group of one weight has √1·|w| for its norm: there, and only there, the group lasso's prior is one on weights.
    Weights with the penalty factor F have the prior of λF. A layer whose weights differ in it has no one prior, and
    one that is never penalised has none.
    """
    penalty = penalty_for(settings, network)
    rate, share = n_train * penalty.lam, penalty.l1_share
    sizes = np.bincount(penalty.owners(network.n_weights))[penalty.owners(network.n_weights)]
    ends = np.cumsum([inputs * outputs for inputs, outputs in pairwise(network.sizes)])
    factors = np.ones(network.n_weights) if network.weight_factors is None else network.weight_factors
    priors: list[WeightPrior | None] = []
    for own, weighed in zip(np.split(sizes, ends[:-1]), np.split(factors, ends[:-1]), strict=True):
        own_rate = rate * float(weighed[0])
        is_one = own_rate > 0 and own.max() == 1 and bool((weighed == weighed[0]).all())
        l1_rate, l2_rate = own_rate * share, own_rate * (1.0 - share)
        priors.append(WeightPrior(l1_rate, l2_rate, is_of_groups=not penalty.is_separable) if is_one else None)
    return tuple(priors)


def erfcx(x: float) -> float:
    """exp(x²)·erfc(x) for x ≥ 0 (Abramowitz & Stegun 7.1.23 for large x)."""
    if x < ERFCX_SWITCH:
        return math.exp(x * x) * math.erfc(x)
    term = total = 1.0
    for order in range(1, 9):
        term *= -(2 * order - 1) / (2.0 * x * x)
        total += term
    return total / (x * math.sqrt(math.pi))
