"""Two models that differ in their penalty alone, trained side by side in one stack."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from regdesk.core.model.losses import Loss
from regdesk.core.model.network import Network
from regdesk.core.training.stack import Stack
from regdesk.core.training.stack_arrays import Rows
from regdesk.core.types import Architecture, Float64s, Floats, TrainSettings, training_dtype

KINDS = ("l1", "l2")


class Twins:
    """Model 0 under L1, model 1 under L2: the same rows, seed, order of mini-batches and first weights.

    Each is, bit for bit, what it would be if it were trained alone.
    """

    def __init__(
        self, network: Network, loss: Loss, inputs: Float64s, targets: Float64s, seed: int, start: Floats | None = None
    ) -> None:
        """``inputs`` ``(n_rows, n_inputs)`` standardised, ``targets`` ``(n_rows,)``: training rows only.

        Both begin at ``start`` ``(n_parameters,)``, without it at the seed's initial parameters.
        """
        self.network = network
        null_outputs = loss.null_outputs(targets, network.sizes[-1])
        first = network.initial_parameters(seed, null_outputs) if start is None else start
        rows = Rows.of_training(inputs, targets, loss.row_weights, 2)
        dtype = training_dtype(Architecture(hidden=network.sizes[1:-1]))
        self._stack = Stack(network, loss, rows, np.stack([first, first]), [seed, seed], dtype)

    def advance(self, settings: TrainSettings, n_steps: int, lambdas: tuple[float, float] | None = None) -> None:
        """``n_steps`` optimiser steps of both, under ``settings`` but for the penalty, which is each one's own.

        ``lambdas`` are those of L1 and of L2; without them both have that of ``settings``.
        """
        self._stack.advance(self.settings_of(settings, lambdas), n_steps)

    @staticmethod
    def settings_of(settings: TrainSettings, lambdas: tuple[float, float] | None = None) -> tuple[TrainSettings, ...]:
        """What presses on each of the two."""
        own = (settings.lam, settings.lam) if lambdas is None else lambdas
        return replace(settings, penalty="l1", lam=own[0]), replace(settings, penalty="l2", lam=own[1])

    @property
    def parameters(self) -> Floats:
        """``(2, n_parameters)``, alive: copy what must last."""
        return self._stack.parameters

    @property
    def step(self) -> int:
        return int(self._stack.steps[0])

    @property
    def has_diverged(self) -> tuple[bool, bool]:
        first, second = self._stack.has_diverged
        return bool(first), bool(second)

    def losses(self) -> Float64s:
        """Mean data loss of each, ``(2,)``."""
        return np.ascontiguousarray(self._stack.losses()[:, 0])

    def gradients(self) -> Floats:
        """∇ of the mean data loss of each, ``(2, n_parameters)``."""
        return self._stack.gradients()
