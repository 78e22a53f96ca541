"""How large text is: lengths that stand for words are written for 9 points at 96 dpi, and grow with the font."""

from __future__ import annotations

from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

USUAL_TEXT_PX = 12
"""Pixels of the letters for which lengths are written: 9 points at 96 dpi."""


def text_scale() -> float:
    """How many times as large as usual the letters of the application are; at least 1."""
    return max(1.0, QFontInfo(QApplication.font()).pixelSize() / USUAL_TEXT_PX)


def scaled_px(length_px: float) -> int:
    """``length_px`` of usual text, in pixels of the text in force."""
    return round(length_px * text_scale())
