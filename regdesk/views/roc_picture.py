"""Two classes: the ROC of the validation rows, thin and dashed that of the training rows, and threshold 0.5 on it."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt

from regdesk.core.narration import fixed_text
from regdesk.core.ranking import thinned
from regdesk.views import theme
from regdesk.views.blends import faint
from regdesk.views.fit_axes import SHARE_SPAN, show_html
from regdesk.views.panel import coloured

if TYPE_CHECKING:
    from regdesk.core.fit_scene import FitFrame

MAX_POINTS = 2_000
LABEL_GAP_PX = 5.0
"""Between the point and its label."""
LABEL_OPACITY = 170


class RocPicture:
    """Items of the ROC; made once."""

    def __init__(self, plot: Any) -> None:
        self.curve = pg.PlotCurveItem()
        self.train = pg.PlotCurveItem()
        self.point = pg.ScatterPlotItem(symbol="o", size=11)
        self.point_label = pg.TextItem(anchor=(0.0, 0.0))
        self.figures = pg.TextItem(anchor=(1.0, 1.0))
        self._figures_html = ""
        self._box = plot.getViewBox()
        self._box.sigResized.connect(self._on_view_resized)
        self._items = (self.train, self.curve, self.point, self.point_label, self.figures)
        for height, item in enumerate(self._items):
            item.setZValue(height)
            item.setVisible(False)
            plot.addItem(item, ignoreBounds=True)
        self.figures.setPos(1.0, 0.0)

    def hide(self) -> None:
        for curve in (self.curve, self.train):
            curve.setData([], [])
        for item in self._items:
            item.setVisible(False)
        self._figures_html = ""

    def show_scene(self) -> None:
        colours = theme.colours()
        self.curve.setPen(pg.mkPen(colours.validation, width=2))
        self.train.setPen(pg.mkPen(colours.training, width=1, style=Qt.PenStyle.DashLine))
        self.point.setPen(pg.mkPen(colours.text, width=2))
        self.point.setBrush(pg.mkBrush(colours.background))
        self.point_label.setColor(colours.text)
        # Where it is narrow a curve runs beneath it.
        self.point_label.fill = pg.mkBrush(faint(colours.background, LABEL_OPACITY))
        self.point_label.setPlainText("threshold 0.5")
        self._figures_html = ""

    def show_frame(self, fit: FitFrame, shows_training: bool, shows_validation: bool) -> None:
        two = fit.scores_of_two
        assert two is not None
        for curve, ranking, is_shown in (
            (self.curve, two.validation, shows_validation),
            (self.train, two.train, shows_training or two.is_of_training),
        ):
            curve.setData(*thinned(ranking, MAX_POINTS))
            curve.setVisible(is_shown)
        false_positive, true_positive = two.even_odds
        has_point = math.isfinite(false_positive) and math.isfinite(true_positive)
        if has_point:
            self.point.setData([false_positive], [true_positive])
        self.point.setVisible(has_point)
        self.point_label.setVisible(has_point)
        html = figures_html(fit)
        if html != self._figures_html:
            self._figures_html = html
            show_html(self.figures, html)
        self._make_room()
        self._place_label()

    def _make_room(self) -> None:
        """Where they would not stay below the diagonal the figures are in the readout alone."""
        box, size = self._box, self.figures.boundingRect()
        has_room = size.width() / max(box.width(), 1.0) + size.height() / max(box.height(), 1.0) < 0.97
        self.figures.setVisible(bool(self._figures_html) and has_room)

    def _place_label(self) -> None:
        """Beside the point, where the label is neither cut off nor on the figures."""
        x, y = self.point.getData()
        if not len(x):
            return
        box, (low, high) = self._box, SHARE_SPAN
        x_per_px, y_per_px = ((high - low) / max(one, 1.0) for one in (box.width(), box.height()))
        point = QPointF((x[0] - low) / x_per_px, (high - y[0]) / y_per_px)
        figures = self.figures.boundingRect() if self.figures.isVisible() else QRectF()
        figures.moveBottomRight(QPointF((1.0 - low) / x_per_px, high / y_per_px))
        place = label_place(
            point, self.point_label.boundingRect(), QRectF(0.0, 0.0, box.width(), box.height()), figures
        )
        self.point_label.setPos(low + place.x() * x_per_px, high - place.y() * y_per_px)

    def _on_view_resized(self) -> None:
        self._make_room()
        self._place_label()


def label_place(point: QPointF, label: QRectF, room: QRectF, taken: QRectF) -> QPointF:
    """The top left corner of a label beside ``point``, within ``room`` and not on ``taken``; all in pixels."""
    width, height = label.width(), label.height()
    within = max(0.0, min(point.x() - 0.5 * width, room.right() - width))
    across = (point.x() + LABEL_GAP_PX, point.x() - LABEL_GAP_PX - width, within)
    rows = (point.y() + LABEL_GAP_PX, point.y() - LABEL_GAP_PX - height)
    places = [QRectF(left, top, width, height) for top in rows for left in across]
    inside = [place for place in places if room.contains(place)]
    free = [place for place in inside if not place.intersects(taken)]
    return (free or inside or places)[0].topLeft()


def figures_html(fit: FitFrame) -> str:
    """The areas of both curves, each in its colour."""
    two, colours = fit.scores_of_two, theme.colours()
    assert two is not None
    lines = []
    if not two.is_of_training:
        lines.append(coloured(escape(f"validation AUROC {fixed_text(two.validation.auroc)}"), colours.validation))
        precision = f"average precision {fixed_text(two.validation.average_precision)}"
        lines.append(coloured(escape(precision), colours.validation))
    lines.append(coloured(escape(f"training AUROC {fixed_text(two.train.auroc)}"), colours.training))
    return f'<div align="right">{"<br>".join(lines)}</div>'
