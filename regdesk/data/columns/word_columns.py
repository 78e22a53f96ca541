"""What a column is that has more in it than plain numbers: formatted numbers, dates, truth values, labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from regdesk.data.columns.built_column import BuiltColumn
from regdesk.data.columns.date_columns import best_date_form, column_of_dates
from regdesk.data.columns.format_choice import ChosenFormat, DecimalHints, choose_format
from regdesk.data.columns.given_readings import GivenReading
from regdesk.data.columns.kinds import FEW_LEVELS, TICKS, are_truth_values, kind_of_words
from regdesk.data.columns.missing_words import SIGNS_OF_MISSING
from regdesk.data.columns.name_codes import are_codes_and_words, warnings_of_codes
from regdesk.data.columns.number_columns import column_of_numbers
from regdesk.data.columns.number_formats import is_dash
from regdesk.data.columns.word_cells import WordCells, checked, no_check
from regdesk.data.columns.word_notes import label_warnings, truth_warnings
from regdesk.data.csv.table import MISSING_CODE, Codes, ColumnKind, Mask, WordColumn
from regdesk.data.errors import shorten

NUMERIC_SHARE = 0.75
_LABEL_SHARE = 0.02
_LABEL_CELLS = 0.1
_HAS_DIGIT = re.compile("[0-9]")
_CELLS_A_LEVEL = 5
"""Few numbers, each so often or more, beside words with digits (0, 1, 2, 3+) are labels rather than quantities."""


def column_of_words(cells: WordCells, given: GivenReading, hints: DecimalHints) -> BuiltColumn:
    """The column that ``cells`` are, as ``given`` says or as they look.

    Raises DataError for a number that is written otherwise than the others, and where the cells are not what a person
    has said that they are.
    """
    if given.kind == "categorical" or given.kind == "text":
        return _words(cells, given.kind)
    gone = _missing_among_numbers(cells.levels, given, cells.check)
    if given.kind is None and len(cells.levels) and cells.is_sure.all() and not gone.any():
        # Of a million keys all that follows would take a tenth of the time and of the memory, to find nothing.
        return _words(cells)
    if given.kind == "boolean":
        return _two_words(cells)
    if given.kind == "datetime":
        return _given_dates(cells, gone)
    if given.kind is None:
        cells, gone = _without_signs(cells, gone)
    if given.kind is None and are_truth_values(cells.levels):
        return replace(_words(cells), warnings=truth_warnings(cells))
    if given.kind is None:
        codes = warnings_of_codes(cells, gone)
        if codes is not None:
            return replace(_words(cells), warnings=codes)
    chosen = _choose(cells, gone, hints)
    if all(is_dash(cells.levels[place]) for place in np.flatnonzero(~np.isnan(chosen.values)).tolist()):
        # Dashes with a currency are zeros beside numbers alone.
        chosen = replace(chosen, values=np.full(len(cells.levels), np.nan))
    if given.kind is None and are_codes_and_words(cells, gone):
        found = _words(cells)
        return replace(found, warnings=label_warnings(cells, found.column, chosen, gone))
    n_present, n_numbers = int(cells.counts[~gone].sum()), int(cells.counts[~np.isnan(chosen.values)].sum())
    is_rare = n_numbers >= NUMERIC_SHARE * n_present and not _are_labels(cells, chosen, gone)
    if given.kind == "numeric" or (n_numbers and (n_numbers == n_present or is_rare)):
        return column_of_numbers(cells, chosen, gone, given, hints.delimiter)
    dates = best_date_form(cells, gone)
    if dates is not None:
        return column_of_dates(cells, *dates, gone, False, given.words)
    found = _words(cells)
    return replace(found, warnings=label_warnings(cells, found.column, chosen, gone))


def _without_signs(cells: WordCells, gone: Mask) -> tuple[WordCells, Mask]:
    """``cells`` and what is ``gone`` without signs, such as a dash, that stand beside no and yes: they say neither."""
    if not gone.any():
        return cells, gone
    # None beside True and False is what Python has for nothing.
    signs = SIGNS_OF_MISSING | ({"None"} if {"True", "False"} <= set(cells.levels[: FEW_LEVELS + 1]) else set())
    are_signs = np.array([level in signs for level in cells.levels], np.bool_) & gone
    if not are_signs.any() or len(cells.levels) - are_signs.sum() > FEW_LEVELS:
        return cells, gone
    levels, codes = cells.without(are_signs)
    if kind_of_words(levels, len(levels))[0] != "boolean":
        return cells, gone
    return replace(cells, levels=levels, codes=codes), gone[~are_signs]


def evidence_of_words(
    levels: Sequence[str],
    codes: Codes,
    is_sure: Mask,
    given: GivenReading,
    delimiter: str,
    check: Callable[[], None] = no_check,
) -> str:
    """The decimal mark that the cells of a column prove, '' where they prove none.

    ``is_sure`` and ``check`` as of ``WordCells``.
    """
    counts = np.bincount(codes[codes != MISSING_CODE], minlength=len(levels))
    gone = _missing_among_numbers(levels, given, check)
    places = np.flatnonzero(~gone & ~is_sure)
    kept = [levels[place] for place in checked(places.tolist(), check)]
    chosen = choose_format(kept, counts[places], DecimalHints(given.decimal, None, delimiter), check)
    n_numbers = int(counts[places][~np.isnan(chosen.values)].sum())
    return chosen.evidence if n_numbers and n_numbers >= NUMERIC_SHARE * counts[~gone].sum() else ""


def _missing_among_numbers(levels: Sequence[str], given: GivenReading, check: Callable[[], None]) -> Mask:
    is_gone = given.missing_among_numbers.__contains__
    return np.fromiter(map(is_gone, checked(levels, check)), np.bool_, len(levels))


def _choose(cells: WordCells, gone: Mask, hints: DecimalHints) -> ChosenFormat:
    """The format of what is not ``gone``, with the values of all levels."""
    places = np.flatnonzero(~gone & ~cells.is_sure)
    kept = [cells.levels[place] for place in cells.checked(places.tolist())]
    chosen = choose_format(kept, cells.counts[places], hints, cells.check)
    values = np.full(len(cells.levels), np.nan)
    values[places] = chosen.values
    return replace(chosen, values=values)


def _words(cells: WordCells, kind: ColumnKind | None = None) -> BuiltColumn:
    missing = cells.codes == MISSING_CODE
    found, distinct = kind_of_words(cells.levels, int(np.count_nonzero(~missing)))
    used = found if kind is None or distinct <= 1 else kind
    column = WordColumn(
        cells.name, used, missing, cells.levels, distinct, cells.codes, is_kind_given=kind is not None
    )  # fmt: skip
    return BuiltColumn(column, "")


def _two_words(cells: WordCells) -> BuiltColumn:
    if len(cells.levels) == 1 and (cells.codes == MISSING_CODE).any() and cells.levels[0].casefold() in TICKS | {"1"}:
        return _ticks(cells)
    found = _words(cells, "boolean").column
    if found.distinct > 2 and not are_truth_values(cells.levels):
        place = int(np.argmax(cells.first_rows))
        raise cells.error(
            place,
            f"this column has {found.distinct:,} different values, {shorten(cells.levels[place])} among them, and a "
            "boolean has two; choose another kind.",
        )
    return BuiltColumn(found, "")


def _ticks(cells: WordCells) -> BuiltColumn:
    """Yes where there is a tick, no where the cell is empty."""
    label = "0" if cells.levels[0] == "1" else "no"
    codes = np.where(cells.codes == MISSING_CODE, 1, cells.codes).astype(np.int32)
    column = WordColumn(
        cells.name,
        "boolean",
        np.zeros(len(codes), np.bool_),
        (*cells.levels, label),
        2,
        codes,
        is_kind_given=True,
        empty_label=label,
    )
    return BuiltColumn(column, "")


def _given_dates(cells: WordCells, gone: Mask) -> BuiltColumn:
    dates = best_date_form(cells, gone, with_numbers=True)
    if dates is None:
        wrong = int(np.argmin(gone)) if len(gone) and not gone.all() else None
        if wrong is None:
            return _words(cells)
        raise cells.error(
            wrong,
            f"{shorten(cells.levels[wrong])} and the other cells of this column have no form of dates in common that "
            "is known; write them as 2024-01-31, or choose another kind.",
        )
    return column_of_dates(cells, *dates, gone, True)


def _are_labels(cells: WordCells, chosen: ChosenFormat, gone: Mask) -> bool:
    """Whether a few whole numbers, over and over, stand beside words that go on from them, such as 3+.

    Or beside a word that is as frequent.
    """
    are_numbers = ~np.isnan(chosen.values)
    numbers, are_words = chosen.values[are_numbers], ~are_numbers & ~gone
    n_numbers, n_words = int(cells.counts[are_numbers].sum()), int(cells.counts[are_words].sum())
    unit = chosen.form.affix
    if not (1 if unit else 2) <= numbers.size <= FEW_LEVELS or n_numbers < _CELLS_A_LEVEL * numbers.size:
        return False
    if not (numbers == np.floor(numbers)).all():
        return False
    if cells.counts[are_words].max(initial=0) >= max(n_numbers / numbers.size, _LABEL_CELLS * (n_numbers + n_words)):
        # 4, 6, 8 and rotary: a word as frequent as the numbers is one of them.
        return True
    # Of numbers with a unit, 0 daily, only words that have it too, 1-5 daily, are of the same scale.
    words = [cells.levels[place] for place in np.flatnonzero(are_words).tolist() if unit in cells.levels[place]]
    is_rare = n_words < _LABEL_SHARE * n_numbers
    return not is_rare and any(map(_HAS_DIGIT.search, words))
