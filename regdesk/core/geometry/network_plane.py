"""The data loss of a network over a plane of its parameters: two weights of any layers, or two directions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike

from regdesk.core.engine import plane_kernels
from regdesk.core.geometry.plane import PlaneGrid
from regdesk.core.model.losses import Loss
from regdesk.core.model.network import Network
from regdesk.core.training.stack_arrays import BLOCK_BYTES, columns_of, layout_of, padded
from regdesk.core.types import Float64s, Floats

ROWS_A_CALL = 4_000_000
"""Rows times parameters that a compiled call may work through, about 1 ms, before it can be interrupted."""


@dataclass(frozen=True)
class WeightPlace:
    """Where one weight stands: from unit ``source`` of what goes into ``layer`` (0 is the first) to its ``unit``."""

    layer: int
    source: int
    unit: int

    @classmethod
    def of(cls, network: Network, position: int) -> WeightPlace:
        """Of the parameter at ``position``. Raises ValueError for a bias or for none at all."""
        if not 0 <= position < network.n_parameters or not network.is_weight[position]:
            raise ValueError(f"parameter {position} is no weight")
        layer = int(np.searchsorted(network.weight_offsets, position, side="right")) - 1
        source, unit = divmod(position - int(network.weight_offsets[layer]), network.sizes[layer + 1])
        return cls(layer, source, unit)

    def position(self, network: Network) -> int:
        """In the row of all parameters."""
        return int(network.weight_offsets[self.layer]) + self.source * network.sizes[self.layer + 1] + self.unit


class NetworkPlane:
    """The rows of one problem, and the engine's scratch; one thread at a time may use it.

    Serves linear models of any loss, too, exactly: in float64 to rounding. In float32 losses are within 1e-5 of what
    ``Stack.losses`` says (they are sums over rows of a function known to 1e-7, but for rounding on the way up).
    """

    def __init__(self, network: Network, loss: Loss, inputs: Float64s, targets: Float64s, dtype: DTypeLike) -> None:
        """``inputs`` ``(n_rows, n_inputs)`` standardised, ``targets`` ``(n_rows,)`` (class indices for softmax).

        ``loss`` is that of these rows, with their weights where they have any.
        """
        self.network = network
        self.dtype = np.dtype(dtype)
        self._n_rows = len(targets)
        n_padded, block = padded(len(targets)), BLOCK_BYTES // self.dtype.itemsize

        def row(values: Float64s | float) -> Floats:
            filled: Floats = np.zeros(n_padded, dtype=self.dtype)
            filled[: self._n_rows] = values
            return filled

        def scratch(n_units: int) -> Floats:
            zeros: Floats = np.zeros(n_units * block, dtype=self.dtype)
            return zeros

        shares = 1.0 if loss.shares is None else loss.shares
        self._rows = plane_kernels.PlaneRows(columns_of(inputs, self.dtype), row(targets), row(shares), n_padded)
        self._work = plane_kernels.PlaneWork(
            activations=scratch(sum(network.sizes[1:])),
            unit=scratch(1),
            moved=scratch(1),
            following=scratch(max(network.sizes[1:])),
            losses=np.zeros(block),
            totals=np.zeros(block),
            block=block,
        )
        self._layout = layout_of(network, loss, self.dtype)

    def slice(
        self,
        parameters: Floats,
        pair: tuple[int, int],
        x_values: Float64s,
        y_values: Float64s,
        should_stop: Callable[[], bool] | None = None,
    ) -> PlaneGrid | None:
        """The mean data loss over the weights at positions ``pair`` (x, y) of ``parameters`` ``(n_parameters,)``.

        All other parameters are as they are. None when ``should_stop``, asked every millisecond or so, says so.
        Raises ValueError unless the pair are two different weights.
        """
        places = [WeightPlace.of(self.network, position) for position in pair]
        if pair[0] == pair[1]:
            raise ValueError("a plane needs two different weights")
        # The deeper weight runs inside: fewer layers follow it.
        is_x_inner = places[0].layer >= places[1].layer
        inner, outer = (0, 1) if is_x_inner else (1, 0)
        values = (x_values.astype(self.dtype), y_values.astype(self.dtype))
        losses = np.empty((len(values[outer]), len(values[inner])))
        place = plane_kernels.Place(places[inner].layer, places[inner].source, places[inner].unit)
        axes = plane_kernels.SliceAxes(pair[outer], pair[inner], place, values[outer], values[inner])
        own = parameters.astype(self.dtype)
        at_once = self._at_once(len(values[inner]))
        for first in range(0, len(losses), at_once):
            if should_stop is not None and should_stop():
                return None
            last = min(first + at_once, len(losses))
            plane_kernels.slice_losses(self._layout, self._rows, own, axes, first, last, self._work, losses)
        losses /= self._n_rows
        return PlaneGrid(x_values, y_values, losses if is_x_inner else np.ascontiguousarray(losses.T))

    def losses_at(self, points: Floats, should_stop: Callable[[], bool] | None = None) -> Float64s | None:
        """The mean data loss ``(n_points,)`` at ``points`` ``(n_points, n_parameters)``; None as for ``slice``."""
        own = np.ascontiguousarray(points, dtype=self.dtype)
        losses = np.empty(len(own))
        at_once = self._at_once(1)
        for first in range(0, len(own), at_once):
            if should_stop is not None and should_stop():
                return None
            last = min(first + at_once, len(own))
            plane_kernels.losses_at(self._layout, self._rows, own, first, last, self._work, losses)
        return losses / self._n_rows

    def _at_once(self, n_inner: int) -> int:
        work = self._n_rows * self.network.n_parameters * n_inner
        return max(1, ROWS_A_CALL // max(work, 1))
