"""The headless commands, ``fit``, ``sweep``, ``inspect`` and ``samples``: standard output has their result alone."""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from regdesk import __version__
from regdesk.cli.arguments import (
    FitArguments,
    InspectArguments,
    SamplesArguments,
    SweepArguments,
    parse_fit_arguments,
    parse_inspect_arguments,
    parse_samples_arguments,
    parse_sweep_arguments,
)
from regdesk.cli.network_report import network_report
from regdesk.cli.pictures import PicturesFailed
from regdesk.cli.text_reports import fit_report, inspect_report, samples_report, sweep_report
from regdesk.core.reading_options import ReadingOptions
from regdesk.core.settings.configuration import SweepSettings
from regdesk.core.sweep.remaining_time import SweepProgress
from regdesk.core.types import DataSettings
from regdesk.core.words.data_facts import HealthFinding
from regdesk.core.words.safe_text import safe_text
from regdesk.core.words.shortfalls import no_criteria_sentence
from regdesk.crews.choice import CrewLost
from regdesk.data.csv.size_estimate import SAMPLE_ROWS, estimate_size
from regdesk.data.csv.table import Table
from regdesk.data.errors import DataError, listing
from regdesk.data.files.result_folder import NotWritable, ResultFolder, strangers_in
from regdesk.data.files.whole_files import reason_of
from regdesk.data.formats.opening import format_of
from regdesk.data.formats.reading import read_file
from regdesk.data.formats.signatures import TEXT
from regdesk.data.health.health import data_health
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.prepare.features import find_column
from regdesk.data.prepare.inspection import inspect_table
from regdesk.data.samples import sample_path, samples
from regdesk.system import logs, signals
from regdesk.system.terminal import (
    OutputLost,
    ProgressBar,
    flush_output,
    remaining_text,
    write_aside,
    write_error,
    write_lost,
    write_output,
)
from regdesk.tasks.fit import DivergedError, FitListener, fit_model
from regdesk.tasks.fit_record import fit_record
from regdesk.tasks.linear_sweep import Sweep, sweep_table
from regdesk.tasks.network_record import PATH_COLUMNS as NETWORK_PATH_COLUMNS
from regdesk.tasks.network_record import network_record, network_weight_rows
from regdesk.tasks.network_sweep import AllDivergedError, NetworkResult, SweepListener, sweep_network
from regdesk.tasks.provenance import fit_provenance, sweep_provenance
from regdesk.tasks.sweep_record import PATH_COLUMNS, sweep_record, tables, weight_rows

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
TRACEBACK_VARIABLE = "REGDESK_TRACEBACK"
_log = logging.getLogger("regdesk.start")
_error_log = logging.getLogger("regdesk.errors")


DrawPanels = Callable[[SweepArguments, Table, Sweep | NetworkResult], dict[str, bytes]]
"""Draws the panels of a window that shows a sweep: the pictures by the names of their files."""


def run(argv: list[str], draw_panels: DrawPanels | None = None) -> int:
    """Run the command that ``argv`` begins with, one of ``COMMANDS``, and return the exit status.

    ``draw_panels`` is for ``sweep --out``, which without it writes no pictures: whoever runs commands knows Qt or not.

    0 done, 1 the work failed, 2 bad usage or input, 128 and more ended by a signal (130 by Ctrl-C). Errors are one
    sentence on standard error.
    """
    try:
        signals.raise_from_here()
        _log.info("regdesk %s, Python %s, %s: %s", __version__, sys.version.split()[0], sys.platform, argv)
        try:
            status = COMMANDS[argv[0]](argv[1:], draw_panels)
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else DONE
        flush_output()
        _log.info("The command ends with status %d.", status)
        return status
    except DataError as error:
        write_error(str(error))
        return BAD_INPUT
    except NotWritable as error:
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


