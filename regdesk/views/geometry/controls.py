"""How the constraint geometry is looked at: two weights, a reading, constraint or sum, twins, and λ ↔ budget."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from regdesk.core.geometry.view import GeometryChoice
from regdesk.core.settings.entries import number_of
from regdesk.core.weights.names import WeightList
from regdesk.core.words.number_text import number_text
from regdesk.core.words.plane_words import unavailable_text
from regdesk.core.words.zero_words import zero_words
from regdesk.views.geometry.words import dial_sentence, touching_sentence, whose
from regdesk.views.geometry.zero_bar import ZeroBar
from regdesk.views.kit import theme
from regdesk.views.kit.number_edit import ValueEdit
from regdesk.views.kit.plain_text import PlainLabel, tool_tip
from regdesk.views.kit.slim_box import make_slim_box
from regdesk.views.kit.toggle_button import ToggleButton

if TYPE_CHECKING:
    from regdesk.core.geometry.view import GeometryView

N_BUDGETS = 1000
QUESTION = "Why is this weight zero?"


class GeometryControls(QWidget):
    """Signals: ``choice_changed()``; ``choice`` is what is chosen; ``budget_chosen(float)`` by hand only,
    ``budget_drag_changed(bool)``, ``refused(str)``.
    """

    choice_changed = Signal()
    budget_chosen = Signal(float)
    budget_drag_changed = Signal(bool)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._make_boxes()
        self._make_toggles()
        self._make_budget()
        self._make_words()
        self._weights = WeightList()
        self._view: GeometryView | None = None
        self._x: int | None = None
        self._y: int | None = None
        self._watched: int | None = None
        # The box shows what is drawn, which a penalty or a network may allow no other of.
        self._wanted = self.reading.currentData()
        self._lay_out()
        self._connect()
        self.show_dial(None)

    def _make_boxes(self) -> None:
        self.across = make_slim_box("geometryXBox", self.tr("Weight on the horizontal axis"))
        self.upwards = make_slim_box("geometryYBox", self.tr("Weight on the vertical axis"))
        self.reading = make_slim_box("geometryReadingBox", self.tr("What the other weights do while these two move"))
        self.reading.addItem(self.tr("slice: others as they are"), "slice")
        self.reading.addItem(self.tr("profile: others at best"), "profile")
        tips = (
            self.tr("Data loss with the other weights and the biases as they are now"),
            self.tr("The least of data loss + λR of the others, over the other weights and the biases"),
        )
        for row, tip in enumerate(tips):
            self.reading.setItemData(row, tip, Qt.ItemDataRole.ToolTipRole)
        self.view = make_slim_box(
            "geometryViewBox", self.tr("Constraint: contours and ball; penalty: contours of the sum")
        )
        self.view.addItem(self.tr("constraint: loss and ball"), False)
        self.view.addItem(self.tr("penalty: loss + λR"), True)
        self.watched = make_slim_box("geometryZeroBox", self.tr("Weight that is asked why it is zero"))

    def _make_toggles(self) -> None:
        self.compare = ToggleButton(
            "geometryCompareButton", self.tr("Compare L1 | L2"),
            self.tr("Train two twins on the same data and seed, one under L1 and one under L2"),
        )  # fmt: skip
        self.principal = ToggleButton(
            "geometryPrincipalButton", self.tr("Plane of the trajectory"),
            self.tr(
                "The two directions in which all weights have moved most. They are held still until the weights leave "
                "their plane; off and on again chooses them anew."
            ),
        )  # fmt: skip

    def _make_budget(self) -> None:
        self.budget = QSlider(Qt.Orientation.Horizontal)
        self.budget.setObjectName("budgetSlider")
        self.budget.setRange(0, N_BUDGETS)
        self.budget.setPageStep(N_BUDGETS // 20)
        self.edit = ValueEdit(_budget_of, _budget_text)
        self.edit.setObjectName("budgetEdit")

    def _make_words(self) -> None:
        self.touching = PlainLabel()
        self.touching.setObjectName("geometryTouching")
        self.touching.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.touching.setToolTip(
            self.tr(
                "KKT residual: how far the loss's pull on the two weights is from what the penalty can hold, 0 at the "
                "optimum. cos: of the angle between that pull and the nearest normal of the ball, 1 where they touch."
            )
        )
        self.dial = PlainLabel()
        self.dial.setObjectName("geometryDial")
        self.bar = ZeroBar()
        self.bar.clicked.connect(self._on_bar_clicked)
        self.words = PlainLabel()
        self.words.setObjectName("geometryZeroWords")
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
        policy.setHeightForWidth(True)
        self.words.setSizePolicy(policy)
        self.question = PlainLabel(self.tr(QUESTION))
        self.question.setWordWrap(True)
        # What a picture says in place of the controls that it leaves out.
        self.told = PlainLabel()
        self.told.setWordWrap(True)
        self.told.hide()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        for widget in (
            self.told, self.across, self.upwards, self.reading, self.view, self.compare, self.principal,
            self.budget,
            self.touching, self.question, self.watched, self.bar,
        ):  # fmt: skip
            layout.addWidget(widget)
            if widget is self.principal:
                # t stands in its edit alone: a line of its own would push the words below out of the panel.
                both = QHBoxLayout()
                both.setSpacing(3)
                both.addWidget(self.dial)
                both.addWidget(self.edit, stretch=1)
                layout.addLayout(both)
        layout.addWidget(self.words, stretch=1)

    def _connect(self) -> None:
        for button in (self.compare, self.principal):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.toggled.connect(self._on_choice_made)
        self.reading.currentIndexChanged.connect(self._on_reading_chosen)
        self.view.currentIndexChanged.connect(self._on_choice_made)
        self.across.activated.connect(self._on_x_activated)
        self.upwards.activated.connect(self._on_y_activated)
        self.watched.activated.connect(self._on_watched_activated)
        self.budget.valueChanged.connect(self._on_budget_moved)
        self.budget.sliderPressed.connect(self._on_budget_pressed)
        self.budget.sliderReleased.connect(self._on_budget_released)
        self.edit.value_entered.connect(self._on_budget_entered)
        self.edit.refused.connect(self.refused)

    @property
    def choice(self) -> GeometryChoice:
        return GeometryChoice(
            self._x,
            self._y,
            self._wanted,
            bool(self.view.currentData()),
            self.compare.isChecked(),
            self.principal.isChecked() and not self.principal.isHidden(),
            self._watched,
        )

    def show_weights(self, weights: WeightList, is_linear: bool) -> None:
        """What there is to choose from; what was chosen stays while it is among it."""
        self.principal.setHidden(is_linear)
        if weights == self._weights:
            return
        before, self._weights = self._weights, weights
        kept = dict(zip(before.positions, before.names, strict=True))
        now = dict(zip(weights.positions, weights.names, strict=True))
        self._x, self._y, self._watched = (
            one if one is not None and kept.get(one) == now.get(one, "") else None
            for one in (self._x, self._y, self._watched)
        )
        for box in (self.across, self.upwards, self.watched):
            with QSignalBlocker(box):
                box.clear()
                box.addItems(list(weights.names))

    def show_view(self, view: GeometryView) -> None:
        """What is drawn: the defaults that were taken, and the numbers."""
        self._view = view
        shown = (*(view.pair or (None, None)), view.watched)
        names = (*view.names, view.watched_name)
        for box, position, name in zip((self.across, self.upwards, self.watched), shown, names, strict=True):
            if position is not None:
                self._list(position, name)
                with QSignalBlocker(box):
                    box.setCurrentIndex(self._weights.positions.index(position))
        for box in (self.across, self.upwards):
            box.setEnabled(view.pair is not None)
        self.reading.setEnabled(not view.no_profile)
        if view.no_profile or view.choice.reading == self._wanted:
            # What was chosen meanwhile is not taken back by a picture of before.
            with QSignalBlocker(self.reading):
                self.reading.setCurrentIndex(self.reading.findData(view.looks[0].picture.reading))
        why_not = unavailable_text(view.no_profile)
        self.reading.setToolTip(tool_tip(why_not or self.tr("What the other weights do while these two move")))
        self.bar.show_reason(view.zero)
        words = f"{whose(view)}{zero_words(view.zero)}"
        if self.words.text() != words:
            self.words.setText(words)
            self.words.setToolTip(tool_tip(words))
        self.touching.setText(touching_sentence(view))
        self.show_dial(view)

    def show_as_picture(self, is_picture: bool) -> None:
        """Whether it is to be read what the controls are set to, which are hidden then."""
        view = self._view
        self.question.setText(self.tr(QUESTION))
        self.told.setVisible(is_picture and view is not None)
        self.dial.setHidden(is_picture)
        if not is_picture or view is None:
            return
        self.question.setText(self.tr("Why is {name} zero?").format(name=view.watched_name))
        lines = [self.reading.currentText(), self.view.currentText()]
        dial = dial_sentence(view)
        lines.append(f"{dial} {self.edit.text()}" if view.dial is not None else dial)
        self.told.setText("\n".join(lines))

    def _list(self, position: int, name: str) -> None:
        """The lists hold a few thousand weights; one beyond them is added when it is clicked on."""
        known = self._weights
        if position in known.positions:
            return
        self._weights = WeightList((*known.positions, position), (*known.names, name))
        for box in (self.across, self.upwards, self.watched):
            with QSignalBlocker(box):
                box.addItems([name])

    def show_dial(self, view: GeometryView | None) -> None:
        """λ ↔ t; a slider that is held by hand stays where the hand is."""
        dial = view.dial if view is not None else None
        is_free = dial is not None and dial.is_exact
        for widget in (self.budget, self.edit):
            widget.setEnabled(is_free)
            tip = self.tr("Budget t = R of all weights: move it, and λ follows so that the solution is the same")
            if not is_free:
                tip = self.tr("t is that of the weights as they are: only a linear model's λ can be found from it")
            if view is not None and len(view.looks) > 1:
                tip = self.tr("t is that of L1's twin now: two twins have two budgets, and one λ")
            widget.setToolTip(tip)
            widget.setAccessibleName(tip)
        self.dial.setText(dial_sentence(view) if view is not None else "")
        self.edit.show_value(dial.budget if dial is not None else math.nan)
        if dial is None:
            return
        if not self.budget.isSliderDown():
            with QSignalBlocker(self.budget):
                self.budget.setValue(round(N_BUDGETS * min(dial.budget / dial.top, 1.0)) if dial.top > 0 else 0)

    def choose(self, position: int) -> None:
        """Put a weight on an axis: the one that was chosen longer ago gives way."""
        shown = self._view.pair if self._view is not None and self._view.pair is not None else (self._x, self._y)
        if position not in shown:
            # Those that stand there by default are chosen from now on, too: nothing else moves.
            self._x, self._y = (position, shown[0]) if shown[0] is not None else (position, shown[1])
        self._watched = position
        with QSignalBlocker(self.principal):
            self.principal.setChecked(False)
        self.choice_changed.emit()

    def apply_theme(self) -> None:
        self.compare.apply_theme()
        self.principal.apply_theme()
        self.bar.update()
        self.words.setStyleSheet(f"color: {theme.colours().quiet_text}")

    def _on_choice_made(self, _value: object) -> None:
        self.choice_changed.emit()

    def _on_reading_chosen(self, _row: int) -> None:
        self._wanted = self.reading.currentData()
        self.choice_changed.emit()

    def _on_x_activated(self, index: int) -> None:
        shown_y = self._view.pair[1] if self._view is not None and self._view.pair is not None else self._y
        self._x = self._weights.positions[index]
        self._y = shown_y if shown_y != self._x else None
        self.choice_changed.emit()

    def _on_y_activated(self, index: int) -> None:
        shown_x = self._view.pair[0] if self._view is not None and self._view.pair is not None else self._x
        self._y = self._weights.positions[index]
        self._x = shown_x if shown_x != self._y else None
        self.choice_changed.emit()

    def _on_watched_activated(self, index: int) -> None:
        self._watched = self._weights.positions[index]
        self.choice_changed.emit()

    def _on_bar_clicked(self) -> None:
        if self._view is not None:
            self.choose(self._view.watched)

    def _on_budget_moved(self, value: int) -> None:
        if self._view is not None and self._view.dial is not None:
            self.edit.drop_typing()
            self.budget_chosen.emit(self._view.dial.top * value / N_BUDGETS)

    def _on_budget_entered(self, budget: float) -> None:
        self.budget_chosen.emit(budget)

    def _on_budget_pressed(self) -> None:
        self.budget_drag_changed.emit(True)

    def _on_budget_released(self) -> None:
        self.budget_drag_changed.emit(False)


def _budget_of(text: str) -> float:
    try:
        value = number_of(text.replace(",", "."))
    except ValueError:
        value = -1.0
    if not 0.0 <= value < float("inf"):
        raise ValueError(f"A budget is a number from 0 on, not “{text}”.")
    return value


def _budget_text(budget: float) -> str:
    if math.isnan(budget):
        return "–"
    return number_text(budget) if math.isfinite(budget) else "∞: no finite optimum"
