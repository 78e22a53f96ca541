"""The headless commands: standard output has their result alone."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from regdesk import __version__
from regdesk.cli.arguments import (
    InspectArguments,
    SamplesArguments,
    parse_inspect_arguments,
    parse_samples_arguments,
)
from regdesk.cli.command_parts import (
    BAD_INPUT,
    DONE,
    FAILED,
    REPORT,
    DrawPanels,
    WorkFailed,
    json_text,
    read_with_bar,
    write_result,
)
from regdesk.cli.text_reports import inspect_report, samples_report
from regdesk.core.settings.column_roles import single_roles
from regdesk.core.settings.configuration import SweepSettings
from regdesk.data.errors import DataError
from regdesk.data.files.result_folder import NotWritable
from regdesk.data.health.health import data_health
from regdesk.data.prepare.features import find_column
from regdesk.data.prepare.inspection import inspect_table
from regdesk.data.samples import sample_path, samples
from regdesk.system import logs, signals
from regdesk.system.terminal import OutputLost, flush_output, write_aside, write_error, write_lost

if TYPE_CHECKING:
    from regdesk.tasks.report.writing import PaintReport

TRACEBACK_VARIABLE = "REGDESK_TRACEBACK"
_log = logging.getLogger("regdesk.start")
_error_log = logging.getLogger("regdesk.errors")


def run(argv: list[str], draw_panels: DrawPanels | None = None, paint_report: PaintReport | None = None) -> int:
    """Run the command that ``argv`` begins with, one of ``COMMANDS`` or ``report``, and return the exit status.

    ``draw_panels`` is for ``sweep --out``, which without it writes no pictures, and ``paint_report`` for a report as
    PDF: whoever runs commands knows Qt or not.

    0 done, 1 the work failed, 2 bad usage or input, 128 and more ended by a signal (130 by Ctrl-C). Errors are one
    sentence on standard error.
    """
    try:
        signals.raise_from_here()
        _log.info("regdesk %s, Python %s, %s: %s", __version__, sys.version.split()[0], sys.platform, argv)
        try:
            if argv[0] == REPORT:
                from regdesk.cli.report_command import run_report

                status = run_report(argv[1:], paint_report)
            else:
                status = COMMANDS[argv[0]](argv[1:], draw_panels)
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else DONE
        flush_output()
        _log.info("The command ends with status %d.", status)
        return status
    except DataError as error:
        write_error(str(error))
        return BAD_INPUT
    except (NotWritable, WorkFailed) as error:
        write_error(str(error))
        return FAILED
    except KeyboardInterrupt as stop:
        signals.ignore_from_here()
        number = signals.number_of(stop)
        write_error(signals.sentence_of(number))
        return signals.status_of(number)
    except OutputLost as problem:
        write_lost(problem)
        return FAILED
    except Exception as error:
        _error_log.error("%s: %s", type(error).__name__, error)
        if os.environ.get(TRACEBACK_VARIABLE):
            write_aside("\n".join(filter(None, [traceback.format_exc(), logs.details()])))
        write_error(f"unexpected error: {type(error).__name__}: {error}")
        return FAILED


def _inspect(argv: list[str], _: DrawPanels | None) -> int:
    arguments: InspectArguments = parse_inspect_arguments(argv)
    status = DONE
    for number, file in enumerate(arguments.files):
        try:
            record = _inspected(file, arguments)
        except DataError as error:
            if len(arguments.files) == 1:
                raise
            status = BAD_INPUT
            write_error(str(error))
            if arguments.as_json:
                write_result(json_text({"file": str(file), "error": str(error)}))
            continue
        if arguments.as_json:
            write_result(json_text(record))
        else:
            write_result(("\n" if number else "") + inspect_report(record))
    return status


def _inspected(file: Path, arguments: InspectArguments) -> dict[str, Any]:
    """The record of ``file``. Raises DataError where it cannot be read or lacks a column whose role is said."""
    table, settings = read_with_bar(file, arguments.reading), arguments.data
    for name, role in (*single_roles(settings).items(), *settings.roles):
        find_column(table, name, role if role == "target" else f"a column with the role {role}")
    folds = SweepSettings().n_folds if settings.target is not None else None
    return inspect_table(table, data_health(table, settings, folds), settings)


def _samples(argv: list[str], _: DrawPanels | None) -> int:
    arguments: SamplesArguments = parse_samples_arguments(argv)
    records = [
        {
            "name": one.name,
            "title": one.title,
            "sentence": one.sentence,
            "file": str(sample_path(one.name)),
            "target": one.target,
        }
        for one in samples()
    ]
    write_result(json_text(records) if arguments.as_json else samples_report(records))
    return DONE


# What a command is not about is not loaded for it: half of what they all load.


def _fit(argv: list[str], draw_panels: DrawPanels | None) -> int:
    from regdesk.cli.training_commands import run_fit

    return run_fit(argv, draw_panels)


def _sweep(argv: list[str], draw_panels: DrawPanels | None) -> int:
    from regdesk.cli.training_commands import run_sweep

    return run_sweep(argv, draw_panels)


def _show(argv: list[str], draw_panels: DrawPanels | None) -> int:
    from regdesk.cli.model_commands import run_show

    return run_show(argv, draw_panels)


def _predict(argv: list[str], draw_panels: DrawPanels | None) -> int:
    from regdesk.cli.model_commands import run_predict

    return run_predict(argv, draw_panels)


def _replay(argv: list[str], draw_panels: DrawPanels | None) -> int:
    from regdesk.cli.session_commands import run_replay

    return run_replay(argv, draw_panels)


def _export(argv: list[str], draw_panels: DrawPanels | None) -> int:
    from regdesk.cli.export_command import run_export

    return run_export(argv, draw_panels)


def _lessons(argv: list[str], draw_panels: DrawPanels | None) -> int:
    from regdesk.cli.lessons_command import run_lessons

    return run_lessons(argv, draw_panels)


def _info(argv: list[str], draw_panels: DrawPanels | None) -> int:
    from regdesk.cli.upkeep.commands import run_info

    return run_info(argv, draw_panels)


def _reset(argv: list[str], draw_panels: DrawPanels | None) -> int:
    from regdesk.cli.upkeep.commands import run_reset

    return run_reset(argv, draw_panels)


COMMANDS: Mapping[str, Callable[[list[str], DrawPanels | None], int]] = MappingProxyType(
    {
        "fit": _fit,
        "sweep": _sweep,
        "inspect": _inspect,
        "samples": _samples,
        "show": _show,
        "replay": _replay,
        "predict": _predict,
        "export": _export,
        "lessons": _lessons,
        "info": _info,
        "reset": _reset,
    }
)
"""What a first argument has to be to be a command, and not a file for the window."""
