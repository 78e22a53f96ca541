"""The program's door: a headless command, or the window. ``desktop`` builds and wires the window."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from regdesk.arguments import WindowArguments, parse_window_arguments

if TYPE_CHECKING:
    from types import ModuleType

    from regdesk.arguments import SweepArguments
    from regdesk.data.table import Table
    from regdesk.network_sweeping import NetworkResult
    from regdesk.sweeping import Sweep
    from regdesk.views.main_window import MainWindow

INTERRUPTED = 130
SUBCOMMANDS = ("fit", "sweep", "inspect", "samples")
QT_MISSING = (
    "Qt could not be loaded ({problem}). On Debian and Ubuntu this installs what it needs, once: "
    "apt-get install libglib2.0-0 libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libxcb-cursor0 libxcb-icccm4 "
    "libxcb-keysyms1 libxcb-xkb1 libxkbcommon-x11-0 libxcb-shape0"
)
UNKNOWN_COMMAND = "regdesk: {word} is neither a file nor a command; the commands are {commands}."
NO_DISPLAY = (
    "regdesk: there is no display to show a window on. With QT_QPA_PLATFORM=offscreen, --screenshot works without one; "
    "so do the commands fit, sweep, inspect and samples."
)


def main(argv: list[str] | None = None) -> int:
    """The program: a headless command, or the window. Returns the exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments and arguments[0] in SUBCOMMANDS:
        try:
            from regdesk import cli

            return cli.run(arguments, _draw_panels)
        except KeyboardInterrupt:
            # While it was imported; what comes later is told in there.
            print("regdesk: interrupted.", file=sys.stderr)
            return INTERRUPTED
    if arguments and _is_unknown_command(arguments[0]):
        print(UNKNOWN_COMMAND.format(word=arguments[0], commands=", ".join(SUBCOMMANDS)), file=sys.stderr)
        return 2
    return _run_window(parse_window_arguments(arguments))


def _draw_panels(arguments: SweepArguments, table: Table, sweep: Sweep | NetworkResult) -> dict[str, bytes]:
    """The pictures of ``regdesk sweep --out``; the one thing that a command needs Qt for."""
    from regdesk.cli import PicturesFailed

    if sys.platform == "linux":
        # On a screen they would be as large as its fonts; without one Qt's own platform for it ends the process.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from regdesk import panel_pictures
    except ImportError as problem:
        raise PicturesFailed(QT_MISSING.format(problem=problem)) from problem
    return panel_pictures.draw_panels(arguments, table, sweep)


def _is_unknown_command(word: str) -> bool:
    """A bare word that names no file is meant as a command."""
    return word.isidentifier() and not Path(word).exists()


def _run_window(arguments: WindowArguments) -> int:
    if not _has_display():
        if arguments.screenshot is None:
            print(NO_DISPLAY, file=sys.stderr)
            return 1
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        desktop = _import_desktop()
    except ImportError as problem:
        print(f"regdesk: {QT_MISSING.format(problem=problem)}", file=sys.stderr)
        return 1
    status: int = desktop.run(arguments)
    return status


def _import_desktop() -> ModuleType:
    name = "regdesk.desktop"
    if name in sys.modules or not gc.isenabled():
        return importlib.import_module(name)
    # Imports make many objects and hardly any garbage: looking for it among them takes a tenth of the start.
    gc.disable()
    try:
        return importlib.import_module(name)
    finally:
        # Nor is there any to come among what has been imported.
        gc.freeze()
        gc.enable()


def _has_display() -> bool:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in names)


def create_window(arguments: list[str]) -> MainWindow:
    """The window of the command line, shown, without entering the event loop; makes the QApplication if there is none.

    Without a display it is built offscreen. Raises SystemExit(2) for bad usage.
    """
    if not _has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    window: MainWindow = _import_desktop().build(parse_window_arguments(arguments))[0]
    return window
