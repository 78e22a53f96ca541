"""One formula as a widget: as large as it is, smaller where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from regdesk.views.explain.formula_art import FormulaArt, drawing, scale_for
from regdesk.views.kit import theme


class FormulaPicture(QWidget):
    """``name`` is the formula that is shown; empty for none."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.name = ""
        self._art = FormulaArt()

    def show_formula(self, name: str) -> None:
        if name != self.name:
            self.name = name
            self.updateGeometry()
            self.update()
        self.setVisible(bool(name))

    def sizeHint(self) -> QSize:
        if not self.name:
            return QSize()
        size, scale = drawing(self.name).box.size(), scale_for(self.font())
        return QSize(round(scale * size.width()), round(scale * size.height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.name:
            return
        box, scale = drawing(self.name).box, scale_for(self.font())
        scale = min(scale, self.width() / box.width()) if box.width() else scale
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._art.draw(painter, self.name, QPointF(0.0, -scale * box.top()), scale, QColor(theme.colours().text))
        painter.end()
