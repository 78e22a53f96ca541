"""A problem under penalty factors as one without them, for the profile over two weights under L1 or elastic net."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.linear.squared_path import GramStatistics
from regdesk.core.model.penalty import Penalty
from regdesk.core.types import Float64s, Integers


@dataclass(frozen=True, eq=False)
class ReducedPlane:
    """The others that are penalised in units of their factors, those that are not at their best for all else.

    Attributes:
        statistics: of the inputs of ``pair`` and of ``others``, at these positions.
        l2: what presses on the squares of all others; under factors it is part of ``statistics.gram``.
        held, units: which of all inputs ``others`` are, and what a weight is multiplied by: ``(n_others,)``.
        free: inputs that are never penalised; ``free_start`` are their weights where all else is 0, ``free_slopes``
            ``(n_free, 2 + n_others)`` what each of the weights of ``statistics`` takes from them.
    """

    statistics: GramStatistics
    pair: Integers
    others: Integers
    l2: float
    held: Integers
    units: Float64s
    free: Integers
    free_start: Float64s
    free_slopes: Float64s

    @classmethod
    def of(cls, statistics: GramStatistics, pair: tuple[int, int], penalty: Penalty) -> ReducedPlane:
        """``pair`` are two inputs of ``statistics``, which no factor touches: λ is on the other weights alone."""
        others, chosen = np.delete(np.arange(len(statistics.products)), list(pair)), np.array(pair)
        l2, nothing = penalty.lam * (1.0 - penalty.l1_share), np.empty(0)
        if penalty.is_even:
            ones, none = np.ones(len(others)), others[:0]
            return cls(statistics, chosen, others, l2, others, ones, none, nothing, np.empty((0, 2 + len(others))))
        blocks = penalty.blocks(others)
        factors = blocks.limits / (penalty.lam * penalty.l1_share)
        held, free, units = others[factors > 0.0], others[factors == 0.0], factors[factors > 0.0]
        kept, gram = np.append(chosen, held), statistics.gram
        inverse = np.linalg.pinv(gram[np.ix_(free, free)], rcond=1e-13, hermitian=True)
        across, scale = gram[np.ix_(free, kept)], np.append(np.ones(2), 1.0 / units)
        start, slopes = inverse @ statistics.products[free], (inverse @ across) * scale
        products = (statistics.products[kept] - across.T @ start) * scale
        left = np.outer(scale, scale) * gram[np.ix_(kept, kept)] - (across * scale).T @ slopes
        left += np.diag(np.append(np.zeros(2), blocks.ridges[factors > 0.0] / units**2))
        square = statistics.square - float(statistics.products[free] @ start)
        found = GramStatistics(
            statistics.n_rows, statistics.means[kept], statistics.target_mean, left, products, square
        )
        places = np.arange(2, len(kept))
        return cls(found, np.arange(2), places, 0.0, held, 1.0 / units, free, start, slopes)

    def weights_at(self, point: Float64s, others: Float64s, weights: Float64s) -> None:
        """Puts all but the pair into ``weights`` ``(n_inputs,)``, given the pair's and ``others`` in units of here."""
        weights[self.held] = others * self.units
        if len(self.free):
            weights[self.free] = self.free_start - self.free_slopes @ np.append(point, others)