def _fit(argv: list[str], _: DrawPanels | None) -> int:
    arguments = parse_fit_arguments(argv)
    configuration = arguments.configuration
    table = _read(arguments.file, arguments.configuration.source.reading)
    dataset = prepare_dataset(table, configuration.data, configuration.seed)
    bar = ProgressBar("training")
    listener = FitListener(
        compiling=lambda: bar.message("Compiling the training engine (first time only, about 20 s) …"),
        epochs=lambda done, most: bar.show(done / max(most, 1), f"epoch {done} of {_limit_text(arguments, most)}"),
    )
    try:
        fitted = fit_model(dataset, configuration, listener)
    except DivergedError as error:
        bar.clear()
        write_error(f"{dataset.name}: {error}")
        return FAILED
    finally:
        bar.clear()
    record = fit_record(dataset, configuration, fitted)
    record["provenance"] = fit_provenance(["fit", *argv], table, dataset, configuration)
    _write(
        _json(record)
        if arguments.as_json
        else fit_report(dataset, configuration, record, data_health(table, configuration.data))
    )
    return DONE


@dataclass(frozen=True)
class _Swept:
    """What there is to write of a sweep: its record, the columns and rows of its tables, and its report."""

    found: Sweep | NetworkResult
    record: dict[str, Any]
    path_columns: Sequence[str]
    weights: list[list[Any]]
    report: str


def _sweep(argv: list[str], draw_panels: DrawPanels | None) -> int:
    arguments: SweepArguments = parse_sweep_arguments(argv)
    # Looked at first: a sweep may take hours.
    with nullcontext() if arguments.out is None else ResultFolder(arguments.out, *_sources(arguments)) as folder:
        table = _read(arguments.file, arguments.configuration.source.reading)
        bar = ProgressBar("sweeping")
        try:
            if arguments.configuration.architecture.is_linear:
                swept = _sweep_linear(arguments, table, bar)
            else:
                swept = _sweep_network(arguments, table, bar)
        except AllDivergedError as error:
            bar.clear()
            write_error(f"{arguments.file.name}: {error}")
            return FAILED
        except CrewLost as error:
            bar.clear()
            write_error(str(error))
            return FAILED
        finally:
            bar.clear()
        swept.record["provenance"] = sweep_provenance(
            ["sweep", *argv], table, swept.found.folds, arguments.configuration
        )
        if folder is not None:
            return _keep(folder, arguments, table, swept, draw_panels)
    _write_swept(arguments, swept)
    return DONE


def _keep(
    folder: ResultFolder, arguments: SweepArguments, table: Table, swept: _Swept, draw_panels: DrawPanels | None
) -> int:
    """Write the files of a sweep, and what was found to standard output, whatever becomes of the files."""
    files, status = tables(swept.record, swept.path_columns, swept.weights), DONE
    with signals.held():
        # Before the panels are drawn: whatever ends that, the numbers are there.
        record = _fill(folder, files, swept.record)
        if record is None:
            _write_swept(arguments, swept)
            return FAILED
    if draw_panels is None:
        _tell_older(folder)
    else:
        try:
            ProgressBar("drawing").message("Drawing the panels …")
            files |= draw_panels(arguments, table, swept.found)
        except PicturesFailed as problem:
            write_error(f"the pictures could not be drawn, the numbers are in {folder.path}: {problem}")
            status = FAILED
        except BaseException:
            _tell_older(folder)
            raise
        with signals.held():
            with_pictures = _fill(folder, files, swept.record)
            record, status = (record, FAILED) if with_pictures is None else (with_pictures, status)
            _tell_older(folder)
    _write_swept(arguments, replace(swept, record=record))
    return status


def _sources(arguments: SweepArguments) -> list[Path]:
    return [arguments.file, *map(Path, arguments.configuration.source.reading.more_files)]


def _fill(folder: ResultFolder, files: Mapping[str, bytes], record: dict[str, Any]) -> dict[str, Any] | None:
    """Write ``files`` and ``record``; the record with what was written, or None after a sentence on why it was not."""
    try:
        return folder.write(files, record)
    except OSError as problem:
        write_error(f"{folder.path}: the results could not be written there ({reason_of(problem)}).")
        return None
    finally:
        while folder.kept:
            write_error(folder.kept.pop(0))


def _tell_older(folder: ResultFolder) -> None:
    """What lies in ``folder`` beside the files of this sweep, which have been written."""
    try:
        older = strangers_in(folder.path)
    except (OSError, ValueError) as problem:
        write_error(f"{folder.path}: the results could not be looked at again ({reason_of(problem)}).")
        return
    if older:
        write_error(f"in {folder.path} {listing(older)} {'is' if len(older) == 1 else 'are'} not of this sweep.")


