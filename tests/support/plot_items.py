"""What a panel's plots hold, found as anybody can find it: by the names of items, as they are shown."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPainter, QPicture
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsObject, QWidget

from regdesk.views.kit.readout_label import ReadoutLabel
from regdesk.views.plots.hover import HoverBubble
from regdesk.views.plots.panel import Panel


def show(qtbot: Any, panel: Any, width: int = 700, height: int = 500) -> Any:
    """``panel``, or what it is in, alone on the screen and of that size."""
    qtbot.addWidget(panel)
    if isinstance(panel, Panel):
        panel.build()
    panel.resize(width, height)
    with qtbot.waitExposed(panel):
        panel.show()
    settle()
    return panel


def settle() -> None:
    """Let what was asked for be laid out and painted."""
    for _ in range(5):
        QApplication.processEvents()


def views(panel: QWidget) -> list[Any]:
    """The pyqtgraph views of a panel that are not hidden, in the order in which it took them in."""
    found = [one for one in panel.findChildren(pg.GraphicsView) if one.isVisibleTo(panel)]
    return sorted(found, key=lambda view: (len(view.objectName()), view.objectName()))


def items(panel: QWidget, name: str) -> list[Any]:
    """All items of that name which can be seen, in the order in which they are painted."""
    order = Qt.SortOrder.AscendingOrder
    return [
        one
        for view in views(panel)
        for one in view.scene().items(order)
        if isinstance(one, QGraphicsObject) and one.objectName() == name and one.isVisible()
    ]


def item(panel: QWidget, name: str) -> Any:
    """The one item of that name which can be seen."""
    found = items(panel, name)
    assert len(found) == 1, f"{len(found)} items are called {name}"
    return found[0]


def plots(panel: QWidget) -> list[Any]:
    """The plots that can be seen, from above and in a row from the left."""
    found = [
        one for view in views(panel) for one in view.scene().items() if isinstance(one, pg.PlotItem) and one.isVisible()
    ]
    return sorted(found, key=lambda one: (round(one.scenePos().y()), one.scenePos().x()))


def view_of(plot_item: Any) -> Any:
    """The widget that an item is looked at in."""
    return plot_item.scene().views()[0]


def tick_texts(axis: Any) -> list[tuple[float, str]]:
    """What is written at an axis: the place in its units, and the words as they are painted; by ascending place."""
    picture = QPicture()
    painter = QPainter(picture)
    try:
        _, _, texts = axis.generateDrawSpecs(painter)
    finally:
        painter.end()
    found = []
    for box, _, text in texts:
        place = axis.mapToItem(axis.linkedView(), box.center())
        value = axis.linkedView().mapToView(place)
        found.append((float(value.x() if axis.orientation in ("bottom", "top") else value.y()), str(text)))
    return sorted(found)


def readout_text(panel: QWidget) -> str:
    """The sentences under the title as rich text."""
    return str(panel.findChild(ReadoutLabel).text())


def bubble(panel: QWidget) -> HoverBubble:
    found = panel.findChild(HoverBubble)
    assert isinstance(found, HoverBubble)
    return found


def hover(qtbot: Any, panel: QWidget, plot: Any, x: float, y: float) -> str:
    """What the bubble says when the pointer is moved to a place of ``plot`` in its units."""
    # What was written just now may still move the layout.
    settle()
    window, view, found = panel.window(), view_of(plot), bubble(panel)
    spot = view.mapTo(window, view.mapFromScene(plot.getViewBox().mapViewToScene(QPointF(x, y))))

    def is_told() -> bool:
        # A hand is never quite still, and what was said of another place is not said of this one.
        for shift in (QPoint(0, 1), QPoint(0, 0)):
            QTest.mouseMove(window.windowHandle(), spot + shift)
            settle()
        return view.underMouse() and found.isVisible()

    # Of moves that follow each other within 10 ms pyqtgraph drops the second.
    rate_hz = pg.getConfigOption("mouseRateLimit")
    pg.setConfigOption("mouseRateLimit", -1)
    try:
        qtbot.waitUntil(is_told)
    finally:
        pg.setConfigOption("mouseRateLimit", rate_hz)
    return str(found.text())
