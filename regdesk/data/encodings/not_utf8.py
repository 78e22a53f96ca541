"""A file that is not UTF-8: a damaged one is refused, another is read as cp1252, and what else it may be is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from regdesk.data.csv.table import TableWarning
from regdesk.data.encodings.other_readings import Readings, readings_of
from regdesk.data.encodings.text_faults import (
    MOST_LISTED,
    LookIn,
    encoded_twice,
    first_wrong,
    is_damaged,
    lines_of,
    listed,
)
from regdesk.data.errors import DataError, shorten

_MOST_WEIGHED = 200
"""Lines that are decoded to find out what else they may be."""
_SURROGATE_IN_UTF8 = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_BETWEEN_CELLS = re.compile(rb"[\s,;|\"]")
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_NEIGHBOURS = re.compile(rb"[\x80-\xff]{2}")
_LEAST_WORDS, _STRANGE_SHARE = 4, 0.75
_IN_DIALOG = "or Encoding in the dialog that opens files"


@dataclass
class _Lines:
    """What was counted in the lines that are not ASCII.

    ``n_utf8`` letters are UTF-8, ``n_other`` runs of bytes are not; ``undefined`` lines have bytes that cp1252 lacks;
    ``in_utf8`` is the first line, and its word, that is UTF-8 for certain.
    """

    wrong: list[tuple[int, bytes]] = field(default_factory=list)
    n_wrong: int = 0
    n_utf8: int = 0
    n_other: int = 0
    undefined: list[int] = field(default_factory=list)
    in_utf8: tuple[int, str] | None = None


def reading_as_cp1252(path: Path, is_certainly_utf8: bool, look_in: LookIn | None) -> TableWarning:
    """What to tell of ``path``, which is read as cp1252, as nothing in it is UTF-8 beyond ASCII.

    Raises DataError, which names the lines, where something is, and where cp1252 has no such bytes.
    """
    found = _counted(path, look_in)
    if not found.wrong:
        raise DataError("the file has changed while it was read; open it again.", file=path)
    if is_certainly_utf8 or found.in_utf8 is not None or found.n_utf8 >= found.n_other:
        raise _damaged(path, found, is_certainly_utf8)
    readings = readings_of([text for _, text in found.wrong])
    if found.undefined:
        lines = listed(found.undefined[:MOST_LISTED], len(found.undefined))
        raise DataError(
            f"the file is neither UTF-8 nor cp1252, which lacks bytes of {lines}"
            + (f"; it may be {readings.told}" if readings.others else "")
            + f"; say its encoding (--encoding{_sole_of(readings)}, {_IN_DIALOG}), or save it as UTF-8.",
            file=path,
            row=found.undefined[0],
        )
    return _said(found.wrong, readings)


def _counted(path: Path, look_in: LookIn | None) -> _Lines:
    found = _Lines()
    for number, text in lines_of(path, look_in):
        if text.isascii():
            continue
        # Bytes beyond ASCII that make a letter in UTF-8 seldom do so by chance; those that make none are counted
        # as one where they follow each other.
        kept = sum(not character.isascii() for character in text.decode("utf-8", "ignore"))
        n_damaged = sum(is_damaged(run) for run in _BEYOND_ASCII.findall(text))
        found.n_utf8 += kept + len(_SURROGATE_IN_UTF8.findall(text))
        found.n_other += n_damaged
        if found.in_utf8 is None and (twice := encoded_twice(text.decode("cp1252", "replace"))) is not None:
            found.in_utf8 = number, twice[1]
        if n_damaged:
            found.n_wrong += 1
            if len(found.wrong) < _MOST_WEIGHED:
                found.wrong.append((number, text))
            if len(text.decode("cp1252", "ignore")) < len(text):
                found.undefined.append(number)
    return found


def _damaged(path: Path, found: _Lines, is_certainly_utf8: bool) -> DataError:
    first, text = found.wrong[0]
    at = first_wrong(text)
    others = [line for line, _ in found.wrong[1:MOST_LISTED]]
    also = f"; so it is in {listed(others, found.n_wrong - 1)}" if found.n_wrong > 1 else ""
    rest = "the rest of the file is"
    if found.in_utf8 is not None and found.n_utf8 < found.n_other and not is_certainly_utf8:
        rest = f"line {found.in_utf8[0]} is with {shorten(found.in_utf8[1])}"
    return DataError(
        f"byte {at + 1} of this line (0x{text[at]:02X}) is not UTF-8, as {rest}{also}; correct it, or save the file as "
        "UTF-8 (in a spreadsheet: CSV UTF-8), or say the encoding if all is in another one (--encoding).",
        file=path,
        row=first,
    )


def _said(wrong: Sequence[tuple[int, bytes]], readings: Readings) -> TableWarning:
    line, text = wrong[0]
    at = first_wrong(text)
    word = (_BETWEEN_CELLS.split(text[:at])[-1] + _BETWEEN_CELLS.split(text[at:])[0]).decode("cp1252")
    how = f"--encoding{_sole_of(readings)}, {_IN_DIALOG}"
    if readings.others:
        # A word that others read otherwise shows which of them is right.
        line, word = wrong[readings.place][0], readings.word
        said = f"it may also be {readings.told}. If that is right, say so ({how})."
        if not readings.is_western:
            said = f"that is hardly right, as it may be {readings.told}. Say which it is ({how})."
    elif readings.is_western and not _are_strange([text for _, text in wrong]):
        said = f"if that is wrong, say the encoding ({how})."
    else:
        said = (
            f"that is hardly right, as no language is written so: say the encoding ({how}), such as cp1250 (Central "
            "European), cp1251, koi8-r (Cyrillic), cp1253 (Greek), gb18030, big5 (Chinese), shift_jis (Japanese) or "
            "euc-kr (Korean)."
        )
    return TableWarning(
        line,
        None,
        "the file is not UTF-8 and is read as cp1252 (Western European, Windows), so that this line has "
        f"{shorten(word)}; {said}",
    )


def _sole_of(readings: Readings) -> str:
    return f" {readings.others[0].encoding}" if len(readings.others) == 1 else ""


def _are_strange(lines: Sequence[bytes]) -> bool:
    """Whether nearly all words in ``lines`` that have a letter beyond ASCII have two next to each other, and most such
    letters: words of Western Europe have one here and there, those of other scripts, as Москва, have nothing else.
    """
    words = [word for line in lines for word in _WORD.findall(line) if not word.isascii()]
    n_strange = sum(_NEIGHBOURS.search(word) is not None for word in words)
    # In População and Größe two stand next to each other, too, among plain letters.
    has_plain = 2 * sum(byte >= 0x80 for word in words for byte in word) <= sum(map(len, words))
    return len(words) >= _LEAST_WORDS and not has_plain and n_strange >= _STRANGE_SHARE * len(words)