def _write_swept(arguments: SweepArguments, swept: _Swept) -> None:
    _write(_json(swept.record) if arguments.as_json else swept.report)


def _sweep_linear(arguments: SweepArguments, table: Table, bar: ProgressBar) -> _Swept:
    def show(done: int, most: int) -> None:
        bar.show(done / most, f"λ {done} of {most}")

    def show_paths(progress: SweepProgress) -> None:
        note = f"{progress.n_done} of {progress.n_fits} paths, {remaining_text(progress.left_s)}"
        bar.show(progress.n_done / progress.n_fits, note)

    found = sweep_table(table, arguments.configuration, show, arguments.workers, show_paths)
    record = sweep_record(found, arguments.configuration)
    unavailable_reason = no_criteria_sentence(found.points[-1].no_criteria)
    report = sweep_report(found.folds.whole, record, unavailable_reason, _health(arguments, table))
    return _Swept(found, record, PATH_COLUMNS, weight_rows(found) if arguments.out is not None else [], report)


def _sweep_network(arguments: SweepArguments, table: Table, bar: ProgressBar) -> _Swept:
    def show(progress: SweepProgress) -> None:
        if progress.n_fits == 0:
            bar.show(0.0, "looking for the range of λ")
        else:
            share = progress.n_done / progress.n_fits
            bar.show(share, f"{share:.0%}, {remaining_text(progress.left_s)}")

    listener = SweepListener(
        compiling=lambda: bar.message("Compiling what solves networks (first time only, about a minute) …"), models=show
    )
    found = sweep_network(table, arguments.configuration, listener, arguments.workers)
    record = network_record(found, arguments.configuration)
    report = network_report(found.folds.whole, record, _health(arguments, table))
    weights = network_weight_rows(found) if arguments.out is not None else []
    return _Swept(found, record, NETWORK_PATH_COLUMNS, weights, report)


def _health(arguments: SweepArguments, table: Table) -> tuple[HealthFinding, ...]:
    """That of ``table`` for a sweep, in which each class is wanted in every fold."""
    configuration = arguments.configuration
    is_drawn = configuration.data.fold_column is None and configuration.sweep.n_folds > 1
    return data_health(table, configuration.data, configuration.sweep.n_folds if is_drawn else None)


def _limit_text(arguments: FitArguments, most: int) -> str:
    return str(most) if arguments.configuration.ending.n_epochs is not None else f"at most {most}"


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
                _write(_json({"file": str(file), "error": str(error)}))
            continue
        if arguments.as_json:
            _write(_json(record))
        else:
            _write(("\n" if number else "") + inspect_report(record))
    return status


def _inspected(file: Path, arguments: InspectArguments) -> dict[str, Any]:
    """The record of ``file``. Raises DataError where it cannot be read or has no such target."""
    table = _read(file, arguments.reading)
    if arguments.target is not None:
        find_column(table, arguments.target, "target")
    folds = SweepSettings().n_folds if arguments.target is not None else None
    return inspect_table(table, data_health(table, DataSettings(target=arguments.target), folds))


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
    _write(_json(records) if arguments.as_json else samples_report(records))
    return DONE


def _read(file: Path, reading: ReadingOptions) -> Table:
    estimate = estimate_size(file, reading) if reading.sample_rows is None and format_of(file) is TEXT else None
    if estimate is not None and estimate.is_large:
        write_error(f"{file.name}: {estimate.needs} A sample is enough for many ends: --sample-rows {SAMPLE_ROWS}.")
    bar = ProgressBar("reading")
    try:
        return read_file(file, reading, lambda share: bar.show(share, f"{share:.0%} of {file.name}"))
    finally:
        bar.clear()


def _json(value: Any) -> str:
    return json.dumps(value, allow_nan=False)


def _write(text: str) -> None:
    # Reports have made every name safe that they hold; JSON is in ASCII.
    write_output(safe_text(text))


COMMANDS: Mapping[str, Callable[[list[str], DrawPanels | None], int]] = MappingProxyType(
    {"fit": _fit, "sweep": _sweep, "inspect": _inspect, "samples": _samples}
)
"""What a first argument has to be to be a command, and not a file for the window."""
