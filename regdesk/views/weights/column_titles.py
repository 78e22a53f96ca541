"""The line above sorted weights: what each column of bars is of, and the ends of its axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from regdesk.views.kit import theme

if TYPE_CHECKING:
    from regdesk.views.weights.sorted_bars import SortedBars


class ColumnTitles(QWidget):
    """Stands above ``bars``; ``names`` are the short titles of its columns, none where there is one column."""

    def __init__(self, bars: SortedBars) -> None:
        super().__init__()
        self.setObjectName("sortedWeightsTitles")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bars = bars
        self._titles: tuple[tuple[str, str], ...] = ()
        self._limit = 1.0

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(short for _, short in self._titles)

    def show_titles(self, titles: tuple[tuple[str, str], ...], limit: float) -> None:
        """A long and a short title for each column, and the end of all axes."""
        if (titles, limit) == (self._titles, self._limit):
            return
        is_higher = bool(titles) != bool(self._titles)
        self._titles, self._limit = titles, limit
        self.setAccessibleName(", ".join(long for long, _ in titles))
        self.setToolTip("\n".join(long for long, _ in titles))
        if is_higher:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, (2 if self._titles else 1) * (self.fontMetrics().height() + 1))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours, metrics = QPainter(self), theme.colours(), self.fontMetrics()
        line_px = metrics.height() + 1
        top = line_px if self._titles else 0
        for number, column in enumerate(self._bars.columns):
            if self._titles:
                long, short = self._titles[number]
                room = QRectF(column.left(), 0.0, self.width() - column.left(), line_px)
                columns = self._bars.columns
                if number + 1 < len(columns):
                    room.setRight(columns[number + 1].left() - 4.0)
                text = long if metrics.horizontalAdvance(long) <= room.width() else short
                painter.setPen(QColor(colours.text))
                painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
            painter.setPen(QColor(colours.quiet_text))
            ends = QRectF(column.left(), top, column.width(), line_px)
            flags = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(ends, int(flags | Qt.AlignmentFlag.AlignLeft), f"{-self._limit:g}")
            painter.drawText(ends, int(flags | Qt.AlignmentFlag.AlignHCenter), "0")
            painter.drawText(ends, int(flags | Qt.AlignmentFlag.AlignRight), f"{self._limit:g}")
        painter.end()
