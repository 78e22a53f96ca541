"""The sizes of letters: usual text, titles of pages, and λ; a heading is usual text in bold.

Sizes are shares of the text in force, so that all of them grow with it.
"""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

TITLE = 1.2
"""Of what is read first on a page of its own: a lesson's step, a topic, why nothing can be learnt."""
HERO = 1.4
"""Of λ, which every eye has to find, and of what a file that is dragged here is told."""


def heading_font(base: QFont | None = None) -> QFont:
    """Bold, as large as ``base``; without one it only says that it is bold, and follows the application's size."""
    font = QFont() if base is None else QFont(base)
    font.setBold(True)
    return font


def larger_font(base: QFont, share: float) -> QFont:
    """Bold, ``share`` times as large as ``base``."""
    font = heading_font(base)
    font.setPointSizeF(share * base.pointSizeF())
    return font


def make_heading(widget: QWidget) -> None:
    """Its text is bold from now on, in any size."""
    widget.setFont(heading_font())
