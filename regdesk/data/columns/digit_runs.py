"""Numbers from the bytes of many cells at once, each the double that is nearest to what is written.

A number of at most 19 digits is a whole number, exact in 64 bits, divided by a power of ten. Up to 2⁵³ and 10²² both
are doubles, and one division rounds rightly (Clinger, PLDI 1990). Beyond 2⁵³ the quotient is found as a sum of two
doubles (Dekker, Numerische Mathematik 18, 1971). Where that lies so near to the middle between two doubles that its own
error decides, the cell is left to somebody else, and so is all that has another form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from regdesk.core.types import Booleans, Float64s, Integers

Bytes = NDArray[np.uint8]
Wholes = NDArray[np.uint64]

BYTES_BEFORE = 32
"""That have to stand before the first cell, the last of them a separator: runs of digits are looked for backwards."""
_NEWLINE, _MINUS, _ZERO = ord("\n"), ord("-"), np.uint8(ord("0"))
_GROUP = 4
"""Digits that are found at once: the largest that 16 bits hold."""
_MOST_DIGITS = 19
_LARGEST_EXACT = np.uint64(2**53)
_TENS = 10.0 ** np.arange(_MOST_DIGITS + 1)
_WHOLE_TENS = np.array([10**place for place in range(_MOST_DIGITS + 1)], np.uint64)
_SPLITTER = 2.0**27 + 1.0
"""Parts the 53 bits of a double into two halves, whose products are exact."""
_HIGH_TENS = _TENS * _SPLITTER - (_TENS * _SPLITTER - _TENS)
_LOW_TENS = _TENS - _HIGH_TENS
_DOUBT = 2.0**-83
"""Of a quotient: a hundred times the error of the sum of two doubles, and 2⁻³⁰ of the step between doubles."""


@dataclass(frozen=True)
class DigitRuns:
    """Cells of a block, in its order, each array ``(n_cells,)``.

    Attributes:
        values: the number in each; of no meaning where ``is_other``, 0 where a cell is empty.
        is_other: whether a cell is not a minus or none, digits and one decimal mark or none, or has to be read exactly.
        is_negative: whether it begins with a minus.
        has_mark: whether a decimal mark is the last in it that is no digit.
        n_digits: how many digits it has, and
        n_decimals: how many of them behind the mark; both as far as it is not ``is_other``.
    """

    values: Float64s
    is_other: Booleans
    is_negative: Booleans
    has_mark: Booleans
    n_digits: NDArray[np.int8]
    n_decimals: NDArray[np.int8]

    def part(self, chosen: slice) -> DigitRuns:
        """Some of the cells."""
        return DigitRuns(**{one.name: getattr(self, one.name)[chosen] for one in fields(self)})


def joined_runs(parts: Sequence[DigitRuns]) -> DigitRuns:
    """Cells of several pieces of text, one behind the other."""
    if len(parts) == 1:
        return parts[0]
    names = [one.name for one in fields(DigitRuns)]
    return DigitRuns(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})


def read_digit_runs(text: Bytes, delimiter: int, mark: int) -> tuple[Integers, Integers, DigitRuns]:
    """Where each cell of ``text`` begins, the place behind its end, and the numbers in the cells.

    A cell ends with ``delimiter`` or a line end, ``mark`` begins decimals; none of these is a digit or a minus.
    The last byte is a line end, and so is the last of the first ``BYTES_BEFORE``, which hold no cell.
    """
    digits = text - _ZERO
    is_digit = digits < 10
    others = np.flatnonzero(digits > 9)
    others = others[np.searchsorted(others, BYTES_BEFORE - 1) :]
    marks = text[others]
    order = np.flatnonzero((marks == delimiter) | (marks == _NEWLINE))
    separators = others[order]
    starts, ends = separators[:-1] + 1, separators[1:]
    last = order[1:] - 1
    is_negative = text[starts] == _MINUS
    has_mark = marks[last] == mark
    # Where the whole number before the decimals ends.
    middles = others[last] if has_mark.all() else np.where(has_mark, others[last], ends)
    is_other = np.diff(order) != 1 + is_negative.view(np.int8) + has_mark.view(np.int8)
    n_decimals = (ends - middles) - has_mark
    n_whole = middles - starts - is_negative
    n_digits = n_whole + n_decimals
    is_other |= ((n_digits == 0) & (starts < ends)) | (n_digits > _MOST_DIGITS)
    if is_other.any():
        n_whole, n_decimals = np.where(is_other, 0, n_whole), np.where(is_other, 0, n_decimals)
    fours = _groups_of_digits(digits, is_digit)
    wholes = _runs(fours, middles, n_whole)
    wholes *= _WHOLE_TENS[n_decimals]
    wholes += _runs(fours, ends, n_decimals)
    values = _divided(wholes, n_decimals, is_other)
    values *= 1.0 - 2.0 * is_negative
    small = n_digits.astype(np.int8), n_decimals.astype(np.int8)
    return starts, ends, DigitRuns(values, is_other, is_negative, has_mark, *small)


def _groups_of_digits(digits: Bytes, is_digit: Booleans) -> NDArray[np.uint16]:
    """The number that the digits up to each byte, at most ``_GROUP`` of them in a row, are; from the fourth byte on."""
    digits = digits * is_digit
    twos = digits[:-1] * np.uint8(10)
    twos += digits[1:]
    twos *= is_digit[1:]
    before = twos[:-1] * is_digit[2:]
    fours = before[:-1] * np.uint16(100)
    fours += twos[2:]
    return fours


def _runs(fours: NDArray[np.uint16], ends: Integers, n_digits: Integers) -> Wholes:
    """The whole numbers of ``n_digits`` digits before each of ``ends``; 0 where there is no digit."""
    fewest, most = int(n_digits.min()), int(n_digits.max())
    found = np.zeros(len(ends), np.uint64)
    for place in range(0, most, _GROUP)[::-1]:
        group = fours[ends - (place + _GROUP)]
        if fewest <= place:
            group *= n_digits > place
        found *= np.uint64(10**_GROUP)
        found += group
    return found


def _divided(wholes: Wholes, n_decimals: Integers, is_other: Booleans) -> Float64s:
    """``wholes`` over powers of ten, rounded once; where that cannot be done here ``is_other`` becomes true."""
    is_large = wholes > _LARGEST_EXACT
    n_large = np.count_nonzero(is_large)
    if n_large > len(wholes) // 4:
        values, are_sure = _quotients(wholes, n_decimals)
        is_other |= ~are_sure
        return values
    values = wholes.astype(np.float64)
    values /= _TENS[n_decimals]
    if n_large:
        places = np.flatnonzero(is_large)
        values[places], are_sure = _quotients(wholes[places], n_decimals[places])
        is_other[places] |= ~are_sure
    return values


def _quotients(wholes: Wholes, n_decimals: Integers) -> tuple[Float64s, Booleans]:
    """``wholes`` of any size over powers of ten, and where these are the nearest doubles for certain."""
    high = wholes.astype(np.float64)
    low = (wholes - high.astype(np.uint64)).view(np.int64).astype(np.float64)
    tens, high_tens, low_tens = _TENS[n_decimals], _HIGH_TENS[n_decimals], _LOW_TENS[n_decimals]
    quotients = high / tens
    split = quotients * _SPLITTER
    front = split - (split - quotients)
    back = quotients - front
    products = quotients * tens
    errors = ((front * high_tens - products) + front * low_tens + back * high_tens) + back * low_tens
    rest = (((high - products) - errors) + low) / tens
    doubt = quotients * _DOUBT
    values = quotients + rest
    return values, (quotients + (rest - doubt)) == (quotients + (rest + doubt))
