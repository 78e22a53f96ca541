"""One set of bounds and parsers for what is typed at a prompt and what is typed into the window."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Callable
from typing import Any

import pytest

from regdesk.cli import argument_types
from regdesk.core.settings.entries import OutOfBounds, layer_units, number_within, rows_of_batch, whole_within
from regdesk.core.types import FULL_BATCH, LAMBDA_MAXIMUM
from regdesk.views.kit.number_edit import entry_parser, parse_number

PAIRS: dict[str, tuple[Callable[[str], Any], Callable[[str], Any]]] = {
    "lam": (argument_types.lam, parse_number(0.0, LAMBDA_MAXIMUM, "λ")),
    "hidden": (argument_types.hidden, entry_parser("architecture.hidden")),
    "batch": (argument_types.batch_size, entry_parser("training.batch_size")),
}


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("lam", "0", 0.0), ("lam", "1e12", 1e12), ("lam", ".5", 0.5), ("lam", "-0.0", 0.0),
        ("hidden", "", ()), ("hidden", "1", (1,)), ("hidden", "1024,16", (1024, 16)),
        ("hidden", ",".join("2" * 10), (2,) * 10),
        ("batch", "1", 1), ("batch", "1000000000", 10**9), ("batch", "full", FULL_BATCH),
    ],
)  # fmt: skip
def test_both_take_the_same_values(kind: str, text: str, value: object) -> None:
    assert [parse(text) for parse in PAIRS[kind]] == [value, value]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("lam", "1_0"), ("lam", "٣"), ("lam", "１"), ("lam", "1e_3"), ("lam", "infinity"), ("lam", "0x10"),
        ("hidden", "1_6"), ("hidden", "١٦"), ("batch", "3_2"), ("batch", "٣٢"), ("batch", "9" * 5000),
        ("hidden", "9" * 5000), ("lam", "9" * 5000),
        ("lam", "-1e-300"), ("lam", "1000000000001"), ("lam", "nan"), ("lam", "inf"), ("lam", "much"), ("lam", ""),
        ("hidden", "0"), ("hidden", "1025"), ("hidden", "16,-1"), ("hidden", "1.5"), ("hidden", "x"),
        ("hidden", ",".join("2" * 11)),
        ("batch", "0"), ("batch", "-1"), ("batch", "1000000001"), ("batch", "1.5"), ("batch", "most"), ("batch", ""),
    ],
)  # fmt: skip
def test_both_refuse_the_same(kind: str, text: str) -> None:
    at_a_prompt, in_the_window = PAIRS[kind]
    with pytest.raises(ArgumentTypeError, match=r"not '.*'$"):
        at_a_prompt(text)
    with pytest.raises(ValueError, match=r"^(λ|Hidden layers|Batch size).*\.$"):
        in_the_window(text)


def test_what_is_out_of_bounds_is_told_from_what_is_no_number() -> None:
    for refused in (
        lambda: number_within("2", 0.0, 1.0),
        lambda: whole_within("-1", 0),
        lambda: whole_within(str(2**53 + 1), 0),
        lambda: layer_units(["16", "0"]),
        lambda: rows_of_batch("0"),
    ):
        with pytest.raises(OutOfBounds):
            refused()
    for senseless in (lambda: number_within("a", 0.0, 1.0), lambda: whole_within("1.0", 0), lambda: layer_units(["a"])):
        with pytest.raises(ValueError, match=r"is not a (whole )?number") as refusal:
            senseless()
        assert not isinstance(refusal.value, OutOfBounds)
    assert whole_within(str(2**53), 0) == 2**53
