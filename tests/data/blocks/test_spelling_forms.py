"""Spellings by their form: what is said of one form is said of each spelling that has it."""

from __future__ import annotations

import random
import re

import pytest

from regdesk.data.blocks.spelling_forms import SpellingForms, in_figures_alike
from regdesk.data.columns.known_shapes import forget_shapes, shapes_of
from regdesk.data.columns.number_formats import shape_of
from regdesk.data.dates.formats import FORMS, forms_like, is_date

_SHARED = [f"{word}{number}" for number in range(40) for word in ("March-", "€ ", "x\0", "½", "Zürich ", "\ud800")]
_APART = [f"{'a' * number}" for number in range(60)]
_CELLS = (
    *("€ 0", "0,0 kg", "(0.0)", "0.0-", "0 m0", "0€0", "0×10^0", "0 x 10**-0", "0e0", "0e+00", "-0,00%", "- 0", "0-0"),
    *("0,-", "0,-.0", "$ -", "0D+00", "0d00", "٣0", "\u22120.0", "0\u200b0", "0\x1a", "1\u202f000,0", "0'000", "0₂"),
    *("march 0", "0-0-00", "00:00 pm", "000:00 pm", "00/jan/0000:00:00:00 +0000", "Q0 0000", "0000-W00-0", "P0DT0H"),
    *("0h 0m", "00.00.0000", "0000-00-00T00:00Z", "3 days 00:00", "0:00,0", "00 Mar 0000", "Mon, 00 May 0000"),
)


@pytest.mark.parametrize("levels", [_SHARED, _APART, [], ["a"]])
def test_what_holds_for_a_form_holds_for_each_of_its_spellings(levels: list[str]) -> None:
    forms = SpellingForms(levels)
    pattern = re.compile(r"\D+[0-9][0-9]?", re.DOTALL)
    assert forms.where(lambda text: pattern.fullmatch(text) is not None).tolist() == [
        pattern.fullmatch(level) is not None for level in levels
    ]
    texts = list(forms.texts)
    expected = [in_figures_alike(level) if forms.are_shared else level for level in levels]
    assert [texts[kind] for kind in forms.kinds()] == expected
    assert forms.are_shared == (levels is _SHARED)


def _with_any_figures(cell: str, generator: random.Random) -> str:
    return re.sub("0", lambda _: generator.choice("0123456789"), cell)


def test_the_shapes_of_many_spellings_are_those_of_each() -> None:
    generator = random.Random(3)
    cells = tuple(dict.fromkeys(_with_any_figures(cell, generator) for _ in range(100) for cell in _CELLS))
    forget_shapes()
    assert SpellingForms(cells).are_shared
    assert shapes_of(cells) == tuple(map(shape_of, cells))


def test_a_date_is_in_none_but_the_forms_that_its_likeness_has() -> None:
    generator = random.Random(4)
    n_dates = 0
    for cell in {_with_any_figures(cell, generator) for _ in range(3) for cell in _CELLS}:
        found = [form for form in FORMS if is_date(cell, form)]
        assert forms_like(in_figures_alike(cell)).issuperset(found), cell
        n_dates += bool(found)
    assert n_dates > 10
