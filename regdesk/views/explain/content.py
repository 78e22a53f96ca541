"""What the Explain dock is filled with when it is first seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from regdesk.core.run.next_step import weight_step
from regdesk.core.weights.names import weight_name
from regdesk.core.words.explain.now import now_text
from regdesk.core.words.explain.objective import ObjectiveFormula, objective_formula
from regdesk.core.words.explain.on_screen import (
    PENALTY_IN_FORCE,
    SEE_ALSO,
    WEIGHT_STEP,
    other_penalty_note,
    penalty_topic,
    topic_on_screen,
)
from regdesk.core.words.explain.step_words import step_story
from regdesk.core.words.explain.topics import TOPICS
from regdesk.views.explain.formula_view import FormulaView
from regdesk.views.explain.step_view import StepView
from regdesk.views.explain.topic_box import make_topic_box
from regdesk.views.explain.topic_view import TopicView
from regdesk.views.kit import icons, spacing, theme
from regdesk.views.kit.plain_text import PlainLabel
from regdesk.views.kit.toggle_button import ToggleButton
from regdesk.views.plots.selecting_frame import weights_in

if TYPE_CHECKING:
    from regdesk.core.run.frame import Frame
    from regdesk.core.run.scene import RunScene
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.settings.selected import Selected
    from regdesk.core.types import Integers

NO_MODEL = "There is no model yet: choose target and features first (Ctrl+D)."


@dataclass(frozen=True)
class PanelHelp:
    """What one sees in the panel of that object name."""

    panel: str
    title: str
    text: str


Page = str | PanelHelp
"""A topic by its name, or the help of a panel."""


class ExplainContent(QWidget):
    """Follows what is on screen until somebody chooses a topic; the toggle makes it follow again."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("explainContent")
        self._frame: Frame | None = None
        self._scene: RunScene | None = None
        self._selected: Selected = ()
        self._weight: int | None = None
        # What was clicked on last: a panel, or a weight. A click that selects one is a click on its panel as well.
        self._looked_at, self._has_just_selected = "", False
        self._page: Page = "objective"
        self._past: list[Page] = []
        # Whether the topic is that of the penalty in force, whichever that is, and no longer follows anything else.
        self._is_of_penalty = False
        self._make_bar()
        self._formula, self._topic, self._step = FormulaView(), TopicView(), StepView()
        self._addition, self._notes = PlainLabel(), PlainLabel()
        for label, name in ((self._addition, "explainAddition"), (self._notes, "explainNotes")):
            label.setObjectName(name)
            label.setWordWrap(True)
        self._formula.topic_chosen.connect(self.choose)
        self._topic.topic_chosen.connect(self.choose)
        inside = QWidget()
        inside.setAutoFillBackground(True)
        inside.setBackgroundRole(QPalette.ColorRole.Base)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(spacing.USUAL_PX, spacing.SMALL_PX, spacing.USUAL_PX, spacing.USUAL_PX)
        layout.setSpacing(spacing.SMALL_PX)
        for part in (self._formula, self._addition, self._notes, self._topic, self._step):
            layout.addWidget(part)
        layout.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("explainScroll")
        self._scroll.setAccessibleName(self.tr("Explanation"))
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(spacing.TIGHT_PX)
        outer.addLayout(self._bar)
        outer.addWidget(self._scroll, stretch=1)
        self.apply_theme()
        self._show_page("objective")

    def _make_bar(self) -> None:
        self._back = QToolButton()
        self._back.setObjectName("explainBackButton")
        self._back.setAccessibleName(self.tr("Back to the topic before"))
        self._back.setToolTip(self._back.accessibleName())
        self._back.setAutoRaise(True)
        self._back.setIconSize(QSize(16, 16))
        self._back.setEnabled(False)
        self._back.clicked.connect(self._on_back_clicked)
        self._list = make_topic_box(self)
        self._list.activated.connect(self._on_list_activated)
        self._follow = ToggleButton(
            "explainFollowButton", self.tr("Follow"),
            self.tr("Always show the topic of what is on screen; choosing one ends it"),
        )  # fmt: skip
        self._follow.setChecked(True)
        self._follow.toggled.connect(self._on_follow_toggled)
        self._bar = QHBoxLayout()
        self._bar.setContentsMargins(spacing.SMALL_PX, spacing.TIGHT_PX, spacing.SMALL_PX, 0)
        self._bar.setSpacing(spacing.SMALL_PX)
        self._bar.addWidget(self._back)
        self._bar.addWidget(self._list, stretch=1)
        self._bar.addWidget(self._follow)

    @property
    def formula(self) -> ObjectiveFormula:
        """What stands above the topic."""
        return self._formula.formula

    @property
    def page(self) -> str:
        """The name of the topic that is shown, or of the panel whose help it is."""
        return self._page.panel if isinstance(self._page, PanelHelp) else self._page

    @property
    def words(self) -> str:
        """What can be read of the topic."""
        return self._topic.words

    @property
    def step_words(self) -> list[str]:
        """What is said of the chosen weight, line by line; empty where another topic is shown."""
        return [] if self._step.isHidden() else self._step.words

    def choose(self, name: str) -> None:
        """Show a topic, by its name, or that of the ``PENALTY_IN_FORCE``, and no longer follow."""
        is_of_penalty = name == PENALTY_IN_FORCE
        if is_of_penalty:
            name = "none" if self._frame is None else penalty_topic(self._frame.snapshot)
        self._go(name)
        self._is_of_penalty = is_of_penalty

    def show_help(self, help_of: PanelHelp) -> None:
        """What one sees in a panel, and no longer follow."""
        self._go(help_of)

    def _go(self, page: Page) -> None:
        self._follow.setChecked(False)
        self._is_of_penalty = False
        if page != self._page:
            self._past.append(self._page)
            self._show_page(page)

    def _on_back_clicked(self) -> None:
        self._follow.setChecked(False)
        self._is_of_penalty = False
        self._show_page(self._past.pop())

    def _on_list_activated(self, row: int) -> None:
        name = self._list.itemData(row)
        if name:
            self.choose(name)

    def _on_follow_toggled(self, is_following: bool) -> None:
        if is_following:
            self._past.clear()
            self._follow_screen()
            self._back.setEnabled(False)

    def _follow_screen(self) -> None:
        if self._follow.isChecked():
            name: Page = topic_on_screen(self._frame, self._scene, self._looked_at)
        elif self._is_of_penalty and self._frame is not None:
            name = penalty_topic(self._frame.snapshot)
        else:
            return
        if name != self._page:
            self._show_page(name)

    def _show_page(self, page: Page) -> None:
        self._page = page
        self._back.setEnabled(bool(self._past))
        if isinstance(page, PanelHelp):
            self._topic.show_panel_help(page.title, page.text, SEE_ALSO.get(page.panel, ()))
            self._list.setCurrentIndex(-1)
        else:
            self._topic.show_topic(TOPICS[page])
            self._list.setCurrentIndex(self._list.findData(page))
        self._step.setVisible(page == WEIGHT_STEP)
        self._scroll.verticalScrollBar().setValue(0)
        self._show_numbers()

    def show_run_scene(self, scene: RunScene | None) -> None:
        """What the model is trained on; None for none."""
        self._scene, self._frame, self._weight = scene, None, None
        self._show_numbers()
        self._follow_screen()

    def show_frame(self, frame: Frame | None) -> None:
        """The model of the moment; None where there is none."""
        self._frame = frame
        self._follow_screen()
        self._show_numbers()

    def show_selected(self, selected: Selected) -> None:
        """What is selected in all panels; while it follows, a weight that is clicked on shows its step."""
        if selected == self._selected:
            return
        self._selected, self._weight = selected, None
        self._looked_at = WEIGHT_STEP if selected else ""
        self._has_just_selected = True
        QTimer.singleShot(0, self, self._on_selected)
        self._follow_screen()
        self._show_numbers()

    def _on_selected(self) -> None:
        self._has_just_selected = False

    def note_panel(self, panel: str) -> None:
        """The panel of that object name was clicked on."""
        if not self._has_just_selected:
            self._looked_at = panel
            self._follow_screen()

    def _show_numbers(self) -> None:
        frame, scene = self._frame, self._scene
        has_model = frame is not None and scene is not None
        for part in (self._formula, self._addition):
            part.setVisible(has_model)
        if frame is None or scene is None:
            self._notes.setText(self.tr(NO_MODEL))
            self._topic.show_now("")
            self._step.show_story("", None)
            return
        formula = objective_formula(frame.snapshot, scene)
        self._formula.show_formula(formula)
        _set(self._addition, formula.addition)
        now = other = ""
        if isinstance(self._page, str):
            other = other_penalty_note(self._page, frame.snapshot)
            now = now_text(self._page, frame.snapshot, scene, frame.degrees_of_freedom)
        _set(self._notes, " ".join(filter(None, (*formula.notes, other))))
        self._topic.show_now(now)
        if self._page == WEIGHT_STEP:
            self._show_step(frame, scene)

    def _show_step(self, frame: Frame, scene: RunScene) -> None:
        # An exact model is not trained: its steps are those of the one that it stands in for.
        snapshot = (frame.snapshot.stands_for or frame.snapshot).measured
        if self._weight is None:
            self._weight = _strongest(snapshot, weights_in(self._selected, snapshot.network, scene))
        if self._weight is None or snapshot.next_step is None:
            self._step.show_story(self.tr("No weight is chosen yet."), None)
            return
        step = weight_step(snapshot.network, snapshot.parameters, snapshot.settings, snapshot.next_step, self._weight)
        name = weight_name(snapshot.network, self._weight, scene.input_names, scene.output_names)
        self._step.show_story(name, step_story(step, snapshot, scene.n_train))

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        theme.style_scroll_bars(self._scroll)
        self._back.setIcon(icons.icon("back"))
        self._follow.apply_theme()
        self._notes.setStyleSheet(f"color: {theme.colours().quiet_text}")
        self._topic.apply_theme()
        self._step.apply_theme()
        self.update()

    def apply_text_size(self) -> None:
        """Take on the size of the text in force."""
        self._formula.apply_text_size()
        self._topic.apply_text_size()


def _strongest(snapshot: TrainSnapshot, places: Integers) -> int | None:
    """Of the weights at ``places`` among all parameters; None for none. It stays the one while it is selected."""
    return int(places[np.abs(snapshot.parameters[places]).argmax()]) if len(places) else None


def _set(label: PlainLabel, text: str) -> None:
    # Ten times a second: what is the same is not laid out anew.
    if label.text() != text:
        label.setText(text)
