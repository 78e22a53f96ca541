"""What stands beside numbers: marks of footnotes, as in 3*, 5 (est.) and 12 [1], and a minus with a blank behind it."""

from __future__ import annotations

import re

import numpy as np

from regdesk.core.types import Float64s
from regdesk.data.columns.number_formats import NumberFormat
from regdesk.data.columns.word_cells import WordCells
from regdesk.data.csv.table import TableWarning
from regdesk.data.errors import shorten

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

_APART = re.compile(r"[-\u2010-\u2013\u2212\uff0d]\s+[0-9.,]")


def apart_warning(cells: WordCells, values: Float64s) -> TableWarning | None:
    """What to tell of - 3, read as -3: a dash and a number, perhaps, unless all numbers below zero are written so.

    ``values`` ``(n_levels,)`` are the numbers that the spellings are read as.
    """
    places = [place for place in np.flatnonzero(values < 0.0).tolist() if _APART.match(cells.levels[place])]
    if not places or (len(places) > 1 and len(places) == np.count_nonzero(values < 0.0)):
        return None
    first = min(places, key=lambda place: int(cells.first_rows[place]))
    also = f" ({cells.named([place for place in places if place != first])} too)" if len(places) > 1 else ""
    return cells.warning(
        first,
        f"{shorten(cells.levels[first])}, with a blank behind its minus, is read as {values[first]:g}{also}. Correct "
        "the cell if the dash is no minus.",
    )


def value_of_marked(cell: str, form: NumberFormat) -> float | None:
    """The number that ``cell``, which is stripped, is in ``form`` without its mark; None where it has none."""
    found = _MARKED.fullmatch(cell)
    return None if found is None else form.value(found["before"] or found["behind"])
