"""Words of an SVG as the outlines of their letters, so that they look the same where their font is not installed."""

from __future__ import annotations

import re
from html import unescape

from PySide6.QtCore import QBuffer, QIODevice, QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QTransform
from PySide6.QtSvg import QSvgGenerator

_DESIGN_PX = 2048
"""The units of an em in fonts such as DejaVu: there every measure of a letter is a whole number."""
_TEXT = re.compile(r"<text ([^>]*)>([^<]*)</text>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_PATH = re.compile(r'<path [^>]*\bd="([^"]*)"')


def with_outlines(svg: str) -> str:
    """``svg`` of QSvgGenerator with every word as a path, and behind it, unseen, as words to search for and select.

    What a font draws in colours, such as emoji, has no outline and stays as it was.
    """
    found = list(_TEXT.finditer(svg))
    outlines = iter(_outlines([_path_of(_attributes(one[1]), unescape(one[2])) for one in found]))
    return _TEXT.sub(lambda one: _outlined(one, next(outlines)), svg)


def _outlined(text: re.Match[str], outline: str) -> str:
    if not outline:
        return text[0]
    attributes = _attributes(text[1])
    # No name of the word on the path: the word itself stands beside it.
    drawn = (
        f'<path fill="{attributes.get("fill", "#000000")}" fill-opacity="{attributes.get("fill-opacity", "1")}" '
        f'stroke="none" fill-rule="nonzero" d="{outline}"/>'
    )
    kept = re.sub(r'\bfill="[^"]*"', 'fill="none"', text[1])
    return f"{drawn}\n<text {kept}>{text[2]}</text>"


def _attributes(text: str) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(text))


def _path_of(attributes: dict[str, str], word: str) -> QPainterPath:
    """As wide as it was laid out.

    Its letters are taken as large as they were designed. At the size of a word Qt rounds where they stand to 1/64 of a
    pixel, and how depends on what was drawn before.
    """
    size_px = max(round(float(attributes.get("font-size", "12"))), 1)
    font = QFont(unescape(attributes.get("font-family", "")))
    font.setPixelSize(size_px)
    font.setWeight(QFont.Weight(int(attributes.get("font-weight", "400"))))
    font.setItalic(attributes.get("font-style") == "italic")
    wanted = QFontMetricsF(font).horizontalAdvance(word)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setPixelSize(_DESIGN_PX)
    found = QFontMetricsF(font).horizontalAdvance(word)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addText(QPointF(0.0, 0.0), font, word)
    place = QTransform.fromTranslate(float(attributes["x"]), float(attributes["y"]))
    scale = size_px / _DESIGN_PX
    return place.scale(wanted / found if found > 0 else scale, scale).map(path)


def _outlines(paths: list[QPainterPath]) -> list[str]:
    """Each of ``paths`` as SVG writes it, empty for an empty one; Qt writes their many numbers."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    painter = QPainter(generator)
    try:
        for path in paths:
            if not path.isEmpty():
                painter.drawPath(path)
    finally:
        painter.end()
    written = iter(_PATH.findall(bytes(buffer.data().data()).decode()))
    return [next(written).strip() if not path.isEmpty() else "" for path in paths]
