"""The cells of a column by their spelling, and where each of them stands in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np

from regdesk.core.reading_options import USUAL_WORDS, ReadingOffer
from regdesk.core.types import Integers
from regdesk.data.blocks.spelling_forms import SpellingForms
from regdesk.data.columns.built_column import cell_count
from regdesk.data.csv.table import MISSING_CODE, Codes, Mask, TableWarning
from regdesk.data.dates.formats import may_be_date
from regdesk.data.errors import DataError, shorten

MOST_NAMED = 5
_AT_ONCE = 50_000
_BETWEEN_CHECKS = 10_000
"""Spellings: to look at so many takes some ten milliseconds."""
_MOST_TAKEN = 1000
Item = TypeVar("Item")
_INFINITE = re.compile(r"[+-]?inf(?:inity)?", re.IGNORECASE)
FEW = 1000
"""Spellings: the rules themselves are quick enough with as many."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b\x7f]|\x1a(?!\Z)")
_SURE = re.compile(
    # Not a currency, and not what may stand before a bound.
    r"(?![A-Z]{3}(?![A-Za-z])|(?:kr|Rs|Fr|SFr|Ft)(?![A-Za-z]))"
    r"(?!(?i:ca|approx|about|under|over|circa))"
    # ASCII without $, and either a figure or more letters than a word for yes or no has.
    r"[A-Za-z](?:[ -#%-/:-~]{0,10}[0-9][ -#%-~]*|[ -#%-~]{11,})"
)


def no_check() -> None:
    """Nobody asks to end."""


def checked(items: Sequence[Item], check: Callable[[], None]) -> Iterable[Item]:
    """``items``, with ``check``, which may raise, called now and then where there are very many."""
    return items if len(items) <= _BETWEEN_CHECKS else _in_parts(items, check)


def _in_parts(items: Sequence[Item], check: Callable[[], None]) -> Iterator[Item]:
    for first in range(0, len(items), _BETWEEN_CHECKS):
        check()
        yield from items[first : first + _BETWEEN_CHECKS]


@dataclass(frozen=True)
class WordCells:
    """Cells of the column ``name``.

    Attributes:
        levels: distinct spellings, stripped, in order of first appearance.
        codes: ``(n_rows,)``, of each cell its place in ``levels``, -1 where it is missing.
        row_lines: ``(n_rows,)``, the line of the file ``path`` on which each row starts.
        na_row: the first row in which NA is written; None where it is in none.
        is_sure: ``(n_levels,)``, which of ``levels`` are ``sure_words``.
        check: called now and then while very many are looked at; it may raise to end that.
        known_forms: the forms of spellings, which may be those of ``levels``.
    """

    name: str
    levels: Sequence[str]
    codes: Codes
    path: Path
    row_lines: Integers
    na_row: int | None
    is_sure: Mask
    check: Callable[[], None] = no_check
    known_forms: SpellingForms | None = None

    @cached_property
    def forms(self) -> SpellingForms:
        """The forms of ``levels``."""
        known = self.known_forms
        return known if known is not None and known.levels is self.levels else SpellingForms(self.levels, self.check)

    def where(self, is_one: Callable[[str], bool]) -> Mask:
        """Which spellings ``is_one`` holds for ``(n_levels,)``, whatever their figures are, and for no sure word."""
        if self.forms.are_shared:
            return self.forms.where(is_one)
        found = np.zeros(len(self.levels), np.bool_)
        places = np.flatnonzero(~self.is_sure).tolist()
        found[places] = [is_one(self.levels[place]) for place in self.checked(places)]
        return found

    def checked(self, places: Sequence[int]) -> Iterable[int]:
        """``places`` of spellings, with a check now and then."""
        return checked(places, self.check)

    @cached_property
    def counts(self) -> Integers:
        """How many cells have each spelling, ``(n_levels,)``."""
        return np.bincount(self.codes[self.codes != MISSING_CODE], minlength=len(self.levels))

    @cached_property
    def first_rows(self) -> Integers:
        """The row in which each spelling is first, ``(n_levels,)``."""
        rows = np.zeros(len(self.levels) + 1, np.int64)
        # The last assignment to a place stays, so the rows go backwards.
        rows[self.codes[::-1]] = np.arange(len(self.codes) - 1, -1, -1)
        return rows[:-1]

    def line_of(self, place: int) -> int:
        """The line of the file on which the spelling at ``place`` is first."""
        return int(self.row_lines[self.first_rows[place]])

    def rows_of(self, chosen: Mask) -> Mask:
        """Which rows ``(n_rows,)`` have one of the spellings that are ``chosen`` ``(n_levels,)``."""
        return np.append(chosen, False)[self.codes]

    def warning(self, place: int | None, message: str, offer: ReadingOffer | None = None) -> TableWarning:
        """``message``, and what it offers, with the line on which the spelling at ``place`` is first."""
        return TableWarning(None if place is None else self.line_of(place), self.name, message, offer)

    def error(self, place: int, message: str) -> DataError:
        """As ``warning``, to be raised."""
        return DataError(message, file=self.path, row=self.line_of(place), column=self.name)

    def without(self, gone: Mask) -> tuple[Sequence[str], Codes]:
        """Levels and codes when the spellings that are ``gone`` ``(n_levels,)`` are missing."""
        places = np.where(gone, MISSING_CODE, np.cumsum(~gone) - 1)
        if not gone.any():
            return self.levels, self.codes
        kept = tuple(level for level, is_gone in zip(self.levels, gone.tolist(), strict=True) if not is_gone)
        return kept, np.append(places, MISSING_CODE).astype(np.int32)[self.codes]

    def named(self, chosen: Sequence[int]) -> str:
        """The spellings at the places ``chosen`` with their counts and lines: 'T' (3 cells, first in line 5)."""
        shown = [
            f"{shorten(self.levels[place])} ({_occurrence(int(self.counts[place]), self.line_of(place))})"
            for place in chosen[:MOST_NAMED]
        ]
        more = f" and {len(chosen) - MOST_NAMED:,} other words" if len(chosen) > MOST_NAMED else ""
        return ", ".join(shown) + more


