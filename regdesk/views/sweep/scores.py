"""Whether accuracy and AUROC are shown beneath the losses: where there are any, and room or the wish to see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, QPointF, Signal

from regdesk.views.kit.text_size import scaled_px
from regdesk.views.sweep.score_plot import ScorePlot

if TYPE_CHECKING:
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.types import Float64s
    from regdesk.views.sweep.axes import LambdaRange
    from regdesk.views.sweep.live_marks import LambdaLine

SCORES_LEAST_PX = 260
"""Height of the view below which accuracy and AUROC are drawn only when somebody asks for them."""


class Scores(QObject):
    """Signal: ``laid_out(bool)``, whether they are shown where there are any; the plot is made with the first sweep
    that shows it.
    """

    laid_out = Signal(bool)

    def __init__(self, parent: QObject, view: Any, losses: Any, lambdas: LambdaRange, line: LambdaLine) -> None:
        """``losses`` is the plot above, ``line`` the λ in force there."""
        super().__init__(parent)
        self._view, self._losses, self._lambdas, self._line = view, losses, lambdas, line
        self._plot: ScorePlot | None = None
        self._is_wanted: bool | None = None

    @staticmethod
    def are_in(curve: SweepCurve | None) -> bool:
        """Whether ``curve`` is of classes."""
        return curve is not None and bool(np.isfinite(curve.accuracy).any())

    def want(self, is_wanted: bool | None, curve: SweepCurve | None) -> None:
        """Whether they are shown; None: as the room has it."""
        self._is_wanted = is_wanted
        self.lay_out(curve)

    def lay_out(self, curve: SweepCurve | None) -> None:
        """Give them a plot of their own, or take it away, as the room has it."""
        is_wanted = self._is_wanted
        if is_wanted is None:
            is_wanted = self._view.height() >= scaled_px(SCORES_LEAST_PX)
        is_shown = is_wanted and self.are_in(curve)
        if is_shown and self._plot is None:
            self._plot = ScorePlot(self._view, self._losses, self._lambdas)
            self._plot.apply_theme()
            self._line.line.sigPositionChanged.connect(self.follow_line)
            self.follow_line()
        if self._plot is not None:
            self._plot.set_shown(is_shown)
        self.laid_out.emit(is_wanted)

    def begin(self) -> None:
        """Another sweep."""
        if self._plot is not None:
            self._plot.begin()

    def show(self, curve: SweepCurve, positions: Float64s, is_stale: bool) -> None:
        """``positions`` ``(n_done,)`` are the places of its λ."""
        if self._plot is not None and self._plot.is_shown:
            self._plot.show(curve, positions, is_stale)

    def follow_line(self) -> None:
        """Its line stands where that of the losses does."""
        if self._plot is not None:
            self._plot.line.setPos(self._line.line.value())
            self._plot.line.setVisible(self._line.line.isVisible())

    def contains(self, place: QPointF) -> bool:
        """Whether ``place`` of the scene is in the plot."""
        return self._plot is not None and self._plot.contains(place)

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        if self._plot is not None:
            self._plot.apply_theme()
