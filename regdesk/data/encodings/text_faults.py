"""What to say of bytes that are no part of a table, of text that two have written at once, and of letters lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from regdesk.data.csv.table import TableWarning
from regdesk.data.errors import DataError, listing, shorten

_CONFLICT = re.compile(rb"(?:\A|[\r\n])<{7}(?:[ \t][^\r\n]*)?[\r\n]")
_TABLES = frozenset((
    ".csv", ".tsv", ".txt", ".tab", ".dat", ".gz", ".bz2", ".xz", ".zst", ".zip", ".xlsx", ".xlsm", ".xlsb", ".xls",
    ".ods", ".db", ".sqlite", ".parquet",
))  # fmt: skip
_MOST_FILES = 3
LookIn = Callable[[], None]
"""Called now and then while a file is gone through; it may raise."""
_LINES_BETWEEN = 5000
MOST_LISTED = 20
"""Lines with the same fault that one sentence names."""
_LOST = "\ufffd"
_BYTE_OF = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}
_BYTE_OF |= {chr(byte): byte for byte in range(0x80, 0xA0)}
"""Of a letter beyond ASCII its byte in cp1252; controls are bytes that it lacks."""
_LOST_BYTES = _LOST.encode()
_PERHAPS_TWICE = re.compile(
    rb"\xc3[\x82-\xb4]"
    rb"(?:\xc2[\x80-\xbf]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92|\xcb[\x86\x9c]|\xe2(?:\x80|\x82\xac|\x84\xa2))"
)
"""In bytes of UTF-8 what may be two letters of a text encoded twice."""
_RUN = re.compile("[" + re.escape("".join(_BYTE_OF)) + "]+")
_ENDS_OF_WORDS = "\u00a0»”’…–—™®²³"
"""Behind a capital they may be meant: «CAMÕES», IRMÃ…, Å³."""


def lines_of(path: Path, look_in: LookIn | None) -> Iterator[tuple[int, bytes]]:
    """The lines of ``path`` with their numbers from 1; ``look_in`` is called between some thousands of them."""
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if look_in is not None and number % _LINES_BETWEEN == 0:
                look_in()
            yield number, line


def listed(lines: list[int], n_all: int) -> str:
    """``line 3`` or ``lines 3, 8 and 12 more``."""
    if n_all == 1:
        return f"line {lines[0]}"
    rest = f" and {n_all - len(lines)} more" if n_all > len(lines) else ""
    return f"lines {listing([str(line) for line in lines], MOST_LISTED)}{rest}"


def is_damaged(text: bytes) -> bool:
    """Whether ``text`` is not UTF-8."""
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def first_wrong(text: bytes) -> int:
    """The first place in ``text`` that is not UTF-8, 0 where all is."""
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def is_doubtful(text: bytes) -> bool:
    """Whether ``text``, in UTF-8, has the sign of a letter that was lost, or what may have been encoded twice."""
    return _LOST_BYTES in text or _PERHAPS_TWICE.search(text) is not None


def lost_text_warnings(path: Path, look_in: LookIn | None) -> tuple[list[TableWarning], bool]:
    """What to tell of ``path``, a file in UTF-8, where letters were lost or encoded twice before it was written.

    And whether they were encoded twice.
    """
    lost: list[int] = []
    twice: list[tuple[int, str, str]] = []
    for line, content in lines_of(path, look_in):
        if not is_doubtful(content):
            continue
        text = content.decode("utf-8", "replace")
        if _LOST in text:
            lost.append(line)
        found = encoded_twice(text)
        if found is not None:
            twice.append((line, *found))
    warnings = []
    if lost:
        message = (
            f"a letter of this line was lost when the file was written, and {_LOST} stands for it{_also(len(lost))}."
        )
        warnings.append(TableWarning(lost[0], None, message))
    if twice:
        line, word, meant = twice[0]
        message = (
            f"{shorten(word)} looks like {shorten(meant)}, encoded twice when the file was written"
            f"{_also(len(twice))}; cells are read as they stand."
        )
        warnings.append(TableWarning(line, None, message))
    return warnings, bool(twice)


def encoded_twice(text: str) -> tuple[str, str] | None:
    """The first word of ``text`` whose UTF-8 was taken for cp1252, and what it was; None without one."""
    return next((one for word in re.split(r"[\s,;|\"]", text) if (one := _mended(word)) is not None), None)


def _also(n_lines: int) -> str:
    return "" if n_lines == 1 else f", and so in {n_lines - 1:,} other line{'s' if n_lines > 2 else ''}"


def _mended(word: str) -> tuple[str, str] | None:
    """``word`` and what it was before its UTF-8 was taken for cp1252 and encoded again; None where it was not."""
    is_certain = False

    def mended(found: re.Match[str]) -> str:
        nonlocal is_certain
        try:
            meant = bytes(_BYTE_OF[one] for one in found[0]).decode("utf-8")
        except UnicodeDecodeError:
            return found[0]
        if not meant.isprintable():
            return found[0]
        is_certain = is_certain or _is_certain(word, found, meant)
        return meant

    meant = _RUN.sub(mended, word)
    return (word, meant) if is_certain else None


def _is_certain(word: str, found: re.Match[str], meant: str) -> bool:
    """Whether nobody writes what is ``found`` in ``word``: Ã¶ and â€™ are no words."""
    if len(meant) > 1:
        return True
    if len(found[0]) > 2:
        return found[0][0] in "âïð"
    before, behind = word[: found.start()][-1:], word[found.end() :][:1]
    if found[0][1] in _ENDS_OF_WORDS:
        return found[0][0] in "ÃÂ" and (before.islower() or behind.islower())
    return found[0][0] in "ÃÂ" or before.isalpha() or behind.isalpha()


def refuse_conflict(path: Path, block: bytes, line: int) -> None:
    """Raises DataError when a line of ``block``, which begins on ``line``, is a mark of a merge."""
    found = _CONFLICT.search(block)
    if found is not None and re.search(rb"[\r\n]={7}[\r\n]", path.read_bytes()) is not None:
        mark = found[0].strip()
        place = line + block[: found.start()].count(b"\n") + found[0][:1].count(b"\n")
        raise DataError(
            f"{shorten(mark.decode(errors='replace'))} is a mark that a merge has left where two versions of the file "
            "differ; choose one of the two and take the marks out.",
            file=path,
            row=place,
        )


def zero_byte(path: Path, line: int) -> DataError:
    """The error for a file with a zero byte on ``line``."""
    return DataError(
        "a NUL byte shows that this is not a plain text file; export the table as CSV in UTF-8.", file=path, row=line
    )


def has_lost_its_lines(head: bytes, name: str) -> bool:
    """Whether ``head`` has bytes of line ends, and text in ``name`` none."""
    text = head.decode(name, "ignore")
    return (b"\n" in head or b"\r" in head) and "\n" not in text and "\r" not in text


def folder_named(path: Path) -> DataError:
    """To be raised where ``path`` is a folder: what it is, and which files in it may be meant."""
    try:
        names = sorted(one.name for one in path.iterdir() if one.suffix.casefold() in _TABLES and one.is_file())
    except PermissionError:
        return DataError("this is a folder without permission to look into it; change its permissions.", file=path)
    except OSError:
        names = []
    if not names:
        return DataError("this is a folder, and no table lies in it; open a file.", file=path)
    if len(names) == 1:
        return DataError(f"this is a folder; open the file in it, {shorten(names[0])}.", file=path)
    files = listing([shorten(name) for name in names], _MOST_FILES)
    return DataError(
        f"this is a folder with {len(names):,} files that may be tables ({files}); open one of them, or several "
        "together where their columns are the same.",
        file=path,
    )
