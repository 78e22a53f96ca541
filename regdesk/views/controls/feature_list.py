"""The features to choose: a filter, All and None for what it shows, and a list with what is known of each column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from regdesk.views.controls.feature_model import BECOMES, DISTINCT, FACTOR, KIND, MISSING, NAME, FeatureModel
from regdesk.views.kit.check_outline import draw_check_outline
from regdesk.views.kit.form_parts import name_widget
from regdesk.views.kit.name_room import elided_all
from regdesk.views.kit.plain_text import PlainLabel
from regdesk.views.kit.setting_controls import name_setting

if TYPE_CHECKING:
    from regdesk.core.words.data_facts import ColumnFact

ROOM_PX = 6
CELL_PX = 14
"""Left and right of what stands in a cell."""
BESIDE_NAME = (KIND, MISSING, DISTINCT, BECOMES, FACTOR)


class FeatureList(QWidget):
    """Signals: ``features_edited()``."""

    features_edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._filter = QLineEdit()
        self._filter.setPlaceholderText(self.tr("part of a name"))
        self._filter.setClearButtonEnabled(True)
        name_widget(
            self._filter,
            "featureFilterEdit",
            self.tr("Filter"),
            self.tr("Shows only columns whose name contains this; All and None act on what is shown."),
        )
        label = QLabel(self.tr("&Filter"))
        label.setBuddy(self._filter)
        self._all = self._button(
            "allFeaturesButton",
            self.tr("&All"),
            self.tr("Check every column shown. Identifiers, dates, free text and constants are checked one by one."),
        )
        self._none = self._button("noFeaturesButton", self.tr("N&one"), self.tr("Uncheck every column shown."))
        self._model = FeatureModel()
        self._tree = _Tree(self._model)
        name_setting(self._tree, "data.features")
        # The tip of the list itself would stand in the way of those of its rows.
        self._tree.setToolTip("")
        self._count = PlainLabel()
        self._count.setObjectName("featureCount")
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self._filter, stretch=1)
        row.addWidget(self._all)
        row.addWidget(self._none)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self._tree, stretch=1)
        layout.addWidget(self._count)
        self._filter.textChanged.connect(self._on_filter_changed)
        self._all.clicked.connect(self._on_all_clicked)
        self._none.clicked.connect(self._on_none_clicked)
        self._model.features_edited.connect(self._on_features_edited)
        self._model.factor_refused.connect(self._count.setText)

    def _button(self, object_name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        name_widget(button, object_name, text.replace("&", ""), tip)
        button.setAutoDefault(False)
        return button

    def show_facts(
        self,
        facts: tuple[ColumnFact, ...],
        checked: Iterable[str],
        reserved: dict[str, str],
        factors: Mapping[str, float],
    ) -> None:
        """Another table; ``reserved`` says of columns that cannot be features what they are."""
        self._filter.clear()
        self._model.show_facts(facts, checked, reserved, factors)
        self._tree.begin_table()
        self._show_count()

    def show_reserved(self, reserved: dict[str, str]) -> None:
        self._model.show_reserved(reserved)
        self._show_count()

    @property
    def features(self) -> tuple[str, ...]:
        """Names of the checked columns, in the table's order."""
        return self._model.features

    @property
    def factors(self) -> dict[str, float]:
        """Penalty factors other than 1 of the checked columns."""
        return self._model.factors

    @property
    def are_default(self) -> bool:
        """Whether exactly those are checked that would be used if nobody chose."""
        return self._model.features == self._model.defaults

    def _show_count(self) -> None:
        shown, total = self._model.rowCount(), self._model.n_free
        text = self.tr("{n} of {total} columns are features").format(n=len(self._model.features), total=total)
        if self._filter.text().strip() and shown:
            text += self.tr("; the filter shows {shown}").format(shown=shown)
        elif self._filter.text().strip():
            text += self.tr("; no name contains this")
        self._count.setText(text)

    def _on_filter_changed(self, text: str) -> None:
        self._model.show_filter(text)
        self._show_count()

    def _on_all_clicked(self) -> None:
        self._model.check_shown(True)

    def _on_none_clicked(self) -> None:
        self._model.check_shown(False)

    def _on_features_edited(self) -> None:
        self._show_count()
        self.features_edited.emit()


