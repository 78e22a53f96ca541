"""The commands ``fit`` and ``sweep``: what they find goes to standard output, a sweep with ``--out`` in a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from regdesk.cli.arguments import FitArguments, SweepArguments, parse_fit_arguments, parse_sweep_arguments
from regdesk.cli.command_parts import (
    DONE,
    FAILED,
    DrawPanels,
    json_text,
    read_with_bar,
    write_result,
)
from regdesk.cli.model_commands import save_model
from regdesk.cli.network_report import network_report
from regdesk.cli.pictures import PicturesFailed
from regdesk.cli.replacing import ask_to_replace
from regdesk.cli.sweep_bar import sweep_with_bar, training_with_bar
from regdesk.cli.text_reports import fit_report, sweep_report, told_of
from regdesk.core.sweep.curve import nearest_lambda
from regdesk.core.words.data_facts import HealthFinding
from regdesk.core.words.shortfalls import no_criteria_sentence
from regdesk.data.csv.table import Table
from regdesk.data.errors import listing
from regdesk.data.files.model_place import check_model_place
from regdesk.data.files.result_folder import ResultFolder, strangers_in
from regdesk.data.files.whole_files import reason_of
from regdesk.data.health.health import data_health
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.system import signals
from regdesk.system.terminal import ProgressBar, write_error
from regdesk.tasks.fit import fit_model
from regdesk.tasks.fit_record import fit_record
from regdesk.tasks.fits.finished import FitListener
from regdesk.tasks.fitted import model_of_fit, model_of_network_sweep, model_of_sweep
from regdesk.tasks.linear_sweep import Sweep
from regdesk.tasks.network_record import PATH_COLUMNS as NETWORK_PATH_COLUMNS
from regdesk.tasks.network_record import network_record, network_weight_rows
from regdesk.tasks.network_sweep import NetworkResult
from regdesk.tasks.provenance import fit_provenance, sweep_provenance
from regdesk.tasks.sweep_record import PATH_COLUMNS, sweep_record, tables, weight_rows


@dataclass(frozen=True)
class Swept:
    """What there is to write of a sweep: its record, the columns and rows of its tables, and its report."""

    found: Sweep | NetworkResult
    record: dict[str, Any]
    path_columns: Sequence[str]
    weights: list[list[Any]]
    report: str


def run_fit(argv: list[str], _: DrawPanels | None) -> int:
    """Train one model, and write what it is: the command ``fit``. Raises DataError and WorkFailed."""
    arguments = parse_fit_arguments(argv)
    configuration = arguments.configuration
    if arguments.save is not None:
        check_model_place(arguments.save, arguments.sources)
        ask_to_replace(arguments.save)
    table = read_with_bar(arguments.file, configuration.source.reading)
    dataset = prepare_dataset(table, configuration.data, configuration.seed)
    bar = ProgressBar("training")
    listener = FitListener(
        compiling=lambda: bar.message("Compiling the training engine (first time only, about 20 s) …"),
        epochs=lambda done, most: bar.show(done / max(most, 1), f"epoch {done} of {_limit_text(arguments, most)}"),
    )
    with training_with_bar(bar, dataset.name):
        fitted = fit_model(dataset, configuration, listener)
    record = fit_record(dataset, configuration, fitted)
    record["provenance"] = fit_provenance(["fit", *argv], table, dataset, configuration, fitted.starts)
    status = DONE
    if arguments.save is not None:
        is_saved = save_model(arguments.save, model_of_fit(dataset, configuration, fitted), record["provenance"])
        record["saved"], status = (str(arguments.save), DONE) if is_saved else (None, FAILED)
    write_result(
        json_text(record)
        if arguments.as_json
        else fit_report(dataset, configuration, record, told_of(table, data_health(table, configuration.data)))
    )
    return status


def _limit_text(arguments: FitArguments, most: int) -> str:
    return str(most) if arguments.configuration.ending.n_epochs is not None else f"at most {most}"


def run_sweep(argv: list[str], draw_panels: DrawPanels | None) -> int:
    """Sweep as ``argv`` says, and return the exit status. Raises DataError and NotWritable."""
    arguments: SweepArguments = parse_sweep_arguments(argv)
    # Looked at first: a sweep may take hours.
    if arguments.save is not None:
        check_model_place(arguments.save, arguments.sources)
    with nullcontext() if arguments.out is None else ResultFolder(arguments.out, *arguments.sources) as folder:
        ask_to_replace(arguments.save, arguments.out)
        table = read_with_bar(arguments.file, arguments.configuration.source.reading)
        bar = ProgressBar("sweeping")
        with training_with_bar(bar, arguments.file.name):
            swept = _swept(arguments, table, sweep_with_bar(table, arguments.configuration, arguments.workers, bar))
        swept.record["provenance"] = sweep_provenance(
            ["sweep", *argv], table, swept.found.folds, arguments.configuration
        )
        is_saved = arguments.save is None or _save(arguments.save, arguments, swept)
        if folder is not None:
            status = _keep(folder, arguments, table, swept, draw_panels)
        else:
            _write_swept(arguments, swept)
            status = DONE
    return status if is_saved else FAILED


def _save(path: Path, arguments: SweepArguments, swept: Swept) -> bool:
    """Write the model that ``arguments`` ask for, and say of which λ it is; whether that went well."""
    found = swept.found
    lambdas = [point.lam for point in found.points]
    if arguments.at == "best":
        number = found.best
    elif arguments.at == "1se":
        number = found.one_standard_error
    else:
        number = nearest_lambda(lambdas, float(arguments.at))
        if lambdas[number] != arguments.at:
            write_error(
                f"--at {float(arguments.at):g}: the sweep's nearest λ is {lambdas[number]:.6g}; its model is saved."
            )
    if isinstance(found, Sweep):
        model = model_of_sweep(found, arguments.configuration, number)
    else:
        model = model_of_network_sweep(found, arguments.configuration, number)
    chosen = {"at": arguments.at, "lambda": lambdas[number]}
    is_saved = save_model(path, model, {**swept.record["provenance"], "chosen": chosen})
    swept.record["saved"] = {"file": str(path), **chosen} if is_saved else None
    return is_saved


def _keep(
    folder: ResultFolder, arguments: SweepArguments, table: Table, swept: Swept, draw_panels: DrawPanels | None
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


def _fill(folder: ResultFolder, files: Mapping[str, bytes], record: dict[str, Any]) -> dict[str, Any] | None:
    """Write ``files`` and ``record``; the record with what was written, or None after a sentence on why it was not."""
    try:
        whole = folder.write(files, record)
        if folder.replaced:
            folder.replaced.clear()
            write_error(f"{folder.path}: the results that were there are replaced.")
        return whole
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


def _write_swept(arguments: SweepArguments, swept: Swept) -> None:
    write_result(json_text(swept.record) if arguments.as_json else swept.report)


def _swept(arguments: SweepArguments, table: Table, found: Sweep | NetworkResult) -> Swept:
    is_kept, told = arguments.out is not None, told_of(table, _health(arguments, table))
    if not isinstance(found, Sweep):
        record = network_record(found, arguments.configuration)
        report = network_report(found.folds.whole, record, told)
        return Swept(found, record, NETWORK_PATH_COLUMNS, network_weight_rows(found) if is_kept else [], report)
    record = sweep_record(found, arguments.configuration)
    unavailable_reason = no_criteria_sentence(found.points[-1].no_criteria)
    report = sweep_report(found.folds.whole, record, unavailable_reason, told)
    return Swept(found, record, PATH_COLUMNS, weight_rows(found) if is_kept else [], report)


def _health(arguments: SweepArguments, table: Table) -> tuple[HealthFinding, ...]:
    """That of ``table`` for a sweep, in which each class is wanted in every fold."""
    configuration = arguments.configuration
    is_drawn = configuration.data.fold_column is None and configuration.sweep.n_folds > 1
    return data_health(table, configuration.data, configuration.sweep.n_folds if is_drawn else None)
