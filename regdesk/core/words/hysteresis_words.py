"""What the up-and-down demonstration has seen, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.words.number_text import fixed_text, number_text

if TYPE_CHECKING:
    from regdesk.core.run.hysteresis_tour import Branch, HysteresisCurves, HysteresisTour
    from regdesk.core.types import Float64s

SAME_SHARE = 1e-3
"""Curves that differ by no more than this share of the largest loss are one."""
ALIKE_SHARE = 0.05
"""Those of a network, which settles less exactly."""


def tour_sentence(tour: HysteresisTour, is_running: bool) -> str:
    """Where λ is on its way."""
    branch = "goes up" if tour.direction == "up" else "comes down"
    found = tour.value.up if tour.direction == "up" else tour.value.down
    text = f"Up and down: λ {branch}, now {number_text(tour.lam)}"
    if not is_running:
        return f"{text}. Paused: Run goes on."
    if not len(found):
        return f"{text}, until the model has settled there."
    return f"{text}. {_losses_text(found, len(found) - 1, tour.value)}."


def stopped_sentence(value: HysteresisCurves) -> str:
    """The demonstration was ended by hand."""
    n_stations = len(value.up) + max(0, len(value.down) - 1)
    kept = "; its curves stay until Reset" if n_stations else ""
    return f"Up and down was ended after {n_stations} λ{kept}."


def tour_point_text(value: HysteresisCurves, branch: Branch, number: int) -> str:
    """Everything about one station of ``branch``, one of the two of ``value``."""
    where = "going up" if branch is value.up else "coming down"
    settled = "" if branch.is_settled[number] else ", not settled"
    return f"{where}, {_losses_text(branch, number, value)}{settled}"


def _losses_text(branch: Branch, number: int, value: HysteresisCurves) -> str:
    return (
        f"λ {number_text(branch.lambdas[number])}: training {fixed_text(branch.train_loss[number])}, "
        f"validation {fixed_text(branch.validation_loss[number])}, "
        f"{branch.n_nonzero[number]:.0f} of {value.n_weights} weights not zero"
    )


def verdict(value: HysteresisCurves) -> str:
    """What there was to be seen, when λ has come down."""
    up, down = value.up, value.down
    pairs = ((up.train_loss, down.train_loss), (up.validation_loss, down.validation_loss))
    largest = max(float(_apart(*pair).max()) for pair in pairs)
    share = max(float(_apart(*pair).max()) / float(np.nan_to_num(pair[0]).max() or 1.0) for pair in pairs)
    n_open = int((up.is_settled == 0).sum() + (down.is_settled[1:] == 0).sum())
    unsettled = f" At {n_open} of {len(up) + len(down) - 1} stations the model had not settled." if n_open else ""
    if value.is_linear:
        if share <= SAME_SHARE:
            return "Both ways give the same curve: the problem of a linear model has one minimum, wherever one starts."
        return (
            f"Up and down differ by up to {number_text(largest)}, though the problem of a linear model has one "
            f"minimum: it had not settled at each λ.{unsettled}"
        )
    if share <= ALIKE_SHARE:
        return (
            f"Both ways give nearly the same curve: no hysteresis between λ {number_text(value.ends[0])} and "
            f"{number_text(up.lambdas[-1])}, though a network may have several minima.{unsettled}"
        )
    where = _difference_text(value)
    if value.has_died and down.train_loss.min() >= (1.0 - SAME_SHARE) * up.train_loss.max():
        if not down.n_nonzero.any():
            reason = "Coming down, the network never left zero: all weights at 0 is a stationary point"
        else:
            reason = "Coming down, the network never came back: its weights stayed next to zero"
        return f"{reason}. {where[:1].upper()}{where[1:]}."
    number = _furthest(value)
    if not (up.is_settled[number] and down.is_settled[::-1][number]):
        # What is still on its way may yet arrive where the other one is.
        return f"Up and down differ: {where}. There it had not settled: this may be hysteresis, or too little time."
    return (
        f"Up and down differ: {where}. Hysteresis: which minimum a network is in depends on where it came from."
        f"{unsettled}"
    )


def _apart(up: Float64s, down: Float64s) -> Float64s:
    """``(n_stations,)`` |difference| at each λ; 0 without validation rows."""
    return np.nan_to_num(np.abs(up - down[::-1]))


def _difference_text(value: HysteresisCurves) -> str:
    """The λ at which both ways are furthest apart, such as "at λ 0.03 validation loss 0.21 going up, 0.55 coming"."""
    up, down, name = _compared(value)
    number = _furthest(value)
    return (
        f"at λ {number_text(value.up.lambdas[number])} the {name} loss was {fixed_text(up[number])} going up, "
        f"{fixed_text(down[::-1][number])} coming down"
    )


def _furthest(value: HysteresisCurves) -> int:
    """The station, counted upwards, at which both ways are furthest apart."""
    up, down, _ = _compared(value)
    return int(_apart(up, down).argmax())


def _compared(value: HysteresisCurves) -> tuple[Float64s, Float64s, str]:
    """The losses of both ways that there are words for, and their name."""
    if np.isfinite(value.up.validation_loss).all():
        return value.up.validation_loss, value.down.validation_loss, "validation"
    return value.up.train_loss, value.down.train_loss, "training"