class _RoomyDelegate(QStyledItemDelegate):
    """Rows high enough for a pointer to meet the right one; names that are cut for want of room stay distinct."""

    def __init__(self, tree: QTreeView) -> None:
        super().__init__(tree)
        self._cut: dict[str, str] = {}
        self._room_px = 0
        for signal in (tree.model().modelReset, tree.model().layoutChanged, tree.model().dataChanged):
            signal.connect(self._on_names_changed)

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if index.column() != NAME:
            return
        tree, model, part = self.parent(), index.model(), QStyle.SubElement.SE_ItemViewItemText
        assert isinstance(tree, QTreeView)
        style = tree.style()
        margin_px = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, tree) + 1
        room_px = style.subElementRect(part, option, tree).width() - 2 * margin_px
        if room_px != self._room_px or not self._cut:
            names = [str(model.index(row, NAME).data()) for row in range(model.rowCount())]
            self._room_px = room_px
            self._cut = dict(zip(names, elided_all(names, option.fontMetrics, room_px), strict=True))
        option.text = self._cut.get(option.text, option.text)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        if index.column() != NAME or not index.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        tree = self.parent()
        assert isinstance(tree, QTreeView)
        full = QStyleOptionViewItem(option)
        self.initStyleOption(full, index)
        part = QStyle.SubElement.SE_ItemViewItemCheckIndicator
        draw_check_outline(painter, tree.style().subElementRect(part, full, tree))

    def _on_names_changed(self) -> None:
        self._cut = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        size.setHeight(size.height() + ROOM_PX)
        return size


class _Tree(QTreeView):
    """Space checks or unchecks all rows that are selected, as the current one will be."""

    def __init__(self, model: FeatureModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(_RoomyDelegate(self))
        self.setRootIsDecorated(False)
        # By F2 and by a double click on the factor, wherever the current cell is.
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._on_double_clicked)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in BESIDE_NAME:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        for changed in (model.modelReset, model.dataChanged):
            changed.connect(self._on_cells_changed)

    def begin_table(self) -> None:
        """Columns as wide as what stands in them, for the names need the rest."""
        self._fit_columns(lambda _column: 0)

    def _on_cells_changed(self) -> None:
        # Of one table they only grow: the list does not jump when another column is the target.
        self._fit_columns(self.columnWidth)

    def _fit_columns(self, least_px: Callable[[int], int]) -> None:
        model, metrics = self._model, self.fontMetrics()
        for column in BESIDE_NAME:
            # A table of 300 rows has few different cells.
            texts = {str(model.index(row, column).data()) for row in range(model.rowCount())}
            texts.add(str(model.headerData(column, Qt.Orientation.Horizontal)))
            width_px = max(map(metrics.horizontalAdvance, texts)) + CELL_PX
            self.header().resizeSection(column, max(width_px, least_px(column)))

    def focusNextPrevChild(self, next: bool) -> bool:
        # Tab leaves the list; a tree would walk through its rows.
        return QWidget.focusNextPrevChild(self, next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() == Qt.Key.Key_F2 and current.isValid():
            self._edit_factor(current)
            return
        if event.key() != Qt.Key.Key_Space or not current.isValid():
            super().keyPressEvent(event)
            return
        rows = [index.row() for index in self.selectionModel().selectedRows()] or [current.row()]
        self._model.toggle(rows, not self._model.is_checked(current.row()))

    def _edit_factor(self, index: QModelIndex) -> None:
        """Open a box for the penalty factor in the row of ``index``; a column that is no feature has none."""
        place = index.siblingAtColumn(FACTOR)
        if place.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(place)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if index.column() == FACTOR:
            self._edit_factor(index)
