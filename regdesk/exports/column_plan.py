"""How the raw cells of one column become inputs, with every rule worked out that does not need the cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from regdesk.core.fitted.column_encoding import ColumnEncoding
from regdesk.data.columns.cells import CellClass, classify, number_of
from regdesk.data.columns.given_readings import GivenReading
from regdesk.data.columns.missing_words import MISSING_AMONG_NUMBERS
from regdesk.data.columns.number_formats import NumberFormat, format_of
from regdesk.data.dates.time_forms import (
    COMPACT_DAYS,
    COMPACT_MONTHS,
    NUMBER_FORMS,
    SPREADSHEET_DAYS,
    UNIX_MILLISECONDS,
    UNIX_SECONDS,
    WITHOUT_YEAR,
    YEARS,
)
from regdesk.data.dates.words import MONTHS

Reading = Literal["number", "date", "label", "month", "weekday"]
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SECONDS_A_DAY = 86_400.0
_NO_BOUND = 1e300
_COMPACT = {COMPACT_DAYS: 8, COMPACT_MONTHS: 6, YEARS: 4}
_COUNTED = {
    SPREADSHEET_DAYS: (1.0, 25_569.0, 1.0, 73_050.0),
    UNIX_SECONDS: (SECONDS_A_DAY, 0.0, 1e8, 4.1e9),
    UNIX_MILLISECONDS: (1000.0 * SECONDS_A_DAY, 0.0, 1e11, 4.1e12),
}


@dataclass(frozen=True)
class ColumnPlan:
    """The cells of one column.

    Attributes:
        name: that of the column; ``source`` is the number of the file's column in which the cells are.
        reading: what a cell is read as.
        n_inputs: one for dates and two labels, one for each power of a number, else one for each label.
        fill: of numbers and dates what a missing cell becomes; of labels 0.
        fill_place: of labels the place of the one that a missing or unseen one counts as; −1: of none. A label that is
            the only one has the place 1.
        places: of labels the place of every spelling that is known; of months and weekdays of each of these.
        number_places: of labels that are numbers the place of each of these.
        folds_case: a spelling that is not in ``places`` is looked for in small letters.
        missing: of labels the cells that are missing; of others those that have a digit in them, because a word
            without one is missing anyway.
        missing_numbers: numbers that are missing.
        form: of numbers how they are written; ``has_comma``: they may have a decimal comma as well.
        truth_places: of labels the places of false and true, where a language has them as such.
        takes_number_text: of dates whether a text that is a number is one: a duration in days, or as below.
        n_digits: of dates that are written as 20240131, 202401 or 2024 how many digits there are; else 0.
        per_day, shift: of dates that are numbers the days since 1970: number / ``per_day`` − ``shift``.
        least, most: bounds of such a number, beyond which it is no date.
    """

    name: str
    source: int
    reading: Reading
    n_inputs: int
    fill: float
    fill_place: int
    places: Mapping[str, int]
    number_places: Mapping[float, int]
    folds_case: bool
    missing: tuple[str, ...]
    missing_numbers: tuple[float, ...]
    form: NumberFormat | None
    has_comma: bool
    truth_places: tuple[int, int]
    takes_number_text: bool
    n_digits: int
    per_day: float
    shift: float
    least: float
    most: float

    @property
    def is_label(self) -> bool:
        """Whether inputs are 0 or 1, by the place of a label."""
        return self.reading not in ("number", "date")

    def input_of(self, place: int) -> tuple[float, ...]:
        """The inputs of a cell whose label has the ``place``, ``(n_inputs,)``; −1 is none of them."""
        if self.n_inputs == 1:
            return (float(place == 1),)
        return tuple(float(place == one) for one in range(self.n_inputs))


def column_plan(column: ColumnEncoding, source: int, has_comma: bool) -> ColumnPlan:
    """The plan of ``column``, whose cells are in column ``source`` of those that are needed."""
    given = GivenReading(words=column.missing_words)
    reading = _reading(column)
    # The one input of a single label is 1 for this one, as that of two is for the second.
    first = 1 if len(column.levels) == 1 else 0
    place = {level: number for number, level in enumerate(column.levels, first) if level in column.seen}
    fill_place = place.get(column.fill, -1) if isinstance(column.fill, str) else -1
    is_label = reading == "label"
    among_numbers = MISSING_AMONG_NUMBERS | given.missing_words
    missing = given.missing_words if is_label else [word for word in among_numbers if has_digit(word)]
    per_day, shift, least, most = _COUNTED.get(column.date_form or "", (1.0, 0.0, -_NO_BOUND, _NO_BOUND))
    return ColumnPlan(
        name=column.name,
        source=source,
        reading=reading,
        n_inputs=len(column.input_levels),
        fill=column.fill if isinstance(column.fill, float | int) else 0.0,
        fill_place=fill_place,
        places=_places(column, place, fill_place),
        number_places=_number_places(column, place) if is_label else {},
        folds_case=is_label and column.words is not None,
        missing=tuple(sorted(word for word in missing if word)),
        missing_numbers=() if is_label else tuple(given.missing_numbers.tolist()),
        form=None if column.number_form is None else format_of(column.number_form),
        has_comma=has_comma and column.number_form is None and reading == "number",
        truth_places=_truth_places(column, place, fill_place),
        takes_number_text=column.date_form in NUMBER_FORMS or column.date_form in WITHOUT_YEAR,
        n_digits=_COMPACT.get(column.date_form or "", 0),
        per_day=per_day,
        shift=shift,
        least=least,
        most=most,
    )


def has_digit(text: str) -> bool:
    """Whether one of 0 to 9 is in ``text``."""
    return any(one in "0123456789" for one in text)


def _reading(column: ColumnEncoding) -> Reading:
    if column.part is not None:
        return "month" if column.part == "month" else "weekday"
    if column.levels:
        return "label"
    return "number" if column.date_form is None else "date"


def _places(column: ColumnEncoding, place: Mapping[str, int], fill_place: int) -> Mapping[str, int]:
    if column.part is not None:
        names = MONTHS if column.part == "month" else WEEKDAYS
        return {name: place.get(name, fill_place) for name in names}
    words = () if column.words is None else column.words
    spellings = dict.fromkeys([*column.levels, *words])
    for word in words:
        # Languages differ in what small letters are beyond those of English.
        spellings |= dict.fromkeys((word.lower(), word.upper(), word.capitalize(), word.title(), word.casefold()))
    found = {spelling: place.get(column.label_of(spelling), fill_place) for spelling in spellings}
    return {spelling: number for spelling, number in found.items() if spelling}


def _truth_places(column: ColumnEncoding, place: Mapping[str, int], fill_place: int) -> tuple[int, int]:
    """As cells of a mapping are read: by their words, else no and yes in the order of the two labels."""
    found = [place.get(column.label_of(str(truth))) for truth in (False, True)]
    if None in found and column.kind == "boolean" and len(column.levels) == 2:
        found = [place.get(level) for level in column.levels]
    no, yes = (fill_place if one is None else one for one in found)
    return no, yes


def _number_places(column: ColumnEncoding, place: Mapping[str, int]) -> Mapping[float, int]:
    return {number_of(label): number for label, number in place.items() if classify(label) < CellClass.NONE}
