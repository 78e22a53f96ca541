"""λ and t: the budget that the solution at this λ spends, as a slider and as a number."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QSlider

from regdesk.core.settings.entries import number_of
from regdesk.core.words.number_text import number_text
from regdesk.views.geometry.words import budget_meaning, dial_sentence
from regdesk.views.kit.number_edit import ValueEdit
from regdesk.views.kit.plain_text import PlainLabel, tool_tip

if TYPE_CHECKING:
    from regdesk.core.geometry.view import Dial, GeometryView

N_BUDGETS = 1000


class BudgetDial(QObject):
    """``slider``, ``sentence`` and ``edit``, to be laid out by whoever has them.

    Signals: ``budget_chosen(float)`` by hand only, ``drag_changed(bool)``, ``refused(str)``.
    """

    budget_chosen = Signal(float)
    drag_changed = Signal(bool)
    refused = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._dial: Dial | None = None
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("budgetSlider")
        self.slider.setRange(0, N_BUDGETS)
        self.slider.setPageStep(N_BUDGETS // 20)
        self.edit = ValueEdit(_budget_of, _budget_text)
        self.edit.setObjectName("budgetEdit")
        self.sentence = PlainLabel()
        self.sentence.setObjectName("geometryDial")
        self.slider.valueChanged.connect(self._on_budget_moved)
        self.slider.sliderPressed.connect(self._on_budget_pressed)
        self.slider.sliderReleased.connect(self._on_budget_released)
        self.edit.value_entered.connect(self._on_budget_entered)
        self.edit.refused.connect(self.refused)
        self.show_view(None)

    def show_view(self, view: GeometryView | None) -> None:
        """λ ↔ t; a slider that is held by hand stays where the hand is."""
        dial = self._dial = view.dial if view is not None else None
        is_free = dial is not None and dial.is_exact
        # Before its tip, of which it has one of its own.
        self.edit.show_value(dial.budget if dial is not None else math.nan)
        for widget in (self.slider, self.edit):
            widget.setEnabled(is_free)
            tip = self.tr("Budget t, what the weights may spend at this λ (R of all of them): move it, and λ follows")
            if not is_free:
                tip = self.tr(
                    "t is what the weights spend as they are: only of a linear model is it known what λ allows"
                )
            if view is not None and len(view.looks) > 1:
                tip = self.tr("t is that of the model under L1: at one λ each penalty has a budget of its own")
            widget.setToolTip(tip)
            widget.setAccessibleName(tip)
        self.sentence.setText(dial_sentence(view) if view is not None else "")
        # Not a line of its own: where there is just room for all, its scroll bar would lie on the controls.
        self.sentence.setToolTip(tool_tip(budget_meaning(view) if view is not None else ""))
        if dial is None:
            return
        if not self.slider.isSliderDown():
            with QSignalBlocker(self.slider):
                self.slider.setValue(round(N_BUDGETS * min(dial.budget / dial.top, 1.0)) if dial.top > 0 else 0)

    def _on_budget_moved(self, value: int) -> None:
        if self._dial is not None:
            self.edit.drop_typing()
            self.budget_chosen.emit(self._dial.top * value / N_BUDGETS)

    def _on_budget_entered(self, budget: float) -> None:
        self.budget_chosen.emit(budget)

    def _on_budget_pressed(self) -> None:
        self.drag_changed.emit(True)

    def _on_budget_released(self) -> None:
        self.drag_changed.emit(False)


def _budget_of(text: str) -> float:
    try:
        value = number_of(text.replace(",", "."))
    except ValueError:
        value = -1.0
    if not 0.0 <= value < float("inf"):
        raise ValueError(f"A budget is a number of 0 or more, not “{text}”.")
    return value


def _budget_text(budget: float) -> str:
    if math.isnan(budget):
        return "–"
    return number_text(budget) if math.isfinite(budget) else "∞: no finite optimum"
