"""The main window: menus, toolbar, control column, panels, and two lines of words."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from itertools import chain
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from regdesk.core.run.frame import TableView
from regdesk.core.run.pace import Part
from regdesk.core.settings.configuration import Configuration
from regdesk.core.words.run_sentences import shorter_objectives
from regdesk.views.controls.column import Controls
from regdesk.views.fit.panel import DataFitPanel
from regdesk.views.geometry.panel import GeometryPanel
from regdesk.views.history.panel import HistoryPanel
from regdesk.views.kit.fitting_label import FittingLabel
from regdesk.views.kit.focus_ring import FocusRing
from regdesk.views.kit.keys import opens_menu, takes_space
from regdesk.views.kit.plain_text import title_text
from regdesk.views.kit.readout_label import ReadoutRoom
from regdesk.views.path.panel import PathPanel
from regdesk.views.sweep.panel import LambdaPanel
from regdesk.views.weights.panel import HistogramPanel
from regdesk.views.window.action_handlers import ActionHandlers
from regdesk.views.window.actions import Actions
from regdesk.views.window.deferred_imports import deferred_imports
from regdesk.views.window.drop_target import DropTarget
from regdesk.views.window.import_door import ImportDoor
from regdesk.views.window.menus import Menus
from regdesk.views.window.not_trainable_page import NotTrainablePage
from regdesk.views.window.paint_turns import PaintTurns
from regdesk.views.window.panel_area import PanelArea
from regdesk.views.window.panel_docks import PanelDocks
from regdesk.views.window.status_row import StatusRow, name_line
from regdesk.views.window.tab_order import set_tab_order
from regdesk.views.window.tool_bar import MainToolBar

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitScene
    from regdesk.core.run.frame import Frame
    from regdesk.core.run.scene import RunScene
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.settings.configuration import ViewSettings
    from regdesk.core.sweep.view import SweepView
    from regdesk.views.kit.theme import ThemeChoice
    from regdesk.views.plots.panel import Panel

TABLE_PATTERNS = (
    "*.csv *.tsv *.txt *.tab *.dat *.gz *.bz2 *.xz *.zst *.zip *.xlsx *.xlsm *.xlsb *.xls *.ods *.db *.sqlite "
    "*.sqlite3 *.parquet"
)
"""Names of files that are offered first in the dialog that opens one."""


class MainWindow(DropTarget):
    """Signals carry intentions: ``settings_chosen(object)`` with the values of settings by path, ``file_chosen(str)``,
    ``recent_chosen(str)``, ``recent_cleared()``, ``paste_requested()``, ``watch_toggled(bool)``,
    ``came_to_front()``, ``sample_chosen(str)``, ``load_cancelled()``, ``run_toggled(bool)``, ``epoch_requested()``,
    ``reset_requested()``, ``lived_reset_requested(float)`` with λ, ``new_seed_requested()``,
    ``speed_changed(object)``, ``sweep_requested()`` to begin or to cancel, ``solve_requested()``,
    ``up_down_toggled(bool)``, ``turn_requested()``, ``theme_chosen(str)``, ``workers_requested()``,
    ``workers_chosen(str)``, ``about_requested()``, ``closed()``, and ``painted()`` for the first time; those of the
    control column are on ``controls``, which also speaks for λ in the menus and in the panel of loss versus λ.
    """

    recent_chosen = Signal(str)
    recent_cleared = Signal()
    paste_requested = Signal()
    watch_toggled = Signal(bool)
    came_to_front = Signal()
    sample_chosen = Signal(str)
    load_cancelled = Signal()
    run_toggled = Signal(bool)
    epoch_requested = Signal()
    reset_requested = Signal()
    lived_reset_requested = Signal(float)
    new_seed_requested = Signal()
    speed_changed = Signal(object)
    settings_chosen = Signal(object)
    sweep_requested = Signal()
    solve_requested = Signal()
    up_down_toggled = Signal(bool)
    turn_requested = Signal()
    theme_chosen = Signal(str)
    workers_requested = Signal()
    workers_chosen = Signal(str)
    about_requested = Signal()
    closed = Signal()
    painted = Signal()

    def __init__(self, configuration: Callable[[], Configuration] = Configuration) -> None:
        """``configuration`` answers with what is in force: the window keeps nothing of it."""
        self._is_made = self._is_painted = False
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("regdesk")
        self.resize(1440, 900)
        # Qt's own menu would hide the toolbar, and nothing would bring it back.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._configuration = configuration
        self.controls = Controls()
        self.controls.input_refused.connect(self.show_error)
        self._make_panels()
        self._file: str | None = None
        self._snapshot: TrainSnapshot | None = None
        # Of the newest frame, and what of it has to wait.
        self._frame: Frame | None = None
        self._waiting = Part(0)
        self._is_sweeping = False
        self._steps_per_second = 0.0
        self._frames_per_second = 0.0
        self.importing = ImportDoor(self)
        self.commands = Actions(self)
        self.loss_curve.adopt_up_down(self.commands.up_down)
        self._unloaded = deferred_imports()
        self._unbuilt = chain.from_iterable(panel.building() for panel in self.panels)
        self._paint_turns = PaintTurns(self)
        # Panels without a picture of the present run; the first one of a run takes longest.
        self._undrawn: list[Panel] = []
        self.docks = PanelDocks(*self.panels)
        self.docks.settings_chosen.connect(self.settings_chosen)
        panel_actions = self._adopt_panel_actions()
        data = self.controls.data.action
        tip = data.toolTip()
        self.commands.adopt(data, "data", tip, data.shortcut().toString(), self.tr("File"))
        # It names its key already.
        data.setToolTip(tip)
        self.menus = Menus(self.menuBar(), self.commands, data, panel_actions)
        self._bar = MainToolBar(self.commands, self.menus.samples)
        self.addToolBar(self._bar)
        self._make_centre()
        self._connect_actions()
        self._handlers = ActionHandlers(
            self, self.commands, self.controls, self._bar.speed, self.panels, lambda: configuration().training.lam
        )
        self.take_drops()
        self.drop_refused.connect(self.show_error)
        set_tab_order(self.controls, self._bar, self._status, self._pages)
        self._focus_ring = FocusRing(self)
        self.apply_theme()
        self.controls.fit_into(self.width())
        self._is_made = True

    def _make_panels(self) -> None:
        self.data_fit = DataFitPanel()
        self.histogram = HistogramPanel()
        self.history = HistoryPanel(lambda: self._configuration().view)
        self.loss_curve = LambdaPanel(lambda: self._configuration().sweep.n_starts)
        self.weight_path = PathPanel()
        self.plane_geometry = GeometryPanel(lambda: self._configuration().view.geometry)
        self.panels = (
            self.data_fit,
            self.histogram,
            self.history,
            self.loss_curve,
            self.weight_path,
            self.plane_geometry,
        )
        self.weight_path.variable_selected.connect(self.plane_geometry.choose_variable)
        self.histogram.weight_selected.connect(self._on_weight_selected)
        self.plane_geometry.input_refused.connect(self.show_error)
        for panel in (self.history, self.plane_geometry):
            panel.settings_chosen.connect(self.settings_chosen)

    def _adopt_panel_actions(self) -> list[QAction]:
        """An entry of the View menu for each panel."""
        panel_actions = []
        for number, dock in enumerate(self.docks.docks, start=1):
            action = dock.toggleViewAction()
            tip = self.tr("Show or close this panel")
            name = dock.panel.objectName().replace("Panel", "View")
            self.commands.adopt(action, name, tip, f"Ctrl+{number}", self.tr("View"))
            panel_actions.append(action)
        return panel_actions

    def _make_centre(self) -> None:
        self._status = StatusRow()
        self._objective = FittingLabel()
        self._objective_text = ""
        name_line(self._objective, "objectiveLine", self.tr("The objective with live numbers"))
        right = QVBoxLayout()
        right.setContentsMargins(2, 4, 6, 4)
        right.setSpacing(4)
        self._panel_area = PanelArea(self.docks)
        self._not_trainable = NotTrainablePage(self.controls.data.action)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._panel_area)
        self._pages.addWidget(self._not_trainable)
        right.addWidget(self._pages, stretch=1)
        right.addWidget(self._status)
        right.addWidget(ReadoutRoom(self._objective))
        centre = QWidget()
        layout = QHBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.controls)
        layout.addLayout(right, stretch=1)
        self.setCentralWidget(centre)

    def _connect_actions(self) -> None:
        actions = self.commands
        for action in actions.of_the_model:
            # Before what follows from it, which may be refused as well.
            action.triggered.connect(self.forget_error)
        actions.open.triggered.connect(self._on_open_triggered)
        actions.cancel.triggered.connect(self.load_cancelled)
        actions.clear_recent.triggered.connect(self.recent_cleared)
        actions.paste_table.triggered.connect(self.paste_requested)
        actions.watch.toggled.connect(self.watch_toggled)
        actions.quit.triggered.connect(self.close)
        actions.run.triggered.connect(self.run_toggled)
        actions.step.triggered.connect(self.epoch_requested)
        actions.reset.triggered.connect(self.reset_requested)
        actions.new_seed.triggered.connect(self.new_seed_requested)
        actions.reset_lived.triggered.connect(self._status.reset_lived.request)
        actions.sweep.triggered.connect(self._on_sweep_triggered)
        actions.solve.triggered.connect(self.solve_requested)
        actions.up_down.go.triggered.connect(self._on_up_down_triggered)
        actions.up_down.turn.triggered.connect(self.turn_requested)
        actions.use_best_lambda.triggered.connect(self.loss_curve.choose_best)
        actions.use_sparser_lambda.triggered.connect(self.loss_curve.choose_one_standard_error)
        self.loss_curve.lambda_chosen.connect(self.controls.lambda_chosen)
        self.loss_curve.lambda_drag_changed.connect(self.controls.lambda_drag_changed)
        actions.stack_panels.triggered.connect(self.docks.stack)
        actions.reset_layout.triggered.connect(self.docks.reset_layout)
        actions.theme_group.triggered.connect(self._on_theme_triggered)
        actions.shortcuts.triggered.connect(self.show_shortcuts)
        actions.workers.triggered.connect(self.workers_requested)
        actions.about.triggered.connect(self.about_requested)
        self.menus.sample_chosen.connect(self.sample_chosen)
        self.menus.recent_chosen.connect(self.recent_chosen)
        self._bar.speed.speed_changed.connect(self.speed_changed)
        self._status.busy.cancel_clicked.connect(self.load_cancelled)
        self._status.busy.appeared.connect(actions.cancel.setEnabled)
        self._status.reset_lived.offered.connect(actions.reset_lived.setEnabled)
        self._status.reset_lived.lambda_requested.connect(self._on_lived_lambda_requested)

    def _on_up_down_triggered(self, is_on: bool) -> None:
        if is_on:
            # What it draws is there.
            self.docks.bring_up(self.loss_curve)
        self.up_down_toggled.emit(is_on)

    def build_next(self) -> bool:
        """Import or make one more thing that the first paint need not wait for; False when all are there."""
        if next(self._unloaded, None) is not None:
            return True
        is_over = object()
        return next(self._unbuilt, is_over) is not is_over

    def show_samples(self, samples: tuple[tuple[str, str, str], ...]) -> None:
        """Fill the samples menu with (name, title, sentence)."""
        self.menus.show_samples(samples)

    def show_recent_files(self, files: tuple[str, ...]) -> None:
        """Fill the menu of recent files, the newest first."""
        self.menus.show_recent_files(files)

    def show_theme(self, choice: ThemeChoice) -> None:
        """Which entry of the theme menu is in force."""
        self.commands.themes[choice].setChecked(True)

    def show_table(self, file: str | None, view: TableView) -> None:
        self._file = file
        self.setWindowTitle(title_text(f"{view.title} – regdesk"))
        self.controls.show_table(view)

    def show_configuration(self, configuration: Configuration) -> None:
        self.loss_curve.show_lambda(configuration.training.effective_lam, configuration.training.penalty != "none")
        self.weight_path.show_lambda(configuration.training.effective_lam, configuration.training.penalty != "none")
        self._bar.show_seed(configuration.seed)
        self.commands.penalties[configuration.training.penalty].setChecked(True)
        self.controls.show_configuration(configuration)

    def show_view_settings(self, view: ViewSettings) -> None:
        """How all of it is looked at; the columns of a slice are shown with their scene."""
        self._bar.speed.show_speed(view.steps_per_second)
        self.docks.show_closed(view.closed_panels)
        for panel in self.panels:
            panel.show_view_settings(view)

    def show_run(self, scene: FitScene) -> None:
        """A new run begins: what stands still, and empty curves."""
        self._show_page(self._panel_area)
        self._paint_turns.begin(self.panels)
        self._forget_run()
        self.data_fit.show_scene(scene)
        self._reset_curves()

    def show_not_trainable(self, file: str, title: str, sentence: str, n_rows: int) -> None:
        """A table is open that cannot be trained on: ``sentence`` says why. Nothing of what was before is shown."""
        self.show_table(file, TableView(title, "", "–", "–", "–", f"{n_rows:,}", self.tr("Nothing yet.")))
        self._forget_run()
        self._reset_curves()
        self._not_trainable.show_problem(title, sentence)
        self._show_page(self._not_trainable)
        self._say_no_model()

    def _say_no_model(self) -> None:
        for panel in self.panels:
            panel.set_readout(self.tr("There is no model: choose target and features first (Ctrl+D)."))

    def _forget_run(self) -> None:
        self._snapshot = self._frame = None
        self._undrawn = list(self.panels)
        for panel in self.panels:
            panel.forget_frame()
        self._objective_text = ""
        self._objective.show_first_fitting("")
        self._status.reset_lived.show_lambda(None)
        self._status.forget_story()

    def _reset_curves(self) -> None:
        self.histogram.reset()
        self.loss_curve.reset()
        self.history.reset()

    def _show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        for dock in self.docks.docks:
            # A floating panel is a window of its own, which does not go with the page.
            dock.panel.setVisible(page is self._panel_area or not dock.isFloating())

    def show_run_scene(self, scene: RunScene) -> None:
        """Names and sizes of what the new run is trained on."""
        self.histogram.show_run_scene(scene)
        self.history.show_run_scene(scene)
        self.loss_curve.show_run_scene(scene)
        self._leave_no_frozen_button()

    def _leave_no_frozen_button(self) -> None:
        """Other data have dropped what was frozen: the button comes up, and no ghost of them is left anywhere."""
        if self.commands.freeze.isChecked() and not any(panel.has_ghost for panel in self.panels):
            self.commands.freeze.setChecked(False)

    def show_curves(self, frame: Frame) -> None:
        """The moment that is shown, with another stretch of its course."""
        self._frame = frame
        self.histogram.show_frame(frame)
        self.history.show_frame(frame)

    def show_sweep(self, view: SweepView) -> None:
        """What a sweep has found so far, and whether there can be one."""
        self._is_sweeping = view.is_busy
        self.loss_curve.show_sweep(view)
        self.weight_path.show_sweep(view)
        self.commands.show_sweep(view)

    def show_running(self, is_running: bool) -> None:
        with QSignalBlocker(self.commands.run):
            self.commands.run.setChecked(is_running)
        self.commands.show_running(is_running)
        for panel in self.panels:
            panel.show_running(is_running)
        if self._pages.currentWidget() is self._not_trainable:
            self._say_no_model()

    def show_status(self, sentence: str) -> None:
        """What just happened, in words."""
        self._status.show_status(sentence)

    def show_story(self, sentence: str) -> None:
        """What happens in the model; waits for an error to have been read."""
        self._status.show_story(sentence)

    def show_error(self, sentence: str) -> None:
        """A sentence about what could not be done."""
        self._status.show_error(sentence)

    def forget_error(self) -> None:
        """Something else has been chosen since: what could not be done is no longer the news."""
        self._status.forget_error()

    def show_busy(self, text: str, can_cancel: bool) -> None:
        """Work begins that may take long."""
        self._status.busy.begin(text, can_cancel)

    def show_progress(self, fraction: float) -> None:
        """How much of that work is done, 0 to 1."""
        self._status.busy.show_fraction(fraction)

    def show_idle(self) -> None:
        """That work has ended."""
        self._status.busy.end()

    def show_rates(self, steps_per_second: float, frames_per_second: float) -> None:
        self._steps_per_second, self._frames_per_second = steps_per_second, frames_per_second
        self._bar.show_rates(steps_per_second, frames_per_second)

    def show_frame(self, frame: Frame, due: Part = Part.ALL) -> None:
        """Bring every panel to one moment, or as much of them as is ``due``; ``catch_up`` shows the rest."""
        self._waiting = Part.ALL & ~due
        self._show(frame, due)

    def _show(self, frame: Frame, due: Part) -> None:
        self._snapshot, self._frame = frame.snapshot, frame
        problems: list[Exception] = []
        self._undrawn = [panel for panel in self._undrawn if panel.is_seen]
        following = self._undrawn[1:]
        for panel in self.panels:
            if panel in following:
                # With its sentence: one of two lines would move the picture.
                continue
            try:
                # The first picture holds all.
                panel.show_frame(frame, Part.ALL if panel in self._undrawn else due)
            except Exception as problem:
                # The others go on; it is raised when they have been brought up to date.
                problems.append(problem)
        self._undrawn = following
        if Part.WEIGHTS_WORDS in due:
            self._show_objective(frame)
            self._status.reset_lived.show_lambda(frame.reset_lam)
            self.show_story(frame.story)
        if problems:
            raise problems[0] if len(problems) == 1 else ExceptionGroup("panels", problems)

    @property
    def is_behind(self) -> bool:
        """Whether something of the newest frame is still to be shown."""
        return self._frame is not None and bool(self._waiting or self._undrawn)

    def catch_up(self, due: Part = Part.ALL) -> None:
        """Show what of the newest frame had to wait, and is ``due``; of a new run the next panel."""
        now, self._waiting = self._waiting & due, self._waiting & ~due
        if self._frame is not None and (now or self._undrawn):
            self._show(self._frame, now)

    def draw_all(self) -> None:
        """Show panels that have no picture of the present run yet, and let all of them be painted."""
        self._paint_turns.end()
        while self._frame is not None and self._undrawn:
            self._show(self._frame, Part(0))

    def settle(self, frame: Frame) -> None:
        """The same moment once more, for axes that follow what is in them only after so many frames."""
        for panel in (self.histogram, self.history, self.loss_curve):
            panel.show_frame(frame)

    def show_anew(self, frame: Frame) -> None:
        """The moment that is shown, drawn as if no other had been: axes and words stand where they are remembered to
        have stood, which depends on how many moments were shown on the way.
        """
        self._reset_curves()
        self.settle(frame)

    def show_optimum(self, frame: Frame) -> None:
        """The moment that is shown, with something else to say of the optimum."""
        self._frame = frame
        self._show_objective(frame)
        self.loss_curve.show_frame(frame)

    def _show_objective(self, frame: Frame) -> None:
        text = f"{frame.objective} · {escape(frame.optimum)}" if frame.optimum else frame.objective
        if text != self._objective_text:
            self._objective_text = text
            self._objective.show_first_fitting(text, *shorter_objectives(frame.snapshot, frame.optimum))

    def show_shortcuts(self) -> None:
        """The list of all keys."""
        from regdesk.views.window.shortcuts_dialog import ShortcutsDialog

        dialog = ShortcutsDialog(self, self.commands.groups)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def show_workers(self, workers: str, counts: tuple[int, int], refusal: Callable[[str], str]) -> None:
        """Let a person choose who does sweeps; see ``WorkersDialog``."""
        from regdesk.views.window.workers_dialog import WorkersDialog

        dialog = WorkersDialog(self, workers, counts, refusal)
        dialog.workers_chosen.connect(self.workers_chosen)
        dialog.show()

    def show_about(self, parts: tuple[tuple[str, str, str], ...], notes: str) -> None:
        """``parts`` are (name, version, licence)."""
        from regdesk.views.window.about_dialog import AboutDialog

        dialog = AboutDialog(self, parts, notes)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        self.commands.apply_theme()
        self.importing.apply_theme()
        self.menus.apply_theme()
        self._bar.apply_theme()
        self._status.apply_theme()
        self.docks.apply_theme()
        for panel in self.panels:
            panel.apply_theme()
        self.controls.apply_theme()

    def state(self) -> dict[str, Any]:
        """A JSON-able record of what is on screen, all of it of one moment."""
        self.draw_all()
        self.catch_up(Part.WORDS)
        from regdesk.views.window.window_state import window_state

        return window_state(
            self._file,
            self._configuration(),
            self._snapshot,
            self.commands.run.isChecked(),
            self._steps_per_second,
            self._frames_per_second,
            {panel.objectName(): panel.readout for panel in self.panels},
            self._status.text,
        )

    def event(self, event: QEvent) -> bool:
        if takes_space(event, self.focusWidget()):
            event.accept()
            return True
        return super().event(event)

    def apply_text_size(self) -> None:
        """Lay out anew for text of another size."""
        self._bar.apply_text_size()
        self.controls.fit_into(self.width())
        self.docks.fit_room()
        for panel in self.panels:
            panel.apply_text_size()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.controls.fit_into(self.width())
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not opens_menu(event, self.focusWidget()):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        first = None
        while super().focusNextPrevChild(next):
            reached = self.focusWidget()
            if reached is first:
                break
            first = first or reached
            if not self.docks.hides(reached):
                self._focus_ring.show_around(reached)
                return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange and self._is_made:
            # What is in the window hears of it after the window.
            QTimer.singleShot(0, self, self.apply_text_size)
        if event.type() == QEvent.Type.ActivationChange and self._is_made and self.isActiveWindow():
            self.came_to_front.emit()
        if event.type() == QEvent.Type.WindowStateChange:
            self.commands.full_screen.setChecked(self.isFullScreen())
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._status.stop()
        self.controls.data.close_dialog()
        self.importing.close_dialog()
        self.closed.emit()
        for timer in self.findChildren(QTimer):
            # What panels were about to arrange nobody will see.
            timer.stop()
        super().closeEvent(event)

    def _on_lived_lambda_requested(self, lam: float) -> None:
        # The button is about to go; the keyboard goes to what one wants next, not to whatever comes after it.
        self.controls.focus_lambda()
        self.lived_reset_requested.emit(lam)

    def _on_theme_triggered(self, action: QAction) -> None:
        self.theme_chosen.emit(action.data())

    def _on_weight_selected(self, position: int) -> None:
        self.plane_geometry.choose_weight(position)
        self.docks.bring_up(self.plane_geometry)

    def _on_sweep_triggered(self) -> None:
        if not self._is_sweeping and self.weight_path.visibleRegion().isEmpty():
            # It may be behind a tab or closed, and is what one wants to see now.
            self.docks.bring_up(self.loss_curve)
        self.sweep_requested.emit()

    def _on_open_triggered(self) -> None:
        files, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Open a CSV file, or several with the same columns"),
            "",
            self.tr("Tables ({patterns});;All files (*)").format(patterns=TABLE_PATTERNS),
        )
        self.choose_files(files)
