"""Encodings whose bytes are all ASCII, so that they look like plain text: ISO-2022, HZ and UTF-7."""

from __future__ import annotations

import re
from pathlib import Path

from regdesk.data.csv.table import TableWarning
from regdesk.data.encodings.other_readings import are_words
from regdesk.data.encodings.text_faults import LookIn, lines_of
from regdesk.data.errors import DataError, shorten

_PERHAPS = (re.compile(rb"~\{[!-w]"), re.compile(rb"\+[A-Za-z][A-Za-z0-9+/]{2}"))
"""Two patterns that begin with a sign each are searched for in a quarter of the time of one for both."""
_ESCAPE = re.compile(rb"\x1b(?:\$(?:[@AB]|[()][A-D])|\([IJ])[^\r\n]*")
_ISO_2022 = ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2", "iso2022_kr")
_HZ = re.compile(rb"~\{(?:[!-w][!-~])+~\}")
_UTF7 = re.compile(rb"[^\s,;|\"+]*\+[A-Za-z0-9+/]{3,}[^\s,;|\"]*")
_MOST_LINES = 200


def may_be_seven_bits(block: bytes) -> bool:
    """Whether ``block`` may be in HZ or UTF-7; so fast that all of a long file is looked at."""
    return any(pattern.search(block) is not None for pattern in _PERHAPS)


def refuse_escapes(path: Path, block: bytes, line: int) -> None:
    """Raises DataError where ``block``, which begins on ``line``, switches between alphabets as ISO-2022 does."""
    found = _ESCAPE.search(block)
    if found is None:
        return
    # What follows the escapes of Korean is not said on this line, but at the beginning of the file.
    is_korean = b"$)C" in found[0]
    known = [name for name in _ISO_2022 if is_korean == name.endswith("kr") and _decoded(found[0], name) is not None]
    names = " or ".join(known[:2]) or "iso2022_jp or iso2022_kr"
    raise DataError(
        "escape sequences of this line show an encoding of East Asia with seven bits, ISO-2022; say which "
        f"(--encoding {names}), or save the file as UTF-8.",
        file=path,
        row=line + block[: found.start()].count(b"\n"),
    )


def seven_bits_warning(path: Path, look_in: LookIn | None) -> list[TableWarning]:
    """What to tell of ``path``, a file in ASCII so far, that may be in HZ or UTF-7; nothing where it is not."""
    for name, what, pattern, mark in (
        ("hz", "HZ, Chinese written in ASCII", _HZ, b"~{"),
        ("utf-7", "UTF-7, written in ASCII", _UTF7, b"+"),
    ):
        lines: list[tuple[int, bytes]] = []
        for number, line in lines_of(path, look_in):
            if mark in line:
                lines.append((number, line))
                if len(lines) == _MOST_LINES:
                    break
        texts = [_decoded(line, name) for _, line in lines]
        words = [text for text in texts if text is not None]
        if not lines or len(words) < len(texts):
            continue
        found = _matches(lines, pattern, name)
        # What is between marks of HZ is hardly anything else; after a plus sign it may well be.
        if found and (name == "hz" or are_words(words)):
            first, before, after = found[0]
            return [
                TableWarning(
                    first,
                    None,
                    f"{shorten(before.decode('ascii'))} is {shorten(after)} in {what}; cells are read "
                    f"as they stand. If that is meant, say the encoding (--encoding {name}, or Encoding in the dialog "
                    "that opens files).",
                )
            ]
    return []


def _matches(lines: list[tuple[int, bytes]], pattern: re.Pattern[bytes], name: str) -> list[tuple[int, bytes, str]]:
    """The places in ``lines`` that are letters beyond ASCII in the encoding ``name``: line, bytes and letters."""
    return [
        (number, match[0], text)
        for number, line in lines
        for match in pattern.finditer(line)
        if (text := _decoded(match[0], name)) is not None and not text.isascii()
    ]


def _decoded(text: bytes, name: str) -> str | None:
    try:
        return text.decode(name)
    except UnicodeError:
        return None
