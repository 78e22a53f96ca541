"""The reports of the headless commands for a reader: the same numbers as the JSON, in words and tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from regdesk.cli.report_parts import as_lines, table, translation_lines
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.losses import loss_for
from regdesk.core.settings.configuration import Configuration
from regdesk.core.sweep.curve import extra_share
from regdesk.core.weights.names import INTERCEPT
from regdesk.core.weights.summaries import columns_out
from regdesk.core.words.data_facts import HealthFinding
from regdesk.core.words.figures import METRIC_NAMES, figure_text, intercept_shown
from regdesk.core.words.linear_words import many_optima_sentence, not_unique_sentence
from regdesk.core.words.number_text import cost_text, number_text
from regdesk.core.words.settings_text import PENALTY_NAMES
from regdesk.data.csv.table import Table, TableWarning, warning_text
from regdesk.data.errors import listing
from regdesk.tasks.fits.starts import starts_sentence

_DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", " ": "blanks", "  ": "two blanks or more"}
_LINEAR_NAMES = {"squared": "Linear", "logistic": "Logistic", "softmax": "Softmax"}
_RULE_NAMES = {"lambda_best": "λ_best", "lambda_1se": "λ_1se", "lambda_aic": "AIC", "lambda_bic": "BIC"}
RECOMMENDED = "Recommended is λ_best: no other λ that was tried has a lower validation loss."
_CLASSES_A_TABLE = 6
MOST_LISTED, MOST_WARNINGS = 1000, 20
_LABEL_LENGTH = 16


def fit_report(dataset: Dataset, configuration: Configuration, record: dict[str, Any], told: Sequence[str] = ()) -> str:
    """``record`` of ``fit_record`` on about a page, with the notes of the dataset and what is ``told`` of its table."""
    settings, hidden = configuration.training, configuration.architecture.hidden
    if hidden:
        layers = "-".join(str(units) for units in hidden)
        model = f"Network {layers} {configuration.architecture.activation}"
    else:
        model = f"{_LINEAR_NAMES[loss_for(dataset.task, dataset.n_outputs).kind]} regression"
    has_penalty = settings.penalty != "none"
    terms = f"data loss {figure_text(record['data_loss'])}"
    if has_penalty:
        terms += f" + λ {number_text(settings.lam)} × penalty R(W) {figure_text(record['penalty_value'])}"
    pressure = PENALTY_NAMES[settings.penalty] + (f", λ = {number_text(settings.lam)}" if has_penalty else "")
    if settings.penalty == "elastic-net":
        pressure += f", L1 share {number_text(settings.l1_ratio)}"
    n_zero = record["n_weights"] - record["n_nonzero"]
    too_small = f"; {record['n_too_small']} are too small for their dtype" if record["n_too_small"] else ""
    task = dataset.task + (f" into {dataset.n_outputs} classes" if dataset.n_outputs > 1 else "")
    lines = [
        f"{dataset.name}: {dataset.target} from {_inputs_text(record)}, {task}",
        *note_lines(dataset, told),
        "",
        f"{model}, {pressure}",
        f"  J = {terms} = {figure_text(record['objective'])}",
        f"  {record['n_nonzero']} of {record['n_weights']} weights are not zero, {n_zero} are exactly zero{too_small}.",
        *_unused_columns(dataset, record),
        f"  {_ending_sentence(record)}",
        *_starts_lines(configuration, record),
        *([f"  {_as_sentence(record['reason'])}"] if record["reason"] else []),
        *([f"  {_as_sentence(record['no_effect'])}"] if record.get("no_effect") else []),
        *([f"  {not_unique_sentence(settings)}"] if record["unique"] is False else []),
        "",
        *_parts_table(record),
    ]
    if dataset.n_outputs > 1:
        lines.append("  AUROC and avg. precision: mean over the classes, each against the rest.")
    lines += translation_lines(record)
    if "coefficients" in record:
        lines += _class_tables(dataset, record) if dataset.n_outputs > 1 else _coefficients_table(dataset, record)
    return as_lines(lines)


def note_lines(dataset: Dataset, told: Sequence[str]) -> list[str]:
    """What was decided on the way to ``dataset``, and what is ``told`` of its table, a sentence a line."""
    return [f"  {sentence}" for sentence in (*dataset.notes, *told)]


def told_of(table: Table, health: Sequence[HealthFinding]) -> list[str]:
    """What is to be known of ``table``: how its cells were read where that was a guess, and its health."""
    warnings = [f"Reading: {warning_text(one)}" for one in table.warnings[:MOST_WARNINGS]]
    n_more = len(table.warnings) - len(warnings)
    if n_more:
        warnings.append(f"Reading: regdesk inspect lists {n_more} warnings more.")
    return [*warnings, *(f"Data health: {finding.sentence}" for finding in health)]


def _inputs_text(record: dict[str, Any]) -> str:
    n_inputs = len(record["features"])
    return f"{n_inputs} input" if n_inputs == 1 else f"{n_inputs} inputs"


def _unused_columns(dataset: Dataset, record: dict[str, Any]) -> list[str]:
    """The columns from which no weights other than zero lead on to an output, in a line; none when all are in use."""
    if record["n_too_small"]:
        return []
    layers = [np.array(layer["weights"]) for layer in record["layers"]]
    unused = [dataset.features[number] for number in columns_out(layers, dataset.input_groups.tolist())]
    return [f"  Not in the model: {listing(unused)}."] if unused else []


def _ending_sentence(record: dict[str, Any]) -> str:
    epochs = f"{record['epochs']} epoch{'s' if record['epochs'] != 1 else ''}"
    verdict = "Converged" if record["converged"] else "Not converged"
    residual = figure_text(record["kkt_residual"])
    return f"{verdict} after {epochs} in {figure_text(record['seconds'])} s; KKT residual {residual}."


def _starts_lines(configuration: Configuration, record: dict[str, Any]) -> list[str]:
    if configuration.sweep.n_starts > 1 and "starts" not in record:
        return ["  One start was made and not several: a linear model is solved for, wherever it starts."]
    return [f"  {sentence}"] if (sentence := starts_sentence(record)) else []


def _as_sentence(reason: str) -> str:
    return reason[0].upper() + reason[1:]


def _parts_table(record: dict[str, Any]) -> list[str]:
    parts = {name: record[name] for name in ("train", "validation", "test") if record[name] is not None}
    metrics = list(next(iter(parts.values())))
    rows = [[name, *(figure_text(values[metric]) for metric in metrics)] for name, values in parts.items()]
    return table(["", *(METRIC_NAMES[metric] for metric in metrics)], rows)


def _coefficients_table(dataset: Dataset, record: dict[str, Any]) -> list[str]:
    per_unit = "per unit" if dataset.task == "regression" else f"log-odds of {dataset.classes[1]} per unit"
    rows = [[INTERCEPT, figure_text(shown_intercept(record)), figure_text(record["intercept_original"])]]
    rows += [
        [name, figure_text(one["standardized"]), figure_text(one["original"])]
        for name, one in listed_coefficients(record)
    ]
    return ["", *_left_out_sentence(record), *table(["coefficient", "standardised", per_unit], rows)]


def shown_intercept(record: dict[str, Any]) -> float:
    """That of a linear model with one output, standardised."""
    return intercept_shown(record["intercept"], [one["standardized"] for one in record["coefficients"].values()])


def listed_coefficients(record: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Names and coefficients in the order of the inputs: all, or the 1,000 that are largest on the training scale."""
    everything = list(record["coefficients"].items())
    if len(everything) <= MOST_LISTED:
        return everything
    sizes = [np.abs(np.array(one["standardized"], dtype=np.float64)).max(initial=0.0) for _, one in everything]
    largest = np.sort(np.argsort(-np.array(sizes), kind="stable")[:MOST_LISTED])
    return [everything[number] for number in largest]


