"""A fitted model as values of JSON, and back: a parameter read again is the same number, bit for bit."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from regdesk.core.fitted.column_spread import N_BARS, ColumnSpread
from regdesk.core.fitted.encoding import Encoding
from regdesk.core.fitted.encoding_form import encoding_from_dict, encoding_to_dict
from regdesk.core.fitted.fitted_model import FitCertificate, FittedModel, Scores
from regdesk.core.fitted.json_form import Form, FormError
from regdesk.core.model.network import Network
from regdesk.core.settings.configuration_record import from_dict, to_dict
from regdesk.core.settings.settings_table import WrongSetting
from regdesk.core.types import ActivationKind, Floats

VERSION = 1
MOST_PARAMETERS = 100_000_000
_ACTIVATIONS: tuple[ActivationKind, ...] = ("tanh", "relu")
_DTYPES = ("float32", "float64")
_PARTS = ("train", "validation", "test")


def fitted_to_dict(model: FittedModel) -> dict[str, Any]:
    """``model`` as JSON-able values; ``parameters`` are W1 (inputs × outputs, row by row), b1, W2, b2, …"""
    return {**description_to_dict(model), "parameters": model.parameters.tolist()}


def description_to_dict(model: FittedModel) -> dict[str, Any]:
    """All of ``model`` but its parameters."""
    network, certificate = model.network, model.certificate
    return {
        "version": VERSION,
        "network": {
            "sizes": list(network.sizes),
            "activation": network.activation,
            "input_groups": list(network.input_groups),
            "input_factors": list(network.input_factors),
        },
        "dtype": model.parameters.dtype.name,
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
        "spreads": [
            {
                "column": one.column,
                "minimum": one.minimum,
                "maximum": one.maximum,
                "counts": list(one.counts),
                "whole": one.is_whole,
                "means": list(one.means),
            }
            for one in model.spreads
        ],
    }


def network_from_dict(values: Mapping[str, Any]) -> tuple[Network, str]:
    """The network of what ``description_to_dict`` gave, and the dtype of its parameters. Raises FormError."""
    whole = Form("model", values)
    version = whole.number("version")
    if version != VERSION:
        raise FormError(f"the model has version {version:g}, and only version {VERSION} can be read.")
    form = whole.part("network")
    sizes = form.whole_numbers("sizes")
    if len(sizes) < 2 or not all(sizes):
        raise form.wrong("sizes", "numbers of inputs, units and outputs, each 1 or more")
    if sum((inputs + 1) * outputs for inputs, outputs in pairwise(sizes)) > MOST_PARAMETERS:
        raise form.wrong("sizes", f"a network of at most {MOST_PARAMETERS:,} parameters")
    groups, factors = form.whole_numbers("input_groups"), form.numbers("input_factors")
    try:
        network = Network(sizes, form.choice("activation", _ACTIVATIONS), groups, factors)
    except ValueError as problem:
        raise FormError(f"model.network: {problem}.") from None
    return network, whole.choice("dtype", _DTYPES)


def fitted_from_dict(values: Mapping[str, Any], network: Network, parameters: Floats) -> FittedModel:
    """What ``description_to_dict`` was given, with its ``parameters`` ``(n_parameters,)``.

    Raises FormError where ``values`` are no model or ``parameters`` not those of its network.
    """
    whole = Form("model", values)
    encoding = encoding_from_dict(whole.value("encoding"))
    try:
        configuration = from_dict(whole.value("configuration"))
    except WrongSetting as problem:
        raise FormError(f"model.configuration: {problem}") from None
    if not bool(np.isfinite(parameters).all()):
        raise FormError("a parameter of the model is not a finite number.")
    try:
        return FittedModel(
            network,
            parameters,
            encoding,
            configuration,
            _scores(whole.part("scores")),
            _certificate(whole.part("certificate")),
            _spreads(whole, encoding),
        )
    except ValueError as problem:
        if isinstance(problem, FormError):
            raise
        raise FormError(f"{problem}.") from None


def _scores(form: Form) -> dict[str, Scores | None]:
    found: dict[str, Scores | None] = {}
    for part in _PARTS:
        if form.value(part) is None:
            found[part] = None
            continue
        own = form.part(part)
        found[part] = {name: own.number_or_none(name) for name in own.names}
    return found


def _certificate(form: Form) -> FitCertificate:
    converged = form.truth_or_none("converged")
    if converged is None:
        raise FormError("model.certificate.converged is neither true nor false.")
    return FitCertificate(
        kkt_residual=form.number_or_none("kkt_residual"),
        duality_gap=form.number_or_none("duality_gap"),
        converged=converged,
        reason=form.text_or_none("reason") or "",
        is_unique=form.truth_or_none("unique"),
        n_epochs=form.number_or_none("epochs"),
    )


def _spreads(whole: Form, encoding: Encoding) -> tuple[ColumnSpread, ...]:
    forms = [Form(f"model.spreads[{place}]", one) for place, one in enumerate(whole.items("spreads"))]
    if forms and len(forms) != len(encoding.columns):
        raise FormError(f"model.spreads has {len(forms)} columns, and the encoding {len(encoding.columns)}.")
    found = []
    for form, column in zip(forms, encoding.columns, strict=False):
        low, high = form.number_or_none("minimum"), form.number_or_none("maximum")
        counts = form.whole_numbers("counts")
        is_sound = (
            low is None and high is None and len(counts) in (0, len(column.levels))
            if column.levels or not counts
            else low is not None and high is not None and low <= high and len(counts) == N_BARS
        )
        if form.text("column") != column.name or not is_sound:
            raise FormError(f"model.spreads: that of {column.name} does not fit the column.")
        # The first files of this version have none.
        means = form.numbers("means") if "means" in form.names else ()
        if len(means) not in (0, len(column.input_names)):
            raise form.wrong("means", "a number for each input of the column")
        found.append(ColumnSpread(column.name, low, high, counts, form.truth_or_none("whole") is True, means))
    return tuple(found)
