"""Whether a relu network that has stopped in kinks is stationary there: a certificate, or none.

Where a row's input to a unit is 0, J has a kink. If J grows with the unit's output there, the kink is convex: the
slopes to both sides and all between them are subgradients, and if 0 is among them, J falls in no direction (Rockafellar
& Wets 1998, theorem 10.1). If J falls with the output, the kink is a ridge, and J falls to either side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from regdesk.core.model.penalties import penalty_for
from regdesk.core.networks.solver import NetworkProblem, Solution
from regdesk.core.types import Float64s, Integers, TrainSettings

KINK_SHARE = 1e-4
"""Of the largest input to a unit, over the rows: what is no further from 0 may stand in the unit's kink."""
MOST_KINKS, MOST_VALUES = 200, 500_000
"""With more kinks, or more rows times units, nothing is claimed: nobody can stop what is calculated here."""
LEAST_SLOPE = 1e-2
"""Of the tolerance: how much a kink may change the gradient and not count as one."""
MOST_ROUNDS = 20
LEAST_GAP = 1e-6
"""Of J: no more may be left to fall on the way into the kinks."""


@dataclass(frozen=True)
class Certificate:
    """Of parameters p: to first order J(p + d) ≥ J(p) − ``gap`` − ``residual``·‖d‖₁, whatever the direction of d.

    Attributes:
        residual: ∞-norm of a subgradient of J, kinks of relu included.
        gap: how much J may still fall on the way into the kinks that this subgradient is of.
    """

    residual: float
    gap: float


NOTHING = Certificate(np.inf, np.inf)


def certified(problem: NetworkProblem, solution: Solution, settings: TrainSettings, tolerance: float) -> Solution:
    """``solution``, said to be stationary where its kinks prove it to ``tolerance``; relu alone has kinks."""
    network, n_rows = problem.network, len(problem.targets)
    if network.activation != "relu" or solution.is_stationary or not np.isfinite(solution.objective):
        return solution
    if n_rows * sum(network.sizes) > MOST_VALUES:
        return solution
    found = kink_certificate(problem, solution.parameters, settings, tolerance)
    is_proved = found.residual <= tolerance and found.gap <= LEAST_GAP * abs(solution.objective)
    return replace(solution, is_stationary=True) if is_proved else solution


def kink_certificate(
    problem: NetworkProblem, parameters: Float64s, settings: TrainSettings, tolerance: float
) -> Certificate:
    """Of ``parameters`` ``(n_parameters,)`` of relu; infinite where a ridge is near or where nothing is known."""
    passed = _Pass(problem, parameters)
    layers = [passed.kinks(layer, LEAST_SLOPE * tolerance) for layer in range(problem.network.n_layers - 1)]
    rows = np.concatenate([np.unique(kinks.rows) for kinks in layers])
    n_kinks = sum(len(kinks.rows) for kinks in layers)
    slopes = np.concatenate([kinks.slopes for kinks in layers])
    # What a kink changes depends on the shares of those that its row is in further up.
    is_ambiguous = len(np.unique(rows)) < len(rows)
    if n_kinks > MOST_KINKS or is_ambiguous or (slopes < 0.0).any():
        return NOTHING
    inputs = np.concatenate([kinks.inputs for kinks in layers])
    columns = np.concatenate([passed.columns(layer, kinks) for layer, kinks in enumerate(layers)], axis=1)
    without = passed.gradient() - columns @ (inputs > 0.0)
    penalty, is_weight = penalty_for(settings, problem.network), problem.network.is_weight

    def subgradient(gradient: Float64s) -> Float64s:
        found = gradient.copy()
        found[is_weight] = penalty.smallest_subgradient(parameters[is_weight], gradient[is_weight])
        return found

    # What the penalty holds at 0 takes care of itself.
    is_free = ~is_weight | (parameters != 0.0) | (penalty.l1_share == 0.0)
    shares = _shares(columns[is_free], subgradient(without)[is_free])
    left = subgradient(without + columns @ shares)
    return Certificate(float(np.abs(left).max()), float(slopes @ (np.maximum(inputs, 0.0) - shares * inputs)))


