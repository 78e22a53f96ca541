"""What single columns have: nothing, one value, gaps, a number far from all others, two spellings of one label."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

import numpy as np

from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s
from regdesk.core.words.data_facts import HealthFinding
from regdesk.data.columns.cells import without_unseen
from regdesk.data.columns.columns_together import together
from regdesk.data.columns.kinds import TICKS
from regdesk.data.csv.table import Column, NumberColumn, Table, WordColumn
from regdesk.data.errors import listing, shorten
from regdesk.data.health.sample import MOST_SAMPLED, sampled
from regdesk.data.health.wording import counted, named, verb

MOSTLY_MISSING = 0.5
DOMINANT = 0.99
_LEAST_ROWS = 20
_LEAST_MERGED = 2
_MOST_FAR = 3
_FAR = 10.0
"""Times the distance of all other numbers from the middle: what nobody takes for a long tail."""
_LEAST_RATIO = 5.0
_NAME_OF_KEY = re.compile(r"(?:.*[_\-. ])?(?:id|uid|uuid|guid|key|index|idx|nr|no|rownames?|row)", re.IGNORECASE)
_CAMEL_KEY = re.compile(r".*[a-z](?:ID|Id|Nr|No|Key|Index)")


def column_findings(table: Table, apart: Container[str] = (), stop: Stop | None = None) -> Iterator[HealthFinding]:
    """What there is to say of single columns of ``table``, the same of several in one sentence.

    Of those ``apart``, which say the parts of the rows, nothing is told.
    """
    columns, n_rows = [one for one in table.columns if one.name not in apart], table.n_rows
    empty = tuple(one.name for one in columns if one.n_missing == n_rows)
    if empty:
        yield HealthFinding("empty", empty, len(empty), f"{named(empty)} {verb(empty, 'holds', 'hold')} no value.")
    still = tuple(one.name for one in columns if one.kind == "constant" and one.name not in empty and not _is_tick(one))
    if still:
        says = verb(still, "has one value only and says", "have one value only and say")
        yield HealthFinding("constant", still, len(still), f"{named(still)} {says} nothing.")
    first = next(iter(table.columns), None)
    if isinstance(first, WordColumn) and first.name not in apart and _looks_merged(first):
        yield _of(
            first, "merged cells", first.n_missing,
            "holds each of its values once, and nothing in the rows below it, as where a spreadsheet has merged cells; "
            "if they go on there, fill them down in the file",
        )  # fmt: skip
    even = _even_columns(columns, n_rows)
    for column in columns:
        if stop is not None:
            stop.check()
        if MOSTLY_MISSING * n_rows < column.n_missing < n_rows and not _is_tick(column):
            missing = f"{column.n_missing:,} of {counted(n_rows, 'row')}"
            yield _of(column, "missing", column.n_missing, f"is missing in {missing}")
        if isinstance(column, NumberColumn):
            yield from _number_findings(column, column.name in even)
        else:
            yield from _label_findings(column)


def _looks_merged(column: WordColumn) -> bool:
    """Whether each word of ``column`` is in one row, the first in the first, and most rows between them are empty."""
    n_present = len(column.missing) - column.n_missing
    is_once = column.distinct == n_present >= _LEAST_MERGED and not column.missing[0]
    starts = np.flatnonzero(~column.missing)
    return is_once and column.n_missing >= n_present and bool((np.diff([*starts, len(column.missing)]) > 1).all())


def _is_tick(column: Column) -> bool:
    """Whether ``column`` holds one word for yes, and nothing in the other rows."""
    is_word = isinstance(column, WordColumn) and column.distinct == 1 and column.n_missing > 0
    return is_word and column.levels[0].casefold() in TICKS


def _of(column: Column, topic: str, count: int, said: str) -> HealthFinding:
    return HealthFinding(topic, (column.name,), count, f"{named([column.name])} {said}.")


def _even_columns(columns: Sequence[Column], n_rows: int) -> set[str]:
    """Of ``columns`` without missing numbers those that surely have none far from all others, as ``_far_findings``.

    Of very many short columns all are looked at together; of long ones that has no use.
    """
    even: set[str] = set()
    if not _LEAST_ROWS <= n_rows <= MOST_SAMPLED:
        return even
    whole = [one for one in columns if isinstance(one, NumberColumn) and not one.n_missing]
    for places, numbers in together((place, column.numbers) for place, column in enumerate(whole)):
        middle = _medians(numbers)
        with np.errstate(over="ignore", invalid="ignore"):
            spread = _medians(np.abs(numbers - middle))
            reach = np.maximum(numbers.max(axis=0) - middle, middle - numbers.min(axis=0))
            is_even = (reach <= _LEAST_RATIO * _FAR * spread) | (spread == 0.0)
        even.update(whole[places[place]].name for place in np.flatnonzero(is_even).tolist())
    return even


def _medians(numbers: Float64s) -> Float64s:
    """Of the columns of ``numbers`` ``(n_rows, n_columns)``, to the same bits as ``_median`` of each."""
    ordered, n = np.sort(numbers, axis=0), len(numbers)
    return np.asarray(ordered[n // 2] if n % 2 else (ordered[n // 2 - 1] + ordered[n // 2]) / 2.0)


def _number_findings(column: NumberColumn, is_even: bool) -> Iterator[HealthFinding]:
    if column.distinct < 2:
        return
    n_present = len(column.missing) - column.n_missing
    is_key = _NAME_OF_KEY.fullmatch(column.name) or _CAMEL_KEY.fullmatch(column.name)
    if column.kind == "numeric" and is_key and n_present == column.distinct >= _LEAST_ROWS:
        whole = sampled(column.numbers)
        if (whole == np.floor(whole)).all():
            yield _of(
                column, "identifier", column.distinct,
                "tells rows apart, by its name and as no number is in it twice; what is learnt from it holds for no "
                "other row",
            )  # fmt: skip
            return
    if not is_even:
        yield from _far_findings(column, n_present)


def _median(values: Float64s) -> float:
    """As ``np.median``, at a third of its cost for the few numbers of one of very many columns."""
    ordered = np.sort(values)
    n = ordered.size
    return float(ordered[n // 2]) if n % 2 else float((ordered[n // 2 - 1] + ordered[n // 2]) / 2.0)


def _far_findings(column: NumberColumn, n_present: int) -> Iterator[HealthFinding]:
    """A few numbers that are ten times as far from the middle as all others."""
    if n_present < _LEAST_ROWS:
        return
    some = sampled(column.numbers)
    some = some[~np.isnan(some)]
    if some.size < 2:
        return
    middle = _median(some)
    spread = _median(np.abs(some - middle))
    with np.errstate(over="ignore", invalid="ignore"):
        # A first look costs two passes and settles nearly all columns.
        low, high = float(np.fmin.reduce(column.numbers)), float(np.fmax.reduce(column.numbers))
        if max(high - middle, middle - low) <= _LEAST_RATIO * _FAR * spread or spread == 0.0:
            return
        distances = np.abs(column.numbers[~column.missing] - middle)
    largest = np.sort(np.partition(distances, distances.size - _MOST_FAR - 1)[-_MOST_FAR - 1 :])[::-1]
    n_far = next((n for n in range(1, _MOST_FAR + 1) if largest[n - 1] > _FAR * largest[n]), 0)
    if not n_far:
        return
    others = column.numbers[~column.missing][distances <= largest[n_far]]
    far = column.numbers[~column.missing][distances > largest[n_far]]
    values = listing([f"{value:.6g}" for value in far.tolist()])
    yield _of(
        column, "outliers", n_far,
        f"holds {values}, and all other numbers are from {float(others.min()):.6g} to {float(others.max()):.6g}",
    )  # fmt: skip


def _label_findings(column: WordColumn) -> Iterator[HealthFinding]:
    if _is_tick(column):
        n_ticks = len(column.missing) - column.n_missing
        yield _of(
            column, "ticks", n_ticks,
            f"holds {shorten(column.levels[0])} in {n_ticks:,} of {counted(len(column.missing), 'row')} and nothing in "
            "the others; an empty cell is missing, so the column says nothing. If empty means no, read it as yes or no "
            f"(--kind {column.name}=boolean)",
        )  # fmt: skip
    if column.kind != "categorical":
        return
    first: dict[str, str] = {}
    pairs: list[str] = []
    for level in column.levels:
        folded = " ".join(without_unseen(level).casefold().split())
        other = first.setdefault(folded, level)
        if other != level:
            pairs.append(f"{shorten(other)} and {shorten(level)}")
    if pairs:
        yield _of(
            column, "spellings", len(pairs),
            f"has labels that differ only in capitals, blanks or what is not seen, {listing(pairs, 3)}; they count as "
            "different",
        )  # fmt: skip
