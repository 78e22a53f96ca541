"""What a setting can be: its type and its bounds, and the words for both.

Every kind does three things. ``check`` lets a good value of Python or of JSON through, as the value that the program
uses, and raises OutOfReach for any other; ``to_json`` writes it; ``reach`` says in words what it has to be.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from regdesk.core.settings.entries import LARGEST_WHOLE

MOST_TEXT = 4096
"""Characters of a name or of a path."""
MOST_QUOTED = 60
"""Characters of a wrong value that a sentence shows."""


_SURROGATE = re.compile("[\ud800-\udfff]")


class OutOfReach(ValueError):
    """Not a value of this kind, or beyond its bounds; what it has to be is its kind's ``reach``.

    ``str()`` says what else is wrong, such as "has 'age' more than once"; it is empty where ``reach`` says enough.
    """


def _number_text(value: float) -> str:
    """``value`` as a person writes it: 1e12 and 1e-5, where Python has 1e+12 and 1e-05."""
    short = f"{value:g}"
    return re.sub(r"e\+?(-?)0*", r"e\1", short if float(short) == value else f"{value:.12g}")


def shown(value: object) -> str:
    """``value`` on one line, cut where it is long."""
    try:
        said = " ".join(repr(value).split())
    except ValueError:
        # Python does not write whole numbers of thousands of digits.
        said = f"this {type(value).__name__}"
    return said if len(said) <= MOST_QUOTED else f"{said[:MOST_QUOTED]}…"


@dataclass(frozen=True)
class Kind:
    """``is_optional``: None is a value, too."""

    is_optional: bool = False

    @property
    def reach(self) -> str:
        """What it has to be, such as "a number from 0 to 1"."""
        return f"{self._reach} or null" if self.is_optional else self._reach

    def refusal_of(self, value: Any, problem: OutOfReach) -> str:
        """What to say of ``value``, for which ``check`` raised ``problem``, after the name of what it is for."""
        return str(problem) or f"must be {self.reach}, not {shown(value)}"

    def check(self, value: Any) -> Any:
        """``value`` as the program uses it. Raises OutOfReach where it is none of this kind."""
        if value is None and self.is_optional:
            return None
        return self._check(value)

    def to_json(self, value: Any) -> Any:
        """What JSON writes for ``value``, which has been checked."""
        return list(value) if isinstance(value, tuple) else value

    @property
    def _reach(self) -> str:
        raise NotImplementedError

    def _check(self, value: Any) -> Any:
        raise NotImplementedError


@dataclass(frozen=True)
class Number(Kind):
    """A number from ``low`` to ``high``, or below ``high`` or above ``low`` where that end is open.

    ``step`` is by how much a box on the screen counts up and down; ``offers`` are the values that a list on the screen
    holds, each with its name there; ``least_beside_zero`` is the smallest that may be besides ``low``, which then is 0.
    """

    low: float = -math.inf
    high: float = math.inf
    is_low_open: bool = False
    is_high_open: bool = False
    step: float = 0.0
    offers: tuple[tuple[float, str], ...] = ()
    least_beside_zero: float = 0.0

    @property
    def least(self) -> float:
        """The smallest float that may be."""
        return math.nextafter(self.low, math.inf) if self.is_low_open else self.low

    @property
    def most(self) -> float:
        """The largest float that may be."""
        return math.nextafter(self.high, -math.inf) if self.is_high_open else self.high

    @property
    def _reach(self) -> str:
        zero, low = "", self.low
        if self.least_beside_zero:
            zero, low = "0 or ", self.least_beside_zero
        first = f"above {_number_text(low)}" if self.is_low_open else f"from {_number_text(low)}"
        last = "to below" if self.is_high_open else "to"
        return f"{zero}a number {first} {last} {_number_text(self.high)}"

    def _check(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise OutOfReach
        # Nor is NaN between anything; an int may be too large for a float.
        if not self.least <= value <= self.most or 0.0 < value < self.least_beside_zero:
            raise OutOfReach
        return float(value)


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number from ``low`` to ``high``; ``word`` is what text says for the lowest, such as full."""

    low: int = 0
    high: int = LARGEST_WHOLE
    word: str = ""

    @property
    def _reach(self) -> str:
        said = f" ({self.low} is {self.word})" if self.word else ""
        return f"a whole number from {self.low} to {self.high}{said}"

    def _check(self, value: Any) -> int:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not self.low <= value <= self.high:
            raise OutOfReach
        return value


