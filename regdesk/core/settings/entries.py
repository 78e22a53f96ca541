"""Text that a person enters, on the command line or into a box of the window, to a value within its bounds.

Each place says in words of its own what is wrong; what is right is said here once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from regdesk.core.types import FULL_BATCH, LARGEST_BATCH, MOST_LAYERS, MOST_UNITS

LARGEST_WHOLE = 2**53
"""Up to here every whole number is also one of float64."""


# Python's own float() and int() also take underscores, digits of every script, and words such as nan.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WHOLE = re.compile(r"[+-]?[0-9]+")
_MOST_DIGITS = 400
"""More are beyond every bound, and int() refuses some thousands."""


class OutOfBounds(ValueError):
    """It is a number, or are numbers, but not such as may be."""


def number_of(text: str) -> float:
    """The number ``text`` in ASCII digits as a person writes it: 12, -0.5, .5, 1e-3; infinite where it is too large.

    Raises ValueError if it is none.
    """
    written = text.strip(" \t")
    if _NUMBER.fullmatch(written) is None:
        raise ValueError(f"'{text}' is not a number")
    return float(written)


def whole_of(text: str) -> int:
    """The whole number ``text`` in ASCII digits. Raises as ``number_of``, OutOfBounds for hundreds of digits."""
    written = text.strip(" \t")
    if _WHOLE.fullmatch(written) is None:
        raise ValueError(f"'{text}' is not a whole number")
    if len(written) > _MOST_DIGITS:
        raise OutOfBounds(text)
    return int(written)


def number_within(text: str, low: float, high: float) -> float:
    """The number ``text``. Raises OutOfBounds unless it lies between ``low`` and ``high``, ValueError if it is none."""
    value = number_of(text)
    if not low <= value <= high:
        raise OutOfBounds(text)
    return value


def whole_within(text: str, low: int, high: int = LARGEST_WHOLE) -> int:
    """The whole number ``text``. Raises as ``number_within``."""
    value = whole_of(text)
    if not low <= value <= high:
        raise OutOfBounds(text)
    return value


def layer_units(parts: Iterable[str]) -> tuple[int, ...]:
    """Units of each hidden layer, one text a layer; none for a linear model.

    Raises OutOfBounds for too many layers or units, or too few units, ValueError for what is not a whole number.
    """
    units = tuple(whole_of(part) for part in parts)
    if not all(1 <= one <= MOST_UNITS for one in units) or len(units) > MOST_LAYERS:
        raise OutOfBounds(",".join(map(str, units)))
    return units


def rows_of_batch(text: str) -> int:
    """A number of rows, or ``FULL_BATCH`` for the word full. Raises as ``number_within``."""
    return FULL_BATCH if text.lower() == "full" else whole_within(text, 1, LARGEST_BATCH)
