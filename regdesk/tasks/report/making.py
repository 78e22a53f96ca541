"""What a report is made of: a table is swept and fitted for it, or a saved model is put together with its data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from regdesk.core.model.dataset import Dataset
from regdesk.core.settings.configuration import Configuration, with_values
from regdesk.core.sweep.curve import nearest_lambda
from regdesk.core.words.data_facts import HealthFinding
from regdesk.data.csv.table import Table
from regdesk.data.errors import DataError
from regdesk.data.files.model_file import SavedModel
from regdesk.data.health.health import data_health
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.prepare.folds import prepare_folds
from regdesk.tasks.fit import fit_model
from regdesk.tasks.fits.finished import FitListener
from regdesk.tasks.fitted import model_of_fit
from regdesk.tasks.linear_sweep import Sweep
from regdesk.tasks.network_sweep import NetworkResult
from regdesk.tasks.provenance import fit_provenance
from regdesk.tasks.report.subject import ReportSubject, Rule, TableFacts
from regdesk.tasks.sweep_curves import curve_of_result

RunSweep = Callable[[Table, Configuration], Sweep | NetworkResult]
"""Sweeps a table, and shows how far it is."""
NOT_THERE = (
    "The health of the data, the picture of predicted beside observed values and the intervals of the scores need the "
    "rows: they are not in a saved model.",
    "Nor does a saved model hold the sweep: what another λ would have cost is not known without the data.",
)


@dataclass(frozen=True)
class ReportPlan:
    """How the model of a report comes about.

    Attributes:
        command: what was typed after the program's name.
        at: the rule that chooses λ, or the number that a λ of the sweep is to be near; None: λ was named.
        run_sweep: None where no λ is swept.
    """

    command: Sequence[str]
    at: str | float | None
    run_sweep: RunSweep | None
    listener: FitListener = field(default_factory=FitListener)


def subject_of_table(table: Table, configuration: Configuration, plan: ReportPlan) -> ReportSubject:
    """Sweep, choose λ, fit the training rows. Raises DataError, DivergedError, AllDivergedError and CrewLost."""
    dataset = prepare_dataset(table, configuration.data, configuration.seed)
    curve, rule = None, _rule_of(plan.at)
    if plan.run_sweep is not None:
        found = plan.run_sweep(table, configuration)
        curve = curve_of_result(found)
        if plan.at is not None:
            lambdas = [point.lam for point in found.points]
            number = {"best": found.best, "1se": found.one_standard_error}.get(str(plan.at))
            chosen = number if number is not None else nearest_lambda(lambdas, float(plan.at))
            configuration = with_values(configuration, {"training.lam": lambdas[chosen]})
    fit = fit_model(dataset, configuration, plan.listener)
    return ReportSubject(
        name=dataset.name,
        model=model_of_fit(dataset, configuration, fit),
        provenance=fit_provenance(plan.command, table, dataset, configuration, fit.starts),
        rule=rule,
        dataset=dataset,
        table=TableFacts.of(table, health_of(table, configuration)),
        curve=curve,
    )


def subject_of_model(
    name: str, saved: SavedModel, read: Callable[[Path], Table], beside: Path, run_sweep: RunSweep | None
) -> ReportSubject:
    """Of a saved model, and of its data where they can be found: where they were, or in the folder ``beside``.

    ``read`` reads a file as the model's was. Raises AllDivergedError and CrewLost.
    """
    chosen = saved.provenance.get("chosen")
    at = chosen.get("at") if isinstance(chosen, Mapping) else None
    said = saved.provenance.get("file")
    data = Path(said).name if isinstance(said, str) and said else name
    subject = ReportSubject(data, saved.model, saved.provenance, _rule_of(at))
    table, reason = _table_of(saved.provenance, read, beside)
    if table is None:
        return subject.without_data(reason, *NOT_THERE)
    configuration = saved.model.configuration
    try:
        dataset = _dataset_of(saved.provenance, table, configuration)
    except DataError as problem:
        return subject.without_data(f"The data are there, and cannot be used: {problem}", *NOT_THERE)
    if dataset.encoding != saved.model.encoding:
        why = (
            "The data are there, but this version of regdesk reads or splits them in another way than the model's did."
        )
        return subject.without_data(why, *NOT_THERE)
    curve = None
    if run_sweep is not None and configuration.training.penalty != "none":
        curve = curve_of_result(run_sweep(table, configuration))
    facts = TableFacts.of(table, health_of(table, configuration))
    return replace(subject, name=table.path.name, dataset=dataset, table=facts, curve=curve)


def health_of(table: Table, configuration: Configuration) -> tuple[HealthFinding, ...]:
    """That of ``table`` for a sweep, in which each class is wanted in every fold."""
    is_drawn = configuration.data.fold_column is None and configuration.sweep.n_folds > 1
    return data_health(table, configuration.data, configuration.sweep.n_folds if is_drawn else None)


def _rule_of(at: str | float | None) -> Rule:
    return "best" if at == "best" else "1se" if at == "1se" else "hand"


def _table_of(provenance: Mapping[str, Any], read: Callable[[Path], Table], beside: Path) -> tuple[Table | None, str]:
    """The table that a model comes from; or None, and a sentence on why not."""
    said = provenance.get("file")
    if not isinstance(said, str) or not said:
        return None, "The model's file does not say which data it comes from."
    reason = f"The data are not there: there is no file {said}, nor one of this name beside the model."
    for path in dict.fromkeys((Path(said), beside / Path(said).name)):
        try:
            if not path.is_file():
                continue
            table = read(path)
        except (DataError, OSError, ValueError) as problem:
            reason = f"The data cannot be read: {problem}"
            continue
        if table.digest == provenance.get("digest"):
            return table, ""
        reason = f"The data are not there: {path} is not the file that the model was made of, it has another sha256."
    return None, reason


def _dataset_of(provenance: Mapping[str, Any], table: Table, configuration: Configuration) -> Dataset:
    """The rows as the model had them: that of a sweep was fitted to all that are not test."""
    if isinstance(provenance.get("chosen"), Mapping):
        return prepare_folds(table, configuration.data, configuration.seed, configuration.sweep.n_folds).whole
    return prepare_dataset(table, configuration.data, configuration.seed)
