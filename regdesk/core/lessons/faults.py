"""The faults that are found in a lesson, all of them."""

from __future__ import annotations

from regdesk.core.lessons.lesson import Fault

MOST_FAULTS = 100
"""What comes after them is not kept."""


class Faults:
    """Collects them while a text is read."""

    def __init__(self) -> None:
        self._found: list[Fault] = []

    @property
    def found(self) -> tuple[Fault, ...]:
        """By their lines."""
        return tuple(sorted(self._found, key=lambda fault: fault.line))

    def add(self, line: int, sentence: str) -> None:
        """In line ``line``, from 1; ``sentence`` goes without its full stop."""
        if len(self._found) < MOST_FAULTS:
            self._found.append(Fault(line, sentence if sentence.endswith(("?", ".")) else f"{sentence}."))
