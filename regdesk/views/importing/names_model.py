"""Names of columns as entries of a list, of which there may be thousands."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.plain_text import tool_tip

_ROOT = QModelIndex()


class NamesModel(QAbstractListModel):
    """The datum of each entry is the name itself; what is shown is plain text on one line."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def show_names(self, names: list[str]) -> None:
        """Others than before."""
        self.beginResetModel()
        self.names = names
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.names)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        name = self.names[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return safe_line(name)
        if role == Qt.ItemDataRole.UserRole:
            return name
        return tool_tip(name) if role == Qt.ItemDataRole.ToolTipRole else None
