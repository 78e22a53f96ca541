"""Forms of numbers and dates that are not read: what stands in such a cell, and how it would be read."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"[0-9]+(?:[.,][0-9]+)?"
_MONEY = r"(?:[$€£¥₹]|[A-Z]{1,2}\$|[A-Z]{3})"
_TIMES = r"(?:[kKmMbBtT]|bn|mn|mio\.?|mrd\.?|tsd\.?|thousand|million|billion|trillion|lakhs?|crores?|cr)"
_SHORT = r"[+\-\u2212]?(?:0|[1-9][0-9]{0,3})(?:\.[0-9]+)?"
"""No part of a telephone number or of a long code."""
_SIGNED = rf"[+\-\u2212]?{_NUMBER}"
_DECIMALS = r"[+\-\u2212]?[0-9]{1,3}\.[0-9]+"
_ZONES = (
    "CET|CEST|MEZ|MESZ|WET|WEST|EET|EEST|MSK|BST|IST|EST|EDT|CST|CDT|MST|MDT|PST|PDT|AKST|AKDT|HST|JST|KST|SGT|HKT|"
    "AEST|AEDT|ACST|ACDT|AWST|NZST|NZDT"
)
PARTS = "\u00bc-\u00be\u2150-\u215e\u2189"
"""Halves, thirds and so on as one character."""


@dataclass(frozen=True)
class OddForm:
    """Cells that all match a pattern: what is in them, and how they would be read.

    ``may_be_class``: few that come again and again are names of classes, and keys are written so as well.
    ``may_count``: where they are (1), (2), (3) they are names. ``may_be_one``: it is told of a single spelling, too,
    which is as good as any label in other forms. ``may_be_place``: where they are all of a grid, or of a line of it,
    they are names of places, as of the wells 1d1 to 1d12 of a plate.
    """

    pattern: re.Pattern[str]
    what: str
    remedy: str
    may_be_class: bool = False
    may_count: bool = False
    may_be_one: bool = False
    may_be_place: bool = False


FORMS = (
    OddForm(
        re.compile(rf"{_NUMBER} ?[-\u2212]"),
        "a number with a minus behind it, which may mean below zero, or and less",
        "Write the minus before the numbers, if that is meant, to have numbers",
        may_be_class=True,
    ),
    OddForm(
        re.compile(
            r"[+-]?(?:0[xX][0-9A-Fa-f]{1,8}(?:\.[0-9A-Fa-f]*)?(?:[pP][+-]?[0-9]+)?|0[bB][01]{1,32}|0[oO][0-7]{1,11})"
        ),
        "a number with the base 16, 8 or 2",
        "Write the numbers with the base 10 to have numbers",
        may_be_class=True,
    ),
    OddForm(
        re.compile(r"[+-]?[0-9]{1,3}(?:_[0-9]{3})+(?:\.[0-9]*)?"),
        "a number with underscores between thousands",
        "Leave the underscores out to have numbers",
    ),
    OddForm(
        re.compile(r"[+-]?(?:[0-9][dD]|[0-9]+[dD][+-])[0-9]{1,3}"),
        "a whole number, a d and a number, which may be an exponent of Fortran",
        "Write e instead of d, if that is meant, to have numbers",
        may_be_class=True,
        may_be_place=True,
    ),
    OddForm(
        re.compile(r"(?:1[89]|20)[0-9]{2}[-/](?:0?[1-9]|[12][0-9]|3[01])[-/](?:0?[1-9]|[12][0-9]|3[01])"),
        "a year and two numbers that are not always a month and a day",
        "Write dates as 2024-01-31 to have dates",
    ),
    OddForm(
        # Smaller than one and of the usual kinds: 1/2 and 2/1 are as well classes of a school, 0/1 and 1/1 genotypes.
        re.compile(
            r"[+-]?(?:[0-9]{1,3}[ -])?"
            r"(?:1/[2-9]|2/[35]|3/[458]|4/5|5/[68]|7/8|[1379]/10|[13579]/16|1[135]/16|[1-9][0-9]?/(?:32|64|100))"
        ),
        "a fraction",
        "Write fractions as decimals to have numbers",
    ),
    OddForm(
        # Four digits and two, 2019/20, are a season.
        re.compile(r"[+-]?(?:[0-9]{1,3}(?:\.[0-9]+)? ?/ ?[0-9]{1,3}|[0-9]{1,3}[ -][0-9]{1,2}/[0-9]{1,2})"),
        "two numbers with a slash between them",
        "Write fractions as decimals, and other pairs in two columns, to have numbers",
        may_be_class=True,
    ),
    OddForm(
        re.compile(rf"[+\-\u2212]?(?:[0-9]+ ?)?[{PARTS}]"),
        "a fraction that is one character",
        "Write decimals to have numbers",
    ),
    OddForm(
        re.compile(r"[+\-\u2212]?(?:inf(?:inity)?|∞|1\.#INF)", re.I),
        "an infinite number, which no model can use",
        "Leave the cells empty where the value is not known",
        may_be_one=True,
    ),
    OddForm(
        re.compile(r"[+\-\u2212]?(?:[0-9]+[.,][0-9]+ ?°?|[0-9]+ ?°) ?[NSEWO]|[NSEW] ?(?:[0-9]+\.[0-9]+ ?°?|[0-9]+ ?°)"),
        "a number and a point of the compass",
        "Write numbers alone, with a minus for south and west, to have numbers",
    ),
    OddForm(
        re.compile(r"[+\-\u2212]?[0-9]{1,3} ?[°º] ?[0-9]{1,2}(?:\.[0-9]+)? ?['′’].*"),
        "an angle in degrees and minutes",
        "Write decimal degrees to have numbers",
    ),
    OddForm(
        re.compile(rf"\( ?{_MONEY}? ?[0-9]+(?:\.[0-9]+)? ?\)"),
        "a number in brackets, which may mean below zero or nothing at all",
        "Write the numbers without brackets, with a minus where that is meant, to have numbers",
        may_count=True,
    ),
    OddForm(
        re.compile(
            rf"[+\-\u2212]?{_MONEY} ?[+\-\u2212]?{_NUMBER} ?{_TIMES}|[+\-\u2212]?{_NUMBER} ?{_TIMES} ?{_MONEY}", re.I
        ),
        "an amount with a letter or a word that multiplies it",
        "Write the amounts in full to have numbers",
    ),
    OddForm(
        re.compile(rf"{_SHORT}(?:\s+{_SHORT})+"),
        "several numbers with blanks between them",
        "Put each into a column of its own to have numbers",
        may_be_class=True,
    ),
    OddForm(
        re.compile(rf"\(?{_SIGNED} ?[+\-] ?{_NUMBER} ?[ijIJ]\)?"),
        "a complex number",
        "Put its parts into columns of their own to have numbers",
    ),
    OddForm(
        re.compile(rf"{_NUMBER} ?(?:\^|\*\*) ?{_SIGNED}"),
        "a number and a power",
        "Write the number in digits, or as 1e3, to have numbers",
    ),
    OddForm(
        re.compile(rf"{_SIGNED} ?(?:±|\+/[-\u2212]) ?{_NUMBER}"),
        "a number and how far it may be off",
        "Put the two into columns of their own to have numbers",
    ),
    OddForm(
        re.compile(rf"{_NUMBER} ?[a-z]+\.?,? {_NUMBER} ?[a-z]+\.?", re.I),
        "two numbers, each with a unit",
        "Write one number in one unit to have numbers",
    ),
    OddForm(
        re.compile(rf".*[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:[.,][0-9]+)?)? ?(?:{_ZONES})"),
        "a date or time with the name of a time zone, of which some mean several zones",
        "Write the offset, as in 2024-01-31 12:00+01:00, or leave the zone out, to have dates",
    ),
    OddForm(
        # Those of places have decimals; lists, points of a plane and intervals are what they are.
        re.compile(rf"\(?{_DECIMALS}(?: ?[,;] ?{_DECIMALS})+\)?"),
        "several numbers with commas or semicolons between them",
        "Put each into a column of its own to have numbers",
        may_be_class=True,
    ),
    OddForm(
        re.compile(
            rf"{_SIGNED} ?%? ?(?:\( ?{_SIGNED} ?%?(?:(?: ?[-\u2013,;]| to) ?{_SIGNED} ?%?)? ?\)"
            rf"|\[ ?{_SIGNED} ?%?(?:(?: ?[-\u2013,;]| to) ?{_SIGNED} ?%?)? ?\])"
        ),
        "a number and others in brackets behind it",
        "Put those in brackets into columns of their own to have numbers",
        may_be_class=True,
    ),
    OddForm(
        re.compile(r"[0-9] ?(?:['′’]|ft\.?) ?(?:[0-9]|1[01])(?:\.[0-9]+)? ?(?:[\"″”]|''|in\.?)?"),
        "feet and inches",
        "Write inches alone, 12 a foot, to have numbers",
    ),
)
ANY_FORM = re.compile("|".join(
    f"(?i:{form.pattern.pattern})" if form.pattern.flags & re.IGNORECASE else f"(?:{form.pattern.pattern})"
    for form in FORMS
))  # fmt: skip
"""One look says of most words that they are none of these."""
