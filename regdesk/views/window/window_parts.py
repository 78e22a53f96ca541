"""What the main window is made of: menus, toolbar, control column, panels, and the signals of what is wanted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QChildEvent, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent

from regdesk.core.settings.configuration import Configuration, ViewSettings
from regdesk.core.settings.selected import NOTHING, Selected
from regdesk.core.types import TrainSettings
from regdesk.views.calculator.panel import CalculatorPanel
from regdesk.views.controls.column import Controls
from regdesk.views.docks.panel_docks import PanelDocks
from regdesk.views.docks.side_tabs import SideTabs
from regdesk.views.explain.door import ExplainDoor
from regdesk.views.export.translations_door import TranslationsDoor
from regdesk.views.fit.panel import DataFitPanel
from regdesk.views.geometry.panel import GeometryPanel
from regdesk.views.history.panel import HistoryPanel
from regdesk.views.importing.door import ImportDoor
from regdesk.views.kit.plain_text import title_text
from regdesk.views.kit.text_size import restyle_text, scaled_px
from regdesk.views.lessons.door import LessonDoor
from regdesk.views.looks.looks import Looks
from regdesk.views.models.door import ModelDoor
from regdesk.views.network.panel import NetworkPanel
from regdesk.views.path.panel import PathPanel
from regdesk.views.published.door import PublishedDoor
from regdesk.views.sessions.door import SessionDoor
from regdesk.views.sessions.session_window import SessionWindow
from regdesk.views.sweep.panel import LambdaPanel
from regdesk.views.undo.door import UndoDoor
from regdesk.views.undo.surroundings import Surroundings
from regdesk.views.variables.panel import VariablesPanel
from regdesk.views.weights.panel import HistogramPanel
from regdesk.views.window.actions import Actions
from regdesk.views.window.centre import Centre
from regdesk.views.window.keyed_window import KeyedWindow
from regdesk.views.window.menus import Menus
from regdesk.views.window.tab_order import set_tab_order
from regdesk.views.window.tool_bar import MainToolBar

BETWEEN_PX, SLIDER_PX = 24, 50
"""Of margins and the edges by which one resizes, between the column, the panels and what stands beside them; and of the
slider of λ at its least."""


class WindowParts(KeyedWindow, SessionWindow):
    """Signals carry intentions: ``settings_chosen(object)`` with the values of settings by path, ``file_chosen(str)``,
    ``recent_chosen(str)``, ``recent_cleared()``, ``paste_requested()``, ``watch_toggled(bool)``, ``came_to_front()``,
    ``sample_chosen(str)``, ``load_cancelled()``, ``run_toggled(bool)``, ``epoch_requested()``, ``reset_requested()``,
    ``lived_reset_requested(float)`` with λ, ``new_seed_requested()``, ``speed_changed(object)``, ``sweep_requested()``
    to begin or to cancel, ``solve_requested()``, ``up_down_toggled(bool)``, ``turn_requested()``,
    ``theme_chosen(str)``, ``workers_requested()``,
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

    def __init__(self, configuration: Callable[[], Configuration]) -> None:
        """``configuration`` answers with what is in force: no part keeps anything of it."""
        self._is_made = False
        super().__init__()
        self.setObjectName("mainWindow")
        self._table_title, self._model_file, self._has_model_moved = "", "", False
        self.name_window()
        self.resize(1440, 900)
        # Qt's own menu would hide the toolbar, and nothing would bring it back.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._configuration = configuration
        self.controls = Controls()
        self._make_panels()
        self.importing = ImportDoor(self)
        self.commands = Actions(self)
        self.sessions = SessionDoor(self, self.commands.sessions)
        self.undoing = UndoDoor(self, self.commands.undoing, self.commands.freeze, self.panels)
        self.models = ModelDoor(self, self.commands.models)
        self.loss_curve.adopt_up_down(self.commands.up_down)
        self.history.adopt_travel(self.commands.travel)
        self.translations = TranslationsDoor(self, self.commands.translations)
        self.published = PublishedDoor(self, self.commands.published)
        self.docks = PanelDocks(*self.panels)
        self.docks.settings_chosen.connect(self.settings_chosen)
        self.surroundings = Surroundings(self, self.docks, self.commands.theme_group)
        self._side = SideTabs(self)
        self.docks.stay_beside(self._side.takes_room)
        self.lessons = LessonDoor(self, self.commands.lessons, self.docks, self._side)
        panel_actions = self._adopt_panel_actions()
        data = self.controls.data.action
        tip = data.toolTip()
        self.commands.adopt(data, "data", tip, data.shortcut().toString(), self.tr("File"))
        # It names its key already.
        data.setToolTip(tip)
        self.explain = ExplainDoor(self, self.commands.explain, self._room_for_explaining)
        self.menus = Menus(self.menuBar(), self.commands, data, panel_actions)
        self._bar = MainToolBar(self.commands, self.menus.samples)
        self.addToolBar(self._bar)
        self._centre = Centre(self.controls, self.docks)
        self._status = self._centre.status
        self._make_looks()
        self.setCentralWidget(self._centre)
        self._connect_explaining()
        set_tab_order(self.controls, self._bar, self._status, self._centre.pages)
        self.take_keys(lambda widget: self.docks.hides(widget) or self._side.hides(widget))
        self.escaped.connect(self.select_nothing)
        self.take_drops()
        self.apply_theme()
        self.controls.fit_into(self.width())
        self._is_made = True

    def _make_looks(self) -> None:
        self.looks = looks = Looks(
            self, self.docks, self.commands.view, lambda: self._configuration().view,
            lambda: self.controls.takes_too_much_of(self.width()),
        )  # fmt: skip
        looks.settings_chosen.connect(self.settings_chosen)
        looks.column_shown.connect(self._on_column_shown)
        looks.text_size_shown.connect(self.menus.show_text_size)
        looks.lecture_shown.connect(self._bar.show_lecture)
        self._centre.handle.clicked.connect(looks.turn_column)

    def _make_panels(self) -> None:
        self.data_fit = DataFitPanel()

        def view() -> ViewSettings:
            return self._configuration().view

        self.histogram = HistogramPanel(view, lambda: self._configuration().architecture)
        self.history = HistoryPanel(view)
        self.loss_curve = LambdaPanel(lambda: self._configuration().sweep.n_starts, view)
        self.weight_path = PathPanel(view)
        self.plane_geometry = GeometryPanel(lambda: self._configuration().view.geometry)
        self.calculator = CalculatorPanel(view)
        self.network = NetworkPanel()
        self.variables = VariablesPanel(view)
        self.panels = (
            self.data_fit,
            self.histogram,
            self.history,
            self.loss_curve,
            self.weight_path,
            self.plane_geometry,
            self.calculator,
            self.network,
            self.variables,
        )
        for panel in self.panels:
            panel.part_selected.connect(self._on_part_selected)
            panel.settings_chosen.connect(self.settings_chosen)
        self.histogram.part_selected.connect(self._on_bar_selected)

    def _connect_explaining(self) -> None:
        self.explain.put_in_place(self.panels, self._side)
        dock = self.explain.dock
        self.docks.tab_chosen.connect(dock.note_panel)
        self._centre.frame_said.connect(dock.show_frame)
        self.controls.penalty_help_requested.connect(dock.explain_penalty)
        self.help_link_clicked.connect(self.explain.follow_link)
        self._centre.objective_clicked.connect(dock.explain_objective)

    def _room_for_explaining(self) -> int:
        """So wide may what stands beside the panels be that one of them can still be read."""
        panel_px = self.docks.least_size().width()
        if self.commands.view.column.isChecked():
            return self.width() - self.controls.width() - panel_px - BETWEEN_PX
        # What is left of the column stands above the panels, and its slider gives way first.
        controls_px = self.controls.minimumSizeHint().width() + scaled_px(SLIDER_PX)
        return self.width() - max(panel_px, controls_px) - BETWEEN_PX

    def childEvent(self, event: QChildEvent) -> None:
        super().childEvent(event)
        if self._is_made:
            self._side.note_child(event)

    def _adopt_panel_actions(self) -> list[QAction]:
        """An entry of the View menu for each panel."""
        panel_actions = []
        for number, dock in enumerate(self.docks.docks, start=1):
            action = dock.toggleViewAction()
            name, tip = dock.panel.objectName().replace("Panel", "View"), self.tr("Show or close this panel")
            self.commands.adopt(action, name, tip, f"Ctrl+{number}", self.tr("View"))
            panel_actions.append(action)
        return panel_actions

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        self.commands.apply_theme()
        self.importing.apply_theme()
        self.lessons.apply_theme()
        self.menus.apply_theme()
        self._bar.apply_theme()
        self._centre.apply_theme()
        self.docks.apply_theme()
        self.explain.dock.apply_theme()
        for panel in self.panels:
            panel.apply_theme()
        self.controls.apply_theme()

    def apply_text_size(self) -> None:
        """Lay out anew for text of another size."""
        restyle_text(self)
        self._bar.apply_text_size()
        self.lessons.apply_text_size()
        self.looks.fit_column()
        self.controls.fit_into(self.width())
        self.docks.fit_room()
        self.explain.dock.apply_text_size()
        for panel in self.panels:
            panel.apply_text_size()

    def _on_column_shown(self, is_whole: bool) -> None:
        if is_whole == self.controls.is_whole:
            return
        self.controls.show_whole(is_whole)
        self._centre.show_column(is_whole)
        self.controls.fit_into(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._is_made:
            self.looks.fit_column()
        self.controls.fit_into(self.width())
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange and self._is_made:
            # What is in the window hears of it after the window.
            QTimer.singleShot(0, self, self.apply_text_size)
        if event.type() == QEvent.Type.ActivationChange and self._is_made and self.isActiveWindow():
            self.came_to_front.emit()
        if event.type() == QEvent.Type.WindowStateChange:
            self.commands.full_screen.setChecked(self.isFullScreen())
        super().changeEvent(event)

    def show_lambda_in_panels(self, training: TrainSettings) -> None:
        """At which λ the model is that panels show: the one in force, or that of an earlier moment."""
        for panel in (self.loss_curve, self.weight_path):
            panel.show_lambda(training.effective_lam, training.penalty != "none")

    def _on_part_selected(self, selected: Selected) -> None:
        """In one change with what the geometry shows of it."""
        self.settings_chosen.emit({"view.selected": selected} | self.plane_geometry.settings_for(selected))

    def _on_bar_selected(self, selected: Selected) -> None:
        if selected:
            self.docks.bring_up(self.plane_geometry)

    def select_nothing(self) -> None:
        """What is selected in all panels is let go."""
        self._on_part_selected(NOTHING)

    def show_title(self, title: str) -> None:
        """What is open, by its name."""
        self._table_title = title
        self.name_window()

    def show_model_file(self, name: str, has_moved: bool) -> None:
        """The file that holds the live model, empty for none; ``has_moved``: the model is another by now."""
        self._model_file, self._has_model_moved = name, bool(name) and has_moved
        self.name_window()

    def show_aside(self, sentence: str) -> None:
        """What was done, and is no news of the model; it stays long enough to be read."""
        self._status.show_aside(sentence)

    @property
    def kept_status(self) -> str:
        return self._status.kept_text

    def name_window(self) -> None:
        parts = [title_text(one) for one in (self.session_file or self._model_file, self._table_title) if one]
        if parts:
            parts[0] += "[*]"
        self.setWindowTitle(" – ".join([*parts, self.program_name]))
        self.setWindowModified(bool(parts) and (self.is_unsaved or (self._has_model_moved and not self.session_file)))
