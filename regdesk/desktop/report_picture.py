"""A picture of a report on a page of PDF: its shapes as Qt's renderer of SVG draws them, its words as text.

After that renderer has written words into a PDF file, it finds no size for the letters of other pictures in the same
process (Qt 6.10). So the words are taken out before, and written here.
"""

from __future__ import annotations

import re
from html import unescape

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtSvg import QSvgRenderer

from regdesk.core.report.drawing import FONT_PX

_WORDS = re.compile(r"<text ([^>]*)>([^<]*)</text>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_SHARE_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""Of the length of a word, by its anchor."""


class ReportPicture:
    """The drawing ``svg`` of ``core/report``, so many units wide and high."""

    def __init__(self, svg: str, width: float, height: float, families: list[str]) -> None:
        self.size = QSizeF(width, height)
        self._shapes = QSvgRenderer(QByteArray(_WORDS.sub("", svg).encode()))
        self._words = [(dict(_ATTRIBUTE.findall(one[1])), unescape(one[2])) for one in _WORDS.finditer(svg)]
        self._font = QFont()
        self._font.setFamilies(families)
        self._font.setPixelSize(FONT_PX)

    def render(self, painter: QPainter, place: QRectF) -> None:
        """Draw all of it into ``place``, which has its proportions."""
        self._shapes.render(painter, place)
        painter.save()
        painter.translate(place.topLeft())
        painter.scale(place.width() / self.size.width(), place.height() / self.size.height())
        painter.setFont(self._font)
        metrics = QFontMetricsF(self._font)
        for attributes, word in self._words:
            painter.save()
            painter.translate(float(attributes["x"]), float(attributes["y"]))
            if "transform" in attributes:
                # It is turned about its own place, and reads from below.
                painter.rotate(-90.0)
            painter.setPen(QColor(attributes["fill"]))
            before = _SHARE_BEFORE[attributes["text-anchor"]] * metrics.horizontalAdvance(word)
            painter.drawText(QPointF(-before, 0.0), word)
            painter.restore()
        painter.restore()
