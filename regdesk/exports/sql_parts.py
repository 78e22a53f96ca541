"""Texts and numbers in SQL, and expressions by their names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from regdesk.exports.plan import NotExportable


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


def mask_of(text: str) -> str:
    """``text`` with 9 for each of its digits."""
    for digit in range(9):
        text = f"REPLACE({text}, '{digit}', '9')"
    return text


def is_one(text: str, words: Iterable[str]) -> str:
    """Whether ``text`` is one of ``words``."""
    return f"{text} IN ({', '.join(map(sql_string, words))})"


def _checked(text: str) -> str:
    for one in text:
        if one == "\0" or 0xD800 <= ord(one) < 0xE000:
            raise NotExportable(
                f"a name or a label has the character U+{ord(one):04X} in it, which no text of SQL can have."
            )
    return text
