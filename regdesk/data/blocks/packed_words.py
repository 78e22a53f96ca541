"""A million different words as the bytes of one text: each as a string of its own would take seven times as much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

_AT_ONCE = 10_000
"""Words that are made strings together."""


class PackedWords(Sequence[str]):
    """Strings that cannot be changed, as a tuple holds them, made when they are asked for."""

    def __init__(self, text: bytes, places: NDArray[np.uint32], encoding: str) -> None:
        """``text`` has each word in ``encoding`` with a zero byte behind it; ``places`` ``(n_words + 1,)`` says where
        each begins, and at last where ``text`` ends.
        """
        self._text, self._places, self._encoding = text, places, encoding

    def __len__(self) -> int:
        return len(self._places) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...

    def __getitem__(self, place: Any) -> Any:
        if not isinstance(place, slice):
            number = range(len(self))[place]
            return self._text[self._places[number] : self._places[number + 1] - 1].decode(self._encoding)
        first, end, step = place.indices(len(self))
        if step != 1:
            return tuple(self[number] for number in range(first, end, step))
        text = self._text[self._places[first] : self._places[max(first, end)]]
        return tuple(text.decode(self._encoding).split("\0")[:-1])

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self[first : first + _AT_ONCE] for first in range(0, len(self), _AT_ONCE))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PackedWords):
            return self._encoding == other._encoding and self._text == other._text
        return isinstance(other, tuple) and len(self) == len(other) and all(map(str.__eq__, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))
