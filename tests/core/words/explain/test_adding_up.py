"""What is shown of two terms and their sum adds up, digit by digit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdesk.core.words.explain.adding_up import adding_up, digits_text

PARTS = st.one_of(st.just(0.0), st.floats(1e-30, 1e12))


@given(PARTS, PARTS)
def test_parts_add_up_exactly_and_none_is_off_by_a_whole_unit(first, second):
    texts = adding_up(first, second)
    shown = [Decimal(text) for text in texts]
    assert shown[0] + shown[1] == shown[2]
    unit = Decimal(10) ** min(number.as_tuple().exponent for number in shown if number) if any(shown) else Decimal(1)
    slack = Decimal(first + second) * Decimal("1e-12")
    for number, value in zip(shown, (first, second, first + second), strict=True):
        assert abs(number - Decimal(value)) < unit + slack
    # The sum is the nearest, with four digits or more.
    assert abs(shown[2] - Decimal(first + second)) <= unit / 2 + slack
    assert first + second == 0.0 or abs(shown[2] - Decimal(first + second)) <= Decimal("5e-4") * Decimal(first + second)


@pytest.mark.parametrize(
    ("first", "second", "texts"),
    [
        (0.4122, 0.0321, ("0.4122", "0.0321", "0.4443")),
        # Each alone would be 0.1235 and 0.1235, their sum 0.2469.
        (0.12346, 0.12346, ("0.1235", "0.1234", "0.2469")),
        (0.4122, 0.0, ("0.4122", "0", "0.4122")),
        # A small part is not shown as none.
        (0.4122, 3e-6, ("0.412200", "0.000003", "0.412203")),
        (2.5e-9, 1.5e-9, ("2.500e-9", "1.500e-9", "4.000e-9")),
        # Beyond seven digits it is not worth the room.
        (1.5, 1e9, ("0", "1.000000e9", "1.000000e9")),
        (0.0, 15551.0, ("0", "15551", "15551")),
        (0.0, 0.0, ("0", "0", "0")),
        (float("nan"), 1.0, ("–", "–", "–")),
        (1e-320, 0.0, ("0", "0", "0")),
        (1e308, 1e307, ("1.000e308", "0.100e308", "1.100e308")),
    ],
)
def test_texts_as_people_read_them(first, second, texts):
    assert adding_up(first, second) == texts


def test_digits_are_as_short_as_they_go():
    assert [digits_text(one) for one in (0.5, 12.345678, -0.000012345, 1e12, 0.0)] == [
        "0.5", "12.35", "−1.234e−5", "1e12", "0",
    ]  # fmt: skip
    assert digits_text(float("inf")) == "–"
