"""Where the words of the best epoch stand, in a plot that goes to a picture's sheet and comes back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from plot_items import settle
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor

from regdesk.core.run.history import BestMoment
from regdesk.core.types import Float64s
from regdesk.views.history.loss_scale import LossScale
from regdesk.views.history.marks import BestMark
from regdesk.views.kit import theme
from regdesk.views.plots.free_place import NO_POINTS

EPOCHS = (0.0, 100.0)
WINDOW_PX, SHEET_PX = (420, 240), (960, 600)


class Marked:
    """A plot of fixed ranges with the mark of a best epoch in its middle."""

    def __init__(self, qtbot: Any) -> None:
        self.view = pg.GraphicsLayoutWidget()
        qtbot.addWidget(self.view)
        self.plot = self.view.addPlot()
        self.scale = LossScale()
        self.mark = BestMark(self.plot)
        self.mark.apply_theme()
        self.resize(WINDOW_PX)
        self.view.show()
        self.plot.setRange(xRange=EPOCHS, yRange=self.scale.range, padding=0)
        settle()

    def resize(self, size_px: tuple[int, int]) -> None:
        self.view.setFixedSize(*size_px)
        settle()

    def place(self, points: Float64s = NO_POINTS) -> tuple[float, float]:
        """The upper left corner of the words, in units of the axes, when they have to keep off ``points``."""
        self.mark.show(BestMoment(50.0, 0.5), 100.0, EPOCHS, self.scale, points)
        assert self.mark.label.isVisible()
        return self.mark.label.pos().x(), self.mark.label.pos().y()

    def corner_px(self) -> tuple[float, float]:
        """The upper left corner of the words, in pixels of the plot."""
        corner = self.plot.vb.mapFromView(QPointF(self.mark.label.pos()))
        return corner.x(), corner.y()


@pytest.fixture
def marked(qtbot: Any) -> Marked:
    return Marked(qtbot)


def test_words_stand_where_they_stood_when_the_plot_has_its_size_again(marked: Marked) -> None:
    preferred = marked.place()
    x_px, y_px = marked.corner_px()
    taken = np.array([[x_px + 5.0, y_px + 5.0]])
    elsewhere = marked.place(taken)
    assert elsewhere != preferred
    assert marked.place() == elsewhere, "they stay, though the nearer place is free again"
    marked.resize(SHEET_PX)
    assert marked.place() != elsewhere
    marked.resize(WINDOW_PX)
    assert marked.place() == elsewhere


def test_a_new_run_begins_with_the_nearest_place(marked: Marked) -> None:
    preferred = marked.place()
    x_px, y_px = marked.corner_px()
    assert marked.place(np.array([[x_px + 5.0, y_px + 5.0]])) != preferred
    marked.mark.hide()
    assert marked.place() == preferred


def test_a_line_leads_to_the_mark_from_words_that_stand_apart(marked: Marked) -> None:
    marked.place()
    leader = marked.mark.leader
    x, _ = leader.getData()
    assert x is None or not len(x), "beside the diamond none is needed"
    spot = marked.plot.vb.mapFromView(QPointF(50.0, float(marked.scale.position(np.array([0.5]))[0])))
    around = np.array([[spot.x() + x, spot.y() + y] for x in range(-60, 61, 6) for y in range(-40, 41, 6)])
    marked.place(around)
    ends = [marked.plot.vb.mapFromView(QPointF(*end)) for end in zip(*leader.getData(), strict=True)]
    left, top = marked.corner_px()
    size = marked.mark.label.boundingRect()
    assert left - 1 <= ends[0].x() <= left + size.width() + 1
    assert top - 1 <= ends[0].y() <= top + size.height() + 1
    # It ends at the diamond's rim, on the side of the words.
    assert np.hypot(ends[1].x() - spot.x(), ends[1].y() - spot.y()) == pytest.approx(8.0, abs=0.5)
    # It looks like no curve of losses, which are solid or dashed and in the colours of their names.
    pen = pg.mkPen(leader.opts["pen"])
    assert pen.style() == Qt.PenStyle.DotLine
    assert pen.color() == QColor(theme.colours().quiet_text)
