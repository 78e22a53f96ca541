"""Cells that are numbers to look at and names by what they are, and what a column's name says of that."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from regdesk.core.reading_options import ReadingOffer
from regdesk.core.types import Float64s, Integers
from regdesk.data.columns.built_column import LARGEST_EXACT
from regdesk.data.columns.word_cells import WordCells
from regdesk.data.csv.table import Mask, TableWarning
from regdesk.data.errors import shorten

_NAMES_OF_KEYS = frozenset((
    "id", "ids", "key", "keys", "code", "codes", "commit", "sha", "hash", "uuid", "guid", "serial", "sku", "batch",
    "lot",
))  # fmt: skip
_WORDS_OF_NAME = re.compile(r"[A-ZÄÖÜ]?[a-zäöüß]+|[A-ZÄÖÜ]+(?![a-z])")
_VERSION_WORDS = frozenset(["version", "versions", "release", "rev", "revision", "chapter", "section", "paragraph"])
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_KEY_WORDS = frozenset((
    "id", "ids", "key", "code", "codes", "ean", "upc", "gtin", "isbn", "imei", "iccid", "barcode", "phone", "telephone",
    "tel", "mobile", "fax", "account", "card", "serial", "sku", "iban", "number", "nr", "no", "nummer",
))  # fmt: skip
WORDS_OF_KEYS = frozenset((
    "id", "ids", "key", "code", "codes", "ean", "upc", "gtin", "isbn", "issn", "imei", "barcode", "phone", "telephone",
    "tel", "mobile", "fax", "account", "card", "serial", "sku", "iban", "addr", "address", "register", "reg", "hash",
    "color", "colour", "plate", "ticket", "genotype", "gt", "uuid", "guid", "class", "section", "chapter", "order",
    "part",
))  # fmt: skip
"""In the name of a column: what its cells say is who or which, and seldom how much, in whatever form."""
_LOST_DIGITS = re.compile(r"[1-9](?:[.,][0-9]{1,5})?E\+[1-9][0-9]")
_HAS_DIGIT = re.compile("[0-9]")
_FEW_ZERO_LED = 0.1
_LEAST_PARTS_OF_THREE = 0.1
_CHECKED = re.compile(r"[0-9]{7,17}[0-9Xx]")
"""Digits, of which the last is a sum of the others, and X where that is 10, as in an ISBN."""
_TELEPHONE = re.compile(r"\+[0-9]{8,15}")


def words_of_name(name: str) -> set[str]:
    """The words of a column's name in small letters: those of orderDate and of ORDER_DATE are the same."""
    return {word.casefold() for word in _WORDS_OF_NAME.findall(name)}


def is_name_of_keys(name: str) -> bool:
    """Whether a column of this ``name`` says which one a row is of, and not how much of it there is."""
    return not _NAMES_OF_KEYS.isdisjoint(words_of_name(name))


def is_version_name(name: str) -> bool:
    """Whether a column of this ``name`` may hold versions, in which 1.10 comes after 1.9."""
    return bool(words_of_name(name) & _VERSION_WORDS)


def warnings_of_codes(cells: WordCells, gone: Mask) -> tuple[TableWarning, ...] | None:
    """What to tell of ``cells`` that are names although they are numbers to look at; None where they are no names.

    ``gone`` ``(n_levels,)`` would be missing among numbers.
    """
    places = np.flatnonzero(~gone).tolist()
    if not places or not _may_be_code(cells.levels[places[0]]):
        return None
    present = [cells.levels[place] for place in cells.checked(places)]
    if all(map(_TELEPHONE.fullmatch, present)):
        return ()
    if any(level[-1] in "Xx" for level in present) and _have_sums(present):
        return ()
    if all(map(_VERSION.fullmatch, present)):
        return _version_warnings(cells, places)
    if not all(level.isascii() and level.isdecimal() for level in present):
        return None
    if any(map(_is_zero_led, present)):
        return _few_zero_led_warnings(cells, places)
    return _long_key_warnings(cells, places)


