"""A one-slot mailbox: filled only when empty, so that the reader sets the pace and nothing queues up."""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Mailbox(Generic[Value]):
    """One writer, one reader, no lock: the writer fills the slot only when it is empty.

    The reader empties it, or the writer takes back what nobody has read: whoever comes first has the value.
    """

    def __init__(self) -> None:
        # Appending and popping are one instruction under Python's lock each.
        self._slot: deque[Value] = deque()

    @property
    def is_empty(self) -> bool:
        return not self._slot

    def offer(self, value: Value) -> None:
        """Put ``value`` in; the writer asks ``is_empty`` first."""
        self._slot.append(value)

    def take(self) -> Value | None:
        """The value, if there is one; the slot is empty afterwards."""
        try:
            return self._slot.popleft()
        except IndexError:
            return None
