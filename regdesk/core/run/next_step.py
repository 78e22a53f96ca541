"""What the optimiser is about to do with every parameter, and what its next step makes of a single weight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.model.network import Network
from regdesk.core.model.penalties import penalty_for
from regdesk.core.types import Float64s, Floats, TrainSettings


@dataclass(frozen=True, eq=False)
class NextStep:
    """How the next step moves all parameters before the penalty acts: u = w − (η/d) · direction.

    Attributes:
        gradient: ``(n_parameters,)``, of the data loss over all training rows.
        direction: ``(n_parameters,)``, what the step goes against: the gradient, or the optimiser's mean of gradients.
        metric: ``(n_parameters,)``, d: 1 but for Adam, where each parameter has its own.
    """

    gradient: Float64s
    direction: Float64s
    metric: Float64s


@dataclass(frozen=True)
class WeightStep:
    """The next step of one parameter, standardised. Where a batch is not all rows it is the step that all would make.

    Attributes:
        before, after: the parameter, and what the step makes of it.
        gradient, direction, metric, learning_rate: g, what the step goes against, d and η.
        moved: u = before − (η/d) · direction, on which the penalty acts.
        threshold: (η/d)·λ·F, L1's share of it: what |u| must exceed not to become zero; for a group (η/d)·λ·F·√|g|.
        shrinkage: (η/d)·λ·F, L2's share of it: u is divided by 1 + ``shrinkage``.
        factor: F, the penalty factor of its input; 0 for a bias.
        group_size: weights that go to zero with it under the group lasso; None where weights are pressed one by one.
        group_norm: ‖W_g‖₂ after the step; 0 without a group.
        is_bias: no penalty acts on it.
    """

    before: float
    after: float
    gradient: float
    direction: float
    metric: float
    learning_rate: float
    moved: float
    threshold: float
    shrinkage: float
    factor: float
    group_size: int | None
    group_norm: float
    is_bias: bool

    @property
    def rate(self) -> float:
        """η/d."""
        return self.learning_rate / self.metric


def weight_step(
    network: Network, parameters: Floats, settings: TrainSettings, step: NextStep, position: int
) -> WeightStep:
    """The ``step`` of the parameter at ``position`` among all ``parameters`` ``(n_parameters,)``."""
    values = parameters.astype(np.float64)
    rates = settings.learning_rate / step.metric
    moved = values - rates * step.direction
    is_bias = not network.is_weight[position]
    after, threshold, shrinkage, factor = float(moved[position]), 0.0, 0.0, 0.0
    group_size, group_norm = None, 0.0
    if not is_bias:
        # Penalties number the weights alone.
        among_weights = int(np.count_nonzero(network.is_weight[:position]))
        penalty = penalty_for(settings, network)
        hold = penalty.hold_on(among_weights)
        members = np.arange(hold.members.start, hold.members.stop)
        places = np.flatnonzero(network.is_weight)[members]
        stepped = penalty.of_some(members).prox(moved[places], rates[places])
        after = float(stepped[among_weights - hold.members.start])
        rate, factor = float(rates[position]), hold.factor
        threshold = rate * hold.threshold
        shrinkage = rate * settings.effective_lam * (1.0 - penalty.l1_share) * factor
        if hold.is_group and settings.effective_lam > 0.0:
            group_size, group_norm = len(members), float(np.linalg.norm(stepped))
    return WeightStep(
        before=float(values[position]),
        after=after,
        gradient=float(step.gradient[position]),
        direction=float(step.direction[position]),
        metric=float(step.metric[position]),
        learning_rate=settings.learning_rate,
        moved=float(moved[position]),
        threshold=threshold,
        shrinkage=shrinkage,
        factor=factor,
        group_size=group_size,
        group_norm=group_norm,
        is_bias=is_bias,
    )
