"""Columns of a file as rows of a list: what each is for, its kind, and a histogram of its values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from regdesk.core.settings.column_roles import ROLE_PATHS
from regdesk.core.types import EVERY_DATE, ColumnRole
from regdesk.core.words.import_facts import ImportColumn
from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.plain_text import tool_tip

NAME, ROLE, KIND, MISSING, VALUES = range(5)
BARS = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class ColumnModel(QAbstractTableModel):
    """Signals: ``roles_edited()`` when a column has been given another role."""

    roles_edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._columns: tuple[ImportColumn, ...] = ()
        self._roles: dict[str, ColumnRole] = {}
        self._given_kinds: frozenset[str] = frozenset()
        self._parted: frozenset[str] = frozenset()

    @property
    def date_parts(self) -> tuple[str, ...]:
        """Columns of dates whose month and weekday are features, too, in the order of the file."""
        return tuple(column.name for column in self._columns if self._is_parted(column))

    @property
    def roles(self) -> dict[str, ColumnRole]:
        """Of every column, in the order of the file."""
        return dict(self._roles)

    @property
    def usual_roles(self) -> dict[str, ColumnRole]:
        """What each column is for where nobody chooses."""
        return {column.name: column.role for column in self._columns}

    def column(self, row: int) -> ImportColumn:
        return self._columns[row]

    def role(self, row: int) -> ColumnRole:
        return self._roles[self._columns[row].name]

    def show_columns(
        self, columns: tuple[ImportColumn, ...], roles: Mapping[str, ColumnRole], given_kinds: Iterable[str]
    ) -> None:
        """Another table; ``given_kinds`` are names of columns whose kind somebody has said."""
        self.beginResetModel()
        self._columns, self._given_kinds = columns, frozenset(given_kinds)
        self._roles = {column.name: roles.get(column.name, column.role) for column in columns}
        self.endResetModel()

    def give_role(self, rows: Iterable[int], role: ColumnRole) -> None:
        """Columns are for something else; of a role that one column has at most the last of them gets it."""
        names = [self._columns[row].name for row in rows]
        before = dict(self._roles)
        for name in names:
            if role in ROLE_PATHS:
                self._free(role)
            self._roles[name] = role
        if self._roles != before:
            self._refresh()
            self.roles_edited.emit()

    def give_date_parts(self, rows: Iterable[int], is_on: bool) -> None:
        """Of columns of dates the month and the weekday are features as well, or no longer."""
        names = frozenset(self._columns[row].name for row in rows)
        before = self.date_parts
        self._parted = frozenset(before) | names if is_on else frozenset(before) - names
        if self.date_parts != before:
            self._refresh()
            self.roles_edited.emit()

    def show_date_parts(self, names: Iterable[str]) -> None:
        """Those that were asked for before the file was opened. Says nothing."""
        self._parted = frozenset(names)

    def show_target(self, name: str) -> None:
        """Another column is predicted. Says nothing."""
        if self._roles.get(name) != "target":
            self._free("target")
            self._roles[name] = "target"
            self._refresh()

    def _is_parted(self, column: ImportColumn) -> bool:
        is_every = self._parted == {EVERY_DATE} and EVERY_DATE not in self._roles
        return column.has_date_parts and (is_every or column.name in self._parted)

    def _free(self, role: ColumnRole) -> None:
        """Who had it is a feature again, or what it was at first."""
        for column in self._columns:
            if self._roles[column.name] == role:
                self._roles[column.name] = column.role

    def _refresh(self) -> None:
        if self._columns:
            self.dataChanged.emit(self.index(0, NAME), self.index(len(self._columns) - 1, VALUES))

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else VALUES + 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, place = self._columns[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(column, place)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self.sentence(index.row()))
        if role == BARS and place == VALUES:
            return column.bars
        if role == Qt.ItemDataRole.TextAlignmentRole and place == MISSING:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._text(column, place) or self.sentence(index.row())
        return None

    def _text(self, column: ImportColumn, place: int) -> str:
        if place == NAME:
            return safe_line(column.name)
        if place == ROLE:
            return self._roles[column.name]
        if place == KIND:
            # A kind that somebody has said is marked, for it is not found again by itself.
            marks = ("*" if column.name in self._given_kinds else "") + ("+" if self._is_parted(column) else "")
            return f"{column.kind} {marks}" if marks else column.kind
        if place == MISSING:
            return f"{column.fact.n_missing:,}" if column.fact.n_missing else ""
        return ""

    def sentence(self, row: int) -> str:
        """What there is to say of a column: kind, values, and why it is left out."""
        column = self._columns[row]
        fact = column.fact
        n_missing = self.tr(", {n:,} missing").format(n=fact.n_missing) if fact.n_missing else ""
        said = self.tr("{name}: {kind}, {n:,} different values{missing}").format(
            name=fact.name, kind=fact.kind, n=fact.n_distinct, missing=n_missing
        )
        if column.name in self._given_kinds:
            said += self.tr(" (* the kind is what somebody has said)")
        if self._is_parted(column):
            said += self.tr(" (+ its month and its weekday are features)")
        return f"{said}; {fact.reason}." if fact.reason else f"{said}."

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Column"), self.tr("Role"), self.tr("Kind"), self.tr("Missing"), self.tr("Values"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section == MISSING:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None
