"""A report of a model, as a value: what was asked, the data, λ, the weights, the scores, and how to make it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from regdesk.core.model.penalties import penalty_value
from regdesk.core.report.values import Block, Code, Points, Report, Section, Table, paragraphs, points
from regdesk.core.words.linear_words import not_unique_sentence
from regdesk.core.words.number_text import number_text
from regdesk.core.words.settings_text import OPTIMIZER_NAMES, penalty_symbol
from regdesk.core.words.shortfalls import shortfalls_text
from regdesk.tasks.fits.starts import starts_words
from regdesk.tasks.report.choice_section import choice_section
from regdesk.tasks.report.data_section import data_section
from regdesk.tasks.report.scores_section import SCORE_NAMES, Intervals, scores_section
from regdesk.tasks.report.subject import ReportSubject, counted, figure, listed, sentence
from regdesk.tasks.report.weights_section import weights_section

TITLE_END = ": a report"
FEW_ROWS = 30
"""Of a part: below that its scores say little."""
ROWS_FOR_AN_INPUT = 5
"""Training rows below which a model has few for what it may learn."""
EXACT = "exact"


def report_of(subject: ReportSubject) -> Report:
    """All that there is to say of ``subject``."""
    scores, intervals = scores_section(subject)
    warnings = _warnings(subject)
    sections = [
        _asked(subject, intervals, len(warnings)),
        *([Section("What cannot be shown", points(subject.absent))] if subject.absent else []),
        data_section(subject),
        _model(subject),
        choice_section(subject),
        weights_section(subject),
        scores,
        Section("Warnings", points(warnings) or paragraphs(["There is nothing to warn of."])),
        _again(subject),
    ]
    version = str(subject.provenance.get("version", ""))
    return Report(
        title=f"{subject.target}{TITLE_END}",
        subtitle=sentence(f"{subject.model_name} with {subject.penalty_words}, fitted to {subject.name}"),
        origin=f"regdesk {version} · {subject.name} · sha256 {str(subject.provenance.get('digest', 'unknown'))[:16]}",
        sections=tuple(sections),
    )


def _asked(subject: ReportSubject, intervals: Intervals, n_warnings: int) -> Section:
    model = subject.model
    columns = listed([column.name for column in model.encoding.columns], 20)
    classes = f", which has the classes {listed(model.classes, 20)}" if model.classes else ""
    asked = (
        f"How can {subject.target} be predicted{classes}? The answer of this report is a {subject.model_name} with "
        f"{subject.penalty_words}, from {counted(len(model.encoding.columns), 'column')}: {columns}."
    )
    weights = model.parameters[model.network.is_weight]
    n_live = int(np.count_nonzero(weights))
    short = [f"{n_live:,} of {counted(len(weights), 'weight')} {'is' if n_live == 1 else 'are'} not zero."]
    short += _best_known_score(subject, intervals)
    if not model.certificate.converged:
        short.append("The model has not converged; see the warnings.")
    elif n_warnings:
        short.append(f"There {'is 1 warning' if n_warnings == 1 else f'are {n_warnings} warnings'} below.")
    return Section("What was asked", (*paragraphs([asked]), Points(tuple(short))))


def _best_known_score(subject: ReportSubject, intervals: Intervals) -> list[str]:
    """On the rows that the model knows least: test, else validation, else training."""
    wanted = ("accuracy",) if subject.model.classes else ("r2", "rmse")
    for part, word in (("test", "test rows"), ("validation", "validation rows"), ("train", "training rows")):
        scores = subject.model.scores.get(part)
        if scores is None:
            continue
        said = []
        for name in wanted:
            value, interval = scores.get(name), intervals.get(part, {}).get(name)
            if value is not None:
                ends = (
                    "" if interval is None else f" (95 % of draws: {figure(interval.low)} to {figure(interval.high)})"
                )
                said.append(f"{SCORE_NAMES[name]} {figure(value)}{ends}")
        return [f"On the {word}: {', '.join(said)}."] if said else []
    return []


def _model(subject: ReportSubject) -> Section:
    model, settings = subject.model, subject.model.configuration.training
    weights = model.parameters[model.network.is_weight].astype(np.float64)
    value = penalty_value(settings, model.network, weights)
    said = [
        sentence(
            f"{'an' if subject.model_name[0] in 'aeiou' else 'a'} {subject.model_name} with {subject.penalty_words}"
        ),
    ]
    if subject.has_penalty:
        said.append("What was minimised is J = mean data loss + λ × penalty R(W); biases are not penalised.")
        said.append(f"Here R(W) = {penalty_symbol(settings, model.network)}.")
    train = (model.scores.get("train") or {}).get("loss")
    if train is not None and subject.has_penalty:
        total = train + subject.lam * value
        said.append(f"J = {figure(train)} + {number_text(subject.lam)} × {figure(value)} = {figure(total)}.")
    elif train is not None:
        said.append(f"What was minimised is the mean data loss alone, J = {figure(train)}.")
    said += _certificate(subject)
    return Section("The model", paragraphs(said))


def _certificate(subject: ReportSubject) -> list[str]:
    certificate = subject.model.certificate
    said = ["It has converged." if certificate.converged else "It has not converged."]
    if certificate.kkt_residual is not None:
        said.append(f"The largest entry of its smallest subgradient of J is {figure(certificate.kkt_residual)}.")
    if certificate.duality_gap is not None:
        said.append(f"J is at most {figure(certificate.duality_gap)} above its minimum, by the duality gap.")
    elif not subject.model.network.is_linear:
        said.append("Of a network nobody can say that no other weights do better.")
    return said


def _warnings(subject: ReportSubject) -> list[str]:
    model, dataset = subject.model, subject.dataset
    certificate, settings = model.certificate, model.configuration.training
    found = []
    if not certificate.converged:
        found.append("The model has not converged: " + (certificate.reason or "nobody noted why."))
    elif certificate.reason:
        found.append(sentence(certificate.reason))
    if certificate.is_unique is False:
        found.append(not_unique_sentence(settings))
    if dataset is not None:
        n_train, n_inputs = len(dataset.split.train), dataset.n_inputs
        if n_train < ROWS_FOR_AN_INPUT * n_inputs:
            found.append(
                f"There are few rows: {n_train:,} train a model of {counted(n_inputs, 'input')}. With fewer than "
                f"{ROWS_FOR_AN_INPUT} rows an input which weights are left may be chance."
            )
        for part, word in ((dataset.split.validation, "validation"), (dataset.split.test, "test")):
            if 0 < len(part) < FEW_ROWS:
                found.append(f"There are only {counted(len(part), f'{word} row')}: their scores are uncertain.")
        if not len(dataset.split.test):
            found.append("No rows were held back as a test.")
    found += _sweep_warnings(subject)
    if subject.table is not None:
        found += list(subject.table.health)
    return found


def _sweep_warnings(subject: ReportSubject) -> list[str]:
    curve = subject.curve
    if curve is None:
        return []
    n_left = int(np.count_nonzero(~curve.converged))
    found = [f"Along the sweep {n_left} of {len(curve.lambdas)} models have not converged."] if n_left else []
    reasons = [shortfalls_text(own) for own in curve.shortfalls if own] if curve.network is None else []
    found += [sentence(f"Along the sweep: {reason}") for reason in dict.fromkeys(reasons)][:3]
    return found


def _again(subject: ReportSubject) -> Section:
    blocks: list[Block] = [Code(command, caption, is_command=True) for caption, command in subject.commands]
    made = subject.provenance.get("command")
    if isinstance(made, str) and made not in [command for _, command in subject.commands]:
        blocks.append(Code(made, "What was typed when the model was made:", is_command=True))
    note = subject.provenance.get("note")
    if isinstance(note, str):
        blocks += paragraphs([note])
    blocks.append(Table(("", ""), tuple(_origin_rows(subject)), "What it depends on.", n_words=2))
    return Section("How to make it again", tuple(blocks))


def _origin_rows(subject: ReportSubject) -> list[tuple[str, str]]:
    provenance: Mapping[str, Any] = subject.provenance
    rows = [
        ("regdesk", str(provenance.get("version", "unknown"))),
        ("file", str(provenance.get("file", "unknown"))),
        ("sha256 of the file", str(provenance.get("digest", "unknown"))),
        ("seed", str(provenance.get("seed", subject.model.configuration.seed))),
    ]
    if starts := starts_words(provenance):
        rows.append(("starts", starts))
    split = provenance.get("split")
    if isinstance(split, Mapping) and split.get("how"):
        rows.append(("split", str(split["how"])))
    optimizer = str(provenance.get("optimizer", ""))
    if optimizer:
        rows.append(
            ("solved by", "an exact solver" if optimizer == EXACT else OPTIMIZER_NAMES.get(optimizer, optimizer))
        )
    return rows
