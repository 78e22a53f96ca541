"""The way out of a collapse: a button beside the status line that is there only when it is needed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton

from regdesk.core.narration import exact_text

SHORTCUT = "Ctrl+L"


class LivedResetButton(QPushButton):
    """Signals: ``lambda_requested(float)``, the λ that the button names."""

    lambda_requested = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("resetLivedButton")
        self._lam: float | None = None
        # Where Enter is pressed with the keyboard's focus on it, it answers as it does to Space.
        self.setAutoDefault(True)
        self.clicked.connect(self._on_clicked)
        self.hide()

    def show_lambda(self, lam: float | None) -> None:
        """Offer to begin again with λ; None takes the button away."""
        if lam == self._lam:
            return
        self._lam = lam
        if lam is not None:
            text = f"Reset with λ = {exact_text(lam)}"
            self.setText(text)
            self.setAccessibleName(text)
            tip = f"Set λ to {exact_text(lam)} and begin again from the same initial weights"
            self.setAccessibleDescription(tip)
            self.setToolTip(f"{tip} ({SHORTCUT})")
            # A new text takes the shortcut away.
            self.setShortcut(QKeySequence(SHORTCUT))
        self.setVisible(lam is not None)

    def _on_clicked(self) -> None:
        if self._lam is not None:
            self.lambda_requested.emit(self._lam)
