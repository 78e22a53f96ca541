"""Text from files as it can be shown: nothing in it moves a cursor, turns the direction of writing or is unseen."""

from __future__ import annotations

import unicodedata

_ESCAPED = frozenset(["Cc", "Cf", "Cs", "Zl", "Zp"])
_JOINERS = "\u200c\u200d"
"""Invisible, and a part of words and pictures in many scripts."""


def safe_line(text: str) -> str:
    """``text`` on one line, whatever files have put into it: control characters, marks that turn the direction of
    writing, and invisible ones are written as escapes, such as ``\\x1b`` and ``\\u202e``.
    """
    return text if text.isprintable() else "".join(map(_safe, text))


def safe_text(text: str) -> str:
    """As ``safe_line``, on as many lines as ``text`` has."""
    return "\n".join(map(safe_line, text.split("\n")))


def _safe(character: str) -> str:
    if character.isprintable() or character in _JOINERS or unicodedata.category(character) not in _ESCAPED:
        return character
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
