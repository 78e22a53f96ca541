"""Which rows train, which validate and which are held back for the test: seeded and stratified."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regdesk.core.model.dataset import Split
from regdesk.core.types import Integers, SplitPart
from regdesk.core.words.import_facts import ColumnSplit
from regdesk.data.csv.table import Column, NumberColumn, Table, WordColumn
from regdesk.data.errors import DataError, shorten
from regdesk.data.prepare.fractions import check_fractions
from regdesk.data.prepare.split_words import FLAGS, PARTS, TEST, TRAIN, VALIDATION, meaning_of_flag


@dataclass(frozen=True)
class Assignment:
    """Parts as a column of the file gives them.

    ``parts`` ``(n_rows,)`` holds TRAIN, VALIDATION or TEST. With ``takes_validation`` the column knows no
    validation, and a fraction of the training rows is taken for it. ``meaning`` has for each value of the column the
    part that it stands for and how many rows have it; ``guess`` says why a value means what it does where neither it
    nor the name of the column tells, and is empty elsewhere. ``weightless`` are parts all of whose rows have the
    weight 0, and which are not there.
    """

    parts: NDArray[np.int8]
    takes_validation: bool
    column: str = ""
    meaning: tuple[tuple[str, int, int], ...] = ()
    guess: str = ""
    weightless: tuple[int, ...] = ()

    def sentence(self, is_folded: bool = False) -> str:
        """Which value became what: "is_test = 1: test, 141 rows; 0: training and validation, 300 rows."

        ``is_folded``: rows that are not test are dealt out to folds, whatever else the column calls them.
        """
        names = {TRAIN: "training", VALIDATION: "validation", TEST: "test"}
        if self.takes_validation:
            names[TRAIN] = "training and validation"
        if is_folded:
            names[TRAIN] = names[VALIDATION] = "folds"
        said = "; ".join(
            f"{label}: {names[part]}, {n_rows:,} row{'' if n_rows == 1 else 's'}"
            for label, part, n_rows in self.meaning
        )
        lost = "".join(f" Every row for {names[part]} has the weight 0." for part in self.weightless)
        return f"{self.column} = {said}{self.guess}.{lost}"


def split_rows(
    n_rows: int,
    *,
    validation_fraction: float,
    test_fraction: float = 0.0,
    seed: int = 0,
    class_of: Integers | None = None,
    assignment: Assignment | None = None,
    n_added: int = 0,
) -> Split:
    """Rows 0 … n_rows − 1 in three parts, each in a shuffled order that depends on the seed alone.

    Each part has round(fraction · n) rows. With ``class_of`` ``(n_rows,)`` every class has its share of each part to
    within one row and keeps at least one training row; where that is not possible the part is smaller. The test
    rows do not depend on the validation fraction. ``assignment`` comes before the fractions. The last ``n_added`` rows
    train, and the parts of the others do not depend on them.
    Raises ValueError for fractions that cannot be.
    """
    check_fractions(validation_fraction, test_fraction)
    n_drawn = n_rows - n_added
    order = np.random.default_rng(seed).permutation(n_drawn)
    class_of = None if class_of is None else class_of[:n_drawn]
    if assignment is None:
        parts = _draw(order, class_of, validation_fraction, test_fraction)
    else:
        parts = assignment.parts[order]
        if assignment.takes_validation:
            training = np.flatnonzero(parts == TRAIN)
            parts = parts.copy()
            parts[training] = _draw(order[training], class_of, validation_fraction, 0.0)
    train = np.concatenate([order[parts == TRAIN], np.arange(n_drawn, n_rows)])
    return Split(train, order[parts == VALIDATION], order[parts == TEST])


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


def _labels_of(column: Column, rows: Integers) -> tuple[list[str], Integers]:
    """What ``column`` says in ``rows``, and for each of these the place in that list; −1 for an empty cell."""
    if isinstance(column, NumberColumn):
        values = [value.item() for value in np.unique(column.numbers[rows]) if not np.isnan(value)]
        labels = [f"{value:g}" for value in values]
        places = np.full(len(rows), -1)
        for place, value in enumerate(values):
            places[column.numbers[rows] == value] = place
    else:
        words = [level.casefold() for level in column.levels]
        used = {words[code] for code in np.unique(column.codes[rows]) if code >= 0}
        labels = sorted(used)
        places = np.array([labels.index(word) if word in used else -1 for word in words] + [-1])[column.codes[rows]]
    return labels, places


MOST_SPLIT_LABELS = len(FLAGS)


def split_of(column: Column) -> ColumnSplit | None:
    """How ``column`` could split the rows; None where it has another value than the words for that, or fewer than two.

    A number that is missing somewhere says nothing of its row, and splits none.
    """
    if not 2 <= column.distinct <= MOST_SPLIT_LABELS or column.n_missing:
        return None
    if isinstance(column, NumberColumn) and not np.isin(column.numbers, (0.0, 1.0)).all():
        # Of a thousand columns with few rows each would be sorted only to find this.
        return None
    labels, _ = _labels_of(column, np.arange(len(column.missing)))
    if set(labels) <= PARTS.keys():
        return ColumnSplit(is_named=True)
    if not set(labels) <= FLAGS.keys():
        return None
    flag = meaning_of_flag(column.name)
    true = next((label for label in labels if FLAGS[label]), "")
    return ColumnSplit(is_named=not flag.guess, true_label=true, when_true=flag.true_part)


def read_assignment(
    table: Table, column: Column, rows: Integers, absent: Integers, when_true: SplitPart | None = None
) -> Assignment:
    """Parts of ``rows`` of ``table`` from ``column``: train/validation/test, or a flag (true/false, yes/no, 1/0).

    What a flag means is ``when_true``, or in the column's name, ``is_test`` or ``train``; otherwise true and 1 are
    train.
    ``absent`` are rows whose weight is 0: what they say matters for ``weightless`` alone.
    Raises DataError, naming the line, for any other value or none.
    """
    labels, places = _labels_of(column, rows)
    has_flags = bool(set(labels) & FLAGS.keys()) and not set(labels) & PARTS.keys()
    flag = meaning_of_flag(column.name, when_true)
    known = {word: flag.when_true if is_true else flag.when_false for word, is_true in FLAGS.items()}
    meaning = known if has_flags else PARTS
    parts = np.array([meaning.get(label, -1) for label in labels] + [-1], np.int8)[places]
    unknown = np.flatnonzero(parts < 0)
    if unknown.size:
        row = int(rows[unknown[0]])
        raise DataError(
            f"{_cell(column, row)} does not say which part the row belongs to; "
            f"write train, validation or test ({flag.advice}).",
            file=table.path,
            row=int(table.row_lines[row]),
            column=column.name,
        )
    counts = np.bincount(places, minlength=len(labels)).tolist()
    named_by_absent = {meaning[label] for label in _labels_of(column, absent)[0] if label in meaning}
    # True comes first, whatever the words for it.
    order = sorted(range(len(labels)), key=lambda place: (not FLAGS.get(labels[place], False), place))
    return Assignment(
        parts,
        has_flags and VALIDATION not in (flag.when_true, flag.when_false),
        column.name,
        tuple((labels[place], meaning[labels[place]], counts[place]) for place in order),
        flag.guess if has_flags else "",
        tuple(sorted(named_by_absent - set(parts.tolist()))),
    )


def _cell(column: Column, row: int) -> str:
    if column.missing[row]:
        return "a missing cell"
    if isinstance(column, WordColumn):
        return shorten(column.levels[column.codes[row]])
    return f"'{column.numbers[row]:g}'"
