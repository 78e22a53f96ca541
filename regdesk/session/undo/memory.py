"""How much memory values take, each array once however many of them share it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from typing import Any

import numpy as np

ENTRY_BYTES, TEXT_BYTES = 8, 64
"""Of an entry of a list, and of a text in one: they are counted and not measured."""
MOST_LISTED = 10_000
"""A longer list holds plain values, and is not gone through."""


def bytes_of(values: Iterable[object]) -> int:
    """What the arrays take that are reached from ``values`` through attributes of values and entries of lists."""
    waiting: list[Any] = list(values)
    seen: set[int] = set()
    total = 0
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, np.ndarray):
            base = one.base if isinstance(one.base, np.ndarray) else one
            total += base.nbytes if base is one or id(base) not in seen else 0
            seen.add(id(base))
        elif isinstance(one, list | tuple | set | frozenset):
            total += len(one) * (ENTRY_BYTES if len(one) <= MOST_LISTED else TEXT_BYTES)
            waiting += one if len(one) <= MOST_LISTED else ()
        elif isinstance(one, Mapping):
            total += len(one) * ENTRY_BYTES
            waiting += one.values() if len(one) <= MOST_LISTED else ()
        elif isinstance(one, str | bytes):
            total += len(one)
        elif is_dataclass(one) and hasattr(one, "__dict__") and not isinstance(one, type):
            # With what it has worked out once and keeps.
            waiting += vars(one).values()
    return total
