"""What is told of labels that look like something else: half of them numbers, or numbers in several units."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from regdesk.core.reading_options import ReadingOffer
from regdesk.data.columns.built_column import cell_count
from regdesk.data.columns.date_columns import best_date_form
from regdesk.data.columns.format_choice import ChosenFormat
from regdesk.data.columns.kinds import FEW_LEVELS, are_mixed_truths, are_truth_values, is_truth_word
from regdesk.data.columns.known_shapes import shapes_of
from regdesk.data.columns.missing_words import SIGNS_OF_MISSING
from regdesk.data.columns.number_formats import shape_of
from regdesk.data.columns.odd_numbers import odd_numbers_warning
from regdesk.data.columns.word_cells import WordCells, checked
from regdesk.data.csv.table import MISSING_CODE, Column, Mask, TableWarning
from regdesk.data.errors import listing, shorten

MIXED_SHARE = 0.25
_FEW_SHARE = 0.05
_FEW_NUMBERS = 3
_LEAST_CODES = 3
_TRUTHS_AN_ODD_WORD = 9
_BOUND = re.compile(
    r"(?:[<>~≈≤≥±]=?|(?i:ca\.?|approx\.?|about|circa|under|over))\s*[0-9][0-9.,]*\s*%?"
    r"|[+-]?[0-9.,]*[0-9](?:\s?\+|\s?[*†‡]{1,3}|\s?[\"″]|\s?[x×])"
)
_MONTH = "(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_TURNED = re.compile(rf"[0-9]{{1,2}}-{_MONTH}|{_MONTH}-[0-9]{{1,2}}")
_MARK_IN_NAME = re.compile(r"(?:[^\W\d_]+[ .-]+){0,2}[^\W\d_]+\?[^\W\d_]+(?:[ .-]+[^\W\d_]+){0,2}")
_NAME_IN_CAPITALS = re.compile(r"[A-Z][A-Z0-9.\-]*[A-Z0-9]")
_RANGE = re.compile(r"[0-9]+ ?[-–/] ?[0-9]+")
_AROUND_CELLS = ('="', "`")
"""What spreadsheets write before codes, and the quote of a database; the last sign stands behind the cell as well."""


@dataclass(frozen=True)
class CodesOfTwoLetters(TableWarning):
    """That NA, which is missing, may be one of the codes of a column."""


def label_warnings(cells: WordCells, column: Column, chosen: ChosenFormat, gone: Mask) -> tuple[TableWarning, ...]:
    """What to tell of ``cells``, which have become the ``column`` of words; ``gone`` would be missing among numbers."""
    found = [
        _mixed_truths_warning(cells, gone)
        or _units_warning(cells, gone)
        or _mixed_warning(cells, column, chosen, gone)
        or _turned_warning(cells)
        or _some_dates_warning(cells, gone)
        or _bounds_warning(cells, gone)
        or _odd_word_warning(cells, gone)
        or _sign_warning(cells, column, gone)
        or odd_numbers_warning(cells, gone),
        _around_warning(cells),
        _lost_letters_warning(cells),
        _two_letters_warning(cells),
    ]
    return tuple(one for one in found if one is not None)


def truth_warnings(cells: WordCells) -> tuple[TableWarning, ...]:
    """What to tell where words for yes and no stand beside 1 and 0, which are taken for the same."""
    digits = [place for place, level in enumerate(cells.levels) if level in ("0", "1")]
    if not digits:
        return ()
    return (
        cells.warning(
            digits[0],
            f"{cells.named(digits)} {'stands' if len(digits) == 1 else 'stand'} beside words for yes and no: 1 is "
            "taken for yes or true, 0 for no or false.",
        ),
    )


def _mixed_truths_warning(cells: WordCells, gone: Mask) -> TableWarning | None:
    places = np.flatnonzero(~gone).tolist()
    if len(places) > FEW_LEVELS or not are_mixed_truths([cells.levels[place] for place in places]):
        return None
    return cells.warning(
        places[0],
        f"all cells say yes or no, but in words of several kinds, {cells.named(places)}; each is a label of its own. "
        "Write one word for yes and one for no to have two labels.",
    )


def _mixed_warning(cells: WordCells, column: Column, chosen: ChosenFormat, gone: Mask) -> TableWarning | None:
    is_number = ~np.isnan(chosen.values)
    n_numbers, n_present = int(cells.counts[is_number].sum()), int(cells.counts[~gone].sum())
    # Of free text and of names that tell rows apart some are digits; of categories a few numbers are told.
    least = max(_FEW_SHARE * n_present, _FEW_NUMBERS) if column.kind == "categorical" else MIXED_SHARE * n_present
    if chosen.form.affix and n_numbers == 1:
        # 5 Å among names is a name.
        return None
    if not n_numbers or n_numbers < min(least, MIXED_SHARE * n_present) or column.kind == "boolean":
        return None
    places = sorted(np.flatnonzero(~is_number & ~gone).tolist(), key=lambda place: -int(cells.counts[place]))
    as_missing = ReadingOffer(tuple(cells.levels[place] for place in places[:3]))
    are_numbers = all(shape_of(cells.levels[place]) is not None for place in places)
    offer: ReadingOffer | None = as_missing
    remedy = f" If the words stand for missing, say so ({as_missing.option})."
    if are_numbers:
        remedy, offer = " Write all numbers in one form.", None
    elif all(any(map(str.isdecimal, cells.levels[place])) for place in places):
        # 0 daily beside 1-5 daily and 11+ daily is a scale.
        remedy, offer = "", None
    return cells.warning(
        min(places, key=lambda place: int(cells.first_rows[place])),
        f"{n_numbers:,} of {n_present:,} cells are numbers and the others "
        f"{'are written otherwise' if are_numbers else 'words'}, {cells.named(places)}; all are read as "
        f"labels.{remedy}",
        offer,
    )


def _units_warning(cells: WordCells, gone: Mask) -> TableWarning | None:
    places = np.flatnonzero(~gone & ~cells.is_sure)
    shapes = shapes_of(tuple(cells.levels[place] for place in cells.checked(places.tolist())), cells.check)
    units = tuple(dict.fromkeys(shape.affix for shape in shapes if shape is not None and shape.affix))
    has_unit = np.zeros(len(gone), np.bool_)
    has_unit[places] = [shape is not None and bool(shape.affix) for shape in shapes]
    if len(units) < 2 or cells.counts[has_unit].sum() < (1.0 - MIXED_SHARE) * cells.counts[~gone].sum():
        return None
    return cells.warning(
        int(np.argmax(has_unit)),
        f"the cells are numbers in different units ({listing([shorten(unit) for unit in units], 5)}), which are not "
        "converted; they are read as labels. Write all of them in one unit.",
    )


def _some_dates_warning(cells: WordCells, gone: Mask) -> TableWarning | None:
    dates = best_date_form(cells, gone, MIXED_SHARE)
    if dates is None:
        return None
    form, fits = dates
    places = sorted(np.flatnonzero(~fits & ~gone).tolist(), key=lambda place: int(cells.first_rows[place]))
    return cells.warning(
        places[0],
        f"{int(cells.counts[fits].sum()):,} of {int(cells.counts[~gone].sum()):,} cells are dates in the form {form}, "
        f"and the others are not, {cells.named(places)}; all are read as labels. Write dates in one form.",
    )


def _bounds_warning(cells: WordCells, gone: Mask) -> TableWarning | None:
    """Cells such as <5 and ~3 say more than their label does."""
    is_bound = cells.where(lambda level: _BOUND.fullmatch(level) is not None)
    n_bounds = int(cells.counts[is_bound].sum())
    if not n_bounds or n_bounds < (1.0 - MIXED_SHARE) * cells.counts[~gone].sum():
        return None
    place = int(np.argmax(is_bound))
    return cells.warning(
        place,
        f"{cell_count(cells.rows_of(is_bound))}, such as {shorten(cells.levels[place])}, have a sign around a "
        "number (below, about, or more, inches, a footnote); they are read as labels. Write the numbers alone "
        "to have numbers.",
    )


def _turned_warning(cells: WordCells) -> TableWarning | None:
    """A spreadsheet makes dates of ranges, fractions and the names of genes: 2-Jan of 1-2, 1-Mar of MARCH1."""
    turned = np.flatnonzero(cells.where(lambda level: _TURNED.fullmatch(level) is not None)).tolist()
    if not turned:
        return None
    if not any(_RANGE.fullmatch(level) for level in cells.levels):
        return _turned_name_warning(cells, turned)
    return cells.warning(
        turned[0],
        f"{cells.named(turned)} {'stands' if len(turned) == 1 else 'stand'} among ranges such as "
        f"{shorten(next(level for level in cells.levels if _RANGE.fullmatch(level)))}: a spreadsheet may have made a "
        "date of one. It is a label of its own; correct the cell.",
    )


def _turned_name_warning(cells: WordCells, turned: list[int]) -> TableWarning | None:
    """Days of a month among names that are in capitals, with figures here and there, as those of genes are."""
    others = [cells.levels[place] for place in np.setdiff1d(np.arange(len(cells.levels)), turned).tolist()]
    names = [level for level in others if _NAME_IN_CAPITALS.fullmatch(level)]
    if len(turned) > len(others) or 2 * len(names) < len(others):
        return None
    return cells.warning(
        turned[0],
        f"{cells.named(turned)} {'stands' if len(turned) == 1 else 'stand'} among names such as "
        f"{shorten(names[0])}: a spreadsheet may have made a date of one, as 1-Mar of MARCH1. It is a label of its "
        "own; correct the cell.",
    )


def _odd_word_warning(cells: WordCells, gone: Mask) -> TableWarning | None:
    """A single word or two among many that say yes or no: a label of its own, and probably a slip."""
    is_truth = _found(cells, is_truth_word)
    odd = np.flatnonzero(~is_truth & ~gone).tolist() if is_truth.any() else []
    n_truths = int(cells.counts[is_truth].sum())
    kept = tuple(cells.levels[place] for place in np.flatnonzero(is_truth).tolist())
    if not odd or n_truths < _TRUTHS_AN_ODD_WORD * cells.counts[odd].sum() or not are_truth_values(kept):
        return None
    offer = ReadingOffer(tuple(cells.levels[one] for one in odd))
    return cells.warning(
        odd[0],
        f"among words for yes and no there {'is' if len(odd) == 1 else 'are'} {cells.named(odd)}, a label of its own. "
        f"If it means missing, say so ({offer.option}).",
        offer,
    )


def _found(cells: WordCells, is_one: Callable[[str], bool]) -> Mask:
    """Which spellings ``is_one`` holds for ``(n_levels,)``, which it does for no sure word."""
    found = np.zeros(len(cells.levels), np.bool_)
    places = np.flatnonzero(~cells.is_sure).tolist()
    found[places] = [is_one(cells.levels[place]) for place in cells.checked(places)]
    return found


def _sign_warning(cells: WordCells, column: Column, gone: Mask) -> TableWarning | None:
    """A dot or a dash among words: a label of its own, and probably nothing."""
    if column.kind != "categorical" or not gone.any():
        return None
    are_signs = np.array([level in SIGNS_OF_MISSING for level in cells.levels], np.bool_) & gone
    words = [level for level, is_sign in zip(cells.levels, are_signs.tolist(), strict=True) if not is_sign]
    if not are_signs.any() or len(words) < 2:
        return None
    if not all(any(map(str.isalnum, word)) for word in words):
        return None
    if all(any(cells.levels[one] in word for word in words) for one in np.flatnonzero(are_signs).tolist()):
        # / is a folder among /a and /a/b, and . one among ./a.
        return None
    signs = np.flatnonzero(are_signs).tolist()
    offer = ReadingOffer(tuple(cells.levels[one] for one in signs))
    return cells.warning(
        signs[0],
        f"among words there {'is' if len(signs) == 1 else 'are'} {cells.named(signs)}, a label of its own. If it means "
        f"missing, say so ({offer.option}).",
        offer,
    )


def _lost_letters_warning(cells: WordCells) -> TableWarning | None:
    """M?nchen: some program has written a question mark for a letter that it did not know."""
    levels = enumerate(checked(cells.levels, cells.check))
    places = [place for place, level in levels if "?" in level and _MARK_IN_NAME.fullmatch(level) is not None]
    if not places:
        return None
    message = f"{cells.named(places)}: a question mark within a word may stand for a letter that was lost."
    return cells.warning(places[0], message)


def _around_warning(cells: WordCells) -> TableWarning | None:
    """="007" and `name`: signs of the program that wrote the file stand around every cell, and none is a letter."""
    mark = next((mark for mark in _AROUND_CELLS if cells.levels and cells.levels[0].startswith(mark)), None)
    if mark is None or not all(
        level.startswith(mark) and level.endswith(mark[-1]) and len(level) > len(mark) for level in cells.levels
    ):
        return None
    first = cells.levels[0]
    return cells.warning(
        0,
        f"every cell stands within signs of the program that wrote it, as {shorten(first)} does, and they are read as "
        f"letters of it; write {shorten(first[len(mark) : -1])} alone if they do not belong to it.",
    )


def _two_letters_warning(cells: WordCells) -> TableWarning | None:
    """NA is Namibia where all others are codes of two letters, and then its cells are not missing."""
    row = cells.na_row
    if row is None or cells.codes[row] != MISSING_CODE or len(cells.levels) < _LEAST_CODES:
        return None
    if not all(len(level) == 2 and level.isalpha() and level.isupper() for level in cells.levels):
        return None
    return CodesOfTwoLetters(
        int(cells.row_lines[row]),
        cells.name,
        "all other cells are codes of two letters; if NA is one of them (Namibia), it is taken for missing here. Say "
        "what means missing (--missing-values) to keep it.",
    )
