"""The units that a network is solved in: those of targets whose deviation is about 1, whatever they were measured in.

A model of targets of 1e6 has weights of very different size, and a method that knows no units crawls. So targets are
divided by their size and parameters by theirs, and λ acts on each in its own unit: J is the same but for a factor.
Targets around 1e6 with a deviation of 1 have lost most of their digits in float32: their mean is taken off, and off the
output's bias, which no penalty presses on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from regdesk.core.model.losses import Loss
from regdesk.core.model.network import Network
from regdesk.core.types import Float64s, TrainSettings

ORDINARY = 10.0
"""Targets whose deviation is up to so many times more or less than 1 are treated as standardised ones."""


def target_size(loss: Loss, targets: Float64s) -> float:
    """The deviation of squared loss's targets; 1 where that is about 1, as in standardised ones, and of classes."""
    spread = float(targets.std()) if loss.kind == "squared" else 1.0
    return spread if spread > 0 and not 1.0 / ORDINARY < spread < ORDINARY else 1.0


def _shift_of(loss: Loss, targets: Float64s) -> float:
    """The mean of squared loss's targets where it is far from 0 beside their deviation, else 0."""
    if loss.kind != "squared":
        return 0.0
    mean, spread = float(targets.mean()), float(targets.std())
    return mean if abs(mean) > ORDINARY * spread else 0.0


@dataclass(frozen=True, eq=False)
class SolvingUnits:
    """Powers of two, so that nothing is rounded on the way in and out but by a shift.

    Attributes:
        target: what targets are divided by.
        parameters: ``(n_parameters,)``, what the parameters are divided by.
        shift: what is taken off the targets before, ``shifts`` ``(n_parameters,)`` off the parameters; mostly 0.
    """

    target: float
    parameters: Float64s
    shift: float
    shifts: Float64s

    @classmethod
    def of(cls, network: Network, loss: Loss, targets: Float64s) -> SolvingUnits:
        """relu's layers share the size of the targets between them, since outputs are proportional to each.

        Inputs in such units would drive tanh to its ends, so that there the last layer has it alone. For targets far
        below 1 tanh is all but linear, and its layers would have to share, too, which tanh does not allow: they are
        left as they are.
        """
        size, units, n_layers = target_size(loss, targets), np.ones(network.n_parameters), network.n_layers
        shift, shifts = _shift_of(loss, targets), np.zeros(network.n_parameters)
        network.biases(shifts, n_layers - 1)[:] = shift
        if network.activation == "relu":
            layer = 2.0 ** round(np.log2(size) / n_layers)
            for number in range(n_layers):
                network.weights(units, number)[:] = layer
                network.biases(units, number)[:] = layer ** (number + 1)
            return cls(layer**n_layers, units, shift, shifts)
        target = 2.0 ** round(np.log2(max(size, 1.0)))
        network.weights(units, n_layers - 1)[:] = target
        network.biases(units, n_layers - 1)[:] = target
        return cls(target, units, shift, shifts)

    def scaled_targets(self, targets: Float64s) -> Float64s:
        return np.asarray((targets - self.shift) / self.target)

    def scaled(self, parameters: Float64s) -> Float64s:
        """``parameters`` ``(n_parameters,)`` in these units."""
        return np.asarray((parameters - self.shifts) / self.parameters)

    def unscaled(self, parameters: Float64s) -> Float64s:
        """``parameters`` ``(n_parameters,)`` of these units in the targets' own."""
        return np.asarray(parameters * self.parameters + self.shifts)

    @property
    def slopes(self) -> Float64s:
        """``(n_parameters,)``: J's slopes, as multiples of those in these units."""
        return self.target**2 / self.parameters

    def settings_of_layers(self, settings: TrainSettings, weight_unit: float) -> TrainSettings:
        """The same pressure in these units, on weights that all have the unit ``weight_unit``."""
        share = settings.l1_ratio
        single, square = (weight_unit**power / self.target**2 for power in (1, 2))
        if settings.penalty == "elastic-net":
            total = share * single + (1.0 - share) * square
            return replace(settings, lam=settings.lam * total, l1_ratio=share * single / total)
        return replace(settings, lam=settings.lam * (square if settings.penalty == "l2" else single))
