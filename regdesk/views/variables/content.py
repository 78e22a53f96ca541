"""What the panel of the variables holds: the table, and beneath it the permutations."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from regdesk.views.kit import spacing, theme
from regdesk.views.kit.elided_label import ElidedLabel
from regdesk.views.variables.table_view import VariablesView


class VariablesContent(QWidget):
    """Signals: ``name_chosen(object)`` and ``copy_requested()`` of the table, ``permuting_requested()``."""

    name_chosen = Signal(object)
    copy_requested = Signal()
    permuting_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.table = VariablesView()
        self.permute = QPushButton(self.tr("Permute"))
        self.permute.setObjectName("permuteButton")
        tip = self.tr("Permute each column among the validation rows, and see how much the loss grows without it")
        self.permute.setToolTip(tip)
        self.permute.setAccessibleName(tip)
        self.note = ElidedLabel()
        self.note.setObjectName("permutedNote")
        self.note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(spacing.USUAL_PX)
        line.addWidget(self.permute)
        line.addWidget(self.note, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing.SMALL_PX)
        layout.addWidget(self.table, stretch=1)
        layout.addLayout(line)
        self.table.name_chosen.connect(self.name_chosen)
        self.table.copy_requested.connect(self.copy_requested)
        self.permute.clicked.connect(self.permuting_requested)
        self.apply_theme()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def apply_theme(self) -> None:
        self.table.apply_theme()
        self.note.setStyleSheet(f"color: {theme.colours().quiet_text}")

    def show_permuting(self, can_ask: bool, *notes: str) -> None:
        """Whether the columns can be permuted now; ``notes`` say what was found or is waited for, from the fullest to
        the shortest.
        """
        self.permute.setEnabled(can_ask)
        self.note.show_text(*notes)
