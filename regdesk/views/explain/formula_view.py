"""J as a formula: pictures in a row, a live number under each, and where there is no room several rows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from regdesk.core.words.explain.objective import FormulaTerm, ObjectiveFormula
from regdesk.views.explain.formula_art import FormulaArt, drawing, scale_for
from regdesk.views.kit import theme
from regdesk.views.kit.plain_text import tool_tip
from regdesk.views.kit.text_size import larger_font

BETWEEN_TERMS, BETWEEN_LINES = 0.35, 0.5
"""In letters of the text."""
MOST_TRIES, MOST_SHRUNK, LEAST_SHRUNK = 12, 0.98, 0.8
"""To find a size at which a line has room, and what part each is of the one before."""
LEAST_PICTURE = 0.5
"""Of the size of pictures: where that is no help their numbers are in the way."""
NUMBER_ROOM = "0.00000"
"""The least width of a number, so that nothing moves while it changes."""


@dataclass(frozen=True)
class _Placed:
    """``base`` is the left end of its picture's base line, ``number`` the rectangle of what stands beneath."""

    term: FormulaTerm
    base: QPointF
    number: QRectF
    room: QRectF


class FormulaView(QWidget):
    """Signal: ``topic_chosen(str)``, what a click on a term, or Enter at it, asks to explain.

    Left and Right go from term to term.
    """

    topic_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("explainFormula")
        self.setAccessibleName(self.tr("The objective as a formula; Left and Right choose a term, Enter explains it"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._formula = ObjectiveFormula((), "", ())
        self._art = FormulaArt()
        self._placed: tuple[_Placed, ...] = ()
        self._marked = -1
        # Of the numbers under the terms; they only grow while the formula is the same, so that nothing jumps about.
        self._number_widths: list[float] = []
        self._scale = self._number_share = 1.0

    @property
    def formula(self) -> ObjectiveFormula:
        """What is shown."""
        return self._formula

    def show_formula(self, formula: ObjectiveFormula) -> None:
        if formula == self._formula:
            return
        if [term.picture for term in formula.terms] != [term.picture for term in self._formula.terms]:
            self._number_widths, self._marked = [], -1
        self._formula = formula
        self._widen_numbers()
        self.setAccessibleDescription(formula.in_words)
        before = self.heightForWidth(self.width())
        self._lay_out()
        if self.heightForWidth(self.width()) != before or self.height() != before:
            self.updateGeometry()
        self.update()

    def apply_text_size(self) -> None:
        """Lay out anew for text of another size."""
        self._number_widths = []
        self._widen_numbers()
        self._lay_out()
        self.updateGeometry()
        self.update()

    def rooms(self) -> list[tuple[FormulaTerm, QRectF]]:
        """Where each term stands, with its number."""
        return [(one.term, one.room) for one in self._placed]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width_px: int) -> int:
        return round(self._laid_out(width_px)[1])

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()
        super().resizeEvent(event)
        if self.height() != self.heightForWidth(self.width()):
            # A layout that had asked at another width.
            self.updateGeometry()

    def _lay_out(self) -> None:
        placed, _, share, self._number_share = self._laid_out(self.width())
        self._placed, self._scale = tuple(placed), share * scale_for(self.font())

    def _widen_numbers(self) -> None:
        metrics = QFontMetricsF(self._number_font())
        known = self._number_widths or [0.0] * len(self._formula.terms)
        self._number_widths = [
            max(before, metrics.horizontalAdvance(term.number), metrics.horizontalAdvance(NUMBER_ROOM))
            if term.number
            else 0.0
            for before, term in zip(known, self._formula.terms, strict=True)
        ]

    def _number_font(self, share: float = 1.0) -> QFont:
        return larger_font(self.font(), share)

    def _fitting_numbers(self, gap: float, width_px: float) -> float:
        """The share of their size that numbers have: 1 but where those of a line alone have no room."""
        shares = [
            (width_px - gap * (len(piece) - 1)) / numbers_px
            for piece in self._pieces()
            if (numbers_px := sum(self._number_widths[number] for number in piece)) > 0.0 < width_px
        ]
        return min(1.0, max(LEAST_PICTURE, min(shares, default=1.0)))

    def _laid_out(self, width_px: float) -> tuple[list[_Placed], float, float, float]:
        """Terms at their places in so much room, the height that they take, and what share of their size pictures and
        numbers have.
        """
        gap = BETWEEN_TERMS * QFontMetricsF(self._number_font()).height()
        number_share = self._fitting_numbers(gap, width_px)
        share, widths = self._fitting(gap, width_px, number_share)
        scale, metrics = share * scale_for(self.font()), QFontMetricsF(self._number_font(number_share))
        placed: list[_Placed] = []
        top = 0.0
        for line in self._lines(widths, gap, width_px):
            boxes = [drawing(self._formula.terms[number].picture).box for number in line]
            above = scale * max(-box.top() for box in boxes)
            below = scale * max(box.bottom() for box in boxes)
            left, numbers_top = 0.0, top + above + below
            for number, box in zip(line, boxes, strict=True):
                term, width = self._formula.terms[number], widths[number]
                base = QPointF(left + 0.5 * (width - scale * box.width()), top + above)
                under = QRectF(left, numbers_top, width, metrics.height())
                placed.append(_Placed(term, base, under, QRectF(left, top, width, under.bottom() - top)))
                left += width + gap
            top = numbers_top + metrics.height() + BETWEEN_LINES * metrics.height()
        return placed, top, share, number_share

    def _fitting(self, gap: float, width_px: float, number_share: float) -> tuple[float, list[float]]:
        """The share of their size that pictures have, below 1 where a line has no room, and widths of terms.

        Numbers stay as large as the text around them as long as they have room without their pictures.
        """
        share, scale, widths = 1.0, scale_for(self.font()), []
        for _ in range(MOST_TRIES):
            widths = [
                max(share * scale * drawing(term.picture).box.width(), number_share * number_width)
                for term, number_width in zip(self._formula.terms, self._number_widths, strict=True)
            ]
            widest = max((_room(piece, widths, gap) for piece in self._pieces()), default=0.0)
            if widest <= width_px or width_px <= 0 or share < LEAST_PICTURE:
                break
            # What is between terms does not shrink with them: one more try may be needed.
            share *= min(max(width_px / widest, LEAST_SHRUNK), MOST_SHRUNK)
        return share, widths

    def _pieces(self) -> list[list[int]]:
        """Numbers of the terms that stay in one line: another begins only where a term may begin one."""
        pieces: list[list[int]] = []
        for number, term in enumerate(self._formula.terms):
            if term.starts_line or not pieces:
                pieces.append([])
            pieces[-1].append(number)
        return pieces

    def _lines(self, widths: list[float], gap: float, width_px: float) -> list[list[int]]:
        """Numbers of the terms in each line."""
        lines: list[list[int]] = []
        for piece in self._pieces():
            together = [*lines[-1], *piece] if lines else piece
            if lines and _room(together, widths, gap) <= width_px:
                lines[-1] = together
            else:
                lines.append(piece)
        return lines

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, scale, font = theme.colours(), self._scale, self._number_font(self._number_share)
        ink = QColor(colours.text)
        by_role = {
            "objective": colours.text, "loss": colours.training, "lam": colours.lam, "penalty": colours.penalty,
        }  # fmt: skip
        for number, one in enumerate(self._placed):
            if number == self._marked:
                painter.fillRect(one.room.adjusted(-2.0, 0.0, 2.0, 0.0), QColor(colours.grid))
            self._art.draw(painter, one.term.picture, one.base, scale, ink)
            if one.term.number:
                painter.setFont(font)
                painter.setPen(QColor(by_role.get(one.term.role, colours.text)))
                painter.drawText(one.number, Qt.AlignmentFlag.AlignCenter, one.term.number)
        painter.end()

    def _term_at(self, place: QPointF) -> int:
        found = (number for number, one in enumerate(self._placed) if one.term.topic and one.room.contains(place))
        return next(found, -1)

    def _mark(self, number: int) -> None:
        if number != self._marked:
            self._marked = number
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self._term_at(event.position())
        self._mark(number)
        self.setCursor(Qt.CursorShape.PointingHandCursor if number >= 0 else Qt.CursorShape.ArrowCursor)
        self.setToolTip(tool_tip(self._placed[number].term.caption) if number >= 0 else "")

    def leaveEvent(self, event: QEvent) -> None:
        self._mark(-1)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._term_at(event.position())
        if number >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.topic_chosen.emit(self._placed[number].term.topic)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        stops = [number for number, one in enumerate(self._placed) if one.term.topic]
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and stops:
            is_left = event.key() == Qt.Key.Key_Left
            beyond = [one for one in stops if (one < self._marked if is_left else one > self._marked)]
            self._mark((beyond[-1] if is_left else beyond[0]) if beyond else (stops[0] if is_left else stops[-1]))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._marked >= 0:
            self.topic_chosen.emit(self._placed[self._marked].term.topic)
        else:
            super().keyPressEvent(event)


def _room(numbers: list[int], widths: list[float], gap: float) -> float:
    """What terms take side by side."""
    return sum(widths[number] for number in numbers) + gap * (len(numbers) - 1)
