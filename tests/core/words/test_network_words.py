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
        ([(3, 1)], "1 of 3 inputs are out;"),
        ([(3, 0)], "All 3 inputs carry something;"),
        ([(1, 0)], "The input carries something;"),
        ([(3, 0), (1, 0)], "All 3 inputs and the hidden unit carry something;"),
        ([(2, 0), (4, 0), (4, 0)], "All 2 inputs and all 8 hidden units carry something;"),
    ],
)
def test_what_is_out_and_what_is_dead(counts: list[tuple[int, int]], sentence: str) -> None:
    assert network_sentence(alive(*counts), 30, 40) == f"{sentence} 10 of 40 weights are zero."


def test_what_is_too_small_and_what_is_not_drawn() -> None:
    drawn = left_out_text(200, 50, (64, 16), (32, 16))
    assert drawn == "Drawn: the 50 of 200 inputs and the 32 of 64 units of layer 1 with the largest weights."
    assert left_out_text(10, 10, (64,), (32,)) == "Drawn: the 32 of 64 units with the largest weights."
    assert left_out_text(10, 10, (16,), (16,)) == ""
    found = network_sentence(alive((3, 0)), 3, 3, drawn, "2 too small for float32")
    assert found == f"All 3 inputs carry something; 0 of 3 weights are zero, 2 too small for float32. {drawn}"
