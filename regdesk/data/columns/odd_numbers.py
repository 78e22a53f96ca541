"""What is told of labels that hold numbers in a form that is not read: coordinates, $1.5k, two numbers in a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from regdesk.core.reading_options import ReadingOffer
from regdesk.data.columns.word_cells import WordCells
from regdesk.data.csv.table import Mask, TableWarning
from regdesk.data.dates.formats import are_spans_of_years, is_date
from regdesk.data.errors import shorten

_LEAST_SHARE = 0.75
_LEAST_DISTINCT = 2
_MOST_CLASSES = 10
_MOST_DIGITS_MORE = 1
_LEAST_RANGES, _LEAST_RANGE_SHARE = 3, 0.95
_NUMBER = r"[0-9]+(?:[.,][0-9]+)?"
_MONEY = r"(?:[$€£¥₹]|[A-Z]{1,2}\$|[A-Z]{3})"
_TIMES = r"(?:[kKmMbBtT]|bn|mn|mio\.?|mrd\.?|tsd\.?|thousand|million|billion|trillion|lakhs?|crores?|cr)"
_SHORT = r"[+\-\u2212]?(?:0|[1-9][0-9]{0,3})(?:\.[0-9]+)?"
"""No part of a telephone number or of a long code."""
_SIGNED = rf"[+\-\u2212]?{_NUMBER}"
_ZONES = (
    "CET|CEST|MEZ|MESZ|WET|WEST|EET|EEST|MSK|BST|IST|EST|EDT|CST|CDT|MST|MDT|PST|PDT|AKST|AKDT|HST|JST|KST|SGT|HKT|"
    "AEST|AEDT|ACST|ACDT|AWST|NZST|NZDT"
)
_PARTS = "\u00bc-\u00be\u2150-\u215e\u2189"
"""Halves, thirds and so on as one character."""
_RANGE = re.compile(r"(0|[1-9][0-9]{0,6}|[0-9]+\.[0-9]+) ?(?:-|\u2013|to) ?(0|[1-9][0-9]{0,6}|[0-9]+\.[0-9]+)")
_LIKELY = re.compile(rf"[0-9{_PARTS}∞]|inf", re.I)


@dataclass(frozen=True)
class _OddForm:
    """Cells that all match a pattern: what is in them, and how they would be read.

    ``may_count``: where they are (1), (2), (3) they are names. ``may_be_one``: it is told of a single spelling, too,
    which is as good as any label in other forms.
    """

    pattern: re.Pattern[str]
    what: str
    remedy: str
    may_count: bool = False
    may_be_one: bool = False


_FORMS = (
    _OddForm(
        re.compile(rf"{_NUMBER} ?[-\u2212]"),
        "a number with a minus behind it, which may mean below zero, or and less",
        "Write the minus before the numbers, if that is meant, to have numbers",
    ),
    _OddForm(
        re.compile(
            r"[+-]?(?:0[xX][0-9A-Fa-f]{1,8}(?:\.[0-9A-Fa-f]*)?(?:[pP][+-]?[0-9]+)?|0[bB][01]{1,32}|0[oO][0-7]{1,11})"
        ),
        "a number with the base 16, 8 or 2",
        "Write the numbers with the base 10 to have numbers",
    ),
    _OddForm(
        re.compile(r"[+-]?[0-9]{1,3}(?:_[0-9]{3})+(?:\.[0-9]*)?"),
        "a number with underscores between thousands",
        "Leave the underscores out to have numbers",
    ),
    _OddForm(
        re.compile(r"[+-]?(?:[0-9][dD]|[0-9]+[dD][+-])[0-9]{1,3}"),
        "a whole number, a d and a number, which may be an exponent of Fortran",
        "Write e instead of d, if that is meant, to have numbers",
    ),
    _OddForm(
        # Four digits and two, 2019/20, are a season.
        re.compile(r"[+-]?(?:[0-9]{1,3}(?:\.[0-9]+)? ?/ ?[0-9]{1,3}|[0-9]{1,3}[ -][0-9]{1,2}/[0-9]{1,2})"),
        "two numbers with a slash between them",
        "Write fractions as decimals, and other pairs in two columns, to have numbers",
    ),
    _OddForm(
        re.compile(rf"[+\-\u2212]?(?:[0-9]+ ?)?[{_PARTS}]"),
        "a fraction that is one character",
        "Write decimals to have numbers",
    ),
    _OddForm(
        re.compile(r"[+\-\u2212]?(?:inf(?:inity)?|∞|1\.#INF)", re.I),
        "an infinite number, which no model can use",
        "Leave the cells empty where the value is not known",
        may_be_one=True,
    ),
    _OddForm(
        re.compile(r"[+\-\u2212]?(?:[0-9]+[.,][0-9]+ ?°?|[0-9]+ ?°) ?[NSEWO]|[NSEW] ?(?:[0-9]+\.[0-9]+ ?°?|[0-9]+ ?°)"),
        "a number and a point of the compass",
        "Write numbers alone, with a minus for south and west, to have numbers",
    ),
    _OddForm(
        re.compile(r"[+\-\u2212]?[0-9]{1,3} ?[°º] ?[0-9]{1,2}(?:\.[0-9]+)? ?['′’].*"),
        "an angle in degrees and minutes",
        "Write decimal degrees to have numbers",
    ),
    _OddForm(
        re.compile(rf"\( ?{_MONEY}? ?[0-9]+(?:\.[0-9]+)? ?\)"),
        "a number in brackets, which may mean below zero or nothing at all",
        "Write the numbers without brackets, with a minus where that is meant, to have numbers",
        may_count=True,
    ),
    _OddForm(
        re.compile(
            rf"[+\-\u2212]?{_MONEY} ?[+\-\u2212]?{_NUMBER} ?{_TIMES}|[+\-\u2212]?{_NUMBER} ?{_TIMES} ?{_MONEY}", re.I
        ),
        "an amount with a letter or a word that multiplies it",
        "Write the amounts in full to have numbers",
    ),
    _OddForm(
        re.compile(rf"{_SHORT}(?:\s+{_SHORT})+"),
        "several numbers with blanks between them",
        "Put each into a column of its own to have numbers",
    ),
    _OddForm(
        re.compile(rf"\(?{_SIGNED} ?[+\-] ?{_NUMBER} ?[ijIJ]\)?"),
        "a complex number",
        "Put its parts into columns of their own to have numbers",
    ),
    _OddForm(
        re.compile(rf"{_NUMBER} ?(?:\^|\*\*) ?{_SIGNED}"),
        "a number and a power",
        "Write the number in digits, or as 1e3, to have numbers",
    ),
    _OddForm(
        re.compile(rf"{_SIGNED} ?(?:±|\+/[-\u2212]) ?{_NUMBER}"),
        "a number and how far it may be off",
        "Put the two into columns of their own to have numbers",
    ),
    _OddForm(
        re.compile(rf"{_NUMBER} ?[a-z]+\.?,? {_NUMBER} ?[a-z]+\.?", re.I),
        "two numbers, each with a unit",
        "Write one number in one unit to have numbers",
    ),
    _OddForm(
        re.compile(rf".*[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:[.,][0-9]+)?)? ?(?:{_ZONES})"),
        "a date or time with the name of a time zone, of which some mean several zones",
        "Write the offset, as in 2024-01-31 12:00+01:00, or leave the zone out, to have dates",
    ),
)


def odd_numbers_warning(cells: WordCells, gone: Mask) -> TableWarning | None:
    """What to tell of ``cells``, which are labels, where nearly all hold a number or a date in a form that is not read.

    ``gone`` ``(n_levels,)`` would be missing among numbers. None where there is nothing to tell.
    """
    places = np.flatnonzero(~gone & ~cells.is_sure).tolist()
    n_present = int(cells.counts[~gone].sum())
    if not places or cells.counts[places].sum() < _LEAST_SHARE * n_present:
        return None
    likely = [place for place in places if _LIKELY.search(cells.levels[place])]
    for form in _FORMS:
        found = [place for place in likely if form.pattern.fullmatch(cells.levels[place])]
        if form.may_count and _count_up([cells.levels[place] for place in found]):
            continue
        if (
            len(found) < (1 if form.may_be_one else _LEAST_DISTINCT)
            or cells.counts[found].sum() < _LEAST_SHARE * n_present
        ):
            continue
        said = "each cell has" if len(found) == len(places) else "most cells have"
        return cells.warning(
            found[0],
            f"{said} {form.what}, such as {shorten(cells.levels[found[0]])}; they are read as labels. {form.remedy}.",
        )
    return _spans_warning(cells, places) or _ranges_warning(cells, places, n_present)


def _count_up(levels: list[str]) -> bool:
    """Whether the whole numbers in ``levels`` are 1, 2, 3 and so on, in any order."""
    numbers = [level.strip("() ") for level in levels]
    return sorted(int(one) for one in numbers if one.isdecimal()) == list(range(1, len(numbers) + 1))


def _spans_warning(cells: WordCells, places: list[int]) -> TableWarning | None:
    """2009-10 may be a month, and where all cells are a year and the next one it is a season."""
    levels = [cells.levels[place] for place in places]
    if not are_spans_of_years(levels) or not all(is_date(level, "%Y-%m") for level in levels):
        return None
    offer = ReadingOffer(column=cells.name, kind="datetime")
    return cells.warning(
        places[0],
        f"{shorten(levels[0])} may be a month, or a year and the next: all cells are written so, and they are read as "
        f"labels. Say so if these are months ({offer.option}).",
        offer,
    )


def _ranges_warning(cells: WordCells, places: list[int], n_present: int) -> TableWarning | None:
    """0-12.5 and 12.5-20 are numbers that lie somewhere between two; few that come again are classes, as those of age.

    555-1234 is no range, as all numbers have three digits before the dash and four behind it, and 12-3 is none either.
    """
    found = [place for place in places if (match := _RANGE.fullmatch(cells.levels[place])) and _rises(match)]
    if cells.counts[found].sum() < _LEAST_RANGE_SHARE * n_present or len(found) < _LEAST_RANGES:
        return None
    if len(places) <= min(_MOST_CLASSES, n_present // 2):
        return None
    sides = [re.split(r" ?(?:-|\u2013|to) ?", cells.levels[place]) for place in found]
    widths = {(len(first), len(last)) for first, last in sides}
    if len(widths) == 1 and len(sides[0][0]) != len(sides[0][1]):
        return None
    return cells.warning(
        found[0],
        f"the cells are ranges from one number to another, such as {shorten(cells.levels[found[0]])}; they are read as "
        "labels. Put both ends into columns of their own, or write the middle, to have numbers.",
    )


def _rises(match: re.Match[str]) -> bool:
    """Whether the second number is larger, and not much longer: 5-1234 is a code."""
    first, last = match[1], match[2]
    return float(first) < float(last) and len(last.split(".")[0]) <= len(first.split(".")[0]) + _MOST_DIGITS_MORE
