"""One panel of the window on a sheet of its own, as pixels and as lines and letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPalette
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsItem, QLabel, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from regdesk.views.panel_docks import PanelDock

SIZE_PX = QSize(960, 600)
PIXEL_RATIO = 2
"""Of the PNG, which has so many times the pixels of ``SIZE_PX`` each way."""


class PictureSheet(QWidget):
    """Takes the panel of a dock for as long as its pictures are made; without what only a pointer has use for."""

    def __init__(self, dock: PanelDock) -> None:
        super().__init__()
        self._dock, self._panel = dock, dock.panel
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        title = QLabel(self._panel.windowTitle())
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
        # Plots take their sizes, and what depends on these its places, when the layouts have theirs.
        for _ in range(3):
            QCoreApplication.processEvents()
            self._panel.show_again()
        _draw_as_vectors(self._panel)
        try:
            return {f"{name}.png": self._png(), f"{name}.svg": self._svg()}
        finally:
            self._dock.setWidget(self._panel)
            self.hide()
            self.deleteLater()

    def _png(self) -> bytes:
        image = QImage(SIZE_PX * PIXEL_RATIO, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(PIXEL_RATIO)
        image.fill(self.palette().color(QPalette.ColorRole.Base))
        self.render(image)
        # In dots a metre; without it programs take the picture for one of twice the size.
        image.setDotsPerMeterX(round(PIXEL_RATIO * self.logicalDpiX() / 0.0254))
        image.setDotsPerMeterY(round(PIXEL_RATIO * self.logicalDpiY() / 0.0254))
        buffer = _opened_buffer()
        QImageWriter(buffer, b"png").write(image)
        return bytes(buffer.data().data())

    def _svg(self) -> bytes:
        buffer = _opened_buffer()
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(SIZE_PX)
        generator.setViewBox(QRect(0, 0, SIZE_PX.width(), SIZE_PX.height()))
        generator.setResolution(self.logicalDpiX())
        generator.setTitle(self._panel.windowTitle())
        generator.setDescription(self._panel.readout)
        self.render(generator)
        return bytes(buffer.data().data())


def _opened_buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def _draw_as_vectors(panel: Any) -> None:
    """No item of ``panel`` keeps itself as pixels of the screen."""
    for view in panel.findChildren(pg.GraphicsView):
        for item in view.scene().items():
            item.setCacheMode(QGraphicsItem.CacheMode.NoCache)
            if isinstance(item, pg.ScatterPlotItem):
                item.setExportMode(True, {"antialias": True, "resolutionScale": 1.0})
