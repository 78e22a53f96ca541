"""The λ panel's own entries of its context menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from regdesk.views.sweep.network_marks import BandAction, StartsAction
from regdesk.views.sweep.weight_actions import WeightActions

if TYPE_CHECKING:
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.sweep.view import SweepView


class LambdaMenu(QObject):
    """Signals: ``best_chosen()``, ``sparser_chosen()``, ``scores_toggled(bool)``, ``band_toggled(bool)`` and
    ``weights_requested(float)`` with the λ whose weights are wanted, ``starts_chosen(int)`` with the number of seeds
    that a network is swept from.
    """

    best_chosen = Signal()
    sparser_chosen = Signal()
    scores_toggled = Signal(bool)
    band_toggled = Signal(bool)
    weights_requested = Signal(float)
    starts_chosen = Signal(int)

    def __init__(self, panel: QObject) -> None:
        super().__init__(panel)
        self._use_best = QAction(self.tr("Use λ_best"), panel)
        self._use_sparser = QAction(self.tr("Use λ_1se"), panel)
        self.show_scores = QAction(self.tr("Show accuracy and AUROC"), panel, checkable=True)
        self.show_scores.setObjectName("showScoresAction")
        self._show_band = BandAction(panel)
        self._several_starts = StartsAction(panel)
        self._weights = WeightActions(panel)
        self._use_best.triggered.connect(self.best_chosen)
        self._use_sparser.triggered.connect(self.sparser_chosen)
        self.show_scores.triggered.connect(self.scores_toggled)
        self._show_band.triggered.connect(self.band_toggled)
        self._several_starts.triggered.connect(self._on_starts_toggled)
        self._weights.weights_requested.connect(self.weights_requested)

    def actions(self, sweep: SweepView | None, has_scores: bool, lam: float, number: int | None) -> list[QAction]:
        """For ``lam`` in force and the ``number`` of the point under the pointer, None for none."""
        curve = None if sweep is None else sweep.curve
        in_force = curve if sweep is not None and not sweep.is_stale else None
        for action in (self._use_best, self._use_sparser):
            action.setEnabled(in_force is not None and not in_force.is_still_falling)
        self._show_band.show_curve(curve)
        of_weights = self._weight_actions(in_force, lam, number)
        actions = [self._use_best, self._use_sparser, *of_weights, self._show_band, self._several_starts]
        return [*actions, self.show_scores] if has_scores else actions

    def show_starts(self, n_starts: int) -> None:
        """From how many seeds a network is swept."""
        self._several_starts.show_starts(n_starts)

    def _on_starts_toggled(self) -> None:
        self.starts_chosen.emit(self._several_starts.n_starts)

    def _weight_actions(self, curve: SweepCurve | None, lam: float, number: int | None) -> list[QAction]:
        """Of λ_best, and of the point under the pointer or, elsewhere, at the λ in force."""
        if curve is None:
            return self._weights.actions_for(None, None)
        point = None
        if number is not None:
            point = float(curve.lambdas[number])
        elif lam in curve.lambdas:
            point = lam
        return self._weights.actions_for(float(curve.lambdas[curve.best]), point)
