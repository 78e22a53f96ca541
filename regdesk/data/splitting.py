"""Which rows train, which validate and which are held back for the test: seeded and stratified."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regdesk.core.dataset import Split
from regdesk.core.types import Integers
from regdesk.data.errors import DataError, shorten
from regdesk.data.fractions import check_fractions
from regdesk.data.table import Column, Table

TRAIN, VALIDATION, TEST = 0, 1, 2
_PARTS = {"train": TRAIN, "validation": VALIDATION, "test": TEST}
_FLAGS = {"true": TRAIN, "false": TEST}


@dataclass(frozen=True)
class Assignment:
    """Parts as a column of the file gives them.

    ``parts`` ``(n_rows,)`` holds TRAIN, VALIDATION or TEST. With ``takes_validation`` the column knows no
    validation, and a fraction of the training rows is taken for it.
    """

    parts: NDArray[np.int8]
    takes_validation: bool


def split_rows(
    n_rows: int,
    *,
    validation_fraction: float,
    test_fraction: float = 0.0,
    seed: int = 0,
    class_of: Integers | None = None,
    assignment: Assignment | None = None,
) -> Split:
    """Rows 0 … n_rows − 1 in three parts, each in a shuffled order that depends on the seed alone.

    Each part has round(fraction · n) rows. With ``class_of`` ``(n_rows,)`` every class has its share of each part to
    within one row and keeps at least one training row; where that is not possible the part is smaller. The test
    rows do not depend on the validation fraction. ``assignment`` comes before the fractions.
    Raises ValueError for fractions that cannot be.
    """
    check_fractions(validation_fraction, test_fraction)
    order = np.random.default_rng(seed).permutation(n_rows)
    if assignment is None:
        parts = _draw(order, class_of, validation_fraction, test_fraction)
    else:
        parts = assignment.parts[order]
        if assignment.takes_validation:
            training = np.flatnonzero(parts == TRAIN)
            parts = parts.copy()
            parts[training] = _draw(order[training], class_of, validation_fraction, 0.0)
    return Split(order[parts == TRAIN], order[parts == VALIDATION], order[parts == TEST])


def _draw(
    order: Integers, class_of: Integers | None, validation_fraction: float, test_fraction: float
) -> NDArray[np.int8]:
    """The part of each row of ``order``, ``(len(order),)``."""
    labels = np.zeros(len(order), np.int64) if class_of is None else class_of[order]
    classes, sizes = np.unique(labels, return_counts=True)
    room = sizes - 1
    n_test = _allocate(sizes, test_fraction, room)
    n_validation = _allocate(sizes, validation_fraction, room - n_test)
    parts = np.full(len(order), TRAIN, np.int8)
    for label, tested, validated in zip(classes, n_test, n_validation, strict=True):
        members = np.flatnonzero(labels == label)
        parts[members[:tested]] = TEST
        parts[members[tested : tested + validated]] = VALIDATION
    return parts


def _allocate(sizes: Integers, fraction: float, room: Integers) -> Integers:
    """Rows of each class, by largest remainder: round(fraction · n) in all, at most ``room`` in each."""
    shares = fraction * sizes
    # 0.1 · 30 is a hair above 3, and 0.7 · 10 a hair below 7.
    counts: Integers = np.minimum(np.floor(shares + 1e-9).astype(np.int64), room)
    wanted = math.floor(fraction * int(sizes.sum()) + 0.5 + 1e-9)
    for index in np.argsort(-(shares - counts), kind="stable"):
        if counts.sum() >= wanted:
            break
        if counts[index] < room[index] and shares[index] - counts[index] > 1e-9:
            counts[index] += 1
    return counts


def read_assignment(table: Table, column: Column, rows: Integers) -> Assignment:
    """Parts of ``rows`` of ``table`` from ``column``: train/validation/test, true/false or 1/0 (true, 1 = train).

    Raises DataError, naming the line, for any other value or none.
    """
    if column.numbers is not None:
        codes = np.array([{1.0: TRAIN, 0.0: TEST}.get(value, -1) for value in column.numbers[rows]], np.int8)
        takes_validation = True
    elif column.codes is None:
        raise ValueError(f"column '{column.name}' has neither numbers nor words")
    else:
        words = [level.casefold() for level in column.levels]
        used = {words[code] for code in np.unique(column.codes[rows]) if code >= 0}
        takes_validation = bool(used & _FLAGS.keys()) and not used & _PARTS.keys()
        meaning = _FLAGS if takes_validation else _PARTS
        codes = np.array([meaning.get(word, -1) for word in words] + [-1], np.int8)[column.codes[rows]]
    unknown = np.flatnonzero(codes < 0)
    if unknown.size:
        row = int(rows[unknown[0]])
        raise DataError(
            f"{_cell(column, row)} does not say which part the row belongs to; "
            "write train, validation or test (or true for train and false for test).",
            file=table.path,
            row=int(table.row_lines[row]),
            column=column.name,
        )
    return Assignment(codes, takes_validation)


def _cell(column: Column, row: int) -> str:
    if column.missing[row]:
        return "an empty cell"
    if column.codes is not None:
        return shorten(column.levels[column.codes[row]])
    return "" if column.numbers is None else f"'{column.numbers[row]:g}'"
