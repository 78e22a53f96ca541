"""What the engine's next full-batch step will do before the penalty acts, from the optimiser's state as it stands."""

from __future__ import annotations

import numpy as np

from regdesk.core.engine.structs import (
    ADAM_EPSILON,
    BETA_1,
    BETA_2,
    FLOOR_STEPS,
    MOMENTUM_BETA,
    SHRINK_STEPS,
    State,
)
from regdesk.core.run.next_step import NextStep
from regdesk.core.types import Float64s, TrainSettings


def coming_step(
    state: State, settings: TrainSettings, gradient: Float64s, least_metric: float = 0.0, model: int = 0
) -> NextStep:
    """``gradient`` ``(n_parameters,)`` is that of all rows. ``least_metric``: as ``Stack.fix_metric`` is told to.

    The formulas are those of ``engine/updates.py``; a test steps the engine beside them.
    """
    first = state.first_moment[model].astype(np.float64)
    metric, direction = np.ones(len(gradient)), gradient
    if settings.optimizer == "momentum":
        direction = MOMENTUM_BETA * first + (1.0 - MOMENTUM_BETA) * gradient
    elif settings.optimizer == "adam":
        power_1, power_2 = (float(power) for power in state.beta_powers[model])
        second = state.second_moment[model].astype(np.float64)
        if least_metric:
            second, power_2 = np.maximum(second, least_metric**2), 0.0
        second = BETA_2 * second + (1.0 - BETA_2) * np.square(gradient)
        direction = (BETA_1 * first + (1.0 - BETA_1) * gradient) / (1.0 - BETA_1 * power_1)
        own = np.sqrt(second / (1.0 - BETA_2 * power_2)) + ADAM_EPSILON
        metric = np.maximum(own, _floor(settings, int(state.floor_steps_left[model])))
    for values in (gradient, direction, metric):
        values.flags.writeable = False
    return NextStep(gradient, direction, metric)


def _floor(settings: TrainSettings, n_steps_left: int) -> float:
    """The least that Adam divides by; see ``metric_floor``."""
    raised = max(1.0, SHRINK_STEPS * settings.learning_rate * n_steps_left / FLOOR_STEPS)
    return min(settings.effective_lam * raised, 1.0)
