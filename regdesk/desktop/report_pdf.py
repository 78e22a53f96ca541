"""A report as PDF on A4 pages: text and pictures are vectors, a heading stays with what follows it."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlock,
    QTextDocument,
    QTextOption,
    QTextTable,
)

from regdesk import __version__
from regdesk.cli.pictures import PicturesFailed
from regdesk.core.report.html_page import text
from regdesk.core.report.values import Block, Code, Paragraph, Picture, Points, Report, Table
from regdesk.core.words.safe_text import safe_line
from regdesk.desktop.report_pages import Pages, Piece, Placed
from regdesk.desktop.report_picture import ReportPicture

FAMILIES = ["Helvetica Neue", "Helvetica", "Arial", "Liberation Sans", "DejaVu Sans"]
CODE_FAMILIES = "Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace"
DOTS_PER_INCH = 1200
TEXT_PT, SMALL_PT = 9.5, 8.0
MARGIN_MM, FOOT_PT = 18.0, 24.0
MOST_PICTURE_PT = 300.0
"""Height of a picture: two have room on a page."""
MOST_CODE_LETTERS = 100
"""On a line of code, in the widest of its fonts."""
_SHELL_WORDS = re.compile(r"""(?:'[^']*'|"[^"]*"|[^\s'"])+""")
"""Words of a command line, with their quotes."""
_QUIET = "#57606a"
_STYLE = f"""
h1 {{ font-size: 18pt; font-weight: 600; }} h2 {{ font-size: 12.5pt; font-weight: 600; }}
.quiet {{ color: {_QUIET}; }} .small {{ font-size: {SMALL_PT}pt; }}
p, pre {{ margin: 0; }}
pre {{ font-family: {CODE_FAMILIES}; font-size: 7.5pt; white-space: pre-wrap; }}
th, td {{ font-size: {SMALL_PT}pt; padding: 2px 10px 2px 0px; border-bottom: 1px solid #e1e4e8; }}
th {{ font-weight: 600; border-bottom: 1px solid #8c959f; vertical-align: bottom; }}
"""


def pdf_bytes(report: Report) -> bytes:
    """``report`` on A4 pages. Raises PicturesFailed with a sentence where there is nothing to paint with."""
    # Held until the end: without one there are no fonts.
    application = QGuiApplication.instance() or QGuiApplication(["regdesk"])
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS_PER_INCH)
    writer.setCreator(f"regdesk {__version__}")
    writer.setTitle(safe_line(report.title))
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
        )
    )
    painter = QPainter()
    if not painter.begin(writer):
        raise PicturesFailed("Qt has no painter for PDF here.")
    try:
        _PdfReport(writer, painter).paint(report)
    finally:
        painter.end()
        buffer.close()
    del application
    return bytes(content.data())


