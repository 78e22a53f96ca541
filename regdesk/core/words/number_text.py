"""Numbers as a person reads them: as short as they go, exact, or of a width that holds still."""

from __future__ import annotations

import math

MOST_TYPED_DIGITS = 6


"""Of a number that is shown whole at a glance."""


def number_text(value: float) -> str:
    """Three significant digits, as short as they go: 0.0123, 1.5, 1 000 000 000."""
    if not math.isfinite(value):
        return "–"
    size = abs(value)
    if size == 0:
        return "0"
    if size >= 1e5 or size < 1e-4:
        if size >= 1e5 and value == round(value) and float(f"{value:.3g}") == value and size < 1e13:
            return f"{int(value):,}".replace(",", "\u202f")
        mantissa, exponent = f"{value:.2e}".split("e")
        return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
    return f"{value:.3g}" if size < 1000 else f"{value:.0f}"


def count_text(count: float) -> str:
    """So many rows, or the sum of their weights: a whole number in full, any other with three significant digits."""
    return f"{int(count):,}" if count == int(count) else number_text(count)


def exact_text(value: float) -> str:
    """As short as it goes without losing anything of what a person may have typed."""
    short = number_text(value)
    if float(short.replace("\u202f", "")) == value:
        return short
    # Such as 1.2345e-7, where Python writes 1.2345e-07.
    mantissa, _, exponent = f"{value:.12g}".partition("e")
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa


def glance_text(value: float) -> str:
    """As a person would type it where that is short; else three digits stand for the many of a computed number."""
    return exact_text(value) if float(f"{value:.{MOST_TYPED_DIGITS}g}") == value else number_text(value)


def fixed_text(value: float) -> str:
    """Three significant digits in a width that holds still while the value moves."""
    if not math.isfinite(value):
        return "–"
    if value != 0 and not 1e-3 <= abs(value) < 1e5:
        return f"{value:.2e}"
    digits = 2 - (math.floor(math.log10(abs(value))) if value else 0)
    return f"{value:.{min(max(digits, 0), 4)}f}"


def signed_text(value: float) -> str:
    """As ``fixed_text``, of what may be below 0: with a minus, which is not taken for a hyphen or a dash."""
    text = fixed_text(value)
    return f"−{text[1:]}" if text.startswith("-") else text


def cost_text(extra: float, n_fewer: int) -> str:
    """What another λ costs and saves, such as "0.8 % more loss, 6 fewer weights"; ``extra`` is a share of the loss."""
    if math.isnan(extra):
        loss = "loss unknown"
    elif math.isinf(extra):
        loss = "loss instead of none"
    else:
        percent = 100.0 * extra
        # A little more is not the same.
        digits = 0 if percent >= 100 else 1 if percent >= 0.05 or percent < 5e-4 else 2 if percent >= 5e-3 else 3
        loss = f"{abs(percent):,.{digits}f} % {'less' if percent < 0 else 'more'} loss" if percent else "the same loss"
    if n_fewer == 0:
        return f"{loss}, the same number of weights"
    return f"{loss}, {abs(n_fewer)} {'fewer' if n_fewer > 0 else 'more'} {'weight' if abs(n_fewer) == 1 else 'weights'}"


def epoch_text(epoch: float) -> str:
    """Whole epochs as they are, a pass under way with one decimal."""
    return f"{epoch:,.0f}" if epoch == int(epoch) else f"{epoch:,.1f}"


def epochs_text(n_epochs: int) -> str:
    """Such as "1 epoch" and "1,200 epochs"."""
    return f"{n_epochs:,} epoch{'s' if n_epochs != 1 else ''}"


def asked_epochs_text(n_epochs: int) -> str:
    """Such as "the 1,200 epochs that were asked for"."""
    return f"the {epochs_text(n_epochs)} that {'was' if n_epochs == 1 else 'were'} asked for"
