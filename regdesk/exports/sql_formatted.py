"""Numbers with thousands, a currency or a unit, in SQL."""

from __future__ import annotations

from regdesk.data.columns.number_formats import NumberFormat
from regdesk.exports.number_pattern import groups_of
from regdesk.exports.sql_parts import Stages, mask_of, sql_string


def read_formatted(stages: Stages, form: NumberFormat, number: int, text: str) -> None:
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
    again = f"WHEN {bracketed} THEN -1 WHEN {signed} THEN {_sign(inner)}"
    stages.add(4, f"q{number}", f"CASE WHEN a{number} = 0 THEN 0 {again} ELSE 0 END")
    _check_body(stages, form, number)


def _check_body(stages: Stages, form: NumberFormat, number: int) -> None:
    group, mark, body, share = sql_string(form.group), form.decimal, f"o{number}", form.affix in ("%", "‰")
    mask = mask_of(body)
    if form.group:
        joined = sql_string(form.group + mark)
        doubled = f"REPLACE(REPLACE({mask}, {group}, {sql_string(2 * form.group)}), '{mark}', {joined})"
        ended = f"CASE WHEN {body} LIKE '%{mark}%' THEN {doubled} ELSE {doubled} || {joined} END"
        three = sql_string(f"{form.group}999{form.group}")
        stages.add(5, f"z{number}", f"REPLACE({ended}, {three}, '')")
        left = f"z{number}"
        thousands = " OR ".join(
            f"{left} LIKE {sql_string(nines + form.group + mark + '%')}" for nines in ("9", "99", "999")
        )
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
    stages.add(
        6, f"e{number}", f"CASE WHEN h{number} = 1 OR k{number} = -1 OR q{number} = -1 THEN -1.0e0 ELSE 1.0e0 END"
    )


def _one_group(text: str, form: NumberFormat) -> str:
    """``text`` with one character for all that may stand between thousands."""
    for other in groups_of(form)[1:]:
        text = f"REPLACE({text}, {sql_string(other)}, {sql_string(form.group)})"
    return text


def _sign(text: str) -> str:
    return f"CASE SUBSTR({text}, 1, 1) WHEN '-' THEN -1 WHEN '+' THEN 1 ELSE 0 END"


def _without_sign(text: str) -> str:
    return f"CASE WHEN SUBSTR({text}, 1, 1) IN ('+', '-') THEN TRIM(SUBSTR({text}, 2)) ELSE {text} END"
