"""The names that a lesson's conditions may use, and what they are at a moment.

``NAMES`` has a line for each figure of a run; settings go by their paths, a few of them by short names, too. Every one
can have ``start.`` before it: what it was when the step began.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal

from regdesk.core.settings.configuration import Configuration, value_at
from regdesk.core.settings.setting_kinds import Kind, Number, Truth, Whole
from regdesk.core.settings.settings_table import SETTINGS
from regdesk.core.settings.view_table import PANELS
from regdesk.core.weights.summaries import inputs_without_weights

if TYPE_CHECKING:
    from regdesk.core.run.frame import Frame
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.types import TrainSettings

Value = float | bool | str
Type = Literal["number", "truth", "word"]
Figures = Mapping[str, Value]
"""By name; what there is not yet is not in it."""

NAMES: dict[str, tuple[Type, str]] = {
    "epoch": ("number", "passes over the training rows since the run began"),
    "epochs_since_change": ("number", "passes since penalty, λ or optimiser were changed last in this run"),
    "train_loss": ("number", "the data loss on the training rows, on the training scale"),
    "validation_loss": ("number", "the data loss on the validation rows"),
    "gap": ("number", "validation loss − training loss"),
    "best_validation_loss": ("number", "the lowest validation loss of this run so far"),
    "best_epoch": ("number", "the epoch that had it"),
    "objective": ("number", "J = data loss + λ × penalty R(W)"),
    "penalty_value": ("number", "the penalty R(W), without λ"),
    "n_weights": ("number", "weights, zeros included"),
    "n_nonzero": ("number", "weights that are not exactly 0"),
    "n_zero": ("number", "weights that are exactly 0"),
    "l2_norm": ("number", "the square root of the sum of all squared weights"),
    "n_inputs": ("number", "columns that the model is given"),
    "n_inputs_used": ("number", "columns of which at least one weight is not 0"),
    "run": ("number", "which run it is; every new one counts one more"),
    "is_running": ("truth", "the model trains"),
    "is_converged": ("truth", "the gradient of J is as small as can be told from 0"),
    "is_collapsed": ("truth", "the weights of a network are so near 0 that hardly any gradient reaches them"),
    "is_exact": ("truth", "the exact model stands in for a paused one"),
    "is_swept": ("truth", "there is a finished sweep of what is in force"),
    "lambda_best": ("number", "the λ with the lowest validation loss of the sweep"),
    "lambda_1se": ("number", "the largest λ within one standard error of it"),
    "sweep_loss": ("number", "the validation loss at λ_best"),
    "sweep_se": ("number", "its standard error"),
    "sweep_loss_here": ("number", "the validation loss of the sweep at the λ in force, between two λ in proportion"),
    "n_nonzero_best": ("number", "weights that are not 0 at λ_best"),
    "n_nonzero_1se": ("number", "weights that are not 0 at λ_1se"),
    "n_seeds": ("number", "different seeds that have been in force since the step began"),
    "n_sweeps": ("number", "sweeps that have ended since the step began"),
}
SHORT = {
    "lam": "training.lam",
    "penalty": "training.penalty",
    "l1_ratio": "training.l1_ratio",
    "optimizer": "training.optimizer",
    "hidden": "architecture.hidden",
}
"""Names of settings that are asked for most."""
START, IN_SIGHT, WEIGHT = "start.", "in_sight.", "weight"
"""What begins names: of figures as they were, of panels that can be seen, and ``weight(COLUMN)`` of a linear model."""
NONE = "none"
"""How a setting that is not set, and an empty list, is written."""


@dataclass(frozen=True)
class Asked:
    """A name that may be asked for: its type, and of a setting what it can be."""

    type: Type
    kind: Kind | None = None


def asked(name: str) -> Asked | None:
    """What ``name`` is; None where there is nothing of that name."""
    name = name.removeprefix(START)
    if name in NAMES:
        return Asked(NAMES[name][0])
    if name.startswith(IN_SIGHT):
        return Asked("truth") if name.removeprefix(IN_SIGHT) in PANELS else None
    path = SHORT.get(name, name)
    if path not in SETTINGS:
        return None
    kind = SETTINGS[path].kind
    if isinstance(kind, Number | Whole):
        return Asked("number", kind)
    return Asked("truth" if isinstance(kind, Truth) else "word", kind)


def close_name(name: str) -> str:
    """A name that there is and that looks like ``name``; empty where none does."""
    prefix = START if name.startswith(START) else ""
    known = [*NAMES, *SHORT, *SETTINGS, *(f"{IN_SIGHT}{panel}" for panel in PANELS)]
    close = get_close_matches(name.removeprefix(START), known, n=1, cutoff=0.5)
    return f"{prefix}{close[0]}" if close else ""


def setting_figures(configuration: Configuration) -> dict[str, Value]:
    """Every setting by its path, and a few by short names; what is not set is the word none."""
    found = {path: _setting_value(value_at(configuration, path)) for path in SETTINGS}
    return found | {short: found[path] for short, path in SHORT.items()}


def _setting_value(value: Any) -> Value:
    if value is None or value == ():
        return NONE
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return float(value)
    return ",".join("=".join(map(str, one)) if isinstance(one, tuple) else str(one) for one in value)


def is_of(frame: Frame, training: TrainSettings) -> bool:
    """Whether ``frame`` shows the model as it is now, under the penalty and λ of ``training`` and not those before."""
    shown = frame.snapshot.settings
    is_now = frame.now is None
    return is_now and (shown.penalty, shown.lam, shown.l1_ratio) == (training.penalty, training.lam, training.l1_ratio)


def run_figures(frame: Frame) -> dict[str, Value]:
    """What the run on screen is at the moment that ``frame`` shows."""
    snapshot, measured = frame.snapshot, frame.snapshot.measured
    network, best = snapshot.network, frame.best
    groups = network.input_groups or tuple(range(network.sizes[0]))
    n_inputs = len(set(groups))
    changed = frame.changes[-1].last_epoch if frame.changes else 0.0
    numbers = {
        "epoch": snapshot.epoch,
        "epochs_since_change": snapshot.epoch - changed,
        "train_loss": measured.train_loss,
        "validation_loss": measured.validation_loss,
        "gap": measured.gap,
        "objective": measured.objective,
        "penalty_value": measured.penalty_value,
        "n_weights": snapshot.n_weights,
        "n_nonzero": snapshot.n_nonzero,
        "n_zero": sum(layer.n_zero for layer in snapshot.layers),
        "l2_norm": math.sqrt(sum(layer.l2_norm**2 for layer in snapshot.layers)),
        "n_inputs": n_inputs,
        "n_inputs_used": n_inputs - len(inputs_without_weights(network, snapshot.parameters, snapshot.too_small)),
        "run": snapshot.run,
    }
    if best is not None:
        numbers |= {"best_validation_loss": best.validation_loss, "best_epoch": best.epoch}
    truths = {
        "is_converged": measured.is_converged,
        "is_collapsed": measured.is_collapsed,
        "is_exact": snapshot.is_exact,
    }
    return _finite(numbers) | truths


def weight_figures(frame: Frame, inputs: tuple[str, ...]) -> dict[str, Value]:
    """The weight of each input of a linear model with one output, by ``weight(NAME)``; nothing of others."""
    snapshot = frame.snapshot
    if not snapshot.network.is_linear or snapshot.network.sizes[-1] != 1:
        return {}
    return {weight_key(name): float(one) for name, one in zip(inputs, snapshot.parameters, strict=False)}


def weight_key(name: str) -> str:
    """As what the weight of the input ``name`` is kept."""
    return f"{WEIGHT}({name})"


def sweep_figures(curve: SweepCurve | None, is_stale: bool, lam: float) -> dict[str, Value]:
    """What a sweep of what is in force has found, once it has ended; ``lam`` is the λ in force."""
    if curve is None or is_stale or not curve.is_done or not len(curve.lambdas):
        return {"is_swept": False}
    best, sparser = curve.best, curve.one_standard_error
    numbers = {
        "lambda_best": curve.lambdas[best],
        "lambda_1se": curve.lambdas[sparser],
        "sweep_loss": curve.validation_loss[best],
        "sweep_se": curve.validation_se[best],
        "n_nonzero_best": curve.n_nonzero[best],
        "n_nonzero_1se": curve.n_nonzero[sparser],
    }
    here = curve.validation_loss_at(lam)
    return _finite(numbers if here is None else numbers | {"sweep_loss_here": here}) | {"is_swept": True}


def _finite(numbers: Mapping[str, Any]) -> dict[str, Value]:
    return {name: float(one) for name, one in numbers.items() if math.isfinite(one)}