def _occurrence(count: int, line: int) -> str:
    return f"line {line}" if count == 1 else f"{count:,} cells, first in line {line}"


def says_more_than_missing(word: str) -> bool:
    """Whether ``word``, which is no number and no date where one is wanted, is more than a gap: <5, 5 or more, inf."""
    return may_be_date(word) or any(map(str.isdecimal, word)) or _INFINITE.fullmatch(word) is not None


def words_with_taken(cells: WordCells, gone: Mask, words: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """What means missing in a column where the spellings that are ``gone`` do, which no number or date can be made of.

    So that a row has the same cells in training and in a file to predict. Words that say nothing are missing anyway.
    ``words`` are those that a person has named; None for the usual ones, which is the answer where nothing is added.
    """
    taken = [cells.levels[place] for place in np.flatnonzero(gone).tolist()]
    taken = [word for word in taken if says_more_than_missing(word)]
    if not taken or len(taken) > _MOST_TAKEN:
        return words
    return (*((USUAL_WORDS,) if words is None else words), *taken)


def missing_warning(cells: WordCells, gone: Mask, wanted: str) -> TableWarning:
    """What to tell where the spellings that are ``gone`` are missing as they are no ``wanted``: "a number"."""
    places = sorted(np.flatnonzero(gone).tolist(), key=lambda place: int(cells.first_rows[place]))
    offer = ReadingOffer(column=cells.name, kind="categorical")
    return cells.warning(
        places[0],
        f"{cell_count(cells.rows_of(gone))} of this column, {cells.named(places)}, "
        f"{'is' if cells.rows_of(gone).sum() == 1 else 'are'} not {wanted}, as nearly all others are, and counted as "
        "missing. Correct what is wrong, or read the column as categories if words belong in it "
        f"({offer.option}).",
        offer,
    )


def controls_warning(cells: WordCells) -> TableWarning | None:
    """What to tell of control characters at the edges of ``cells`` that are read as numbers or dates without them.

    Nobody sees them, and no program writes them into a table; line ends and the like are no such.
    """
    levels = cells.levels
    for first in range(0, len(levels), _AT_ONCE):
        # Of a million keys each by itself takes ten times as long.
        some = levels[first : first + _AT_ONCE]
        text = "".join(some)
        if text.isprintable() or _CONTROL.search(text) is None:
            continue
        for place, level in enumerate(some, first):
            if _CONTROL.search(level):
                return cells.warning(
                    place,
                    f"{shorten(level)} has a control character, which nobody sees, and is read without it; take it out "
                    "of the file.",
                )
    return None


def sure_words(
    levels: Sequence[str], check: Callable[[], None] = lambda: None, forms: SpellingForms | None = None
) -> Mask:
    """Which of ``levels`` are certainly neither number, date, bound, unit, yes nor no ``(n_levels,)``; of few none.

    ``check`` is called now and then, and may raise; ``forms`` are those of ``levels``.
    """
    found = np.zeros(len(levels), np.bool_)
    if len(levels) <= FEW:
        return found
    if forms is not None and forms.are_shared:
        return forms.where(_is_sure)
    for first in range(0, len(levels), _AT_ONCE):
        check()
        some = levels[first : first + _AT_ONCE]
        found[first : first + len(some)] = [_is_sure(word) for word in some]
    return found


def _is_sure(word: str) -> bool:
    return _SURE.fullmatch(word) is not None and not may_be_date(word)
