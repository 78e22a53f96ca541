"""What a topic says of the model on screen: a sentence with numbers of the moment."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from regdesk.core.words.explain.objective import loss_kind
from regdesk.core.words.number_text import epoch_text, exact_text, fixed_text, number_text
from regdesk.core.words.run_sentences import too_small_text
from regdesk.core.words.settings_text import OPTIMIZER_NAMES, PENALTY_NAMES

if TYPE_CHECKING:
    from regdesk.core.model.losses import LossKind
    from regdesk.core.run.scene import RunScene
    from regdesk.core.run.snapshot import TrainSnapshot


def now_text(topic: str, snapshot: TrainSnapshot, scene: RunScene, degrees_of_freedom: float = float("nan")) -> str:
    """Empty where ``topic`` has nothing to say of the moment; ``degrees_of_freedom`` as in ``Frame``."""
    if topic == "freedom":
        return _freedom(snapshot, scene, degrees_of_freedom)
    say = _SAYINGS.get(topic)
    return "" if say is None else say(snapshot, scene)


def _losses(snapshot: TrainSnapshot, scene: RunScene) -> str:
    measured = snapshot.measured
    train, validation, gap = map(fixed_text, (measured.train_loss, measured.validation_loss, measured.gap))
    if not math.isfinite(measured.validation_loss):
        return f"Now: training loss {train}; there are no validation rows."
    return f"Now: training loss {train}, validation loss {validation}, gap {gap.replace('-', '−')}."


def _of_loss(kind: LossKind) -> Callable[[TrainSnapshot, RunScene], str]:
    def say(snapshot: TrainSnapshot, scene: RunScene) -> str:
        if loss_kind(scene) != kind:
            return "The present target has another data loss."
        n_classes = len(scene.classes)
        guess = f" log {n_classes} = {math.log(n_classes):.2f}." if kind == "softmax" else ""
        return f"{_losses(snapshot, scene)}{guess}"

    return say


def _objective(snapshot: TrainSnapshot, scene: RunScene) -> str:
    measured = snapshot.measured
    if measured.settings.penalty == "none" or not measured.objective > 0.0:
        return "Now there is no penalty."
    share = 100.0 * measured.settings.effective_lam * measured.penalty_value / measured.objective
    return f"Now the penalty makes up {number_text(share)} % of J."


def _zeros(snapshot: TrainSnapshot) -> str:
    n_zero = snapshot.n_weights - snapshot.n_nonzero - snapshot.n_too_small
    if n_zero == 0:
        # The panels beside it count these apart: without a word of them one would contradict the other.
        small = f" ({snapshot.n_negligible} too small)" if snapshot.n_negligible else ""
        return f"none of {snapshot.n_weights} weights is exactly zero{small}"
    return f"{n_zero} of {snapshot.n_weights} weights {'is' if n_zero == 1 else 'are'} exactly zero"


def _lambda(snapshot: TrainSnapshot, scene: RunScene) -> str:
    if snapshot.settings.penalty == "none":
        return "Now there is no penalty, and λ has no effect."
    return f"Now λ = {number_text(snapshot.settings.lam)}, and {_zeros(snapshot)}."


def _of_penalty(kind: str) -> Callable[[TrainSnapshot, RunScene], str]:
    def say(snapshot: TrainSnapshot, scene: RunScene) -> str:
        settings = snapshot.settings
        if kind == "none" and settings.effective_lam == 0.0:
            return _losses(snapshot, scene)
        if settings.penalty != kind:
            name = "none" if settings.penalty == "none" else PENALTY_NAMES[settings.penalty]
            return f"The present penalty is {name}."
        if kind == "l2":
            norm = math.sqrt(sum(layer.l2_norm**2 for layer in snapshot.layers))
            return f"Now λ = {number_text(settings.lam)}, ‖W‖₂ = {fixed_text(norm)}, and {_zeros(snapshot)}."
        return f"{_lambda(snapshot, scene).removesuffix('.')}{_pull_on_zeros(snapshot)}."

    return say


def _pull_on_zeros(snapshot: TrainSnapshot) -> str:
    """The largest slope of the data loss by a weight at zero: what λ (times the L1 share) holds there."""
    network, share = snapshot.network, snapshot.settings.effective_l1_ratio
    if snapshot.gradient is None or share == 0.0 or network.weight_factors is not None:
        return ""
    is_zero = network.is_weight & (snapshot.parameters == 0.0)
    if not is_zero.any():
        return ""
    return f"; the largest pull on what is zero is {number_text(abs(snapshot.gradient[is_zero]).max())}"


def _biases(snapshot: TrainSnapshot, scene: RunScene) -> str:
    n_biases = snapshot.network.n_parameters - snapshot.n_weights
    free = "one bias is free" if n_biases == 1 else f"{n_biases} biases are free"
    return f"Here {snapshot.n_weights} weights can be pressed, and {free}."


def _standardised(snapshot: TrainSnapshot, scene: RunScene) -> str:
    inputs = f"Here the inputs are {'' if scene.is_standardized else 'not '}standardised"
    if scene.task == "classification":
        return f"{inputs}."
    return f"{inputs}, and the target is{'' if scene.is_target_standardized else ' not'}."


def _factors(snapshot: TrainSnapshot, scene: RunScene) -> str:
    inputs = "every input has F = 1" if snapshot.network.weight_factors is None else "inputs differ in F"
    rows = "rows have weights" if scene.is_weighted else "every row counts once"
    return f"Here {inputs}, and {rows}."


def _optimiser(snapshot: TrainSnapshot, scene: RunScene) -> str:
    settings = snapshot.settings
    return f"Now: {OPTIMIZER_NAMES[settings.optimizer]}, learning rate {exact_text(settings.learning_rate)}."


def _collapse(snapshot: TrainSnapshot, scene: RunScene) -> str:
    if snapshot.measured.is_collapsed:
        return "This network has collapsed."
    return f"Now {_zeros(snapshot)}."


def _underflow(snapshot: TrainSnapshot, scene: RunScene) -> str:
    if snapshot.n_too_small:
        return f"Now {too_small_text(snapshot)}."
    return f"Now no weight is too small for {snapshot.parameters.dtype.name}."


def _converged(snapshot: TrainSnapshot, scene: RunScene) -> str:
    return f"Now the residual is {number_text(snapshot.measured.kkt_residual)}."


def _epoch(snapshot: TrainSnapshot, scene: RunScene) -> str:
    return f"Now the model has trained for {epoch_text(snapshot.epoch)} epochs."


def _prior(snapshot: TrainSnapshot, scene: RunScene) -> str:
    settings, rate = snapshot.settings, scene.n_train * snapshot.settings.effective_lam
    if rate == 0.0 or settings.penalty == "group-lasso" or snapshot.network.weight_factors is not None:
        return ""
    unit, share = (" σ²" if scene.task == "regression" else ""), settings.effective_l1_ratio
    curves = [f"Laplace of scale {number_text(1.0 / (rate * share))}{unit}"] if share > 0.0 else []
    if share < 1.0:
        curves.append(f"Gauss of variance {number_text(1.0 / (rate * (1.0 - share)))}{unit}")
    return f"Now nλ = {number_text(rate)}: {' times '.join(curves)}."


def _freedom(snapshot: TrainSnapshot, scene: RunScene, degrees_of_freedom: float) -> str:
    settings = snapshot.settings
    if not snapshot.network.is_linear or scene.task == "classification":
        return ""
    if not math.isfinite(degrees_of_freedom):
        if settings.penalty != "l1":
            return ""
        return f"Now {snapshot.n_nonzero} of {snapshot.n_weights} weights are not zero."
    own = number_text(degrees_of_freedom - 1.0)
    return (
        f"Now, at λ = {number_text(settings.effective_lam)}, the exact model has {own} of at most {snapshot.n_weights} "
        f"degrees of freedom in its weights, and 1 in its intercept."
    )


_SAYINGS: dict[str, Callable[[TrainSnapshot, RunScene], str]] = {
    "objective": _objective,
    "loss-squared": _of_loss("squared"),
    "loss-logistic": _of_loss("logistic"),
    "loss-softmax": _of_loss("softmax"),
    "lambda": _lambda,
    **{kind: _of_penalty(kind) for kind in PENALTY_NAMES},
    "proximal": _lambda,
    "biases": _biases,
    "standardised": _standardised,
    "factors": _factors,
    "overfitting": _losses,
    "underfitting": _losses,
    "optimiser": _optimiser,
    "collapse": _collapse,
    "underflow": _underflow,
    "converged": _converged,
    "early-stopping": _epoch,
    "bayes": _prior,
}
