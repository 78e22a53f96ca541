"""A generator that returns something at its end: iterated, and its value kept."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Generic, TypeVar

Step = TypeVar("Step")
Result = TypeVar("Result")


class Drain(Generic[Step, Result]):
    """Iterates ``steps``, which are closed as soon as nobody wants another; ``value`` is what they return.

    Whoever iterates it again goes on where it was left.
    """

    def __init__(self, steps: Generator[Step, None, Result]) -> None:
        self._steps = steps
        self._values: list[Result] = []
        self._relay = self._relayed()

    def __iter__(self) -> Iterator[Step]:
        return self._relay

    def close(self) -> None:
        """Nobody wants another step; nothing of it goes on."""
        self._relay.close()
        self._steps.close()

    @property
    def has_ended(self) -> bool:
        """Whether there is a value."""
        return bool(self._values)

    @property
    def value(self) -> Result:
        """What ``steps`` have returned. Raises LookupError where they have not come to their end."""
        if not self._values:
            raise LookupError("there is no value before the end")
        return self._values[0]

    def _relayed(self) -> Generator[Step, None, None]:
        with closing(self._steps):
            self._values.append((yield from self._steps))
