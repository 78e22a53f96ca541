"""The program's door: a headless command, or the window. ``desktop`` builds and wires the window."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import TYPE_CHECKING

from regdesk.cli.arguments import WindowArguments, parse_window_arguments
from regdesk.cli.pictures import PicturesFailed
from regdesk.cli.replacing import ask_to_replace
from regdesk.core.types import training_dtype
from regdesk.data.files.result_folder import NotWritable
from regdesk.data.files.whole_files import check_whole, reason_of
from regdesk.system import displays, logs, signals
from regdesk.system.terminal import OutputLost, open_closed_streams, write_error, write_lost

if TYPE_CHECKING:
    from types import ModuleType

    from regdesk.cli.arguments import SweepArguments
    from regdesk.core.report.values import Report
    from regdesk.data.csv.table import Table
    from regdesk.tasks.linear_sweep import Sweep
    from regdesk.tasks.network_sweep import NetworkResult
    from regdesk.views.window.main_window import MainWindow

SUBCOMMANDS = (
    *("fit", "sweep", "inspect", "samples", "show", "replay", "predict", "export", "report", "lessons"),
    *("info", "reset"),
)
FAILED, UNUSABLE = 1, 2
UNKNOWN_COMMAND = "{word} is neither a file nor a command; the commands are {commands}."


def main(argv: list[str] | None = None) -> int:
    """The program: a headless command, or the window. Returns the exit status."""
    open_closed_streams()
    logs.begin()
    arguments = sys.argv[1:] if argv is None else argv
    if arguments and arguments[0] in SUBCOMMANDS:
        try:
            from regdesk.cli import headless

            return headless.run(arguments, _draw_panels, _paint_report)
        except KeyboardInterrupt as stop:
            # While it was imported by somebody who has kept the signals; what comes later is told in there.
            number = signals.number_of(stop)
            write_error(signals.sentence_of(number))
            return signals.status_of(number)
    if arguments and _is_unknown_command(arguments[0]):
        write_error(UNKNOWN_COMMAND.format(word=arguments[0], commands=", ".join(SUBCOMMANDS)))
        return UNUSABLE
    try:
        parsed = parse_window_arguments(arguments)
    except OutputLost as problem:
        write_lost(problem)
        return FAILED
    return _run_window(parsed)


def _draw_panels(arguments: SweepArguments, table: Table, sweep: Sweep | NetworkResult) -> dict[str, bytes]:
    """The pictures of ``regdesk sweep --out``; the one thing that a command needs Qt for."""
    if sys.platform == "linux":
        # On a screen they would be as large as its fonts; without one Qt's own platform for it ends the process.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        with signals.held():
            from regdesk.desktop import panel_pictures
    except ImportError as problem:
        raise PicturesFailed(displays.QT_MISSING.format(problem=problem)) from problem
    return panel_pictures.draw_panels(arguments, table, sweep)


def _paint_report(report: Report) -> bytes:
    """A report as PDF, which Qt paints."""
    if sys.platform == "linux":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        with signals.held():
            from regdesk.desktop import report_pdf
    except ImportError as problem:
        raise PicturesFailed(displays.QT_MISSING.format(problem=problem)) from problem
    return report_pdf.pdf_bytes(report)


def _is_unknown_command(word: str) -> bool:
    """A bare word that names no file is meant as a command."""
    # That of pathlib raises where a word is longer than the name of any file.
    return word.isidentifier() and not os.path.exists(word)  # noqa: PTH110


def _run_window(arguments: WindowArguments) -> int:
    if arguments.screenshot is not None:
        try:
            # Looked at first: until there is a picture the model trains for a while.
            check_whole(arguments.screenshot)
        except OSError as problem:
            reason = reason_of(problem)
            write_error(f"{arguments.screenshot}: the picture could not be written there ({reason}).")
            return FAILED
        try:
            ask_to_replace(arguments.screenshot)
        except NotWritable as refusal:
            write_error(str(refusal))
            return FAILED
        displays.use_none()
    elif not displays.has_display():
        write_error(displays.NO_DISPLAY)
        return UNUSABLE
    from regdesk.compiling.child import begin_if_new
    from regdesk.compiling.engine_cache import keep_out

    if arguments.is_safe:
        keep_out()

    # The first launch compiles while Qt is loaded and the window is made.
    begin_if_new(training_dtype(arguments.configuration.architecture).name)
    try:
        desktop = _import_desktop()
    except ImportError as problem:
        write_error(displays.QT_MISSING.format(problem=problem))
        return UNUSABLE
    status: int = desktop.run(arguments)
    return status


def _import_desktop() -> ModuleType:
    name = "regdesk.desktop.program"
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


def create_window(arguments: list[str]) -> MainWindow:
    """The window of the command line, shown, without entering the event loop; makes the QApplication if there is none.

    Without a display it is built offscreen. Raises SystemExit(2) for bad usage; one that does not answer ends the
    process with status 2.
    """
    if not displays.has_display():
        displays.use_none()
    parsed = parse_window_arguments(arguments)
    if parsed.is_safe:
        from regdesk.compiling.engine_cache import keep_out

        keep_out()
    window: MainWindow = _import_desktop().build(parsed)[0]
    return window
