"""How often each part of the window is brought up to date: not everything is read as fast as a model moves."""

from __future__ import annotations

from enum import Flag, auto

WORDS_HZ = 10.0
"""Faster nobody reads numbers, and each sentence is laid out anew: 3 ms of a frame in all."""
COURSE_HZ = 15.0
"""Of curves that grow by a pixel a second, and cost as much as all that moves with the model."""


class Part(Flag):
    """``PICTURES`` of the model of the moment, the ``COURSE`` of a run or a sweep, and ``WORDS``."""

    PICTURES = auto()
    COURSE = auto()
    WORDS = auto()
    ALL = PICTURES | COURSE | WORDS


class FramePace:
    """Says what is due, against times in seconds that the caller reads from a steady clock once a frame."""

    def __init__(self) -> None:
        self._words_s = self._course_s = float("-inf")

    def due(self, now_s: float, is_moving: bool) -> Part:
        """What is to be shown now; what is taken for shown. All of it where nothing moves, or everything is read."""
        has_course = not is_moving or now_s - self._course_s >= 1.0 / COURSE_HZ
        waited = WORDS_HZ * (now_s - self._words_s)
        # Not both at once: gaps between frames are what is seen of a long one.
        has_words = not is_moving or waited >= (2.0 if has_course else 1.0)
        due = Part.PICTURES
        if has_course:
            self._course_s = now_s
            due |= Part.COURSE
        if has_words:
            self._words_s = now_s
            due |= Part.WORDS
        return due
