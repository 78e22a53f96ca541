"""JSON whose long lists lie in files until it is written, so that the memory it takes has bounds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Any

IN_MEMORY_BYTES = 1 << 20
"""Of each list; a longer one lies in a temporary file."""
PIECE_CHARACTERS = 1 << 16


class WrittenList:
    """A list that grows as its own JSON. Used with ``with``."""

    def __init__(self) -> None:
        # It is closed with this list.
        self._text = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES, mode="w+", encoding="ascii")  # noqa: SIM115
        self._is_empty = True

    def __enter__(self) -> WrittenList:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._text.close()

    def extend(self, values: Iterable[Any]) -> None:
        """Raises OSError where the disk of temporary files is full, ValueError for what JSON has no number for."""
        inside = json.dumps(list(values), allow_nan=False)[1:-1]
        if inside:
            self._text.write(inside if self._is_empty else f", {inside}")
            self._is_empty = False

    def pieces(self) -> Iterator[str]:
        """Its text, a piece at a time."""
        self._text.seek(0)
        yield "["
        while piece := self._text.read(PIECE_CHARACTERS):
            yield piece
        yield "]"


def json_pieces(value: Any) -> Iterator[str]:
    """The JSON of ``value``, in ASCII, a piece at a time; written lists may stand in it as values of mappings."""
    if isinstance(value, WrittenList):
        yield from value.pieces()
    elif isinstance(value, Mapping):
        yield "{"
        for number, (key, one) in enumerate(value.items()):
            yield f"{', ' if number else ''}{json.dumps(key)}: "
            yield from json_pieces(one)
        yield "}"
    else:
        yield json.dumps(value, allow_nan=False)
