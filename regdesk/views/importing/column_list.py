"""The list of a file's columns, whose roles and kinds are changed by a click or by the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from regdesk.core.reading_options import GIVEN_KINDS
from regdesk.core.types import COLUMN_ROLES, ColumnRole
from regdesk.views.importing.column_model import BARS, KIND, MISSING, NAME, ROLE, VALUES, ColumnModel
from regdesk.views.importing.cut_names import CutNames
from regdesk.views.kit import theme
from regdesk.views.kit.form_parts import name_widget
from regdesk.views.kit.text_size import scaled_px

ROOM_PX, BAR_INSET_PX, BARS_PX, NAME_PX = 6, 3, 56, 140
ROLE_TEXTS: dict[ColumnRole, str] = {
    "target": "&Target: what is predicted",
    "feature": "&Feature: predicted from",
    "ignored": "&Ignored",
    "identifier": "I&dentifier: names the row",
    "fold": "F&old: names the fold of a sweep",
    "split": "&Split: train, validation or test",
    "weight": "&Weight: how much the row counts",
}
KIND_TEXTS = {
    "numeric": "&Numbers",
    "categorical": "&Categories",
    "boolean": "&Boolean: yes or no",
    "datetime": "D&ates",
    "text": "Fr&ee text",
}


class ColumnList(QTreeView):
    """Signals: ``roles_edited()``; ``kind_chosen(str, object)`` with a column and its kind, None for what is found."""

    roles_edited = Signal()
    kind_chosen = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.columns = ColumnModel()
        self.setModel(self.columns)
        self.setItemDelegate(_Delegate(self))
        name_widget(
            self, "importColumns", self.tr("Columns"),
            self.tr("What each column is for; Space or a click on a role or a kind changes it."),
        )  # fmt: skip
        # The tip of the list would stand in the way of those of its rows.
        self.setToolTip("")
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.columns.roles_edited.connect(self.roles_edited)
        self._cut_names = CutNames()
        self.columns.modelReset.connect(self._on_columns_shown)
        self.clicked.connect(self._on_clicked)

    def fit_text(self) -> None:
        """As wide as text of this size wants its columns."""
        header = self.header()
        # Fixed: measuring thousands of rows would be slow, and widths would jump.
        advance = self.fontMetrics().horizontalAdvance
        for place, width_px in (
            (ROLE, advance("identifier ") + 14),
            (KIND, advance("categorical *") + 8),
            (MISSING, max(advance(self.tr("Missing")), advance("100,000")) + 14),
            (VALUES, scaled_px(BARS_PX)),
        ):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(place, width_px)

    def shown_name(self, row: int, metrics: QFontMetrics, cell_px: int) -> str:
        """The name in ``row`` as far as a cell of this width has room for it, and not like another one's."""
        inset_px = self.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, self) + 1
        return self._cut_names.text(row, metrics, cell_px - 2 * inset_px)

    def _on_columns_shown(self) -> None:
        rows = range(self.columns.rowCount())
        self._cut_names.show_names([self.columns.column(row).name for row in rows])

    def wanted_width_px(self) -> int:
        """Of the list, so that names have room besides what is known of each."""
        fixed_px = sum(self.header().sectionSize(place) for place in (ROLE, KIND, MISSING, VALUES))
        return fixed_px + scaled_px(NAME_PX) + self.verticalScrollBar().sizeHint().width()

    def open_menu(self) -> QMenu | None:
        """The menu of what is selected, by which it gets another role or kind; None where nothing is."""
        rows = self._chosen_rows()
        if not rows:
            return None
        menu = QMenu(self)
        menu.setObjectName("importColumnMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        role, column = self.columns.role(rows[0]), self.columns.column(rows[0])
        group = QActionGroup(menu)
        for one in COLUMN_ROLES:
            action = self._entry(menu, group, f"role_{one}", self.tr(ROLE_TEXTS[one]), one == role)
            action.triggered.connect(lambda _=False, one=one: self.columns.give_role(rows, one))
        menu.addSeparator()
        group = QActionGroup(menu)
        for kind in (None, *GIVEN_KINDS):
            text = self.tr("Kind as fo&und") if kind is None else self.tr(KIND_TEXTS[kind])
            action = self._entry(menu, group, f"kind_{kind or 'found'}", text, kind == column.kind)
            action.triggered.connect(lambda _=False, kind=kind: self.kind_chosen.emit(column.name, kind))
        dates = [row for row in rows if self.columns.column(row).has_date_parts]
        if dates:
            menu.addSeparator()
            parts = menu.addAction(self.tr("&Month and weekday are features, too"))
            parts.setObjectName("date_parts")
            parts.setCheckable(True)
            parts.setChecked(self.columns.column(dates[0]).name in self.columns.date_parts)
            parts.triggered.connect(lambda is_on: self.columns.give_date_parts(dates, is_on))
        corner = self.visualRect(self.columns.index(self.currentIndex().row(), ROLE)).bottomLeft()
        menu.popup(self.viewport().mapToGlobal(corner))
        return menu

    def _entry(self, menu: QMenu, group: QActionGroup, name: str, text: str, is_in_force: bool) -> QAction:
        action = menu.addAction(text)
        action.setObjectName(name)
        action.setCheckable(True)
        action.setChecked(is_in_force)
        group.addAction(action)
        return action

    def _chosen_rows(self) -> list[int]:
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        current = self.currentIndex().row()
        return rows or ([current] if current >= 0 else [])

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() in (ROLE, KIND):
            self.open_menu()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_F2):
            self.open_menu()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.open_menu() is not None:
            event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:
        # Tab leaves the list; a tree would walk through its rows.
        return QWidget.focusNextPrevChild(self, next)


class _Delegate(QStyledItemDelegate):
    """Rows high enough for a pointer, and bars where the values are."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        size.setHeight(size.height() + ROOM_PX)
        return size

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        columns = self.parent()
        if index.column() == NAME and isinstance(columns, ColumnList):
            option.text = columns.shown_name(index.row(), option.fontMetrics, option.rect.width())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        bars = index.data(BARS) if index.column() == VALUES else None
        if not bars:
            return
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        colours = theme.colours()
        room = QRectF(option.rect).adjusted(BAR_INSET_PX, BAR_INSET_PX, -BAR_INSET_PX, -BAR_INSET_PX)
        width_px = room.width() / len(bars)
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.highlighted_text if is_selected else colours.weights))
        for number, height in enumerate(bars):
            # What is there is seen, however rare it is.
            height_px = max(height * room.height(), 1.0) if height else 0.0
            left = room.left() + number * width_px
            painter.drawRect(QRectF(left, room.bottom() - height_px, max(width_px - 1.0, 1.0), height_px))
        painter.restore()
