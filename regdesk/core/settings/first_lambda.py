"""The λ that a penalty begins with in the window: one that selects weights of a network, and does not remove them all.

Measured with the default network (16 and 16 units, tanh) on the eight samples, after 500 epochs under L2 and 3,000 more
under the penalty: at λ = 0.01 L1, the elastic net (L1 share 0.5) and the group lasso leave 2 to 32 % of the weights of
each network; L1 has removed all weights of two networks at 0.05 and of all eight at 0.1, the elastic net of five at
0.1, the group lasso of four at 0.03 and of all eight at 0.05. Inputs and targets were standardised.
"""

from __future__ import annotations

from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import PenaltyKind, TrainSettings

FIRST_LAMBDA = 0.01
L1_REMOVES, GROUPS_REMOVE = 0.05, 0.03
"""The smallest λ that removed every weight of one of the networks; of the elastic net its share of L1 counts."""
USUAL_PRESETS = (0.0, 0.001, 0.01, 0.1, 1.0, 1e9)
SELECTING_PRESETS = (0.0, 0.001, 0.003, 0.01, 0.03, 1e9)
GROUP_PRESETS = (0.0, 0.001, 0.003, 0.01, 0.02, 1e9)
"""Of networks: all but the last leave weights in each of those that were measured."""


def presets_for(penalty: PenaltyKind, is_linear: bool) -> tuple[float, ...]:
    """Six λ, from off to far too much, at which there is something to see."""
    if is_linear or penalty in ("none", "l2"):
        return USUAL_PRESETS
    return GROUP_PRESETS if penalty == "group-lasso" else SELECTING_PRESETS


def removing_lambda(training: TrainSettings) -> float:
    """The λ from which on this penalty may leave no weight of a network; infinite where it only shrinks them."""
    if training.penalty == "group-lasso":
        return GROUPS_REMOVE
    return L1_REMOVES / training.effective_l1_ratio if training.effective_l1_ratio > 0.0 else float("inf")


def first_lambda(configuration: Configuration, penalty: PenaltyKind) -> float:
    """λ once a person has chosen ``penalty``: what it is, or ``FIRST_LAMBDA`` where that would remove every weight.

    Only where the penalty before made no zeros, of networks, and of data in the units of the measurement.
    """
    before, data = configuration.training, configuration.data
    is_measured = not configuration.architecture.is_linear and data.standardize and data.standardize_target
    if not is_measured or before.penalty not in ("none", "l2"):
        return before.lam
    after = TrainSettings(penalty, before.lam, before.l1_ratio)
    return FIRST_LAMBDA if before.lam >= removing_lambda(after) else before.lam
