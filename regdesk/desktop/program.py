"""Builds and wires the desktop window; Qt is imported here and not before."""

from __future__ import annotations

import atexit
import contextlib
import json
import logging
import sys
import weakref
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMessageLogContext,
    Qt,
    QThread,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from regdesk import __version__
from regdesk.cli.arguments import WindowArguments
from regdesk.cli.live_commands import live_fit_words
from regdesk.cli.replacing import replacing
from regdesk.core.words.safe_text import safe_text
from regdesk.data.files.whole_files import reason_of, write_whole
from regdesk.desktop.application import hold_until_destroyed, the_application
from regdesk.desktop.error_reports import ErrorReports
from regdesk.desktop.fonts import say_where_there_are_none
from regdesk.desktop.preferences import Preferences, open_preferences
from regdesk.desktop.recovery.recovery import Recovery
from regdesk.desktop.recovery.unsaved_session import UnsavedSession
from regdesk.desktop.shell import Shell
from regdesk.desktop.taking_door import TakingDoor
from regdesk.desktop.upkeep_door import UpkeepDoor
from regdesk.session.clock import Clock
from regdesk.session.controller import Controller
from regdesk.session.session import Session
from regdesk.session.workers import Workers
from regdesk.system import logs, signals
from regdesk.system.terminal import write_aside, write_error
from regdesk.tasks.live_provenance import short_provenance
from regdesk.upkeep.crash_log import begin_crash_log
from regdesk.upkeep.places import places, places_of
from regdesk.views.kit.theme import apply_theme, as_theme_choice, colours_for
from regdesk.views.window.main_window import MainWindow
from regdesk.workers.signal_watch import SignalWatch

if TYPE_CHECKING:
    from regdesk.data.csv.table import Table
    from regdesk.tasks.live_moment import LiveMoment
    from regdesk.upkeep.crash_log import CrashLog
    from regdesk.upkeep.places import Places

FIRST_SAMPLE = "noisy-curve"
SCREENSHOT_SIZE_PX = (1440, 900)
SAFE = "Safe start: preferences, compiled code and unsaved work of other starts are not used, and nothing is kept."
_log = logging.getLogger("regdesk.start")


def build(
    arguments: WindowArguments,
    preferences: Preferences | None = None,
    table: Table | None = None,
    *,
    asks: bool = False,
    workers: Workers | None = None,
    clock: Clock | None = None,
) -> tuple[MainWindow, Controller]:
    """The window and its controller, shown and begun to load; the controller belongs to the window.

    Without ``preferences`` those of the user are read and written; for a picture none are, so that it is the same
    everywhere. With ``table``, which has been read already, nothing is read, and nothing appears on a screen.
    With ``asks`` a file is shown before it is opened, unless what is to become of it is said: by its target, or because
    training begins at once. ``workers`` and ``clock`` are the program's own where none are given.
    """
    if arguments.screenshot is not None or arguments.is_safe:
        preferences = Preferences(None)
    elif preferences is None:
        preferences = open_preferences()
    application = the_application()
    theme = arguments.theme or as_theme_choice(preferences.theme)
    apply_theme(application, colours_for(theme))
    session = Session(arguments.configuration)
    window = MainWindow(lambda: session.configuration)
    hold_until_destroyed(window)
    session.setParent(window)
    controller = Controller(
        window,
        session,
        workers or Workers.for_a_window(arguments.configuration.training, window),
        clock or Clock(),
        starts_running=arguments.starts_running or arguments.screenshot is not None,
    )
    shell = Shell(window, controller, preferences, theme, FIRST_SAMPLE)
    # A person's first start is shown around in; whoever asks for something wants that.
    shell.meet(asks, asks_for_nothing(arguments))
    TakingDoor(window, controller)
    _add_upkeep(window, controller, places_of(preferences.file), arguments.is_safe, asks)
    if arguments.is_safe:
        window.show_safe()
        shell.say(SAFE)
    if arguments.screenshot is None:
        shell.restore()
    if table is not None:
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.show()
    _log.info("The window is shown, with %d × %d pixels.", window.width(), window.height())
    window.controls.focus_lambda()
    # However the window ends, its threads end first: a running QThread that is destroyed aborts the process.
    window.destroyed.connect(controller.shut_down)
    application.aboutToQuit.connect(controller.shut_down)
    _shut_down_at_exit(controller)
    controller.start()
    _open_first(arguments, controller, table, asks)
    return window, controller


def _add_upkeep(window: MainWindow, controller: Controller, where: Places, is_safe: bool, asks: bool) -> None:
    """What a window knows of crashes and of the machine, and how it keeps what is not saved; see ``build``."""
    upkeep = UpkeepDoor(window, places() if is_safe else where)
    if where.recovery is not None:
        Recovery(window, controller, where, UnsavedSession(controller), upkeep.dialogs).start(asks=asks)


def _open_first(arguments: WindowArguments, controller: Controller, table: Table | None, asks: bool) -> None:
    """Have what the command line asks for; see ``build``."""
    data, source = arguments.configuration.data, arguments.configuration.source
    if table is not None:
        controller.open_table(table, data)
    elif source.file is not None:
        open_file = controller.choose_file if asks and leaves_choices(arguments) else controller.open_file
        open_file(source.file, source.reading, data)
    else:
        # Its text is true of what is on the screen, wherever panels stood at the end of the last session.
        controller.open_sample(source.sample or FIRST_SAMPLE, data, is_asked_for=source.sample is not None)


