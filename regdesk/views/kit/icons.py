"""Our own icons: drawn in black in ``resources/icons``, shown in the colour of the text."""

from __future__ import annotations

import math

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from regdesk.resources import resource_file
from regdesk.views.kit import theme

SIZE_PX = 20
"""Of an icon in the toolbar."""
_SIZES_PX = (16, SIZE_PX)
_DRAWN_IN = "#000000"

_drawings: dict[str, str] = {}


def icon(name: str) -> QIcon:
    """The icon ``name`` in the colours in force, paler where it is disabled; an empty one if it was not installed."""
    colours = theme.colours()
    made = QIcon()
    densest = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    scales = range(1, math.ceil(densest) + 1)
    for mode, colour in ((QIcon.Mode.Normal, colours.text), (QIcon.Mode.Disabled, colours.disabled_text)):
        for size_px in _SIZES_PX:
            for scale in scales:
                made.addPixmap(_pixmap(name, colour, size_px, scale), mode)
    return made


def _pixmap(name: str, colour: str, size_px: int, scale: int) -> QPixmap:
    # Several buttons show the same icon. Qt's cache ends with the application, as pixmaps must.
    key = f"regdesk icon {name} {colour} {size_px} {scale}"
    pixmap = QPixmap()
    if not QPixmapCache.find(key, pixmap):
        pixmap = _rendered(_drawing(name).replace(_DRAWN_IN, colour), size_px * scale)
        pixmap.setDevicePixelRatio(scale)
        QPixmapCache.insert(key, pixmap)
    return pixmap


def _rendered(drawing: str, size_px: int) -> QPixmap:
    pixmap = QPixmap(QSize(size_px, size_px))
    pixmap.fill(Qt.GlobalColor.transparent)
    if drawing:
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, size_px, size_px))
        painter.end()
    return pixmap


def _drawing(name: str) -> str:
    if name not in _drawings:
        file = resource_file("icons", f"{name}.svg")
        _drawings[name] = file.read_text(encoding="utf-8") if file else ""
    return _drawings[name]
