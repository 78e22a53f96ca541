"""What there is to say of a session that is to be written, and of the data of one that is opened."""

from __future__ import annotations

from typing import NamedTuple

UNITS = ("bytes", "KB", "MB", "GB")


class SaveOffer(NamedTuple):
    """Where a session would be written, how large its data are in words, and whether they are written into it.

    ``why`` says what follows from that; ``can_choose``: whether there is a choice.
    """

    place: str
    size: str
    embeds: bool
    why: str
    can_choose: bool = True


class DataFinding(NamedTuple):
    """What is found in the place of a session's data: ``name`` of the session, ``file`` where they were.

    ``differences`` are sentences on what differs, empty where nothing is there; ``can_use`` is whether the session can
    be opened with what is there now, with a run that begins anew.
    """

    name: str
    file: str
    sentence: str
    differences: tuple[str, ...] = ()
    can_use: bool = False


def size_text(n_bytes: int) -> str:
    """A size as people say it, such as "1.4 MB"."""
    size, unit = float(n_bytes), 0
    while size >= 999.5 and unit < len(UNITS) - 1:
        size, unit = size / 1_000, unit + 1
    return f"{size:.0f} {UNITS[unit]}" if unit == 0 or size >= 99.5 else f"{size:.2g} {UNITS[unit]}"


def count_text(n: int, one: str, several: str) -> str:
    """``1 row`` or ``1,200 rows``."""
    return f"{n:,} {one if n == 1 else several}"
