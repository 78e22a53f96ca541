"""What a report says of how good a model is: scores of each part with their uncertainty, and the fit in pictures."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from regdesk.core.model.bootstrap import LEVEL, Interval, ScoredRows
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.losses import loss_for
from regdesk.core.report.model_pictures import (
    MOST_CLASSES,
    PartOutcome,
    confusion_picture,
    parity_picture,
    roc_picture,
)
from regdesk.core.report.values import Block, Paragraph, Picture, Section, Table, paragraphs
from regdesk.core.sweep.curve import nearest_lambda
from regdesk.core.types import Float64s
from regdesk.tasks.fit_record import part_record
from regdesk.tasks.report.subject import PARTS, ReportSubject, figure

SCORE_NAMES = {
    "loss": "loss",
    "r2": "R²",
    "rmse": "RMSE",
    "accuracy": "accuracy",
    "auroc": "AUROC",
    "average_precision": "average precision",
}
Intervals = Mapping[str, Mapping[str, Interval]]


def scores_section(subject: ReportSubject) -> tuple[Section, Intervals]:
    """The section, and the intervals of each part by its name."""
    dataset = subject.dataset
    if dataset is None:
        known = Paragraph(
            "These are the scores that were saved with the model. Without the rows there is no interval for them."
        )
        return Section("How good it is", (known, _table(subject, subject.model.scores, {}, {}))), {}
    outputs = subject.model.outputs(dataset.inputs)
    rows = {"train": dataset.split.train, "validation": dataset.split.validation, "test": dataset.split.test}
    scores = {name: part_record(dataset, outputs, own) for name, own in rows.items()}
    seed = subject.model.configuration.seed
    found = {name: _scored(dataset, outputs, own).intervals(seed) for name, own in rows.items() if len(own)}
    counts = {name: len(own) for name, own in rows.items()}
    blocks: list[Block] = [_table(subject, scores, found, counts), *paragraphs(_words(subject, found, counts))]
    outcomes = [
        PartOutcome(
            word,
            dataset.targets[rows[name]],
            outputs[rows[name]],
            np.empty(0) if subject.model.classes else dataset.target_scaler.invert(outputs[rows[name]])[:, 0],
            dataset.weights_of(rows[name]),
        )
        for name, word in PARTS
        if len(rows[name])
    ]
    return Section("How good it is", (*blocks, *_pictures(subject, outcomes))), found


def _scored(dataset: Dataset, outputs: Float64s, rows: np.ndarray) -> ScoredRows:
    loss = loss_for(dataset.task, dataset.n_outputs)
    losses = loss.values(outputs[rows], dataset.standardized_targets(rows))
    is_classification = dataset.task == "classification"
    own = outputs[rows] if is_classification else dataset.target_scaler.invert(outputs[rows])
    return ScoredRows(losses, dataset.targets[rows], own, is_classification, dataset.weights_of(rows))


def _table(
    subject: ReportSubject,
    scores: Mapping[str, Mapping[str, float | None] | None],
    found: Intervals,
    counts: Mapping[str, int],
) -> Table:
    rows: list[tuple[str, ...]] = []
    for name, word in PARTS:
        own = scores.get(name)
        for number, (score, value) in enumerate((own or {}).items()):
            interval = found.get(name, {}).get(score)
            part = (word if number == 0 else "", SCORE_NAMES.get(score, score))
            known = (f"{counts[name]:,}" if number == 0 else "",) if counts else ()
            ends = (
                () if not counts else ("–", "–") if interval is None else (figure(interval.low), figure(interval.high))
            )
            rows.append((*part, *known, figure(value), *ends))
    if not counts:
        return Table(("part", "score", "value"), tuple(rows), "Scores of each part.", n_words=2)
    share = f"{100 * LEVEL:.0f} %"
    header = ("part", "score", "rows", "value", f"{share} from", f"{share} to")
    return Table(header, tuple(rows), "Scores of each part with their bootstrap intervals.", n_words=2)


def _words(subject: ReportSubject, found: Intervals, counts: Mapping[str, int]) -> list[str]:
    draws = sorted({one.n_draws for own in found.values() for one in own.values()})
    said = []
    if draws:
        said = [
            f"{100 * LEVEL:.0f} % of {' or '.join(f'{one:,}' for one in draws)} bootstrap draws of the rows of a part "
            f"(with replacement, seed {subject.model.configuration.seed}) have a score between the two ends; the model "
            "stays the same in all of them. So an interval says how much the score depends on which rows it was "
            "measured on, and not how much the model does."
        ]
    units = "" if subject.model.classes else f" RMSE is in the units of {subject.target}."
    said.append(f"The loss is on the training scale.{units}")
    said.append("The training rows flatter the model: it was fitted to them.")
    curve = subject.curve
    if not counts["validation"] and curve is not None:
        number = nearest_lambda(curve.lambdas.tolist(), subject.lam)
        said.append(
            "No rows validate this very model: it is fitted to all that are not test. The validation loss of the sweep "
            f"at its λ is {figure(float(curve.validation_loss[number]))} (standard error "
            f"{figure(float(curve.validation_se[number]))}), of models that did not know the rows."
        )
    if counts["validation"] and subject.curve is not None:
        said.append("The validation rows helped to choose λ, which flatters it a little, too.")
    if counts["test"]:
        said.append("The test rows had no part in either.")
    else:
        said.append("No test rows were held back; only rows that had no part in any choice show what to expect.")
    if len(subject.model.classes) > 2:
        said.append("AUROC and average precision are means over the classes, each against the rest.")
    return said


def _pictures(subject: ReportSubject, outcomes: list[PartOutcome]) -> list[Picture]:
    classes = subject.model.classes
    if not outcomes:
        return []
    if not classes:
        finite = [one for one in outcomes if np.isfinite(one.predictions).all()]
        return [parity_picture(finite, subject.target)] if finite else []
    found = [roc_picture(outcomes, classes[1])] if len(classes) == 2 else []
    # The rows that the model knows least.
    return [*found, confusion_picture(outcomes[-1], classes)] if len(classes) <= MOST_CLASSES else found
