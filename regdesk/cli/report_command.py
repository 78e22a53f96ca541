"""The command ``report``: one file on a saved model, or on the data of a file and the model that is fitted to them."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path

from regdesk.cli.command_parts import DONE, FAILED, REPORT, read_with_bar, write_result
from regdesk.cli.command_text import fit_words, sweep_words
from regdesk.cli.pictures import PicturesFailed
from regdesk.cli.replacing import ask_to_replace, replacing
from regdesk.cli.report_arguments import ReportArguments, parse_report_arguments
from regdesk.cli.sweep_bar import sweep_with_bar, training_with_bar
from regdesk.core.settings.configuration import Configuration
from regdesk.crews.choice import CrewChoice
from regdesk.data.csv.table import Table
from regdesk.data.files.model_file import read_model
from regdesk.system import signals
from regdesk.system.terminal import ProgressBar, write_error
from regdesk.tasks.fits.finished import FitListener
from regdesk.tasks.linear_sweep import Sweep
from regdesk.tasks.network_sweep import NetworkResult
from regdesk.tasks.report.making import ReportPlan, RunSweep, subject_of_model, subject_of_table
from regdesk.tasks.report.report import TITLE_END, report_of
from regdesk.tasks.report.subject import ReportSubject
from regdesk.tasks.report.writing import PaintReport, check_report_place, form_of, report_bytes, write_report


def run_report(argv: list[str], paint: PaintReport | None) -> int:
    """Make the report that ``argv`` asks for, and return the exit status. Raises DataError and NotWritable.

    ``paint`` makes PDF, and may raise PicturesFailed; without it there is HTML alone.
    """
    arguments = parse_report_arguments(argv)
    # Looked at first: a sweep may take hours.
    check_report_place(arguments.out, arguments.sources)
    ask_to_replace(arguments.out)
    bar = ProgressBar("sweeping")
    with training_with_bar(bar, arguments.source.name):
        subject = _subject(arguments, argv, bar)
    ProgressBar("writing").message("Writing the report …")
    report = report_of(subject)
    try:
        content = report_bytes(arguments.out, report, paint)
    except PicturesFailed as problem:
        write_error(f"{arguments.out}: the report could not be drawn: {problem}")
        return FAILED
    with replacing(arguments.out), signals.held():
        write_report(arguments.out, content)
    what = "a page" if form_of(arguments.out) == "html" else "a PDF"
    about = report.title.removesuffix(TITLE_END)
    write_result(f"{arguments.out}: {what} on {about} in {len(report.sections)} sections.")
    return DONE


def _subject(arguments: ReportArguments, argv: list[str], bar: ProgressBar) -> ReportSubject:
    configuration, command = arguments.configuration, ("This report:", shlex.join(["regdesk", REPORT, *argv]))
    run_sweep = _sweeper(bar, arguments.workers) if arguments.has_sweep else None
    if configuration is None:
        saved = read_model(arguments.source)
        reading = saved.model.configuration.source.reading

        def read(path: Path) -> Table:
            return read_with_bar(path, reading)

        subject = subject_of_model(arguments.source.name, saved, read, arguments.source.parent, run_sweep)
        return replace(subject, commands=(command,))
    table = read_with_bar(arguments.source, configuration.source.reading)
    training = ProgressBar("training")
    listener = FitListener(
        compiling=lambda: training.message("Compiling the training engine (first time only, about 20 s) …"),
        epochs=lambda done, most: training.show(done / max(most, 1), f"epoch {done}"),
    )
    at = None if arguments.is_lambda_given or run_sweep is None else arguments.at
    try:
        subject = subject_of_table(table, configuration, ReportPlan([REPORT, *argv], at, run_sweep, listener))
    finally:
        training.clear()
    file, found = str(arguments.source), subject.model.configuration
    fit = ("The model of this report alone:", shlex.join(["regdesk", *fit_words(file, found)]))
    sweep = ("The sweep over λ:", shlex.join(["regdesk", *sweep_words(file, configuration)]))
    return replace(subject, commands=(command, fit, *([] if run_sweep is None else [sweep])))


def _sweeper(bar: ProgressBar, workers: CrewChoice | None) -> RunSweep:
    """Sweeps either kind of model, and shows how far it is on ``bar``."""

    def run(table: Table, configuration: Configuration) -> Sweep | NetworkResult:
        return sweep_with_bar(table, configuration, workers, bar)

    return run
