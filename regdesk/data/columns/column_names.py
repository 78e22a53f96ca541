"""What the name of a column says of its cells."""

from __future__ import annotations

import re

_KEYS = frozenset(
    (
        "id",
        "ids",
        "key",
        "keys",
        "code",
        "codes",
        "commit",
        "sha",
        "hash",
        "uuid",
        "guid",
        "serial",
        "sku",
        "batch",
        "lot",
    )
)
_WORDS = re.compile(r"[A-ZÄÖÜ]?[a-zäöüß]+|[A-ZÄÖÜ]+(?![a-z])")


def words_of_name(name: str) -> set[str]:
    """The words of a column's name in small letters: those of orderDate and of ORDER_DATE are the same."""
    return {word.casefold() for word in _WORDS.findall(name)}


def is_name_of_keys(name: str) -> bool:
    """Whether a column of this ``name`` says which one a row is of, and not how much of it there is."""
    return not _KEYS.isdisjoint(words_of_name(name))
