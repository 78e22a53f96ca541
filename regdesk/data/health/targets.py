"""What there is to say of a target: classes that are too small, and columns that know the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s, Integers, TaskChoice
from regdesk.core.words.data_facts import HealthFinding
from regdesk.data.columns.kinds import labels_of
from regdesk.data.csv.table import Column, NumberColumn, WordColumn
from regdesk.data.errors import listing, shorten
from regdesk.data.health.pairs import determines
from regdesk.data.health.sample import MOST_SAMPLED, sampled
from regdesk.data.health.wording import counted, named
from regdesk.data.prepare.targets import MOST_CLASSES, choose_task

LOPSIDED = 0.95
_LEAST_OF_CLASS = 10
_LEAST_ROWS = 20
_CELLS_A_LEVEL = 5
_MOST_LEVELS = 100
_NEXT_TO_ONE = 0.9999
_WARY = "a model that is given it may be of no use where the answer is not known yet"


def target_findings(
    target: Column, features: Sequence[Column], task: TaskChoice, n_folds: int | None, stop: Stop | None = None
) -> Iterator[HealthFinding]:
    """What there is to say of ``target``, with ``features``, of which none is a copy of it."""
    stop = stop or Stop()
    if choose_task(target, task) == "regression":
        if isinstance(target, NumberColumn):
            yield from _near_copies(target, features, stop)
        return
    labels, class_of = _classes(target)
    if not 2 <= len(labels) <= MOST_CLASSES:
        return
    yield from _size_findings(target, labels, class_of, n_folds)
    for column in features:
        stop.check()
        said = _gap_telling(column, labels, class_of) or _telling(column, target, labels, class_of)
        if said:
            yield HealthFinding("leakage", (column.name,), len(labels), f"{named([column.name])} {said}; {_WARY}.")


def _classes(target: Column) -> tuple[tuple[str, ...], Integers]:
    """Labels of the classes, and of each row its class, −1 where it is missing."""
    if isinstance(target, NumberColumn):
        values, found = np.unique(target.numbers[~target.missing], return_inverse=True)
        class_of = np.full(len(target.missing), -1, np.int64)
        class_of[~target.missing] = found
        return tuple(f"{value:g}" for value in values.tolist()), class_of
    spelled = labels_of(target)
    labels = tuple(dict.fromkeys(spelled))
    place = np.array([*(labels.index(label) for label in spelled), -1], np.int64)
    return labels, place[target.codes]


def _size_findings(
    target: Column, labels: Sequence[str], class_of: Integers, n_folds: int | None
) -> Iterator[HealthFinding]:
    sizes = np.bincount(class_of[class_of >= 0], minlength=len(labels))
    least = n_folds or 2
    small = sorted(np.flatnonzero(sizes < least).tolist(), key=lambda place: int(sizes[place]))
    name = named([target.name])
    if small:
        said = listing([f"{shorten(labels[one])} ({counted(int(sizes[one]), 'row')})" for one in small], 5)
        noun = "a class" if len(small) == 1 else "classes"
        wanted = "2 rows" if n_folds is None else f"{n_folds} rows, one for each fold"
        yield HealthFinding(
            "small class", (target.name,), len(small),
            f"{name} has {noun} with fewer than {wanted}: {said}. What is learnt of so few cannot be checked.",
        )  # fmt: skip
    n_rows, largest = int(sizes.sum()), int(sizes.argmax())
    if n_rows >= _LEAST_ROWS and sizes[largest] >= LOPSIDED * n_rows:
        share = f"{100.0 * sizes[largest] / n_rows:.3g} %"
        yield HealthFinding(
            "imbalance", (target.name,), int(sizes[largest]),
            f"{name} is {shorten(labels[largest])} in {int(sizes[largest]):,} of {counted(n_rows, 'row')}: to answer "
            f"that always is right in {share}, so accuracy says little.",
        )  # fmt: skip


def _gap_telling(column: Column, labels: Sequence[str], class_of: Integers) -> str:
    """What to say where ``column`` is filled in one of two classes, and in no row of the other."""
    known = class_of >= 0
    if len(labels) != 2 or not 0 < column.n_missing < len(column.missing):
        return ""
    filled = ~column.missing[known]
    for one in (0, 1):
        is_one = class_of[known] == one
        if _LEAST_OF_CLASS <= is_one.sum() <= is_one.size - _LEAST_OF_CLASS and np.array_equal(filled, is_one):
            return f"holds a value exactly where the target is {shorten(labels[one])}"
    return ""


def _telling(column: Column, target: Column, labels: Sequence[str], class_of: Integers) -> str:
    """What to say where each value of ``column`` comes with one class alone."""
    if isinstance(column, WordColumn) and column.distinct > _MOST_LEVELS:
        return ""
    # Nearly all columns are settled by a sample of rows.
    some = _Answers.of(column, class_of, is_sample=True)
    if not some.tell(len(labels)):
        return ""
    every = _Answers.of(column, class_of, is_sample=False)
    n_known, n_wanted = len(every.class_of), int(np.count_nonzero(class_of >= 0))
    if n_known < max(_LEAST_ROWS, 0.5 * n_wanted) or not every.tell(len(labels)):
        return ""
    sizes = np.bincount(every.class_of, minlength=len(labels))
    if every.numbers is not None:
        return _intervals_told(every.numbers, labels, every.class_of) if sizes.min() >= _LEAST_OF_CLASS else ""
    if n_known < _CELLS_A_LEVEL * column.distinct or sizes.min() == 0:
        return ""
    return f"determines {named([target.name])}: each of its {column.distinct:,} labels comes with one class alone"


@dataclass(frozen=True)
class _Answers:
    """The cells of a column, numbers or codes, beside the classes of their rows, in rows that have both."""

    numbers: Float64s | None
    codes: Integers
    class_of: Integers

    @classmethod
    def of(cls, column: Column, class_of: Integers, is_sample: bool) -> _Answers:
        most = MOST_SAMPLED if is_sample else len(class_of)
        classes = sampled(class_of, most)
        known = (classes >= 0) & ~sampled(column.missing, most)
        if isinstance(column, NumberColumn):
            return cls(sampled(column.numbers, most)[known], classes[:0], classes[known])
        return cls(None, sampled(column.codes, most)[known].astype(np.int64), classes[known])

    def tell(self, n_classes: int) -> bool:
        """Whether each value, or each range of numbers, comes with one class alone."""
        if self.numbers is None:
            return determines(self.codes, self.class_of)
        return _bounds(self.numbers, self.class_of, n_classes) is not None


def _intervals_told(numbers: Float64s, labels: Sequence[str], class_of: Integers) -> str:
    """What to say where the numbers of each class lie between those of no other."""
    bounds = _bounds(numbers, class_of, len(labels))
    assert bounds is not None
    order = np.argsort(bounds[:, 0])
    said = [
        f"{shorten(labels[place])} from {bounds[place, 0]:.6g} to {bounds[place, 1]:.6g}" for place in order.tolist()
    ]
    return f"alone tells the classes apart: {listing(said, 3)}"


def _bounds(numbers: Float64s, class_of: Integers, n_classes: int) -> Float64s | None:
    """Least and largest number of each class ``(n_classes, 2)``; None where two classes overlap."""
    found = np.empty((n_classes, 2))
    for one in range(n_classes):
        own = numbers[class_of == one]
        found[one] = (own.min(), own.max()) if own.size else (np.nan, np.nan)
    there = found[~np.isnan(found[:, 0])]
    ordered = there[np.argsort(there[:, 0])]
    return found if bool((ordered[1:, 0] > ordered[:-1, 1]).all()) else None


def _near_copies(target: NumberColumn, features: Sequence[Column], stop: Stop) -> Iterator[HealthFinding]:
    for column in features:
        stop.check()
        if not isinstance(column, NumberColumn) or column.distinct < 3:
            continue
        known = ~target.missing & ~column.missing
        if known.sum() < _LEAST_ROWS:
            continue
        if _correlation(sampled(column.numbers[known]), sampled(target.numbers[known])) < 0.999:
            continue
        found = _correlation(column.numbers[known], target.numbers[known])
        if found >= _NEXT_TO_ONE:
            yield HealthFinding(
                "leakage", (column.name,), int(known.sum()),
                f"{named([column.name])} is next to {named([target.name])} in another scale (correlation "
                f"{np.floor(found * 1e6) / 1e6:.6g}); {_WARY}.",
            )  # fmt: skip


def _correlation(first: Float64s, second: Float64s) -> float:
    """Its absolute value, 0 where one is the same in all rows."""
    with np.errstate(over="ignore", invalid="ignore"):
        parts = [values - values.mean() for values in (first, second)]
        sizes = [float(np.abs(part).max()) for part in parts]
    if not all(0.0 < size < np.inf for size in sizes):
        return 0.0
    # Squares of numbers of any size stay within bounds.
    one, other = (part / size for part, size in zip(parts, sizes, strict=True))
    return abs(float(one @ other)) / float(np.sqrt((one @ one) * (other @ other)))
