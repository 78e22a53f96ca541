"""A line of the list of lessons: the title in bold, and its sentence below, over as many lines as it needs."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from regdesk.views.kit.text_size import heading_font, scaled_px

PAD_PX = 6
Index = QModelIndex | QPersistentModelIndex


class EntryDelegate(QStyledItemDelegate):
    """The text of an item is its title, then a line end, then the rest."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        title, rest = self._parts(index)
        width = self._view.viewport().width() - 2 * scaled_px(PAD_PX)
        height = _height(heading_font(option.font), title, width) + _height(option.font, rest, width)
        return QSize(0, height + 2 * scaled_px(PAD_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        shown.text = ""
        style = self._view.style() or QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, self._view)
        is_selected = bool(shown.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text
        title, rest = self._parts(index)
        pad = scaled_px(PAD_PX)
        room = shown.rect.adjusted(pad, pad, -pad, -pad)
        painter.save()
        painter.setPen(shown.palette.color(role))
        painter.setFont(heading_font(option.font))
        painter.drawText(room, Qt.TextFlag.TextWordWrap, title)
        painter.setFont(option.font)
        room.setTop(room.top() + _height(heading_font(option.font), title, room.width()))
        painter.drawText(room, Qt.TextFlag.TextWordWrap, rest)
        painter.restore()

    def _parts(self, index: Index) -> tuple[str, str]:
        title, _, rest = str(index.data(Qt.ItemDataRole.DisplayRole)).partition("\n")
        return title, rest


def _height(font: QFont, text: str, width: int) -> int:
    """Of ``text`` wrapped at ``width``; nothing takes none."""
    if not text:
        return 0
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10_000), Qt.TextFlag.TextWordWrap, text).height()
