"""A one-slot mailbox: filled only when empty, so that the reader sets the pace and nothing queues up."""

from __future__ import annotations

from typing import Generic, TypeVar

Value = TypeVar("Value")


class Mailbox(Generic[Value]):
    """One writer, one reader, no lock: the writer fills the slot only when it is empty, only the reader empties it."""

    def __init__(self) -> None:
        self._value: Value | None = None

    @property
    def is_empty(self) -> bool:
        return self._value is None

    def offer(self, value: Value) -> None:
        """Put ``value`` in; the writer asks ``is_empty`` first, and only the reader empties it."""
        self._value = value

    def take(self) -> Value | None:
        """The value, if there is one; the slot is empty afterwards."""
        value, self._value = self._value, None
        return value
