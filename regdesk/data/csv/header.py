"""Whether the first rows of a table are names: by contrast with the rows below, not by what they are alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from regdesk.data.columns.number_formats import is_known_unit
from regdesk.data.csv.cell_looks import is_date, is_missing, is_value
from regdesk.data.csv.names import are_names_below
from regdesk.data.csv.trial import Record

_MOST_COMPARED = 200
_MOST_VOTERS = 2000
_MOST_HEADER_ROWS = 3
_LEAST_VALUES = 3
_VALUE_SHARE = 0.8
_FRACTION_SHARE = 0.9
_WHOLE = re.compile(r"[+-]?[0-9]+")
_SIGN = re.compile(r"[%$€£¥]")
_PLAIN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?")
_FIGURES = re.compile("[0-9]+")
_MONTH = re.compile(r"(?<![^\W\d_])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", re.IGNORECASE)
_IS_NEARLY_VALUE = re.compile(
    r"[<>~≈≤≥±=+\-–(#$€£¥₹₩₪₫₱₽₺₴₦฿￥]?=?\s*[.,]?[0-9].*|[+-]?(?:inf|infinity)", re.IGNORECASE | re.DOTALL
)
"""A bound or a damaged number: the cell of a row of data, and no unit."""
_ORANGE_KINDS = frozenset(("c", "d", "s", "t", "continuous", "discrete", "string", "time", "basket"))
_ORANGE_USE = re.compile(r"(?:|c|m|i|w|class|meta|ignore|weight|[\w ]+=.*)")
_ANSWERS = frozenset(("yes", "no", "true", "false"))
_YEARS = (1800, 2100)
_IN_BRACKETS = re.compile(r"\(.*\)|\[.*\]")
_BELOW_NAMES = frozenset(
    (
        *("unit", "units", "type", "int", "integer", "float", "double", "real", "numeric", "number", "num", "str"),
        *("string", "text", "char", "character", "varchar", "date", "datetime", "time", "timestamp", "bool", "boolean"),
        *("mean", "average", "median", "sum", "min", "max", "count", "sd", "std"),
        *("logical", "factor", "category", "categorical", "continuous", "discrete", "nominal", "object", "key", "id"),
    )
)


def is_header(first: Sequence[str], rows: Sequence[Record]) -> bool:
    """Whether ``first`` are the names of the columns of ``rows``, which have as many cells."""
    return header_votes(first, rows) >= 0


def header_votes(first: Sequence[str], rows: Sequence[Record]) -> int:
    """How much speaks for ``first`` being the names of the columns of ``rows``; below 0 more speaks against it.

    A word above values speaks for it, a value above values, or a cell that comes again below, against it. Years, codes
    and numbers that count up are names, where the rows below are none of these, and so are dates above numbers.
    """
    # Of one column a value may well come again; of several it is the header, written once more.
    others = [row for row in rows if len(first) == 1 or list(row.cells) != list(first)]
    if not others:
        # One row again and again: numbers are no names, and words may be names that were written again.
        return -len(first) if rows and all(map(is_value, first)) else 0
    rows = others
    votes = 0
    columns = list(zip(*(row.cells for row in rows[:_MOST_COMPARED]), strict=True))
    if _are_numbers_as_names(first, columns):
        return len(columns)
    # Of very many columns every tenth says the same as all, in a tenth of the time.
    step = -(-len(columns) // _MOST_VOTERS)
    for cell, column in zip(first[::step], columns[::step], strict=True):
        present = [one for one in column if not is_missing(one)]
        if not present or is_missing(cell):
            continue
        n_values = sum(map(is_value, present))
        if n_values >= _VALUE_SHARE * len(present):
            is_like_them = is_value(cell) and not any(
                is_so(cell) and not any(map(is_so, present)) for is_so in (is_date, _has_sign)
            )
            votes += -1 if is_like_them else 1
        elif is_value(cell) or cell in present or _goes_on(cell, present):
            votes -= 1
    return votes


def may_be_row(first: Sequence[str], rows: Sequence[Record]) -> bool:
    """Whether all names in ``first`` are whole numbers among those of ``rows``, and so may be a row themselves."""
    below = [cell for row in rows[:_MOST_COMPARED] for cell in row.cells if not is_missing(cell)]
    if not below or not all(map(_WHOLE.fullmatch, (*first, *below))):
        return False
    numbers = [int(cell) for cell in below]
    return all(min(numbers) <= int(name) <= max(numbers) for name in first)


def count_header_rows(rows: Sequence[Record]) -> int:
    """How many of ``rows``, of which the first is a header, hold names: units and groups stand on lines of their own.

    A row belongs to the header where all that it has above values are words, in at least two columns or in every one,
    and where it is no row of the table: that one has words above words, and where names stand already.
    """
    if len(rows) > _LEAST_VALUES and _are_rows_of_orange(rows[1].cells, rows[2].cells, rows[3:]):
        return _MOST_HEADER_ROWS
    for count in range(min(_MOST_HEADER_ROWS, len(rows) - 2), 1, -1):
        below = rows[count:]
        if all(
            _names_values(rows[place].cells, below, place > 1)
            or _goes_on_with_names(rows[place - 1].cells, rows[place].cells, below)
            or (place > 1 and _names_row_names([row.cells for row in rows[:place]], rows[place].cells))
            for place in range(1, count)
        ):
            return count
    return 1


def _are_rows_of_orange(kinds: Sequence[str], uses: Sequence[str], rows: Sequence[Record]) -> bool:
    """Whether below the names stand kinds of columns, and below these what some are for, as Orange writes them.

    Answers and bases are letters as well: c, d and t. Orange has words, numbers below each c, or one use alone above
    ``rows`` that hold more than letters.
    """
    columns = zip(*(row.cells for row in rows[:_MOST_COMPARED]), strict=True)
    are_kinds = all(_is_kind_of_orange(kind, column) for kind, column in zip(kinds, columns, strict=False))
    if not (are_kinds and any(uses) and all(map(_ORANGE_USE.fullmatch, uses))):
        return False
    below = rows[0].cells
    has_word = any(len(cell) > 1 for cell in (*kinds, *uses))
    numbers = [is_missing(cell) or is_value(cell) for kind, cell in zip(kinds, below, strict=False) if kind == "c"]
    has_one_use = len(list(filter(None, uses))) == 1 < len(uses)
    return has_word or (all(numbers) and (bool(numbers) or (has_one_use and not _are_letters(rows))))


def _is_kind_of_orange(kind: str, column: Sequence[str]) -> bool:
    """Whether ``kind`` is one, or lists all labels in ``column`` with blanks between them."""
    labels = set(kind.split())
    return kind in _ORANGE_KINDS or (len(labels) > 1 and labels.issuperset(filter(None, column)))


def _are_letters(rows: Sequence[Record]) -> bool:
    """Whether all cells of ``rows`` are single letters or missing, as answers of a test are."""
    cells = (cell for row in rows[:_MOST_COMPARED] for cell in row.cells)
    return all(is_missing(cell) or (len(cell) == 1 and cell.isalpha()) for cell in cells)


def _names_row_names(above: Sequence[Sequence[str]], cells: Sequence[str]) -> bool:
    """Whether ``cells`` are the name of the first column alone, which ``above`` leave open: pandas writes it so."""
    return bool(cells[0]) and not any(cells[1:]) and not any(row[0] for row in above)


def _names_values(cells: Sequence[str], rows: Sequence[Record], may_be_alone: bool) -> bool:
    """Whether ``cells`` are words that never come again, the first above values in all ``rows``: no record is so."""
    columns = list(zip(*(row.cells for row in rows[:_MOST_COMPARED]), strict=True))
    filled = [cell for cell in cells if cell]
    if len(columns) <= 2 or len(columns[0]) < _LEAST_VALUES or not all(map(is_value, columns[0])):
        return False
    if not cells[0] or is_missing(cells[0]) or _IS_NEARLY_VALUE.fullmatch(cells[0]) or any(map(is_value, filled)):
        return False
    if any(cell and cell in column for cell, column in zip(cells, columns, strict=True)):
        return False
    return len(filled) == len(cells) or (may_be_alone and len(filled) == 1)


def _goes_on_with_names(above: Sequence[str], cells: Sequence[str], rows: Sequence[Record]) -> bool:
    columns = list(zip(*(row.cells for row in rows[:_MOST_COMPARED]), strict=True))
    if _are_units_in_brackets(cells, rows) or are_names_below(above, cells, columns):
        return True
    words, n_values, is_like_rows, has_long_words = [], 0, False, False
    for name, cell, column in zip(above, cells, columns, strict=True):
        present = [one for one in column if not is_missing(one)]
        if cell in present:
            # What comes again below is a label of a row, and no unit.
            return False
        if not present or sum(map(is_value, present)) < _VALUE_SHARE * len(present):
            is_long = " " in cell and not any(" " in one for one in present)
            has_long_words = has_long_words or is_long
            is_like_rows = is_like_rows or not (not name or is_missing(cell) or is_long or _stands_below_names(cell))
            continue
        n_values += 1
        if is_value(cell) or _IS_NEARLY_VALUE.fullmatch(cell):
            return False
        # Below a question they are names of its columns.
        if cell.casefold() in _ANSWERS and "" not in above:
            return False
        if not is_missing(cell):
            words.append(cell)
    is_like_rows = is_like_rows or len(set(words)) == 1 < len(words)
    # Questions stand below their numbers: then all are longer than the cells of a record.
    is_like_rows = is_like_rows or (has_long_words and not all(" " in word for word in words))
    if is_like_rows and "" not in above and not all(map(_stands_below_names, words)):
        return False
    return len(words) >= 2 or len(words) == n_values == 1 < len(rows)


def _are_units_in_brackets(cells: Sequence[str], rows: Sequence[Record]) -> bool:
    """Whether all that ``cells`` hold stands in brackets, and nothing like it in ``rows``."""
    filled = [(place, cell) for place, cell in enumerate(cells) if cell]
    return bool(filled) and all(
        _IN_BRACKETS.fullmatch(cell)
        and not is_value(cell)
        and not any(_IN_BRACKETS.fullmatch(row.cells[place]) for row in rows[:_MOST_COMPARED])
        for place, cell in filled
    )


def _stands_below_names(cell: str) -> bool:
    """Whether ``cell`` says in what a column is given, or what it is: a unit, a type, a mean."""
    return _IN_BRACKETS.fullmatch(cell) is not None or cell.casefold() in _BELOW_NAMES or is_known_unit(cell)


def _are_numbers_as_names(first: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """Whether the values of ``first`` are years, codes or numbers that count up, over cells that are none of these."""
    places = [place for place, cell in enumerate(first) if is_value(cell)]
    if len(places) < 2:
        return False
    if not all(_WHOLE.fullmatch(first[place]) for place in places):
        return _are_steps([first[place] for place in places], [columns[place] for place in places])
    # A word above values shows that the row holds names: then its numbers are names as well.
    others = [place for place in range(len(first)) if place not in places and not is_missing(first[place])]
    has_word = any(columns[place] and all(map(is_value, columns[place])) for place in others)
    names = [int(first[place]) for place in places]
    below = [cell for place in places for cell in columns[place] if not is_missing(cell)]
    rows = list(zip(*(columns[place] for place in places), strict=True))
    if not below or len(set(names)) < len(names):
        return False
    if all(_YEARS[0] <= name <= _YEARS[1] for name in names) and names in (sorted(names), sorted(names)[::-1]):
        if not any(cell.isdigit() and _YEARS[0] <= int(cell) <= _YEARS[1] for cell in below):
            return True
        # Cells may look like years as well: then years that follow each other are names where no row has such; of two
        # of them only beside a word in small letters above others.
        is_word = all(first[place].islower() and not any(map(str.islower, columns[place])) for place in others)
        is_series = bool(others) and (is_word or len(names) > 2) and _counts_up([str(name) for name in names])
        return is_series and not any(map(_counts_up, rows))
    if has_word and not any(_is_within(first[place], columns[place]) for place in places):
        return True
    # What pandas calls columns without names counts from 0, also above rows of which one counts up by accident.
    is_numbered = names == list(range(names[0], names[0] + len(names))) and names[0] in (0, 1)
    is_numbered = is_numbered and places == list(range(1, len(first)))
    if len(names) > 2 and is_numbered and (first[0] or _counts_up(columns[0])) and not all(map(_counts_up, rows)):
        return True
    if len(names) < 3 or (any(map(_counts_up, rows)) and not has_word):
        return False
    n_fractions = sum("." in cell or "," in cell for cell in below)
    return _counts_up([first[place] for place in places]) or n_fractions >= _FRACTION_SHARE * len(below)


def _is_within(name: str, column: Sequence[str]) -> bool:
    """Whether ``name`` lies between the numbers of ``column``, or what stands there is not plain to compare with it."""
    present = [cell for cell in column if not is_missing(cell)]
    if not present or not all(map(_PLAIN.fullmatch, present)):
        return True
    numbers = list(map(float, present))
    return min(numbers) <= float(name) <= max(numbers)


def _goes_on(cell: str, present: Sequence[str]) -> bool:
    """Whether ``cell`` has a number, and all below are the same but for theirs: A1 above A2, 5 kg above 10 kg.

    Months count as numbers.
    """
    form = _without_numbers(cell)
    return form != cell and all(_without_numbers(other) == form for other in present)


def _without_numbers(cell: str) -> str:
    return _MONTH.sub("month", _FIGURES.sub("0", cell)) if _FIGURES.search(cell) else cell


def _has_sign(cell: str) -> bool:
    """Whether ``cell`` has a sign of per cent or of a currency."""
    return _SIGN.search(cell) is not None


def _are_steps(names: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """Whether ``names`` are numbers that grow by equal steps, all beyond those in ``columns``: wave lengths, say."""
    below = [cell for column in columns for cell in column if not is_missing(cell)]
    if len(names) < 3 or not all(_PLAIN.fullmatch(cell) for cell in (*names, *below)):
        return False
    numbers, others = [float(name) for name in names], [float(cell) for cell in below]
    steps = [second - first for first, second in pairwise(numbers)]
    is_even = min(steps) > 0 and max(steps) - min(steps) <= 1e-6 * max(steps)
    return is_even and bool(others) and (max(others) < numbers[0] or min(others) > numbers[-1])


def _counts_up(cells: Sequence[str]) -> bool:
    """Whether ``cells`` are whole numbers, each one more than the last."""
    if not all(map(_WHOLE.fullmatch, cells)):
        return False
    whole = [int(cell) for cell in cells]
    return whole == list(range(whole[0], whole[0] + len(whole)))
