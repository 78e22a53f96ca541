"""The entries of the λ panel's menu that put weights of the sweep into the live model."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from regdesk.core.words.number_text import number_text


class WeightActions(QObject):
    """Signal: ``weights_requested(float)`` with the λ whose weights are wanted."""

    weights_requested = Signal(float)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._of_best = QAction(self.tr("Load the weights of λ_best"), self)
        self._of_point = QAction(self)
        for action, name in ((self._of_best, "loadBestWeights"), (self._of_point, "loadWeights")):
            action.setObjectName(f"{name}Action")
            action.triggered.connect(self._on_triggered)

    def actions_for(self, best: float | None, point: float | None) -> list[QAction]:
        """The entries; ``best`` and ``point`` are λ of the sweep, None where there is none to be loaded."""
        text = self.tr("Load the weights of this λ: point at one of the curve's points")
        if point is not None:
            text = self.tr("Load the weights of λ {lam}").format(lam=number_text(point))
        self._of_point.setText(text)
        for action, lam in ((self._of_best, best), (self._of_point, point)):
            action.setData(lam)
            action.setEnabled(lam is not None)
        return [self._of_best, self._of_point]

    def _on_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction) and action.data() is not None:
            self.weights_requested.emit(action.data())
