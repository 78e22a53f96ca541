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


@njit(nogil=True, error_model="numpy")
def smaller(one, other):
    """As ``min``, NaN included; numba compiles its own anew for each process, four times as long as this."""
    return other if other < one else one


@njit(nogil=True, error_model="numpy")
def larger(one, other):
    """As ``max``, likewise."""
    return other if other > one else one
