"""The cells of the variables table, sorted as a person wants them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from regdesk.core.words.number_text import fixed_text
from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit import theme
from regdesk.views.kit.plain_text import tool_tip
from regdesk.views.variables.columns import ENTERS, IMPORTANCE, NAME, PERMUTED, SIGN, STATE
from regdesk.views.variables.words import entry_text, permuted_text

if TYPE_CHECKING:
    from regdesk.core.model.permuted import PermutedLosses
    from regdesk.core.weights.variables import VariableFigures

NUMBERS, CENTRED = (IMPORTANCE, PERMUTED), (SIGN, ENTERS, STATE)
NOTHING_KNOWN = "–"
SHARE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""Of an importance, its share of the largest one."""
_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_ROLES = Qt.ItemDataRole


class VariablesModel(QAbstractTableModel):
    """One row a column of the data; ``order`` are their numbers as they stand beneath each other."""

    def __init__(self) -> None:
        super().__init__()
        self.figures: VariableFigures | None = None
        self.order: list[int] = []
        self._sort = (IMPORTANCE, Qt.SortOrder.DescendingOrder)
        # Names as far as there is room for them; the whole is in the tool tip.
        self._labels: list[str] = []
        self._permuted: PermutedLosses | None = None
        self._is_of_now = True
        self._entries: Mapping[str, tuple[int, int]] = {}
        self._no_entry = self._no_permuted = self._no_sign = ""
        self._tips = (
            self.tr("A column of the data; the labels of a category are one column"),
            self.tr(
                "How much its weights come to: the product of |weights| along each way from it to an output, summed up;"
                " of a linear model |weight|. Bars share a scale."
            ),
            self.tr(
                "How much the validation loss grows when its cells are permuted among the rows: mean ± standard "
                "deviation over the permutations. What two columns share is not missed where one of them "
                "alone is permuted."
            ),
            self.tr("Of its weight in a linear model"),
            self.tr("Its place in the order in which inputs enter as λ falls, by the last sweep"),
            self.tr("Out: no chain of weights that matter leads from it to an output"),
        )

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands above the columns of the table."""
        return (
            self.tr("Variable"), self.tr("Importance"), self.tr("Permuted"), self.tr("Sign"), self.tr("Enters"),
            self.tr("State"),
        )  # fmt: skip

    def show_figures(self, figures: VariableFigures) -> None:
        """What the columns are to the model now; rows move only with ``sort_again``."""
        is_same = self.figures is not None and self.figures.names == figures.names
        if is_same:
            self.figures = figures
            self._tell_all()
            return
        self.beginResetModel()
        self.figures, self._labels = figures, [safe_line(name) for name in figures.names]
        self.order = list(range(len(figures.names)))
        self.endResetModel()
        self.sort_again()

    @property
    def permuted(self) -> PermutedLosses | None:
        """What permuting costs the columns that stand here; None where nobody knows.

        Until the first moment of a new run is shown the columns are still those of the last one.
        """
        found, figures = self._permuted, self.figures
        is_of_these = found is not None and figures is not None and len(found.increases) == len(figures.names)
        return found if is_of_these else None

    def show_labels(self, labels: list[str]) -> None:
        """The names as far as there is room for them, in the order of the data."""
        if labels != self._labels:
            self._labels = labels
            self._tell_all()

    def show_entries(self, entries: Mapping[str, tuple[int, int]], reason: str, no_sign: str) -> None:
        """The place of each column in the order of entry; ``reason`` says why nobody knows it, ``no_sign`` why there
        are no signs.
        """
        if (entries, reason, no_sign) != (self._entries, self._no_entry, self._no_sign):
            self._entries, self._no_entry, self._no_sign = entries, reason, no_sign
            self.sort_again()

    def show_permuted(self, permuted: PermutedLosses | None, reason: str, is_of_now: bool) -> None:
        """What permuting each column costs; ``reason`` says why nobody knows."""
        if permuted is self._permuted and (reason, is_of_now) == (self._no_permuted, self._is_of_now):
            return
        is_new = permuted is not self._permuted
        self._permuted, self._no_permuted, self._is_of_now = permuted, reason, is_of_now
        if is_new:
            self.sort_again()
        else:
            self._tell_all()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sort = (column, order)
        self.sort_again()

    def sort_again(self) -> None:
        """Put the rows into the order that is chosen, by the figures of now."""
        figures = self.figures
        if figures is None:
            return
        column, direction = self._sort
        keys = [self._key(column, number) for number in range(len(figures.names))]
        known = [number for number, key in enumerate(keys) if key is not None]
        # What is not known stands last either way; among equals the order of the data stays.
        order = sorted(known, key=keys.__getitem__, reverse=direction == Qt.SortOrder.DescendingOrder)
        order += [number for number, key in enumerate(keys) if key is None]
        if order == self.order:
            self._tell_all()
            return
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        numbers = [self.order[index.row()] for index in kept]
        self.order = order
        rows = {number: row for row, number in enumerate(order)}
        after = [self.index(rows[number], one.column()) for number, one in zip(numbers, kept, strict=True)]
        self.changePersistentIndexList(kept, after)
        self.layoutChanged.emit()

    def _key(self, column: int, number: int) -> Any:
        """What a row is sorted by; None where it is not known."""
        figures, permuted = self.figures, self.permuted
        assert figures is not None
        if column == IMPORTANCE:
            return float(figures.importance[number])
        if column == SIGN:
            return figures.signs[number] or None
        if column == ENTERS:
            return None if self._no_entry else self._entries.get(figures.names[number])
        if column == STATE:
            return bool(figures.is_alive[number])
        if column == PERMUTED:
            return None if permuted is None else float(permuted.increases[number])
        return figures.names[number].casefold()

    def row_of(self, name: str) -> int | None:
        """Where a column of the data stands."""
        figures = self.figures
        if figures is None or name not in figures.names:
            return None
        return self.order.index(figures.names.index(name))

    def name_at(self, row: int) -> str | None:
        """The column of the data in a row."""
        return self.figures.names[self.order[row]] if self.figures is not None and 0 <= row < len(self.order) else None

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLES.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == _ROLES.DisplayRole:
            return self.headings[section]
        if role == _ROLES.ToolTipRole:
            return tool_tip(self._tips[section])
        if role == _ROLES.TextAlignmentRole:
            return self._alignment(section)
        return None

    def data(self, index: _Index, role: int = _ROLES.DisplayRole) -> Any:
        figures = self.figures
        if figures is None or not index.isValid():
            return None
        number, column = self.order[index.row()], index.column()
        if role == _ROLES.DisplayRole:
            return self._labels[number] if column == NAME else self.text(number, column)
        if role == _ROLES.ToolTipRole:
            return tool_tip(figures.names[number] if column == NAME else self._why(column))
        if role == _ROLES.TextAlignmentRole:
            return self._alignment(column)
        if role == _ROLES.ForegroundRole and (not figures.is_alive[number] or self._is_quiet(column)):
            return QColor(theme.colours().disabled_text)
        if role == SHARE_ROLE and column == IMPORTANCE:
            largest = float(figures.importance.max(initial=0.0))
            return float(figures.importance[number]) / largest if largest else 0.0
        return None

    def text(self, number: int, column: int) -> str:
        """What a cell says of the column ``number`` of the data."""
        figures, permuted = self.figures, self.permuted
        assert figures is not None
        if column == IMPORTANCE:
            return fixed_text(float(figures.importance[number]))
        if column == SIGN:
            return figures.signs[number] or NOTHING_KNOWN
        if column == ENTERS:
            return NOTHING_KNOWN if self._no_entry else entry_text(self._entries.get(figures.names[number]))
        if column == STATE:
            return self.tr("in") if figures.is_alive[number] else self.tr("out")
        if column == PERMUTED:
            return NOTHING_KNOWN if permuted is None else permuted_text(permuted, number)
        return figures.names[number]

    def _why(self, column: int) -> str:
        """Why a cell says nothing; else what its column means."""
        reasons = {
            ENTERS: self._no_entry, SIGN: self._no_sign, PERMUTED: self._no_permuted if self.permuted is None else "",
        }  # fmt: skip
        return reasons.get(column) or self._tips[column]

    def _is_quiet(self, column: int) -> bool:
        return column == PERMUTED and self.permuted is not None and not self._is_of_now

    def _alignment(self, column: int) -> Any:
        side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
        return (Qt.AlignmentFlag.AlignHCenter if column in CENTRED else side) | Qt.AlignmentFlag.AlignVCenter

    def _tell_all(self) -> None:
        if self.order:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.order) - 1, self.columnCount() - 1))
