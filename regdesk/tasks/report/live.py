"""A report of the model that a window shows, with its data and with the sweep that stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from regdesk.core.sweep.curve import SweepCurve
from regdesk.data.errors import DataError
from regdesk.data.files.model_file import SavedModel
from regdesk.data.files.result_folder import NotWritable
from regdesk.tasks.loading import Loaded
from regdesk.tasks.report.making import health_of
from regdesk.tasks.report.report import report_of
from regdesk.tasks.report.subject import ReportSubject, Rule, TableFacts
from regdesk.tasks.report.writing import PaintReport, check_report_place, report_bytes, write_report

NO_CURVE = "There was no sweep of what is in force when this report was made: what another λ costs is not known."


def report_live(
    path: Path,
    saved: SavedModel,
    loaded: Loaded,
    curve: SweepCurve | None,
    paint: PaintReport | None,
    sources: Sequence[Path],
) -> Path:
    """Write a report of ``saved``, which was fitted to ``loaded``. Raises DataError where it cannot be written."""
    try:
        check_report_place(path, sources)
        content = report_bytes(path, report_of(subject_of_live(saved, loaded, curve)), paint)
        write_report(path, content)
    except NotWritable as problem:
        raise DataError(str(problem).removeprefix(f"{path}: "), file=path) from None
    return path


def subject_of_live(saved: SavedModel, loaded: Loaded, curve: SweepCurve | None) -> ReportSubject:
    """Of the model of a window; ``curve`` is None where no sweep is of what is in force."""
    command = saved.provenance.get("command")
    subject = ReportSubject(
        name=loaded.dataset.name,
        model=saved.model,
        provenance=saved.provenance,
        dataset=loaded.dataset,
        table=TableFacts.of(loaded.table, health_of(loaded.table, saved.model.configuration)),
        curve=curve,
        commands=(("The model of this report alone:", str(command)),) if command else (),
    )
    if curve is None:
        return replace(subject, absent=(NO_CURVE,)) if subject.has_penalty else subject
    return replace(subject, rule=_rule_of(curve, subject.lam))


def _rule_of(curve: SweepCurve, lam: float) -> Rule:
    if lam == curve.lambdas[curve.best]:
        return "best"
    return "1se" if lam == curve.lambdas[curve.one_standard_error] else "hand"
