"""Weights by name, one line each, with a bar for each model that they are drawn of; those at zero are open rings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from regdesk.core.words.number_text import fixed_text
from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended
from regdesk.views.kit.name_room import elided_all
from regdesk.views.kit.plain_text import tool_tip
from regdesk.views.kit.text_size import scaled_px

if TYPE_CHECKING:
    from regdesk.core.types import Float64s

NAME_SHARE = 0.34
"""Of the width, that names have at most."""
GAP_PX, LINE_ROOM_PX = 8, 3
SELECTED_SHARE = 0.25
"""Of the colour of the selection, behind the line of a weight that is selected."""
LEAST_BAR_PX = 64
"""Of an axis with the numbers beside it."""
LONGEST = "-0.0000"
"""Of the numbers at the end of a line."""
RING_PX, DOT_PX = 3.0, 3.5
NO_VALUES: Float64s = np.zeros((0, 1))


@dataclass(frozen=True, eq=False)
class BarRows:
    """``values`` ``(n_rows, n_models)`` of the weights called ``names``, drawn from −``limit`` to ``limit``;
    ``positions`` ``(n_rows,)`` are theirs among all parameters.
    """

    names: tuple[str, ...]
    values: Float64s
    positions: tuple[int, ...]
    limit: float


EMPTY = BarRows((), NO_VALUES, (), 1.0)


class SortedBars(QWidget):
    """Signal: ``weight_selected(int)``, the position of the weight whose line was clicked on."""

    weight_selected = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sortedWeights")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAutoFillBackground(False)
        self.rows = EMPTY
        self._selected: frozenset[int] = frozenset()
        self._cut: tuple[str, ...] = ()
        self._cut_for: object = None

    def show_rows(self, rows: BarRows) -> None:
        """What is drawn from now on."""
        is_longer = len(rows.names) != len(self.rows.names)
        self.rows = rows
        if is_longer:
            self.updateGeometry()
        self.update()

    def show_selected(self, positions: frozenset[int]) -> None:
        """Whose lines stand on the colour of the selection."""
        if positions != self._selected:
            self._selected = positions
            self.update()

    @property
    def line_px(self) -> int:
        return self.fontMetrics().height() + LINE_ROOM_PX

    def sizeHint(self) -> QSize:
        return QSize(scaled_px(200), len(self.rows.names) * self.line_px)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, len(self.rows.names) * self.line_px)

    @property
    def columns(self) -> list[QRectF]:
        """Where the bars of each model are: from the left end of the axis to its right end, without the numbers."""
        n_models = max(self.rows.values.shape[1], 1)
        left = self._names_px + GAP_PX
        width = (self.width() - left) / n_models
        number_px = self.fontMetrics().horizontalAdvance(LONGEST) + GAP_PX if self._has_numbers else 0
        return [
            QRectF(left + width * model, 0.0, max(width - number_px - GAP_PX, 10.0), float(self.height()))
            for model in range(n_models)
        ]

    @property
    def _has_numbers(self) -> bool:
        """Whether bars are long enough beside them; else they are in the tool tip alone."""
        width = (self.width() - self._names_px - GAP_PX) / max(self.rows.values.shape[1], 1)
        bar_px = width - self.fontMetrics().horizontalAdvance(LONGEST) - 2 * GAP_PX
        return bool(bar_px >= scaled_px(LEAST_BAR_PX))

    @property
    def _names_px(self) -> int:
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(name) for name in self.rows.names), default=0)
        return round(min(longest + 2, NAME_SHARE * self.width()))

    def cut_names(self) -> tuple[str, ...]:
        """The names as they are written: cut in the middle, and none like another."""
        room = self._names_px
        cut_for = self.rows.names, room, self.font().toString()
        if cut_for != self._cut_for:
            self._cut_for = cut_for
            self._cut = tuple(elided_all(self.rows.names, self.fontMetrics(), room))
        return self._cut

    def row_at(self, place: QPoint) -> int | None:
        """The line under ``place``."""
        row = place.y() // self.line_px
        return row if 0 <= row < len(self.rows.names) else None

    def row_text(self, row: int, titles: Sequence[str] = ()) -> str:
        """Name and numbers of a line."""
        values = [fixed_text(float(value)) if value else "0" for value in self.rows.values[row]]
        titled = [f"{title} {value}" for title, value in zip(titles, values, strict=True)] if titles else values
        return f"{self.rows.names[row]}: {', '.join(titled)}"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_numbers = self._has_numbers
        columns, names, line_px = self.columns, self.cut_names(), self.line_px
        first = max(event.rect().top() // line_px, 0)
        last = min(event.rect().bottom() // line_px + 1, len(names))
        for column in columns:
            painter.setPen(QPen(QColor(colours.grid), 1))
            middle = round(column.center().x()) + 0.5
            painter.drawLine(QPointF(middle, first * line_px), QPointF(middle, last * line_px))
        for row in range(first, last):
            box = QRectF(0.0, row * line_px, self._names_px, line_px)
            if self.rows.positions[row] in self._selected:
                whole = QRectF(0.0, box.top(), self.width(), line_px)
                painter.fillRect(whole, blended(colours.highlight, SELECTED_SHARE))
            is_dead = not self.rows.values[row].any()
            painter.setPen(QColor(colours.quiet_text if is_dead else colours.text))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), names[row])
            for column, value in zip(columns, self.rows.values[row], strict=True):
                self._paint_value(painter, column, box, float(value), has_numbers)
        painter.end()

    def _paint_value(self, painter: QPainter, column: QRectF, box: QRectF, value: float, has_number: bool) -> None:
        colours, y, middle = theme.colours(), box.center().y(), column.center().x()
        if value == 0.0:
            painter.setPen(QPen(QColor(colours.zero), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(middle, y), RING_PX, RING_PX)
        else:
            share = min(max(value / self.rows.limit, -1.0), 1.0)
            end = QPointF(middle + 0.5 * share * column.width(), y)
            painter.setPen(QPen(QColor(colours.weights), 2.0))
            painter.drawLine(QPointF(middle, y), end)
            painter.setBrush(QColor(colours.weights))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(end, DOT_PX, DOT_PX)
        if not has_number:
            return
        painter.setPen(QColor(colours.quiet_text))
        width = self.fontMetrics().horizontalAdvance(LONGEST) + 2
        number = QRectF(column.right() + GAP_PX, box.top(), width, box.height())
        text = "0" if value == 0.0 else fixed_text(value)
        painter.drawText(number, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self.row_at(event.pos())
            QToolTip.showText(event.globalPos(), tool_tip(self.row_text(row)) if row is not None else "", self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            self.weight_selected.emit(self.rows.positions[row])
        super().mouseReleaseEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()
