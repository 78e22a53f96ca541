"""Numbers as people format them: thousands in groups, a decimal comma, a currency, a unit, brackets for below zero."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from regdesk.data.columns.cells import in_plain_digits

BLANKS = " \u00a0\u202f\u2009\u2007"
"""Between groups of three digits: ISO 80000 and French files have a narrow one that does not break."""
APOSTROPHES = "'\u2019"
_DROPPED = {
    group: str.maketrans("", "", marks) for group, marks in ((",", ","), (".", "."), (" ", BLANKS), ("'", APOSTROPHES))
}
MARKS = ((",", "."), (".", ","), (" ", "."), (" ", ","), ("'", "."), ("'", ","))
"""Marks of groups and of decimals that are written together: English, German, French, Swiss."""

_CODES = (
    *("AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HUF", "INR", "JPY", "KRW", "MXN", "NOK"),
    *("NZD", "PLN", "RUB", "SEK", "TRY", "USD", "ZAR"),
)
_CURRENCIES = frozenset([*_CODES, "US$", "R$", "C$", "A$", "Fr.", "SFr.", "Rs.", "Rs", "kr", "kr.", "zł", "Kč", "Ft"])
_UNITS = frozenset(
    (
        *("kg", "g", "mg", "µg", "t", "lb", "lbs", "oz"),
        *("km", "m", "cm", "mm", "µm", "nm", "mi", "ft", "in", "yd"),
        *("ha", "l", "L", "ml", "mL", "cl", "dl"),
        *("s", "ms", "µs", "ns", "sec", "min", "h", "hr", "hrs", "d", "yr", "yrs", "yo"),
        *("°C", "°F", "K", "°"),
        *("C", "F", "V", "mV", "kV", "A", "mA", "W", "kW", "MW", "kWh", "MWh", "Wh"),
        *("J", "kJ", "kcal", "cal", "N", "kN"),
        *("Pa", "hPa", "kPa", "MPa", "bar", "mbar", "psi"),
        *("Hz", "kHz", "MHz", "GHz"),
        *("B", "KB", "kB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "px", "pt", "dpi"),
        *("mph", "km/h", "m/s", "kmh", "kph", "bpm", "rpm"),
        *("cc", "hp", "bhp", "PS", "dB", "ppm", "ppb", "mol", "mmol"),
        *("mg/dl", "mg/dL", "mmol/l", "mmol/L", "g/l", "g/L", "µg/m³"),
        *("m²", "m³", "cm²", "cm³", "km²", "sqft", "sqm"),
        *("%", "‰", "k", "M", "bn"),
    )
)
_SHARES = frozenset(("%", "‰", "k", "M", "bn", "mn", "Mio", "Mrd", "Tsd", "million", "billion", "thousand"))
"""What multiplies or divides: a number without it is none of the same scale."""
_LONGEST_UNIT = 16
_LONGEST_PREFIX = 5
_LETTERS = re.compile("[A-Za-z]+")
_LONGEST_NUMBER = 80
_LETTERS_OF_NAMES = frozenset(["A", "B", "C", "F", "J", "N", "d", "h", "l", "t"])
"""Right behind a number these rather make a name of it: seat 12A, house 5d."""
_SHAPE = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[+\-\u2212])?\s*(?P<prefix>[^0-9\s.,+\-\u2212()'\u2019%]{1,4}\.?)?\s*"
    r"(?P<inner_open>\()?(?P<inner>[+\-\u2212])?"
    r"(?P<body>[.,]?[0-9](?:[0-9.,'\u2019 \u00a0\u202f\u2009\u2007]*[0-9])?[.,]?)"
    r"(?P<exponent>[eE][+-]?[0-9]+|[dD][+-]?[0-9]{1,3}|"
    r"\s?[×x*·]\s?10\s?(?:(?:\^|\*\*)\s?[+-]?[0-9]+|[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?"
    r"(?P<inner_close>\))?"
    r"(?P<space>\s*)(?P<suffix>[^0-9\s.,+\-\u2212()'\u2019][^0-9()+\-]*?[0-9]?)?"
    r"\s*(?P<trailing>[-\u2212])?\s*(?P<close>\))?"
)
_USUAL = re.compile("(?P<sign>[+-]?)(?P<body>[0-9]{1,18}(?:[.,][0-9]{0,18})?|[.,][0-9]{1,18})")
"""Most numbers, which are told in a fifth of the time."""
_DATED = re.compile("[0-9]{1,4}([-/])[0-9]{1,2}\\1[0-9]")
"""No number has a dash or a stroke between two figures, twice: dates are many, and told at once."""
_NAME = rf"[^\-{BLANKS}]{{0,{_LONGEST_PREFIX}}}"
_DASH = re.compile(rf"(?P<before>{_NAME})[{BLANKS}]*-{{1,2}}[{BLANKS}]*(?P<after>{_NAME})")
_EXPONENT = re.compile(r"[+-]?[0-9]+\Z")
_RAISED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_UNSIGNED_D = frozenset(f"d{digit}" for digit in range(10))
_NO_CENTS = re.compile(r"(?<=[0-9])[.,]-{1,2}(?![0-9])")
"""12,- and 5.-- of German and Swiss prices: there is nothing behind the mark."""
_MONTHS = re.compile(r"(?i)(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?")
_WRITTEN = re.compile(r"(?:(?P<before>\S+) )?(?P<open>\()?1(?P<group>[,. ']?)234(?P<mark>[.,])5\)?(?: (?P<after>.+))?")


class Shape(NamedTuple):
    """The parts of a cell that may be a number: digits with their marks, and what stands around them.

    A tuple, as a file may have a million: a frozen dataclass takes three times as long to make.

    ``is_accounting``: brackets or a minus behind it say below zero; ``is_behind``: it is the minus.
    """

    body: str
    exponent: str
    is_negative: bool
    affix: str
    is_before: bool
    is_accounting: bool
    is_behind: bool = False


@dataclass(frozen=True)
class NumberFormat:
    """How the numbers of a column are written.

    Attributes:
        group: the mark between thousands: '' for none, ' ' for any blank, "'" for any apostrophe.
        decimal: '.' or ','.
        affix: the currency, the unit or the per cent sign of every cell, '' for none; ``is_before``: it stands first.
        is_accounting: some cells have a minus behind them or brackets around them, which say below zero.
    """

    group: str
    decimal: str
    affix: str = ""
    is_before: bool = False
    is_accounting: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the marks of a number alone say all."""
        return not (self.group or self.affix or self.is_accounting)

    def with_marks_of(self, characters: frozenset[str]) -> NumberFormat:
        """The format without marks that are none of ``characters``: it reads the same from cells made of these."""
        group = self.group if characters.intersection(_all_of(self.group)) else ""
        return replace(self, group=group, decimal=self.decimal if group or characters.intersection(".,") else ".")

    def text(self) -> str:
        """The format as a number written in it, such as ``€ 1,234.5``; ``format_of`` is the way back."""
        number = f"1{self.group}234{self.decimal}5"
        number = f"({number})" if self.is_accounting else number
        if not self.affix:
            return number
        return f"{self.affix} {number}" if self.is_before else f"{number} {self.affix}"

    def value(self, cell: str) -> float | None:
        """The number that ``cell``, which is stripped, is in this format; None when it is none or too large."""
        shape = shape_of(cell)
        return None if shape is None else self.value_of(shape)

    def value_of(self, shape: Shape) -> float | None:
        """As ``value``, of a cell that has the ``shape``."""
        body, exponent, is_negative, affix, is_before, is_accounting, _ = shape
        if affix and not (is_before == self.is_before and is_same_unit(affix, self.affix)):
            return None
        if is_accounting and not self.is_accounting:
            return None
        if not body.isdecimal():
            if _pattern(self.group, self.decimal).fullmatch(body) is None:
                return None
            body = self.digits(body).replace(",", ".")
        number = float(body + exponent)
        if not math.isfinite(number) or (not affix and self.affix in _SHARES and number != 0.0):
            return None
        return -number if is_negative else number

    def is_of_scale_of(self, other: NumberFormat) -> bool:
        """Whether numbers in this format are in the unit of ``other``, whose numbers may stand without it."""
        if not self.affix:
            return other.affix not in _SHARES
        return is_same_unit(self.affix, other.affix)

    def digits(self, body: str) -> str:
        """``body`` without the marks of its groups."""
        return body.translate(_DROPPED[self.group]) if self.group else body


