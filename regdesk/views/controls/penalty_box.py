"""The part of the control column that never scrolls away: the penalty, the share of L1 and λ."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QWidget,
)

from regdesk.core.settings.change import Touches
from regdesk.core.settings.first_lambda import USUAL_PRESETS, presets_for
from regdesk.core.settings.settings_table import setting_at
from regdesk.core.types import TrainSettings
from regdesk.core.words.number_text import exact_text, glance_text, number_text
from regdesk.views.controls.lambda_slider import LambdaRuler, LambdaSlider
from regdesk.views.controls.preset_grid import PresetButton, PresetGrid
from regdesk.views.kit import icons, spacing
from regdesk.views.kit.card_dock import title_button
from regdesk.views.kit.form_parts import Section, keep_to_grid, name_widget
from regdesk.views.kit.setting_controls import (
    add_setting_row,
    setting_combo,
    setting_edit,
    setting_slider,
    show_choice,
    show_idle,
)
from regdesk.views.kit.text_size import HERO, larger_font

PERCENT = 100
"""Positions of a slider for 1."""
ROW_PLACES = ((0, 0, 2, 1), (0, 1, 1, 1), (0, 2, 1, 1), (1, 2, 1, 1), (1, 1, 1, 1))
"""Row, column and their spans in the box in one row: penalty and share of L1, λ, its slider, ruler and presets."""
EDIT_MARGIN_PX = 24
QWIDGETSIZE_MAX = (1 << 24) - 1
"""Qt's own, which PySide does not hand on."""


