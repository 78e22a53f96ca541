"""The window as a companion: theme, recent files, and what it finds again at the next start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QRect, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from regdesk import versions
from regdesk.preferences import MAX_RECENT_FILES, Preferences, WindowPlace, place_on_screens
from regdesk.views.theme import ThemeChoice, apply_theme, as_theme_choice, colours, colours_for

if TYPE_CHECKING:
    from regdesk.controller import Controller
    from regdesk.views.main_window import MainWindow

TITLE_BAR_PX = 40


class Shell(QObject):
    """Belongs to the window."""

    def __init__(
        self, window: MainWindow, controller: Controller, preferences: Preferences, theme: ThemeChoice
    ) -> None:
        """``theme`` is in force already."""
        super().__init__(window)
        self._window, self._controller, self._preferences = window, controller, preferences
        self._theme = theme
        window.show_theme(theme)
        window.theme_chosen.connect(self._on_theme_chosen)
        window.recent_chosen.connect(self._on_recent_chosen)
        window.recent_cleared.connect(self._on_recent_cleared)
        window.about_requested.connect(self._on_about_requested)
        window.closed.connect(self.save)
        controller.file_opened.connect(self._on_file_opened)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_color_scheme_changed)
        self._show_recent_files()

    def restore(self) -> None:
        """Put window and docks where they were; call before the window is shown."""
        window, place = self._window, self._preferences.place
        wanted = place.rectangle if place else QRect(window.pos(), window.size())
        # The offscreen platform has no screen to fit on, but says 800×800.
        if QGuiApplication.platformName() != "offscreen":
            screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
            if place is None:
                wanted.moveTopLeft(QGuiApplication.primaryScreen().availableGeometry().topLeft())
            wanted = place_on_screens(wanted, screens, TITLE_BAR_PX)
        window.resize(wanted.size())
        if place is not None:
            window.move(wanted.topLeft())
            if place.is_maximised:
                window.setWindowState(Qt.WindowState.WindowMaximized)
        layout = self._preferences.layout
        if layout is not None and not window.docks.restore_layout(QByteArray(layout)):
            window.docks.reset_layout()

    def save(self) -> None:
        """Keep where window and docks are."""
        window = self._window
        is_spread = window.isMaximized() or window.isFullScreen()
        rectangle = window.normalGeometry() if is_spread else QRect(window.pos(), window.size())
        self._preferences.place = WindowPlace(rectangle, window.isMaximized())
        self._preferences.layout = bytes(window.docks.layout_state().data())
        self._preferences.save()

    def _on_theme_chosen(self, choice: str) -> None:
        self._theme = as_theme_choice(choice)
        self._preferences.theme = choice
        self._preferences.save()
        self._apply_theme()

    def _on_color_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._theme == "system":
            self._apply_theme()

    def _apply_theme(self) -> None:
        chosen = colours_for(self._theme)
        application = QApplication.instance()
        if chosen is not colours() and isinstance(application, QApplication):
            apply_theme(application, chosen)
            self._window.apply_theme()

    def _on_file_opened(self, file: str) -> None:
        newest = str(Path(file).resolve())
        others = [one for one in self._preferences.recent_files if one != newest]
        self._keep_recent_files((newest, *others))

    def _on_recent_chosen(self, file: str) -> None:
        if Path(file).is_file():
            self._controller.open_file(file)
            return
        gone = self.tr("{file} is no longer there; it was taken off the list of recent files.")
        self._window.show_error(gone.format(file=file))
        self._keep_recent_files(tuple(one for one in self._preferences.recent_files if one != file))

    def _on_recent_cleared(self) -> None:
        self._keep_recent_files(())

    def _keep_recent_files(self, files: tuple[str, ...]) -> None:
        self._preferences.recent_files = files[:MAX_RECENT_FILES]
        self._preferences.save()
        self._show_recent_files()

    def _show_recent_files(self) -> None:
        self._window.show_recent_files(self._preferences.recent_files)

    def _on_about_requested(self) -> None:
        self._window.show_about(versions.parts(qVersion()), versions.NOTES)
