"""A fitted model as values of JSON: a parameter read again is the same number, bit for bit."""

from __future__ import annotations

from typing import Any

from regdesk.core.fitted.encoding_form import encoding_to_dict
from regdesk.core.fitted.fitted_model import FittedModel
from regdesk.core.settings.configuration_record import to_dict

VERSION = 1


def fitted_to_dict(model: FittedModel) -> dict[str, Any]:
    """``model`` as JSON-able values; ``parameters`` are W1 (inputs × outputs, row by row), b1, W2, b2, …"""
    network, certificate = model.network, model.certificate
    return {
        "version": VERSION,
        "network": {
            "sizes": list(network.sizes),
            "activation": network.activation,
            "input_groups": list(network.input_groups),
        },
        "dtype": model.parameters.dtype.name,
        "parameters": model.parameters.tolist(),
        "encoding": encoding_to_dict(model.encoding),
        "configuration": to_dict(model.configuration),
        "scores": {part: None if found is None else dict(found) for part, found in model.scores.items()},
        "certificate": {
            "kkt_residual": certificate.kkt_residual,
            "duality_gap": certificate.duality_gap,
            "converged": certificate.converged,
            "reason": certificate.reason or None,
            "unique": certificate.is_unique,
            "epochs": certificate.n_epochs,
        },
    }