@dataclass(frozen=True)
class Choice(Kind):
    """One of ``words``; ``names`` are those by which people know them.

    ``entries`` are what a list on the screen calls them, where that is more than the name, and ``tips`` say what each
    of them does.
    """

    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    tips: tuple[str, ...] = ()

    def name_of(self, word: str) -> str:
        """The name of ``word``: itself where it has none."""
        return dict(zip(self.words, self.names, strict=True))[word] if self.names else word

    def entry_of(self, word: str) -> str:
        """What a list calls ``word``."""
        return dict(zip(self.words, self.entries, strict=True))[word] if self.entries else self.name_of(word)

    def tip_of(self, word: str) -> str:
        """What ``word`` does; empty where that is not said."""
        return dict(zip(self.words, self.tips, strict=True))[word] if self.tips else ""

    @property
    def _reach(self) -> str:
        return f"one of {', '.join(self.words)}"

    def _check(self, value: Any) -> str:
        if not isinstance(value, str) or value not in self.words:
            raise OutOfReach
        return value


@dataclass(frozen=True)
class Truth(Kind):
    """True or false; ``entries`` are what a list of two on the screen calls false and true."""

    entries: tuple[str, ...] = ()

    @property
    def _reach(self) -> str:
        return "true or false"

    def _check(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise OutOfReach
        return value


@dataclass(frozen=True)
class Text(Kind):
    """A name, or a path where ``is_path``: that may hold bytes that are no characters, as surrogates."""

    most: int = MOST_TEXT
    is_path: bool = False

    @property
    def _reach(self) -> str:
        return f"a text of 1 to {self.most} characters"

    def _check(self, value: Any) -> str:
        if not isinstance(value, str) or not 1 <= len(value) <= self.most:
            raise OutOfReach
        if not self.is_path and _SURROGATE.search(value):
            raise OutOfReach(f"has half a character in it (a lone surrogate), which no table holds: {shown(value)}")
        return value


@dataclass(frozen=True)
class Mark(Text):
    """What can stand between two cells: a character, or a few that stand there together, such as ``||``."""

    most: int = 4

    @property
    def _reach(self) -> str:
        return f"a mark of 1 to {self.most} characters, no letter or digit or quote, and no part of a number"

    def _check(self, value: Any) -> str:
        mark = super()._check(value)
        if any(one.isalnum() or one in "\"'\r\n\0" for one in mark) or not mark.strip(".+-_"):
            raise OutOfReach
        # A blank stands for any number of them, and two for two or more.
        if len(mark) > 1 and not mark.strip() and mark != "  ":
            raise OutOfReach
        return mark


@dataclass(frozen=True)
class EncodingName(Text):
    """The name of a text encoding that Python knows."""

    @property
    def _reach(self) -> str:
        return "a text encoding such as utf-8, utf-16, cp1252 or latin-1"

    def _check(self, value: Any) -> str:
        name = super()._check(value)
        try:
            is_text = "a,\n".encode(name).decode(name) == "a,\n"
        except (LookupError, ValueError):
            is_text = False
        if not is_text:
            raise OutOfReach
        return name


@dataclass(frozen=True)
class Named(Kind):
    """A name and a value of kind ``one`` that belongs to it, as a pair."""

    one: Kind = Kind()

    @property
    def _reach(self) -> str:
        return f"a name and {self.one.reach}"

    def _check(self, value: Any) -> tuple[str, Any]:
        if not isinstance(value, list | tuple) or len(value) != 2:
            raise OutOfReach
        return Text().check(value[0]), self.one.check(value[1])


@dataclass(frozen=True)
class Several(Kind):
    """A tuple of at most ``most`` values of kind ``one``; ``is_distinct``: none of them, or no name, twice."""

    one: Kind = Kind()
    least: int = 0
    most: int = 100_000
    is_distinct: bool = False

    @property
    def _reach(self) -> str:
        different = " different" if self.is_distinct else ""
        return f"a list of {self.least} to {self.most}{different} values, each {self.one.reach}"

    def _check(self, value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple) or len(value) < self.least:
            raise OutOfReach
        if len(value) > self.most:
            raise OutOfReach(f"has {len(value)} values, and at most {self.most} may be")
        values = tuple(self.one.check(part) for part in value)
        if self.is_distinct:
            names = [part[0] for part in values] if isinstance(self.one, Named) else list(values)
            if len(set(names)) < len(names):
                twice = Counter(names).most_common(1)[0][0]
                raise OutOfReach(f"has {shown(twice)} more than once")
        return values
