"""Colours between colours, so that what is quiet in a light window is quiet in a dark one, and words in a colour."""

from __future__ import annotations

from PySide6.QtGui import QColor

from regdesk.views.kit import theme

FAINT = 90
"""Of 255: rows beside a slice, which are not where the model is asked."""


def blended(colour: str, share: float, ground: str | None = None) -> QColor:
    """``share`` of ``colour`` on ``ground``, by default the panels' own; opaque."""
    top, under = QColor(colour), QColor(ground or theme.colours().background)
    ends = ((top.red(), under.red()), (top.green(), under.green()), (top.blue(), under.blue()))
    return QColor(*(round(below + share * (above - below)) for above, below in ends))


def faint(colour: str, opacity: int = FAINT) -> QColor:
    """So that what lies beneath shows through; ``opacity`` is of 255."""
    one = QColor(colour)
    return QColor(one.red(), one.green(), one.blue(), opacity)


def coloured(text: str, colour: str) -> str:
    return f'<span style="color:{colour}"><b>{text}</b></span>'


def faded(colour: str, share: float) -> tuple[int, int, int, int]:
    """``colour`` with ``share`` of its strength."""
    one = QColor(colour)
    return one.red(), one.green(), one.blue(), round(255 * share)
