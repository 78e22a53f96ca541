"""What every error of ours is that a person can act on."""

from __future__ import annotations


class RegdeskError(Exception):
    """``str()`` is one sentence that says what cannot be, where, and mostly what to do."""
