"""The mouse in the λ panel: the line that is dragged, and the points that are clicked on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt, Signal

if TYPE_CHECKING:
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.types import Float64s
    from regdesk.views.sweep.axes import LambdaRange
    from regdesk.views.sweep.live_marks import LambdaLine

NEAR_PX = 12.0


class LambdaGestures(QObject):
    """Signals: ``lambda_chosen(float)``, ``drag_changed(bool)``, ``weights_requested(float)`` and ``dropped()`` when
    the line has been let go. ``curve`` is what can be clicked on.
    """

    lambda_chosen = Signal(float)
    drag_changed = Signal(bool)
    weights_requested = Signal(float)
    dropped = Signal()

    def __init__(self, parent: QObject, plot: Any, line: LambdaLine, lambdas: LambdaRange) -> None:
        super().__init__(parent)
        self._plot, self._line, self._lambdas = plot, line, lambdas
        self._is_dragging = False
        self.curve: SweepCurve | None = None
        line.line.sigDragged.connect(self._on_line_dragged)
        line.line.sigPositionChangeFinished.connect(self._on_line_dropped)
        plot.scene().sigMouseClicked.connect(self._on_scene_clicked)

    def nearest(self, lambdas: Float64s, x: float) -> int | None:
        """The number of the one of ``lambdas`` ``(n,)`` next to ``x`` of the axis, where one is near."""
        if not len(lambdas):
            return None
        away = np.abs(self._lambdas.positions(lambdas) - x)
        number = int(away.argmin())
        return number if away[number] <= NEAR_PX * self._plot.vb.viewPixelSize()[0] else None

    def _on_line_dragged(self) -> None:
        if not self._is_dragging:
            self._is_dragging = True
            self.drag_changed.emit(True)
        lam = self._lambdas.lam_at(self._line.line.value())
        if lam != self._line.lam:
            self.lambda_chosen.emit(lam)

    def _on_line_dropped(self) -> None:
        if self._is_dragging:
            self._is_dragging = False
            self.drag_changed.emit(False)
            self.dropped.emit()

    def point_at(self, place: QPointF) -> int | None:
        """The number of the swept λ one of whose points is at ``place`` of the scene; None where there is none."""
        box, curve = self._plot.vb, self.curve
        if curve is None or not box.sceneBoundingRect().contains(place):
            return None
        at, (across, up) = box.mapSceneToView(place), box.viewPixelSize()
        x_px = np.abs(self._lambdas.positions(curve.lambdas) - at.x()) / across
        y_px = np.minimum(np.abs(curve.train_loss - at.y()), np.abs(curve.validation_loss - at.y())) / up
        away = np.hypot(x_px, y_px)
        number = int(away.argmin())
        return number if away[number] <= NEAR_PX else None

    def _on_scene_clicked(self, event: Any) -> None:
        number = self.point_at(event.scenePos()) if event.button() == Qt.MouseButton.LeftButton else None
        if number is not None and self.curve is not None:
            chosen = self.weights_requested if event.double() else self.lambda_chosen
            chosen.emit(float(self.curve.lambdas[number]))