def _version_warnings(cells: WordCells, places: list[int]) -> tuple[TableWarning, ...] | None:
    """As ``warnings_of_codes``, of digits with points between."""
    is_named = is_version_name(cells.name)
    longer = [place for place in places if cells.levels[place].count(".") > 1]
    if len(longer) == len(places):
        # 2.10.9 may be a day as well.
        return () if is_named else None
    parts = [part for place in places for part in cells.levels[place].split(".")[1:]]
    # With two points it is no number, and one among many may be a slip.
    least = max(_LEAST_PARTS_OF_THREE * cells.counts[places].sum(), 2)
    if cells.counts[longer].sum() >= least and any(len(part) != 3 for part in parts):
        return (
            cells.warning(
                longer[0],
                f"{cells.named(longer)} {'has' if len(longer) == 1 else 'have'} two points, as versions do, and so all "
                "cells of this column are read as labels.",
            ),
        )
    offer = ReadingOffer(column=cells.name, kind="numeric")
    if not is_named:
        return None
    return (
        cells.warning(
            places[0],
            f"{shorten(cells.levels[places[0]])} is read as a label, as the name of the column speaks of versions, and "
            f"of these 1.10 and 1.1 are two. Read it as a number if it is one ({offer.option}).",
            offer,
        ),
    )


def lost_digits_warning(
    name: str, levels: Sequence[str], numbers: Float64s, row_lines: Integers
) -> TableWarning | None:
    """What to tell of keys that a spreadsheet has written as 1.23457E+12: other digits than the first six are lost.

    ``levels`` are spellings of ``numbers`` ``(n_rows,)``.
    """
    if "E+" not in "".join(levels) or not words_of_name(name) & _KEY_WORDS:
        return None
    for level in filter(_LOST_DIGITS.fullmatch, levels):
        rows = np.flatnonzero(numbers == float(level.replace(",", ".")))
        if len(rows) > 1:
            return TableWarning(
                int(row_lines[rows[0]]),
                name,
                f"{shorten(level)} ({len(rows):,} cells) is how a spreadsheet writes a long number of which it shows "
                "the first digits alone: keys that differ have become equal. Save the column as text, and export it "
                "again.",
            )
    return None


def are_codes_and_words(cells: WordCells, gone: Mask) -> bool:
    """Whether there are codes of digits, one of which begins with a zero, and beside them words without a digit."""
    present = [cells.levels[place] for place in cells.checked(np.flatnonzero(~gone & ~cells.is_sure).tolist())]
    digits = [level for level in present if level.isascii() and level.isdecimal()]
    if not any(map(_is_zero_led, digits)) or len({len(level) for level in digits}) > 1:
        return False
    are_digits = frozenset(digits)
    others = (level for level, is_gone in zip(cells.levels, gone.tolist(), strict=True) if not is_gone)
    return not any(_HAS_DIGIT.search(level) for level in others if level not in are_digits)


def _is_zero_led(level: str) -> bool:
    return len(level) > 1 and level[0] == "0"


def _may_be_code(level: str) -> bool:
    return level[0] == "+" or level.replace(".", "").rstrip("Xx").isdecimal()


def _have_sums(levels: list[str]) -> bool:
    return len(set(map(len, levels))) == 1 and all(map(_CHECKED.fullmatch, levels))


def _few_zero_led_warnings(cells: WordCells, places: list[int]) -> tuple[TableWarning, ...]:
    """What to tell where few whole numbers of several lengths begin with a zero: 0005 among 3 to 30.

    Postcodes and numbers of articles have one length.
    """
    few = [place for place in places if _is_zero_led(cells.levels[place])]
    has_one_length = len({len(cells.levels[place]) for place in places}) == 1
    if has_one_length or cells.counts[few].sum() > _FEW_ZERO_LED * cells.counts[places].sum():
        return ()
    offer = ReadingOffer(column=cells.name, kind="numeric")
    return (
        cells.warning(
            few[0],
            f"{cells.named(few)} {'begins' if len(few) == 1 else 'begin'} with a zero, as codes do, and so all cells "
            f"of this column are read as labels. If they are numbers, say so ({offer.option}).",
            offer,
        ),
    )


def _long_key_warnings(cells: WordCells, places: list[int]) -> tuple[TableWarning, ...] | None:
    """As ``warnings_of_codes``, of whole numbers: names where two would become one number."""
    long = [place for place in places if int(cells.levels[place]) >= LARGEST_EXACT]
    first: dict[float, int] = {}
    for place in long:
        other = first.setdefault(float(cells.levels[place]), place)
        if int(cells.levels[other]) != int(cells.levels[place]):
            offer = ReadingOffer(column=cells.name, kind="numeric")
            return (
                cells.warning(
                    place,
                    f"{cells.levels[other]} and {cells.levels[place]} would be the same number: from {LARGEST_EXACT} "
                    "on not every whole number can be kept. The cells are read as labels, as they are written; to "
                    f"have numbers, say so ({offer.option}).",
                    offer,
                ),
            )
    return None