class PenaltyBox(Section):
    """Signals: ``penalty_chosen(str)``, ``l1_ratio_moved(float)``, ``lambda_chosen(float)``,
    ``lambda_drag_changed(bool)``, ``input_refused(str)``, and ``help_requested()`` on the penalty in force.
    """

    help_requested = Signal()
    penalty_chosen = Signal(str)
    l1_ratio_moved = Signal(float)
    lambda_chosen = Signal(float)
    lambda_drag_changed = Signal(bool)
    input_refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setTitle(self.tr("Penalty"))
        self._grid = QGridLayout(self)
        keep_to_grid(self._grid)
        self._grid.setVerticalSpacing(spacing.SMALL_PX)
        form, number = _part(self._make_form()), _part(self._make_lambda())
        self._presets = self._make_presets()
        self._parts = (form, number, self._slider, LambdaRuler(self._slider), self._presets)
        self._is_in_row = False
        for row, part in enumerate(self._parts):
            self._grid.addWidget(part, row, 0)
        self._penalty.currentIndexChanged.connect(self._on_penalty_changed)
        self._l1_ratio.valueChanged.connect(self._on_l1_ratio_changed)
        self._slider.lambda_moved.connect(self.lambda_chosen)
        self._slider.sliderPressed.connect(self._on_slider_pressed)
        self._slider.sliderReleased.connect(self._on_slider_released)
        self._lam.value_entered.connect(self.lambda_chosen.emit)
        self._lam.refused.connect(self.input_refused)

    def show_in_row(self, is_in_row: bool) -> None:
        """The parts side by side, or below each other."""
        if is_in_row == self._is_in_row:
            return
        self._is_in_row = is_in_row
        # The row says by its parts what it is, and is lower without a title.
        self.setTitle("" if is_in_row else self.tr("Penalty"))
        for part in self._parts:
            self._grid.removeWidget(part)
        for row, (part, place) in enumerate(zip(self._parts, ROW_PLACES, strict=True)):
            self._grid.addWidget(part, *(place if is_in_row else (row, 0, 1, 1)))
        self._grid.setColumnStretch(2, int(is_in_row))
        self._presets.show_in_row(is_in_row)
        self._show_presets()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._show_presets()
        super().resizeEvent(event)

    def _show_presets(self) -> None:
        """Beside the slider they have to leave it as much room as they take."""
        form_px = self._parts[0].sizeHint().width()
        has_room = not self._is_in_row or self.width() >= form_px + 2 * self._presets.row_width_px
        self._presets.setVisible(has_room)
        # Alone in its column it leaves the slider what it does not need.
        longest = self._lam.fontMetrics().horizontalAdvance(number_text(USUAL_PRESETS[-1]))
        self._lam.setMaximumWidth(QWIDGETSIZE_MAX if has_room else longest + EDIT_MARGIN_PX)

    def _make_form(self) -> QFormLayout:
        form = QFormLayout()
        self._penalty = setting_combo("training.penalty")
        self._l1_ratio = setting_slider("training.l1_ratio", PERCENT)
        self._l1_text = QLabel("0.50")
        ratio = QHBoxLayout()
        ratio.addWidget(self._l1_ratio)
        ratio.addWidget(self._l1_text)
        self._help = title_button("penaltyHelp", self.tr("What this penalty does, and why"))
        self._help.clicked.connect(self.help_requested)
        choice = QHBoxLayout()
        choice.addWidget(self._penalty, stretch=1)
        choice.addWidget(self._help)
        add_setting_row(form, "training.penalty", choice)
        add_setting_row(form, "training.l1_ratio", ratio)
        self._l1_name = form.labelForField(ratio)
        return form

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        self._help.setIcon(icons.icon("question"))

    def _make_lambda(self) -> QHBoxLayout:
        self._lam = setting_edit("training.lam", exact_text, glance_text)
        self._symbol = QLabel(setting_at("training.lam").beside)
        self._symbol.setBuddy(self._lam)
        self._enlarge_lambda()
        self._slider = LambdaSlider()
        name_widget(
            self._slider,
            "lambdaSlider",
            self.tr("λ slider"),
            self.tr("λ: exactly 0 (off) at the left end, then 0.00001 to 1 000 000 000."),
        )
        row = QHBoxLayout()
        row.addWidget(self._symbol)
        row.addWidget(self._lam)
        return row

    def _make_presets(self) -> PresetGrid:
        buttons = []
        for position, lam in enumerate(USUAL_PRESETS):
            button = PresetButton(number_text(lam))
            button.setObjectName(f"lambdaPreset{position}")
            button.clicked.connect(lambda _checked=False, button=button: self.lambda_chosen.emit(self._offered[button]))
            buttons.append(button)
        self._offered: dict[QPushButton, float] = {}
        self._preset_buttons = tuple(buttons)
        self._offer(USUAL_PRESETS)
        return PresetGrid(buttons)

    def _offer(self, lambdas: tuple[float, ...]) -> None:
        for button, lam in zip(self._preset_buttons, lambdas, strict=True):
            self._offered[button] = lam
            text = number_text(lam)
            button.setText(text)
            name_widget(button, button.objectName(), f"λ = {text}", self.tr("Set λ to {lam}.").format(lam=text))

    def show_settings(self, training: TrainSettings, is_linear: bool, touches: Touches) -> None:
        if touches("training.penalty") or touches("architecture.hidden"):
            self._offer(presets_for(training.penalty, is_linear))
        if touches("training.penalty"):
            show_choice(self._penalty, "training.penalty", training.penalty)
            is_idle = training.penalty != "elastic-net"
            show_idle(self._l1_ratio, "training.l1_ratio", is_idle)
            # The slider alone looks much the same: its name and its number are pale, too, and have the reason as tip.
            for words in (self._l1_text, self._l1_name):
                words.setEnabled(not is_idle)
                words.setToolTip(self._l1_ratio.toolTip())
        if touches("training.l1_ratio"):
            with QSignalBlocker(self._l1_ratio):
                self._l1_ratio.setValue(round(PERCENT * training.l1_ratio))
            self._l1_text.setText(f"{training.l1_ratio:.2f}")
        self._lam.show_value(training.lam)
        self._slider.show_lambda(training.lam)

    def drop_typed_lambda(self) -> None:
        """λ has been set, if only to what it was: what was typed and not entered goes."""
        self._lam.drop_typing()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._enlarge_lambda()

    def _enlarge_lambda(self) -> None:
        font = larger_font(self.font(), HERO)
        for widget in (self._lam, self._symbol):
            widget.setFont(font)

    def focus_lambda(self) -> None:
        """λ takes the keyboard."""
        self._slider.setFocus()

    def _on_penalty_changed(self, _index: int) -> None:
        self.penalty_chosen.emit(self._penalty.currentData())

    def _on_l1_ratio_changed(self, percent: int) -> None:
        self.l1_ratio_moved.emit(percent / PERCENT)

    def _on_slider_pressed(self) -> None:
        self.lambda_drag_changed.emit(True)

    def _on_slider_released(self) -> None:
        self.lambda_drag_changed.emit(False)


def _part(layout: QLayout) -> QWidget:
    """What can be moved about as one."""
    part = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    part.setLayout(layout)
    return part
