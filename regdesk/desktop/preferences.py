"""What a person has chosen and finds again at the next start: window, layout, theme and recent files."""

from __future__ import annotations

import base64
import binascii
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QLockFile, QRect, QSettings

from regdesk.crews.choice import CrewChoice, crew_choice
from regdesk.desktop.start_marker import StartMarker
from regdesk.upkeep.places import SETTINGS_VARIABLE

PATH_VARIABLE = SETTINGS_VARIABLE
MAX_RECENT_FILES = 8
LARGEST_PX = 100_000
LOCK_WAIT_MS = 3000
"""Others hold the lock for milliseconds. Who gets none, because nothing can be written there, goes on without."""
THEMES = ("system", "light", "dark")
_log = logging.getLogger("regdesk.settings")


@dataclass(frozen=True)
class WindowPlace:
    """Where the window was: its rectangle when it is not maximised, in pixels of the desktop."""

    rectangle: QRect
    is_maximised: bool


class Preferences:
    """Typed reading and writing of one INI file; whatever in it is not what it should be is taken as not there.

    Values are plain text, so that reading them can never run anything. Several windows may share the file: what a
    window has not written itself is what another has written last.
    """

    def __init__(self, settings: QSettings | None) -> None:
        """None: nothing is kept."""
        self._settings = settings
        self._is_unwritable = False

    @property
    def unwritable_file(self) -> str | None:
        """The file, when something that was to be kept could not be written there."""
        return self._settings.fileName() if self._settings is not None and self._is_unwritable else None

    @property
    def folder(self) -> Path | None:
        """Where the file is, and other things of the program are kept; None when nothing is."""
        return None if self._settings is None else Path(self._settings.fileName()).parent

    @property
    def file(self) -> Path | None:
        """Where they are; None where nothing is kept."""
        return None if self._settings is None else Path(self._settings.fileName())

    def start_marker(self) -> StartMarker | None:
        """Tells of a start that did not come up; None when nothing is kept, and so nothing can be in its way."""
        return None if self._settings is None else StartMarker(Path(self._settings.fileName()))

    @property
    def theme(self) -> str:
        """ "system", "light" or "dark"."""
        theme = self._text("theme")
        return theme if theme in THEMES else THEMES[0]

    @theme.setter
    def theme(self, theme: str) -> None:
        self._write("theme", theme)

    @property
    def looks(self) -> str:
        """How the window as a whole is looked at, as a text of JSON."""
        return self._text("looks")

    @looks.setter
    def looks(self, text: str) -> None:
        self._write("looks", text)

    @property
    def arrangement(self) -> str:
        """How many panels the layout showed at once where nobody had moved them; empty where somebody had."""
        return self._text("window/arrangement")

    @arrangement.setter
    def arrangement(self, arrangement: str) -> None:
        self._write("window/arrangement", arrangement)

    @property
    def sweep_workers(self) -> CrewChoice | None:
        """Who does sweeps; None for threads on every core."""
        try:
            return crew_choice(self._text("sweep_workers"))
        except ValueError:
            return None

    @sweep_workers.setter
    def sweep_workers(self, choice: CrewChoice | None) -> None:
        self._write("sweep_workers", "" if choice is None else str(choice))

    @property
    def recent_files(self) -> tuple[str, ...]:
        """Files that were open, the newest first; they may be gone."""
        files = [self._text(f"recent_files/{number}") for number in range(MAX_RECENT_FILES)]
        return tuple(dict.fromkeys(file for file in files if file))

    def add_recent_file(self, file: str) -> None:
        """Put it on top, on disk."""
        self._change_recent_files(lambda files: (file, *(one for one in files if one != file)))

    def remove_recent_file(self, file: str) -> None:
        """Take it off the list, on disk."""
        self._change_recent_files(lambda files: tuple(one for one in files if one != file))

    def clear_recent_files(self) -> None:
        """Forget all of them, on disk."""
        self._change_recent_files(lambda _: ())

    def _change_recent_files(self, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> None:
        # The list is one thing in many keys: while it is read, changed and written no other window may do the same.
        with self._alone():
            self.save()
            files = change(self.recent_files)
            for number in range(MAX_RECENT_FILES):
                self._write(f"recent_files/{number}", files[number] if number < len(files) else "")
            self.save()
            self._stamp()

    def _stamp(self) -> None:
        """Give the file a time of its own: QSettings reads again what has another time or size than before.

        The clock of a file system stands still for milliseconds, in which another window's write looks like one's own.
        """
        if self._settings is not None:
            now_ns = time.time_ns()
            with suppress(OSError):
                os.utime(self._settings.fileName(), ns=(now_ns, now_ns))

    @property
    def imports(self) -> str:
        """What was chosen when files were opened, as a text of JSON."""
        return self._text("imports")

    @imports.setter
    def imports(self, text: str) -> None:
        self._write("imports", text)

    @property
    def lessons(self) -> str:
        """How far lessons were done, as a text of JSON."""
        return self._text("lessons")

    @lessons.setter
    def lessons(self, text: str) -> None:
        self._write("lessons", text)

    def take_first_start(self) -> bool:
        """Whether no window has been closed or toured under these preferences before; from now on one has."""
        is_first = self._settings is not None and not self._text("is_begun") and self.place is None
        if is_first:
            self._write("is_begun", "true")
            self.save()
        return is_first

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While no other window reads, changes and writes the same; what others have written last is read first."""
        with self._alone():
            self.save()
            yield
            self.save()
            self._stamp()

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
        """Of the docks, as they wrote it; None when it is not known, or is not what was written."""
        digest, _, layout = self._text("window/layout").partition(" ")
        try:
            content = base64.b64decode(layout, validate=True)
        except (binascii.Error, ValueError):
            return None
        return content if content and digest == _digest(content) else None

    @layout.setter
    def layout(self, layout: bytes) -> None:
        # Qt reads it without looking: of 200 with one byte changed four ended the process, and others its patience.
        self._write("window/layout", f"{_digest(layout)} {base64.b64encode(layout).decode('ascii')}")

    @property
    def is_layout_damaged(self) -> bool:
        """Whether one was written that is no longer what it was."""
        return self.layout is None and " " in self._text("window/layout")

    @property
    def explain_width_px(self) -> int:
        """How wide the Explain dock was; 0 where it was closed."""
        text = self._text("window/explain_width")
        return min(int(text), LARGEST_PX) if text.isascii() and text.isdigit() else 0

    @explain_width_px.setter
    def explain_width_px(self, width_px: int) -> None:
        self._write("window/explain_width", str(width_px))

    def save(self) -> None:
        """Put on disk what was written, and read what others have written since; see ``unwritable_file``."""
        settings = self._settings
        if settings is None:
            return
        settings.sync()
        if settings.status() == QSettings.Status.FormatError:
            # It had read what is no settings file and says nothing else any more; a new one hears how writing went.
            self._settings = settings = QSettings(settings.fileName(), settings.format())
            settings.sync()
        self._is_unwritable = settings.status() == QSettings.Status.AccessError
        if self._is_unwritable:
            _log.info("%s could not be written.", settings.fileName())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """While no other process is in here for the same file."""
        if self._settings is None:
            yield
            return
        # Not ``.lock``, which QSettings takes itself while it writes.
        lock = QLockFile(f"{self._settings.fileName()}.turn")
        is_locked = lock.tryLock(LOCK_WAIT_MS)
        try:
            yield
        finally:
            if is_locked:
                lock.unlock()

    def _text(self, key: str) -> str:
        value = self._settings.value(key) if self._settings is not None else None
        return value if isinstance(value, str) else ""

    def _write(self, key: str, text: str) -> None:
        if self._settings is not None:
            self._settings.setValue(key, text)


def _digest(content: bytes) -> str:
    # hashlib takes longer to load than a start has time for; this is there.
    return bytes(QCryptographicHash.hash(content, QCryptographicHash.Algorithm.Sha256).toHex().data()).decode("ascii")


def open_preferences() -> Preferences:
    """Those of the user, or of the file that ``REGDESK_SETTINGS`` names."""
    file = os.environ.get(PATH_VARIABLE)
    if file == "":
        _log.info("%s is empty: no preferences are read or kept.", PATH_VARIABLE)
        return Preferences(None)
    ini = QSettings.Format.IniFormat
    if file is not None:
        settings = QSettings(file, ini)
    else:
        settings = QSettings(ini, QSettings.Scope.UserScope, "regdesk", "regdesk")
    _log.info("Preferences are kept in %s.", settings.fileName())
    return Preferences(settings)
