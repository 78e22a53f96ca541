"""What is on a sheet as SVG: its empty plots, and what is in each of them with the rectangle that is seen of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsItem, QGraphicsView, QWidget

from regdesk.views.export.picture import Layer
from regdesk.views.export.svg_units import in_sheet_units

if TYPE_CHECKING:
    from collections.abc import Generator

    from regdesk.views.plots.panel import Panel


def layers_of(sheet: QWidget, panel: Panel) -> Generator[None, None, list[Layer]]:
    """The sheet with empty plots, then what is in each of these: Qt's SVG knows no clipping. It rests after each."""
    # Not those of a page behind another.
    views = [view for view in panel.findChildren(pg.GraphicsView) if view.isVisible()]
    contents: list[tuple[Any, Any, set[QGraphicsItem]]] = []
    for view in views:
        _draw_as_vectors(view)
        boxes = [item for item in view.scene().items() if isinstance(item, pg.ViewBox)]
        contents += [(view, box, _below(box)) for box in boxes]
    in_plots = set[QGraphicsItem]().union(*(items for _, _, items in contents))
    layers = []
    with _Blank(in_plots):
        layers.append(Layer(_drawn(sheet, None), None))
    for view, box, items in contents:
        clips = box.flags() & QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape
        place = QRectF(view.mapFromScene(box.sceneBoundingRect()).boundingRect())
        clip = place.translated(view.mapTo(sheet, QPoint(0, 0))) if clips else None
        yield
        with _Blank(set(view.scene().items()) - items):
            layers.append(Layer(_drawn(sheet, view), clip))
    return layers


def _drawn(sheet: QWidget, view: Any) -> str:
    """SVG of the items of ``view`` where they are on the sheet, or of the whole sheet."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(sheet.size())
    generator.setViewBox(QRect(QPoint(0, 0), sheet.size()))
    generator.setResolution(sheet.logicalDpiX())
    if view is None:
        sheet.render(generator)
    else:
        target = QRectF(QRect(view.mapTo(sheet, QPoint(0, 0)), view.size()))
        painter = QPainter(generator)
        try:
            painter.setRenderHints(view.renderHints())
            view.scene().render(painter, target, view.mapToScene(view.rect()).boundingRect())
        finally:
            painter.end()
    return in_sheet_units(bytes(buffer.data().data()).decode())


class _Blank:
    """Lets some items draw nothing for a while; their children do."""

    def __init__(self, items: set[QGraphicsItem]) -> None:
        flag = QGraphicsItem.GraphicsItemFlag.ItemHasNoContents
        self._items = [item for item in items if not item.flags() & flag]

    def __enter__(self) -> None:
        self._set(True)

    def __exit__(self, *_: object) -> None:
        self._set(False)

    def _set(self, is_blank: bool) -> None:
        for item in self._items:
            item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents, is_blank)


def _below(item: QGraphicsItem) -> set[QGraphicsItem]:
    """All that is in ``item``, and what is in that."""
    children = set(item.childItems())
    return children.union(*(_below(child) for child in children))


def _draw_as_vectors(view: Any) -> None:
    """No item of ``view`` keeps itself as pixels of the screen, nor does its ground."""
    view.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
    for item in view.scene().items():
        item.setCacheMode(QGraphicsItem.CacheMode.NoCache)
        if isinstance(item, pg.ScatterPlotItem):
            item.setExportMode(True, {"antialias": True, "resolutionScale": 1.0})
