"""Typeset formulas of ``resources/formulas``, drawn in any colour and at any size on their base line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontInfo, QPainter
from PySide6.QtSvg import QSvgRenderer

from regdesk.resources import resource_file

LETTERS = 20.0
"""Height of the letters in the drawings."""
LARGER = 1.4
"""Letters of a formula beside those of the text around it: indices must be legible."""
_INK = "#000000"
_BOX = re.compile(r'viewBox="([^"]*)"')


@dataclass(frozen=True)
class Drawing:
    """``box`` has the base line at y = 0; ``svg`` is empty where it was not installed."""

    svg: str
    box: QRectF


@cache
def drawing(name: str) -> Drawing:
    """The formula ``name``."""
    file = resource_file("formulas", f"{name}.svg")
    if file is None:
        return Drawing("", QRectF())
    svg = file.read_text(encoding="utf-8")
    found = _BOX.search(svg)
    assert found is not None
    return Drawing(svg, QRectF(*(float(number) for number in found[1].split())))


def scale_for(font: QFont) -> float:
    """Pixels for a unit of the drawings beside text in ``font``."""
    return LARGER * QFontInfo(font).pixelSize() / LETTERS


class FormulaArt:
    """Keeps what has been drawn once, for one widget: parsing takes longer than painting."""

    def __init__(self) -> None:
        self._renderers: dict[tuple[str, str], QSvgRenderer] = {}

    def draw(self, painter: QPainter, name: str, origin: QPointF, scale: float, colour: QColor) -> None:
        """With the left end of its base line at ``origin``."""
        art, key = drawing(name), (name, colour.name())
        if not art.svg:
            return
        if key not in self._renderers:
            self._renderers[key] = QSvgRenderer(QByteArray(art.svg.replace(_INK, colour.name()).encode()))
        place = QRectF(
            origin + QPointF(0.0, scale * art.box.top()), QPointF(origin.x() + scale * art.box.width(), origin.y())
        )
        place.setHeight(scale * art.box.height())
        self._renderers[key].render(painter, place)
