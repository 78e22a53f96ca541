"""How much memory values take, each array once however many of them share it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from typing import Any

import numpy as np

ENTRY_BYTES, TEXT_BYTES = 8, 64
"""Of an entry of a list, and of a text or a number in one: they are counted and not measured."""


def parts_of(value: object) -> dict[int, int]:
    """Bytes of what is large and reached from ``value`` through attributes of values and entries of lists.

    By the identity of the array, or of the list: those that several values share are the same ones in each.
    """
    waiting: list[Any] = [value]
    seen: set[int] = set()
    found: dict[int, int] = {}
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, np.ndarray):
            base = one.base if isinstance(one.base, np.ndarray) else one
            found[id(base)] = base.nbytes
        elif isinstance(one, list | tuple | set | frozenset):
            # A table has a thousand labels of many a column.
            is_plain = isinstance(next(iter(one), None), str | int | float)
            found[id(one)] = len(one) * (TEXT_BYTES if is_plain else ENTRY_BYTES)
            waiting += () if is_plain else one
        elif isinstance(one, Mapping):
            found[id(one)] = len(one) * ENTRY_BYTES
            waiting += one.values()
        elif is_dataclass(one) and hasattr(one, "__dict__") and not isinstance(one, type):
            # With what it has worked out once and keeps.
            waiting += vars(one).values()
    return found
