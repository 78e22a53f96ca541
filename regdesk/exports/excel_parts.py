"""Cells of a column in Excel's language: numbers to 17 digits, texts that stay texts, and how a cell is read."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from regdesk.data.columns.missing_words import MISSING_AMONG_NUMBERS
from regdesk.exports.column_plan import ColumnPlan
from regdesk.exports.number_pattern import groups_of
from regdesk.exports.plan import NotExportable

MOST_CHARACTERS = 8_192
"""Of one cell."""
_LONGEST_TEXT = 255
"""Of a text in a formula."""
_LARGEST, _SMALLEST = 9.99e307, 2.3e-308
_DIGITS = ",".join([*"0123456789", *(f'"{chr(0xFF10 + digit)}"' for digit in range(10))])
"""Also full-width ones, which are typed beside Chinese and Japanese letters."""
_FIRST_DAY = 25_569.0
"""1970-01-01 as spreadsheets count."""


def excel_number(number: float) -> str:
    """``number`` in a formula. Excel reads 15 digits; what is beyond them is added.

    Raises NotExportable for a number that is too large or too small for Excel.
    """
    number = float(number)
    if number != 0.0 and not _SMALLEST <= abs(number) <= _LARGEST:
        raise NotExportable(f"the model has the number {number!r}, which Excel cannot have.")
    text = repr(number).upper()
    if len(Decimal(text).normalize().as_tuple().digits) <= 15:
        return text.removesuffix(".0")
    head = f"{number:.14E}"
    rest = number - float(head)
    if not abs(rest) >= _SMALLEST:
        return head
    return f"({head}{rest:+.14E})"


def excel_text(text: str) -> str:
    """``text`` as a literal of a formula. Raises NotExportable for what no cell can hold."""
    if len(text) > _LONGEST_TEXT:
        raise NotExportable(f"a label has {len(text)} characters, and a text in a formula of Excel has at most 255.")
    parts, plain = [], ""
    for one in text:
        code = ord(one)
        if code == 0 or 0xD800 <= code < 0xE000:
            raise NotExportable(f"a label has the character U+{code:04X} in it, which no cell of Excel can hold.")
        if one.isprintable():
            plain += '""' if one == '"' else one
            continue
        parts += [f'"{plain}"'] if plain else []
        parts.append(f"CHAR({code})" if code < 128 else f"UNICHAR({code})")
        plain = ""
    parts += [f'"{plain}"'] if plain or not parts else []
    return parts[0] if len(parts) == 1 else f"({'&'.join(parts)})"


def letters(number: int) -> str:
    """The name of column ``number``, from 0: A, …, Z, AA."""
    found = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def number_reading(column: ColumnPlan, cell: str, drops: bool) -> str:
    """The number in ``cell``, or the days since 1970 of a date; an error where there is no prediction."""
    gone = "NA()" if drops else excel_number(column.fill)
    if column.reading == "number":
        value, text = cell, _text_as_number(column, cell)
    else:
        value, text = _days_of_number(column, cell), f"{_serial_of_text(cell)}-{excel_number(_FIRST_DAY)}"
        if column.takes_number_text:
            text = "NA()"
    if column.missing_numbers:
        equal = ",".join(f"{cell}={excel_number(number)}" for number in column.missing_numbers)
        value = f"IF(OR({equal}),{gone},{value})"
    text = f"IF(COUNT(FIND({{{_DIGITS}}},{cell}))=0,{gone},{text})"
    own = [word for word in column.missing if word not in MISSING_AMONG_NUMBERS]
    if own:
        equal = ",".join(f"EXACT(TRIM({cell}),{excel_text(word)})" for word in own)
        text = f"IF(OR({equal}),{gone},{text})"
    return f"IF(ISNUMBER({cell}),{value},{text})"


def part_place(column: ColumnPlan, cell: str, values: Iterable[str], filled: str, drops: bool) -> str:
    """Which of ``values`` belongs to the month or the weekday of the date in ``cell``; ``filled`` where it is none."""
    if column.takes_number_text:
        raise NotExportable(
            f"the {column.reading} of {column.name} is not written in Excel, because its dates are numbers in the file."
        )
    serial = f"IF(ISNUMBER({cell}),{cell},{_serial_of_text(cell)})"
    which = f"MONTH({serial})" if column.reading == "month" else f"WEEKDAY({serial},2)"
    chosen = f"CHOOSE({which},{','.join(values)})"
    return chosen if drops else f"IFERROR({chosen},{filled})"


def spellings_of(column: ColumnPlan) -> dict[str, int]:
    """The place of each spelling as Excel sees it: with single blanks, and in small letters where case is ignored."""
    found: dict[str, int] = {}
    for spelling, place in column.places.items():
        single = " ".join(spelling.split(" "))
        words = " ".join(word for word in single.split(" ") if word)
        found.setdefault(words.lower() if column.folds_case else words, place)
    for number, place in column.number_places.items():
        found.setdefault(str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number), place)
    return found


def label_text(column: ColumnPlan, cell: str) -> str:
    """What ``cell`` says, as ``spellings_of`` has it."""
    return f"LOWER(TRIM({cell}))" if column.folds_case else f"TRIM({cell})"


def is_missing_label(column: ColumnPlan, cell: str) -> str:
    """Whether ``cell`` is empty or a word of missing."""
    words = ",".join(f"EXACT(TRIM({cell}),{excel_text(word)})" for word in ("", *column.missing))
    return f"OR({words})"


def _text_as_number(column: ColumnPlan, cell: str) -> str:
    form = column.form
    if form is None:
        mark = "," if column.has_comma else "."
        return f'NUMBERVALUE({cell},"{mark}"," ")+0'
    text = f"TRIM({cell})"
    if form.affix:
        text = f'SUBSTITUTE({text},{excel_text(form.affix)},"")'
    for mark in groups_of(form):
        text = f'SUBSTITUTE({text},{excel_text(mark)},"")'
    if form.is_accounting:
        below = f'OR(LEFT(TRIM({cell}))="(",RIGHT(TRIM({cell}))="-")'
        text = f'SUBSTITUTE(SUBSTITUTE({text},"(",""),")","")'
        text = f'IF({below},SUBSTITUTE({text},"-",""),{text})'
        return f'IF({below},-1,1)*NUMBERVALUE({text},"{form.decimal}"," ")'
    return f'NUMBERVALUE({text},"{form.decimal}"," ")+0'


def _days_of_number(column: ColumnPlan, cell: str) -> str:
    """Excel counts days from 1899-12-30; where the file had dates as numbers the cell has these."""
    if column.n_digits:
        parts = {8: f"INT({cell}/10000),MOD(INT({cell}/100),100),MOD({cell},100)",
                 6: f"INT({cell}/100),MOD({cell},100),1", 4: f"{cell},1,1"}[column.n_digits]  # fmt: skip
        return f"DATE({parts})-{excel_number(_FIRST_DAY)}"
    if not column.takes_number_text:
        return f"{cell}-{excel_number(_FIRST_DAY)}"
    scaled = cell if column.per_day == 1.0 else f"{cell}/{excel_number(column.per_day)}"
    days = f"{scaled}-{excel_number(column.shift)}" if column.shift else scaled
    if column.per_day == 1.0 and not column.shift:
        return days
    return f"IF(AND({cell}>={excel_number(column.least)},{cell}<={excel_number(column.most)}),{days},NA())"


def _serial_of_text(cell: str) -> str:
    """The day and the time of a text of ISO 8601 in UTC, as Excel counts."""
    text = f"TRIM({cell})"
    hours, minutes = f"NUMBERVALUE(MID({text},12,2))*3600", f"NUMBERVALUE(MID({text},15,2))*60"
    seconds = f'NUMBERVALUE("0"&SUBSTITUTE(MID({text},18,30),"Z",""),".",",")'
    is_known = f'OR(MID({text},17,1)={{"",":","Z"}})'
    clock = f"IF({is_known},({hours}+{minutes}+{seconds})/86400,NA())"
    return f"DATEVALUE(LEFT({text},10))+IF(LEN({text})>10,{clock},0)"
