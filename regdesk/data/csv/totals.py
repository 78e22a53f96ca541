"""Rows that are totals or means of those above: left out at the end of a table, and told between its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from itertools import pairwise

import numpy as np

from regdesk.core.types import Float64s, Integers
from regdesk.data.csv.table import Column, Mask, NumberColumn, TableWarning, WordColumn
from regdesk.data.encodings.text_faults import MOST_LISTED, listed
from regdesk.data.errors import listing, shorten

TOTAL_WORDS = frozenset(
    ("total", "totals", "sum", "grand total", "overall total", "sum total", "summe", "gesamt", "gesamtsumme",
     "gesamtergebnis", "endsumme", "insgesamt", "total général", "total general", "total geral", "totale",
     "totale complessivo", "totale generale", "totaal", "eindtotaal", "totaal generaal", "algemeen totaal", "suma",
     "suma total", "suma końcowa", "soma", "somme", "summa", "totalt", "i alt", "yhteensä", "toplam", "genel toplam",
     "celkem", "összesen", "razem", "ogółem", "итого", "всего", "общий итог", "разом", "усього", "σύνολο", "合計",
     "合计", "总计", "總計", "総計", "小計", "小计", "합계", "총계", "subtotal", "sub-total", "average", "mean",
     "mittelwert", "durchschnitt", "moyenne", "media", "gemiddelde", "średnia", "среднее", "平均", "sous-total",
     "zwischensumme", "totalsumma", "totalsum", "hovedtotal", "celkový součet", "végösszeg",
     "ukupno", "sveukupno", "укупно", "вкупно", "skupaj", "spolu", "общо", "всичко", "kokku", "kopā", "iš viso",
     "samtals", "guztira", "totaux", "jumlah", "kabuuan", "tổng", "tổng cộng", "cộng", "รวม", "รวมทั้งหมด", "योग", "कुल",
     "कुल योग", "المجموع", "الإجمالي", "مجموع", "جمع", "סך הכל", "סה״כ", 'סה"כ', "барлығы", "жами", "jami")
)  # fmt: skip
_WORDS_OF_PARTS = TOTAL_WORDS | {"ergebnis", "итог"}
"""What stands before or behind the name of the part whose total a row is: A Ergebnis, Summe A."""
_SOUGHT = tuple(
    word for word in _WORDS_OF_PARTS if not any(other != word and other in word for other in _WORDS_OF_PARTS)
)
"""One of them is in each of the others: of a million keys a search for all takes twice the time."""
_SOUGHT_IN_ASCII = tuple(filter(str.isascii, _SOUGHT))
_CERTAIN_WORDS = frozenset(("subtotal", "sub-total", "grand total", "gesamtsumme", "gesamtergebnis", "total général",
                            "total general", "sous-total", "zwischensumme"))  # fmt: skip
"""What no group is called."""
_STATISTICS = frozenset(
    ("sd", "std", "stdev", "std dev", "standard deviation", "se", "sem", "min", "minimum", "max", "maximum", "median",
     "count", "n", "variance", "var", "cv", "stdabw", "standardabweichung")
)  # fmt: skip
"""What stands in rows beside those of totals and means, and alone may be the name of anything."""
_LIKE_TOTALS = TOTAL_WORDS | _STATISTICS
_TOTAL = re.compile(rf"(?:{'|'.join(TOTAL_WORDS)})[:\s]*(?:[(\[0-9].*)?", re.DOTALL)
"""A total that may say of how many it is, or of which year."""
_CERTAIN_TOTAL = re.compile(rf"(?:{'|'.join(_CERTAIN_WORDS)})[:\s]*(?:[(\[0-9].*)?", re.DOTALL)
_OF_PARTS = rf"(?:{'|'.join(_WORDS_OF_PARTS)}|all)"
_NAMED_TOTAL = re.compile(rf"{_OF_PARTS}[:\s]*(?:[(\[0-9].*)?|.*\b(?:sub)?totals?|{_OF_PARTS} .*|.* {_OF_PARTS}")
_NAMES_A_MEAN = re.compile(r"\b(?:avg|average|mean|mittel|schnitt|moyenne|media|promedio)\b", re.I)
_EXTREMES = {"min": min, "minimum": min, "max": max, "maximum": max}
_BALANCES = frozenset(
    (*("opening balance", "closing balance", "beginning balance", "ending balance", "starting balance", "balance"),
     *("balance brought forward", "balance carried forward", "brought forward", "carried forward", "saldo", "solde"),
     *("anfangssaldo", "endsaldo", "alter saldo", "neuer saldo", "alter kontostand", "neuer kontostand", "kontostand"),
     *("solde initial", "solde final", "ancien solde", "nouveau solde", "saldo inicial", "saldo final", "beginsaldo"),
     *("saldo anterior", "saldo iniziale", "saldo finale", "eindsaldo"))
)  # fmt: skip
_LEAST_SUMS, _LEAST_ADDED = 2, 2
_LEAST_ADDED_LAST, _LEAST_FIGURES = 3, 4
"""Of sums that no word names: addends of each, and figures of all together, as small numbers add up by accident."""
_SHARE_OF_TOTALS = 0.1
_AT_ONCE = 1000
_LEAST_ABOVE_NOTES = 3
_LEAST_WORDS, _MOST_NOTES, _MOST_SENTENCES = 3, 30, 0.3
MOST_TOTALS = 8
"""Rows at the end that are."""


def n_totals(rows: Sequence[Sequence[str]], above: Set[str] = frozenset()) -> int:
    """How many of the last of ``rows`` are totals or means of those above, by the first cell that holds anything.

    Other statistics count beside these, and none where there is nothing else: then the table is one of statistics.
    Nor does what stands there more than once, or ``above`` (``labels_like_totals``): such rows are of a group of that
    name.
    """
    found = 0
    labels = [_label(cells) for cells in rows[-MOST_TOTALS:]]
    of_groups = {label for label in labels if labels.count(label) > 1} | labels_like_totals(rows[:-MOST_TOTALS]) | above
    while found < len(labels) and labels[-1 - found] in _LIKE_TOTALS - of_groups:
        found += 1
    has_total = any(label in TOTAL_WORDS for label in labels[len(labels) - found :])
    return found if has_total and found < len(rows) else 0


def n_notes(rows: Sequence[Sequence[str]]) -> int:
    """How many of the last of ``rows`` are notes below the table, as a spreadsheet writes them: with all delimiters.

    They have nothing but a first cell, which is a sentence: of three words or more, and longer than those above. Below
    a column of sentences, such as reviews, the last may be rows of which the rest is not known.
    """
    last = rows[-_MOST_NOTES:]
    n_alone = 0
    while n_alone < len(last) and last[-1 - n_alone][0].strip() and not any(map(str.strip, last[-1 - n_alone][1:])):
        n_alone += 1
    others = [row[0].strip() for row in last[: len(last) - n_alone]]
    if len(others) < _LEAST_ABOVE_NOTES:
        return 0
    if sum(len(text.split()) >= _LEAST_WORDS for text in others) > _MOST_SENTENCES * len(others):
        return 0
    longest = max(map(len, others))
    alone = [row[0].strip() for row in last[len(last) - n_alone :]]
    are_notes = [len(text) > longest and len(text.split()) >= _LEAST_WORDS for text in alone]
    return n_alone - are_notes.index(True) if any(are_notes) else 0


def labels_like_totals(rows: Iterable[Sequence[str]]) -> set[str]:
    """Of the labels of ``rows``, those that rows of totals have."""
    return {label for label in map(_label, rows) if label in _LIKE_TOTALS}


def _label(cells: Sequence[str]) -> str:
    return next((cell for cell in map(str.strip, cells) if cell), "").rstrip(":").casefold()


def totals_warnings(
    columns: Sequence[Column], row_lines: Integers, check: Callable[[], None] = lambda: None
) -> list[TableWarning]:
    """What to tell of rows of totals between others, which are read as rows: their lines.

    Where a column of labels has them as often as its other labels, they are labels of groups. ``check`` is called now
    and then, and may raise.
    """
    proven = _sums_warning(columns, row_lines, check)
    if proven is not None:
        return [proven]
    is_first_filled = np.ones(len(row_lines), bool)
    for column in columns:
        check()
        rows = _rows_of_totals(column, is_first_filled, check) if isinstance(column, WordColumn) else row_lines[:0]
        if isinstance(column, WordColumn) and len(rows):
            label = shorten(column.levels[column.codes[rows[0]]])
            message = f"{label} looks like a row of totals, and is read as a row like the others"
            return [_of_rows(column.name, row_lines, rows, message, ".")]
        is_first_filled &= column.missing
    return _last_row_warning(columns, row_lines) or _balance_warning(columns, row_lines)


def _balance_warning(columns: Sequence[Column], row_lines: Integers) -> list[TableWarning]:
    """What to tell of a balance of an account, in the first or the last row, of which it is no entry.

    It lacks what every row has that is none: an amount, or a day.
    """
    ends = (0, len(row_lines) - 1)
    found: dict[int, str] = {}
    for column in columns if len(row_lines) > _LEAST_ADDED_LAST else ():
        if not isinstance(column, WordColumn):
            continue
        for row in ends:
            label = column.levels[column.codes[row]] if not column.missing[row] else ""
            if label.strip().rstrip(":").casefold() in _BALANCES:
                found[row] = label
    rows = [row for row in found if any(one.missing[row] and not one.missing[1:-1].any() for one in columns)]
    if not rows:
        return []
    named = " and ".join(shorten(found[row]) for row in rows)
    lines = " and ".join(f"{row_lines[row]}" for row in rows)
    what = "is a balance and no entry, and is read as a row" if len(rows) == 1 else (
        "are balances and no entries, and are read as rows"
    )  # fmt: skip
    message = f"{named} (line {lines}) {what} like the others; take {'it' if len(rows) == 1 else 'them'} out."
    return [TableWarning(int(row_lines[rows[0]]), None, message)]


def _last_row_warning(columns: Sequence[Column], row_lines: Integers) -> list[TableWarning]:
    """What to tell of a last row, whatever it is called, whose numbers are sums of those above: in any language.

    Most of its numbers are, and its first cell is a word that no other row has, or missing as in no other row.
    """
    first, last = columns[0], len(row_lines) - 1
    is_label_alone = first.missing[last] and not first.missing[:last].any()
    if isinstance(first, WordColumn) and not first.missing[last]:
        is_label_alone = first.kind != "datetime" and np.count_nonzero(first.codes == first.codes[last]) == 1
    numbers = [one for one in columns if isinstance(one, NumberColumn) and one.numbers[last] != 0.0]
    present = [one for one in numbers if not one.missing[last]]
    if last < _LEAST_ADDED_LAST or not is_label_alone or not present:
        return []
    sums = [one for one in present if _is_sum(one.numbers[:last], one.numbers[last])]
    means = [] if sums else [one for one in present if _is_mean(one.numbers[:last], float(one.numbers[last]))]
    label = first.levels[first.codes[last]] if isinstance(first, WordColumn) and first.codes[last] >= 0 else ""
    are_means = 2 * len(means) > len(present) and _NAMES_A_MEAN.search(label) is not None
    extreme = _EXTREMES.get(label.casefold())
    if are_means or (extreme is not None and _are_extremes(extreme, present)):
        message = f"{shorten(label)} tells something of the rows above, and is read as a row like the others."
        return [TableWarning(int(row_lines[last]), first.name, message)]
    n_figures = sum(len(f"{abs(one.numbers[last]):.15g}".replace(".", "")) for one in sums)
    if 2 * len(sums) <= len(present) or n_figures < _LEAST_FIGURES:
        return []
    message = (
        f"the numbers of this last row are the sums of the rows above it ({listing([one.name for one in sums], 3)}), "
        "and it is read as a row like the others; take it out if it is a total."
    )
    return [TableWarning(int(row_lines[last]), first.name, message)]


def _is_sum(addends: Float64s, number: float) -> bool:
    is_there = ~np.isnan(addends) & (addends != 0.0)
    if np.count_nonzero(is_there) < _LEAST_ADDED_LAST:
        return False
    return bool(np.isclose(addends[is_there].sum(), number, rtol=1e-9, atol=0.0))


def _are_extremes(extreme: Callable[[Iterable[float]], float], columns: Sequence[NumberColumn]) -> bool:
    """Whether the last number of each of ``columns`` is the least, or the most, of those above it."""
    above = [one.numbers[:-1][~one.missing[:-1]].tolist() for one in columns]
    return all(numbers and extreme(numbers) == one.numbers[-1] for numbers, one in zip(above, columns, strict=True))


def _is_mean(numbers: Float64s, mean: float) -> bool:
    """Whether ``mean`` is that of ``numbers``, rounded to the figures it has."""
    is_there = ~np.isnan(numbers)
    unit = 0.1 ** len(f"{mean:.12g}".partition(".")[2])
    return bool(is_there.sum() >= _LEAST_ADDED_LAST and abs(numbers[is_there].mean() - mean) <= 0.51 * unit)


def _of_rows(name: str, row_lines: Integers, rows: Integers, message: str, rest: str) -> TableWarning:
    """``message`` on the first of ``rows``, with the lines of the others before its ``rest``."""
    lines = row_lines[rows[: MOST_LISTED + 1]].tolist()
    also = f" (so are {listed(lines[1:], len(rows) - 1)})" if len(rows) > 1 else ""
    return TableWarning(lines[0], name, f"{message}{also.replace('so are line ', 'so is line ')}{rest}")


def _sums_warning(columns: Sequence[Column], row_lines: Integers, check: Callable[[], None]) -> TableWarning | None:
    """What to tell where several rows are named as totals, and hold the sums of the rows above them.

    However often the name is there, and whether it says of what they are: North Total.
    """
    for column in columns:
        if not isinstance(column, WordColumn) or column.distinct < 2:
            continue
        named = [number for number, label in _likely_labels(column, check) if _NAMED_TOTAL.fullmatch(label)]
        rows = np.flatnonzero(np.isin(column.codes, named)) if named else row_lines[:0]
        if len(rows) < _LEAST_SUMS or len(rows) > len(row_lines) / 2:
            continue
        for numbers in (one for one in columns if isinstance(one, NumberColumn) and not one.missing[rows].any()):
            if _are_sums(numbers.numbers, rows):
                label = shorten(column.levels[column.codes[rows[0]]])
                message = (
                    f"{label} is the sum of the rows above it in {shorten(numbers.name)}, and is read as a row like "
                    "the others"
                )
                rest = "; take such rows out, as they count the others twice."
                return _of_rows(column.name, row_lines, rows, message, rest)
    return None


def _are_sums(numbers: Float64s, rows: Integers) -> bool:
    """Whether the ``numbers`` in nearly all of ``rows`` are sums of those since the one before, two or more."""
    n_sums = 0
    for first, row in pairwise((-1, *rows.tolist())):
        part = numbers[first + 1 : row]
        part = part[~np.isnan(part)]
        # Of one row the sum is the row, which is so of any copy.
        is_sum = part.size >= _LEAST_ADDED and np.isclose(part.sum(), numbers[row], rtol=1e-6, atol=0.0)
        n_sums += bool(is_sum) and bool(part.any())
    # The last may be the total of totals.
    return n_sums >= max(_LEAST_SUMS, len(rows) - 1)


def _rows_of_totals(column: WordColumn, is_first_filled: Mask, check: Callable[[], None]) -> Integers:
    """The rows of ``column`` that look like totals; none where its labels do not tell rows apart, but for few."""
    # Of a million keys a list of them once more would be all that is needed more than the table itself.
    labels = {number: label for number, label in _likely_labels(column, check) if _TOTAL.fullmatch(label)}
    n_others = len(column.levels) - len(labels)
    if not labels or sum(label in _STATISTICS for label in _labels(column)) >= n_others / 2:
        return np.zeros(0, np.intp)
    is_total_row = np.isin(column.codes, list(labels))
    rows = np.flatnonzero(is_total_row)
    n_rest = len(column.codes) - len(rows) - np.count_nonzero(column.missing)
    is_few = len(rows) <= _SHARE_OF_TOTALS * len(column.codes) and bool(is_first_filled[rows].all())
    if n_rest == n_others or is_few:
        return rows
    certain = [number for number, label in labels.items() if _CERTAIN_TOTAL.fullmatch(label)]
    return np.flatnonzero(np.isin(column.codes, certain))


def _likely_labels(column: WordColumn, check: Callable[[], None]) -> Iterator[tuple[int, str]]:
    """The labels of those parts of the column's that have a word for a total in them, with their numbers."""
    for first in range(0, len(column.levels), _AT_ONCE):
        check()
        some = column.levels[first : first + _AT_ONCE]
        # Of a million keys each by itself takes five times as long.
        # Most keys differ in their figures alone.
        different = set("\n".join(some).encode("utf-8", "surrogatepass").translate(None, b"0123456789").split(b"\n"))
        text = b"\n".join(different).decode("utf-8", "surrogatepass").casefold()
        if "all" in text or any(word in text for word in (_SOUGHT_IN_ASCII if text.isascii() else _SOUGHT)):
            yield from enumerate((level.strip().rstrip(":").casefold() for level in some), first)


def _labels(column: WordColumn) -> Iterator[str]:
    return (level.strip().rstrip(":").casefold() for level in column.levels)
