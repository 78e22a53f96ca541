"""Numbers with their noun, for the sentences of this room."""

from __future__ import annotations


def count_of(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
