"""Three models that differ in their penalty alone, trained side by side in one stack."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from regdesk.core.model.losses import Loss
from regdesk.core.model.network import Network
from regdesk.core.model.side_by_side import KINDS
from regdesk.core.training.stack import Stack
from regdesk.core.training.stack_arrays import Rows
from regdesk.core.types import Architecture, Float64s, Floats, TrainSettings, training_dtype


class Trio:
    """A model under each of ``KINDS``: the same rows, seed, order of mini-batches and first weights.

    Each is, bit for bit, what it would be if it were trained alone.
    """

    def __init__(
        self, network: Network, loss: Loss, inputs: Float64s, targets: Float64s, seed: int, start: Floats | None = None
    ) -> None:
        """``inputs`` ``(n_rows, n_inputs)`` standardised, ``targets`` ``(n_rows,)``: training rows only.

        All begin at ``start`` ``(n_parameters,)``, without it at the seed's initial parameters.
        """
        self.network = network
        null_outputs = loss.null_outputs(targets, network.sizes[-1])
        first = network.initial_parameters(seed, null_outputs) if start is None else start
        n_models = len(KINDS)
        rows = Rows.of_training(inputs, targets, loss.row_weights, n_models)
        dtype = training_dtype(Architecture(hidden=network.sizes[1:-1]))
        self._stack = Stack(network, loss, rows, np.stack([first] * n_models), [seed] * n_models, dtype)

    def advance(self, settings: TrainSettings, n_steps: int) -> None:
        """``n_steps`` optimiser steps of all, under ``settings`` but for the penalty, which is each one's own."""
        self._stack.advance(self.settings_of(settings), n_steps)

    @staticmethod
    def settings_of(settings: TrainSettings) -> tuple[TrainSettings, ...]:
        """What presses on each: one λ, and on the elastic net the L1 share of ``settings``."""
        return tuple(replace(settings, penalty=kind) for kind in KINDS)

    @property
    def parameters(self) -> Floats:
        """``(n_models, n_parameters)``, alive: copy what must last."""
        return self._stack.parameters

    @property
    def step(self) -> int:
        return int(self._stack.steps[0])

    @property
    def has_diverged(self) -> tuple[bool, ...]:
        return tuple(bool(one) for one in self._stack.has_diverged)

    def losses(self) -> Float64s:
        """Mean data loss of each, ``(n_models,)``."""
        return np.ascontiguousarray(self._stack.losses()[:, 0])

    def gradients(self) -> Floats:
        """∇ of the mean data loss of each, ``(n_models, n_parameters)``."""
        return self._stack.gradients()
