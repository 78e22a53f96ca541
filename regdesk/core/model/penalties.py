"""The penalties R(W) there are, and the one that settings ask for."""

from __future__ import annotations

from regdesk.core.model.elastic_net import ElasticNet
from regdesk.core.model.group_lasso import GroupLasso
from regdesk.core.model.network import Network
from regdesk.core.model.penalty import Penalty
from regdesk.core.types import Float64s, TrainSettings

__all__ = ["ElasticNet", "GroupLasso", "Penalty", "penalty_for", "penalty_value"]


def penalty_for(settings: TrainSettings, network: Network) -> Penalty:
    """The penalty in force on the weights of ``network``; λ = 0 where there is none."""
    if settings.penalty == "group-lasso":
        return GroupLasso(settings.effective_lam, network.group_bounds)
    return ElasticNet(settings.effective_lam, settings.effective_l1_ratio)


def penalty_value(settings: TrainSettings, network: Network, weights: Float64s) -> float:
    """R(W) as it is reported, of all weights ``(n_weights,)`` in a row: 0 when there is no penalty."""
    return 0.0 if settings.penalty == "none" else penalty_for(settings, network).value(weights)
