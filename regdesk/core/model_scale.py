"""The scale that a linear model's weights belong to, and the same model on another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.dataset import Dataset, Standardizer
from regdesk.core.types import Float64s


@dataclass(frozen=True, eq=False)
class ModelScale:
    """Names of the inputs ``(n_inputs,)`` and the figures that standardise them and the target."""

    input_names: tuple[str, ...]
    input_scaler: Standardizer
    target_scaler: Standardizer

    @classmethod
    def of(cls, dataset: Dataset) -> ModelScale:
        return cls(dataset.input_names, dataset.input_scaler, dataset.target_scaler)

    def moved(self, weights: Float64s, biases: Float64s, to: ModelScale) -> tuple[Float64s, Float64s]:
        """``weights`` ``(n_inputs, n_outputs)`` and ``biases`` ``(n_outputs,)`` of this scale, on the scale ``to``.

        Predictions in original units are the same for rows that both encode alike. Inputs are matched by name; one that
        ``to`` does not have is 0 in all of its rows (a level that none of its training rows has), one that only ``to``
        has gets the weight 0.
        """
        unit = self.target_scaler.scale[0] / to.target_scaler.scale[0]
        places = {name: place for place, name in enumerate(to.input_names)}
        means, scales = np.zeros(len(self.input_names)), np.ones(len(self.input_names))
        result = np.zeros((len(to.input_names), weights.shape[1]))
        for number, name in enumerate(self.input_names):
            place = places.get(name)
            if place is not None:
                means[number], scales[number] = to.input_scaler.mean[place], to.input_scaler.scale[place]
                result[place] = weights[number] * (unit * scales[number] / self.input_scaler.scale[number])
        # What this scale makes of a row that stands at 0 on the other.
        at_zero = biases + ((means - self.input_scaler.mean) / self.input_scaler.scale) @ weights
        shift = (self.target_scaler.mean[0] - to.target_scaler.mean[0]) / to.target_scaler.scale[0]
        return result, unit * at_zero + shift
