"""An SVG in parts: the same pixels as in one, whatever is in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPen
from PySide6.QtSvg import QSvgGenerator, QSvgRenderer

from regdesk.views.export.svg_parts import MOST_ELEMENTS, MOST_LETTERS, parts_of

SIDE = 300


def svg_of(draw: Callable[[QPainter], None]) -> str:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setViewBox(QRectF(0, 0, SIDE, SIDE))
    painter = QPainter(generator)
    draw(painter)
    painter.end()
    return bytes(buffer.data().data()).decode()


def pixels_of(svgs: list[str]) -> QImage:
    image = QImage(2 * SIDE, 2 * SIDE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(2, 2)
    for svg in svgs:
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, SIDE, SIDE))
    painter.end()
    return image


def draw_all(painter: QPainter) -> None:
    """Lines over each other, half seen through, in many groups and in one; and words that look like marks."""
    for number in range(3 * MOST_ELEMENTS):
        painter.setPen(QPen(QColor(number, 90, 200, 120), 1 + number % 5))
        painter.drawLine(number, 0, SIDE - number, SIDE)
    painter.setBrush(QColor(200, 40, 40, 60))
    for number in range(2 * MOST_ELEMENTS):
        painter.drawRect(QRectF(number, 2 * number, 40, 30))
    for number, word in enumerate(("</g>", "]]>", "<g x='1'>\n<rect/>", "a & b", "url(x)")):
        painter.drawText(QPointF(10, 20 * (number + 1)), word)


@pytest.mark.usefixtures("qapp")
def test_parts_are_the_same_picture_and_each_is_small() -> None:
    svg = svg_of(draw_all)
    parts = list(parts_of(svg))
    assert len(parts) >= 5
    assert all(len(part) < 3 * MOST_LETTERS for part in parts)
    whole = pixels_of([svg])
    assert pixels_of(parts) == whole
    assert pixels_of(parts[:-1]) != whole


@pytest.mark.usefixtures("qapp")
def test_gradients_stay_with_what_is_drawn_with_them() -> None:
    def draw(painter: QPainter) -> None:
        shade = QLinearGradient(0, 0, SIDE, SIDE)
        shade.setColorAt(0.0, QColor("red"))
        shade.setColorAt(1.0, QColor("blue"))
        painter.fillRect(QRectF(0, 0, SIDE, SIDE), shade)
        draw_all(painter)

    svg = svg_of(draw)
    assert list(parts_of(svg)) == [svg]


@pytest.mark.usefixtures("qapp")
def test_nothing_drawn_is_nothing_in_parts() -> None:
    def draw(_painter: Any) -> None:
        pass

    assert pixels_of(list(parts_of(svg_of(draw)))) == pixels_of([])
