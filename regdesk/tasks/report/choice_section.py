"""What a report says of λ: how it was chosen, and what it costs to choose otherwise."""

from __future__ import annotations

import numpy as np

from regdesk.core.report.sweep_pictures import loss_picture, path_picture
from regdesk.core.report.values import Block, Paragraph, Section, Table, paragraphs
from regdesk.core.sweep.curve import SweepCurve, nearest_lambda
from regdesk.core.words.number_text import cost_text, number_text
from regdesk.tasks.report.subject import ReportSubject, counted, figure

MOST_ROWS = 16


def choice_section(subject: ReportSubject) -> Section:
    """With the curve where there was a sweep."""
    title = "How λ was chosen"
    if not subject.has_penalty:
        return Section(title, (Paragraph("There is no penalty, and so there is no λ to choose."),))
    curve = subject.curve
    if curve is None:
        return Section(title, paragraphs([_without_curve(subject)]))
    blocks: list[Block] = [*paragraphs(_how(subject, curve)), loss_picture(curve, subject.lam)]
    blocks += paragraphs(_costs(subject, curve))
    blocks.append(_table(subject, curve))
    if curve.path is not None:
        blocks.append(path_picture(curve, curve.path, subject.lam))
    return Section(title, tuple(blocks))


def _without_curve(subject: ReportSubject) -> str:
    chosen = subject.provenance.get("chosen")
    lam = number_text(subject.lam)
    if isinstance(chosen, dict) and chosen.get("at") in ("best", "1se"):
        rule = "the lowest validation loss" if chosen["at"] == "best" else "the one-standard-error rule"
        return f"λ = {lam} was chosen along a sweep by {rule}. The sweep itself is not in the model's file."
    if isinstance(chosen, dict):
        return f"λ = {lam} is one of a sweep's, and was named by hand. The sweep itself is not in the model's file."
    return f"λ = {lam} was given by hand. No sweep shows what another λ would have done."


def _how(subject: ReportSubject, curve: SweepCurve) -> list[str]:
    lam, n_lambdas = number_text(subject.lam), len(curve.lambdas)
    tried = f"{n_lambdas} values of λ were compared" if n_lambdas > 1 else "One value of λ was tried"
    if curve.n_folds > 1:
        how = f"{tried} by cross-validation with {curve.n_folds} folds of the rows that "
        how += "are not held back for the test."
    else:
        how = f"{tried} on the validation rows."
    best, simple = float(curve.lambdas[curve.best]), float(curve.lambdas[curve.one_standard_error])
    said = [
        how,
        f"The lowest validation loss is {figure(float(curve.validation_loss[curve.best]))} "
        f"(standard error {figure(float(curve.validation_se[curve.best]))}) at λ_best = {number_text(best)}, where "
        f"{counted(int(curve.n_nonzero[curve.best]), 'weight')} of the model of all these rows "
        f"{'is' if curve.n_nonzero[curve.best] == 1 else 'are'} not zero.",
    ]
    if simple == best:
        said.append("No larger λ is within one standard error of it.")
    else:
        said.append(f"The largest λ within one standard error of it is λ_1se = {number_text(simple)}.")
    simpler = "" if simple == best else ", the simpler one"
    said.append(
        {
            "best": f"This report is of the model at λ_best = {lam}.",
            "1se": f"This report is of the model at λ_1se = {lam}{simpler}.",
            "hand": f"This report is of the model at λ = {lam}, which was given by hand.",
        }[subject.rule]
    )
    dataset = subject.dataset
    if dataset is not None and len(dataset.split.validation):
        said.append("It is fitted to the training rows alone, so that the others can score it.")
    edge = {float(curve.lambdas.max()): "largest", float(curve.lambdas.min()): "smallest"}.get(best)
    if edge is not None and n_lambdas > 1:
        said.append(f"λ_best is the {edge} λ that was tried: a better one may lie beyond.")
    return said


def _costs(subject: ReportSubject, curve: SweepCurve) -> list[str]:
    """What the rules cost against the best."""
    said = []
    number = nearest_lambda(curve.lambdas.tolist(), subject.lam)
    if curve.one_standard_error != curve.best:
        cost = cost_text(*curve.cost_of(curve.one_standard_error))
        said.append(f"Against λ_best, λ_1se costs and saves this: {cost}.")
    if number not in (curve.best, curve.one_standard_error):
        near = (
            ""
            if curve.lambdas[number] == subject.lam
            else f" (the nearest that was tried, {number_text(float(curve.lambdas[number]))})"
        )
        said.append(
            f"Against λ_best, the λ of this report{near} costs and saves this: {cost_text(*curve.cost_of(number))}."
        )
    for name, lowest in (("AIC", curve.lowest_aic), ("BIC", curve.lowest_bic)):
        if lowest is not None:
            said.append(
                f"{name} is lowest at λ = {number_text(float(curve.lambdas[lowest]))}: "
                f"{cost_text(*curve.cost_of(lowest)) if lowest != curve.best else 'the same as λ_best'}."
            )
    return said


def _table(subject: ReportSubject, curve: SweepCurve) -> Table:
    lambdas = curve.lambdas.tolist()
    nearest = nearest_lambda(lambdas, subject.lam)
    notes: dict[int, list[str]] = {number: [names] for number, names in curve.chosen}
    notes.setdefault(nearest, []).append(
        "in this report" if lambdas[nearest] == subject.lam else "nearest to this report"
    )
    picked = set(notes) | set(
        np.linspace(0, len(lambdas) - 1, min(len(lambdas), MOST_ROWS - len(notes))).astype(int).tolist()
    )
    shown = sorted(picked)
    rows = tuple(
        (
            ", ".join(notes.get(number, [])),
            number_text(lambdas[number]),
            figure(float(curve.train_loss[number])),
            figure(float(curve.validation_loss[number])),
            figure(float(curve.validation_se[number])),
            f"{int(curve.n_nonzero[number]):,}",
            _share_text(curve.cost_of(number)[0]),
        )
        for number in shown
    )
    caption = "What another λ costs: losses are means over the folds" if curve.n_folds > 1 else "What another λ costs"
    caption += f"; {len(shown)} of {len(lambdas)} λ." if len(shown) < len(lambdas) else "."
    header = ("", "λ", "training loss", "validation loss", "± SE", "non-zero", "extra loss")
    marked = frozenset(place for place, number in enumerate(shown) if number == nearest)
    return Table(header, rows, caption, n_words=1, marked=marked)


def _share_text(share: float) -> str:
    if not np.isfinite(share):
        return "–"
    percent = 100.0 * share
    return "0" if percent == 0 else f"{percent:+.{0 if percent >= 100 else 1}f} %"
