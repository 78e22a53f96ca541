"""Our own icons: drawn in black in ``resources/icons``, shown in the colour of the text."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from regdesk.resources import resource_file
from regdesk.views import theme

SIZE_PX = 20
"""Of an icon in the toolbar."""
_SIZES_PX = (16, SIZE_PX)
_SCALES = (1, 2)
_DRAWN_IN = "#000000"

_drawings: dict[str, str] = {}


def icon(name: str) -> QIcon:
    """The icon ``name`` in the colours in force, paler where it is disabled; an empty one if it was not installed."""
    colours = theme.colours()
    made = QIcon()
    for mode, colour in ((QIcon.Mode.Normal, colours.text), (QIcon.Mode.Disabled, colours.disabled_text)):
        # Disabled, it is looked at only then; one size is enough.
        for size_px in _SIZES_PX if mode == QIcon.Mode.Normal else (SIZE_PX,):
            for scale in _SCALES:
                made.addPixmap(_pixmap(name, colour, size_px, scale), mode)
    return made


def _pixmap(name: str, colour: str, size_px: int, scale: int) -> QPixmap:
    pixmap = QPixmap(QSize(size_px, size_px) * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    drawing = _drawing(name)
    if drawing:
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(drawing.replace(_DRAWN_IN, colour).encode())).render(
            painter, QRectF(0, 0, size_px * scale, size_px * scale)
        )
        painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap


def _drawing(name: str) -> str:
    if name not in _drawings:
        file = resource_file("icons", f"{name}.svg")
        _drawings[name] = file.read_text(encoding="utf-8") if file else ""
    return _drawings[name]
