"""Paints a diagram: links, nodes, names, what each layer has, and what the lines mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended
from regdesk.views.kit.name_room import elided_all
from regdesk.views.network.diagram import SHARES, WIDTHS_PX
from regdesk.views.network.heads import head_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PySide6.QtGui import QFontMetrics

    from regdesk.core.run.scene import RunScene
    from regdesk.core.types import Booleans, Float64s, Integers
    from regdesk.core.weights.liveness import Liveness
    from regdesk.views.network.diagram import Diagram

MOST_RADIUS_PX, LEAST_RADIUS_PX = 5.0, 1.5
RING_PX = 3.0
"""Around what is selected."""
NAME_GAP_PX, BRACKET_PX = 12.0, 3.5
"""Between a name and the centre of its node, and from the name to what holds inputs of one column together."""
SELECTED_WIDTH_PX, FEW_MARKED = 2.0, 24
"""Where many weights are selected each is as wide as it was."""
MANY_LINKS, SLIM = 400, 0.6
"""So many links, or more, are drawn slimmer: they would cover each other."""
HEAD_LINES = 2
"""Of words above the layers."""
LINE_SHARE = 0.86
"""Of a line's height, by which two names stand apart."""
FAR_PX = 4000.0
"""Wide enough for any name that has been cut to its room."""
SAMPLE_PX = 22
"""Of a line in the key beneath the picture."""


