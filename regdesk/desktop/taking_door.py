"""Where a window is asked for pictures, tables and commands; what makes them is loaded when that first happens."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from regdesk.desktop.settings_taking import SettingsTaking

if TYPE_CHECKING:
    from regdesk.desktop.animation_saving import AnimationSaving
    from regdesk.desktop.taking.taking_away import TakingAway
    from regdesk.session.controller import Controller
    from regdesk.views.plots.panel import Panel
    from regdesk.views.window.main_window import MainWindow


class TakingDoor(QObject):
    """Belongs to the window."""

    def __init__(self, window: MainWindow, controller: Controller) -> None:
        super().__init__(window)
        self._window, self._controller = window, controller
        self._made: TakingAway | None = None
        self._settings = SettingsTaking(window, controller)
        taking = window.commands.taking
        taking.pictures.triggered.connect(self._on_pictures_triggered)
        self._animation: AnimationSaving | None = None
        taking.animation.triggered.connect(self._on_animation_triggered)
        taking.tables.triggered.connect(self._on_tables_triggered)
        taking.copy_command.triggered.connect(self._on_copy_command_triggered)
        taking.copy_settings.triggered.connect(self._on_copy_settings_triggered)
        taking.save_settings.triggered.connect(self._on_save_settings_triggered)
        for panel in window.panels:
            panel.picture_requested.connect(partial(self._on_picture_requested, panel))
            panel.data_requested.connect(partial(self._on_data_requested, panel))

    @property
    def _away(self) -> TakingAway:
        if self._made is None:
            from regdesk.desktop.taking.taking_away import TakingAway

            self._made = TakingAway(self._window, self._controller)
        return self._made

    def _on_pictures_triggered(self) -> None:
        self._away.open_pictures(None)

    def _on_picture_requested(self, panel: Panel) -> None:
        self._away.open_pictures(panel)

    def _on_data_requested(self, panel: Panel) -> None:
        self._away.copy_data(panel)

    def _on_animation_triggered(self) -> None:
        if self._animation is None:
            from regdesk.desktop.animation_saving import AnimationSaving

            self._animation = AnimationSaving(self._window, self._controller)
        self._animation.open_dialog()

    def _on_tables_triggered(self) -> None:
        self._away.open_tables()

    def _on_copy_settings_triggered(self) -> None:
        self._settings.copy()

    def _on_save_settings_triggered(self) -> None:
        self._settings.save()

    def _on_copy_command_triggered(self) -> None:
        self._away.copy_command()
