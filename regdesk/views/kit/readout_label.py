"""Sentences that change while they are looked at: they never push the layout about, and end in … without room."""

from __future__ import annotations

import math
from html import escape
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from regdesk.views.kit.name_room import PART_END
from regdesk.views.kit.plain_text import PlainLabel, SafeLabel, tool_tip

ELLIPSIS = "…"
ROUNDING_PX = 1.0
"""Widths are measured in whole pixels by those who divide a sentence into lines: a line that fits exactly may be a
fraction of a pixel wider, which nobody sees, and … in its place would take two letters."""


class ReadoutLabel(SafeLabel):
    """Rich text on its own lines: none is wrapped, and one that is too long ends in …; the tool tip holds the whole."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        # Of the text and the font that it was laid out for, which is a third of what it takes to paint it.
        self._laid_out: tuple[str, str, QTextDocument] | None = None
        self.setTextFormat(Qt.TextFormat.RichText)
        # Links are found in what is painted here, which is not what Qt lays out.
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def link_at(self, place: QPointF) -> str:
        """The address of the link under ``place``, in pixels of the label; empty where there is none."""
        room = QRectF(self.contentsRect())
        if not room.contains(place):
            return ""
        return self._document().documentLayout().anchorAt(place - room.topLeft())

    @property
    def is_elided(self) -> bool:
        """Whether a line of the text is wider than its room."""
        return self._document().idealWidth() >= self.contentsRect().width() + ROUNDING_PX

    def sizeHint(self) -> QSize:
        # As Qt's own, which would lay out the text once more.
        margins, size = self.contentsMargins(), self._document().size()
        width_px, height_px = math.ceil(size.width()), math.ceil(size.height())
        return QSize(width_px + margins.left() + margins.right(), height_px + margins.top() + margins.bottom())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        room = QRectF(self.contentsRect())
        document = self._document()
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        metrics = QFontMetricsF(self.font())
        painter.translate(room.topLeft())
        block = document.begin()
        while block.isValid():
            layout = block.layout()
            place = layout.position()
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                is_cut = line.naturalTextWidth() >= room.width() + ROUNDING_PX
                width_px = room.width()
                if is_cut:
                    # Letters stand whole or not at all.
                    width_px = max(width_px - metrics.horizontalAdvance(ELLIPSIS), 0.0)
                    cursor = line.xToCursor(width_px)
                    while cursor > line.textStart() and _x_of(line, cursor) > width_px:
                        cursor -= 1
                    width_px = _x_of(line, cursor)
                    painter.drawText(place + line.position() + QPointF(width_px, line.ascent()), ELLIPSIS)
                painter.save()
                painter.setClipRect(
                    QRectF(place + line.position(), QPointF(width_px, place.y() + line.rect().bottom()))
                )
                # Of the line alone: an SVG knows no clipping, and would have every line as often as there are lines.
                line.draw(painter, place)
                painter.restore()
            block = block.next()
        painter.end()

    def _document(self) -> QTextDocument:
        text, font = self.text(), self.font().key()
        if self._laid_out is None or self._laid_out[:2] != (text, font):
            self._laid_out = text, font, self._lay_out(text)
        return self._laid_out[2]

    def _lay_out(self, text: str) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0.0)
        document.setDefaultFont(self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        document.setDefaultTextOption(option)
        document.setHtml(text)
        _quieten_links(document)
        # Lines are laid out only when the size is asked for.
        document.size()
        return document


class SentenceLabel(ReadoutLabel):
    """A ``sentence`` that may be shown with colours, or with less of it where there is little room.

    A click on a link in it is ``linkActivated(str)`` with its address.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(escape(sentence))
        self.sentence = sentence
        self.setToolTip(tool_tip(sentence))
        self.setMouseTracking(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.link_at(event.position()):
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        address = self.link_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else ""
        if address:
            self.linkActivated.emit(address)
        else:
            event.ignore()

    def show_sentence(self, sentence: str, rich: str | None = None) -> None:
        """``rich`` is what is shown of it; the tool tip holds the whole."""
        shown = rich or escape(sentence)
        if sentence != self.sentence or shown != self.text():
            self.sentence = sentence
            self.setText(shown)
            self.setToolTip(tool_tip(sentence))


class ReadoutRoom(QWidget):
    """The place of a ``ReadoutLabel`` in a layout, which hears of another text only where it is higher or lower.

    Every label asks the layouts around it for another size with every text: of six, ten times a second, that took the
    window as long as drawing their panels.
    """

    def __init__(self, label: ReadoutLabel) -> None:
        super().__init__()
        self._label = label
        label.setParent(self)
        self._height_px = label.sizeHint().height()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(0, self._label.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        # Nobody tells a place that is hidden of another text.
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            height_px = self._label.sizeHint().height()
            if height_px != self._height_px:
                self._height_px = height_px
                self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._label.resize(event.size())
        super().resizeEvent(event)


def _quieten_links(document: QTextDocument) -> None:
    """A dotted line under links in the colour of the text: a readout is read first, and clicked on at times."""
    block = document.begin()
    while block.isValid():
        # A fragment that is written to joins others of its look: all are found first.
        places = block.begin()
        found = []
        while not places.atEnd():
            fragment = places.fragment()
            if fragment.charFormat().isAnchor():
                found.append((fragment.position(), fragment.length(), fragment.charFormat()))
            places += 1
        for position, length, look in found:
            look.clearForeground()
            look.setFontUnderline(False)
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            cursor = QTextCursor(document)
            cursor.setPosition(position)
            cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(look)
        block = block.next()


def _x_of(line: QTextLine, cursor: int) -> float:
    # Qt gives the cursor back as well, of which the stubs know nothing.
    found: Any = line.cursorToX(cursor)
    return float(found[0])


class ParagraphLabel(PlainLabel):
    """Plain text in at most ``n_lines`` lines, which are kept free; without room it ends in … behind a whole part."""

    def __init__(self, n_lines: int) -> None:
        super().__init__()
        self._n_lines = n_lines
        self._shorter = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_sentence(self, sentence: str, shorter: str) -> None:
        """``shorter`` says the same in fewer words, for where ``sentence`` has no room."""
        self._shorter = shorter
        self.setText(sentence)
        self.update()

    @property
    def is_elided(self) -> bool:
        """Whether the text needs more lines than there are."""
        return self.shown_lines[-1].endswith(ELLIPSIS) and not self.text().endswith(ELLIPSIS)

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        height_px = self._n_lines * self.fontMetrics().lineSpacing() + margins.top() + margins.bottom()
        return QSize(0, height_px)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.contentsRect(), int(flags), "\n".join(self.shown_lines))
        painter.end()

    @property
    def shown_lines(self) -> list[str]:
        """As much of the text as there is room for."""
        text = self.text().replace("\n", " ")
        lines = self._divided(text)
        if not self._is_cut(lines, text):
            return lines
        text = self._shorter or text
        ends = [place.start() for place in PART_END.finditer(text)]
        for one in (text, *(f"{text[:end]} {ELLIPSIS}" for end in reversed(ends))):
            found = self._divided(one)
            if not self._is_cut(found, one):
                return found
        return lines

    @staticmethod
    def _is_cut(lines: list[str], text: str) -> bool:
        return "".join(lines).replace(" ", "") != text.replace(" ", "")

    def _divided(self, text: str) -> list[str]:
        """The lines of ``text``, of which the last one is cut where there is no room."""
        width_px = self.contentsRect().width()
        layout = QTextLayout(text, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        lines: list[str] = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width_px)
            start = line.textStart()
            if len(lines) == self._n_lines - 1:
                lines.append(self.fontMetrics().elidedText(text[start:], Qt.TextElideMode.ElideRight, width_px))
                break
            lines.append(text[start : start + line.textLength()].rstrip())
        layout.endLayout()
        return lines or [""]