PLAIN = NumberFormat("", ".")


def format_of(text: str) -> NumberFormat:
    """The format that ``NumberFormat.text`` has written. Raises ValueError when ``text`` is none."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not the format of a number")
    before, after = found["before"] or "", found["after"] or ""
    return NumberFormat(found["group"], found["mark"], before or after, bool(before), bool(found["open"]))


@lru_cache(maxsize=4096)
def shape_of(cell: str) -> Shape | None:
    """The parts of a stripped ``cell``; None when it is no number in any format."""
    usual = _USUAL.fullmatch(cell)
    if usual is not None:
        return Shape(usual["body"], "", usual["sign"] == "-", "", is_before=False, is_accounting=False)
    if _DATED.match(cell) is not None or _is_name(cell[: _LONGEST_PREFIX + 1]):
        return None
    cell = in_plain_digits(cell) if len(cell) <= _LONGEST_NUMBER else ""
    found = _SHAPE.fullmatch(_NO_CENTS.sub("", cell))
    if found is None:
        return _dash_of(cell)
    # $ (5) and (5) kg are written as well as ($ 5) and (5 kg).
    n_opened = bool(found["open"]) + bool(found["inner_open"])
    n_closed = bool(found["close"]) + bool(found["inner_close"])
    if n_opened != n_closed:
        return None
    if (found["exponent"] or "")[:2].casefold() in _UNSIGNED_D and "." not in found["body"]:
        # 12d45 is no number of Fortran, which would have a point.
        return None
    prefix, suffix = found["prefix"] or "", (found["suffix"] or "").strip()
    signs = [one for one in (found["sign"], found["inner"], found["trailing"]) if one]
    if (prefix and suffix) or len(signs) + n_opened > 1 or (found["inner"] and not prefix):
        return None
    if prefix and not is_currency(prefix):
        return None
    if suffix and not _is_unit(suffix, bool(found["space"])):
        return None
    is_negative = bool(n_opened) or any(one in "-\u2212" for one in signs)
    return Shape(
        found["body"],
        _exponent_of(found["exponent"]) if found["exponent"] else "",
        is_negative,
        prefix or suffix,
        bool(prefix),
        bool(n_opened or found["trailing"]),
        bool(found["trailing"]),
    )


def _dash_of(cell: str) -> Shape | None:
    """Zero where ``cell`` is a dash with a currency, as spreadsheets write nothing: $ -."""
    found = _DASH.fullmatch(cell)
    before, after = (found["before"], found["after"]) if found is not None else ("", "")
    if bool(before) == bool(after) or not is_currency(before or after):
        return None
    return Shape("0", "", is_negative=False, affix=before or after, is_before=bool(before), is_accounting=False)


def is_dash(cell: str) -> bool:
    """Whether ``cell``, a number by ``shape_of``, has no digit: a dash with a currency."""
    return not any(map(str.isdecimal, cell))


def _exponent_of(text: str) -> str:
    """What stands behind a number and multiplies it, as float() reads it: e3 for D+03 of Fortran and for × 10^3."""
    plain = text.translate(_RAISED)
    # 10³ begins with digits of its own.
    digits = _EXPONENT.search(plain if plain == text else plain.rpartition("10")[2])
    return "" if digits is None else f"e{digits[0]}"


def _is_name(head: str) -> bool:
    """Whether what begins with ``head`` begins with a letter, and no currency: keys are many, and told at once."""
    found = _LETTERS.match(head)
    if found is None or not head.isascii() or "$" in head:
        return False
    return found[0] not in _CURRENCIES and f"{found[0]}." not in _CURRENCIES


@lru_cache(maxsize=256)
def is_currency(text: str) -> bool:
    """Whether ``text`` is the sign or the name of a currency."""
    return text in _CURRENCIES or any(unicodedata.category(one) == "Sc" for one in text)


def is_same_unit(one: str, other: str) -> bool:
    """Whether two units are one, as 1 day and 2 days have."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and long == f"{short}s"


