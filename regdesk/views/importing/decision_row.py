"""The last row of the dialog that opens a file: how far it is, what Enter does, and the buttons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QProgressBar, QPushButton, QWidget

from regdesk.views.kit.elided_label import ElidedLabel
from regdesk.views.kit.text_size import scaled_px

PROGRESS_PX = 120
_PARTS = 1000


class DecisionRow(QWidget):
    """Signals: ``open_clicked()``, ``cancel_clicked()`` and ``copy_clicked()`` for the command of what is chosen."""

    open_clicked = Signal()
    cancel_clicked = Signal()
    copy_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        buttons = QDialogButtonBox()
        self._open = buttons.addButton(self.tr("Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        copy = QPushButton(self.tr("Cop&y command"))
        for button, name, tip in (
            (self._open, "importOpenButton", self.tr("Open the file with this (Enter)")),
            (cancel, "importCancelButton", self.tr("Leave everything as it is (Esc)")),
            (copy, "importCopyButton", self.tr("Copy the command that opens the file with these choices")),
        ):
            button.setObjectName(name)
            button.setAccessibleName(tip)
            button.setToolTip(tip)
        copy.setAutoDefault(False)
        self._open.setDefault(True)
        buttons.accepted.connect(self.open_clicked)
        buttons.rejected.connect(self.cancel_clicked)
        copy.clicked.connect(self.copy_clicked)
        self._state = ElidedLabel()
        self._state.setObjectName("importState")
        self._progress = QProgressBar()
        self._progress.setObjectName("importProgress")
        self._progress.setAccessibleName(self.tr("How much of the file is read"))
        self._progress.setTextVisible(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(copy)
        layout.addWidget(self._state, stretch=1)
        layout.addWidget(self._progress)
        layout.addWidget(buttons)

    def fit_text(self) -> None:
        """As wide as text of this size wants it."""
        self._progress.setFixedWidth(scaled_px(PROGRESS_PX))

    def show_state(self, text: str, can_open: bool) -> None:
        """What goes on, or what Enter does; and whether the file can be opened so."""
        self._open.setEnabled(can_open)
        self._state.show_text(text)

    def show_text(self, text: str) -> None:
        """``text`` in place of what goes on."""
        self._state.show_text(text)

    def show_reading(self, is_partial: bool) -> None:
        """That the rest of the file is read, or no longer."""
        self._progress.setVisible(is_partial)

    def begin_reading(self) -> None:
        """That the file is read, nobody knows yet how far."""
        self._progress.setRange(0, 0)
        self._progress.show()

    def show_progress(self, fraction: float) -> None:
        """``fraction`` of the file is read, 0 to 1."""
        self._progress.setRange(0, _PARTS)
        self._progress.setValue(round(_PARTS * min(max(fraction, 0.0), 1.0)))
