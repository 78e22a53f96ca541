"""What a cell says: a missing value, a number or a word. The grammar is strict, so nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import IntEnum

import numpy as np

from regdesk.core.types import Float64s
from regdesk.data.columns.missing_words import MISSING_AMONG_NUMBERS

_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c\u00ad"
_CONTROLS = "".join(map(chr, (*range(0x20), 0x7F)))
_DASHES = "\u2010\u2011\u2012\u2013\u2212\uff0d"
_PLAIN = str.maketrans(
    dict.fromkeys(_UNSEEN, "")
    | dict.fromkeys(_DASHES, "-")
    | dict(zip("\u066b\u066c\u066a", ".'%", strict=True))
    | dict(zip("\uff0b\uff0e\uff0c\uff05\uff08\uff09\uff25\uff45", "+.,%()Ee", strict=True))
)
_NOT_SEEN = str.maketrans("", "", _UNSEEN)
_WHOLE = re.compile(r"[+-]?[0-9]+(?:[eE][+-]?[0-9]+)?")
_POINT = re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_COMMA = re.compile(r"[+-]?(?:[0-9]+,[0-9]*|,[0-9]+)(?:[eE][+-]?[0-9]+)?")
# Of these characters float() accepts exactly the grammar above; it is its underscores and names that are not wanted.
_WHOLE_NUMBER = re.compile(r"([+-]?[0-9]+)(?:[.,]0*)?")
_LIKE_NAME = re.compile("[0-9]{2,}[eE][0-9]+")
_LIKE_KEY = re.compile("[0-9]+[eE][0-9]+")
_NOT_ZERO = re.compile(r"[^1-9eEdD]*[1-9]")
SHORTEST_VANISHED = 300
"""Digits of a number that is read as zero and has no exponent, at least."""
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
    cell = in_plain_digits(cell)
    for pattern, found in ((_WHOLE, CellClass.WHOLE), (_POINT, CellClass.POINT), (_COMMA, CellClass.COMMA)):
        if pattern.fullmatch(cell):
            return found if np.isfinite(float(cell.replace(",", "."))) else CellClass.WORD
    return CellClass.WORD


def in_plain_digits(cell: str) -> str:
    """``cell`` with the digits, marks and signs of other scripts as 0–9, and without what is not seen at all.

    Arabic, Persian, Indian and full-width digits say the same as these; ٫ is a decimal point, ٬ stands between
    thousands as ' does elsewhere, and − is the sign of minus. Ctrl-Z ends files of DOS, and other control characters
    are no more to be seen at the edge of a number.
    """
    if not cell.isprintable():
        cell = cell.strip(_CONTROLS)
    if cell.isascii():
        return cell
    plain = cell.translate(_PLAIN)
    if plain.isascii():
        return plain
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in plain)


def without_unseen(text: str) -> str:
    """``text`` as it looks: without characters of no width, and letters with marks in one form."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text.translate(_NOT_SEEN))


def number_of(cell: str) -> float:
    """The number that a cell is which ``classify`` calls one, with a decimal comma or point."""
    return float(in_plain_digits(cell).replace(",", "."))


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
    found = _WHOLE_NUMBER.fullmatch(cell.strip())
    return found is not None and int(found[1]) != value


def is_vanished(cell: str, value: float) -> bool:
    """Whether ``cell`` is a number other than zero that has been read as zero, ``value``: 1e-400 is."""
    return value == 0.0 and _NOT_ZERO.match(cell) is not None


def is_like_name(cell: str, is_key: bool = False) -> bool:
    """Whether ``cell`` is a number to look at and a name as well: 12e3, which nobody writes for 12000.

    In a column that is called as keys are, so is 1e5.
    """
    return (_LIKE_KEY if is_key else _LIKE_NAME).fullmatch(cell) is not None


def comma_numbers(cells: Sequence[str]) -> Float64s | None:
    """``cells`` as numbers with a decimal comma, shape ``(len(cells),)``; None when any is not."""
    if any("." in cell for cell in cells):
        return None
    found = plain_numbers([cell.replace(",", ".") for cell in cells])
    return None if found is None else found[0]
