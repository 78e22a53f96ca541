"""What a person has chosen and finds again at the next start: window, layout, theme and recent files."""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSettings

PATH_VARIABLE = "REGDESK_SETTINGS"
"""Names the settings file; empty, nothing is read or written. Without it the file is where the system keeps them."""
MAX_RECENT_FILES = 8
LARGEST_PX = 100_000
THEMES = ("system", "light", "dark")


@dataclass(frozen=True)
class WindowPlace:
    """Where the window was: its rectangle when it is not maximised, in pixels of the desktop."""

    rectangle: QRect
    is_maximised: bool


class Preferences:
    """Typed reading and writing of one INI file; whatever in it is not what it should be is taken as not there.

    Values are plain text, so that reading them can never run anything.
    """

    def __init__(self, settings: QSettings | None) -> None:
        """None: nothing is kept."""
        self._settings = settings

    @property
    def theme(self) -> str:
        """ "system", "light" or "dark"."""
        theme = self._text("theme")
        return theme if theme in THEMES else THEMES[0]

    @theme.setter
    def theme(self, theme: str) -> None:
        self._write("theme", theme)

    @property
    def recent_files(self) -> tuple[str, ...]:
        """Files that were open, the newest first; they may be gone."""
        files = [self._text(f"recent_files/{number}") for number in range(MAX_RECENT_FILES)]
        return tuple(dict.fromkeys(file for file in files if file))

    @recent_files.setter
    def recent_files(self, files: tuple[str, ...]) -> None:
        for number in range(MAX_RECENT_FILES):
            self._write(f"recent_files/{number}", files[number] if number < len(files) else "")

    @property
    def place(self) -> WindowPlace | None:
        """None when it is not known."""
        try:
            x, y, width, height = (int(part) for part in self._text("window/rectangle").split())
        except ValueError:
            return None
        # Larger numbers would overflow where Qt adds to them.
        if min(width, height) < 1 or max(abs(number) for number in (x, y, width, height)) > LARGEST_PX:
            return None
        rectangle = QRect(x, y, width, height)
        return WindowPlace(rectangle, self._text("window/is_maximised") == "true")

    @place.setter
    def place(self, place: WindowPlace) -> None:
        one = place.rectangle
        self._write("window/rectangle", f"{one.x()} {one.y()} {one.width()} {one.height()}")
        self._write("window/is_maximised", "true" if place.is_maximised else "false")

    @property
    def layout(self) -> bytes | None:
        """Of the docks, as they wrote it; None when it is not known."""
        try:
            return base64.b64decode(self._text("window/layout"), validate=True) or None
        except (binascii.Error, ValueError):
            return None

    @layout.setter
    def layout(self, layout: bytes) -> None:
        self._write("window/layout", base64.b64encode(layout).decode("ascii"))

    def save(self) -> None:
        """Put on disk what was written, at once; a place that cannot be written is not complained about."""
        if self._settings is not None:
            self._settings.sync()

    def _text(self, key: str) -> str:
        value = self._settings.value(key) if self._settings is not None else None
        return value if isinstance(value, str) else ""

    def _write(self, key: str, text: str) -> None:
        if self._settings is not None:
            self._settings.setValue(key, text)


def open_preferences() -> Preferences:
    """Those of the user, or of the file that ``REGDESK_SETTINGS`` names."""
    file = os.environ.get(PATH_VARIABLE)
    if file == "":
        return Preferences(None)
    ini = QSettings.Format.IniFormat
    if file is None:
        return Preferences(QSettings(ini, QSettings.Scope.UserScope, "regdesk", "regdesk"))
    return Preferences(QSettings(file, ini))


def place_on_screens(wanted: QRect, screens: list[QRect], title_bar_px: int) -> QRect:
    """``wanted``, made no larger than the screen that holds most of it, or the first one, and moved wholly onto it.

    ``screens`` are the free areas of all screens, at least one; ``title_bar_px`` is what the system adds on top.
    """

    def shared(screen: QRect) -> int:
        common = screen.intersected(wanted)
        return max(0, common.width()) * max(0, common.height())

    screen = max(screens, key=shared)
    width = min(wanted.width(), screen.width())
    height = min(wanted.height(), screen.height() - title_bar_px)
    x = min(max(wanted.x(), screen.x()), screen.x() + screen.width() - width)
    y = min(max(wanted.y(), screen.y()), screen.y() + screen.height() - title_bar_px - height)
    return QRect(x, y, width, height)