def _left_out_sentence(record: dict[str, Any]) -> list[str]:
    n_all = len(record["coefficients"])
    if n_all <= MOST_LISTED:
        return []
    return [f"  Of {n_all:,} inputs the {MOST_LISTED:,} with the largest coefficients are listed; --json has all."]


def _class_tables(dataset: Dataset, record: dict[str, Any]) -> list[str]:
    """Coefficients with a column for each class, in tables narrow enough for a terminal; each after an empty line."""
    lines: list[str] = []
    for scale, key, intercept in (
        ("standardised", "standardized", "intercept"),
        ("logit per unit", "original", "intercept_original"),
    ):
        for start in range(0, dataset.n_outputs, _CLASSES_A_TABLE):
            shown = slice(start, start + _CLASSES_A_TABLE)
            labels = [_label_text(label) for label in dataset.classes[shown]]
            rows = [[INTERCEPT, *map(figure_text, record[intercept][shown])]]
            rows += [[name, *map(figure_text, one[key][shown])] for name, one in listed_coefficients(record)]
            lines += ["", *(_left_out_sentence(record) if not lines else []), *table([scale, *labels], rows)]
    return lines


def _label_text(label: str) -> str:
    flat = " ".join(label.split())
    return flat if len(flat) <= _LABEL_LENGTH else f"{flat[: _LABEL_LENGTH - 1]}…"


