"""The report of a network's sweep for a reader: the same numbers as the JSON, in words and a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regdesk.cli.report_parts import as_lines, table
from regdesk.cli.text_reports import RECOMMENDED, cost_sentence, note_lines
from regdesk.core.model.dataset import Dataset
from regdesk.core.sweep.network_findings import share_apart
from regdesk.core.words.figures import figure_text
from regdesk.core.words.number_text import number_text
from regdesk.core.words.settings_text import PENALTY_NAMES

APART = 1e-2
"""Of J: from here on two directions have ended in different places, and not at two ends of one valley."""

NOTHING = 1e-12
"""Of J: rounding, where there is nothing to learn."""


def network_report(dataset: Dataset, record: dict[str, Any], told: Sequence[str] = ()) -> str:
    """``record`` of ``network_record``: what the rules choose, where the network collapses, what is not certain."""
    lambdas = record["lambdas"]
    best, simple = lambdas.index(record["lambda_best"]), lambdas.index(record["lambda_1se"])
    rows = [
        [
            figure_text(lam),
            *(figure_text(record[name][number]) for name in ("train_loss", "validation_loss", "validation_se")),
            str(record["n_nonzero"][number]),
            figure_text(record["objective"][number]),
            _mark(record, number),
        ]
        for number, lam in enumerate(lambdas)
    ]
    inputs = f"{len(record['features'])} input{'s' if len(record['features']) != 1 else ''}"
    return as_lines(
        [
            f"{dataset.name}: {dataset.target} from {inputs}, {record['n_rows']} rows",
            *note_lines(dataset, told),
            "",
            _headline(record),
            f"  λ_best = {figure_text(lambdas[best])}: validation loss "
            f"{figure_text(record['validation_loss'][best])} ± {figure_text(record['validation_se'][best])}, "
            f"{record['n_nonzero'][best]} of {record['n_weights']} weights are not zero.",
            f"  {RECOMMENDED}",
            f"  λ_1se = {figure_text(lambdas[simple])}: {cost_sentence(record, best, simple)}.",
            f"  {_collapse_sentence(record)}",
            f"  {_convergence_sentence(record)}",
            *_doubt_sentences(record),
            *([] if record["epochs"] is not None else [f"  {_hysteresis_sentence(record)}"]),
            "",
            *table(["λ", "train loss", "validation", "± se", "non-zero", "J", ""], rows, n_words=0),
        ]
    )


def _headline(record: dict[str, Any]) -> str:
    layers = "-".join(str(units) for units in record["hidden"])
    penalty = PENALTY_NAMES[record["penalty"]["kind"]]
    if record["penalty"]["kind"] == "elastic-net":
        penalty += f", L1 share {number_text(record['penalty']['l1_ratio'])}"
    folds = f"{record['folds']} folds" if record["folds"] > 1 else "the validation split"
    if record["epochs"] is not None:
        how = f"cold starts of exactly {record['epochs']} epoch{'s' if record['epochs'] != 1 else ''}"
    elif record["n_starts"] > 1:
        how = f"warm starts up and down, from each of {record['n_starts']} seeds"
    else:
        how = "warm starts up and down"
    return (
        f"Network {layers} {record['activation']}, {penalty}, {len(record['lambdas'])} λ, {folds}, {how}, "
        f"in {figure_text(record['seconds'])} s"
    )


def _collapse_sentence(record: dict[str, Any]) -> str:
    found = record["lambda_collapse"]
    if record["epochs"] is not None:
        n_poor = sum(_has_no_gain(record, number) for number in range(len(record["lambdas"])))
        n_lost = sum(one is None for one in record["objective"])
        where = f"at {n_poor} of {len(record['lambdas'])} λ" if n_poor else "at no λ"
        diverged = f"; it diverged at {n_lost}" if n_lost else ""
        return f"No better than the model without inputs: {where}{diverged}."
    if found is None:
        largest = figure_text(record["lambdas"][0])
        return f"The network does not collapse: even at λ {largest} it does better than the model without inputs."
    return f"From λ {figure_text(found)} on nothing found beats the model without inputs: the network collapses."


def _has_no_gain(record: dict[str, Any], number: int) -> bool:
    """Whether J is no lower than that of the model without inputs: after so many epochs a model may be worse."""
    objective = record["objective"][number]
    return record["is_collapsed"][number] or (objective is not None and objective >= record["null_objective"])


def _convergence_sentence(record: dict[str, Any]) -> str:
    known = [residual for residual in record["kkt_residual"] if residual is not None]
    largest = f"the largest KKT residual is {figure_text(max(known, default=None))}"
    if record["epochs"] is not None:
        return f"Nothing was brought to convergence; {largest}."
    n_left, count = sum(not one for one in record["converged"]), len(record["lambdas"])
    n_solved = sum(
        one and residual is not None and residual <= record["tolerance"]
        for one, residual in zip(record["converged"], record["kkt_residual"], strict=True)
    )
    n_stalled = count - n_left - n_solved
    if n_stalled == n_left == 0:
        return f"Converged at every λ; {largest}."
    parts = [f"not converged at {n_left} of {count} λ"] if n_left else []
    if n_stalled:
        where = f"at {n_stalled} of {count} λ"
        parts.append(
            f"{where} the gradient is not small, but to first order J falls in no direction from the kinks of relu"
        )
    text = "; ".join([*parts, largest])
    return f"{text[0].upper()}{text[1:]}."


def _doubt_sentences(record: dict[str, Any]) -> list[str]:
    """At which λ there need not be a minimum, and that another was chosen for it."""
    chosen = record["lambda_best"], record["lambda_1se"]
    return [
        f"  At λ = {figure_text(lam)}: {record['reason'][number]}"
        + (" Another λ is chosen." if lam not in chosen else "")
        for number, lam in enumerate(record["lambdas"])
        if lam == 0.0 and record["objective"][number] is not None and record["reason"][number] is not None
    ]


def _hysteresis_sentence(record: dict[str, Any]) -> str:
    """Whether the two directions agree; only models that have converged can tell."""
    apart: list[tuple[float, float]] = []
    n_unsure = 0
    columns = ("lambdas", "objective_up", "objective_down", "converged_up", "converged_down")
    for lam, up, down, is_up_solved, is_down_solved in zip(*(record[name] for name in columns), strict=True):
        if up is None or down is None:
            continue
        share = float(share_apart(up, down, NOTHING))
        if share > APART:
            if is_up_solved and is_down_solved:
                apart.append((share, lam))
            else:
                n_unsure += 1
    if not apart:
        agreed = "Sweeps up and down agree to 1 % of J"
        if n_unsure == 0:
            return f"{agreed} at every λ: no hysteresis."
        return f"{agreed} but at {n_unsure} λ, where one of them has not converged."
    share, lam = max(apart)
    unsure = f"; at {n_unsure} more one of them has not converged" if n_unsure else ""
    return (
        f"Sweeps up and down end apart at {len(apart)} of {len(record['lambdas'])} λ (hysteresis), most at λ "
        f"{figure_text(lam)}, where one is {100 * share:.0f} % lower; the lower one counts{unsure}."
    )


def _mark(record: dict[str, Any], number: int) -> str:
    names = {"lambda_best": "λ_best", "lambda_1se": "λ_1se"}
    marks = [" = ".join(text for name, text in names.items() if record[name] == record["lambdas"][number])]
    if record["is_collapsed"][number]:
        marks.append("collapsed")
    elif _has_no_gain(record, number):
        marks.append("no gain")
    elif record["objective"][number] is None:
        marks.append("diverged")
    elif record["epochs"] is None and not record["converged"][number]:
        marks.append("not converged")
    return ", ".join(mark for mark in marks if mark)
