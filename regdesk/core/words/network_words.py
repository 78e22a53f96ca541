"""What can be said of a network as a whole: which inputs are out, which units are dead, and what is not drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.core.weights.liveness import Liveness


def network_sentence(
    liveness: Liveness, n_nonzero: int, n_weights: int, left_out: str = "", too_small: str = ""
) -> str:
    """Such as "7 of 20 inputs are out, 3 of 16 units of layer 1 are dead."; ``left_out`` is what is not drawn, as a
    sentence, ``too_small`` what ``too_small_text`` says, empty for none.
    """
    n_inputs, dead = len(liveness.inputs), liveness.n_dead
    parts = [f"{liveness.n_out} of {n_inputs} {'input is' if n_inputs == 1 else 'inputs are'} out"]
    counts = [f"{n_dead} of {len(units)}" for n_dead, units in zip(dead, liveness.units, strict=True)]
    if len(counts) == 1:
        n_units = len(liveness.units[0])
        parts.append(f"{counts[0]} {'unit is' if n_units == 1 else 'units are'} dead")
    elif counts:
        others = [f"{one} of layer {layer}" for layer, one in enumerate(counts[1:], start=2)]
        told = [f"{counts[0]} units of layer 1", *others]
        parts.append(f"{listed(told)} are dead")
    if not liveness.n_out and not any(dead):
        n_units = sum(len(one) for one in liveness.units)
        inputs = "The input" if n_inputs == 1 else f"All {n_inputs} inputs"
        verb = "carries" if n_inputs == 1 and not n_units else "carry"
        hidden = f" and all {n_units} hidden units" if n_units > 1 else " and the hidden unit" if n_units else ""
        parts = [f"{inputs}{hidden} {verb} something"]
    zeros = f"{n_weights - n_nonzero} of {n_weights} weights are zero"
    if too_small:
        zeros += f", {too_small}"
    return f"{', '.join(parts)}; {zeros}.{f' {left_out}' if left_out else ''}"


def left_out_text(n_inputs: int, n_inputs_drawn: int, units: Sequence[int], units_drawn: Sequence[int]) -> str:
    """What of a large network is drawn, as a sentence; empty where all of it is. One number a hidden layer."""
    parts = []
    if n_inputs_drawn < n_inputs:
        parts.append(f"the {n_inputs_drawn} of {n_inputs:,} inputs")
    for layer, (n_units, n_drawn) in enumerate(zip(units, units_drawn, strict=True), start=1):
        if n_drawn < n_units:
            where = f" of layer {layer}" if len(units) > 1 else ""
            parts.append(f"the {n_drawn} of {n_units:,} units{where}")
    if not parts:
        return ""
    return f"Drawn: {listed(parts)} with the largest weights."


def listed(parts: Sequence[str]) -> str:
    """One after the other: a, b and c."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
