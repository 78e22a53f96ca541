"""What a cell says: a missing value, a number or a word. The grammar is strict, so nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum

import numpy as np

from regdesk.core.types import Float64s
from regdesk.data.columns.missing_words import MISSING_AMONG_NUMBERS

_WHOLE = re.compile(r"[+-]?[0-9]+(?:[eE][+-]?[0-9]+)?")
_POINT = re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_COMMA = re.compile(r"[+-]?(?:[0-9]+,[0-9]*|,[0-9]+)(?:[eE][+-]?[0-9]+)?")
# Of these characters float() accepts exactly the grammar above; it is its underscores and names that are not wanted.
_NUMBER_CHARACTERS = re.compile(r"[0-9eE.+\- \t]*")


class CellClass(IntEnum):
    """How a cell reads, on its own."""

    WHOLE = 0
    POINT = 1
    COMMA = 2
    NONE = 3
    WORD = 4


def classify(cell: str) -> CellClass:
    """Class of a stripped cell that is not one of ``MISSING_WORDS``. What overflows to infinity is a word."""
    if cell in MISSING_AMONG_NUMBERS:
        return CellClass.NONE
    for pattern, found in ((_WHOLE, CellClass.WHOLE), (_POINT, CellClass.POINT), (_COMMA, CellClass.COMMA)):
        if pattern.fullmatch(cell):
            return found if np.isfinite(float(cell.replace(",", "."))) else CellClass.WORD
    return CellClass.WORD


def plain_numbers(cells: Sequence[str]) -> tuple[Float64s, bool] | None:
    """``cells`` as numbers, shape ``(len(cells),)``, and whether any has a decimal point.

    None unless every cell is a finite number with a decimal point or none.
    """
    joined = "".join(cells)
    if _NUMBER_CHARACTERS.fullmatch(joined) is None:
        return None
    try:
        values = np.fromiter(map(float, cells), np.float64, len(cells))
    except ValueError:
        return None
    return (values, "." in joined) if np.isfinite(values).all() else None


def is_inexact(cell: str, value: float) -> bool:
    """Whether ``cell`` is a whole number, in digits, other than ``value``, which it has been read as."""
    digits = cell.strip()
    return digits.lstrip("+-").isdecimal() and int(digits) != value


def comma_numbers(cells: Sequence[str]) -> Float64s | None:
    """``cells`` as numbers with a decimal comma, shape ``(len(cells),)``; None when any is not."""
    if any("." in cell for cell in cells):
        return None
    found = plain_numbers([cell.replace(",", ".") for cell in cells])
    return None if found is None else found[0]
