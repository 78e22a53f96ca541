"""The way out of a collapse: a button beside the status line that is there only when it is needed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from regdesk.core.words.number_text import number_text
from regdesk.views.kit.plain_text import tool_tip


class LivedResetButton(QPushButton):
    """Signals: ``lambda_requested(float)``, the λ that the button names; ``offered(bool)``, whether there is one.

    Its shortcut is that of the action in the menu, which calls ``request``.
    """

    lambda_requested = Signal(float)
    offered = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("resetLivedButton")
        self.setAccessibleName(self.tr("Reset with the last λ at which weights lived"))
        self._lam: float | None = None
        # Where Enter is pressed with the keyboard's focus on it, it answers as it does to Space.
        self.setAutoDefault(True)
        self.clicked.connect(self.request)
        self.hide()

    def show_lambda(self, lam: float | None) -> None:
        """Offer to begin again with λ; None takes the button away."""
        if lam == self._lam:
            return
        self._lam = lam
        if lam is not None:
            text = self.tr("Reset with λ = {lam}").format(lam=number_text(lam))
            self.setText(text)
            self.setAccessibleName(text)
            tip = self.tr("Set λ to {lam} and begin again from the same initial weights").format(lam=number_text(lam))
            self.setAccessibleDescription(tip)
            self.setToolTip(tool_tip(f"{tip} (Ctrl+L)"))
        self.setVisible(lam is not None)
        self.offered.emit(lam is not None)

    def request(self) -> None:
        """Ask for what is offered, if anything is."""
        if self._lam is not None:
            self.lambda_requested.emit(self._lam)
