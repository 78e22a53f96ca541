"""Text that a person enters, on the command line or into a box of the window, to a value within its bounds.

Each place says in words of its own what is wrong; what is right is said here once.
"""

from __future__ import annotations

from collections.abc import Iterable

from regdesk.core.types import FULL_BATCH, LARGEST_BATCH, MOST_LAYERS, MOST_UNITS

LARGEST_WHOLE = 2**53
"""Up to here every whole number is also one of float64."""


class OutOfBounds(ValueError):
    """It is a number, or are numbers, but not such as may be."""


def number_within(text: str, low: float, high: float) -> float:
    """The number ``text``. Raises OutOfBounds unless it lies between ``low`` and ``high``, ValueError if it is none."""
    value = float(text)
    # Nor is "nan" between anything.
    if not low <= value <= high:
        raise OutOfBounds(text)
    return value


def whole_within(text: str, low: int, high: int = LARGEST_WHOLE) -> int:
    """The whole number ``text``. Raises as ``number_within``."""
    value = int(text)
    if not low <= value <= high:
        raise OutOfBounds(text)
    return value


def layer_units(parts: Iterable[str]) -> tuple[int, ...]:
    """Units of each hidden layer, one text a layer; none for a linear model.

    Raises OutOfBounds for too many layers or units, or too few units, ValueError for what is no whole number.
    """
    units = tuple(int(part) for part in parts)
    if not all(1 <= one <= MOST_UNITS for one in units) or len(units) > MOST_LAYERS:
        raise OutOfBounds(",".join(map(str, units)))
    return units


def rows_of_batch(text: str) -> int:
    """A number of rows, or ``FULL_BATCH`` for the word full. Raises as ``number_within``."""
    return FULL_BATCH if text.lower() == "full" else whole_within(text, 1, LARGEST_BATCH)
