"""Work that was not saved when a program ended, as a person is told of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class UnsavedWork:
    """``key`` names it, ``title`` says of what it is, ``when`` when it was kept last, and ``trouble`` why it cannot be
    opened; empty where it can. ``picture`` is a small PNG of the window, or empty. ``is_suspect`` says that the program
    has ended more than once while this was being restored.
    """

    key: str
    title: str
    when: str
    picture: bytes = b""
    trouble: str = ""
    is_suspect: bool = False


def time_text(kept_s: float, now_s: float, clock: str, day: str) -> str:
    """When something was kept, ``now_s − kept_s`` seconds ago; ``clock`` and ``day`` are that moment as a person reads
    it, such as 14:05 and 28 November 2026.
    """
    seconds = now_s - kept_s
    if 0 <= seconds < 3600:
        minutes = round(seconds / 60)
        ago = "less than a minute ago" if minutes < 1 else "1 minute ago" if minutes == 1 else f"{minutes} minutes ago"
        return f"{clock}, {ago}"
    return f"{clock} on {day}"
