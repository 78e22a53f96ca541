"""Items that a frame asks nothing: they look as pyqtgraph's do, and do nothing when they are given what they have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from canned import Canned, dataset_of
from plot_items import plots, show
from plot_walker import n_known_rooms
from PySide6.QtCore import QEvent, QObject, QRectF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from tables import write_sparse

from regdesk.views.fit.panel import DataFitPanel
from regdesk.views.history.loss_scale import LossScale
from regdesk.views.history.marks import SEARCH_EVERY, BestMark
from regdesk.views.history.panel import HistoryPanel
from regdesk.views.kit.readout_label import ReadoutLabel, ReadoutRoom
from regdesk.views.plots.axes import quiet_plot
from regdesk.views.plots.free_place import PlotPixels
from regdesk.views.plots.steady_items import SteadyBars, SteadyCurve, SteadyPoints
from regdesk.views.plots.steady_plots import plot_parts
from regdesk.views.plots.steady_ticks import SteadyTicks
from regdesk.views.sweep.panel import LambdaPanel
from regdesk.views.weights.panel import HistogramPanel
from regdesk.views.weights.row_title import RowTitle

X = np.linspace(0.0, 1.0, 50)
CURVES: tuple[dict[str, Any], ...] = (
    {"pen": "b", "antialias": True},
    {"pen": "b", "connect": "finite"},
    {"pen": "b", "stepMode": "right"},
    {"pen": "b", "x": X[:2], "y": X[:1], "stepMode": "center", "fillLevel": 0.0, "brush": "g"},
    {"pen": "b", "x": X[:2], "y": X[:1], "stepMode": "center", "fillLevel": 0.0, "brush": "g", "fillOutline": True},
    {"pen": {"color": "b", "width": 2}, "antialias": False},
)


class Counter(QObject):
    """How often a widget gets events of one kind."""

    def __init__(self, watched: QObject, kind: QEvent.Type) -> None:
        super().__init__(watched)
        self.n_events, self._kind = 0, kind
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.n_events += event.type() == self._kind
        return False


def shown_plot(qtbot: Any, *items: Any, is_ours: bool = True) -> Any:
    view = pg.PlotWidget(**plot_parts()) if is_ours else pg.PlotWidget(enableMenu=False)
    qtbot.addWidget(view)
    view.resize(300, 200)
    quiet_plot(view.getPlotItem(), "x", "y")
    view.setRange(xRange=(0, 1), yRange=(-1, 1), padding=0)
    for item in items:
        view.addItem(item)
    view.show()
    QApplication.processEvents()
    return view


def picture(view: Any) -> QImage:
    QApplication.processEvents()
    return view.grab().toImage()


def make(kind: str, is_ours: bool) -> Any:
    if kind == "points":
        # Open and filled, of which some stand on the edge.
        return (SteadyPoints if is_ours else pg.ScatterPlotItem)(symbol="d", size=9, pen="r", brush="y")
    if kind == "bars":
        return (SteadyBars if is_ours else pg.BarGraphItem)(x=X, width=0.01, height=np.zeros(50), brush="g")
    return (SteadyCurve if is_ours else pg.PlotCurveItem)(**CURVES[int(kind)])


def give(item: Any, values: Any) -> None:
    if hasattr(item, "setOpts"):
        item.setOpts(height=values)
    else:
        if item.opts.get("stepMode") == "center":
            # pyqtgraph fills 50 corners at a time, with a pale seam between two pieces that ours has not.
            values = values[::3]
            item.setData(X[::3][: len(values)], values[:-1])
        else:
            item.setData(X[: len(values)], values)


@pytest.mark.parametrize("kind", ["0", "1", "2", "3", "4", "5", "points", "bars"])
def test_they_are_painted_as_pyqtgraphs_are(kind: str, qtbot: Any) -> None:
    items = [make(kind, is_ours) for is_ours in (True, False)]
    ours, theirs = (shown_plot(qtbot, item, is_ours=own) for item, own in zip(items, (True, False), strict=True))
    blank = picture(ours)
    assert blank == picture(theirs)
    waves = [np.sin(9.0 * X), np.cos(9.0 * X), np.append(np.sin(5.0 * X)[:-1], np.nan), 30.0 * X]
    if kind in ("bars", "3", "4"):
        waves.pop(2)
    seen = []
    for values in waves:
        for item in items:
            give(item, values)
        seen.append(picture(ours))
        assert seen[-1] == picture(theirs)
    assert all(one != blank for one in seen)
    # In other axes, in a view of another size, and hidden meanwhile.
    for step in (
        lambda view: view.setRange(xRange=(0.2, 0.7), yRange=(-0.5, 40.0), padding=0),
        lambda view: view.resize(420, 260),
        lambda view: view.hide(),
        lambda view: view.setRange(xRange=(0, 1), yRange=(-1, 1), padding=0),
        lambda view: view.show(),
    ):
        for view in (ours, theirs):
            step(view)
        assert picture(ours) == picture(theirs)
    if kind not in ("bars", "3", "4"):
        for item in items:
            item.setData([], [])
        assert picture(ours) == picture(theirs)
        for item in items:
            give(item, waves[0][:20])
        assert picture(ours) == picture(theirs)


def test_bars_know_how_far_they_reach_after_they_were_given_heights_alone(qtbot: Any) -> None:
    ours, theirs = make("bars", is_ours=True), make("bars", is_ours=False)
    view = shown_plot(qtbot, ours)
    for heights in (np.sin(9.0 * X), 3.0 * np.cos(9.0 * X)):
        for bars in (ours, theirs):
            bars.setOpts(height=heights)
        assert ours.dataBounds(0) == theirs.dataBounds(0)
        assert ours.dataBounds(1) == theirs.dataBounds(1)
        assert ours.dataBounds(1)[1] == pytest.approx(heights.max(), abs=1.0)
        assert ours.shape().boundingRect() == theirs.shape().boundingRect()
    assert view.isVisible()


def test_ticks_cover_the_pixels_of_the_lines_that_they_stand_for(qtbot: Any) -> None:
    ticks, lines = SteadyTicks(), pg.PlotCurveItem(connect="pairs", antialias=False)
    for item in (ticks, lines):
        item.setPen(pg.mkPen("b", width=2))
    ours, theirs = (shown_plot(qtbot, item, is_ours=own) for item, own in ((ticks, True), (lines, False)))
    blank, generator = picture(ours), np.random.default_rng(0)
    # Some are outside, and some about where a line moves on to the next pixel.
    transform = lines.sceneTransform()
    edge = (100.5 + np.arange(-8, 8) / 512.0 - transform.dx()) / transform.m11()
    for number in range(20):
        x = np.append(generator.uniform(-0.1, 1.1, 30), edge[number % len(edge)])
        middle = generator.uniform(-1.0, 1.0, len(x))
        reach = generator.uniform(0.0, 0.4, len(x))
        ends = np.stack([middle - reach, middle + reach], axis=1).ravel()
        for item in (ticks, lines):
            item.setData(np.repeat(x, 2), ends)
        assert picture(ours) == picture(theirs) != blank


@pytest.mark.parametrize("kind", ["0", "points", "bars"])
def test_what_it_has_already_is_not_painted_again(kind: str, qtbot: Any) -> None:
    item = make(kind, is_ours=True)
    view = shown_plot(qtbot, item)
    give(item, np.sin(X))
    QApplication.processEvents()
    paints = Counter(view.viewport(), QEvent.Type.Paint)
    give(item, np.sin(X))
    QApplication.processEvents()
    assert paints.n_events == 0
    give(item, np.cos(X))
    QApplication.processEvents()
    assert paints.n_events == 1


def test_an_item_fills_the_plot_that_it_is_in_or_nothing(qtbot: Any) -> None:
    curve = SteadyCurve()
    assert curve.boundingRect() == QRectF()
    view = shown_plot(qtbot, curve)
    assert curve.boundingRect() == QRectF()
    curve.setData([0.4, 0.5], [0.0, 1.0])
    box = view.getPlotItem().vb
    assert curve.mapRectToScene(curve.boundingRect()) == box.mapRectToScene(box.rect())
    view.setXRange(0, 5, padding=0)
    view.resize(500, 300)
    QApplication.processEvents()
    left, top, width, height = curve.boundingRect().getRect()
    assert (left, width) == pytest.approx((0.0, 5.0), abs=1e-9)
    assert (top, height) == pytest.approx((-1.0, 2.0), abs=1e-9)
    curve.clear()
    assert curve.boundingRect() == QRectF()


@pytest.mark.parametrize("kind", [DataFitPanel, HistogramPanel, HistoryPanel, LambdaPanel])
def test_axes_and_boxes_know_the_room_that_pyqtgraph_would_find(kind: Any, qtbot: Any, tmp_path: Path) -> None:
    model = Canned.of(dataset_of(write_sparse(tmp_path / "sparse.csv"), "y"), (4,))
    panel = show(qtbot, kind())
    if kind is DataFitPanel:
        panel.show_scene(model.scene)
    else:
        panel.show_run_scene(model.run_scene)
    panel.show_frame(model.frame())
    assert n_known_rooms(panel) >= 3
    panel.resize(420, 330)
    n_known_rooms(panel)
    panel.show_frame(model.with_weights(30.0).frame(900.0))
    n_known_rooms(panel)
    axis = plots(panel)[0].getAxis("left")
    for change in (
        lambda: axis.setWidth(120),
        lambda: axis.setGrid(False),
        lambda: axis.setStyle(tickLength=-12),
        lambda: panel.resize(700, 500),
    ):
        change()
        n_known_rooms(panel)


def test_a_layout_hears_of_another_text_only_where_it_is_higher(qtbot: Any) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    label = ReadoutLabel("one line")
    layout = QVBoxLayout(place)
    layout.addWidget(ReadoutRoom(label))
    layout.addStretch(1)
    place.resize(300, 200)
    place.show()
    QApplication.processEvents()
    requests = Counter(place, QEvent.Type.LayoutRequest)
    height_px = label.height()
    assert label.width() == place.width() - layout.contentsMargins().left() - layout.contentsMargins().right()
    label.setText("another <b>line</b> that is longer")
    # One after the other, what is in it asks what is around it.
    for _ in range(3):
        QApplication.processEvents()
    assert requests.n_events == 0
    label.setText("two<br>lines")
    qtbot.waitUntil(lambda: label.height() > height_px)
    assert requests.n_events > 0
    assert label.height() == label.sizeHint().height() > height_px
    # In another font, too, it is laid out anew.
    font = label.font()
    font.setPointSizeF(2.0 * font.pointSizeF())
    label.setFont(font)
    qtbot.waitUntil(lambda: label.height() > 3 * height_px)
    assert label.height() == label.sizeHint().height()


def test_a_title_moves_the_plots_only_where_it_is_higher(qtbot: Any) -> None:
    view = pg.GraphicsLayoutWidget()
    qtbot.addWidget(view)
    title = RowTitle("", justify="left")
    plot = pg.PlotItem(**plot_parts())
    view.addItem(title, row=0, col=0)
    view.addItem(plot, row=1, col=0)
    view.resize(300, 200)
    view.show()
    title.setText("a line")
    for _ in range(3):
        QApplication.processEvents()
    geometry = plot.geometry()
    requests = Counter(view.ci, QEvent.Type.LayoutRequest)
    title.setText("another line, longer")
    QApplication.processEvents()
    assert title.item.toPlainText() == "another line, longer"
    assert requests.n_events == 0
    assert plot.geometry() == geometry
    title.setText("two<br>lines")
    QApplication.processEvents()
    assert plot.geometry().top() > geometry.top()
    assert plot.geometry().top() >= title.itemRect().height()


def test_words_that_stand_well_do_not_move_to_where_curves_are(qtbot: Any) -> None:
    view = shown_plot(qtbot)
    view.resize(900, 300)
    QApplication.processEvents()
    mark = BestMark(view.getPlotItem())
    scale = LossScale()
    scale.include(1.0, 0.1)
    view.setRange(xRange=(0, 1000), yRange=scale.range, padding=0)
    # The left two thirds are full of curves.
    x = np.linspace(0.0, 650.0, 200)
    pixels = PlotPixels(view.getPlotItem().vb)
    points = np.concatenate([pixels.line(x, np.full(200, height)) for height in np.linspace(*scale.range, 40)])
    best: Any = type("Best", (), {"epoch": 10.0, "validation_loss": 0.5})()
    places = []
    for _ in range(3 * SEARCH_EVERY):
        mark.show(best, 1000.0, (0.0, 1000.0), scale, points)
        places.append((mark.label.pos().x(), mark.label.pos().y()))
    assert places[0][0] > 650.0
    assert set(places) == {places[0]}
    # Where it is free again they come nearer, though not at once.
    for _ in range(SEARCH_EVERY):
        mark.show(best, 1000.0, (0.0, 1000.0), scale, points[:0])
    assert mark.label.pos().x() < 300.0
