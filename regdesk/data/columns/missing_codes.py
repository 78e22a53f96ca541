"""Numbers that may stand for a value which is not known: −999 far below all others."""

from __future__ import annotations

import numpy as np

from regdesk.core.types import Float64s, Integers
from regdesk.data.columns.built_column import cell_count
from regdesk.data.csv.table import TableWarning

_LOW_CODES = (-9.0, -99.0, -999.0, -9999.0, -99999.0, -999999.0)
_HIGH_CODES = (99.0, 999.0, 9999.0, 99999.0, 999999.0)
_LEAST_OTHERS = 3
_GAPS = 2.0
"""A code is this many ranges of all other numbers away from them."""


def missing_code_warning(name: str, numbers: Float64s, row_lines: Integers) -> TableWarning | None:
    """Names the numbers of a column ``(n_rows,)``, NaN where missing, that look like codes; None without one.

    They stay numbers: whether −999 is a code cannot be seen for certain.
    """
    present = numbers[~np.isnan(numbers)]
    low, high = present.min(initial=0.0), present.max(initial=0.0)
    sought = (*(_LOW_CODES if low in _LOW_CODES else ()), *(_HIGH_CODES if high in _HIGH_CODES else ()))
    codes = [code for code in sought if (present == code).any()]
    if not codes:
        return None
    others = present[~np.isin(present, codes)]
    if others.size < _LEAST_OTHERS or others.min() == others.max():
        return None
    reach = _GAPS * (others.max() - others.min())
    found = [code for code in codes if _is_apart(code, others, reach)]
    if not found:
        return None
    is_code = np.isin(numbers, found)
    named = " and ".join(f"{code:g}" for code in found)
    words = ",".join(f"{code:g}" for code in found)
    return TableWarning(
        int(row_lines[int(np.argmax(is_code))]),
        name,
        f"{named} ({cell_count(is_code)}) may stand for a value that is not known, as all "
        f"other numbers are between {others.min():g} and {others.max():g}. It is read as a number; if it means "
        f"missing, say so (--missing-values=NA,{words}).",
    )


def _is_apart(code: float, others: Float64s, reach: float) -> bool:
    if code < 0:
        # Of what is nowhere below zero a single nine below is enough.
        return bool(code < others.min()) and bool(others.min() >= 0.0 or others.min() - code > reach)
    return bool(code - others.max() > reach)
