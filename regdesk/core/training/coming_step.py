"""What the engine's next full-batch step will do before the penalty acts, from the optimiser's state as it stands."""

from __future__ import annotations

from typing import NamedTuple, Protocol

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
from regdesk.core.types import Float64s, Floats, TrainSettings


class Means(Protocol):
    """What an optimiser remembers of one model: running means ``(n_parameters,)``, and by what they are corrected,
    ``(2,)``; ``floor_steps_left`` counts down after a rise of λ.
    """

    @property
    def first_moment(self) -> Floats: ...
    @property
    def second_moment(self) -> Floats: ...
    @property
    def beta_powers(self) -> Float64s: ...
    @property
    def floor_steps_left(self) -> int: ...


class EngineMeans(NamedTuple):
    """Those of one model of the engine."""

    first_moment: Floats
    second_moment: Floats
    beta_powers: Float64s
    floor_steps_left: int

    @classmethod
    def of(cls, state: State, model: int = 0) -> EngineMeans:
        """As they stand in ``state``, alive."""
        first, second, powers = state.first_moment[model], state.second_moment[model], state.beta_powers[model]
        return cls(first, second, powers, int(state.floor_steps_left[model]))


def coming_step(means: Means, settings: TrainSettings, gradient: Float64s, least_metric: float = 0.0) -> NextStep:
    """``gradient`` ``(n_parameters,)`` is that of all rows. ``least_metric``: as ``Stack.fix_metric`` is told to.

    The formulas are those of ``engine/updates.py``; a test steps the engine beside them.
    """
    first = means.first_moment.astype(np.float64)
    metric, direction = np.ones(len(gradient)), gradient
    if settings.optimizer == "momentum":
        direction = MOMENTUM_BETA * first + (1.0 - MOMENTUM_BETA) * gradient
    elif settings.optimizer == "adam":
        power_1, power_2 = (float(power) for power in means.beta_powers)
        second = means.second_moment.astype(np.float64)
        if least_metric:
            second, power_2 = np.maximum(second, least_metric**2), 0.0
        second = BETA_2 * second + (1.0 - BETA_2) * np.square(gradient)
        direction = (BETA_1 * first + (1.0 - BETA_1) * gradient) / (1.0 - BETA_1 * power_1)
        own = np.sqrt(second / (1.0 - BETA_2 * power_2)) + ADAM_EPSILON
        metric = np.maximum(own, _floor(settings, means.floor_steps_left))
    for values in (gradient, direction, metric):
        values.flags.writeable = False
    return NextStep(gradient, direction, metric)


def _floor(settings: TrainSettings, n_steps_left: int) -> float:
    """The least that Adam divides by; see ``metric_floor``."""
    raised = max(1.0, SHRINK_STEPS * settings.learning_rate * n_steps_left / FLOOR_STEPS)
    return min(settings.effective_lam * raised, 1.0)
