"""The variables in words: the panel's sentence, the cells, and why a cell is empty."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.words.network_words import counted_of, listed
from regdesk.core.words.number_text import epoch_text, fixed_text

if TYPE_CHECKING:
    from regdesk.core.model.network import Network
    from regdesk.core.model.permuted import PermutedLosses
    from regdesk.core.sweep.view import SweepView
    from regdesk.core.weights.variables import VariableFigures

N_LARGEST = 3
LEAST_SPREAD, MOST_SPREAD = 1e-5, 1e5
"""Of permutations, that are written without a power of ten."""
NO_PATH = "Sweep λ (F5) to see in which order the inputs enter."
OLD_PATH = "The sweep is of other data, layers or another penalty: sweep again (F5)."
NO_ZEROS = "Under L2 every input is in at every λ: none enters."
NETWORK_SIGNS = "A network has no single sign: an input may act this way here and the other way there."
CLASS_SIGNS = "Of several classes each has a weight of its own, with a sign of its own."
NOT_ASKED = ("Pause, or press Permute, to permute the columns of the validation rows.", "Pause, or press Permute.")
ASKING = ("Permuting the columns of the validation rows …", "Permuting …")
"""From the fullest to the shortest, as all notes beneath the table."""


def figures_sentence(figures: VariableFigures, permuted: PermutedLosses | None) -> str:
    """Such as "8 of 10 variables are in; largest bmi 0.412, bp 0.31 and s5 0.297."."""
    n_in, n_all = int(np.count_nonzero(figures.is_alive)), len(figures.names)
    text = f"{counted_of(n_in, n_all, 'variable')} in"
    ranked = [int(one) for one in np.argsort(-figures.importance, kind="stable")[:N_LARGEST] if figures.importance[one]]
    if ranked:
        text += f"; largest {listed([f'{figures.names[one]} {fixed_text(figures.importance[one])}' for one in ranked])}"
    if permuted is not None and len(permuted.increases) == n_all:
        most = int(permuted.increases.argmax())
        if permuted.increases[most] > 0.0:
            text += f"; permuting {figures.names[most]} costs most, {permuted_text(permuted, most)} of validation loss"
    return f"{text}."


def permuted_text(permuted: PermutedLosses, column: int) -> str:
    """The mean and the spread over the repeats."""
    mean, spread = float(permuted.increases[column]), float(permuted.spreads[column])
    if mean == 0.0 and spread == 0.0:
        return "0"
    texts = fixed_text(mean), fixed_text(spread)
    if LEAST_SPREAD <= spread < MOST_SPREAD:
        # Two digits of the spread say how many of the mean mean anything.
        n_decimals = max(0, 1 - math.floor(math.log10(spread)))
        texts = f"{mean:.{n_decimals}f}", f"{spread:.{n_decimals}f}"
    return " ± ".join(texts).replace("-", "−")


def entry_text(places: tuple[int, int] | None) -> str:
    """The place of a column in the order of entry: "3", "3–5" where the sweep cannot tell, "never" without an entry."""
    if places is None:
        return "never"
    first, last = places
    return str(first) if first == last else f"{first}–{last}"


def no_entry_reason(sweep: SweepView | None, names: tuple[str, ...]) -> str:
    """Why nobody can say in which order the inputs ``names`` enter; empty where it can be said."""
    curve = sweep.curve if sweep is not None else None
    if sweep is None or curve is None or curve.path is None:
        return NO_PATH
    if sweep.is_stale or curve.path.facts.input_names != names:
        return OLD_PATH
    return "" if curve.path.facts.makes_zeros else NO_ZEROS


def no_sign_reason(network: Network | None) -> str:
    """Why the columns have no signs in ``network``; empty where they have."""
    if network is None or not network.is_linear:
        return NETWORK_SIGNS
    return CLASS_SIGNS if network.sizes[-1] > 1 else ""


def permuting_notes(permuted: PermutedLosses | None, is_of_now: bool, refusal: str = "") -> tuple[str, ...]:
    """What the figures of permuting are of, or why there are none, from the fullest to the shortest.

    Of a model that has moved on each note says of which moment they are; the shortest form of a ``refusal`` is its
    first part, up to a semicolon.
    """
    if refusal:
        return refusal, refusal.partition("; ")[0]
    if permuted is None:
        return NOT_ASKED
    rows, times = f"{permuted.n_rows:,}", f"{permuted.n_repeats} permutations"
    if permuted.n_rows < permuted.n_rows_all:
        rows = f"{permuted.n_rows:,} of {permuted.n_rows_all:,}"
    epoch = "" if is_of_now else epoch_text(permuted.epoch)
    of = f", model of epoch {epoch}" if epoch else ""
    return (
        f"{times} of {rows} validation rows, loss {fixed_text(permuted.loss)}{of}",
        f"{times} of {rows} validation rows{of}",
        f"{times} of {rows} rows{of}",
        f"Model of epoch {epoch}" if epoch else times,
    )
