"""The main window: toolbar, control column, panels, and two lines of words."""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from regdesk.core.fit_scene import FitScene
from regdesk.core.run_scene import RunScene
from regdesk.core.snapshot import TrainSnapshot
from regdesk.core.types import Configuration
from regdesk.views import theme
from regdesk.views.controls import Controls
from regdesk.views.data_fit_panel import DataFitPanel
from regdesk.views.frame import Frame, TableView
from regdesk.views.histogram_panel import HistogramPanel
from regdesk.views.history_panel import HistoryPanel
from regdesk.views.lived_reset_button import LivedResetButton
from regdesk.views.panel_docks import PanelDocks
from regdesk.views.speed_slider import SpeedControl
from regdesk.views.window_state import window_state

CONTROLS_WIDTH_PX = 300
ERROR_STAYS_MS = 8000
"""While it trains every frame has a sentence of its own; a refusal must stay long enough to be read."""


class MainWindow(QMainWindow):
    """Signals carry intentions: ``file_chosen(str)``, ``sample_chosen(str)``, ``run_toggled(bool)``,
    ``epoch_requested()``, ``reset_requested()``, ``lived_reset_requested(float)`` with λ, ``new_seed_requested()``,
    ``speed_changed(object)``, ``closed()``; those of the control column are on ``controls``.
    """

    file_chosen = Signal(str)
    sample_chosen = Signal(str)
    run_toggled = Signal(bool)
    epoch_requested = Signal()
    reset_requested = Signal()
    lived_reset_requested = Signal(float)
    new_seed_requested = Signal()
    speed_changed = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("regdesk")
        self.resize(1440, 900)
        self.controls = Controls()
        self.controls.setFixedWidth(CONTROLS_WIDTH_PX)
        self.controls.input_refused.connect(self.show_error)
        self.data_fit = DataFitPanel()
        self.histogram = HistogramPanel()
        self.history = HistoryPanel()
        self._file: str | None = None
        self._configuration = Configuration()
        self._snapshot: TrainSnapshot | None = None
        self._steps_per_second = 0.0
        self._frames_per_second = 0.0
        self._error_timer = QTimer(self)
        self._error_timer.setSingleShot(True)
        self._error_timer.setInterval(ERROR_STAYS_MS)
        self._error_timer.timeout.connect(self._on_error_read)
        self._story = ""
        self._make_toolbar()
        self._make_centre()
        self.apply_theme()

    def _action(self, name: str, text: str, tip: str, shortcut: str) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(shortcut))
        action.setToolTip(f"{tip} ({shortcut})")
        return action

    def _make_toolbar(self) -> None:
        bar = QToolBar("Main")
        bar.setObjectName("mainToolBar")
        bar.setMovable(False)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.addToolBar(bar)
        self.open_action = self._action("openAction", "Open CSV…", "Open a CSV file of yours", "Ctrl+O")
        self.run_action = self._action("runAction", "▶ Run", "Train, or pause", "Ctrl+R")
        self.run_action.setCheckable(True)
        self.step_action = self._action("stepAction", "Step", "Train for one epoch", "Ctrl+E")
        # Held down, it would ask for epochs faster than they can be seen.
        self.step_action.setAutoRepeat(False)
        self.reset_action = self._action(
            "resetAction", "Reset", "Begin again from the same initial weights", "Ctrl+Backspace"
        )
        self.new_seed_action = self._action(
            "newSeedAction", "New seed", "Begin again with another split and other initial weights", "Ctrl+N"
        )
        self._samples = QToolButton()
        self._samples.setObjectName("samplesButton")
        self._samples.setText("Samples")
        self._samples.setAccessibleName("Samples")
        self._samples.setToolTip("Data that come with regdesk")
        self._samples.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        bar.addAction(self.open_action)
        bar.addWidget(self._samples)
        bar.addSeparator()
        bar.addActions([self.run_action, self.step_action, self.reset_action, self.new_seed_action])
        for action in (
            self.open_action, self.run_action, self.step_action, self.reset_action, self.new_seed_action
        ):  # fmt: skip
            button = bar.widgetForAction(action)
            button.setObjectName(action.objectName().replace("Action", "Button"))
            button.setAccessibleName(action.toolTip())
        # The longer of its two texts: the buttons beside it must not move when training begins.
        run_button = bar.widgetForAction(self.run_action)
        run_button.setMinimumWidth(run_button.fontMetrics().horizontalAdvance("❚❚ Pause") + 24)
        bar.addSeparator()
        self._speed = SpeedControl()
        bar.addWidget(self._speed)
        self._seed = QLabel()
        spacer = QWidget()
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(spacer)
        self._rates = QLabel()
        self._rates.setToolTip("Optimiser steps and pictures per second, measured")
        bar.addWidget(self._seed)
        bar.addWidget(self._rates)
        self.open_action.triggered.connect(self._on_open_triggered)
        self.run_action.toggled.connect(self.run_toggled)
        self.step_action.triggered.connect(self.epoch_requested)
        self.reset_action.triggered.connect(self.reset_requested)
        self.new_seed_action.triggered.connect(self.new_seed_requested)
        self._speed.speed_changed.connect(self.speed_changed)

    def _make_centre(self) -> None:
        self.panels = (self.data_fit, self.histogram, self.history)
        self.docks = PanelDocks(*self.panels)
        self._status = _line("statusLine", "What just happened")
        # Two lines are kept free, so that a long sentence neither ends in mid-air nor moves the panels.
        self._status.setWordWrap(True)
        self._status.setTextFormat(Qt.TextFormat.PlainText)
        self._status.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._status.setFixedHeight(2 * self._status.fontMetrics().lineSpacing() + 4)
        self._reset_lived = LivedResetButton()
        self._reset_lived.lambda_requested.connect(self._on_lived_lambda_requested)
        status = QHBoxLayout()
        status.setContentsMargins(0, 0, 0, 0)
        status.addWidget(self._status, stretch=1)
        status.addWidget(self._reset_lived)
        self._objective = _line("objectiveLine", "The objective with live numbers")
        self._objective.setTextFormat(Qt.TextFormat.RichText)
        right = QVBoxLayout()
        right.setContentsMargins(2, 4, 6, 4)
        right.setSpacing(4)
        right.addWidget(self.docks, stretch=1)
        right.addLayout(status)
        right.addWidget(self._objective)
        centre = QWidget()
        layout = QHBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.controls)
        layout.addLayout(right, stretch=1)
        self.setCentralWidget(centre)

    def show_samples(self, samples: tuple[tuple[str, str, str], ...]) -> None:
        """Fill the samples menu with (name, title, sentence)."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for name, title, sentence in samples:
            action = menu.addAction(title)
            action.setObjectName(f"sample_{name}")
            action.setToolTip(sentence)
            action.triggered.connect(lambda _checked=False, name=name: self.sample_chosen.emit(name))
        self._samples.setMenu(menu)

    def show_table(self, file: str | None, view: TableView) -> None:
        self._file = file
        self.setWindowTitle(f"{view.title} – regdesk")
        self.controls.show_table(view)

    def show_configuration(self, configuration: Configuration) -> None:
        self._configuration = configuration
        # Something else was done since: what was refused is no longer the news.
        self._error_timer.stop()
        self._seed.setText(f"seed {configuration.seed}   ")
        self.controls.show_configuration(configuration)

    def show_speed(self, steps_per_second: float | None) -> None:
        self._speed.show_speed(steps_per_second)

    def show_run(self, scene: FitScene) -> None:
        """A new run begins: what stands still, and empty curves."""
        self._snapshot = None
        for panel in self.panels:
            panel.forget_frame()
        self._objective.clear()
        self._reset_lived.show_lambda(None)
        self.data_fit.show_scene(scene)
        self.histogram.reset()
        self.history.reset()

    def show_run_scene(self, scene: RunScene) -> None:
        """Names and sizes of what the new run is trained on."""
        self.histogram.show_run_scene(scene)
        self.history.show_run_scene(scene)

    def show_course(self, frame: Frame) -> None:
        """The moment that is shown, with another stretch of its course."""
        self.histogram.show_frame(frame)
        self.history.show_frame(frame)

    def show_running(self, is_running: bool) -> None:
        with QSignalBlocker(self.run_action):
            self.run_action.setChecked(is_running)
        self.run_action.setText("❚❚ Pause" if is_running else "▶ Run")

    def show_status(self, sentence: str) -> None:
        """What just happened, in words."""
        self._error_timer.stop()
        if sentence != self._status.text():
            self._status.setStyleSheet("")
            self._status.setText(sentence)
            self._status.setToolTip(escape(sentence))

    def show_story(self, sentence: str) -> None:
        """What happens in the model; waits for an error to have been read."""
        self._story = sentence
        if sentence and not self._error_timer.isActive():
            self.show_status(sentence)

    def show_error(self, sentence: str) -> None:
        """A sentence about what could not be done."""
        self._status.setText(sentence)
        self._status.setToolTip(escape(sentence))
        self._status.setStyleSheet(f"color: {theme.colours().error}; font-weight: bold")
        self._error_timer.start()
        self._story = ""

    def show_rates(self, steps_per_second: float, frames_per_second: float) -> None:
        self._steps_per_second, self._frames_per_second = steps_per_second, frames_per_second
        self._rates.setText(f"{steps_per_second:>8,.0f} steps/s · {frames_per_second:.0f} frames/s")

    def show_frame(self, frame: Frame) -> None:
        """Bring every panel to one moment."""
        self._snapshot = frame.snapshot
        for panel in self.panels:
            panel.show_frame(frame)
        if frame.objective != self._objective.text():
            self._objective.setText(frame.objective)
        self._reset_lived.show_lambda(frame.reset_lam)
        self.show_story(frame.story)

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        self._rates.setStyleSheet(f"color: {theme.colours().quiet_text}; padding-right: 8px")
        for panel in self.panels:
            panel.apply_theme()
        self.controls.apply_theme()

    def state(self) -> dict[str, Any]:
        """A JSON-able record of what is on screen."""
        return window_state(
            self._file,
            self._configuration,
            self._snapshot,
            self.run_action.isChecked(),
            self._steps_per_second,
            self._frames_per_second,
            {panel.objectName(): panel.readout for panel in self.panels},
            self._status.text(),
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        self._error_timer.stop()
        self.controls.data.close_dialog()
        self.closed.emit()
        super().closeEvent(event)

    def _on_error_read(self) -> None:
        # A paused or diverged model sends no further frame: what it last said is shown now.
        if self._story:
            self.show_status(self._story)

    def _on_lived_lambda_requested(self, lam: float) -> None:
        # The button is about to go; the keyboard goes to what one wants next, not to whatever comes after it.
        self.controls.focus_lambda()
        self.lived_reset_requested.emit(lam)

    def _on_open_triggered(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, "Open a CSV file", "", "Tables (*.csv *.tsv *.txt);;All files (*)")
        if file:
            self.file_chosen.emit(file)


def _line(object_name: str, accessible_name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(object_name)
    label.setAccessibleName(accessible_name)
    # Long sentences must not widen the window; the tool tip holds the whole.
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    label.setWordWrap(False)
    label.setContentsMargins(8, 2, 8, 2)
    return label
