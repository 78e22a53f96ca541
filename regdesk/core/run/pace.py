"""How often each part of the window is brought up to date: not everything is read as fast as a model moves."""

from __future__ import annotations

from enum import Flag, auto

WORDS_HZ = 10.0
"""Faster nobody reads numbers, and each sentence is laid out anew: 4 ms of a frame in all, twice that with what they
move.
"""
CURVES_HZ = 15.0
"""Of curves that grow by a pixel a second, and cost as much as all that moves with the model."""
LATE = 2.0
"""Times its period: what has waited for so long is shown, whatever else is."""


class Part(Flag):
    """``PICTURES`` of the model of the moment, the ``CURVES`` of a run or a sweep, and ``WORDS``.

    The curves are in pieces, so that a frame need not show all of them: the course of the run, and of the sweep. Words
    are not: two panels that name the loss of one model must not name two losses.
    """

    PICTURES = auto()
    WORDS = auto()
    RUN_CURVES = auto()
    SWEEP_CURVES = auto()
    CURVES = RUN_CURVES | SWEEP_CURVES
    ALL = PICTURES | CURVES | WORDS


class FramePace:
    """Says what is due, against times in seconds that the caller reads from a steady clock once a frame."""

    def __init__(self) -> None:
        self._rates_hz = {**dict.fromkeys(Part.CURVES, CURVES_HZ), Part.WORDS: WORDS_HZ}
        self._shown_s = dict.fromkeys(self._rates_hz, float("-inf"))

    def due(self, now_s: float, is_moving: bool) -> Part:
        """What is to be shown now; what is taken for shown. All of it where nothing moves, or everything is read."""
        waited = {piece: rate_hz * (now_s - self._shown_s[piece]) for piece, rate_hz in self._rates_hz.items()}
        due = Part.PICTURES
        if is_moving:
            # One piece a frame while frames are frequent: gaps between frames are what is seen of a long one.
            longest = max(waited, key=lambda piece: waited[piece])
            pieces = [one for one, periods in waited.items() if periods >= (1.0 if one is longest else LATE)]
        else:
            pieces = list(waited)
        for piece in pieces:
            self._shown_s[piece] = now_s
            due |= piece
        return due