def is_known_unit(text: str) -> bool:
    """Whether ``text`` is a unit or a currency that is known, wherever it stands."""
    return is_currency(text) or text in _UNITS


def _is_unit(text: str, is_apart: bool) -> bool:
    if is_known_unit(text):
        return is_apart or text not in _LETTERS_OF_NAMES
    if _MONTHS.fullmatch(text) or len(text) > _LONGEST_UNIT:
        return False
    # '5a' is a house number, '36 months' is a number of months.
    return is_apart and all(one.isalpha() or one in "/²³°·. " for one in text) and len(text) > 1


@lru_cache(maxsize=64)
def _pattern(group: str, decimal: str) -> re.Pattern[str]:
    mark = re.escape(decimal)
    plain = rf"[0-9]+(?:{mark}[0-9]*)?|{mark}[0-9]+"
    if not group:
        return re.compile(plain)
    between = f"[{re.escape(_all_of(group))}]"
    grouped = rf"[1-9][0-9]{{0,2}}(?:{between}[0-9]{{3}})+"
    if group == ",":
        # Lakhs and crores of India: 12,34,567.
        grouped += r"|[1-9][0-9]?(?:,[0-9][0-9])+,[0-9]{3}"
    return re.compile(rf"(?:{grouped})(?:{mark}[0-9]*)?|{plain}")


def _all_of(group: str) -> str:
    return {" ": BLANKS, "'": APOSTROPHES}.get(group, group)


_GROUPED_ONCE = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


def is_either(body: str) -> bool:
    """Whether the mark in ``body`` may be one of thousands or one of decimals: 1,234 and 1.234 are."""
    return _GROUPED_ONCE.fullmatch(body) is not None
