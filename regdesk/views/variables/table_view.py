"""The table of the variables as it is seen and worked with: bars, one selected row, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from regdesk.core.settings.configuration import VARIABLES_COLUMNS
from regdesk.core.settings.look_table import FALLING, RISING
from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended
from regdesk.views.kit.name_room import elided_all
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.variables.columns import DESCENDING, ENTERS, IMPORTANCE, NAME, PERMUTED, SIGN, STATE
from regdesk.views.variables.table_model import SHARE_ROLE, VariablesModel

if TYPE_CHECKING:
    from regdesk.views.kit.theme import Colours

BAR_SHARE = 0.3
"""How strong the colour of a bar behind a number is."""
ROW_ROOM_PX, CELL_ROOM_PX = 4, 14
SAMPLES = {IMPORTANCE: "0.00e-00", PERMUTED: "−0.0000 ± 0.0000", SIGN: "±", ENTERS: "never", STATE: "out"}
"""The longest that stands in a column; the name has what is left."""
LEAST_NAME_PX = 90
_ORDER = Qt.SortOrder
_OTHER = {
    _ORDER.AscendingOrder: _ORDER.DescendingOrder,
    _ORDER.DescendingOrder: _ORDER.AscendingOrder,
}
MOST_TOLD_APART = 500
"""Names that are cut so that no two read alike; more take longer than a picture may."""


def order_word(column: int, order: Qt.SortOrder) -> str:
    """The setting's word for rows that are sorted by ``column``."""
    return f"{VARIABLES_COLUMNS[column]}-{FALLING if order == _ORDER.DescendingOrder else RISING}"


class _Bars(QStyledItemDelegate):
    """A bar behind each importance, as long as its share of the largest."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        share = index.data(SHARE_ROLE)
        if share:
            box = option.rect.adjusted(1, 2, -1, -2)
            box.setLeft(box.right() - round(share * box.width()))
            painter.fillRect(box, blended(theme.colours().weights, BAR_SHARE))
        super().paint(painter, option, index)


class VariablesView(QTableView):
    """Signals: ``name_chosen(object)`` with the column of the data whose row was clicked on or got to by keys, None
    beside all rows; ``copy_requested()``; ``order_chosen(str)`` with the setting's word for it.
    """

    name_chosen = Signal(object)
    order_chosen = Signal(str)
    copy_requested = Signal()
    # Qt tells of changes before all is there.
    _is_made = False

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("variablesTable")
        self.setAccessibleName(self.tr("Variables"))
        self.rows = VariablesModel()
        self.setModel(self.rows)
        self.setItemDelegateForColumn(IMPORTANCE, _Bars(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setObjectName("variablesHeader")
        header.setAccessibleName(self.tr("Sort by"))
        header.setHighlightSections(False)
        header.setMinimumSectionSize(8)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSortIndicator(IMPORTANCE, Qt.SortOrder.DescendingOrder)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self.sort_by)
        self._sorted = IMPORTANCE, _ORDER.DescendingOrder
        self._is_showing = False
        # Names are cut anew when the layout has come to rest.
        self._fit_soon = QTimer(self, singleShot=True)
        self._fit_soon.timeout.connect(self.fit_columns)
        self.rows.modelReset.connect(self._fit_soon.start)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        self.apply_theme()
        self._is_made = True

    def apply_theme(self) -> None:
        """Take on the colours in force; the selected row has that of the selection."""
        theme.style_scroll_bars(self)
        colours: Colours = theme.colours()
        palette = self.palette()
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            palette.setColor(group, QPalette.ColorRole.Highlight, QColor(colours.selected))
            palette.setColor(group, QPalette.ColorRole.HighlightedText, QColor(colours.background))
        for role, colour in (
            (QPalette.ColorRole.Base, colours.background),
            (QPalette.ColorRole.Text, colours.text),
        ):
            palette.setColor(role, QColor(colour))
        self.setPalette(palette)
        # Flat: Fusion's own headings are pixels, which a drawing to scale is not to have.
        self.horizontalHeader().setStyleSheet(
            f"QHeaderView {{ background: {colours.window}; }} QHeaderView::section {{ background: {colours.window}; "
            f"color: {colours.text}; border: none; border-bottom: 1px solid {colours.grid}; padding: 2px 4px; }}"
            "QHeaderView::up-arrow, QHeaderView::down-arrow { subcontrol-position: left center; width: 10px; }"
        )
        self.viewport().update()

    def fit_columns(self) -> None:
        """Numbers as wide as they get, the name what is left."""
        self.ensurePolished()
        metrics, of_heading = self.fontMetrics(), self.horizontalHeader().fontMetrics()
        room_px = scaled_px(CELL_ROOM_PX)
        self.verticalHeader().setDefaultSectionSize(metrics.height() + scaled_px(ROW_ROOM_PX))
        widths = []
        for column, heading in enumerate(self.rows.headings[1:], start=1):
            longest = SAMPLES[column]
            wide = max(metrics.horizontalAdvance(longest), of_heading.horizontalAdvance(heading))
            widths.append(wide + room_px + scaled_px(8) * (column == self._sorted[0]))
            self.setColumnWidth(column, widths[-1])
        name_px = max(self.viewport().width() - sum(widths), scaled_px(LEAST_NAME_PX))
        self.setColumnWidth(NAME, name_px)
        figures = self.rows.figures
        if figures is not None and len(figures.names) <= MOST_TOLD_APART:
            self.rows.show_labels(elided_all(figures.names, metrics, name_px - room_px))

    def sort_by(self, column: int) -> None:
        """As a click on its heading does: numbers with the largest first, another time the other way round."""
        before, order = self._sorted
        if column == before:
            order = _OTHER[order]
        else:
            order = _ORDER.DescendingOrder if column in DESCENDING else _ORDER.AscendingOrder
        self._sort(column, order)
        self.order_chosen.emit(order_word(column, order))

    def show_order(self, word: str) -> None:
        """What is in force, as the setting has it."""
        column, _, way = word.partition("-")
        order = _ORDER.DescendingOrder if way == FALLING else _ORDER.AscendingOrder
        if self._sorted != (VARIABLES_COLUMNS.index(column), order):
            self._sort(VARIABLES_COLUMNS.index(column), order)

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        self._sorted = column, order
        self.horizontalHeader().setSortIndicator(column, order)
        self.rows.sort(column, order)
        self.fit_columns()

    def show_selected(self, name: str | None) -> None:
        """The row of that column of the data is the selected one; None: no row is."""
        row = None if name is None else self.rows.row_of(name)
        self._is_showing = True
        try:
            if row is None:
                self.clearSelection()
                self.setCurrentIndex(QModelIndex())
            elif row != self.currentIndex().row():
                self.selectRow(row)
                self.scrollTo(self.rows.index(row, NAME))
        finally:
            self._is_showing = False

    def show_as_picture(self, is_picture: bool) -> None:
        """In a picture nobody sorts."""
        self.horizontalHeader().setSortIndicatorShown(not is_picture)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_showing = True
        try:
            super().mousePressEvent(event)
        finally:
            self._is_showing = False
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton:
            self.name_chosen.emit(self.rows.name_at(index.row()) if index.isValid() else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._is_made:
            self._fit_soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_soon.start()

    def _on_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        # By keys; a click says itself what it was on.
        if not self._is_showing and current.isValid():
            self.name_chosen.emit(self.rows.name_at(current.row()))
