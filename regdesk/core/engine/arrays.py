"""Copying and filling, element by element."""

from __future__ import annotations

from regdesk.core.engine.stored import njit


@njit(nogil=True, error_model="numpy")
def copy(source, destination):
    """Element by element: a slice assignment compiles numba's shape check, with its message, at 2 s each."""
    for i in range(source.size):
        destination[i] = source[i]


@njit(nogil=True, error_model="numpy")
def fill(destination, value):
    for i in range(destination.size):
        destination[i] = value