def sweep_report(
    dataset: Dataset, record: dict[str, Any], unavailable_reason: str = "", told: Sequence[str] = ()
) -> str:
    """``record`` of ``sweep_record``: what the rules choose and what that costs, and the curve.

    ``unavailable_reason`` says why AIC and BIC are not defined, where they are not.
    """
    lambdas = record["lambdas"]
    best, simple = lambdas.index(record["lambda_best"]), lambdas.index(record["lambda_1se"])
    how = f"{record['folds']} folds" if record["folds"] > 1 else "the validation split"
    penalty = PENALTY_NAMES[record["penalty"]["kind"]]
    if record["penalty"]["kind"] == "elastic-net":
        penalty += f", L1 share {number_text(record['penalty']['l1_ratio'])}"
    marks: dict[int, str] = {}
    for name in ("lambda_best", "lambda_1se", "lambda_aic", "lambda_bic"):
        if record[name] is not None:
            number = lambdas.index(record[name])
            marks[number] = f"{marks[number]} = {_RULE_NAMES[name]}" if number in marks else _RULE_NAMES[name]
    rows = [
        [
            figure_text(lam),
            *(figure_text(record[name][number]) for name in ("train_loss", "validation_loss", "validation_se")),
            str(record["n_nonzero"][number]),
            marks.get(number, ""),
        ]
        for number, lam in enumerate(lambdas)
    ]
    model = _LINEAR_NAMES[loss_for(dataset.task, dataset.n_outputs).kind]
    n_left = sum(not one for one in record["converged"])
    return as_lines(
        [
            f"{dataset.name}: {dataset.target} from {_inputs_text(record)}, {record['n_rows']} rows",
            *note_lines(dataset, told),
            "",
            f"{model} regression, {penalty}, {len(lambdas)} λ, {how}, in {figure_text(record['seconds'])} s",
            f"  λ_best = {figure_text(lambdas[best])}: validation loss {figure_text(record['validation_loss'][best])} "
            f"± {figure_text(record['validation_se'][best])}, {record['n_nonzero'][best]} weights are not zero.",
            f"  {RECOMMENDED}",
            f"  λ_1se = {figure_text(lambdas[simple])}: {cost_sentence(record, best, simple)}.",
            *(
                f"  {_RULE_NAMES[name]} is lowest at λ = {figure_text(record[name])}: "
                f"{cost_sentence(record, best, lambdas.index(record[name]))}."
                for name in ("lambda_aic", "lambda_bic")
                if record[name] is not None
            ),
            *([f"  {unavailable_reason}"] if record["lambda_aic"] is None and unavailable_reason else []),
            *([f"  Not converged at {n_left} of the λ."] if n_left else []),
            *_sentences_on_optima(record, lambdas),
            "",
            *table(["λ", "train loss", "validation", "± se", "non-zero", ""], rows, n_words=0),
        ]
    )


def _sentences_on_optima(record: dict[str, Any], lambdas: Sequence[float]) -> list[str]:
    """Where there is no best model, or more than one."""
    lines = [
        f"  At λ = {figure_text(lam)}: {reason}" + (" Another λ is chosen." if lam not in _chosen(record) else "")
        for lam, reason in zip(lambdas, record["reason"], strict=True)
        if reason is not None
    ]
    n_many = sum(one is False for one in record["unique"])
    if n_many:
        lines.append(f"  {many_optima_sentence(n_many)}")
    return lines


def _chosen(record: dict[str, Any]) -> list[float]:
    return [record["lambda_best"], record["lambda_1se"]]


def cost_sentence(record: dict[str, Any], best: int, simple: int) -> str:
    """What another λ costs and saves: "0.8 % more loss, 6 fewer weights"."""
    losses, counts = record["validation_loss"], record["n_nonzero"]
    if best == simple:
        return "the same as λ_best"
    return cost_text(extra_share(losses[best], losses[simple]), counts[best] - counts[simple])


def inspect_report(record: dict[str, Any]) -> str:
    """``record`` of ``inspect_table`` as a table, with its warnings and the health of its data below."""
    dialect = record["dialect"]
    delimiter = _DELIMITER_NAMES.get(dialect["delimiter"], repr(dialect["delimiter"] or "")[1:-1])
    rows = [
        [
            column["name"],
            column["kind"],
            column["role"],
            str(column["missing"]),
            str(column["distinct"]),
            *(figure_text(column[figure]) if figure in column else "" for figure in ("minimum", "maximum", "mean")),
        ]
        for column in record["columns"]
    ]
    header = "" if dialect["header"] else ", no header"
    # Cells of a sheet or a database are not written as text, and have no delimiter.
    mark = "comma" if dialect["decimal"] == "," else "point"
    written = f", separated by {delimiter}, decimal {mark}, {dialect['encoding']}" if delimiter else ""
    lines = [
        f"{record['file']}: {record['rows']} rows, {len(rows)} columns{written}{header}",
        "",
        *table(["column", "kind", "role", "missing", "distinct", "minimum", "maximum", "mean"], rows, n_words=3),
    ]
    warnings = [warning_text(TableWarning(**warning)) for warning in record["warnings"]]
    lines += ["", *warnings] if warnings else []
    if record["health"]:
        lines += ["", "Data health:", *(f"  {finding['message']}" for finding in record["health"])]
    if "outcome" in record:
        outcome = record["outcome"]
        said = [outcome["problem"]] if outcome["problem"] else [*outcome["sentences"], *outcome["warnings"]]
        lines += ["", "What will happen:", *(f"  {sentence}" for sentence in said)]
    return as_lines(lines)


def samples_report(records: Sequence[dict[str, str]]) -> str:
    """The samples: name, sentence, target and file of each."""
    return "\n\n".join(
        as_lines([f"{one['name']}: {one['sentence']}", f"  target {one['target']}, {one['file']}"]) for one in records
    )
