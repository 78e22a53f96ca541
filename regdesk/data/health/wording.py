"""Names of columns and numbers with their noun, for sentences on the health of data."""

from __future__ import annotations

from collections.abc import Sequence

from regdesk.data.errors import listing, shorten

MOST_NAMED = 5
_LONGEST_NAME = 40


def named(columns: Sequence[str]) -> str:
    """``columns`` by name, the first of them where there are many: a, b and 3 more."""
    short = [shorten(name, _LONGEST_NAME).strip("'") for name in columns]
    if 2 <= len(short) <= MOST_NAMED:
        return f"{', '.join(short[:-1])} and {short[-1]}"
    return listing(short, MOST_NAMED)


def verb(columns: Sequence[str], one: str, several: str) -> str:
    """``one`` where ``columns`` are one column, else ``several``."""
    return one if len(columns) == 1 else several


def counted(number: int, noun: str) -> str:
    """``number`` with its noun: 1 row, 1,200 rows."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
