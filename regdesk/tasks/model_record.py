"""What ``regdesk show`` says of a saved model, as JSON-able values under the names that ``fit`` uses."""

from __future__ import annotations

from typing import Any

import numpy as np

from regdesk.core.model.network import weights_digest
from regdesk.core.model.original_units import unstandardized
from regdesk.core.settings.configuration_record import to_dict
from regdesk.data.files.model_file import VERSION, SavedModel
from regdesk.tasks.fit_record import of_outputs


def model_record(saved: SavedModel) -> dict[str, Any]:
    """All of ``saved``; of a linear model also its coefficients, standardised and per original unit."""
    model, provenance = saved.model, saved.provenance
    network, settings, encoding = model.network, model.configuration.training, model.encoding
    weights = model.parameters[network.is_weight]
    certificate = model.certificate
    record: dict[str, Any] = {
        "format": VERSION,
        "program": saved.program,
        "task": encoding.target.task,
        "target": encoding.target.name,
        "features": list(encoding.input_names),
        "columns": [
            {"name": one.source_name, "kind": one.kind, "levels": list(one.levels)} for one in encoding.columns
        ],
        "classes": list(model.classes) or None,
        "hidden": list(network.sizes[1:-1]),
        "activation": None if network.is_linear else network.activation,
        "penalty": {"kind": settings.penalty, "lam": settings.lam, "l1_ratio": settings.l1_ratio},
        **{part: None if found is None else dict(found) for part, found in model.scores.items()},
        "n_weights": network.n_weights,
        "n_nonzero": int(np.count_nonzero(weights)),
        "layers": [
            {
                "weights": network.weights(model.parameters, layer).tolist(),
                "biases": network.biases(model.parameters, layer).tolist(),
            }
            for layer in range(network.n_layers)
        ],
        "kkt_residual": certificate.kkt_residual,
        "duality_gap": certificate.duality_gap,
        "converged": certificate.converged,
        "reason": certificate.reason or None,
        "unique": certificate.is_unique,
        "epochs": certificate.n_epochs,
        "weights_digest": weights_digest(model.parameters),
    }
    if network.is_linear:
        record |= _linear_part(saved)
    return record | {"configuration": to_dict(model.configuration), "provenance": dict(provenance)}


def _linear_part(saved: SavedModel) -> dict[str, Any]:
    model = saved.model
    weights = model.network.weights(model.parameters, 0).astype(np.float64)
    biases = model.network.biases(model.parameters, 0).astype(np.float64)
    encoding = model.encoding
    original, intercepts = unstandardized(encoding.input_scaler, encoding.target.scaler, weights, biases)
    return {
        "intercept": of_outputs(biases),
        "coefficients": {
            name: {"standardized": of_outputs(standardized), "original": of_outputs(per_unit)}
            for name, standardized, per_unit in zip(encoding.input_names, weights, original, strict=True)
        },
        "intercept_original": of_outputs(intercepts),
    }
