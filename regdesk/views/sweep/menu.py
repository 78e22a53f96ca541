"""The λ panel's own entries of its context menu, and what they show besides the losses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from regdesk.core.settings.settings_table import setting_at
from regdesk.views.sweep.network_marks import BAND, BandAction, StartsAction
from regdesk.views.sweep.weight_actions import WeightActions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regdesk.core.settings.configuration import ViewSettings
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.sweep.view import SweepView
    from regdesk.views.sweep.content import LambdaContent

SCORES = "view.shows_scores"


class LambdaMenu(QObject):
    """Signals: ``best_chosen()``, ``sparser_chosen()``, ``weights_requested(float)`` with the λ whose weights are
    wanted, ``starts_chosen(int)`` with the number of seeds that a network is swept from, ``settings_chosen(object)``
    with the values of settings by path.
    """

    best_chosen = Signal()
    sparser_chosen = Signal()
    settings_chosen = Signal(object)
    weights_requested = Signal(float)
    starts_chosen = Signal(int)

    def __init__(self, panel: QObject) -> None:
        super().__init__(panel)
        self._use_best = QAction(self.tr("Use λ_best"), panel)
        self._use_sparser = QAction(self.tr("Use λ_1se"), panel)
        scores = setting_at(SCORES)
        self.show_scores = QAction(scores.beside, panel, checkable=True)
        self.show_scores.setObjectName(scores.control)
        self._show_band = BandAction(panel)
        self._several_starts = StartsAction(panel)
        self._weights = WeightActions(panel)
        self._use_best.triggered.connect(self.best_chosen)
        self._use_sparser.triggered.connect(self.sparser_chosen)
        self.show_scores.triggered.connect(self._on_scores_triggered)
        self._show_band.triggered.connect(self._on_band_triggered)
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

    def show_band(self, is_shown: bool) -> None:
        """Whether the band is drawn, where there is one."""
        self._show_band.setChecked(is_shown)

    def show_starts(self, n_starts: int) -> None:
        """From how many seeds a network is swept."""
        self._several_starts.show_starts(n_starts)

    def _on_scores_triggered(self, are_wanted: bool) -> None:
        self.settings_chosen.emit({SCORES: are_wanted})

    def _on_band_triggered(self, is_wanted: bool) -> None:
        self.settings_chosen.emit({BAND: is_wanted})

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


class LambdaExtras(QObject):
    """What is drawn besides the losses if somebody asks for it: accuracy and AUROC, and the band of networks.

    Signal: ``settings_chosen(object)`` with the values of settings by path.
    """

    settings_chosen = Signal(object)

    def __init__(self, parent: QObject, content: LambdaContent, menu: LambdaMenu, view: ViewSettings) -> None:
        """As ``view`` has it from the beginning."""
        super().__init__(parent)
        self._menu = menu
        self._draw: dict[str, Callable[[bool | None], None]] = {SCORES: content.want_scores, BAND: content.want_band}
        # As they are drawn.
        self._drawn: dict[str, bool | None] = {SCORES: None, BAND: False}
        menu.settings_chosen.connect(self._on_settings_chosen)
        content.scores.laid_out.connect(menu.show_scores.setChecked)
        self.show_view_settings(view)

    def show_view_settings(self, view: ViewSettings) -> None:
        """What is in force."""
        self._show({SCORES: view.shows_scores, BAND: view.shows_band})
        self._menu.show_band(view.shows_band)

    def _show(self, wanted: Mapping[str, bool | None]) -> None:
        for path, is_wanted in wanted.items():
            if is_wanted != self._drawn[path]:
                self._drawn[path] = is_wanted
                self._draw[path](is_wanted)

    def _on_settings_chosen(self, values: Mapping[str, bool]) -> None:
        self.settings_chosen.emit(values)
        self._show(values)
