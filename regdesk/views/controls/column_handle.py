"""The slim button between the control column and the panels, by which the column is folded and unfolded."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton

THICKNESS_PX = 8


class ColumnHandle(QToolButton):
    """As long as the edge that it stands at."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("columnHandle")
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_whole(True)

    def show_whole(self, is_whole: bool) -> None:
        """Whether it stands beside the whole column, or under what is left of it."""
        self.setArrowType(Qt.ArrowType.LeftArrow if is_whole else Qt.ArrowType.DownArrow)
        fixed, expanding = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if is_whole else expanding, expanding if is_whole else fixed)
        name = self.tr("Fold the control column to the penalty and λ") if is_whole else self.tr("Show all controls")
        self.setAccessibleName(name)
        self.setToolTip(f"{name} (F4)")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(THICKNESS_PX, THICKNESS_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
