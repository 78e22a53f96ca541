"""The scale that a model's weights belong to, and the same model on another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.model.dataset import Dataset
from regdesk.core.model.network import Network
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.types import Float64s


@dataclass(frozen=True, eq=False)
class ModelScale:
    """Names of the inputs ``(n_inputs,)`` and the figures that standardise them and the target.

    ``opposite_names``: those of ``Dataset``; empty where no input tells two labels apart.
    """

    input_names: tuple[str, ...]
    input_scaler: Standardizer
    target_scaler: Standardizer
    opposite_names: tuple[str, ...] = ()

    @classmethod
    def of(cls, dataset: Dataset) -> ModelScale:
        return cls(dataset.input_names, dataset.input_scaler, dataset.target_scaler, dataset.opposite_names)

    def moved(self, weights: Float64s, biases: Float64s, to: ModelScale) -> tuple[Float64s, Float64s]:
        """``weights`` ``(n_inputs, n_outputs)`` and ``biases`` ``(n_outputs,)`` of this scale, on the scale ``to``.

        Predictions in original units are the same for rows that both encode alike. Inputs are matched by name; one that
        ``to`` does not have is 1 where another is 0 (of two labels only the second has an input) or else 0 in all of
        its rows (a level that none of its training rows has); one that only ``to`` has gets the weight 0.
        """
        result, at_zero = self._with_inputs_of(to, weights, biases)
        unit, shift = self._unit_and_shift(to)
        return unit * result, unit * at_zero + shift

    def moved_network(self, parameters: Float64s, network: Network, to: ModelScale) -> Float64s:
        """``parameters`` ``(n_parameters,)`` of ``network``, on the scale ``to``, as ``moved`` does it.

        Only the first layer knows the inputs and only the last one the target. Raises ValueError when ``network`` has
        not the inputs of this scale.
        """
        if network.sizes[0] != len(self.input_names):
            raise ValueError(f"the network has {network.sizes[0]} inputs, its scale {len(self.input_names)}")
        weights = [np.array(network.weights(parameters, layer), np.float64) for layer in range(network.n_layers)]
        biases = [np.array(network.biases(parameters, layer), np.float64) for layer in range(network.n_layers)]
        weights[0], biases[0] = self._with_inputs_of(to, weights[0], biases[0])
        unit, shift = self._unit_and_shift(to)
        weights[-1], biases[-1] = unit * weights[-1], unit * biases[-1] + shift
        return np.concatenate([part.ravel() for layer in zip(weights, biases, strict=True) for part in layer])

    def _unit_and_shift(self, to: ModelScale) -> tuple[float, float]:
        """Of an output: what it is multiplied by, and what is added then."""
        scale = to.target_scaler.scale[0]
        shift = (self.target_scaler.mean[0] - to.target_scaler.mean[0]) / scale
        return float(self.target_scaler.scale[0] / scale), float(shift)

    def _with_inputs_of(self, to: ModelScale, weights: Float64s, biases: Float64s) -> tuple[Float64s, Float64s]:
        """The first layer, ``(n_inputs, n_units)`` and ``(n_units,)``, for inputs as ``to`` standardises them."""
        places = {name: (place, 1.0) for place, name in enumerate(to.input_names)}
        for place, name in enumerate(to.opposite_names):
            places.setdefault(name, (place, -1.0))
        middle = np.zeros(len(self.input_names))
        result = np.zeros((len(to.input_names), weights.shape[1]))
        for number, name in enumerate(self.input_names):
            if name in places:
                place, sign = places[name]
                mean = to.input_scaler.mean[place]
                # Its value where ``to`` stands at 0, and what it changes by with one unit there.
                middle[number] = mean if sign > 0 else 1.0 - mean
                change = sign * to.input_scaler.scale[place]
                result[place] += weights[number] * (change / self.input_scaler.scale[number])
        return result, biases + ((middle - self.input_scaler.mean) / self.input_scaler.scale) @ weights
