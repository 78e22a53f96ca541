"""Networks solved to convergence: one dataset's rows, and the point of least J that a start leads to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from regdesk.core.engine import kernels
from regdesk.core.engine.quasi_newton import AT_FALL, AT_RESIDUAL, AT_ROUNDING, CANCELLED, minimise
from regdesk.core.engine.quasi_newton_parts import smooth_value
from regdesk.core.engine.quasi_newton_structs import (
    GROUPED,
    SINGLE,
    SMOOTH,
    CornerPenalty,
    NetworkRows,
    SolveLimits,
)
from regdesk.core.engine.structs import Layout, Problem
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.losses import Loss
from regdesk.core.model.network import Network
from regdesk.core.model.penalties import penalty_for, penalty_value
from regdesk.core.networks.solving_units import SolvingUnits, target_size
from regdesk.core.stopping import Stop
from regdesk.core.training.stack_arrays import Rows, columns_of, layout_of, padded, pressures_of, problem_of, work_of
from regdesk.core.types import NETWORK_TOLERANCE, Architecture, Float64s, TrainSettings

MEMORY = {"tanh": 50, "relu": 20}
"""Curvature pairs. tanh: 50 need a sixth fewer passes than 20 (16-16, a sweep of 1,000 rows) and cost 3 µs a pass more.
Across the kinks of relu old pairs mislead: 50 end no lower and take a third longer (16-16, 200 rows)."""
ROUNDING, ROUGH_ROUNDING = 1e-15, 1e-7
"""Of J: what a pass in float64 and one in float32 are uncertain by."""
ROUGH_TOLERANCE, ROUGH_FALL = 2e-6, 1e-6
"""How far a model may be brought in float32, whose passes take half the time (16-16, 800 rows: 36 against 75 µs). A
little below the tolerance that is asked for, so that float64 has as a rule no more to do than to confirm it."""
ROUGH_SHARE = 0.9
"""Of the tolerance."""
LEAST_PASSES = 10
"""With fewer everything is in float64."""


@dataclass(frozen=True)
class Limits:
    """When a model is solved: at a residual, or where J falls too little to go on.

    Attributes:
        tolerance: ∞-norm of the smallest subgradient of J.
        fall: of |J| in ``window`` passes over the rows. Needed where there is no residual to reach: relu ends in kinks,
            and valleys of tanh go on for thousands of passes that lower J by next to nothing.
        max_passes: after so many a model counts as not converged.
        is_relative: ``tolerance`` is of standardised targets; of others it is multiplied by ``gradient_scale``.
    """

    tolerance: float = NETWORK_TOLERANCE
    fall: float = 1e-6
    window: int = 100
    max_passes: int = 10_000
    is_relative: bool = True

    def tolerance_for(self, problem: NetworkProblem) -> float:
        return self.tolerance * problem.gradient_scale if self.is_relative else self.tolerance


SWEEP_LIMITS = Limits(fall=1e-5, max_passes=3000)
"""Of one of hundreds of models, of which each begins near its end."""


@dataclass(frozen=True, eq=False)
class Solution:
    """Where one start led.

    Attributes:
        parameters: ``(n_parameters,)``, float64, not writeable.
        objective: J = ``data_loss`` + λ·``penalty_value``.
        residual: ∞-norm of the smallest subgradient of J.
        converged: by the residual or by the fall; false at the limit of passes and when cancelled.
        is_stationary: the residual is within the tolerance, or that of a subgradient at kinks of relu (``kinks.py``).
        is_verified: a round of hops from here gained next to nothing.
    """

    parameters: Float64s
    objective: float
    data_loss: float
    penalty_value: float
    residual: float
    n_passes: int
    converged: bool
    was_cancelled: bool = False
    is_stationary: bool = False
    is_verified: bool = False

    def __setstate__(self, state: dict[str, Any]) -> None:
        """From another process, too, parameters come as what may not be written to."""
        self.__dict__.update(state)
        self.parameters.flags.writeable = False

    @property
    def is_settled(self) -> bool:
        """Whether there is reason to believe that nothing near is lower: not that J has stopped falling, by itself."""
        return self.is_verified or (self.converged and self.is_stationary)

    def objective_at(self, lam: float) -> float:
        """J of the same parameters under another λ."""
        return self.data_loss + lam * self.penalty_value


@dataclass(frozen=True, eq=False)
class NetworkProblem:
    """The training rows of one dataset, standardised, and the network that is to fit them.

    Attributes:
        loss: of these rows, with their weights where they have any.
        inputs: ``(n_rows, n_inputs)``; ``targets`` ``(n_rows,)``, for softmax the class's index.
        gradient_scale: the most that a slope of J can be where that of standardised targets is 1.
        units: those in which it is solved; all that comes in and goes out is in the targets' own.
    """

    network: Network
    loss: Loss
    inputs: Float64s
    targets: Float64s
    gradient_scale: float = field(init=False, repr=False)
    units: SolvingUnits = field(init=False, repr=False)
    _scales: tuple[float, float] = field(init=False, repr=False)
    _single: tuple[Layout, Problem] = field(init=False, repr=False)
    _double: tuple[Layout, Problem] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        units = SolvingUnits.of(self.network, self.loss, self.targets)
        object.__setattr__(self, "units", units)
        own, slope = self._own_scale(), float(units.slopes.max())
        object.__setattr__(self, "_scales", (own, slope))
        object.__setattr__(self, "gradient_scale", own * slope)
        for name, dtype in (("_single", np.float32), ("_double", np.float64)):
            layout = layout_of(self.network, self.loss, dtype)
            layout = layout._replace(is_weight=(layout.is_weight * units.parameters).astype(dtype))
            object.__setattr__(self, name, (layout, problem_of(self.rows(), dtype)))

    def __reduce__(self) -> tuple[type[NetworkProblem], tuple[Network, Loss, Float64s, Float64s]]:
        """Where it is read again it is made again: addresses of compiled code are those of one process."""
        return NetworkProblem, (self.network, self.loss, self.inputs, self.targets)

    @classmethod
    def of(cls, dataset: Dataset, architecture: Architecture) -> NetworkProblem:
        network = Network.of(
            architecture, dataset.n_inputs, dataset.n_outputs, dataset.input_groups, dataset.input_factors
        )
        rows = dataset.split.train
        return cls(
            network, dataset.loss_on(rows), dataset.standardized_inputs(rows), dataset.standardized_targets(rows)
        )

    def rows(self) -> Rows:
        """All of them, for one model, with the targets in their unit."""
        return Rows.of_training(self.inputs, self.units.scaled_targets(self.targets), self.loss.row_weights)

    def initial_parameters(self, seed: int) -> Float64s:
        """The seed's own, whatever λ: common random numbers. ``(n_parameters,)``."""
        return self.network.initial_parameters(seed, self._null_outputs())

    def cold_start_beside(self, seed: int, number: int) -> Float64s:
        """A ``cold_start`` of a seed that no neighbour of ``seed`` begins with, another for each ``number`` from 0."""
        return self.cold_start((seed + 1) * 1_000_003 + number)

    def cold_start(self, seed: int) -> Float64s:
        """``initial_parameters``, made for targets of this size where it is far from 1. ``(n_parameters,)``.

        From weights of ordinary size a network finds no targets of 1e-6, and none of 1e6 in a few hundred passes.
        """
        parameters, is_weight = self.initial_parameters(seed), self.network.is_weight
        parameters[is_weight] *= self.units.parameters[is_weight] * self._own_size() ** (1.0 / self.network.n_layers)
        return parameters

    def _own_size(self) -> float:
        """Of the targets in their unit: not 1 only for tiny ones under tanh, which have none."""
        return target_size(self.loss, self.units.scaled_targets(self.targets))

    def _own_scale(self) -> float:
        """J's gradient in these units beside that of standardised targets: the smaller of an output bias's and a
        weight's, when layers share the size of the targets between them.
        """
        size = self._own_size()
        return float(min(size, size ** (2.0 - 1.0 / self.network.n_layers)))

    def _null_outputs(self) -> Float64s:
        return self.loss.null_outputs(self.targets, self.network.sizes[-1])

    def null_model(self) -> Solution:
        """All weights 0 and the output biases at their best: stationary under every λ once a layer is hidden."""
        parameters = np.zeros(self.network.n_parameters)
        self.network.biases(parameters, self.network.n_layers - 1)[:] = self._null_outputs()
        return self.measure(parameters, TrainSettings(penalty="none"))

    def measure(self, parameters: Float64s, settings: TrainSettings) -> Solution:
        """J and the residual at ``parameters``; nothing is moved."""
        return self.solve(parameters, settings, Limits(max_passes=1))

    def solve(
        self,
        start: Float64s,
        settings: TrainSettings,
        limits: Limits | None = None,
        stop: Stop | None = None,
    ) -> Solution:
        """Go down from ``start`` ``(n_parameters,)`` under the penalty of ``settings``, without the GIL.

        J never rises on the way, so that what a cancelled or unfinished call returns can be used.
        """
        limits, stop, units = limits or Limits(), stop or Stop(), self.units
        own_scale, slope = self._scales
        wanted, rough = limits.tolerance_for(self) / slope, ROUGH_TOLERANCE * own_scale
        parameters = units.scaled(np.array(start, dtype=np.float64))
        lam, in_force = settings.effective_lam / units.target**2, penalty_for(settings, self.network)
        l2, strength = lam * (1.0 - in_force.l1_share), lam * in_force.l1_share
        kind = SMOOTH if strength == 0.0 else SINGLE if in_force.is_separable else GROUPED
        penalty, n_places = CornerPenalty(self._ridges(l2), kind, strength), MEMORY[self.network.activation]
        rough_reason, n_rough, left = AT_ROUNDING, 0, limits.max_passes
        if limits.max_passes > LEAST_PASSES:
            tolerance, fall = max(rough, ROUGH_SHARE * wanted), max(ROUGH_FALL, limits.fall)
            rows = NetworkRows(*self._single, 0, work_of(self.network, np.float32))
            ends = SolveLimits(tolerance, fall, limits.window, limits.max_passes - 1, ROUGH_ROUNDING)
            rough_reason, *_, n_rough = minimise(rows, penalty, ends, parameters, n_places, stop.flag)
            left -= n_rough
        is_over = rough_reason == AT_FALL and limits.fall >= ROUGH_FALL
        rows = NetworkRows(*self._double, 0, work_of(self.network, np.float64))
        ends = SolveLimits(wanted, limits.fall, limits.window, 1 if is_over else left, ROUNDING)
        reason, objective, data_loss, residual, n_passes = minimise(
            rows, penalty, ends, parameters, n_places, stop.flag
        )
        was_cancelled, is_stationary = CANCELLED in (rough_reason, reason), residual <= wanted
        if units.target != 1.0:
            residual = self._residual(parameters, settings)
        parameters = units.unscaled(parameters)
        parameters.flags.writeable = False
        return Solution(
            parameters=parameters,
            objective=objective * units.target**2,
            data_loss=data_loss * units.target**2,
            penalty_value=penalty_value(settings, self.network, parameters[self.network.is_weight]),
            residual=residual,
            n_passes=n_rough + n_passes,
            converged=not was_cancelled and (is_over or reason in (AT_RESIDUAL, AT_FALL, AT_ROUNDING)),
            was_cancelled=was_cancelled,
            is_stationary=is_stationary,
        )

    def _ridges(self, l2: float) -> Float64s:
        """``l2`` on the square of each weight in these units, with its penalty factor; 0 for biases."""
        pressures = pressures_of(self.network)
        return np.asarray(l2 * pressures * np.square(self.units.parameters))

    def _residual(self, scaled: Float64s, settings: TrainSettings) -> float:
        """∞-norm of J's smallest subgradient in the target's own units, at parameters in these."""
        slopes = np.empty_like(scaled)
        smooth_value(*self._double, 0, scaled, np.zeros_like(scaled), work_of(self.network, np.float64), slopes)
        slopes *= self.units.slopes
        is_weight = self.network.is_weight
        weights = (scaled * self.units.parameters)[is_weight]
        slopes[is_weight] = penalty_for(settings, self.network).smallest_subgradient(weights, slopes[is_weight])
        return float(np.abs(slopes).max())

    def outputs(self, parameters: Float64s, inputs: Float64s) -> Float64s:
        """``(n_rows, n_outputs)`` for ``inputs`` ``(n_rows, n_inputs)``: standardised, log-odds, or logits."""
        n_padded = padded(len(inputs))
        outputs = np.empty((self.network.sizes[-1], n_padded))
        columns = columns_of(inputs, np.float64)
        # What may not be written would be compiled anew.
        own = np.array(parameters, dtype=np.float64)
        kernels.predict(self._double[0], own, columns, n_padded, work_of(self.network, np.float64), outputs)
        return np.ascontiguousarray(outputs[:, : len(inputs)].T)
