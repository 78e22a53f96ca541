"""Why the loss of a network does not feel a weight that is zero."""

from __future__ import annotations

from dataclasses import replace

from regdesk.core.geometry.tangency import Unfelt, ZeroReason
from regdesk.core.model.network import Network
from regdesk.core.types import Floats
from regdesk.core.weights.liveness import liveness_of

ROUNDING_PULL = 1e-9
ROUNDING_SHARE = 1e-5
"""Of λ or of 1, whichever is less: up to which a pull is rounding, or the last steps of a training in float32."""


def with_cause(reason: ZeroReason, network: Network, parameters: Floats, position: int) -> ZeroReason:
    """``reason`` with why the loss does not pull on the weight at ``position`` among ``parameters``, where it does not.

    A weight of a group is left as it is: the pull is that of them all.
    """
    most = max(ROUNDING_PULL, ROUNDING_SHARE * min(reason.lam, 1.0))
    if not reason.is_zero or reason.group_size is not None or reason.pull > most:
        return reason
    return replace(reason, unfelt=_cause(network, parameters, position))


def _cause(network: Network, parameters: Floats, position: int) -> Unfelt:
    layer, source, unit = network.ends_of(position)
    # As if the weight were there: what is missing then is missing on either side of it.
    tried = parameters.copy()
    tried[position] = 1.0
    found = liveness_of(network, tried)
    if layer > 0 and not found.reached[layer - 1][source]:
        return "nothing comes"
    if layer < network.n_layers - 1 and not found.units[layer][unit]:
        return "leads nowhere"
    return "no change"
