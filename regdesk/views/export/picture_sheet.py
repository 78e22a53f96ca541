"""One panel of the window on a sheet of its own, as lines and letters and as pixels made from these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QEventLoop,
    QIODevice,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QImage, QImageWriter, QPainter, QPalette
from PySide6.QtSvg import QSvgGenerator, QSvgRenderer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QGraphicsItem,
    QGraphicsView,
    QLineEdit,
    QScrollBar,
    QVBoxLayout,
    QWidget,
)

from regdesk.views.export.svg_units import in_sheet_units
from regdesk.views.kit.plain_text import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.views.plots.panel import Panel

SIZE_PX = QSize(960, 600)
PIXEL_RATIO = 2
"""Of the PNG, which has so many times the pixels of ``SIZE_PX`` each way."""
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{w}" height="{h}"
 viewBox="0 0 {w} {h}">
<title>{title}</title>
<desc>{sentence}</desc>
"""


@dataclass(frozen=True)
class _Layer:
    """SVG of the size of the sheet; ``clip``, in its pixels, is all that is seen of it, or None."""

    svg: str
    clip: QRectF | None


class PictureSheet(QWidget):
    """Takes ``panel`` for as long as its pictures are made, without the controls that work it, and calls ``give_back``.

    The events that bring its layout about are those of the user, too, where ``takes_input``.
    """

    def __init__(self, panel: Panel, give_back: Callable[[], object], takes_input: bool = True) -> None:
        super().__init__()
        self._panel, self._give_back = panel, give_back
        flags = QEventLoop.ProcessEventsFlag
        self._events = flags.AllEvents if takes_input else flags.ExcludeUserInputEvents
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        title = PlainLabel(self._panel.windowTitle().replace("[*][*]", "[*]"))
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        title.setContentsMargins(8, 6, 8, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(title)
        layout.addWidget(self._panel, stretch=1)
        self.setFixedSize(SIZE_PX)

    def pictures(self) -> dict[str, bytes]:
        """The panel's picture as PNG and as SVG, by file name."""
        name = self._panel.objectName()
        self.show()
        self._panel.show()
        # A picture may be made, with its controls, when it is first seen.
        self._panel.show_again()
        for control in controls_of(self._panel):
            control.hide()
        for area in self._panel.findChildren(QAbstractScrollArea):
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Plots take their sizes, and what depends on these its places, when the layouts have theirs.
        for _ in range(3):
            self._panel.show_as_picture(True)
            QCoreApplication.processEvents(self._events)
            self._panel.show_again()
        try:
            layers = self._layers()
            return {f"{name}.png": self._png(layers), f"{name}.svg": self._svg(layers)}
        finally:
            self._give_back()
            self.hide()
            self.deleteLater()

    def _layers(self) -> list[_Layer]:
        """The sheet with empty plots, then what is in each of these: Qt's SVG knows no clipping."""
        views = self._panel.findChildren(pg.GraphicsView)
        contents: list[tuple[Any, Any, set[QGraphicsItem]]] = []
        for view in views:
            _draw_as_vectors(view)
            boxes = [item for item in view.scene().items() if isinstance(item, pg.ViewBox)]
            contents += [(view, box, _below(box)) for box in boxes]
        in_plots = set[QGraphicsItem]().union(*(items for _, _, items in contents))
        layers = []
        with _Blank(in_plots):
            layers.append(_Layer(self._drawn(None), None))
        for view, box, items in contents:
            clips = box.flags() & QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape
            place = QRectF(view.mapFromScene(box.sceneBoundingRect()).boundingRect())
            clip = place.translated(view.mapTo(self, QPoint(0, 0))) if clips else None
            with _Blank(set(view.scene().items()) - items):
                layers.append(_Layer(self._drawn(view), clip))
        return layers

    def _drawn(self, view: Any) -> str:
        """SVG of the items of ``view`` where they are on the sheet, or of the whole sheet."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(SIZE_PX)
        generator.setViewBox(QRect(QPoint(0, 0), SIZE_PX))
        generator.setResolution(self.logicalDpiX())
        if view is None:
            self.render(generator)
        else:
            target = QRectF(QRect(view.mapTo(self, QPoint(0, 0)), view.size()))
            painter = QPainter(generator)
            try:
                painter.setRenderHints(view.renderHints())
                view.scene().render(painter, target, view.mapToScene(view.rect()).boundingRect())
            finally:
                painter.end()
        return in_sheet_units(bytes(buffer.data().data()).decode())

    def _svg(self, layers: list[_Layer]) -> bytes:
        title, sentence = escape(self._panel.windowTitle()), escape(self._panel.readout)
        parts = [HEAD.format(w=SIZE_PX.width(), h=SIZE_PX.height(), title=title, sentence=sentence)]
        for number, layer in enumerate(layers):
            body = layer.svg[layer.svg.index("</desc>") + len("</desc>") : layer.svg.rindex("</svg>")]
            # The names of gradients begin anew in every layer; no browser knows Qt's name for the usual letters.
            body = re.sub(r'(id="|url\(#)', rf"\g<1>layer{number}-", body)
            body = re.sub(r'font-family="([^"]*)"', r'font-family="\1, sans-serif"', body)
            clip = layer.clip
            if clip is None:
                parts.append(body)
                continue
            name = f"plot{number}"
            parts.append(
                f'<clipPath id="{name}"><rect x="{clip.x():g}" y="{clip.y():g}" width="{clip.width():g}" '
                f'height="{clip.height():g}"/></clipPath>\n<g clip-path="url(#{name})">{body}</g>\n'
            )
        return ("".join(parts) + "</svg>\n").encode()

    def _png(self, layers: list[_Layer]) -> bytes:
        image = QImage(SIZE_PX * PIXEL_RATIO, QImage.Format.Format_RGB32)
        image.fill(self.palette().color(QPalette.ColorRole.Base))
        sheet = QRectF(0, 0, SIZE_PX.width(), SIZE_PX.height())
        painter = QPainter(image)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(PIXEL_RATIO, PIXEL_RATIO)
            for layer in layers:
                painter.setClipping(layer.clip is not None)
                if layer.clip is not None:
                    painter.setClipRect(layer.clip)
                QSvgRenderer(QByteArray(layer.svg.encode())).render(painter, sheet)
        finally:
            painter.end()
        # In dots a metre; without it programs take the picture for one of twice the size.
        image.setDotsPerMeterX(round(PIXEL_RATIO * self.logicalDpiX() / 0.0254))
        image.setDotsPerMeterY(round(PIXEL_RATIO * self.logicalDpiY() / 0.0254))
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        return bytes(buffer.data().data())


def controls_of(panel: QWidget) -> list[QWidget]:
    """What a panel is worked with, and no picture shows; scroll bars come and go by themselves."""
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox, QAbstractSlider)
    found = [control for kind in kinds for control in panel.findChildren(kind)]
    return [control for control in found if not isinstance(control, QScrollBar)]


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
