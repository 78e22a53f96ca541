"""A panel as lines and letters, and the files that are made of it: SVG, PDF, and PNG of any size."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgRenderer

from regdesk.views.export.letter_outlines import with_outlines
from regdesk.views.export.svg_parts import parts_of

Pause = Callable[[], None]
"""Called between pieces of work of some 10 ms, in any thread; what it raises gives the work up."""
PROGRAM = "regdesk"
NOTES_NAME = "provenance.json"
"""What the notes are called in a PDF, to which they are attached."""
_PDF_DPI = 1200
_MM_PER_INCH = 25.4
_MOST_PNG_PX = 20_000
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}" height="{height}"
 viewBox="0 0 {w} {h}">
<title>{title}</title>
<desc>{sentence}</desc>
"""


class TooManyPixels(ValueError):
    """A picture of more pixels than can be held. ``str()`` is a sentence."""


def check_size(width_px: int, height_px: int) -> None:
    """Raises TooManyPixels for more than any PNG here has."""
    if max(width_px, height_px) > _MOST_PNG_PX:
        raise _too_many(width_px, height_px)


def _too_many(width_px: int, height_px: int) -> TooManyPixels:
    return TooManyPixels(f"A picture of {width_px:,} × {height_px:,} pixels is larger than can be made here.")


def _go_on() -> None:
    """What is made where nobody waits is made at once."""


@dataclass(frozen=True)
class Layer:
    """SVG of the size of the sheet; ``clip``, in its pixels, is all that is seen of it, or None."""

    svg: str
    clip: QRectF | None


@dataclass(frozen=True)
class Picture:
    """A panel of one moment, ``width_px`` × ``height_px`` on its sheet, however large it is on paper.

    ``name`` is that of the panel, ``notes`` is where it comes from, as JSON; empty where nothing is to be said.
    """

    name: str
    title: str
    sentence: str
    width_px: int
    height_px: int
    background: QColor
    dpi: float
    layers: tuple[Layer, ...]

    def svg(self, width: str = "", height: str = "", notes: str = "") -> bytes:
        """``width`` and ``height`` are lengths as SVG writes them, such as "16cm"; pixels of the sheet where empty."""
        parts = [
            _HEAD.format(
                width=width or self.width_px,
                height=height or self.height_px,
                w=self.width_px,
                h=self.height_px,
                title=escape(self.title),
                sentence=escape(self.sentence),
            )
        ]
        if notes:
            parts.append(f"<metadata>{escape(notes)}</metadata>\n")
        # The ground in one: between the parts of it that widgets paint other programs leave hair lines.
        parts.append(f'<rect width="{self.width_px}" height="{self.height_px}" fill="{self.background.name()}"/>\n')
        for number, layer in enumerate(self.layers):
            body = layer.svg[layer.svg.index("</desc>") + len("</desc>") : layer.svg.rindex("</svg>")]
            # The names of gradients begin anew in every layer; no browser knows Qt's name for the usual letters.
            body = re.sub(r'(id="|url\(#)', rf"\g<1>layer{number}-", with_outlines(body))
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
        return ("".join(parts) + "</svg>\n").encode("utf-8", "replace")

    def image(self, width_px: int, height_px: int, pause: Pause = _go_on) -> QImage:
        """Of so many pixels. Raises TooManyPixels."""
        check_size(width_px, height_px)
        image = QImage(width_px, height_px, QImage.Format.Format_RGB32)
        if image.isNull():
            raise _too_many(width_px, height_px)
        image.fill(self.background)
        painter = QPainter(image)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter, width_px / self.width_px, height_px / self.height_px, pause)
        finally:
            painter.end()
        # In dots a metre; without it programs take the picture for one of another size.
        image.setDotsPerMeterX(round(width_px / self.width_px * self.dpi / 0.0254))
        image.setDotsPerMeterY(round(height_px / self.height_px * self.dpi / 0.0254))
        return image

    def png(self, width_px: int, height_px: int, notes: str = "", pause: Pause = _go_on) -> bytes:
        """Of so many pixels. Raises TooManyPixels."""
        image = self.image(width_px, height_px, pause)
        if notes:
            image.setText("Software", PROGRAM)
            image.setText("Title", self.title)
            image.setText("Comment", notes)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        return bytes(buffer.data().data())

    def pdf(self, width_mm: float, height_mm: float, notes: str = "", pause: Pause = _go_on) -> bytes:
        """One page of that size, with its fonts in it."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setTitle(self.title)
        writer.setCreator(PROGRAM)
        size = QSizeF(width_mm, height_mm)
        writer.setPageSize(QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        writer.setResolution(_PDF_DPI)
        if notes:
            writer.addFileAttachment(NOTES_NAME, QByteArray(notes.encode()), "application/json")
        painter = QPainter(writer)
        try:
            across, down = (length / _MM_PER_INCH * _PDF_DPI for length in (width_mm, height_mm))
            painter.fillRect(QRectF(0, 0, across, down), self.background)
            self._paint(painter, across / self.width_px, down / self.height_px, pause)
        finally:
            painter.end()
        return bytes(buffer.data().data())

    def _paint(self, painter: QPainter, across: float, down: float, pause: Pause) -> None:
        """Every layer, with so many pixels of ``painter`` for one of the sheet."""
        sheet = QRectF(0, 0, self.width_px, self.height_px)
        painter.scale(across, down)
        for layer in self.layers:
            painter.setClipping(layer.clip is not None)
            if layer.clip is not None:
                painter.setClipRect(layer.clip)
            for part in parts_of(layer.svg):
                QSvgRenderer(QByteArray(part.encode())).render(painter, sheet)
                pause()
