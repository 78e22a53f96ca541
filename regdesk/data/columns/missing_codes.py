"""Numbers that may stand for a value which is not known: −999 far below all others, 1e20 of netCDF."""

from __future__ import annotations

import numpy as np

from regdesk.core.reading_options import ReadingOffer
from regdesk.core.types import Booleans, Float64s, Integers
from regdesk.data.columns.built_column import cell_count
from regdesk.data.csv.table import TableWarning
from regdesk.data.errors import listing

_NINES = tuple(float("9" * n) for n in range(2, 10))
_EIGHTS = tuple(float(digit * n) for digit in "678" for n in range(2, 7))
"""Refused, unknown, does not apply: what stands beside the nines of questionnaires."""
_BESIDE_NINES = tuple(nines - less for nines in _NINES[:5] for less in (1.0, 2.0, 3.0))
_WITH_DECIMALS = (99.9, 99.99, 999.9, 999.99, 9999.9, 9999.99, 99999.9, 999.25)
_FILLERS = (1e20, 1e30, 1e31, 1e34, 1e35, 1e36, 1e37, 9.969209968386869e36, 1.70141e38, 3.4028234663852886e38)
"""Of netCDF, GRIB and the like, in as many digits as they were written with."""
_BOUNDS = (32767.0, -32768.0, 65535.0, 2147483647.0, -2147483648.0, 4294967295.0, 9223372036854775807.0)
"""The largest and smallest whole numbers of two, four and eight bytes."""
_CODES = np.sort(
    np.array(
        [
            *(sign * code for code in (*_NINES, *_EIGHTS, *_BESIDE_NINES, *_WITH_DECIMALS) for sign in (1.0, -1.0)),
            *(-9.0, -8.0, *_BOUNDS, -_BOUNDS[-1]),
        ]
    )
)
_CODES_ALONE = frozenset(_CODES.tolist())
_SURE = frozenset((*_NINES, *_WITH_DECIMALS, 9.0, *(abs(bound) for bound in _BOUNDS)))
_FILLER_ROUNDING = 1e-5
_LEAST_FILLER = _FILLERS[0] * (1.0 - _FILLER_ROUNDING)
_LEAST_OTHERS = 3
_MOST_NAMED = 4
_MOST_CODES_ABOVE = 8
_MINUS_ONE = -1.0
_LEAST_ABOVE, _LEAST_LARGE = 10, 20.0
_NEAR, _SHARE_NEAR = 5.0, 0.1
_GAPS = 2.0
"""A code is this many ranges of all other numbers away from them."""


def missing_code_warning(name: str, numbers: Float64s, row_lines: Integers) -> TableWarning | None:
    """Names the numbers of a column ``(n_rows,)``, NaN where missing, that look like codes; None without one.

    They stay numbers: whether −999 is a code cannot be seen for certain.
    """
    # Without a copy of those that are present: of a million rows it would be 8 MB. fmin and fmax know no number that
    # is none, and so have nothing to warn of.
    low, high = float(np.fmin.reduce(numbers, initial=0.0)), float(np.fmax.reduce(numbers, initial=0.0))
    found = _of_usual_codes(name, numbers, row_lines, (low, high))
    if found is None and low == _MINUS_ONE and _stands_apart(numbers):
        return _warning(name, numbers, row_lines, [_MINUS_ONE], numbers[numbers >= 0.0])
    return found


