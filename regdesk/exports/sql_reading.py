"""Cells of a column in SQL: stage by stage, each a list of expressions on those before it.

What ``t0`` says, the trimmed text of a cell, is taken apart with functions that every database has: the mask of a text
has 9 for each digit, so that ``LIKE`` can tell numbers and dates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regdesk.exports.column_plan import ColumnPlan
from regdesk.exports.plan import NotExportable
from regdesk.exports.sql_formatted import read_formatted
from regdesk.exports.sql_parts import Stages, is_one, mask_of, sql_number, sql_string

INFINITE = ("inf", "infinity")
_DIGITS = "".join(
    chr(zero + digit) for zero in (0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10) for digit in range(10)
)
"""In letters that numbers are written in somewhere: what has one of them is no word."""
_MONTH_STARTS = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def read_label(stages: Stages, column: ColumnPlan, number: int, text: str, drops: bool) -> None:
    """``p`` is the place of a label, ``b`` 1 where the row has no prediction."""
    by_place: dict[int, list[str]] = {}
    for label, place in {**_with_numbers(column), **column.places}.items():
        by_place.setdefault(place, []).append(label)
    whens = [f"WHEN {is_one(text, labels)} THEN {place}" for place, labels in sorted(by_place.items())]
    if column.folds_case:
        for place, labels in sorted(by_place.items()):
            small = [label for label in labels if label == label.lower()]
            whens += [f"WHEN {is_one(f'LOWER({text})', small)} THEN {place}"] if small else []
    stages.add(1, f"p{number}", f"CASE {' '.join(whens)} ELSE {column.fill_place} END" if whens else "-1")
    is_missing = f"{text} IS NULL OR {is_one(text, ['', *column.missing])}"
    stages.add(1, f"b{number}", f"CASE WHEN {is_missing} THEN 1 ELSE 0 END" if drops else "0")


def read_number(stages: Stages, column: ColumnPlan, number: int, text: str, cell: str, drops: bool) -> None:
    """``n`` is a number, NULL where it is missing; ``b`` is 1 where the row has no prediction."""
    if column.form is not None:
        read_formatted(stages, column.form, number, text)
        value, stage = f"v{number}", 7
    else:
        _read_plain(stages, column, number, text)
        value, stage = (f"REPLACE({text}, ',', '.')" if column.has_comma else cell), 4
    known = f"CASE WHEN g{number} = 1 THEN {_scaled(column, f'CAST({value} AS DOUBLE PRECISION)', number)} END"
    _finish(stages, column, number, text, known, drops, stage)


def read_date(stages: Stages, column: ColumnPlan, number: int, text: str, cell: str, drops: bool) -> None:
    """As ``read_number``, in days since 1970-01-01; of its month or weekday ``p`` is the place."""
    mask = stages.add(1, f"m{number}", mask_of(text))
    rest = f"SUBSTR({text}, 11)"
    stages.add(
        2,
        f"r{number}",
        f"CASE WHEN SUBSTR({rest}, LENGTH({rest}), 1) = 'Z' THEN SUBSTR({rest}, 1, LENGTH({rest}) - 1) "
        f"WHEN {rest} LIKE '%+00:00' THEN SUBSTR({rest}, 1, LENGTH({rest}) - 6) "
        f"WHEN {rest} LIKE '%+00' THEN SUBSTR({rest}, 1, LENGTH({rest}) - 3) ELSE {rest} END",
    )
    clock = stages.add(3, f"q{number}", mask_of(f"r{number}"))
    is_iso = (
        f"SUBSTR({mask}, 1, 10) = '9999-99-99' AND (LENGTH({text}) = 10 OR "
        f"{clock} IN ('T99:99', ' 99:99', 'T99:99:99', ' 99:99:99') OR "
        f"({clock} LIKE '_99:99:99.9%' AND REPLACE({clock}, '9', '') IN ('T::.', ' ::.')))"
    )
    compact = ""
    if column.n_digits:
        parts = [f"SUBSTR({text}, 1, 4)", f"SUBSTR({text}, 5, 2)", f"SUBSTR({text}, 7, 2)"]
        shown = [part if 2 * at + 4 <= column.n_digits else "'01'" for at, part in enumerate(parts)]
        compact = (
            f"WHEN {mask} = '{'9' * column.n_digits}' THEN {' || '.join((shown[0], _DASH, shown[1], _DASH, shown[2]))} "
        )
    iso = stages.add(4, f"i{number}", f"CASE WHEN {is_iso} THEN {text} {compact}END")
    _calendar(stages, number, iso, clock)
    value = f"(d{number} * 86400.0e0 + s{number}) / 86400.0e0"
    if column.takes_number_text and not column.n_digits:
        _plain_check(stages, number, f"LOWER({text})", 1)
        counted = _scaled(column, f"CAST({cell} AS DOUBLE PRECISION)", number)
        bounds = f"BETWEEN {sql_number(column.least)} AND {sql_number(column.most)}"
        counted = f"CASE WHEN CAST({cell} AS DOUBLE PRECISION) {bounds} THEN {counted} END"
        known = f"CASE WHEN d{number} IS NOT NULL THEN {value} WHEN g{number} = 1 THEN {counted} END"
    else:
        known = f"CASE WHEN d{number} IS NOT NULL THEN {value} END"
    if column.reading == "date":
        _finish(stages, column, number, text, known, drops, 8)
        return
    if column.per_day != 1.0 or column.shift:
        raise NotExportable(
            f"the {column.reading} of {column.name} is not written in SQL, because its dates are numbers in the file."
        )
    _place_of_part(stages, column, number, drops)


_DASH = "'-'"


def _place_of_part(stages: Stages, column: ColumnPlan, number: int, drops: bool) -> None:
    which = f"CAST(SUBSTR(i{number}, 6, 2) AS INTEGER) - 1"
    if column.reading == "weekday":
        which = f"((d{number} + 3) % 7 + 7) % 7"
    whens = " ".join(f"WHEN {at} THEN {place}" for at, place in enumerate(column.places.values()))
    known = f"CASE {which} {whens} END"
    stages.add(8, f"p{number}", f"CASE WHEN d{number} IS NULL THEN {column.fill_place} ELSE {known} END")
    stages.add(8, f"b{number}", f"CASE WHEN d{number} IS NULL THEN 1 ELSE 0 END" if drops else "0")


def _calendar(stages: Stages, number: int, iso: str, clock: str) -> None:
    """``d`` days and ``s`` seconds of a text ``iso`` in the form of a date; NULL where there is no such day."""
    year, month, day = (
        stages.add(5, f"{name}{number}", f"CAST(SUBSTR({iso}, {start}, {length}) AS INTEGER)")
        for name, start, length in (("y", 1, 4), ("o", 6, 2), ("a", 9, 2))
    )
    hour, minute = (
        f"CASE WHEN LENGTH({clock}) > 0 THEN CAST(SUBSTR({iso}, {start}, 2) AS INTEGER) ELSE 0 END"
        for start in (12, 15)
    )
    second = f"CASE WHEN LENGTH({clock}) > 6 THEN CAST(SUBSTR(r{number}, 8) AS DOUBLE PRECISION) ELSE 0.0e0 END"
    stages.add(5, f"h{number}", hour)
    stages.add(5, f"j{number}", minute)
    stages.add(5, f"k{number}", f"CASE WHEN {iso} IS NULL THEN 0.0e0 ELSE {second} END")
    is_leap = f"(({year} % 4 = 0 AND {year} % 100 <> 0) OR {year} % 400 = 0)"
    stages.add(6, f"l{number}", f"CASE WHEN {is_leap} THEN 1 ELSE 0 END")
    lengths = " ".join(f"WHEN {at + 1} THEN {length}" for at, length in enumerate(_MONTH_LENGTHS) if length != 31)
    starts = " ".join(f"WHEN {at + 1} THEN {start}" for at, start in enumerate(_MONTH_STARTS))
    leap = f"CASE WHEN {month} > 2 THEN l{number} ELSE 0 END"
    longest = f"CASE {month} {lengths} ELSE 31 END + CASE WHEN {month} = 2 THEN l{number} ELSE 0 END"
    past = f"({year} - 1)"
    leaps = f"({past} - {past} % 4) / 4 - ({past} - {past} % 100) / 100 + ({past} - {past} % 400) / 400"
    days = f"365 * {past} + {leaps} + CASE {month} {starts} END + {leap} + {day} - 719163"
    is_day = (
        f"{year} >= 1 AND {month} BETWEEN 1 AND 12 AND {day} BETWEEN 1 AND ({longest}) "
        f"AND h{number} < 24 AND j{number} < 60 AND k{number} < 60"
    )
    stages.add(7, f"d{number}", f"CASE WHEN {is_day} THEN {days} END")
    stages.add(7, f"s{number}", f"h{number} * 3600.0e0 + j{number} * 60.0e0 + k{number}")


def _finish(stages: Stages, column: ColumnPlan, number: int, text: str, known: str, drops: bool, stage: int) -> None:
    gone = f"CASE WHEN {is_one(text, list(column.missing))} THEN NULL ELSE {known} END" if column.missing else known
    value = stages.add(stage, f"w{number}", gone)
    if column.missing_numbers:
        listed = ", ".join(map(sql_number, column.missing_numbers))
        stages.add(stage + 1, f"n{number}", f"CASE WHEN {value} IN ({listed}) THEN NULL ELSE {value} END")
    else:
        stages.add(stage + 1, f"n{number}", value)
    has_digits = f"({text} LIKE " + f" OR {text} LIKE ".join(f"'%{digit}%'" for digit in _DIGITS) + ")"
    infinite = f"LOWER(REPLACE(REPLACE({text}, '-', ''), '+', '')) IN ({', '.join(map(sql_string, INFINITE))})"
    is_known = f" AND {text} NOT IN ({', '.join(map(sql_string, column.missing))})" if column.missing else ""
    is_bad = f"{value} IS NULL AND ({has_digits} OR {infinite}){is_known}"
    if drops:
        is_bad += f" OR n{number} IS NULL"
    stages.add(stage + 2, f"b{number}", f"CASE WHEN {is_bad} THEN 1 ELSE 0 END")


def _scaled(column: ColumnPlan, value: str, number: int) -> str:
    if column.form is not None:
        return f"{value} * e{number}"
    found = value if column.per_day == 1.0 else f"{value} / {sql_number(column.per_day)}"
    return f"({found} - {sql_number(column.shift)})" if column.shift else found


def _read_plain(stages: Stages, column: ColumnPlan, number: int, text: str) -> None:
    _plain_check(stages, number, f"REPLACE(LOWER({text}), ',', '.')" if column.has_comma else f"LOWER({text})", 1)


def _plain_check(stages: Stages, number: int, text: str, stage: int) -> None:
    """``g`` is 1 where the text is a number with a decimal point."""
    unsigned = f"CASE WHEN SUBSTR({text}, 1, 1) IN ('+', '-') THEN SUBSTR({text}, 2) ELSE {text} END"
    stages.add(stage, f"u{number}", unsigned)
    mask = stages.add(stage + 1, f"x{number}", mask_of(f"u{number}"))
    marks = f"REPLACE({mask}, '9', '')"
    stages.add(
        stage + 2,
        f"g{number}",
        f"CASE WHEN ({marks} = '' AND {mask} <> '') OR ({marks} = '.' AND LENGTH({mask}) > 1) "
        f"OR ({marks} = 'e' AND {mask} LIKE '9%e9%') OR ({marks} = 'e+' AND {mask} LIKE '9%e+9%') "
        f"OR ({marks} = 'e-' AND {mask} LIKE '9%e-9%') OR ({marks} = '.e' AND {mask} LIKE '%9%e9%') "
        f"OR ({marks} = '.e+' AND {mask} LIKE '%9%e+9%') OR ({marks} = '.e-' AND {mask} LIKE '%9%e-9%') "
        "THEN 1 ELSE 0 END",
    )


def _with_numbers(column: ColumnPlan) -> Mapping[str, int]:
    """Labels that are numbers, as a database may spell them that has taken them for numbers."""
    found: dict[str, int] = {}
    for number, place in column.number_places.items():
        spellings: Sequence[str] = [repr(number)]
        if number == int(number) and abs(number) < 1e15:
            spellings = [repr(number), str(int(number))]
        found |= dict.fromkeys(spellings, place)
    return found
