"""Numbers in a format as a regular expression that Python, JavaScript and R's PCRE read alike."""

from __future__ import annotations

import re

from regdesk.data.columns.number_formats import APOSTROPHES, BLANKS, NumberFormat

PLAIN = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
BLANKS_AROUND = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""What ``str.strip`` takes from the ends of a text: languages differ in what they call blank."""
ISO_DATE = (
    r"^([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"([T ]([0-9]{2}):([0-9]{2})(:([0-9]{2}(\.[0-9]{1,9})?))?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?$"
)
"""Groups: 1 to 3 year, month, day; 5 and 6 hour and minute; 8 seconds; 10 the zone."""


def groups_of(form: NumberFormat) -> str:
    """Every character that may stand between thousands."""
    return {" ": BLANKS, "'": APOSTROPHES}.get(form.group, form.group)


def number_pattern(form: NumberFormat) -> str:
    """What a cell in ``form`` matches.

    Groups: 1 bracket, 2 sign, 3 currency before, 4 bracket, 5 sign, 6 digits with their marks, 7 exponent, 8 bracket,
    9 unit behind, 10 minus behind, 11 bracket. At most one of signs and brackets may be there, brackets in pairs.
    """
    affix = "".join(_escaped(one) for one in form.affix)
    before = f"({affix})?" if form.affix and form.is_before else "()"
    behind = f"({affix})?" if form.affix and not form.is_before else "()"
    opened, closed, trailing = ("([(]?)", "([)]?)", "(-?)") if form.is_accounting else ("()", "()", "()")
    return (
        rf"^{opened} *([+-]?) *{before} *{opened}([+-]?)({_body(form)})([eE][+-]?[0-9]+)?{closed} *{behind} *"
        rf"{trailing} *{closed}$"
    )


def _body(form: NumberFormat) -> str:
    mark = _escaped(form.decimal)
    plain = rf"[0-9]+(?:{mark}[0-9]*)?|{mark}[0-9]+"
    if not form.group:
        return plain
    between = f"[{groups_of(form)}]"
    grouped = rf"[1-9][0-9]{{0,2}}(?:{between}[0-9]{{3}})+"
    if form.group == ",":
        grouped += r"|[1-9][0-9]?(?:,[0-9][0-9])+,[0-9]{3}"
    return rf"(?:{grouped})(?:{mark}[0-9]*)?|{plain}"


def _escaped(one: str) -> str:
    """As a regular expression; what has a meaning in one stands in brackets, which every dialect knows."""
    if one in "\\^]":
        return f"\\{one}"
    return one if one.isalnum() or one in " '\u2019,%" or re.escape(one) == one else f"[{one}]"