class _PdfReport:
    """Lays a report out and paints it."""

    def __init__(self, writer: QPdfWriter, painter: QPainter) -> None:
        self._writer, self._painter = writer, painter
        self._unit = writer.resolution() / 72.0
        self._width, self._height = float(writer.width()), float(writer.height())

    def paint(self, report: Report) -> None:
        pages = Pages(self._height - FOOT_PT * self._unit)
        pieces = self._pieces(report)
        for number, piece in enumerate(pieces):
            pages.place(piece, self._needed(pieces, number))
        for number, page in enumerate(pages.pages):
            if number:
                self._writer.newPage()
            for placed in page:
                self._paint(placed)
            self._foot(report.origin, number + 1, len(pages.pages))

    def _needed(self, pieces: list[Piece], number: int) -> float:
        """The room without which piece ``number`` is better on the next page."""
        piece = pieces[number]
        if piece.keeps_next and number + 1 < len(pieces):
            return piece.height + pieces[number + 1].gap + self._needed(pieces, number + 1)
        # Three lines of text, or the head of a table and two rows; a picture whole.
        return piece.cuts[2] if len(piece.cuts) > 2 else piece.height

    def _pieces(self, report: Report) -> list[Piece]:
        found = [
            self._text(f"<h1>{text(report.title)}</h1>", 0.0, keeps_next=True),
            self._text(f'<p class="quiet">{text(report.subtitle)}</p>', 4.0),
        ]
        for section in report.sections:
            found.append(self._text(f"<h2>{text(section.title)}</h2>", 20.0, keeps_next=True))
            for block in section.blocks:
                found += self._block(block)
        return found

    def _block(self, block: Block) -> list[Piece]:
        if isinstance(block, Paragraph):
            return [self._text(f"<p>{text(block.text)}</p>", 6.0)]
        if isinstance(block, Points):
            return [self._text(f"<p>• {text(one)}</p>", 4.0, indent=10.0) for one in block.items]
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Picture):
            return self._picture(block)
        return self._code(block)

    def _table(self, table: Table) -> list[Piece]:
        rows = "".join(
            f"<tr{_ground(number in table.marked)}>{_cells(table, cells, 'td')}</tr>"
            for number, cells in enumerate(table.rows)
        )
        has_head = any(table.header)
        head = f"<thead><tr>{_cells(table, table.header, 'th')}</tr></thead>" if has_head else ""
        document = self._document(f'<table cellspacing="0" style="border-collapse: collapse;">{head}{rows}</table>')
        tops = _row_tops(document)
        height = document.size().height()
        repeated = (0.0, tops[1]) if has_head and len(tops) > 1 else None
        # Names of many lines make a short table high.
        cuts = () if table.is_short and height < self._height / 2 else tops[1:]
        piece = Piece(height, 3.0 * self._unit, cuts, repeated, document=document)
        if not table.caption:
            return [piece]
        caption = self._text(f'<p class="quiet small">{text(table.caption)}</p>', 9.0, keeps_next=True)
        return [caption, piece]

    def _picture(self, picture: Picture) -> list[Piece]:
        drawing = ReportPicture(picture.svg, picture.width, picture.height, FAMILIES)
        height = min(self._width * picture.height / picture.width, MOST_PICTURE_PT * self._unit)
        drawn = Piece(height, 10.0 * self._unit, keeps_next=True, picture=drawing)
        return [drawn, self._text(f'<p class="quiet small">{text(picture.caption)}</p>', 2.0)]

    def _code(self, code: Code) -> list[Piece]:
        said = shell_lines(code.text) if code.is_command else [code.text]
        lines = "\n".join(map(text, "\n".join(said).split("\n")))
        piece = self._text(f"<pre>{lines}</pre>", 3.0, indent=8.0)
        if piece.height < self._height / 3:
            # An equation is read, and copied, whole.
            piece = replace(piece, cuts=())
        return [self._text(f"<p>{text(code.caption)}</p>", 8.0, keeps_next=True), piece] if code.caption else [piece]

    def _text(self, html: str, gap_pt: float, indent: float = 0.0, keeps_next: bool = False) -> Piece:
        document = self._document(html, indent)
        height = document.size().height()
        return Piece(height, gap_pt * self._unit, _line_ends(document), keeps_next=keeps_next, document=document)

    def _document(self, html: str, indent_pt: float = 0.0) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0.0)
        document.documentLayout().setPaintDevice(self._writer)
        font = QFont()
        font.setFamilies(FAMILIES)
        font.setPointSizeF(TEXT_PT)
        document.setDefaultFont(font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        document.setDefaultStyleSheet(_STYLE)
        document.setHtml(html)
        document.setTextWidth(self._width - indent_pt * self._unit)
        return document

    def _paint(self, placed: Placed) -> None:
        painter, piece = self._painter, placed.piece
        height = placed.end - placed.begin
        painter.save()
        if piece.picture is not None:
            shape = piece.picture.size.scaled(QSizeF(self._width, height), Qt.AspectRatioMode.KeepAspectRatio)
            piece.picture.render(painter, QRectF(0.0, placed.top, shape.width(), shape.height()))
        elif piece.document is not None:
            painter.translate(0.0, placed.top - placed.begin)
            piece.document.drawContents(painter, QRectF(0.0, placed.begin, self._width, height))
        painter.restore()

    def _foot(self, origin: str, number: int, n_pages: int) -> None:
        painter = self._painter
        font = QFont()
        font.setFamilies(FAMILIES)
        font.setPointSizeF(7.0)
        painter.setFont(font)
        painter.setPen(QColor(_QUIET))
        box = QRectF(0.0, self._height - 12.0 * self._unit, self._width, 12.0 * self._unit)
        said = painter.fontMetrics().elidedText(safe_line(origin), Qt.TextElideMode.ElideMiddle, int(0.8 * self._width))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, said)
        where = f"page {number} of {n_pages}"
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, where)


def shell_lines(command: str) -> list[str]:
    """``command`` on lines that have room on a page, broken between words alone: a shell takes them as copied."""
    lines = [""]
    for word in _SHELL_WORDS.findall(command):
        if lines[-1].strip() and len(lines[-1]) + len(word) > MOST_CODE_LETTERS:
            lines.append("  ")
        lines[-1] += f"{word} "
    return [*(f"{line}\\" for line in lines[:-1]), lines[-1].rstrip()]


def _cells(table: Table, cells: tuple[str, ...], tag: str) -> str:
    sides = ["left" if place < table.n_words else "right" for place in range(len(cells))]
    return "".join(f'<{tag} align="{side}">{text(cell)}</{tag}>' for side, cell in zip(sides, cells, strict=True))


def _ground(is_marked: bool) -> str:
    return ' bgcolor="#eef4fb"' if is_marked else ""


def _line_ends(document: QTextDocument) -> tuple[float, ...]:
    """Where each line but the last ends, from the top."""
    found: list[float] = []
    layout, block = document.documentLayout(), document.begin()
    while block.isValid():
        found += _ends_of(block, layout.blockBoundingRect(block).top())
        block = block.next()
    return tuple(found[:-1])


def _ends_of(block: QTextBlock, top: float) -> list[float]:
    lines = block.layout()
    return [top + lines.lineAt(number).rect().bottom() for number in range(lines.lineCount())]


def _row_tops(document: QTextDocument) -> tuple[float, ...]:
    """Where each row of the only table begins, from the top; the first is its head."""
    table = next(frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable))
    layout, found = document.documentLayout(), []
    for row in range(table.rows()):
        tops = [
            layout.blockBoundingRect(table.cellAt(row, column).firstCursorPosition().block()).top()
            for column in range(table.columns())
        ]
        found.append(min(tops))
    return tuple(found)
