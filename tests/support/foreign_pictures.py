"""Pictures as programs of others draw them: SVG by resvg without any font, PDF by PDFium."""

from __future__ import annotations

from typing import Any

import numpy as np
import pypdfium2
import resvg_py
from PySide6.QtGui import QImage


def svg_pixels(svg: bytes, width_px: int) -> Any:
    """``(height, width, 3)``; what is not outlined is not there, as on a machine without the font."""
    png = resvg_py.svg_to_bytes(svg_string=svg.decode(), skip_system_fonts=True, dpi=96, width=width_px)
    return pixels_of(QImage.fromData(bytes(png)))


def pdf_pixels(pdf: bytes, width_px: int) -> Any:
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    drawn = page.render(scale=width_px / page.get_width()).to_numpy()[..., :3][..., ::-1].copy()
    document.close()
    return drawn


def pixels_of(image: QImage) -> Any:
    """``(height, width, 3)`` of an image."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def share_apart(one: Any, other: Any) -> float:
    """The share of places at which two pictures differ, when both are looked at in blocks of some pixels."""
    height, width = (min(one.shape[axis], other.shape[axis]) for axis in (0, 1))
    blocks = [_blocks(picture[:height, :width].astype(float)) for picture in (one, other)]
    return float((np.abs(blocks[0] - blocks[1]).max(axis=2) > 60).mean())


def _blocks(picture: Any, side: int = 8) -> Any:
    height, width = picture.shape[0] // side, picture.shape[1] // side
    cut = picture[: height * side, : width * side]
    return cut.reshape(height, side, width, side, 3).mean(axis=(1, 3))


def letters_of(text: str) -> str:
    """``text`` without its blanks."""
    return "".join(text.split())


def _name_of(name: str) -> str:
    """Qt writes the name of an attachment in UTF-16, which PDFium hands on byte by byte."""
    return name.encode("latin-1").decode("utf-16") if name.startswith("\xfe\xff") else name


class PdfWords:
    """What a PDF holds besides lines: its letters in their order, its fonts and what is attached."""

    def __init__(self, pdf: bytes) -> None:
        document = pypdfium2.PdfDocument(pdf)
        page = document[0]
        self.size_points = page.get_size()
        self.n_pages = len(document)
        # Where letters stand a little apart PDFium takes them for words.
        self.letters = letters_of(page.get_textpage().get_text_range())
        attachments = [document.get_attachment(number) for number in range(document.count_attachments())]
        self.attached = {_name_of(one.get_name()): bytes(one.get_data()) for one in attachments}
        self.title = document.get_metadata_dict()["Title"]
        fonts = [item for item in page.get_objects() if item.type == pypdfium2.raw.FPDF_PAGEOBJ_TEXT]
        self.are_fonts_inside = bool(fonts) and all(
            pypdfium2.raw.FPDFFont_GetIsEmbedded(pypdfium2.raw.FPDFTextObj_GetFont(item.raw)) == 1 for item in fonts
        )
        document.close()
