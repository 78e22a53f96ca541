"""The rows of a file as they will be read, letter by letter, with the line of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from regdesk.core.settings.column_roles import LEFT_OUT_ROLES
from regdesk.core.types import COLUMN_ROLES, ColumnRole
from regdesk.core.words.import_facts import ImportPreview
from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit import theme
from regdesk.views.kit.form_parts import name_widget
from regdesk.views.kit.name_room import elided_all
from regdesk.views.kit.plain_text import tool_tip
from regdesk.views.kit.text_size import scaled_px

MOST_SHOWN = 200
"""Characters of a cell; its tool tip has more."""
MOST_IN_TIP = 2000
LEAST_COLUMN_PX, MOST_COLUMN_PX, TEXT_PX = 64, 150, 900
NAME_ROOM_PX, LINE_ROOM_PX, ROW_ROOM_PX = 14, 12, 6
MOST_FITTED = 1000
"""Columns whose width is that of their name and first cells; of more all are as wide as the narrowest."""
ROWS_FITTED = 20
_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_ROLES = Qt.ItemDataRole


class RowsModel(QAbstractTableModel):
    """Asks for no more rows than are seen."""

    def __init__(self) -> None:
        super().__init__()
        self._preview: ImportPreview | None = None
        self._roles: Mapping[str, ColumnRole] = {}
        self._font, self._italic = QApplication.font(), QApplication.font()
        self._italic.setItalic(True)
        # Names as far as there is room for them, by column.
        self._names: list[str] = []

    @property
    def preview(self) -> ImportPreview | None:
        """What is shown."""
        return self._preview

    def show_preview(self, preview: ImportPreview, names: list[str]) -> None:
        """``names`` are those of its columns, as far as there is room for them."""
        self.beginResetModel()
        self._preview, self._roles, self._names = preview, preview.usual_roles, names
        self.endResetModel()

    def show_roles(self, roles: Mapping[str, ColumnRole]) -> None:
        """What is left out is shown in a quieter colour."""
        self._roles = roles
        if self.rowCount():
            self.dataChanged.emit(
                self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1), [_ROLES.ForegroundRole]
            )
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    @property
    def is_text(self) -> bool:
        """Whether these are lines of a text that is no table."""
        return self._preview is not None and not self._preview.columns

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() or self._preview is None else self._preview.rows.n_rows

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() or self._preview is None else max(len(self._preview.columns), 1)

    def data(self, index: _Index, role: int = _ROLES.DisplayRole) -> Any:
        preview = self._preview
        if preview is None or not index.isValid():
            return None
        text = preview.rows.text(index.row(), index.column())
        if role == _ROLES.DisplayRole:
            return self.tr("missing") if text is None else safe_line(text[:MOST_SHOWN])
        if role == _ROLES.ToolTipRole:
            return None if text is None else tool_tip(text[:MOST_IN_TIP])
        if role == _ROLES.ForegroundRole and (text is None or self._is_left_out(index.column())):
            return QColor(theme.colours().disabled_text)
        if role == _ROLES.FontRole and text is None:
            return self._italic
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLES.DisplayRole) -> Any:
        preview = self._preview
        if preview is None or role not in (_ROLES.DisplayRole, _ROLES.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return f"{preview.rows.line(section)}" if role == _ROLES.DisplayRole else None
        if self.is_text:
            return self.tr("The text of the file")
        name = preview.columns[section].name
        if role == _ROLES.ToolTipRole:
            return tool_tip(f"{name}: {self._roles.get(name, '')}")
        shown = self._names[section]
        if len(self._names) > MOST_FITTED:
            room_px = scaled_px(LEAST_COLUMN_PX - NAME_ROOM_PX) + 2
            shown = QFontMetrics(self._font).elidedText(safe_line(shown), Qt.TextElideMode.ElideMiddle, room_px)
        return f"{shown}\n{self._roles.get(name, '')}"

    def _is_left_out(self, column: int) -> bool:
        preview = self._preview
        return (
            preview is not None
            and bool(preview.columns)
            and self._roles.get(preview.columns[column].name) in LEFT_OUT_ROLES
        )


class RowsTable(QTableView):
    """Tab leaves it; the arrow keys walk through its cells."""

    def __init__(self) -> None:
        super().__init__()
        self._model = RowsModel()
        self.setModel(self._model)
        name_widget(
            self, "importRows", self.tr("Rows as they will be read"),
            self.tr("The rows as they will be read; before each stands its line of the file."),
        )  # fmt: skip
        self.setToolTip("")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        down, across = self.verticalHeader(), self.horizontalHeader()
        # Measured once: a million rows are as quick as ten.
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        # Names come cut to their room: Qt would cut them and the role below them as one.
        across.setTextElideMode(Qt.TextElideMode.ElideNone)
        across.setMinimumSectionSize(scaled_px(40))

    def show_preview(self, preview: ImportPreview) -> None:
        """Another file, or the same as it is read otherwise, whose place stays where it can."""
        is_same = self._model.preview is not None and self._model.preview.file == preview.file
        place = self.currentIndex() if is_same else QModelIndex()
        row, column = place.row(), place.column()
        metrics = self.fontMetrics()
        names = [column.name for column in preview.columns]
        widths = self._widths(preview, names)
        # Of its own width a name would now and then be cut: widths are fractions of pixels.
        rooms = [width_px - scaled_px(NAME_ROOM_PX) + 2 for width_px in widths]
        # Of very many columns it takes too long to cut names so that they can be told apart.
        is_many = len(names) > MOST_FITTED
        self._model.show_preview(preview, names if is_many else elided_all(names, metrics, rooms))
        self.verticalHeader().setDefaultSectionSize(metrics.height() + ROW_ROOM_PX)
        self.horizontalHeader().setDefaultSectionSize(scaled_px(LEAST_COLUMN_PX if names else TEXT_PX))
        for number, width_px in enumerate(widths[:MOST_FITTED] or [scaled_px(TEXT_PX)]):
            self.setColumnWidth(number, width_px)
        last = self._model.rowCount() - 1
        widest = preview.rows.line(last) if last >= 0 else 1
        self.verticalHeader().setFixedWidth(metrics.horizontalAdvance(f"{widest}") + scaled_px(LINE_ROOM_PX))
        if not is_same:
            self.scrollToTop()
            self.horizontalScrollBar().setValue(0)
        if preview.problem_line is not None:
            self.show_line(preview.problem_line, None)
        elif 0 <= row <= last and column < self._model.columnCount():
            self.setCurrentIndex(self._model.index(row, column))

    def _widths(self, preview: ImportPreview, names: list[str]) -> list[int]:
        """In pixels, for the names, the longest role and the first cells."""
        least, most = scaled_px(LEAST_COLUMN_PX), scaled_px(MOST_COLUMN_PX)
        if len(names) > MOST_FITTED:
            return [least] * len(names)
        advance, room_px = self.fontMetrics().horizontalAdvance, scaled_px(NAME_ROOM_PX)
        least = max(least, max(map(advance, COLUMN_ROLES)) + room_px)
        rows = range(min(preview.rows.n_rows, ROWS_FITTED))
        found = []
        for place, name in enumerate(names):
            cells = [preview.rows.text(row, place) or "" for row in rows]
            longest = max((name, *cells), key=len)
            found.append(min(max(advance(safe_line(longest[:MOST_SHOWN])) + room_px, least), most))
        return found

    def show_roles(self, roles: Mapping[str, ColumnRole]) -> None:
        self._model.show_roles(roles)

    def show_line(self, line: int | None, column: str | None) -> None:
        """Go to a line of the file, and to a column; without a line to the present row."""
        preview = self._model.preview
        if preview is None or not preview.rows.n_rows:
            return
        names = [one.name for one in preview.columns]
        row = max(self.currentIndex().row(), 0) if line is None else preview.rows.row_at(line)
        place = self._model.index(row, names.index(column) if column in names else 0)
        self.setCurrentIndex(place)
        self.scrollTo(place, QAbstractItemView.ScrollHint.PositionAtCenter)

    def focusNextPrevChild(self, next: bool) -> bool:
        return QWidget.focusNextPrevChild(self, next)
