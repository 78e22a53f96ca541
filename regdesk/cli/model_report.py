"""What ``show`` and ``predict`` say to a reader."""

from __future__ import annotations

from typing import Any

from regdesk.cli.report_parts import as_lines, table
from regdesk.cli.text_reports import listed_coefficients, shown_intercept
from regdesk.core.weights.names import INTERCEPT
from regdesk.core.words.figures import METRIC_NAMES, figure_text
from regdesk.core.words.number_text import number_text
from regdesk.core.words.settings_text import PENALTY_NAMES
from regdesk.data.errors import listing, shorten
from regdesk.tasks.fits.starts import starts_words
from regdesk.tasks.prediction_tally import PredictionTally, unread_sentence

_MOST_SKIPPED = 20


def show_report(name: str, record: dict[str, Any]) -> str:
    """``record`` of ``model_record`` on about a page; ``name`` is that of the file."""
    penalty, hidden = record["penalty"], record["hidden"]
    shape = f"network {'-'.join(map(str, hidden))} {record['activation']}" if hidden else "linear model"
    has_penalty = penalty["kind"] != "none"
    pressure = PENALTY_NAMES[penalty["kind"]] + (f", λ = {number_text(penalty['lam'])}" if has_penalty else "")
    origin = record["provenance"]
    columns = [f"{one['name']} ({one['kind']})" for one in record["columns"]]
    lines = [
        f"{name}: {record['target']} by a {shape}, {pressure}",
        f"  Saved by regdesk {record['program']}, format {record['format']}.",
        f"  From {origin.get('file', 'an unknown file')}, sha256 {str(origin.get('digest', ''))[:12]}…",
        f"  Made by: {origin.get('command', 'unknown')}",
        *([f"  Made from the {starts}."] if (starts := starts_words(origin)) else []),
        *([f"  {origin['note']}"] if origin.get("note") else []),
        f"  Columns: {listing(columns, 20)}.",
        f"  {record['n_nonzero']} of {record['n_weights']} weights are not zero.",
        f"  {'Converged' if record['converged'] else 'Not converged'}"
        + (f": {record['reason']}" if record["reason"] else "."),
        "",
        *_scores(record),
    ]
    if "coefficients" in record and not isinstance(record["intercept"], list):
        rows = [[INTERCEPT, figure_text(shown_intercept(record)), figure_text(record["intercept_original"])]]
        rows += [
            [one, figure_text(found["standardized"]), figure_text(found["original"])]
            for one, found in listed_coefficients(record)
        ]
        lines += ["", *table(["coefficient", "standardised", "per unit"], rows)]
    elif "coefficients" in record:
        lines.append("  The coefficients of every class are in 'regdesk show MODEL --json'.")
    return as_lines(lines)


def _scores(record: dict[str, Any]) -> list[str]:
    parts = {name: record[name] for name in ("train", "validation", "test") if record[name] is not None}
    if not parts:
        return ["  No scores were saved."]
    metrics = list(next(iter(parts.values())))
    rows = [[name, *(figure_text(values[metric]) for metric in metrics)] for name, values in parts.items()]
    return table(["", *(METRIC_NAMES[metric] for metric in metrics)], rows)


def prediction_lines(model: str, file: str, tally: PredictionTally, is_known: bool) -> list[str]:
    """Sentences on the predictions of ``file``: how many, what was filled, what was skipped and why, the scores.

    ``is_known``: the model was made of this file.
    """
    lines = [f"{file}: {tally.n_predicted:,} of {tally.n_rows:,} rows predicted by {model}."]
    lines += [f"  {column}: {_cells(count)} missing, filled as in training." for column, count in tally.imputed.items()]
    lines += [
        f"  {column}: {_cells(count)} with what no training row has, such as {shorten(tally.unseen_labels[column])}; "
        "taken as missing."
        for column, count in tally.unseen.items()
    ]
    shown = tally.skipped[:_MOST_SKIPPED]
    lines += [f"  Line {one.row} has no prediction: {one.reason}" for one in shown]
    if tally.n_skipped > len(shown):
        lines.append(f"  And {tally.n_skipped - len(shown):,} more rows have none.")
    lines += [f"  {one}" for one in tally.told_lines]
    scores = tally.scores()
    if scores is None:
        lines.append(f"  Not scored: {tally.unscored_reason or 'no row has both a prediction and a target.'}")
    else:
        figures = ", ".join(f"{METRIC_NAMES[name]} {figure_text(value)}" for name, value in scores.figures.items())
        if is_known:
            lines.append("  This is the file that the model was made of: most of its rows are not new to it.")
        rows = "1 row" if scores.n_rows == 1 else f"{scores.n_rows:,} rows"
        lines.append(f"  On {rows} with a target: {figures}.")
        if scores.n_unread:
            lines.append(f"  {unread_sentence(tally.model, scores)}")
    return as_lines(lines).split("\n")


def _cells(count: int) -> str:
    return f"{count:,} cell" if count == 1 else f"{count:,} cells"
