"""Cells of a column in SQL: stage by stage, each a list of expressions on those before it.

What ``t0`` says, the trimmed text of a cell, is taken apart with functions that every database has: the mask of a text
has 9 for each digit, so that ``LIKE`` can tell numbers and dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from regdesk.data.columns.number_formats import NumberFormat
from regdesk.exports.column_plan import ColumnPlan
from regdesk.exports.number_pattern import groups_of
from regdesk.exports.plan import NotExportable

INFINITE = ("inf", "infinity")
_MONTH_STARTS = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass
class Stages:
    """Expressions by their names, those of a later stage on those of earlier ones."""

    found: list[dict[str, str]] = field(default_factory=list)

    def add(self, stage: int, name: str, expression: str) -> str:
        """``name``, for ``expression`` at ``stage``."""
        while len(self.found) <= stage:
            self.found.append({})
        self.found[stage][name] = expression
        return name


def sql_number(number: float) -> str:
    """``number`` with an exponent: DuckDB reads a plain decimal as one of fixed places, and rounds it."""
    text = repr(float(number))
    return text if "e" in text else f"{text}e0"


def sql_string(text: str) -> str:
    """``text`` as a literal. Raises NotExportable for NUL and for half a character, which no text of SQL can have."""
    return "'" + _checked(text).replace("'", "''") + "'"


def sql_name(text: str) -> str:
    """``text`` as the name of a column. Raises NotExportable as ``sql_string``."""
    return '"' + _checked(text).replace('"', '""') + '"'


def read_label(stages: Stages, column: ColumnPlan, number: int, text: str, drops: bool) -> None:
    """``p`` is the place of a label, ``b`` 1 where the row has no prediction."""
    by_place: dict[int, list[str]] = {}
    for label, place in {**_with_numbers(column), **column.places}.items():
        by_place.setdefault(place, []).append(label)
    whens = [f"WHEN {_is_one(text, labels)} THEN {place}" for place, labels in sorted(by_place.items())]
    if column.folds_case:
        for place, labels in sorted(by_place.items()):
            small = [label for label in labels if label == label.lower()]
            whens += [f"WHEN {_is_one(f'LOWER({text})', small)} THEN {place}"] if small else []
    stages.add(1, f"p{number}", f"CASE {' '.join(whens)} ELSE {column.fill_place} END" if whens else "-1")
    is_missing = f"{text} IS NULL OR {_is_one(text, ['', *column.missing])}"
    stages.add(1, f"b{number}", f"CASE WHEN {is_missing} THEN 1 ELSE 0 END" if drops else "0")


def read_number(stages: Stages, column: ColumnPlan, number: int, text: str, cell: str, drops: bool) -> None:
    """``n`` is a number, NULL where it is missing; ``b`` is 1 where the row has no prediction."""
    if column.form is not None:
        _read_formatted(stages, column.form, number, text)
        value, stage = f"v{number}", 7
    else:
        _read_plain(stages, column, number, text)
        value, stage = (f"REPLACE({text}, ',', '.')" if column.has_comma else cell), 4
    known = f"CASE WHEN g{number} = 1 THEN {_scaled(column, f'CAST({value} AS DOUBLE PRECISION)', number)} END"
    _finish(stages, column, number, text, known, drops, stage)


def read_date(stages: Stages, column: ColumnPlan, number: int, text: str, cell: str, drops: bool) -> None:
    """As ``read_number``, in days since 1970-01-01; of its month or weekday ``p`` is the place."""
    mask = stages.add(1, f"m{number}", _mask(f"LOWER({text})"))
    rest = f"SUBSTR(LOWER({text}), 11)"
    stages.add(
        2,
        f"r{number}",
        f"CASE WHEN {rest} LIKE '%z' THEN SUBSTR({rest}, 1, LENGTH({rest}) - 1) "
        f"WHEN {rest} LIKE '%+00:00' THEN SUBSTR({rest}, 1, LENGTH({rest}) - 6) "
        f"WHEN {rest} LIKE '%+00' THEN SUBSTR({rest}, 1, LENGTH({rest}) - 3) ELSE {rest} END",
    )
    clock = stages.add(3, f"q{number}", _mask(f"r{number}"))
    is_iso = (
        f"SUBSTR({mask}, 1, 10) = '9999-99-99' AND (LENGTH({text}) = 10 OR "
        f"{clock} IN ('t99:99', ' 99:99', 't99:99:99', ' 99:99:99') OR "
        f"({clock} LIKE '_99:99:99.9%' AND REPLACE({clock}, '9', '') IN ('t::.', ' ::.')))"
    )
    compact = ""
    if column.n_digits:
        parts = [f"SUBSTR({text}, 1, 4)", f"SUBSTR({text}, 5, 2)", f"SUBSTR({text}, 7, 2)"]
        shown = [part if 2 * at + 4 <= column.n_digits else "'01'" for at, part in enumerate(parts)]
        compact = f"WHEN {mask} = '{'9' * column.n_digits}' THEN {' || '.join((shown[0], _DASH, shown[1], _DASH, shown[2]))} "
    iso = stages.add(4, f"i{number}", f"CASE WHEN {is_iso} THEN {text} {compact}END")
    _calendar(stages, number, iso, clock)
    value = f"(d{number} * 86400.0e0 + s{number}) / 86400.0e0"
    if column.takes_number_text and not column.n_digits:
        _plain_check(stages, number, f"LOWER({text})", 1)
        counted = _scaled(column, f"CAST({cell} AS DOUBLE PRECISION)", number)
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
    """``d`` days and ``s`` seconds of the text ``iso``, which has the form of a date; NULL where there is no such day."""
    year, month, day = (
        stages.add(5, f"{name}{number}", f"CAST(SUBSTR({iso}, {start}, {length}) AS INTEGER)")
        for name, start, length in (("y", 1, 4), ("o", 6, 2), ("a", 9, 2))
    )
    hour, minute = (
        f"CASE WHEN LENGTH({clock}) > 0 THEN CAST(SUBSTR({iso}, {start}, 2) AS INTEGER) ELSE 0 END" for start in (12, 15)
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


def _finish(
    stages: Stages, column: ColumnPlan, number: int, text: str, known: str, drops: bool, stage: int
) -> None:
    gone = f"CASE WHEN {_is_one(text, list(column.missing))} THEN NULL ELSE {known} END" if column.missing else known
    value = stages.add(stage, f"w{number}", gone)
    if column.missing_numbers:
        listed = ", ".join(map(sql_number, column.missing_numbers))
        stages.add(stage + 1, f"n{number}", f"CASE WHEN {value} IN ({listed}) THEN NULL ELSE {value} END")
    else:
        stages.add(stage + 1, f"n{number}", value)
    has_digits = f"({text} LIKE " + f" OR {text} LIKE ".join(f"'%{digit}%'" for digit in range(10)) + ")"
    infinite = f"LOWER(REPLACE({text}, '-', '')) IN ({', '.join(map(sql_string, INFINITE))})"
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
    mask = stages.add(stage + 1, f"x{number}", _mask(f"u{number}"))
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


def _read_formatted(stages: Stages, form: NumberFormat, number: int, text: str) -> None:
    """``g`` is 1 where the text is a number in ``form``, ``v`` its digits, ``e`` its sign."""
    opened = f"CASE WHEN {text} LIKE '(%)' THEN TRIM(SUBSTR({text}, 2, LENGTH({text}) - 2)) "
    opened += f"WHEN {text} LIKE '%-' THEN TRIM(SUBSTR({text}, 1, LENGTH({text}) - 1)) ELSE {text} END"
    stages.add(1, f"f{number}", opened if form.is_accounting else text)
    below = f"CASE WHEN {text} LIKE '(%)' OR {text} LIKE '%-' THEN 1 ELSE 0 END"
    stages.add(1, f"h{number}", below if form.is_accounting else "0")
    stages.add(2, f"j{number}", _without_sign(f"f{number}"))
    stages.add(2, f"k{number}", _sign(f"f{number}"))
    affix, size, whole = sql_string(form.affix), len(form.affix), f"j{number}"
    if form.is_before:
        has, inner = f"SUBSTR({whole}, 1, {size}) = {affix}", f"TRIM(SUBSTR({whole}, {size + 1}))"
    else:
        has = f"SUBSTR({whole}, LENGTH({whole}) - {size - 1}) = {affix} AND LENGTH({whole}) > {size}"
        inner = f"TRIM(SUBSTR({whole}, 1, LENGTH({whole}) - {size}))"
    has = has if form.affix else "1 = 0"
    stages.add(3, f"l{number}", f"CASE WHEN {has} THEN {inner} ELSE {whole} END" if form.affix else whole)
    stages.add(3, f"a{number}", f"CASE WHEN {has} THEN 1 ELSE 0 END")
    # A second sign may only stand behind a currency: $ -5, and as brackets $ (5) and (5) kg.
    inner = f"l{number}"
    bracketed = f"{inner} LIKE '(%)'" if form.is_accounting and form.affix else "1 = 0"
    signed = f"SUBSTR({inner}, 1, 1) IN ('+', '-')" if form.is_before else "1 = 0"
    body = f"CASE WHEN a{number} = 1 AND {bracketed} THEN SUBSTR({inner}, 2, LENGTH({inner}) - 2) "
    body += f"WHEN a{number} = 1 AND {signed} THEN SUBSTR({inner}, 2) ELSE {inner} END"
    stages.add(4, f"o{number}", _one_group(body, form))
    again = f"CASE WHEN a{number} = 1 AND {bracketed} THEN -1 WHEN a{number} = 1 AND {signed} THEN {_sign(inner)} ELSE 0 END"
    stages.add(4, f"q{number}", again)
    _check_body(stages, form, number)


def _check_body(stages: Stages, form: NumberFormat, number: int) -> None:
    group, mark, body, share = sql_string(form.group), form.decimal, f"o{number}", form.affix in ("%", "‰")
    mask = _mask(body)
    if form.group:
        joined = sql_string(form.group + mark)
        doubled = f"REPLACE(REPLACE({mask}, {group}, {sql_string(2 * form.group)}), '{mark}', {joined})"
        ended = f"CASE WHEN {body} LIKE '%{mark}%' THEN {doubled} ELSE {doubled} || {joined} END"
        three = sql_string(f"{form.group}999{form.group}")
        stages.add(5, f"z{number}", f"REPLACE({ended}, {three}, '')")
        left = f"z{number}"
        thousands = " OR ".join(f"{left} LIKE {sql_string(nines + form.group + mark + '%')}" for nines in ("9", "99", "999"))
        is_number = (
            f"REPLACE({left}, '9', '') = {joined} AND LENGTH({left}) > {len(form.group) + 1} AND "
            f"({body} NOT LIKE {sql_string(f'%{form.group}%')} OR (({thousands}) AND SUBSTR({body}, 1, 1) <> '0'))"
        )
    else:
        stages.add(5, f"z{number}", mask)
        is_number = f"REPLACE(z{number}, '9', '') IN ('', '{mark}') AND z{number} LIKE '%9%'"
    digits = f"REPLACE({body}, {group}, '')" if form.group else body
    value = stages.add(5, f"v{number}", f"REPLACE({digits}, '{mark}', '.')")
    if share:
        is_number = f"{is_number} AND (a{number} = 1 OR REPLACE(REPLACE({value}, '0', ''), '.', '') = '')"
    # Signs and brackets: at most one of all.
    n_signs = f"h{number} + ABS(k{number}) + ABS(q{number})"
    stages.add(6, f"g{number}", f"CASE WHEN {is_number} AND {n_signs} <= 1 THEN 1 ELSE 0 END")
    stages.add(6, f"e{number}", f"CASE WHEN h{number} = 1 OR k{number} = -1 OR q{number} = -1 THEN -1.0e0 ELSE 1.0e0 END")


def _one_group(text: str, form: NumberFormat) -> str:
    """``text`` with one character for all that may stand between thousands."""
    for other in groups_of(form)[1:]:
        text = f"REPLACE({text}, {sql_string(other)}, {sql_string(form.group)})"
    return text


def _sign(text: str) -> str:
    return f"CASE SUBSTR({text}, 1, 1) WHEN '-' THEN -1 WHEN '+' THEN 1 ELSE 0 END"


def _without_sign(text: str) -> str:
    return f"CASE WHEN SUBSTR({text}, 1, 1) IN ('+', '-') THEN TRIM(SUBSTR({text}, 2)) ELSE {text} END"


def _mask(text: str) -> str:
    for digit in range(9):
        text = f"REPLACE({text}, '{digit}', '9')"
    return text


def _with_numbers(column: ColumnPlan) -> Mapping[str, int]:
    """Labels that are numbers, as a database may spell them that has taken them for numbers."""
    found: dict[str, int] = {}
    for number, place in column.number_places.items():
        spellings: Sequence[str] = [repr(number)]
        if number == int(number) and abs(number) < 1e15:
            spellings = [repr(number), str(int(number))]
        found |= dict.fromkeys(spellings, place)
    return found


def _is_one(text: str, words: Iterable[str]) -> str:
    return f"{text} IN ({', '.join(map(sql_string, words))})"


def _checked(text: str) -> str:
    for one in text:
        if one == "\0" or 0xD800 <= ord(one) < 0xE000:
            raise NotExportable(
                f"a name or a label has the character U+{ord(one):04X} in it, which no text of SQL can have."
            )
    return text
