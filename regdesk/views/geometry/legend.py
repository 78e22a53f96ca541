"""What is drawn how in the plane of two weights, each sample as it is drawn there."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from regdesk.core.words.settings_text import PENALTY_NAMES
from regdesk.views.geometry.words import SHAPES
from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended, faded
from regdesk.views.kit.plain_text import tool_tip
from regdesk.views.kit.text_size import scaled_px

if TYPE_CHECKING:
    from regdesk.core.geometry.view import GeometryView

Sample = Literal["line", "thick line", "dashes", "ball", "dot", "ring", "plus", "star", "arrow", "wedge"]
Mark = Literal[
    "contours", "through", "ball", "here", "touch", "free", "best", "path", "arrow", "wedge", "normal", "trail"
]  # fmt: skip
"""What a plot of the plane can show."""
SAMPLE_PX, GAP_PX, APART_PX = 18, 4, 12
"""Width of a sample, from it to its words, and from those to the next sample."""


@dataclass(frozen=True)
class Entry:
    """One sample and its words; ``colour`` is the name of a colour of the theme."""

    sample: Sample
    colour: str
    words: str


def entries_of(view: GeometryView, seen: Set[Mark]) -> tuple[Entry, ...]:
    """Of ``view``, what matters most first; ``seen`` are the marks that stand within a plot and are large enough."""
    look = view.looks[0]
    shape = "penalty's ball" if len(view.looks) > 1 else f"{PENALTY_NAMES[look.kind]}'s {SHAPES.get(look.kind, 'ball')}"
    is_sum = view.choice.is_sum
    # What has been solved is not the model that was trained, whose way stays in the picture.
    here, through, trail = (
        ("exact optimum", "the optimum's contour", "way of training")
        if view.is_exact
        else ("your model", "the model's contour", "its way")
    )
    # Few letters each: what is left out of a legend is a riddle in the picture.
    known: tuple[tuple[Mark, Entry], ...] = (
        ("contours", Entry("line", "text" if is_sum else "training", "equal J" if is_sum else "equal loss")),
        ("ball", Entry("ball", "penalty", shape)),
        ("here", Entry("dot", "weights", here if len(view.looks) == 1 else "each model")),
        ("touch", Entry("ring", "text", "both touch")),
        ("arrow", Entry("arrow", "training", "pull of the loss")),
        ("wedge", Entry("wedge", "penalty", "pulls that λ holds")),
        ("normal", Entry("dashes", "penalty", "the pull that λ holds")),
        ("best", Entry("star", "lam", "optimum")),
        ("path", Entry("dashes", "lam", "optima over λ")),
        ("through", Entry("thick line", "training", through)),
        # It has its name in the picture, where there is room.
        ("free", Entry("plus", "training", "least loss")),
        ("trail", Entry("line", "weights", trail)),
    )
    return tuple(entry for mark, entry in known if mark in seen)


class GeometryLegend(QWidget):
    """As many entries as have room on its lines; the tool tip has all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("geometryLegend")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.entries: tuple[Entry, ...] = ()
        self._n_lines = 1

    def show_entries(self, entries: Sequence[Entry]) -> None:
        if tuple(entries) == self.entries:
            return
        self.entries = tuple(entries)
        words = ", ".join(entry.words for entry in self.entries)
        self.setAccessibleName(self.tr("Legend: {words}").format(words=words))
        self.setToolTip(tool_tip(words))
        self.update()

    def show_lines(self, n_lines: int) -> None:
        """How many lines there are room for."""
        if n_lines != self._n_lines:
            self._n_lines = n_lines
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, self._n_lines * self._line_px)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def _line_px(self) -> int:
        return self.fontMetrics().height() + 1

    def places(self) -> list[tuple[Entry, QRectF]]:
        """Of the entries that have room, sample and words in one box."""
        metrics, found = self.fontMetrics(), []
        left, line = 0.0, 0
        for entry in self.entries:
            width = scaled_px(SAMPLE_PX) + GAP_PX + metrics.horizontalAdvance(entry.words)
            if left + width > self.width() and left > 0 and line + 1 < self._n_lines:
                left, line = 0.0, line + 1
            if left + width > self.width():
                # A shorter one further on may have the rest of the line; none is cut.
                continue
            found.append((entry, QRectF(left, line * self._line_px, width, self._line_px)))
            left += width + scaled_px(APART_PX)
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for entry, box in self.places():
            sample = QRectF(box.left(), box.top() + 1.0, scaled_px(SAMPLE_PX), box.height() - 2.0)
            _paint_sample(painter, entry, sample)
            painter.setPen(QColor(theme.colours().quiet_text))
            words = box.adjusted(scaled_px(SAMPLE_PX) + GAP_PX, 0.0, 2.0, 0.0)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), entry.words)
        painter.end()


def _paint_sample(painter: QPainter, entry: Entry, box: QRectF) -> None:
    colour = QColor(getattr(theme.colours(), entry.colour))
    middle, pen = box.center(), QPen(colour, 1.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if entry.sample == "thick line":
        pen.setWidthF(2.5)
    if entry.sample == "dashes":
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    left, right = QPointF(box.left() + 1.0, middle.y()), QPointF(box.right() - 1.0, middle.y())
    if entry.sample in ("line", "thick line", "dashes"):
        painter.drawLine(left, right)
    elif entry.sample == "ball":
        painter.setBrush(QBrush(blended(colour.name(), 0.28)))
        painter.drawRect(box.adjusted(2.0, 2.0, -2.0, -2.0))
    elif entry.sample == "dot":
        painter.setBrush(colour)
        painter.drawEllipse(middle, 4.0, 4.0)
    elif entry.sample == "ring":
        painter.drawEllipse(middle, 5.5, 5.5)
    elif entry.sample == "plus":
        painter.drawLine(middle - QPointF(5.0, 0.0), middle + QPointF(5.0, 0.0))
        painter.drawLine(middle - QPointF(0.0, 5.0), middle + QPointF(0.0, 5.0))
    elif entry.sample == "star":
        turns = [0.2 * math.pi * number for number in range(10)]
        corners = [(6.5 if number % 2 == 0 else 2.6, turn) for number, turn in enumerate(turns)]
        star = [QPointF(size * math.sin(turn), -size * math.cos(turn)) for size, turn in corners]
        painter.drawPolygon(QPolygonF([middle + corner for corner in star]))
    elif entry.sample == "arrow":
        painter.drawPolyline([left, right, right + QPointF(-4.0, -3.0), right, right + QPointF(-4.0, 3.0)])
    else:
        painter.setBrush(QBrush(QColor(*faded(colour.name(), 0.45))))
        low, high = box.adjusted(2.0, 2.0, -2.0, -2.0).bottomLeft(), box.adjusted(2.0, 2.0, -2.0, -2.0)
        painter.drawPolygon(QPolygonF([low, high.topLeft(), high.topRight()]))
