"""Beside the status line, for work that takes long: how far it is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit import spacing
from regdesk.views.kit.plain_text import tool_tip

PATIENCE_MS = 500
"""Work that ends sooner shows nothing: what flashes by is not read."""
_PARTS = 1000


class BusyBar(QWidget):
    """Signals: ``cancel_clicked()``, ``appeared(bool)`` with whether there now is something that can be cancelled."""

    cancel_clicked = Signal()
    appeared = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("busyBar")
        self._bar = QProgressBar()
        self._bar.setObjectName("progressBar")
        self._bar.setFixedWidth(150)
        self._bar.setTextVisible(False)
        self._bar.setMaximumHeight(12)
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setObjectName("cancelButton")
        self._cancel.setAccessibleName(self.tr("Cancel reading"))
        self._cancel.setToolTip(self.tr("Stop reading; keep the data on screen (Esc)"))
        self._cancel.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, spacing.SMALL_PX, 0)
        layout.addWidget(self._bar)
        layout.addWidget(self._cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self._on_patience_ended)
        self._can_cancel = False
        self._cancel.clicked.connect(self.cancel_clicked)
        self.hide()

    def begin(self, text: str, can_cancel: bool) -> None:
        """Work called ``text`` begins; it is shown when it takes longer than a moment."""
        self._can_cancel = can_cancel
        self._bar.setAccessibleName(safe_line(text))
        self._bar.setToolTip(tool_tip(text))
        self._cancel.setVisible(can_cancel)
        # Not known yet how far it is.
        self._bar.setRange(0, 0)
        if not self.isHidden():
            self.appeared.emit(can_cancel)
        elif not self._timer.isActive():
            self._timer.start()

    def show_fraction(self, fraction: float) -> None:
        """``fraction`` of the work is done, 0 to 1."""
        self._bar.setRange(0, _PARTS)
        self._bar.setValue(round(_PARTS * min(max(fraction, 0.0), 1.0)))

    def end(self) -> None:
        """The work is done, or was given up."""
        self._timer.stop()
        self.hide()
        self.appeared.emit(False)

    def _on_patience_ended(self) -> None:
        self.show()
        self.appeared.emit(self._can_cancel)