class DiagramPainter:
    """Keeps what depends on the size and the names alone."""

    def __init__(self) -> None:
        self.input_labels: list[str] = []
        self.output_labels: list[str] = []
        self._labels: list[str] = []
        self._step = 1
        self._columns: list[tuple[int, int]] = []
        self._lines = PrimitiveArray(QLineF, 4)
        self.body: QRect | None = None
        """Where layers are seen of a picture that has been moved; None where all of it is in sight."""

    def lay_out(self, diagram: Diagram, scene: RunScene, metrics: QFontMetrics, rooms_px: tuple[float, float]) -> None:
        """``rooms_px`` are those left of the inputs and right of the outputs."""
        inputs = [scene.input_names[number] for number in diagram.nodes[0]]
        outputs = [scene.output_names[number] for number in diagram.nodes[-1]]
        left, right = (room - NAME_GAP_PX - 4 for room in rooms_px)
        self._labels, self._step = elided_all(inputs, metrics, left), _step_of(diagram.places[0], metrics)
        self.input_labels = named_rows(self._labels, self._step, range(len(inputs)))
        labels = elided_all(outputs, metrics, right)
        self.output_labels = named_rows(labels, _step_of(diagram.places[-1], metrics), range(len(outputs)))
        columns = [scene.column_names[number] for number in diagram.nodes[0]]
        self._columns = _spans(columns)

    def paint(
        self,
        painter: QPainter,
        room: QRect,
        diagram: Diagram,
        classes: Integers,
        liveness: Liveness,
        marked: Integers,
        ringed: Mapping[int, int],
    ) -> None:
        """``marked`` are places of selected weights among all parameters, ``ringed`` selected nodes by their layer."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.body is not None:
            painter.setClipRect(self.body)
        self._paint_links(painter, diagram, classes)
        self._paint_marked(painter, diagram, classes, marked)
        alive = [liveness.inputs, *liveness.units, None]
        for layer, own in enumerate(alive):
            self._paint_nodes(painter, diagram, layer, own, ringed.get(layer) if len(marked) else None)
        self._paint_names(painter, diagram, liveness.inputs, ringed.get(0))
        painter.setClipping(False)
        self._paint_heads(painter, room, diagram, liveness)
        _paint_key(painter, room)

    def _paint_links(self, painter: QPainter, diagram: Diagram, classes: Integers) -> None:
        colours = theme.colours()
        # The strong ones last: they lie on top.
        for strength, (width_px, share) in enumerate(zip(WIDTHS_PX, SHARES, strict=True), start=1):
            for sign, colour in ((1, colours.weights), (-1, colours.negative_weights)):
                pen = QPen(blended(colour, share), max(1.0, _slimness(diagram) * width_px))
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                self._draw_lines(painter, diagram.lines[classes == sign * strength], pen)

    def _paint_marked(self, painter: QPainter, diagram: Diagram, classes: Integers, marked: Integers) -> None:
        if not len(marked):
            return
        is_marked, slim = np.isin(diagram.positions, marked), _slimness(diagram)
        colour = QColor(theme.colours().selected)
        for strength in (0, *range(1, len(WIDTHS_PX) + 1)):
            own = diagram.lines[is_marked & (np.abs(classes) == strength)]
            least_px = SELECTED_WIDTH_PX if len(marked) <= FEW_MARKED else 1.0
            pen = QPen(colour, max(slim * WIDTHS_PX[strength - 1], least_px) if strength else 1.0)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if not strength:
                # Where one weight is selected that is zero, it is seen where it would be.
                pen.setStyle(Qt.PenStyle.DotLine)
                own = own if len(marked) == 1 else own[:0]
            self._draw_lines(painter, own, pen)

    def _draw_lines(self, painter: QPainter, lines: Float64s, pen: QPen) -> None:
        if not len(lines):
            return
        self._lines.resize(len(lines))
        self._lines.ndarray()[:] = lines
        painter.setPen(pen)
        # Of the stubs' two, PySide takes the C++ form: the first of an array, and how many there are.
        draw = painter.drawLines
        draw(*self._lines.drawargs())

    def _paint_nodes(
        self, painter: QPainter, diagram: Diagram, layer: int, alive: Booleans | None, ringed: int | None
    ) -> None:
        """``alive`` is None for outputs, of which all are."""
        colours = theme.colours()
        radius = min(MOST_RADIUS_PX, max(0.38 * diagram.gaps_px[layer], LEAST_RADIUS_PX))
        for number, (x, y) in zip(diagram.nodes[layer], diagram.places[layer], strict=True):
            is_alive = alive is None or bool(alive[number])
            painter.setPen(QPen(QColor(colours.text if is_alive else colours.zero), 1.0))
            painter.setBrush(QColor(colours.text if is_alive else colours.background))
            painter.drawEllipse(QPointF(x, y), radius, radius)
            if number == ringed:
                painter.setPen(QPen(QColor(colours.selected), SELECTED_WIDTH_PX))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(QPointF(x, y), radius + RING_PX, radius + RING_PX)

    def _paint_names(self, painter: QPainter, diagram: Diagram, is_in: Booleans, ringed: int | None) -> None:
        colours, metrics = theme.colours(), painter.fontMetrics()
        places, nodes = diagram.places[0], diagram.nodes[0]
        # What matters has its name first, where not all have room: what is selected, then what is in.
        rows = sorted(range(len(nodes)), key=lambda row: (nodes[row] != ringed, not is_in[nodes[row]]))
        self.input_labels = named_rows(self._labels, self._step, rows)
        for label, number, (x, y) in zip(self.input_labels, diagram.nodes[0], places, strict=True):
            if label:
                colour = colours.text if is_in[number] else colours.disabled_text
                painter.setPen(QColor(colours.selected if number == ringed else colour))
                box = QRectF(x - NAME_GAP_PX - FAR_PX, y - 0.5 * metrics.height(), FAR_PX, metrics.height())
                painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, label)
        # Inputs of one column, such as the labels of a category, are held together.
        painter.setPen(QPen(QColor(colours.quiet_text), 1.0))
        for first, last in self._columns:
            x = places[first, 0] - NAME_GAP_PX + BRACKET_PX
            painter.drawLine(QPointF(x, places[first, 1] - 3.0), QPointF(x, places[last, 1] + 3.0))
        painter.setPen(QColor(colours.text))
        for label, (x, y) in zip(self.output_labels, diagram.places[-1], strict=True):
            box = QRectF(x + NAME_GAP_PX, y - 0.5 * metrics.height(), FAR_PX, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, label)

    def _paint_heads(self, painter: QPainter, room: QRect, diagram: Diagram, liveness: Liveness) -> None:
        colours, metrics = theme.colours(), painter.fontMetrics()
        counts = [(int(own.sum()), len(own)) for own in (liveness.inputs, *liveness.units)]
        places_px = [float(own[0, 0]) for own in diagram.places]
        for row, line in enumerate(head_lines(counts, places_px, metrics, room.width())):
            painter.setPen(QColor(colours.text if row == 0 else colours.quiet_text))
            for (text, left), place_px in zip(line, places_px, strict=False):
                if not 0.0 <= place_px <= room.width():
                    # A hand has moved the layer out of sight.
                    continue
                painter.drawText(QPointF(left, row * metrics.height() + metrics.ascent()), text)


def _slimness(diagram: Diagram) -> float:
    return SLIM if len(diagram.lines) >= MANY_LINKS else 1.0


def growth_for_names(diagram: Diagram, metrics: QFontMetrics) -> float:
    """By which factor the picture would have to be higher for the name of every input and output; 1 where they are all
    there.
    """
    gaps = [float(own[1, 1] - own[0, 1]) for own in (diagram.places[0], diagram.places[-1]) if len(own) > 1]
    return max([1.0, *(LINE_SHARE * metrics.height() / max(gap, 1e-6) for gap in gaps)])


def _step_of(places: Float64s, metrics: QFontMetrics) -> int:
    """How many rows apart two names have room."""
    if len(places) < 2:
        return 1
    gap = float(places[1, 1] - places[0, 1])
    return max(1, int(np.ceil(LINE_SHARE * metrics.height() / max(gap, 1e-6))))


def named_rows(labels: Sequence[str], step: int, rows: Iterable[int]) -> list[str]:
    """``labels`` of ``rows``, the first before the others, where ``step`` rows are between any two; else empty."""
    if step == 1:
        return list(labels)
    named: list[int] = []
    for row in rows:
        if all(abs(row - other) >= step for other in named):
            named.append(row)
    return [label if row in named else "" for row, label in enumerate(labels)]


def _spans(columns: list[str]) -> list[tuple[int, int]]:
    """First and last row of each column that has several inputs."""
    found, first = [], 0
    for row in range(1, len(columns) + 1):
        if row == len(columns) or columns[row] != columns[first]:
            if row - first > 1:
                found.append((first, row - 1))
            first = row
    return found


def _paint_key(painter: QPainter, room: QRect) -> None:
    colours, metrics = theme.colours(), painter.fontMetrics()
    parts = ((_tr("positive"), colours.weights), (_tr("negative"), colours.negative_weights), (_tr("out, dead"), ""))
    x, middle = 2.0, room.height() - 0.5 * metrics.height() - 1.0
    for text, colour in parts:
        needed = SAMPLE_PX + 6 + metrics.horizontalAdvance(text)
        if x + needed > room.width():
            return
        if colour:
            painter.setPen(QPen(QColor(colour), 3.0))
            painter.drawLine(QPointF(x, middle), QPointF(x + SAMPLE_PX, middle))
        else:
            painter.setPen(QPen(QColor(colours.zero), 1.0))
            painter.setBrush(QColor(colours.background))
            painter.drawEllipse(QPointF(x + SAMPLE_PX - MOST_RADIUS_PX, middle), MOST_RADIUS_PX, MOST_RADIUS_PX)
        painter.setPen(QColor(colours.quiet_text))
        painter.drawText(QPointF(x + SAMPLE_PX + 6, middle + 0.5 * metrics.ascent() - 1.0), safe_line(text))
        x += needed + 14


def _tr(text: str) -> str:
    return QCoreApplication.translate("NetworkPicture", text)
