"""What a report says of the weights: which are left, how large they are, and the equation where there is one."""

from __future__ import annotations

import numpy as np

from regdesk.core.report.model_pictures import inputs_picture, weights_picture
from regdesk.core.report.values import Block, Code, Paragraph, Section, Table, paragraphs
from regdesk.core.types import Float64s
from regdesk.core.words.figures import intercept_shown
from regdesk.tasks.report.equation import MOST_TERMS, equation_of, inputs_sentences, original_weights
from regdesk.tasks.report.subject import ReportSubject, counted, figure, listed

MOST_LISTED = 200
CLASSES_A_TABLE = 6
INTERCEPT = "(intercept)"


def weights_section(subject: ReportSubject) -> Section:
    """Of a linear model every weight that is not zero; of a network the inputs that are in use, and its layers."""
    blocks: list[Block] = [*paragraphs(_counts(subject))]
    live = np.flatnonzero(subject.is_live)
    names = subject.model.encoding.input_names
    if subject.model.network.is_linear:
        if len(live):
            picked = [names[number] for number in live.tolist()]
            blocks.append(weights_picture(picked, subject.weights[live], subject.output_names))
        blocks += _linear_tables(subject, live)
        blocks += _equation(subject)
    else:
        if len(live):
            blocks.append(inputs_picture([names[number] for number in live.tolist()], subject.weights[live]))
        blocks += [_network_table(subject, live), _layers_table(subject)]
        blocks.append(
            Paragraph(
                "A network has no equation that a person could read; a saved model holds all of its weights, and "
                "'regdesk export' writes it as code."
            )
        )
    return Section("The weights that are left", tuple(blocks))


def _counts(subject: ReportSubject) -> list[str]:
    model, names = subject.model, subject.model.encoding.input_names
    weights = model.parameters[model.network.is_weight]
    n_live, n_all = int(np.count_nonzero(weights)), len(weights)
    said = [
        f"{n_live:,} of {counted(n_all, 'weight')} {'is' if n_live == 1 else 'are'} not zero; biases are not counted."
    ]
    out = [name for name, is_live in zip(names, subject.is_live, strict=True) if not is_live]
    if out and len(out) < len(names):
        what = "No weight leaves" if not model.network.is_linear else "Exactly zero and so not in the model:"
        said.append(f"{what} {listed(out)}.")
    elif out:
        said.append("Every input is out of the model: it predicts the same for every row.")
    if model.network.is_linear:
        unit = "in log-odds" if model.classes else f"in units of {subject.target}"
        if not model.classes and model.configuration.data.standardize_target:
            unit = "in standard deviations of the target"
        said.append(f"A standardised weight says what one standard deviation of its input does, {unit}.")
    return said


def _linear_tables(subject: ReportSubject, live: np.ndarray) -> list[Table]:
    model, network = subject.model, subject.model.network
    original, intercepts = original_weights(model)
    biases = network.biases(model.parameters, 0).astype(np.float64)
    order = live[np.argsort(-np.abs(subject.weights[live]).max(axis=1, initial=0.0), kind="stable")]
    left_out = f" The {MOST_LISTED} largest of {len(order):,} are listed." if len(order) > MOST_LISTED else ""
    order, names = order[:MOST_LISTED], model.encoding.input_names
    if network.sizes[-1] == 1:
        unit = f"log-odds of {model.classes[1]} per unit" if model.classes else f"{subject.target} per unit"
        rows = [(INTERCEPT, figure(intercept_shown(biases[0], subject.weights)), figure(intercepts[0]))]
        rows += [(names[one], figure(subject.weights[one, 0]), figure(original[one, 0])) for one in order.tolist()]
        return [Table(("input", "standardised", unit), tuple(rows), f"Weights, the largest first.{left_out}")]
    tables = []
    for caption, weights, own in (
        ("Standardised weights in the logit of each class", subject.weights, biases),
        ("The same per unit of each input", original, intercepts),
    ):
        for start in range(0, network.sizes[-1], CLASSES_A_TABLE):
            tables.append(_class_table(subject, f"{caption}.{left_out}", weights, own, order, start))
    return tables


def _class_table(
    subject: ReportSubject, caption: str, weights: Float64s, biases: Float64s, order: np.ndarray, start: int
) -> Table:
    shown, names = slice(start, start + CLASSES_A_TABLE), subject.model.encoding.input_names
    rows = [(INTERCEPT, *(figure(intercept_shown(one, weights)) for one in biases[shown].tolist()))]
    rows += [(names[one], *map(figure, weights[one, shown].tolist())) for one in order.tolist()]
    return Table(("input", *subject.model.classes[shown]), tuple(rows), caption)


def _equation(subject: ReportSubject) -> list[Block]:
    text = equation_of(subject.model)
    if text is None:
        return [
            Paragraph(
                f"The equation is not written out: it has more than {MOST_TERMS} terms, or numbers beyond double "
                "precision. 'regdesk export' writes it as code."
            )
        ]
    sentences = inputs_sentences(subject.model)
    return [Code(text, "The equation in the units of the file, with all digits, to be copied:"), *paragraphs(sentences)]


def _network_table(subject: ReportSubject, live: np.ndarray) -> Table:
    norms = np.linalg.norm(subject.weights, axis=1)
    order = live[np.argsort(-norms[live], kind="stable")][:MOST_LISTED]
    names, n_units = subject.model.encoding.input_names, subject.weights.shape[1]
    rows = tuple(
        (names[one], f"{int(np.count_nonzero(subject.weights[one])):,} of {n_units:,}", figure(norms[one]))
        for one in order.tolist()
    )
    more = f" The {MOST_LISTED} largest of {len(live):,} are listed." if len(live) > MOST_LISTED else ""
    return Table(
        ("input", "weights not zero", "their norm"),
        rows,
        f"What leaves each input, standardised, the largest first.{more}",
    )


def _layers_table(subject: ReportSubject) -> Table:
    network, rows = subject.model.network, []
    for layer in range(network.n_layers):
        weights = network.weights(subject.model.parameters, layer)
        live = f"{int(np.count_nonzero(weights.any(axis=1))):,} of {weights.shape[0]:,}"
        rows.append((f"layer {layer + 1}", f"{int(np.count_nonzero(weights)):,} of {weights.size:,}", live,
                     figure(float(np.linalg.norm(weights)))))  # fmt: skip
    return Table(("", "weights not zero", "inputs or units in use", "norm"), tuple(rows), "The layers of the network.")
