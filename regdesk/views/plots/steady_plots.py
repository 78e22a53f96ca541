"""Axes and view boxes that know their room: Qt asks each of them several times a frame, and little else moves it.

pyqtgraph's work it out anew each time; for six panels that was a tenth of a frame.
"""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsItem

from regdesk.views.kit import theme
from regdesk.views.plots.zoom_box import ZoomBox

# pyqtgraph is loaded after the first paint, when the theme has been applied.
theme.colour_plots()


class SteadyAxis(pg.AxisItem):
    """An axis that measures itself when it, or the view beside it, has another place, size or style."""

    _room: QRectF | None = None

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.geometryChanged.connect(self._on_geometry_changed)

    def boundingRect(self) -> QRectF:
        if self._room is None:
            self._room = super().boundingRect()
        return self._room

    def linkToView(self, view: Any) -> None:
        super().linkToView(view)
        view.geometryChanged.connect(self._on_geometry_changed)
        self._room = None

    def resizeEvent(self, event: Any = None) -> None:
        self._room = None
        super().resizeEvent(event)

    def setStyle(self, **style: Any) -> None:
        self._room = None
        super().setStyle(**style)

    def setGrid(self, grid: Any) -> None:
        self._room = None
        super().setGrid(grid)

    def _on_geometry_changed(self) -> None:
        self._room = None
        # It may reach further than before, over a view that has moved.
        self.prepareGeometryChange()
        self.draw_anew()

    def draw_anew(self) -> None:
        """Its pixels are kept from one frame to the next: where half a pixel came between, they are others."""
        self.picture = None
        self.update()


class SteadyBox(ZoomBox):
    """The part of a plot that curves are in; it draws nothing itself."""

    _room: QRectF | None = None

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.geometryChanged.connect(self._on_geometry_changed)

    def boundingRect(self) -> QRectF:
        if self._room is None:
            self._room = super().boundingRect()
        return self._room

    def resizeEvent(self, event: Any) -> None:
        self._room = None
        super().resizeEvent(event)

    def _on_geometry_changed(self) -> None:
        self._room = None


def plot_parts(**axes: pg.AxisItem) -> dict[str, Any]:
    """What a plot of pyqtgraph is made of here, as arguments; ``axes`` in place of ordinary ones, by their side."""
    ordinary = {side: SteadyAxis(side) for side in ("left", "bottom") if side not in axes}
    return {"axisItems": {**ordinary, **axes}, "viewBox": SteadyBox(), "enableMenu": False}


def draws_nothing(item: QGraphicsItem) -> None:
    """Only what is in ``item`` is drawn: it need not be asked what room it takes."""
    item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
