"""Which two weights are drawn where nobody has chosen any: one that is alive beside one that the penalty holds at 0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from regdesk.core.geometry.looks import Model
from regdesk.core.geometry.view import DefaultPair, GeometryRequest
from regdesk.core.model.network import Network
from regdesk.core.types import Booleans, Float64s, Floats, Integers

FELT_SHARE = 0.02
"""Of λ: where the loss pulls less on a zero, contours run along its axis, and no corner is needed to hold it."""
SETTLED_SHARE = 0.01
"""Of λ: what may be left of the sum's slope in a model that is at rest."""
OTHER_UNIT = 0.8
"""What is left of a pair's worth where the two do not enter one unit."""
MOST_TRIED = 40
"""Weights that are tried for either axis: a wide layer has millions of pairs."""


class DefaultPairs:
    """Of models of one dataset and one architecture; ``kept`` stands on the axes while it shows something."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._run: int | None = None
        self.kept: DefaultPair | None = None
        self._brought_back: DefaultPair | None = None

    def of(
        self,
        request: GeometryRequest,
        is_still: bool,
        at_rest: Callable[[], Model],
        first_two: Callable[[], tuple[int, int]],
    ) -> DefaultPair:
        """One that shows the corner of the penalty as soon as a model that ``is_still`` has one: that is looked for in
        the model ``at_rest``. Until then ``first_two``.
        """
        self._note(request)
        # Both may go to zero; those of a network before it is still.
        is_gone = (is_still or not self._network.is_linear) and self._is_gone(request.parameters)
        if is_gone:
            self.kept = None
        if is_still and not request.is_earlier and (self.kept is None or not self.kept.shows_corner):
            self._look_for_corner(at_rest())
        if self.kept is None:
            self.kept = DefaultPair(*first_two(), shows_corner=False)
        return self.kept

    def _look_for_corner(self, model: Model) -> None:
        """One that stands in a corner already stays; one of a model that still moves has to prove itself."""
        found = self.kept
        if found is None or not self._is_corner(found, model):
            found = corner_pair(self._network, model)
        if found is not None:
            self.kept = replace(found, shows_corner=is_settled(self._network, model))

    def _is_corner(self, pair: DefaultPair, model: Model) -> bool:
        is_alive = [bool(model.parameters[position] != 0.0) for position in (pair.first, pair.second)]
        return model.penalty.makes_zeros and is_alive[0] != is_alive[1]

    def _note(self, request: GeometryRequest) -> None:
        """What is brought back takes the place of what stood there, once."""
        if not self._network.is_linear and request.run != self._run:
            # Other first weights make another network of it; a linear model goes to the same place again.
            self.kept = None
        self._run = request.run
        found = request.brought_back
        if found is not None and found is not self._brought_back:
            self._brought_back = self.kept = found

    def _is_gone(self, parameters: Floats) -> bool:
        """Whether both are zero and others are not: then there is nothing to see."""
        if self.kept is None or parameters[[self.kept.first, self.kept.second]].any():
            return False
        return bool(parameters[self._network.is_weight].any())


def is_settled(network: Network, model: Model) -> bool:
    """Whether what λ holds and what the loss pulls are even in all weights: what is zero then stays so."""
    left = model.penalty.smallest_subgradient(model.weights, model.gradient[network.is_weight])
    return bool(np.abs(left).max(initial=0.0) <= SETTLED_SHARE * model.penalty.lam)


def corner_pair(network: Network, model: Model) -> DefaultPair | None:
    """The alive one is first; None where the penalty has no corner, or holds none of the weights in one.

    Of the first layer that has such a pair: that of which the lesser is greatest, of the alive one's size as a share of
    the largest, and of the pull of the loss on the zero as a share of what would move it.
    """
    penalty, weights = model.penalty, model.weights
    if not penalty.is_separable or not penalty.makes_zeros or penalty.lam == 0.0:
        return None
    pulls = penalty.steepness(model.gradient[network.is_weight]) / (penalty.lam * penalty.l1_share)
    # What is never penalised has no corner.
    is_held = ~penalty.is_free(len(weights))
    start = 0
    for layer in range(network.n_layers):
        n_units = network.sizes[layer + 1]
        stop = start + network.sizes[layer] * n_units
        alive = _largest(np.abs(weights), start, is_held & (weights != 0.0), stop)
        zeros = _largest(pulls, start, is_held & (weights == 0.0) & (pulls > FELT_SHARE), stop)
        if len(alive) and len(zeros):
            sizes = np.abs(weights[alive])
            worths = np.minimum.outer(sizes / sizes[0], np.minimum(pulls[zeros], 1.0))
            is_one_unit = np.equal.outer((alive - start) % n_units, (zeros - start) % n_units)
            worths *= np.where(is_one_unit, 1.0, OTHER_UNIT)
            row, column = np.unravel_index(int(worths.argmax()), worths.shape)
            positions = np.flatnonzero(network.is_weight)
            return DefaultPair(int(positions[alive[row]]), int(positions[zeros[column]]), shows_corner=True)
        start = stop
    return None


def _largest(worths: Float64s, start: int, is_candidate: Booleans, stop: int) -> Integers:
    """Places of the candidates of ``worths`` from ``start`` to ``stop`` that are worth most, the largest first."""
    places = start + np.flatnonzero(is_candidate[start:stop])
    return np.asarray(places[np.argsort(-worths[places], kind="stable")][:MOST_TRIED])
