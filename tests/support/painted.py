"""What a widget paints, as a list of shapes with places and colours, of which each can be asserted."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from typing import Any, NamedTuple

from PySide6.QtCore import QBuffer, QPoint, QRectF
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


class Shape(NamedTuple):
    """``kind`` is "line", "ellipse", "rect", "path" or "text"; ``box`` its extent in pixels of the widget, of a text
    the left end of its base line; colours are "#rrggbb" or "none".
    """

    kind: str
    box: QRectF
    stroke: str
    fill: str
    width: float
    text: str
    is_dashed: bool

    @property
    def left(self) -> float:
        return self.box.left()

    @property
    def top(self) -> float:
        return self.box.top()

    @property
    def centre(self) -> tuple[float, float]:
        return self.box.center().x(), self.box.center().y()


def painted(widget: QWidget) -> list[Shape]:
    """In the order in which ``widget`` paints them, without its children."""
    buffer, generator = QBuffer(), QSvgGenerator()
    generator.setOutputDevice(buffer)
    # One unit is a pixel of the screen.
    generator.setResolution(widget.logicalDpiX())
    generator.setSize(widget.size())
    painter = QPainter(generator)
    widget.render(painter, QPoint(), QRegion(), QWidget.RenderFlag(0))
    painter.end()
    return list(_shapes(ElementTree.fromstring(bytes(buffer.data().data()))))


def texts(widget: QWidget) -> list[str]:
    """What ``widget`` writes, in the order in which it does."""
    return [shape.text for shape in painted(widget) if shape.kind == "text"]


def _shapes(root: Any) -> Any:
    for group in root.iter("{http://www.w3.org/2000/svg}g"):
        matrix = [float(one) for one in _NUMBER.findall(group.get("transform", ""))] or [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
        for one in group:
            kind = one.tag.rpartition("}")[2]
            if kind != "g":
                yield _shape(kind, one, group, matrix)


def _shape(kind: str, one: Any, group: Any, matrix: list[float]) -> Shape:
    numbers = [float(found) for found in _NUMBER.findall(one.get("points") or one.get("d") or "")]
    points = list(zip(numbers[::2], numbers[1::2], strict=False))
    if kind in ("circle", "ellipse"):
        x, y = float(one.get("cx")), float(one.get("cy"))
        across, down = (float(one.get(name) or one.get("r")) for name in ("rx", "ry"))
        points, kind = [(x - across, y - down), (x + across, y + down)], "ellipse"
    elif kind == "rect":
        x, y, across, down = (float(one.get(name)) for name in ("x", "y", "width", "height"))
        points = [(x, y), (x + across, y + down)]
    elif kind == "text":
        points = [(float(one.get("x")), float(one.get("y")))]
    elif kind == "polyline":
        kind = "line"
    a, b, c, d, e, f = matrix
    placed = [(a * x + c * y + e, b * x + d * y + f) for x, y in points]
    left, top = min(x for x, _ in placed), min(y for _, y in placed)
    right, bottom = max(x for x, _ in placed), max(y for _, y in placed)
    return Shape(
        kind, QRectF(left, top, right - left, bottom - top), group.get("stroke", "none"), group.get("fill", "none"),
        float(group.get("stroke-width", 0.0)), one.text or "", group.get("stroke-dasharray") is not None,
    )  # fmt: skip
