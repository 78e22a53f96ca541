"""The menu bar: the actions in their places, the samples, and the files that were open before."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QToolButton

from regdesk.views.kit import icons
from regdesk.views.kit.plain_text import action_text, tool_tip

if TYPE_CHECKING:
    from regdesk.views.window.actions import Actions

MAX_NAME_LENGTH = 60


class Menus(QObject):
    """Signals: ``sample_chosen(str)`` with its name, ``recent_chosen(str)`` with the file, ``file_menu_opened()``
    before it is shown.
    """

    sample_chosen = Signal(str)
    recent_chosen = Signal(str)
    file_menu_opened = Signal()

    def __init__(self, bar: QMenuBar, actions: Actions, data: QAction, panel_actions: list[QAction]) -> None:
        super().__init__(bar)
        self._actions = actions
        # In the window on every system, where the toolbar is.
        bar.setNativeMenuBar(False)
        more = bar.findChild(QToolButton, "qt_menubar_ext_button")
        assert more is not None
        more.setAccessibleName(self.tr("Menus that have no room"))
        self.samples = QMenu(self.tr("Open samp&le"), bar)
        self.samples.setObjectName("samplesMenu")
        self.samples.setToolTipsVisible(True)
        self.recent = QMenu(self.tr("Open &recent"), bar)
        self.recent.setObjectName("recentMenu")
        self.recent.setToolTipsVisible(True)
        file = self._menu(bar, "fileMenu", self.tr("&File"))
        file.aboutToShow.connect(self.file_menu_opened)
        file.addAction(actions.open)
        file.addAction(actions.paste_table)
        file.addMenu(self.samples)
        file.addMenu(self.recent)
        _fill(file, None, *actions.sessions.all, None, *actions.models.all, *actions.taking.all, None)
        _fill(file, actions.watch, actions.cancel, None, data, None, actions.quit)
        _fill(self._menu(bar, "editMenu", self.tr("&Edit")), actions.undoing.undo, actions.undoing.redo)
        train = self._menu(bar, "trainMenu", self.tr("&Train"))
        _fill(train, actions.run, actions.step, actions.reset, actions.new_seed, actions.reset_lived, None)
        actions.travel.fill(self._sub_menu(train, "travelMenu", self.tr("Earlier &moments")))
        _fill(
            train,
            actions.sweep, actions.solve, actions.use_best_lambda, actions.use_sparser_lambda,
            actions.workers, None,
            actions.up_down.go, actions.up_down.turn, None,
            actions.slower, actions.faster,
        )  # fmt: skip
        _fill(
            self._menu(bar, "penaltyMenu", self.tr("&Penalty")),
            *actions.penalties.values(), None, actions.lambda_up, actions.lambda_down, actions.lambda_times_ten,
            actions.lambda_by_ten, actions.lambda_off, None, actions.translations,
        )  # fmt: skip
        view = self._menu(bar, "viewMenu", self.tr("&View"))
        _fill(view, *panel_actions, None, actions.freeze, actions.deselect, None)
        self.layouts = self._sub_menu(view, "layoutMenu", self.tr("La&yout"))
        _fill(self.layouts, *actions.view.layouts.values(), None, actions.stack_panels, actions.reset_layout)
        _fill(view, actions.view.lecture, actions.view.column)
        self.text_size = self._sub_menu(view, "textSizeMenu", self.tr("Te&xt size"))
        _fill(self.text_size, actions.view.larger, actions.view.smaller, actions.view.usual)
        self.theme = view.addMenu(self.tr("T&heme"))
        self.theme.setObjectName("themeMenu")
        _fill(self.theme, *actions.themes.values())
        _fill(view, actions.full_screen)
        _fill(
            self._menu(bar, "helpMenu", self.tr("&Help")),
            *actions.lessons.all, actions.explain, None,
            actions.whats_this, actions.shortcuts, None, actions.published, None,
            actions.crash_log, actions.about,
        )  # fmt: skip
        self.samples.triggered.connect(self._on_sample_triggered)
        self.recent.triggered.connect(self._on_recent_triggered)
        self.show_recent_files(())

    def _menu(self, bar: QMenuBar, name: str, title: str) -> QMenu:
        menu = bar.addMenu(title)
        menu.setObjectName(name)
        menu.aboutToShow.connect(self._actions.draw_icons)
        menu.setToolTipsVisible(True)
        return menu

    def _sub_menu(self, menu: QMenu, name: str, title: str) -> QMenu:
        found = menu.addMenu(title)
        found.setObjectName(name)
        found.setToolTipsVisible(True)
        return found

    def show_text_size(self, percent: int) -> None:
        """How large text is, in percent of the system's."""
        self.text_size.setTitle(self.tr("Te&xt size ({percent} %)").format(percent=percent))

    def show_samples(self, samples: tuple[tuple[str, str, str], ...]) -> None:
        """Samples as (name, title, sentence)."""
        self.samples.clear()
        for name, title, sentence in samples:
            action = self.samples.addAction(action_text(title))
            action.setObjectName(f"sample_{name}")
            action.setData(name)
            action.setToolTip(tool_tip(sentence))

    def show_recent_files(self, files: tuple[str, ...]) -> None:
        """The files that can be opened again, the newest first."""
        self.recent.clear()
        for number, file in enumerate(files, start=1):
            path = PurePath(file)
            # The folder tells files of one name apart; & would underline what follows it.
            text = f"{path.name}  –  {path.parent}"
            if len(text) > MAX_NAME_LENGTH:
                text = f"{text[: MAX_NAME_LENGTH - 1]}…"
            action = self.recent.addAction(f"&{number}  " + action_text(text))
            action.setObjectName(f"recent_{number}")
            action.setData(file)
            action.setToolTip(tool_tip(file))
        if files:
            _fill(self.recent, None, self._actions.clear_recent)
        self.recent.setEnabled(bool(files))

    def apply_theme(self) -> None:
        self.samples.setIcon(icons.icon("samples"))
        self.theme.setIcon(icons.icon("theme"))

    def _on_sample_triggered(self, action: QAction) -> None:
        self.sample_chosen.emit(action.data())

    def _on_recent_triggered(self, action: QAction) -> None:
        if action is not self._actions.clear_recent and action.data():
            self.recent_chosen.emit(action.data())


def _fill(menu: QMenu, *actions: QAction | None) -> None:
    """None is a line between two groups."""
    for action in actions:
        if action is None:
            menu.addSeparator()
        else:
            menu.addAction(action)
