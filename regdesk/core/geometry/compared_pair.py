"""Which two weights a comparison of penalties is drawn over, where nobody has chosen them: those that show a corner."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from regdesk.core.geometry.looks import Model
from regdesk.core.model.network import Network
from regdesk.core.types import Float64s, Integers

MOST_TRIED = 40
"""Weights of each layer that are tried for either axis: a wide network has millions of pairs."""
FELT_SHARE = 0.02
"""Of λ: a loss that pulls less on a weight has contours that run along its axis, and no corner holds anything."""
UNFELT, OTHER_UNIT, OTHER_LAYER, ZERO_IN_NET = 0.1, 0.8, 0.3, 0.5
"""What is left of a pair's worth where the loss does not feel the zero, where the two do not enter one unit or layer,
and where the elastic net has the one at zero that is alive under L1.
"""
KEPT_SHARE = 0.5
"""Of the best pair's worth: a pair that is worth as much stays on the axes while models train."""


@dataclass(frozen=True, eq=False)
class _Side:
    """Candidates for one axis: ``places`` ``(n,)`` in the row of all weights, and what each is worth, from 0 to 1."""

    places: Integers
    worths: Float64s


class ComparedPair:
    """Of the models of one dataset under L1 and L2; keeps the pair while it is still a good one."""

    def __init__(self, network: Network) -> None:
        self._positions = np.flatnonzero(network.is_weight)
        ends = [network.ends_of(int(position)) for position in self._positions]
        self._layers = np.array([layer for layer, _, _ in ends])
        self._units = np.array([unit for _, _, unit in ends])
        factors = network.weight_factors
        # No diamond has a corner for a weight that is never penalised.
        self._is_held = np.ones(network.n_weights, dtype=bool) if factors is None else factors > 0.0
        self._kept: tuple[object, tuple[int, int]] | None = None

    def of(
        self, run: int, chosen: tuple[int | None, int | None], under_l1: Model, under_l2: Model, under_both: Model
    ) -> tuple[int, int]:
        """Positions in the row of all parameters for the axes; ``chosen`` are those that stand there by hand.

        Where L1 holds some weights at zero and not others: one of each, the largest of which the smaller is largest,
        and which L2 leaves alive. Where it holds all of them at zero: the largest under L2.
        """
        x, y = chosen
        if x is not None and y is not None:
            return x, y
        first, second = self._sides(under_l1, under_l2, under_both)
        fixed = x if x is not None else y
        if fixed is not None:
            place = int(np.searchsorted(self._positions, fixed))
            if place in second.places and place not in first.places:
                first, second = second, first
            first = replace(first, places=np.array([place]))
            second = replace(second, places=second.places[second.places != place])
        worths, places = self._table(first, second, under_l1)
        best = np.unravel_index(int(worths.argmax()), worths.shape)
        found = int(places[0][best[0]]), int(places[1][best[1]])
        found = self._kept_or(found, float(worths[best]), (run, chosen), worths, places)
        one, other = (int(self._positions[place]) for place in found)
        return (other, one) if y is not None else (one, other)

    def _kept_or(
        self,
        found: tuple[int, int],
        worth: float,
        key: object,
        worths: Float64s,
        places: tuple[Integers, Integers],
    ) -> tuple[int, int]:
        if self._kept is not None and self._kept[0] == key:
            row, column = (np.flatnonzero(side == one) for side, one in zip(places, self._kept[1], strict=True))
            if len(row) and len(column) and worths[row[0], column[0]] >= KEPT_SHARE * worth:
                return self._kept[1]
        self._kept = key, found
        return found

    def _sides(self, under_l1: Model, under_l2: Model, under_both: Model) -> tuple[_Side, _Side]:
        lasso, ridge = _shares(under_l1.weights), _shares(under_l2.weights)
        is_zero = under_l1.weights == 0.0
        both = np.minimum(lasso, ridge) * np.where(under_both.weights != 0.0, 1.0, ZERO_IN_NET)
        alive, zero = (np.flatnonzero(mask & self._is_held) for mask in (~is_zero, is_zero))
        if len(alive) and len(zero):
            return _Side(alive, both), _Side(zero, ridge)
        everything = _Side(np.arange(len(is_zero)), ridge if is_zero.all() else both)
        return everything, everything

    def _table(self, first: _Side, second: _Side, under_l1: Model) -> tuple[Float64s, tuple[Integers, Integers]]:
        """What each pair is worth, and the places of its rows and columns."""
        is_felt = np.abs(under_l1.gradient[self._positions]) > FELT_SHARE * under_l1.settings.effective_lam
        pulled = np.where(is_felt | (under_l1.weights != 0.0), 1.0, UNFELT)
        rows, columns = self._best_of(first, pulled), self._best_of(second, pulled)
        worths = np.minimum.outer(first.worths[rows], second.worths[columns])
        worths *= np.multiply.outer(pulled[rows], pulled[columns])
        same_layer = np.equal.outer(self._layers[rows], self._layers[columns])
        same_unit = same_layer & np.equal.outer(self._units[rows], self._units[columns])
        worths *= np.where(same_unit, 1.0, np.where(same_layer, OTHER_UNIT, OTHER_LAYER))
        worths[np.equal.outer(rows, columns)] = -1.0
        return worths, (rows, columns)

    def _best_of(self, side: _Side, pulled: Float64s) -> Integers:
        """The places worth most, ``MOST_TRIED`` of each layer."""
        order = side.places[np.argsort(-(side.worths * pulled)[side.places], kind="stable")]
        return np.concatenate([order[self._layers[order] == layer][:MOST_TRIED] for layer in np.unique(self._layers)])


def _shares(weights: Float64s) -> Float64s:
    """|w| as shares of the largest ``(n_weights,)``; 0 where nothing is finite."""
    sizes = np.nan_to_num(np.abs(weights), nan=0.0, posinf=0.0)
    return np.asarray(sizes / max(float(sizes.max(initial=0.0)), 1e-300))
