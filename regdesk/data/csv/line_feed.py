"""The lines of a file, read in blocks: one by one as text, or a whole block at once where all its lines are rows."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import Protocol

from regdesk.data.csv.plain_blocks import PlainBlock, RowForm, plain_block
from regdesk.data.encodings.finding import MOST_LINE_BYTES

BLOCK_BYTES = (65_536, 524_288)
"""Of the first block, and of all after it. No block is read at once before the first rows have been read."""


class Source(Protocol):
    """What gives bytes, piece by piece."""

    def read1(self, size: int, /) -> bytes:
        """At most ``size`` bytes; none at the end."""


class LineFeed:
    """Lines of ``raw``, which is text in ``encoding``, with their own ends, as text streams of Python split them.

    Attributes:
        n_lines: how many lines have been handed out, one by one or in blocks.
        row_form: how rows look that may be handed out in a block; None where none may.
    """

    def __init__(self, raw: Source, encoding: str) -> None:
        self.n_lines = 0
        self.row_form: RowForm | None = None
        self._raw = raw
        name = codecs.lookup(encoding).name
        is_utf8 = name in ("utf-8", "utf-8-sig")
        # Others are turned into UTF-8: in these a byte is a line end or a delimiter wherever it looks like one.
        self._decoder = None if is_utf8 or _has_one_byte_each(name) else codecs.getincrementaldecoder(name)()
        self._encoding = "utf-8" if is_utf8 or self._decoder is not None else name
        self._mark = codecs.BOM_UTF8 if name == "utf-8-sig" else b""
        self._rest = b""
        self._n_blocks = 0
        self._lines: list[str] = []
        self._n_left = 0
        self._n_bytes = 0
        self._is_at_end = False
        self._fault: UnicodeError | None = None

    def lines(self) -> Iterator[str]:
        """The lines, one by one, until there are no more; those of blocks that have been taken are left out."""
        while True:
            while self._n_left:
                self._n_left -= 1
                self.n_lines += 1
                yield self._lines[-1 - self._n_left]
            block = None if self._fault is not None else self._next_block()
            if self._fault is not None:
                raise self._fault
            if block is None:
                return
            self._go_through(block)

    @property
    def n_bytes_ahead(self) -> int:
        """About how many of the bytes that have been read have not been handed out yet."""
        share = self._n_left / len(self._lines) if self._lines else 0.0
        return len(self._rest) + int(share * self._n_bytes)

    def take_rows(self) -> PlainBlock | None:
        """The next block where the lines that come next begin one and all are rows; else None, and none is lost."""
        if self._n_left or self.row_form is None or self._fault is not None:
            return None
        block = self._next_block()
        if block is None:
            return None
        found = plain_block(block, self.row_form, self._encoding) if block.endswith(b"\n") else None
        if found is None:
            self._go_through(block)
            return None
        self.n_lines += found.n_lines
        if found.n_bytes < len(block):
            self._rest = block[found.n_bytes :] + self._rest
        return found

    def _go_through(self, block: bytes) -> None:
        self._lines = list(io.StringIO(self._decoded(block), newline=""))
        self._n_left = len(self._lines)
        self._n_bytes = len(block)

    def _decoded(self, block: bytes) -> str:
        """``block`` as text. Where it is none, the lines before that, and the error comes after them."""
        try:
            return block.decode(self._encoding)
        except UnicodeDecodeError as error:
            self._fault = error
            return block[: block.rfind(b"\n", 0, error.start) + 1].decode(self._encoding)

    def _next_block(self) -> bytes | None:
        size = BLOCK_BYTES[min(self._n_blocks, len(BLOCK_BYTES) - 1)]
        while not self._is_at_end:
            # A line of any length is gone through a few times.
            piece = self._raw.read1(max(size, len(self._rest)))
            self._is_at_end = not piece
            if self._decoder is not None:
                piece = self._in_utf8(piece)
            if self._mark:
                piece, self._rest = (self._rest + piece), b""
                if len(piece) < len(self._mark) and not self._is_at_end:
                    self._rest = piece
                    continue
                piece, self._mark = piece.removeprefix(self._mark), b""
            cut = _last_end(piece)
            if cut:
                block = self._rest + memoryview(piece)[:cut]
                self._rest = piece[cut:]
                self._n_blocks += 1
                return block
            self._rest += piece
            if len(self._rest) >= 4 * MOST_LINE_BYTES:
                # Whoever takes lines refuses this one, whose characters have at most four bytes.
                break
        block, self._rest = self._rest, b""
        cut = _last_end(block)
        if 0 < cut < len(block):
            block, self._rest = block[:cut], block[cut:]
        return block or None

    def _in_utf8(self, piece: bytes) -> bytes:
        assert self._decoder is not None
        try:
            return self._decoder.decode(piece, not piece).encode("utf-8", "surrogatepass")
        except UnicodeError as error:
            self._fault, self._is_at_end = error, True
            return b""


def _last_end(text: bytes) -> int:
    """The place behind the last line end in ``text`` for certain; 0 where there is none."""
    # What follows a carriage return may still belong to it.
    return text.rfind(b"\n") + 1 or text.rfind(b"\r", 0, -1) + 1


def _has_one_byte_each(name: str) -> bool:
    """Whether every character of the encoding is one byte, those of ASCII among them, and no two bytes are the same."""
    try:
        text = bytes(range(256)).decode(name, "replace")
    except (LookupError, UnicodeError):
        return False
    known = text.replace("\ufffd", "")
    is_clear = len(text) == 256 and len(known) == len(set(known))
    return is_clear and text.isascii() is False and text[:128].encode("ascii", "replace") == bytes(range(128))
