"""Whether a network is dead: its weights gone, and what gradient is left no more than rounding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.model.losses import Loss
from regdesk.core.model.network import Network
from regdesk.core.model.penalties import penalty_for
from regdesk.core.types import Float64s, Floats, TrainSettings
from regdesk.core.weights.counting import LEAST_SIZE

SUM_ROUNDING = 8.0
"""Rounding of a mean over rows, in units of the dtype's."""

IDLE_SHARE = 64.0
"""Times the noise of gradients: what weights with nothing to hold them settle at (seen: up to 32 times)."""


def input_slope(loss: Loss, inputs: Float64s, targets: Float64s, null_outputs: Float64s) -> float:
    """‖mean x·∂ℓ/∂z‖ over rows at the null model: how hard the data pull on weights at W = 0.

    ``inputs`` ``(n_rows, n_inputs)``, ``targets`` ``(n_rows,)``, ``null_outputs`` ``(n_outputs,)``.
    """
    slopes = loss.derivatives(np.tile(null_outputs, (len(targets), 1)), targets)
    return float(np.linalg.norm(inputs.T @ slopes / len(targets)))


@dataclass(frozen=True)
class Collapse:
    """Judges moments of one network; ``slope`` as ``input_slope``."""

    network: Network
    loss: Loss
    slope: float

    def is_collapsed(self, settings: TrainSettings, parameters: Floats, gradient: Float64s, train_loss: float) -> bool:
        """``parameters`` and ``gradient`` of the mean training loss, which is ``train_loss``: ``(n_parameters,)``."""
        network = self.network
        if network.is_linear:
            return False
        noise = self._gradient_noise(settings, parameters, train_loss)
        # A gradient that reaches the last weights is the outputs' own times what the last hidden units always say.
        hidden = network.biases(parameters, network.n_layers - 2)
        loudest = max(1.0, float(hidden.max())) if network.activation == "relu" else 1.0
        if not np.abs(gradient[network.is_weight]).max() <= loudest * noise:
            return False
        return not parameters[network.is_weight].any() or self._is_stuck(settings, parameters, noise)

    def _gradient_noise(self, settings: TrainSettings, parameters: Floats, train_loss: float) -> float:
        """The ∂f/∂b of the outputs that the dtype cannot bring down any further.

        Two causes: the sum over rows is rounded, and a step η·g below half a rounding of b does not move b (measured:
        |g| stops at up to 0.49 ε|b|/η). No more than √ε of a row's own slope, however: above that J could still fall
        by more than its own rounding.
        """
        epsilon = float(np.finfo(parameters.dtype).eps)
        # A mean |∂ℓ/∂z| is at most √(2 mean ℓ) for ½(y − z)², and at most mean ℓ for the two others: 1 − e^−ℓ ≤ ℓ.
        typical = float(np.sqrt(2.0 * train_loss)) if self.loss.kind == "squared" else train_loss
        largest = float(np.abs(self.network.biases(parameters, self.network.n_layers - 1)).max())
        rounding = epsilon * (SUM_ROUNDING * typical + largest / settings.learning_rate)
        return min(rounding, float(np.sqrt(epsilon)) * typical)

    def _is_stuck(self, settings: TrainSettings, parameters: Floats, noise: float) -> bool:
        """Whether weights that are small and not zero stay so.

        Around W = 0 the loss is a product of as many factors as there are layers: a saddle with a way down for two,
        which tiny weights find; flat in second order for three or more. Of those, two layers that are gone grow at most
        at the rate slope × the norms of all others. Rounding keeps these alive, at noise/λ; the L2 share of λ holds the
        two down if it is larger. Without it they stay dead while the others are what rounding alone makes of them.
        """
        network = self.network
        if network.n_layers == 2:
            return False
        layers = [network.weights(parameters, layer).astype(np.float64) for layer in range(network.n_layers)]
        layers.sort(key=lambda weights: float(np.abs(weights).max()))
        if np.abs(layers[1]).max() > max(LEAST_SIZE, noise):
            return False
        l2 = settings.effective_lam * (1.0 - penalty_for(settings, network).l1_share)
        growth = self.slope * float(np.prod([np.linalg.norm(weights) for weights in layers[2:]]))
        return growth <= l2 or bool(np.abs(layers[-1]).max() <= max(LEAST_SIZE, IDLE_SHARE * noise))
