"""Losses and the penalty term over time, with λ(t) beneath."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from regdesk.core.moments.view import TravelView
from regdesk.core.settings.configuration import ViewSettings
from regdesk.views.history.controls import HistoryControls
from regdesk.views.history.ranges import HistoryRanges
from regdesk.views.plots.data_columns import Column
from regdesk.views.plots.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.run.frame import Frame
    from regdesk.core.run.history import HistoryColumns
    from regdesk.core.run.scene import RunScene
    from regdesk.views.history.plots import HistoryPlots
    from regdesk.views.plots.rulers import Ruler
    from regdesk.views.timeline.actions import TravelActions
    from regdesk.views.timeline.bar import TimelineSlider
    from regdesk.views.timeline.row import TravelRow


@dataclass(frozen=True, eq=False)
class HistoryGhost:
    """Frozen curves, and what they are of."""

    history: HistoryColumns
    scene: RunScene | None


class HistoryPanel(Panel):
    """Training and validation loss without the penalty, the penalty term λ·R(W), and λ over epochs.

    Signals: ``settings_chosen(object)`` with the values of settings by path; of the bar beneath
    ``epoch_chosen(float)``, ``steps_chosen(int)`` and ``now_chosen()``, as ``TimelineSlider`` has them. The part of the
    run that it shows comes with the frames; axis and smoothing are its own.
    """

    epoch_chosen = Signal(float)
    steps_chosen = Signal(int)
    now_chosen = Signal()

    shows_the_model = False

    def __init__(self, view: Callable[[], ViewSettings] = ViewSettings) -> None:
        """``view`` answers with what is in force."""
        super().__init__("historyPanel", "", "", "")
        self._view_settings = view
        self.set_title(self.tr("History"))
        self.set_help(
            self.tr(
                "Training and validation loss (data loss alone) and λ × penalty over time; λ beneath. "
                "Dotted lines mark changes: ▾ of λ or the penalty, ▪ of the optimiser. ◆ marks the epoch with the "
                "lowest validation loss. Drag the bar beneath, and everything shows that moment of the run."
            )
        )
        self._say_waiting()
        self._ranges = HistoryRanges()
        self._plots: HistoryPlots | None = None
        self._bar: TimelineSlider | None = None
        self._travel = TravelView()
        self._travel_actions: TravelActions | None = None
        self._travel_row: TravelRow | None = None
        # Smoothing and marks of the picture that is drawn.
        self._drawn_as = (0.0, True)
        self._unit = ""
        self._scene: RunScene | None = None
        self._resized = QTimer(self, singleShot=True)
        self._resized.timeout.connect(self.show_again)
        self._ghost: HistoryGhost | None = None
        self.controls = HistoryControls()
        self.controls.show_view_settings(view())
        self.controls.settings_chosen.connect(self.settings_chosen)
        content, room = QWidget(), QWidget()
        self._place = QVBoxLayout(room)
        self._place.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(room, stretch=1)
        # In place of the controls while an earlier moment is shown: nothing moves.
        self._feet = QStackedWidget()
        self._feet.addWidget(self.controls)
        self._feet.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout.addWidget(self._feet)
        self.set_content(content)
        self.apply_theme()

    def build(self) -> None:
        self._made()

    def _made(self) -> HistoryPlots:
        """What it takes to draw, made when it is first asked for."""
        if self._plots is None:
            from regdesk.views.history.plots import HistoryPlots

            plots = self._plots = HistoryPlots(self._ranges, self)
            # Words have their places in pixels, and a paused model sends no frame that would place them anew.
            plots.losses.vb.sigResized.connect(self._on_losses_resized)
            plots.fit_height(self.height())
            plots.fit_names(self.width())
            self._place.addWidget(plots.view, stretch=1)
            self._make_bar(plots)
            self.add_view(plots.view)
            self.apply_theme()
        return self._plots

    def _make_bar(self, plots: HistoryPlots) -> None:
        from regdesk.views.timeline.bar import TimelineSlider

        bar = self._bar = TimelineSlider()
        bar.epoch_chosen.connect(self.epoch_chosen)
        bar.steps_chosen.connect(self.steps_chosen)
        bar.now_chosen.connect(self.now_chosen)
        plots.losses.vb.sigXRangeChanged.connect(self._fit_bar)
        plots.losses.vb.sigResized.connect(self._fit_bar)
        self._place.addWidget(bar)
        bar.show_travel(self._travel)

    def _fit_bar(self) -> None:
        if self._bar is not None and self._plots is not None:
            self._bar.show_axis(*self._plots.time_axis)

    def adopt_travel(self, actions: TravelActions) -> None:
        """What its buttons do while it shows an earlier moment."""
        self._travel_actions = actions

    def show_travel(self, view: TravelView) -> None:
        """Which moment of the run everything shows, and what can be done on its course."""
        before, self._travel = self._travel, view
        if self._plots is not None and self._bar is not None:
            self._bar.show_travel(view)
            self._plots.show_moment(view.epoch)
        if view.is_earlier and self._travel_row is None and self._travel_actions is not None:
            from regdesk.views.timeline.row import TravelRow

            self._travel_row = TravelRow(self._travel_actions)
            self._feet.addWidget(self._travel_row)
        row = self._travel_row
        if row is not None:
            row.show_travel(view)
            if view.is_earlier != before.is_earlier:
                self._feet.setCurrentWidget(row if view.is_earlier else self.controls)

    def apply_text_size(self) -> None:
        if self._plots is not None:
            self._plots.fit_names(self.width())
        super().apply_text_size()

    def apply_theme(self) -> None:
        self.controls.apply_theme()
        if self._travel_row is not None:
            self._travel_row.apply_theme()
        if self._plots is not None:
            self._plots.apply_theme()
        super().apply_theme()

    def reset(self) -> None:
        """Empty, with the axes of a new run; how they are drawn stays as it was chosen."""
        plots = self._made()
        self._say_waiting()
        self._ranges.reset()
        plots.clear()

    def show_run_scene(self, scene: RunScene) -> None:
        """The unit of the losses; frozen curves of other data leave."""
        self._scene = scene
        ghost = self._ghost
        if ghost is not None and (ghost.scene is None or _question(ghost.scene) != _question(scene)):
            self._keep_ghost(None)
            self.reset()
        if scene.task == "classification":
            self._unit = self.tr("log-loss")
        elif scene.is_target_standardized:
            self._unit = self.tr("loss (standardised)")
        else:
            self._unit = self.tr("loss (units squared)")
        self._made().fit_label(self._unit)

    def _say_waiting(self) -> None:
        words, invitation = "The losses appear here with the first step.", "Press Run: the losses appear here."
        self._invite(self.tr(words), self.tr(invitation))

    @property
    def has_ghost(self) -> bool:
        return self._ghost is not None

    @property
    def ghost(self) -> HistoryGhost | None:
        return self._ghost

    def show_ghost(self, ghost: HistoryGhost | None) -> None:
        if ghost is self._ghost:
            return
        self._keep_ghost(ghost)
        if ghost is not None:
            self._made().draw_ghost()
        elif self._plots is not None:
            self._plots.draw_ghost()
        if self._frame is not None:
            self.set_readout(*self.sentence(self._frame))

    def _keep_ghost(self, ghost: HistoryGhost | None) -> None:
        self._ghost = ghost
        self._ranges.ghost = None if ghost is None else ghost.history

    def ghost_of(self, frame: Frame) -> HistoryGhost:
        return HistoryGhost(frame.history, self._scene)

    @property
    def rulers(self) -> dict[str, Ruler]:
        rulers = self._ranges.rulers
        return rulers if self._plots is None else rulers | {"best": self._plots.best}

    def show_rulers(self) -> None:
        if self._plots is not None:
            self._plots.apply_ranges()

    def fit_axes(self) -> None:
        if self._frame is not None and self._plots is not None and len(self._frame.history.epoch):
            self._ranges.fit(self._frame.history)
            self._plots.apply_ranges()

    def menu_actions(self) -> list[QAction]:
        return self.controls.menu_actions()

    def show_view_settings(self, view: ViewSettings) -> None:
        super().show_view_settings(view)
        self.controls.show_view_settings(view)
        scale = self._ranges.scale
        if view.is_log_loss != scale.is_log:
            scale.is_log = view.is_log_loss
            if self._plots is not None:
                self._plots.show_scale()
                self.show_again()
        if (view.smoothing, view.shows_changes) != self._drawn_as:
            self.show_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._plots is not None:
            self._plots.fit_height(self.height())
            self._plots.fit_label(self._unit)
            self._plots.fit_names(self.width())

    def _on_losses_resized(self) -> None:
        # Not at once: a layout that is changed while it lays out loses the change.
        self._resized.start()

    def draw(self, frame: Frame) -> None:
        if not len(frame.history.epoch):
            return
        view, plots = self._view_settings(), self._made()
        plots.fit_label(self._unit)
        plots.draw(frame, view.smoothing, view.shows_changes, self._n_frames)
        self._drawn_as = view.smoothing, view.shows_changes

    def sentence(self, frame: Frame) -> tuple[str, str | None]:
        from regdesk.views.history.words import fitting_line, history_sentence

        plain, heads, pieces = history_sentence(frame, self.has_ghost)
        return plain, fitting_line(heads, pieces, self.font(), self.contentsRect().width() - 16)

    def data_columns(self) -> list[Column]:
        if self._frame is None:
            return []
        course, unit = self._frame.history, self._unit or self.tr("loss")
        return [
            Column(self.tr("epoch"), course.epoch),
            Column(self.tr("training {unit}").format(unit=unit), course.train_loss),
            Column(self.tr("validation {unit}").format(unit=unit), course.validation_loss),
            Column(self.tr("λ × penalty"), course.lam * course.penalty_value),
            Column(self.tr("λ"), course.lam),
        ]

    def value_at(self, view: Any, place: QPointF) -> str | None:
        return None if self._frame is None else self._made().value_at(self._frame, place)


def _question(scene: RunScene) -> tuple[Any, ...]:
    """What losses are of; those of the same question can stand behind each other."""
    what = scene.dataset_name, scene.target, scene.task, scene.classes, scene.input_names
    # Standardised or not, the target is in another unit.
    return *what, scene.is_target_standardized
