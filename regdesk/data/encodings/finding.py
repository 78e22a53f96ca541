"""Which encoding a file is in: its mark, the pattern of its zero bytes, strict UTF-8, and last Windows' cp1252.

Guessers by statistics are wrong on short files. cp1252 is a guess as well, since nearly every byte is a letter in it:
it is said, and only taken of a file that holds nothing in UTF-8. A damaged byte in a file of UTF-8 is named instead.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from pathlib import Path

from regdesk.data.csv.table import TableWarning
from regdesk.data.encodings.not_utf8 import reading_as_cp1252
from regdesk.data.encodings.seven_bits import may_be_seven_bits, refuse_escapes, seven_bits_warning
from regdesk.data.encodings.text_faults import (
    LookIn,
    has_lost_its_lines,
    is_doubtful,
    lines_of,
    lost_text_warnings,
    refuse_conflict,
    zero_byte,
)
from regdesk.data.errors import DataError

MOST_LINE_BYTES = 32_000_000
"""Of a line: 20,000 columns of long numbers take a hundredth of it."""
_BLOCK_BYTES = 1_048_576
_HEAD_BYTES = 65_536
BLOCKS_BETWEEN = 16
"""Between two looks at whether to go on: some milliseconds."""
_MARKS = {
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"\xef\xbb\xbf": "utf-8-sig",
}
"""Byte order marks; the first that fits counts, for one begins with another."""
_LEAST_ZEROS = 0.02
"""Of text in UTF-16: of Chinese every line end and delimiter has one."""
_MOSTLY = 0.8
_END_OF_DOS = b"\x1a"
_C1_IN_UTF8 = re.compile(rb"\xc2[\x80-\x9f]")
_C1_IN_LATIN1 = re.compile(rb"[\x80-\x9f]")
_LATIN1 = codecs.lookup("latin-1").name
C1_AS_CP1252 = {
    code: character for code in range(0x80, 0xA0) if (character := bytes([code]).decode("cp1252", "ignore"))
}
"""Characters that no text holds, by what their bytes mean in cp1252: their writer took cp1252 for latin-1."""


@dataclass(frozen=True)
class Encoding:
    """The name of an encoding, what to tell the user about it, and whether ``C1_AS_CP1252`` is to be applied.

    ``has_end_sign`` is true where the character with which DOS ended its files stands behind the last row.
    """

    name: str
    warnings: tuple[TableWarning, ...] = ()
    mends_c1: bool = False
    has_end_sign: bool = False


def find_encoding(path: Path, given: str | None = None, look_in: LookIn | None = None) -> Encoding:
    """The encoding of ``path``; ``given`` is one that a person has named. ``look_in`` is called between blocks.

    Raises DataError for what is no text, and names the lines: zero bytes, a line without an end, bytes that are none of
    the encoding.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    name = _named(given, head) if given is not None else _marked(head) or _by_zeros(head)
    if name is not None and _width(name) > 1:
        if given is not None and has_lost_its_lines(head, name):
            raise DataError(
                f"this is not text in {given}, in which it would have no line end; leave the encoding out, or say "
                "another (--encoding).",
                file=path,
                row=1,
            )
        return Encoding(name)
    found = _survey(path, name in (None, "utf-8", "utf-8-sig"), look_in)
    if name not in (None, "utf-8", "utf-8-sig"):
        is_mended = found.has_c1 and codecs.lookup(name or "").name == _LATIN1
        encoding = _with_c1(path, name or "", _C1_IN_LATIN1, is_mended, look_in)
    elif found.is_utf8:
        lost, is_twice = lost_text_warnings(path, look_in) if found.is_doubtful else ([], False)
        # What was encoded twice holds control characters that are halves of letters.
        encoding = _with_c1(path, name or "utf-8", _C1_IN_UTF8, found.has_c1_in_utf8 and not is_twice, look_in)
        if found.may_be_seven_bits and given is None:
            lost += seven_bits_warning(path, look_in)
        encoding = replace(encoding, warnings=(*encoding.warnings, *lost))
    else:
        encoding = Encoding("cp1252", (reading_as_cp1252(path, name is not None, look_in),))
    return replace(encoding, has_end_sign=found.has_end_sign)