def leaves_choices(arguments: WindowArguments) -> bool:
    """Whether a person is to be asked about the file: its target is not said, and nothing is to be done at once."""
    is_busy = arguments.starts_running or arguments.screenshot is not None
    return arguments.configuration.data.target is None and not is_busy


def asks_for_nothing(arguments: WindowArguments) -> bool:
    """Whether the command line says neither what is to be shown nor what is to be done."""
    source, data = arguments.configuration.source, arguments.configuration.data
    return leaves_choices(arguments) and source.file is None and source.sample is None and data.target is None


def run(arguments: WindowArguments) -> int:
    """Show the window until it is closed, or take its picture. Returns the exit status."""
    is_kept = arguments.screenshot is None and not arguments.is_safe
    crash_log = begin_crash_log(places().crashes if is_kept else None, qVersion())
    # Held here: Qt knows it by its address alone.
    words = _QtWords(crash_log)
    qInstallMessageHandler(words)
    logs.name_other_threads(lambda: QThread.currentThread().objectName())
    application = the_application()
    _log.info(
        "regdesk %s, Python %s, Qt %s on %s (%s): %s",
        __version__, sys.version.split()[0], qVersion(), sys.platform, application.platformName(), arguments,
    )  # fmt: skip
    watch = SignalWatch()
    signals.note_from_here()
    window, controller = build(arguments, asks=True)
    reports = ErrorReports(window, ends_program=arguments.screenshot is not None, crash_log=crash_log)
    reports.install()
    window.painted.connect(say_where_there_are_none, Qt.ConnectionType.QueuedConnection)

    def end(number: int) -> None:
        _log.info("The signal %d has come.", number)
        try:
            recovery = window.findChild(Recovery)
            if recovery is not None:
                recovery.keep_for_next_start()
        finally:
            # Before it closes: with the last window Qt would set a status of its own.
            application.exit(signals.status_of(number))
            with contextlib.suppress(OSError):
                write_error(signals.sentence_of(number))
            window.close()

    watch.arrived.connect(end)
    watch.begin()
    if arguments.screenshot is not None:
        # Held here: Qt's connections to its methods do not keep it alive.
        screenshot = _Screenshot(arguments, window, controller)
        status = screenshot.wait()
    else:
        status = application.exec()
    if watch.number is not None:
        # Whatever was going on within the loop, such as a picture that waits for its events, may have set another.
        status = signals.status_of(watch.number)
    controller.shut_down()
    # Plots that were still to be laid out would be while they are deleted, with a Python that is no more: a crash.
    QApplication.sendPostedEvents()
    reports.remove()
    watch.end()
    _log.info("The window has ended with status %d.", status)
    if crash_log is not None:
        crash_log.end(status)
    return status


def _shut_down_at_exit(controller: Controller) -> None:
    """Of a program that ends with its window open; of one that makes many windows, Python keeps nothing of the last."""
    reference = weakref.ref(controller)

    def shut_down() -> None:
        living = reference()
        if living is not None and isValid(living):
            living.shut_down()

    atexit.register(shut_down)
    controller.destroyed.connect(lambda: atexit.unregister(shut_down))


class _Screenshot:
    """Lets the model train for a while, writes the picture and ends the program."""

    def __init__(self, arguments: WindowArguments, window: MainWindow, controller: Controller) -> None:
        self._arguments, self._window, self._controller = arguments, window, controller
        self._is_due = False
        window.setFixedSize(*SCREENSHOT_SIZE_PX)
        controller.frame_shown.connect(self._on_frame_shown)
        controller.load_failed.connect(self._on_load_failed)

    def wait(self) -> int:
        """Run the event loop until the picture is taken; the exit status."""
        return QApplication.exec()

    def _on_frame_shown(self, _frame: object) -> None:
        if not self._is_due:
            self._is_due = True
            QTimer.singleShot(round(1000 * self._arguments.after_s), self._window, self._take)

    def _take(self) -> None:
        path = self._arguments.screenshot
        # All of it of one moment, as that of a model at rest is.
        self._window.draw_all()
        self._window.catch_up()
        picture = self._window.grab().toImage()
        # On a screen of twice the density the grab has twice the pixels.
        picture.setDevicePixelRatio(1.0)
        picture = picture.scaled(
            *SCREENSHOT_SIZE_PX,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        try:
            assert path is not None
            with replacing(path):
                write_whole(path, _png_of(picture, self._controller.moment()))
        except OSError as problem:
            write_error(f"{path}: the picture could not be written there ({reason_of(problem)}).")
            QApplication.exit(1)
        else:
            QApplication.exit(0)

    def _on_load_failed(self, sentence: str) -> None:
        write_error(sentence)
        QApplication.exit(2)


def _png_of(picture: QImage, moment: LiveMoment | None) -> bytes:
    """With what the picture was made in itself; it has no file beside it."""
    picture.setText("Software", f"regdesk {__version__}")
    if moment is not None:
        picture.setText("Comment", json.dumps(short_provenance(moment, live_fit_words(moment)), allow_nan=False))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(buffer.data().data())


class _QtWords:
    """What Qt says goes to standard error, and is noted for whoever looks into a crash."""

    def __init__(self, crash_log: CrashLog | None) -> None:
        self._crash_log = crash_log

    def __call__(self, _kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        # The offscreen platform says this for every window it shows.
        if "propagateSizeHints" in message:
            return
        if self._crash_log is not None:
            self._crash_log.note_words(message)
        write_aside(safe_text(message))
