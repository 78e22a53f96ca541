"""How the constraint geometry is looked at: two weights, a reading, constraint or sum, penalties, and λ ↔ budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from regdesk.core.settings.selected import selected_weight
from regdesk.core.weights.names import WeightList
from regdesk.core.words.plane_words import unavailable_text
from regdesk.views.geometry.budget import BudgetDial
from regdesk.views.geometry.weight_choice import IS_PRINCIPAL, WATCHED, X, Y, settings_with
from regdesk.views.geometry.words import dial_sentence, touching_sentence
from regdesk.views.geometry.zero_bar import ZeroBar
from regdesk.views.kit import spacing
from regdesk.views.kit.plain_text import PlainLabel, tool_tip
from regdesk.views.kit.setting_controls import setting_slim_box, setting_toggle, show_datum

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.geometry.view import GeometryView
    from regdesk.core.settings.configuration import GeometrySettings

READING, IS_SUM, COMPARES = (f"view.geometry.{name}" for name in ("reading", "is_sum", "compares"))
SELECTED = "view.selected"
QUESTION = "Is this weight zero, and why?"


class GeometryControls(QWidget):
    """Signals: ``settings_chosen(object)`` with the values of settings by path, ``budget_chosen(float)`` by hand only,
    ``budget_drag_changed(bool)``, ``refused(str)``.
    """

    settings_chosen = Signal(object)
    budget_chosen = Signal(float)
    budget_drag_changed = Signal(bool)
    refused = Signal(str)

    def __init__(self, settings: Callable[[], GeometrySettings]) -> None:
        """``settings`` answers with what is in force."""
        super().__init__()
        self._settings = settings
        self._make_boxes()
        self._make_toggles()
        self.budget = BudgetDial(self)
        self._make_words()
        self._weights = WeightList()
        self._view: GeometryView | None = None
        self._is_linear = True
        self._lay_out()
        self._connect()

    def _make_boxes(self) -> None:
        self.across, self.upwards = setting_slim_box(X), setting_slim_box(Y)
        self.reading, self.view = setting_slim_box(READING), setting_slim_box(IS_SUM)
        self.watched = setting_slim_box(WATCHED)

    def _make_toggles(self) -> None:
        self.compare, self.principal = setting_toggle(COMPARES), setting_toggle(IS_PRINCIPAL)

    def _make_words(self) -> None:
        self.touching = PlainLabel()
        self.touching.setObjectName("geometryTouching")
        self.touching.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.touching.setToolTip(
            self.tr(
                "The arrow is where the loss pulls the two weights, the wedge all directions in which the ball holds "
                "them; where it is smooth there is one, the dashed line. Contour and ball touch when the arrow lies "
                "in it. The residual above the picture is how far the pull is from the nearest one that the penalty "
                "holds at this λ: 0 at the optimum."
            )
        )
        self.bar = ZeroBar()
        self.bar.clicked.connect(self._on_bar_clicked)
        self.question = PlainLabel(self.tr(QUESTION))
        self.question.setWordWrap(True)
        # What a picture says in place of the controls that it leaves out.
        self.told = PlainLabel()
        self.told.setWordWrap(True)
        self.told.hide()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        # The bar at the end is to be whole in a window of 1440 × 900, beside three plots, too.
        layout.setSpacing(spacing.TIGHT_PX)
        for widget in (self.told, self.across, self.upwards, self.reading, self.view, self.compare, self.principal):
            layout.addWidget(widget)
        # Lines of words have room of their own above and below.
        lines = QVBoxLayout()
        lines.setSpacing(spacing.NONE_PX)
        # t stands in its edit alone: a line of its own would push the words below out of the panel.
        both = QHBoxLayout()
        both.setSpacing(spacing.SMALL_PX)
        both.addWidget(self.budget.sentence)
        both.addWidget(self.budget.edit, stretch=1)
        lines.addLayout(both)
        for line in (self.budget.slider, self.touching, self.question, self.watched, self.bar):
            lines.addWidget(line)
        layout.addLayout(lines)
        layout.addStretch(1)

    def _connect(self) -> None:
        for button in (self.compare, self.principal):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.compare.toggled.connect(self._on_compare_toggled)
        self.principal.toggled.connect(self._on_principal_toggled)
        self.reading.currentIndexChanged.connect(self._on_reading_changed)
        self.view.currentIndexChanged.connect(self._on_view_changed)
        self.across.activated.connect(self._on_x_activated)
        self.upwards.activated.connect(self._on_y_activated)
        self.watched.activated.connect(self._on_watched_activated)
        self.budget.budget_chosen.connect(self.budget_chosen)
        self.budget.drag_changed.connect(self.budget_drag_changed)
        self.budget.refused.connect(self.refused)

    def show_settings(self, settings: GeometrySettings) -> None:
        """What is chosen, without a signal; an axis that nobody has chosen for shows its default with the picture."""
        for button, is_on in ((self.compare, settings.compares), (self.principal, settings.is_principal)):
            with QSignalBlocker(button):
                button.setChecked(is_on)
        self._show_lines()
        show_datum(self.view, settings.is_sum)
        if self._view is None or not self._view.no_profile:
            # What is drawn stays shown where a penalty or a network allows nothing else.
            show_datum(self.reading, settings.reading)
        for box, position in (
            (self.across, settings.x),
            (self.upwards, settings.y),
            (self.watched, settings.watched),
        ):
            if position in self._weights.positions:
                with QSignalBlocker(box):
                    box.setCurrentIndex(self._weights.positions.index(position))

    def show_weights(self, weights: WeightList, is_linear: bool) -> None:
        """What there is to choose from."""
        self._is_linear = is_linear
        self._show_lines()
        if weights == self._weights:
            return
        self._weights = weights
        for box in (self.across, self.upwards, self.watched):
            with QSignalBlocker(box):
                box.clear()
                box.addItems(list(weights.names))

    def _show_lines(self) -> None:
        """Those that can choose something; each other line is needed for the bar at the end."""
        compares = self._settings().compares
        self.principal.setHidden(self._is_linear or compares)
        # A network has one reading alone, and no budget that λ would follow; nor have three models.
        self.reading.setHidden(not self._is_linear)
        self.budget.slider.setHidden(not self._is_linear or compares)

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
        if view.no_profile or view.choice.reading == self._settings().reading:
            # What was chosen meanwhile is not taken back by a picture of before.
            show_datum(self.reading, view.looks[0].picture.reading)
        self.reading.setToolTip(tool_tip(unavailable_text(view.no_profile) or self.reading.accessibleName()))
        self.bar.show_reason(view.zero)
        self.touching.setText(touching_sentence(view))
        self.budget.show_view(view)

    def show_as_picture(self, is_picture: bool) -> None:
        """Whether it is to be read what the controls are set to, which are hidden then."""
        view = self._view
        self.question.setText(self.tr(QUESTION))
        self.told.setVisible(is_picture and view is not None)
        self.budget.sentence.setHidden(is_picture)
        if not is_picture or view is None:
            return
        self.question.setText(self.tr("Is {name} zero, and why?").format(name=view.watched_name))
        lines = [self.reading.currentText(), self.view.currentText()]
        dial = dial_sentence(view)
        lines.append(f"{dial} {self.budget.edit.text()}" if view.dial is not None else dial)
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

    def choose(self, position: int) -> None:
        """Select a weight and put it on an axis: the one that was chosen longer ago gives way."""
        self.settings_chosen.emit(settings_with(position, self._pair) | {SELECTED: selected_weight(position)})

    @property
    def _pair(self) -> tuple[int | None, int | None]:
        """The weights on the axes: those that are drawn, or what was chosen."""
        settings = self._settings()
        return self._view.pair if self._view is not None and self._view.pair is not None else (settings.x, settings.y)

    def apply_theme(self) -> None:
        self.compare.apply_theme()
        self.principal.apply_theme()
        self.bar.update()

    def _on_compare_toggled(self, is_on: bool) -> None:
        self.settings_chosen.emit({COMPARES: is_on})

    def _on_principal_toggled(self, is_on: bool) -> None:
        self.settings_chosen.emit({IS_PRINCIPAL: is_on})

    def _on_reading_changed(self, _index: int) -> None:
        self.settings_chosen.emit({READING: self.reading.currentData()})

    def _on_view_changed(self, _index: int) -> None:
        self.settings_chosen.emit({IS_SUM: self.view.currentData()})

    def _on_x_activated(self, index: int) -> None:
        x, y = self._weights.positions[index], self._pair[1]
        self.settings_chosen.emit({X: x, Y: y if y != x else None, SELECTED: selected_weight(x)})

    def _on_y_activated(self, index: int) -> None:
        x, y = self._pair[0], self._weights.positions[index]
        self.settings_chosen.emit({X: x if x != y else None, Y: y, SELECTED: selected_weight(y)})

    def _on_watched_activated(self, index: int) -> None:
        position = self._weights.positions[index]
        self.settings_chosen.emit({WATCHED: position, SELECTED: selected_weight(position)})

    def _on_bar_clicked(self) -> None:
        if self._view is not None:
            self.choose(self._view.watched)
