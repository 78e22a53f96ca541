"""Why a weight is zero, or is not, in a sentence or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.core.weights.counting import LEAST_SIZE
from regdesk.core.words.number_text import exact_text, number_text

if TYPE_CHECKING:
    from regdesk.core.geometry.tangency import ZeroReason
    from regdesk.core.weights.summaries import LayerSummary

UNFELT = {
    "leads nowhere": "its unit leads nowhere",
    "nothing comes": "its unit gets nothing from the inputs",
    "no change": "the loss stays the same a little beside zero",
}
STAYS = "At the optimum what is not zero is pulled with exactly"
PULL = "The pull is the slope of the data loss."
"""λ bounds the pull on a weight at zero, never the weight: what is compared with it is said."""


def zero_words(reason: ZeroReason) -> str:
    """The loss's pull on a weight, or on its group, against the threshold that holds it at zero.

    Where the penalty factor of its input is not 1 the threshold is said as a product with it.
    """
    if reason.factor == 0.0:
        return _unpenalised_words(reason)
    return _single_words(reason) if reason.group_size is None else _group_words(reason, reason.group_size)


def _unpenalised_words(reason: ZeroReason) -> str:
    held = "a weight" if reason.group_size is None else "its group"
    words = f"Its input is never penalised (penalty factor F = 0): nothing holds {held} at zero"
    if not reason.is_zero:
        return f"{words}, whatever λ is."
    return f"{words}. It is there because it was there before, and leaves while the loss pulls on it."


def _limit_text(reason: ZeroReason, name: str) -> str:
    """The threshold and what it is the product of, such as "λ = 0.1" and "F × λ = 2.5 × 0.1 = 0.25"."""
    whole = number_text(reason.threshold)
    if reason.factor == 1.0:
        return f"{name} = {whole}"
    return f"F × {name} = {exact_text(reason.factor)} × {number_text(reason.threshold / reason.factor)} = {whole}"


def _held(limit: str) -> str:
    return f"penalty holds pulls up to {limit}. {PULL}"


def _too_much_for(limit: str) -> str:
    return f"penalty holds no pull above {limit}. {PULL}"


def _single_words(reason: ZeroReason) -> str:
    pull, threshold, is_zero = reason.pull, reason.threshold, reason.is_zero
    name = "λ" if reason.l1_ratio == 1.0 else "L1 share × λ"
    if threshold == 0.0:
        held = f"{'At λ = 0' if reason.l1_ratio > 0.0 else 'Without L1'} nothing holds a weight at zero"
        if is_zero and reason.lam > 0.0:
            return f"{held}: it was there before, or L2 has made it too small to be told from zero."
        if is_zero:
            return f"{held}: it is there because it was there before, and leaves while the loss pulls on it."
        return held + (": L2 pulls in proportion to its size, which fades as it shrinks." if reason.lam > 0.0 else ".")
    pulled, limit = number_text(pull), _limit_text(reason, name)
    if is_zero and reason.unfelt is not None:
        return f"It is zero, and the loss does not feel it: {UNFELT[reason.unfelt]}. The {_held(limit)}"
    if is_zero and pull <= threshold:
        return f"It is zero because the loss pulls on it with {pulled}, and the {_held(limit)}"
    if is_zero:
        return f"It is zero but will leave: the loss pulls on it with {pulled}, and the {_too_much_for(limit)}"
    if reason.l1_ratio < 1.0:
        return f"It is not zero: the loss pulls on it with {pulled}. {STAYS} {limit} and the pull of L2 together."
    return f"It is not zero: the loss pulls on it with {pulled}. {STAYS} {limit}."


def _group_words(reason: ZeroReason, size: int) -> str:
    pull, threshold, is_zero = reason.pull, reason.threshold, reason.is_zero
    members = f"its group of {size} weights" if size > 1 else "its group of one weight"
    if threshold == 0.0:
        return "Without λ nothing holds a group at zero."
    pulled, limit = number_text(pull), _limit_text(reason, f"λ√{size}")
    if is_zero and pull <= threshold:
        return f"It is zero because the loss pulls on {members} with {pulled}, and the {_held(limit)}"
    if is_zero:
        too_much = _too_much_for(limit)
        return f"It is zero but will leave: the loss pulls on {members} with {pulled}, and the {too_much}"
    return f"It is not zero: the loss pulls on {members} with {pulled}. {STAYS} {limit}."


def layer_zeros_text(layer: LayerSummary, dtype_name: str) -> str:
    """What of a layer is exactly zero, and what is only too small to matter; parameters are held as ``dtype_name``."""
    text = f"{layer.n_zero} of {layer.n_weights} weights are exactly zero"
    n_small, n_lost = layer.n_negligible, layer.n_too_small
    if not n_small:
        return text
    if n_lost == n_small:
        return f"{text}\n{n_small} more are too small to matter: too small for {dtype_name}"
    text += f"\n{n_small} more are too small to matter: below {number_text(LEAST_SIZE)}"
    return f"{text}, {n_lost} of them too small for {dtype_name}" if n_lost else text
