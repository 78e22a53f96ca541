"""What is told of labels that hold numbers in a form that is not read: coordinates, $1.5k, two numbers in a cell."""

from __future__ import annotations

import re

import numpy as np

from regdesk.core.reading_options import ReadingOffer
from regdesk.data.columns.name_codes import WORDS_OF_KEYS, words_of_name
from regdesk.data.columns.odd_forms import ANY_FORM, FORMS, PARTS
from regdesk.data.columns.word_cells import WordCells
from regdesk.data.csv.table import Mask, TableWarning
from regdesk.data.dates.formats import are_spans_of_years, is_date
from regdesk.data.errors import shorten

_LEAST_SHARE = 0.75
_LEAST_DISTINCT = 2
_MOST_CLASSES = 10
_MOST_DIGITS_MORE = 1
_LEAST_CODE = 9
_LEAST_PLACES = 4
_CELLS_OF_A_CLASS = 5
"""Of each spelling so many, or more: then they may be names of classes."""
_LEAST_RANGES, _LEAST_RANGE_SHARE = 3, 0.95
_RANGE = re.compile(r"(0|[1-9][0-9]{0,6}|[0-9]+\.[0-9]+) ?(?:-|\u2013|to) ?(0|[1-9][0-9]{0,6}|[0-9]+\.[0-9]+)")
_WITH_LETTERS = re.compile(r"[+\-\u2212]?[0-9]+(?:[.,][0-9]+)?([^\W\d_]{2,8})")
_ORDINALS = frozenset(("st", "nd", "rd", "th"))
_LIKELY = re.compile(rf"[0-9{PARTS}∞]|inf", re.I)


def odd_numbers_warning(cells: WordCells, gone: Mask) -> TableWarning | None:
    """What to tell of ``cells``, which are labels, where nearly all hold a number or a date in a form that is not read.

    ``gone`` ``(n_levels,)`` would be missing among numbers. None where there is nothing to tell.
    """
    places = np.flatnonzero(~gone & ~cells.is_sure).tolist()
    n_present = int(cells.counts[~gone].sum())
    if not places or cells.counts[places].sum() < _LEAST_SHARE * n_present:
        return None
    is_likely = cells.where(lambda level: _LIKELY.search(level) is not None)
    likely = np.flatnonzero(is_likely & ~gone & ~cells.is_sure).tolist()
    if not likely:
        return None
    with_letters = _letters_warning(cells, places, n_present)
    if with_letters is not None:
        return with_letters
    are_odd = _all_in(ANY_FORM, cells, likely, n_present)
    if cells.counts[are_odd].sum() < _LEAST_SHARE * n_present:
        return _spans_warning(cells, places) or _ranges_warning(cells, places, n_present)
    are_keys = bool(words_of_name(cells.name) & WORDS_OF_KEYS)
    for form in FORMS:
        found = [place for place in cells.checked(are_odd) if form.pattern.fullmatch(cells.levels[place])]
        if len(found) < (1 if form.may_be_one else _LEAST_DISTINCT):
            continue
        if cells.counts[found].sum() < _LEAST_SHARE * n_present:
            continue
        levels = [cells.levels[place] for place in found]
        if form.may_be_class and (are_keys or _are_codes(levels) or n_present >= _CELLS_OF_A_CLASS * len(places)):
            continue
        if (form.may_count and _count_up(levels)) or (form.may_be_place and _are_places(levels)):
            continue
        said = "each cell has" if len(found) == len(places) else "most cells have"
        return cells.warning(
            found[0],
            f"{said} {form.what}, such as {shorten(cells.levels[found[0]])}; they are read as labels. {form.remedy}.",
        )
    return _spans_warning(cells, places) or _ranges_warning(cells, places, n_present)


def _all_in(form: re.Pattern[str], cells: WordCells, places: list[int], n_present: int) -> list[int]:
    """Which of ``places`` have ``form``; it ends where so many have not that too few are left.

    Of spellings that are all different and of all kinds this takes a twentieth of the whole time of reading.
    """
    found, n_others = [], 0
    counts = cells.counts
    for place in cells.checked(places):
        if form.fullmatch(cells.levels[place]):
            found.append(place)
            continue
        n_others += int(counts[place])
        if n_others > (1.0 - _LEAST_SHARE) * n_present:
            break
    return found


def _letters_warning(cells: WordCells, places: list[int], n_present: int) -> TableWarning | None:
    """25bp is a number in a unit that is not known, where all cells have it; 4wd and 2wd are classes."""
    found: list[re.Match[str]] = []
    # Of a million keys the first one mostly is none.
    for place in cells.checked(places):
        match = _WITH_LETTERS.fullmatch(cells.levels[place])
        if match is None or (found and match[1] != found[0][1]):
            return None
        found.append(match)
    if len(found) < _LEAST_RANGES:
        return None
    is_key = bool(words_of_name(cells.name) & WORDS_OF_KEYS)
    # 560xx is a postal code of which a part is hidden.
    if (
        is_key
        or found[0][1] in _ORDINALS
        or len(set(found[0][1].casefold())) == 1
        or n_present >= _CELLS_OF_A_CLASS * len(places)
    ):
        return None
    return cells.warning(
        places[0],
        f"each cell has a number and {shorten(found[0][1])}, which is no unit that is known, such as "
        f"{shorten(found[0][0])}; they are read as labels. Write the numbers alone to have numbers.",
    )


def _are_codes(levels: list[str]) -> bool:
    """Whether ``levels`` are groups of digits with blanks between, all as long: numbers of cards and telephones."""
    lengths = {tuple(map(len, level.split())) for level in levels}
    return (
        len(lengths) == 1
        and sum(lengths.pop()) >= _LEAST_CODE
        and all(level.replace(" ", "").isdecimal() for level in levels)
    )


def _count_up(levels: list[str]) -> bool:
    """Whether the whole numbers in ``levels`` are 1, 2, 3 and so on, in any order."""
    numbers = [level.strip("() ") for level in levels]
    return sorted(int(one) for one in numbers if one.isdecimal()) == list(range(1, len(numbers) + 1))


def _are_places(levels: list[str]) -> bool:
    """Whether what stands before the letter in ``levels`` and what stands behind it occur in every combination."""
    sides = [re.split("[a-zA-Z]", level, maxsplit=1) for level in levels]
    firsts, lasts = {first for first, _ in sides}, {last for _, last in sides}
    return len(set(levels)) == len(firsts) * len(lasts) >= _LEAST_PLACES


def _spans_warning(cells: WordCells, places: list[int]) -> TableWarning | None:
    """2009-10 may be a month, and where all cells are a year and the next one it is a season."""
    levels = [cells.levels[place] for place in cells.checked(places)]
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
    found = [
        place for place in cells.checked(places) if (match := _RANGE.fullmatch(cells.levels[place])) and _rises(match)
    ]
    if cells.counts[found].sum() < _LEAST_RANGE_SHARE * n_present or len(found) < _LEAST_RANGES:
        return None
    is_key = bool(words_of_name(cells.name) & WORDS_OF_KEYS)
    if is_key or len(places) <= min(_MOST_CLASSES, n_present // 2) or n_present >= _CELLS_OF_A_CLASS * len(places):
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
