"""A network's shape: where its parameters stand, and the weights that a seed gives."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from regdesk.core.types import ActivationKind, Architecture, Float64s, Floats, Integers

Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True)
class Network:
    """Fully connected layers; parameters in one row: W1 (inputs × outputs, row by row), b1, W2, b2, …

    ``input_groups`` ``(n_inputs,)`` numbers the column that each input comes from, neighbours first: 0, 0, 1, 2, 2;
    empty means that each input is a column. ``input_factors`` ``(n_inputs,)`` multiply the penalty of all weights that
    leave an input; empty means 1. Raises ValueError when inputs of one column are not neighbours, or differ in factor.
    """

    sizes: tuple[int, ...]
    activation: ActivationKind
    input_groups: tuple[int, ...] = ()
    input_factors: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        starts = [group for group, _ in groupby(self.input_groups)]
        if len(starts) != len(set(starts)) or len(self.input_groups) not in (0, self.sizes[0]):
            raise ValueError(f"inputs of one column must be neighbours, one number an input: {self.input_groups}")
        if len(self.input_factors) not in (0, self.sizes[0]):
            raise ValueError(f"one factor an input, not {len(self.input_factors)} of {self.sizes[0]}")
        pairs = set(zip(self.input_groups, self.input_factors, strict=False))
        if len(pairs) > len(starts):
            raise ValueError(f"inputs of one column have one factor: {self.input_factors}")

    @classmethod
    def of(
        cls,
        architecture: Architecture,
        n_inputs: int,
        n_outputs: int = 1,
        input_groups: Iterable[int] = (),
        input_factors: Iterable[float] = (),
    ) -> Network:
        groups, factors = tuple(int(group) for group in input_groups), tuple(float(one) for one in input_factors)
        return cls((n_inputs, *architecture.hidden, n_outputs), architecture.activation, groups, factors)

    @property
    def n_layers(self) -> int:
        return len(self.sizes) - 1

    @property
    def is_linear(self) -> bool:
        return self.n_layers == 1

    @cached_property
    def weight_offsets(self) -> Integers:
        """Shape ``(n_layers,)``: where each W starts."""
        counts = [(inputs + 1) * outputs for inputs, outputs in pairwise(self.sizes)]
        return np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)

    @cached_property
    def bias_offsets(self) -> Integers:
        """Shape ``(n_layers,)``: where each b starts."""
        products = [inputs * outputs for inputs, outputs in pairwise(self.sizes)]
        return self.weight_offsets + np.array(products, dtype=np.int64)

    @cached_property
    def n_parameters(self) -> int:
        return int(self.bias_offsets[-1]) + self.sizes[-1]

    @cached_property
    def is_weight(self) -> NDArray[np.bool_]:
        """Shape ``(n_parameters,)``: False for biases, which no penalty touches."""
        mask = np.zeros(self.n_parameters, dtype=bool)
        for start, stop in zip(self.weight_offsets, self.bias_offsets, strict=True):
            mask[start:stop] = True
        return mask

    @cached_property
    def n_weights(self) -> int:
        return int(self.is_weight.sum())

    @cached_property
    def group_bounds(self) -> Integers:
        """Shape ``(n_groups + 1,)``: the group lasso's groups in the row of all weights (no biases) begin here.

        A group is what leaves one column's inputs, or in deeper layers one unit; the last bound is ``n_weights``.
        """
        columns = [len(list(group)) for _, group in groupby(self.input_groups)] or [1] * self.sizes[0]
        counts = [count * self.sizes[1] for count in columns]
        for units, outputs in pairwise(self.sizes[1:]):
            counts += [outputs] * units
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    @cached_property
    def weight_factors(self) -> Float64s | None:
        """What multiplies the penalty of each weight ``(n_weights,)``; None where all are 1.

        Those of the first layer have their input's factor, those of deeper layers 1.
        """
        if all(factor == 1.0 for factor in self.input_factors):
            return None
        factors = np.ones(self.n_weights)
        own = np.repeat(np.array(self.input_factors), self.sizes[1])
        factors[: len(own)] = own
        return factors

    def ends_of(self, position: int) -> tuple[int, int, int]:
        """Layer, source and unit, all from 0, of the weight at ``position`` in the row of all parameters."""
        layer = int(np.searchsorted(self.weight_offsets, position, side="right")) - 1
        source, unit = divmod(position - int(self.weight_offsets[layer]), self.sizes[layer + 1])
        return layer, source, unit

    def weights(self, parameters: NDArray[Scalar], layer: int) -> NDArray[Scalar]:
        """W of a layer, a view of shape ``(n_inputs, n_outputs)``."""
        start, stop = self.weight_offsets[layer], self.bias_offsets[layer]
        return parameters[start:stop].reshape(self.sizes[layer], self.sizes[layer + 1])

    def biases(self, parameters: NDArray[Scalar], layer: int) -> NDArray[Scalar]:
        """b of a layer, a view of shape ``(n_outputs,)``."""
        start = self.bias_offsets[layer]
        return parameters[start : start + self.sizes[layer + 1]]

    def initial_parameters(self, seed: int, output_biases: Sequence[float] | Float64s) -> Float64s:
        """The seed's initial parameters, shape ``(n_parameters,)``.

        Weights are uniform within ±√(6/(fan_in + fan_out)) (Glorot & Bengio 2010, eq. 16), for relu with
        twice the variance of fan_in (He et al. 2015, eq. 10). Hidden biases are 0; ``output_biases``
        ``(n_outputs,)`` are those of the null model.
        """
        generator = np.random.default_rng(seed)
        parameters = np.zeros(self.n_parameters)
        for layer in range(self.n_layers):
            fan_in, fan_out = self.sizes[layer], self.sizes[layer + 1]
            is_relu = self.activation == "relu" and layer < self.n_layers - 1
            bound = np.sqrt(6.0 / fan_in) if is_relu else np.sqrt(6.0 / (fan_in + fan_out))
            self.weights(parameters, layer)[:] = generator.uniform(-bound, bound, (fan_in, fan_out))
        self.biases(parameters, self.n_layers - 1)[:] = output_biases
        return parameters


def weights_digest(parameters: Floats) -> str:
    """sha256 of the parameters W1, b1, W2, … as little-endian bytes of their dtype."""
    little_endian = parameters.astype(parameters.dtype.newbyteorder("<"))
    return hashlib.sha256(little_endian.tobytes()).hexdigest()
