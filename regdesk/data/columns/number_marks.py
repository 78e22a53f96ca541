"""Marks of footnotes at numbers, as in 3*, 5 (est.) and 12 [1]: what is left without them is a number."""

from __future__ import annotations

import re

from regdesk.data.columns.number_formats import NumberFormat

_SIGNS = "[*†‡§¶#ᵃᵇᶜᵈᵉᶠ]{1,3}"
# A superscript 2 may be a square, and (k) or (kg) is a unit.
_NOTES = r"\[(?:[0-9]{1,2}|[a-z]|(?:note|fn)\.? ?[0-9a-z]{1,2})\]"
_WORDS = (
    *("a", "b", "c", "e", "f", "p", "r", "est", "estimate", "estimated", "prov", "provisional", "prelim"),
    *("preliminary", "rev", "revised", "approx", "ca", "sic", "imputed", "adj", "adjusted", "geschätzt", "vorläufig"),
)
_MARKED = re.compile(
    rf"(?:{_SIGNS} ?(?P<behind>.*[0-9.,%)]))|"
    rf"(?P<before>.*[0-9.,%)]) ?(?:{_SIGNS}|{_NOTES}|\((?:{'|'.join(_WORDS)})\.?\)|(?:est|prov|rev)\.?)",
    re.IGNORECASE,
)


def value_of_marked(cell: str, form: NumberFormat) -> float | None:
    """The number that ``cell``, which is stripped, is in ``form`` without its mark; None where it has none."""
    found = _MARKED.fullmatch(cell)
    return None if found is None else form.value(found["before"] or found["behind"])
