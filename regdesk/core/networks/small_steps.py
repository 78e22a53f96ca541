"""Small steps of Adam from where a network has stopped: whether there is a way down that longer steps do not see.

In the kinks of relu a quasi-Newton method ends although J still falls along them, and hops from there end in kinks next
to it. Of 77 models that a round of hops called the lowest around (4-3, 120 rows, L1 and L2), 21 lost more than 1e-3 of
J, one 1.5e-2, in 6,000 steps; 300 steps find 2.5e-4 in each of these.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from regdesk.core.networks.solver import NetworkProblem, Solution
from regdesk.core.stopping import Stop
from regdesk.core.training.stack import Stack
from regdesk.core.types import FULL_BATCH, Float64s, TrainSettings

SMALL_STEPS = ((1e-3, 200), (1e-4, 100))
"""Learning rates, and steps with each."""
CHUNK_VALUES = 20_000
"""Rows times steps between two looks at whether someone has cancelled."""


def step_down(problem: NetworkProblem, start: Float64s, settings: TrainSettings, stop: Stop) -> Solution:
    """The lowest of where each learning rate has led from ``start`` ``(n_parameters,)``; not called converged.

    Of relu, whose weights all have one unit.
    """
    units = problem.units
    pressed = units.settings_of_layers(settings, float(problem.network.weights(units.parameters, 0)[0, 0]))
    # The dtype in which networks are trained, which is compiled wherever they are.
    scaled = units.scaled(start)[np.newaxis]
    stack = Stack(problem.network, problem.loss, problem.rows(), scaled, [0], np.float32)
    chunk, n_passes, reached = max(1, CHUNK_VALUES // len(problem.targets)), 0, []
    for rate, count in SMALL_STEPS:
        pressed = replace(pressed, optimizer="adam", learning_rate=rate, batch_size=FULL_BATCH)
        left = count
        while left > 0 and not stop.is_requested:
            stack.advance([pressed], min(chunk, left))
            left -= chunk
        n_passes += count
        reached.append(problem.measure(units.unscaled(stack.parameters[0]), settings))
    lowest = min(reached, key=lambda one: one.objective)
    return replace(lowest, n_passes=n_passes, converged=False, was_cancelled=stop.is_requested)
