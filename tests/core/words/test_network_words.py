"""The network panel's sentence."""

from __future__ import annotations

import numpy as np
import pytest

from regdesk.core.weights.liveness import Liveness
from regdesk.core.words.network_words import left_out_text, network_sentence


def alive(*counts: tuple[int, int]) -> Liveness:
    """Of inputs and of each hidden layer how many there are, and how many of them are gone."""
    inputs, *units = (np.arange(size) >= gone for size, gone in counts)
    return Liveness(inputs, tuple(units), tuple(units))


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (
            [(20, 7), (16, 3), (16, 0)],
            "7 of 20 inputs are out, 3 of 16 units of layer 1 and 0 of 16 of layer 2 are dead;",
        ),
        ([(20, 0), (16, 3)], "0 of 20 inputs are out, 3 of 16 units are dead;"),
        ([(1, 1), (1, 1)], "1 of 1 input is out, 1 of 1 unit is dead;"),
        ([(3, 1)], "1 of 3 inputs is out;"),
        ([(3, 0)], "All 3 inputs carry something;"),
        ([(1, 0)], "The input carries something;"),
        ([(3, 0), (1, 0)], "All 3 inputs and the hidden unit carry something;"),
        ([(2, 0), (4, 0), (4, 0)], "All 2 inputs and all 8 hidden units carry something;"),
    ],
)
def test_what_is_out_and_what_is_dead(counts: list[tuple[int, int]], sentence: str) -> None:
    assert network_sentence(alive(*counts), 30, 40) == f"{sentence} 10 of 40 weights are zero."


def test_what_is_too_small_and_what_is_not_drawn() -> None:
    drawn = left_out_text((200, 64, 16, 1), (50, 32, 16, 1), 14_000, 2_128)
    assert drawn == (
        "Drawn: 50 of 200 inputs, 32 of 64 units of layer 1 and 2,128 of 14,000 links, those with the largest weights."
    )
    assert left_out_text((10, 64, 1), (10, 32, 1), 40, 40) == ("Drawn: 32 of 64 units, those with the largest weights.")
    assert left_out_text((4, 30), (4, 20), 120, 80).startswith("Drawn: 20 of 30 outputs and 80 of 120 links, ")
    assert left_out_text((10, 16, 1), (10, 16, 1), 40, 12) == "Drawn: 12 of 40 links, those with the largest weights."
    assert left_out_text((10, 16, 1), (10, 16, 1), 40, 40) == ""
    found = network_sentence(alive((3, 0)), 3, 3, drawn, "2 too small to matter")
    assert found == f"All 3 inputs carry something; 0 of 3 weights are zero, 2 too small to matter. {drawn}"
