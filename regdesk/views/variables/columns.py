"""The columns of the variables table, from the left."""

from __future__ import annotations

NAME, IMPORTANCE, PERMUTED, SIGN, ENTERS, STATE = range(6)
DESCENDING = (IMPORTANCE, PERMUTED)
"""Of which the largest are wanted first."""
