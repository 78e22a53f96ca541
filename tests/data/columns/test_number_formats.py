"""Numbers in the formats of spreadsheets: written in any of them they are read as what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdesk.data.columns.number_formats import MARKS, NumberFormat, format_of, shape_of

AFFIXES = (
    ("", False),
    ("€", True),
    ("€", False),
    ("$", True),
    ("CHF", True),
    ("months", False),
    ("kg", False),
    ("km/h", False),
    ("%", False),
)
FORMATS = [
    NumberFormat(group, decimal, affix, is_before, is_accounting)
    for group, decimal in (("", "."), ("", ","), *MARKS)
    for affix, is_before in AFFIXES
    for is_accounting in (False, True)
]


@pytest.mark.parametrize("form", FORMATS, ids=NumberFormat.text)
def test_a_format_comes_back_from_its_text(form: NumberFormat) -> None:
    assert format_of(form.text()) == form


@pytest.mark.parametrize("text", ["", "1234", "1,2345", "x", "1,234.5 kg more\n", "€1,234.5"])
def test_what_is_no_text_of_a_format(text: str) -> None:
    with pytest.raises(ValueError, match="is not the format of a number"):
        format_of(text)


def written(number: int, decimals: int, form: NumberFormat) -> str:
    """``number`` / 10 ** ``decimals`` as a spreadsheet writes it."""
    whole, rest = divmod(abs(number), 10**decimals)
    digits = f"{whole:,}".replace(",", form.group) if form.group else str(whole)
    text = digits + (f"{form.decimal}{rest:0{decimals}d}" if decimals else "")
    if number < 0:
        text = f"({text})" if form.is_accounting else f"-{text}"
    if not form.affix:
        return text
    return f"{form.affix} {text}" if form.is_before else f"{text} {form.affix}"


@given(number=st.integers(-(10**12), 10**12), decimals=st.integers(0, 4), form=st.sampled_from(FORMATS))
def test_a_number_is_read_as_it_was_written(number: int, decimals: int, form: NumberFormat) -> None:
    assert form.value(written(number, decimals, form)) == float(f"{number}e-{decimals}")


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "",
            "-",
            "abc",
            "1a2",
            "5a",
            "12A",
            "+-5",
            "--5",
            "(5",
            "5)",
            "(-5)",
            "-(5)",
            "5--",
            "A12",
            "kg 5",
            "$5 €",
            "1 May",
            "((5))",
            "$ (5",
            "(5 kg",
            "(5) kg)",
        ),
        *("1e5e5", "Ⅳ", "④ kg", "1" * 100, "5 kg-m", "0x1F", "12:30", "1/2", "#5", "5#"),
    ],
)
def test_what_is_no_number_in_any_format(cell: str) -> None:
    assert shape_of(cell) is None


@pytest.mark.parametrize(
    ("form", "cell"),
    [
        ("1,234.5", "12,34"),
        ("1,234.5", "1,2345"),
        ("1,234.5", "01,234"),
        ("1,234.5", "1.234,5"),
        ("1.234,5", "1.23"),
        ("1234.5", "1,234"),
        ("1234.5 %", "0.5"),
        ("1234.5 kg", "5 g"),
        ("$ 1,234.5", "5 $"),
        ("1,234.5", "(5)"),
        ("1,234.5", "1e999"),
    ],
)
def test_what_is_no_number_in_one_format(form: str, cell: str) -> None:
    assert format_of(form).value(cell) is None


@pytest.mark.parametrize(
    "cells", [["1", "23"], ["1.5", "2"], ["1,5", "2"], ["1.234", "5"], ["1'234,5", "1"], ["1 234"]]
)
def test_a_format_without_the_marks_that_no_cell_has_reads_the_same(cells: list[str]) -> None:
    characters = frozenset("".join(cells))
    for group, mark in (("", "."), ("", ","), *MARKS):
        form = NumberFormat(group, mark)
        assert [form.value(cell) for cell in cells] == [form.with_marks_of(characters).value(cell) for cell in cells]