@dataclass(frozen=True)
class _Kinks:
    """Of one hidden layer: rows and units, J's slope along the unit's output, and the unit's input, each ``(n,)``."""

    rows: Integers
    units: Integers
    slopes: Float64s
    inputs: Float64s


class _Pass:
    """One over the rows, forwards and back."""

    def __init__(self, problem: NetworkProblem, parameters: Float64s) -> None:
        network = self._network = problem.network
        self._parameters = parameters
        # What each layer is given, and what its units are.
        self._given, self._inputs = [problem.inputs], list[Float64s]()
        for layer in range(network.n_layers):
            own = self._given[-1] @ network.weights(parameters, layer) + network.biases(parameters, layer)
            self._inputs.append(own)
            self._given.append(np.maximum(own, 0.0))
        # J's slopes along the inputs of the last layer's units, and along the outputs of the others.
        slopes = problem.loss.derivatives(self._inputs[-1], problem.targets) / len(problem.targets)
        self._into, self._out_of = [slopes], list[Float64s]()
        for layer in range(network.n_layers - 1, 0, -1):
            slopes = self._into[0] @ network.weights(parameters, layer).T
            self._out_of.insert(0, slopes)
            self._into.insert(0, slopes * (self._inputs[layer - 1] > 0.0))

    def gradient(self) -> Float64s:
        """``(n_parameters,)``, of the loss; a row at 0 counts as off."""
        found = np.zeros(self._network.n_parameters)
        for layer, slopes in enumerate(self._into):
            self._network.weights(found, layer)[:] = self._given[layer].T @ slopes
            self._network.biases(found, layer)[:] = slopes.sum(axis=0)
        return found

    def kinks(self, layer: int, least: float) -> _Kinks:
        """Those of the layer that may change the gradient by ``least`` or more."""
        inputs, slopes = self._inputs[layer], self._out_of[layer]
        sizes = np.maximum(np.abs(self._given[layer]).max(axis=1, keepdims=True), 1.0)
        is_near = np.abs(inputs) <= KINK_SHARE * np.abs(inputs).max(axis=0)
        rows, units = np.nonzero(is_near & (np.abs(slopes) * sizes >= least))
        return _Kinks(rows, units, slopes[rows, units], inputs[rows, units])

    def columns(self, layer: int, kinks: _Kinks) -> Float64s:
        """``(n_parameters, n_kinks)``: what the gradient gains where a row counts as on."""
        network, count = self._network, len(kinks.rows)
        found = np.zeros((count, network.n_parameters))
        back = np.zeros((count, network.sizes[layer + 1]))
        back[np.arange(count), kinks.units] = kinks.slopes
        for own in range(layer, -1, -1):
            given = self._given[own][kinks.rows]
            start, stop = network.weight_offsets[own], network.bias_offsets[own]
            found[:, start:stop] = (given[:, :, np.newaxis] * back[:, np.newaxis, :]).reshape(count, stop - start)
            found[:, stop : stop + network.sizes[own + 1]] = back
            if own > 0:
                back = back @ network.weights(self._parameters, own).T * (self._inputs[own - 1][kinks.rows] > 0.0)
        return found.T


def _shares(columns: Float64s, target: Float64s) -> Float64s:
    """``(n_kinks,)`` from 0 to 1, with which ``columns`` come near −``target``: as good as least squares with bounds
    where those that leave them once stay at them, and any shares are a subgradient's.
    """
    count = columns.shape[1]
    shares, is_free = np.zeros(count), np.ones(count, dtype=np.bool_)
    for _ in range(MOST_ROUNDS):
        if not is_free.any():
            break
        rest = -target - columns[:, ~is_free] @ shares[~is_free]
        own = np.linalg.lstsq(columns[:, is_free], rest, rcond=None)[0]
        shares[is_free] = np.clip(own, 0.0, 1.0)
        outside = (own < 0.0) | (own > 1.0)
        if not outside.any():
            break
        is_free[np.flatnonzero(is_free)[outside]] = False
    return shares
