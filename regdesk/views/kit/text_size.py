"""How large text is: usual text, titles of pages and λ, all shares of the application's font; headings are bold.

Lengths that stand for words are written for 9 points at 96 dpi, and grow with the font.
"""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication, QWidget

USUAL_TEXT_PX = 12
"""Pixels of the letters for which lengths are written: 9 points at 96 dpi."""
TITLE = 1.2
"""Of what is read first on a page of its own: a lesson's step, a topic, why nothing can be learnt."""
HERO = 1.4
"""Of what every eye has to find: λ, the answer of the calculator, what a file that is dragged here is told."""
SMALL = 0.85
"""Of numbers at the ends of a picture that is as small as a line."""


def text_scale() -> float:
    """How many times as large as usual the letters of the application are; at least 1."""
    return max(1.0, QFontInfo(QApplication.font()).pixelSize() / USUAL_TEXT_PX)


def scaled_px(length_px: float) -> int:
    """``length_px`` of usual text, in pixels of the text in force."""
    return round(length_px * text_scale())


_usual_font: QFont | None = None


def apply_text_percent(percent: int) -> None:
    """Have all text so large, in percent of the system's size."""
    global _usual_font
    if percent == 100 and _usual_font is None:
        # Not touched: what the system says goes.
        return
    _usual_font = usual = _usual_font or QFont(QApplication.font())
    font = sized_font(usual, percent / 100)
    if percent == 100:
        _usual_font, font = None, QFont(usual)
    if font != QApplication.font():
        QApplication.setFont(font)


def restyle_text(window: QWidget) -> None:
    """Have what in ``window`` has a style sheet take on another size of text: Qt tells all others by itself."""
    for widget in widgets_below(window):
        if widget.styleSheet():
            widget.setStyleSheet(widget.styleSheet())


def widgets_below(window: QWidget) -> list[QWidget]:
    """All widgets in ``window`` and in its dialogs, in no order.

    Not ``findChildren(QWidget)``: PySide binds what that finds to the parent's Python half for good. Of a tab bar that
    Qt made for a layout and has deleted since, it keeps the Python halves of bar and buttons: 8 bars and 16 buttons
    a lecture.
    """
    return [one for one in QApplication.allWidgets() if one is not window and _is_below(one, window)]


def _is_below(widget: QWidget, window: QWidget) -> bool:
    above: QWidget | None = widget
    while above is not None and above is not window:
        above = above.parentWidget()
    return above is window


def heading_font(base: QFont | None = None) -> QFont:
    """Bold, as large as ``base``; without one it only says that it is bold, and follows the application's size."""
    font = QFont() if base is None else QFont(base)
    font.setBold(True)
    return font


def sized_font(base: QFont, share: float) -> QFont:
    """``base``, ``share`` times as large, whether its size is in points or, as of some systems, in pixels."""
    font = QFont(base)
    if base.pointSizeF() > 0.0:
        font.setPointSizeF(share * base.pointSizeF())
    else:
        font.setPixelSize(max(round(share * base.pixelSize()), 1))
    return font


def larger_font(base: QFont, share: float) -> QFont:
    """Bold, ``share`` times as large as ``base``."""
    return heading_font(sized_font(base, share))


def make_heading(widget: QWidget) -> None:
    """Its text is bold from now on, in any size."""
    widget.setFont(heading_font())
