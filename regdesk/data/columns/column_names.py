"""What the name of a column says of its cells."""

from __future__ import annotations

import re

_WORDS = re.compile(r"[A-ZÄÖÜ]?[a-zäöüß]+|[A-ZÄÖÜ]+(?![a-z])")


def words_of_name(name: str) -> set[str]:
    """The words of a column's name in small letters: those of orderDate and of ORDER_DATE are the same."""
    return {word.casefold() for word in _WORDS.findall(name)}