def line_of_bytes(path: Path, encoding: str) -> int:
    """The line of ``path``, from 1, that holds the first bytes which are not text in ``encoding``."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as stream:
        while True:
            block = stream.read(_HEAD_BYTES)
            try:
                line += decoder.decode(block, not block).count("\n")
            except UnicodeError as error:
                if isinstance(error, UnicodeDecodeError):
                    line += error.object[: error.start].decode(encoding, "ignore").count("\n")
                return line
            if not block:
                return line


def _named(given: str, head: bytes) -> str:
    """``given``, with or without the mark that ``head`` begins with."""
    known = codecs.lookup(given).name
    if known in ("utf-16", "utf-32") and _marked(head) != known:
        return _by_zeros(head) or f"{known}-le"
    is_utf8 = known == "utf-8"
    return ("utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8") if is_utf8 else given


def _marked(head: bytes) -> str | None:
    return next((name for mark, name in _MARKS.items() if head.startswith(mark)), None)


def _by_zeros(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: their zero bytes stand in the same places of every unit."""
    if head.count(0) < _LEAST_ZEROS * len(head):
        return None
    zeros = [head[place::4].count(0) / max(len(head[place::4]), 1) for place in range(4)]
    if zeros[3] == 1.0 > zeros[0] and zeros[2] > _MOSTLY:
        return "utf-32-le"
    if zeros[0] == 1.0 > zeros[3] and zeros[1] > _MOSTLY:
        return "utf-32-be"
    found = {name: _n_ascii(head[: len(head) // 2 * 2].decode(name, "ignore")) for name in ("utf-16-le", "utf-16-be")}
    best = max(found, key=found.__getitem__)
    return best if found[best] > 0 else None


def _n_ascii(text: str) -> int:
    """How many characters of ASCII ``text`` has; 0 where it has no line ends, or more of them than of others.

    Bytes with zeros between them have line ends, too, when they are read as UTF-16, but no other letter of ASCII.
    """
    n_ends = text.count("\n") + text.count("\r")
    n_ascii = sum(map(str.isascii, text))
    return n_ascii if "\0" not in text and 0 < n_ends <= n_ascii - n_ends else 0


def _width(name: str) -> int:
    """Bytes of a unit of the encoding."""
    return len("\n".encode(name))


@dataclass
class _Survey:
    is_utf8: bool = True
    has_c1: bool = False
    has_c1_in_utf8: bool = False
    is_doubtful: bool = False
    may_be_seven_bits: bool = False
    has_end_sign: bool = False


def _survey(path: Path, is_perhaps_utf8: bool, look_in: LookIn | None) -> _Survey:
    """What the bytes of ``path`` are. Raises DataError for a zero byte and for a line without an end."""
    found = _Survey()
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, length, tail, n_blocks = 1, 0, b"", 0
    with path.open("rb") as stream:
        while True:
            block = stream.read(_BLOCK_BYTES)
            n_blocks += 1
            if look_in is not None and n_blocks % BLOCKS_BETWEEN == 0:
                look_in()
            if b"\0" in block:
                raise zero_byte(path, line + block[: block.index(0)].count(b"\n"))
            if is_perhaps_utf8 and b"\x1b" in block:
                refuse_escapes(path, block, line)
            found.may_be_seven_bits = found.may_be_seven_bits or may_be_seven_bits(block)
            if b"<<<<<<<" in block:
                refuse_conflict(path, block, line)
            last = max(block.rfind(b"\n"), block.rfind(b"\r"))
            length = length + len(block) if last < 0 else len(block) - last - 1
            if length > MOST_LINE_BYTES:
                raise endless(path, line + block.count(b"\n"))
            line += block.count(b"\n")
            if not block.isascii() or tail:
                text = tail + block if tail else block
                if is_perhaps_utf8:
                    found.has_c1_in_utf8 = found.has_c1_in_utf8 or _C1_IN_UTF8.search(text) is not None
                    found.is_doubtful = found.is_doubtful or is_doubtful(text)
                else:
                    found.has_c1 = found.has_c1 or _C1_IN_LATIN1.search(block) is not None
                found.is_utf8 = found.is_utf8 and is_perhaps_utf8 and _decodes(decoder, block, final=not block)
                tail = decoder.getstate()[0] if found.is_utf8 else b""
            if not block:
                return found
            found.has_end_sign = block.rstrip(b"\r\n").endswith(_END_OF_DOS)


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, final: bool) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _with_c1(path: Path, name: str, pattern: re.Pattern[bytes], has_c1: bool, look_in: LookIn | None) -> Encoding:
    """``name``, with a warning where ``path`` has characters that were meant as cp1252."""
    if not has_c1:
        return Encoding(name)
    line = next((number for number, text in lines_of(path, look_in) if pattern.search(text)), None)
    message = (
        "the file has control characters from U+0080 to U+009F, which stand for quotes, dashes and the like in cp1252; "
        "they are read as these."
    )
    return Encoding(name, (TableWarning(line, None, message),), mends_c1=True)


def endless(path: Path, line: int) -> DataError:
    """The error for a line without an end."""
    return DataError(
        f"this line has more than {MOST_LINE_BYTES:,} bytes and no end; a row of a table stands on a line of its own.",
        file=path,
        row=line,
    )
