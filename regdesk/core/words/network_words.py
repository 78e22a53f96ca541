"""What can be said of a network as a whole: which inputs are out, which units are dead, and what is not drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.core.weights.liveness import Liveness


def network_sentence(
    liveness: Liveness, n_nonzero: int, n_weights: int, left_out: str = "", negligible: str = ""
) -> str:
    """Such as "7 of 20 inputs are out, 3 of 16 units of layer 1 are dead."; ``left_out`` is what is not drawn, as a
    sentence, ``negligible`` what ``negligible_text`` says, empty for none.
    """
    n_inputs, dead = len(liveness.inputs), liveness.n_dead
    parts = [f"{counted_of(liveness.n_out, n_inputs, 'input')} out"]
    counts = [f"{n_dead} of {len(units)}" for n_dead, units in zip(dead, liveness.units, strict=True)]
    if len(counts) == 1:
        parts.append(f"{counted_of(dead[0], len(liveness.units[0]), 'unit')} dead")
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
    zeros = f"{counted_of(n_weights - n_nonzero, n_weights, 'weight')} zero"
    if negligible:
        zeros += f", {negligible}"
    return f"{', '.join(parts)}; {zeros}.{f' {left_out}' if left_out else ''}"


def left_out_text(sizes: Sequence[int], drawn: Sequence[int], n_links: int, n_links_drawn: int) -> str:
    """What of a large network is drawn, as a sentence; empty where all of it is.

    ``sizes`` are the nodes of each layer, inputs and outputs included, ``drawn`` those that are drawn; ``n_links`` are
    the weights that are alive.
    """
    parts, n_hidden = [], len(sizes) - 2
    for layer, (n_nodes, n_drawn) in enumerate(zip(sizes, drawn, strict=True)):
        if n_drawn < n_nodes:
            kind = "inputs" if layer == 0 else "outputs" if layer == len(sizes) - 1 else "units"
            where = f" of layer {layer}" if kind == "units" and n_hidden > 1 else ""
            parts.append(f"{n_drawn} of {n_nodes:,} {kind}{where}")
    if n_links_drawn < n_links:
        parts.append(f"{n_links_drawn:,} of {n_links:,} links")
    return f"Drawn: {listed(parts)}, those with the largest weights." if parts else ""


def counted_of(count: int, total: int, thing: str) -> str:
    """Such as "1 of 8 inputs is" and "0 of 1 input is"."""
    verb = "is" if count == 1 or total == 1 else "are"
    return f"{count} of {total} {thing}{'' if total == 1 else 's'} {verb}"


def listed(parts: Sequence[str]) -> str:
    """One after the other: a, b and c."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