def _of_usual_codes(
    name: str, numbers: Float64s, row_lines: Integers, ends: tuple[float, float]
) -> TableWarning | None:
    low, high = ends
    # Of most columns neither is, and numpy takes fifty times as long to say so.
    if low not in _CODES_ALONE and high not in _CODES_ALONE and low > -_LEAST_FILLER and high < _LEAST_FILLER:
        return None
    if not any(map(_may_be_code, ends)):
        return None
    if _is_largest_near(numbers, ends[1]):
        return None
    present = numbers[~np.isnan(numbers)]
    are_codes = _may_be_codes(present)
    others = present[~are_codes]
    if others.size < _LEAST_OTHERS or others.min() == others.max():
        return None
    with np.errstate(over="ignore"):
        reach = _GAPS * (others.max() - others.min())
    codes, counts = np.unique(present[are_codes], return_counts=True)
    apart = [_is_apart(code, others, reach) for code in codes.tolist()]
    is_sure = [
        count > 1 or abs(code) in _SURE or (code not in _CODES_ALONE and _may_be_code(code))
        for code, count in zip(codes.tolist(), counts.tolist(), strict=True)
    ]
    # 97 beside 99 is a code as well; by itself, once, it is a number that is far from the others.
    if not any(one and sure for one, sure in zip(apart, is_sure, strict=True)):
        return None
    found = [code for code, one in zip(codes.tolist(), apart, strict=True) if one]
    return _warning(name, numbers, row_lines, found, others)


def _warning(name: str, numbers: Float64s, row_lines: Integers, found: list[float], others: Float64s) -> TableWarning:
    is_code = np.isin(numbers, found)
    words = [_in_digits(code) for code in sorted(found, key=abs)]
    named = listing(words, _MOST_NAMED) if len(words) > _MOST_NAMED else " and ".join(", ".join(words).rsplit(", ", 1))
    offer = ReadingOffer(tuple(words))
    return TableWarning(
        int(row_lines[int(np.argmax(is_code))]),
        name,
        f"{named} ({cell_count(is_code)}) may stand for a value that is not known, as all "
        f"other numbers are between {others.min():g} and {others.max():g}. It is read as a number; if it means "
        f"missing, say so ({offer.option}).",
        offer,
    )


def _stands_apart(numbers: Float64s) -> bool:
    """Whether −1, which is the only one of ``numbers`` below zero, is far from whole numbers, and there more than once.

    Of differences and of degrees others are near; of clusters there are few.
    """
    others = numbers[numbers != _MINUS_ONE]
    others = others[~np.isnan(others)]
    is_far = others.size >= _LEAST_ABOVE and others.min() >= 0.0 and others.max() >= _LEAST_LARGE
    if not is_far or np.count_nonzero(numbers == _MINUS_ONE) < 2 or (others != np.floor(others)).any():
        return False
    return bool(np.count_nonzero(others < _NEAR) <= _SHARE_NEAR * others.size)


def _is_largest_near(numbers: Float64s, most: float) -> bool:
    """Whether the least of ``numbers`` is no code, and ``most`` so near the largest that is none that no code is apart.

    Marks of 0 to 99 are so, and need no copy of all of them.
    """
    least, other = float(np.fmin.reduce(numbers)), most
    if _may_be_code(least):
        return False
    for _ in range(_MOST_CODES_ABOVE):
        if not _may_be_code(other):
            return other > least and most - other <= _GAPS * (other - least)
        other = float(np.max(numbers, where=numbers < other, initial=-np.inf))
    return False


def _may_be_code(number: float) -> bool:
    """As ``_may_be_codes``, of one: numpy takes fifty times as long, which of 20,000 columns were seconds."""
    return number in _CODES_ALONE or (
        abs(number) >= _LEAST_FILLER and any(abs(abs(number) - one) <= _FILLER_ROUNDING * one for one in _FILLERS)
    )


def _may_be_codes(numbers: Float64s) -> Booleans:
    return np.isin(numbers, _CODES) | _is_filler(numbers)


def _is_filler(numbers: Float64s) -> Booleans:
    large = np.abs(numbers)
    found = np.zeros(len(numbers), np.bool_)
    for filler in _FILLERS if large.max(initial=0.0) >= _LEAST_FILLER else ():
        found |= np.abs(large - filler) <= _FILLER_ROUNDING * filler
    return found


def _is_apart(code: float, others: Float64s, reach: float) -> bool:
    if code < 0:
        # Of what is nowhere below zero a single nine below is enough.
        return bool(code < others.min()) and bool(others.min() >= 0.0 or others.min() - code > reach)
    return bool(code - others.max() > reach)


def _in_digits(code: float) -> str:
    """``code`` so that it is found again where somebody says that it is missing."""
    short = f"{code:g}"
    return short if float(short) == code else repr(code).removesuffix(".0")
