"""The pictures of a model for print: its weights, and how its predictions lie beside what was observed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regdesk.core.model.metrics import confusion_matrix, predicted_classes, roc_curve
from regdesk.core.report.drawing import (
    CLASSES,
    GRID,
    INK,
    QUIET,
    TEST,
    TRAINING,
    VALIDATION,
    WEIGHTS,
    Drawing,
    Frame,
    Scale,
    cut,
    cut_one,
    range_of,
    text_width,
    tick_text,
)
from regdesk.core.report.values import Picture
from regdesk.core.types import Float64s
from regdesk.core.words.number_text import count_text, number_text

WIDTH = 720
MOST_BARS = 25
MOST_DOTS = 1200
"""Of each part in a picture; a page with many more is slow to open and shows no more."""
MOST_CLASSES = 12
PART_COLOURS = {"training": TRAINING, "validation": VALIDATION, "test": TEST}


@dataclass(frozen=True)
class PartOutcome:
    """What a model says of the rows of one part, and what was observed.

    Attributes:
        name: training, validation or test.
        targets: ``(n_rows,)`` in original units, or indices of classes.
        outputs: ``(n_rows, n_outputs)`` of the model, standardised.
        predictions: ``(n_rows,)`` in units of the target; empty for classes.
        weights: ``(n_rows,)``, how much each row counts, or None.
    """

    name: str
    targets: Float64s
    outputs: Float64s
    predictions: Float64s
    weights: Float64s | None = None


def weights_picture(names: Sequence[str], weights: Float64s, outputs: Sequence[str]) -> Picture:
    """Standardised ``weights`` ``(n_inputs, n_outputs)``, none of whose rows is zero, the largest at the top."""
    order = np.argsort(-np.abs(weights).max(axis=1), kind="stable")[:MOST_BARS].tolist()
    is_many = weights.shape[1] > 1
    top, row_px, names_px = (44 if is_many else 16), 20, 210
    height = top + row_px * len(order) + 50
    drawing = Drawing(WIDTH, height, "The weights that are not zero")
    x = Scale(*range_of([weights[order]], True), names_px, WIDTH - 24)
    bottom = top + row_px * len(order)
    for tick in x.ticks:
        place = x.place(tick)
        drawing.line([place, place], [top, bottom], GRID, 1.0)
        drawing.words(place, bottom + 17, tick_text(tick), QUIET, "middle")
    zero = x.place(0.0)
    shown = cut([names[row] for row in order], names_px - 14)
    for number, row in enumerate(order):
        middle = top + row_px * (number + 0.5)
        drawing.words(names_px - 10, middle + 4, shown[number], INK, "end")
        if is_many:
            drawing.line([x.begin, x.end], [middle, middle], GRID, 1.0)
            for output, weight in enumerate(weights[row].tolist()):
                if weight:
                    drawing.dots(
                        np.array([x.place(weight)]), np.array([middle]), CLASSES[output % len(CLASSES)], 4.0, 0.9
                    )
        else:
            place = x.place(float(weights[row, 0]))
            drawing.box(min(zero, place), middle - 6, abs(place - zero), 12, WEIGHTS)
    drawing.line([zero, zero], [top, bottom], QUIET, 1.2)
    drawing.words((x.begin + x.end) / 2, bottom + 38, "standardised weight", INK, "middle")
    if is_many:
        _legend(drawing, outputs, names_px)
    left_out = len(weights) - len(order)
    more = f" The {left_out:,} smaller ones are not drawn." if left_out else ""
    sentence = "Each dot is the weight of an input in the logit of a class." if is_many else "Each bar is a weight."
    caption = f"{sentence} All are on the standardised scale, so that they can be compared.{more}"
    return Picture(drawing.svg(), WIDTH, height, caption)


def inputs_picture(names: Sequence[str], weights: Float64s) -> Picture:
    """Of a network: the norm of the ``weights`` ``(n_inputs, n_units)`` that leave each input, the largest at the top.

    None of the rows is zero.
    """
    norms = np.linalg.norm(weights, axis=1)
    order = np.argsort(-norms, kind="stable")[:MOST_BARS].tolist()
    top, row_px, names_px = 16, 20, 210
    bottom = top + row_px * len(order)
    drawing = Drawing(WIDTH, bottom + 50, "The weights that leave each input")
    x = Scale(0.0, 1.05 * float(norms[order[0]]), names_px, WIDTH - 90)
    for tick in x.ticks:
        place = x.place(tick)
        drawing.line([place, place], [top, bottom], GRID, 1.0)
        drawing.words(place, bottom + 17, tick_text(tick), QUIET, "middle")
    shown = cut([names[row] for row in order], names_px - 14)
    counts = np.count_nonzero(weights, axis=1)
    for number, row in enumerate(order):
        middle = top + row_px * (number + 0.5)
        drawing.words(names_px - 10, middle + 4, shown[number], INK, "end")
        end = x.place(float(norms[row]))
        drawing.box(names_px, middle - 6, end - names_px, 12, WEIGHTS)
        drawing.words(end + 6, middle + 4, f"{int(counts[row]):,} of {weights.shape[1]:,}", QUIET)
    drawing.line([names_px, names_px], [top, bottom], QUIET, 1.2)
    drawing.words((x.begin + x.end) / 2, bottom + 38, "norm of the weights, standardised", INK, "middle")
    left_out = len(weights) - len(order)
    more = f" The {left_out:,} inputs with smaller ones are not drawn." if left_out else ""
    caption = (
        "Each bar is the size (Euclidean norm) of all weights that leave an input, on the standardised scale; beside "
        f"it stands how many of them are not zero.{more}"
    )
    return Picture(drawing.svg(), WIDTH, bottom + 50, caption)


def _legend(drawing: Drawing, outputs: Sequence[str], left: float) -> None:
    shown = outputs[: len(CLASSES)]
    room = (WIDTH - left - 10) / len(shown)
    for number, name in enumerate(cut(shown, room - 18)):
        place = left + number * room
        drawing.dots(np.array([place + 4.0]), np.array([16.0]), CLASSES[number], 4.0, 0.9)
        drawing.words(place + 13, 20, name, INK)


def parity_picture(parts: Sequence[PartOutcome], target: str) -> Picture:
    """Predicted against observed values of a regression; on the diagonal they are equal."""
    height, size = 420, 340
    drawing = Drawing(WIDTH, height, "Predicted against observed")
    low, high = range_of([values for part in parts for values in (part.targets, part.predictions)])
    left = (WIDTH - size) / 2
    x, y = Scale(low, high, left, left + size), Scale(low, high, 20 + size, 20)
    frame = Frame(drawing, x, y)
    shown = cut_one(target, 0.3 * WIDTH)
    frame.draw(f"{shown}, observed", f"{shown}, predicted")
    drawing.line([x.begin, x.end], [y.begin, y.end], QUIET, 1.0, "4 3")
    is_thin = False
    for number, part in enumerate(parts):
        kept = _spread(len(part.targets))
        is_thin = is_thin or len(kept) < len(part.targets)
        colour = PART_COLOURS[part.name]
        drawing.dots(x.places(part.targets[kept]), y.places(part.predictions[kept]), colour)
        drawing.dots(np.array([x.end + 16]), np.array([30.0 + 20 * number]), colour, 4.0, 0.9)
        drawing.words(x.end + 25, 34 + 20 * number, part.name)
    thin = f" Of each part at most {MOST_DOTS:,} rows are drawn, evenly picked." if is_thin else ""
    caption = f"Predicted against observed {shown}: a row on the broken line is predicted exactly.{thin}"
    return Picture(drawing.svg(), WIDTH, height, caption)


def roc_picture(parts: Sequence[PartOutcome], label: str) -> Picture:
    """The ROC of each part for the second of two classes."""
    height, size = 400, 320
    drawing = Drawing(WIDTH, height, "ROC curves")
    left = (WIDTH - size) / 2
    x, y = Scale(0.0, 1.0, left, left + size), Scale(0.0, 1.0, 20 + size, 20)
    Frame(drawing, x, y).draw("share of the other rows that is called positive", "share of positive rows found")
    drawing.line([x.begin, x.end], [y.begin, y.end], QUIET, 1.0, "4 3")
    number = 0
    for part in parts:
        wrong, right = roc_curve(part.targets, part.outputs[:, 0], part.weights)
        if not len(wrong):
            continue
        kept = _spread(len(wrong))
        drawing.line(x.places(wrong[kept]).tolist(), y.places(right[kept]).tolist(), PART_COLOURS[part.name], 2.0)
        drawing.line([x.end + 10, x.end + 28], [30.0 + 20 * number] * 2, PART_COLOURS[part.name], 2.0)
        drawing.words(x.end + 34, 34 + 20 * number, part.name)
        number += 1
    caption = f"ROC for {cut_one(label, 300)} as the positive class; the broken line is what guessing comes to."
    return Picture(drawing.svg(), WIDTH, height, caption)


def confusion_picture(part: PartOutcome, classes: Sequence[str]) -> Picture:
    """Which classes of ``part`` are taken for which; of at most ``MOST_CLASSES`` classes."""
    n_classes = len(classes)
    counts = confusion_matrix(part.targets, predicted_classes(part.outputs), n_classes, part.weights).astype(np.float64)
    cell_px, top = min(96.0, 420.0 / n_classes), 64.0
    above, beside = cut(classes, cell_px - 4), cut(classes, 170.0)
    # "observed" stands beside the names, however short they are.
    names_px = 40.0 + max(map(text_width, beside))
    height = math.ceil(top + cell_px * n_classes + 12)
    drawing = Drawing(WIDTH, height, "Observed and predicted classes")
    drawing.words(names_px + cell_px * n_classes / 2, 18, "predicted", INK, "middle")
    drawing.words(14, top + cell_px * n_classes / 2, "observed", INK, "middle", turned=True)
    for number in range(n_classes):
        left = names_px + cell_px * (number + 0.5)
        drawing.words(left, top - 10, above[number], INK, "middle")
        drawing.words(names_px - 10, top + cell_px * (number + 0.5) + 4, beside[number], INK, "end")
    sums = counts.sum(axis=1, keepdims=True)
    shares = counts / np.where(sums > 0, sums, 1.0)
    for row in range(n_classes):
        for column in range(n_classes):
            left, upper, share = names_px + cell_px * column, top + cell_px * row, float(shares[row, column])
            drawing.box(left, upper, cell_px - 2, cell_px - 2, GRID, 0.45)
            drawing.box(left, upper, cell_px - 2, cell_px - 2, "#56B4E9" if row == column else "#E69F00", 0.75 * share)
            count = float(counts[row, column])
            said = count_text(count) if count == int(count) else number_text(count)
            drawing.words(left + cell_px / 2 - 1, upper + cell_px / 2 + 4, said, INK, "middle")
    what = "Rows" if part.weights is None else "Weights of rows"
    caption = (
        f"{what} of the {part.name} part by observed and predicted class; the darker a cell, the larger its share of "
        "the observed class. On the diagonal they agree."
    )
    return Picture(drawing.svg(), WIDTH, height, caption)


def _spread(n_rows: int) -> list[int]:
    """At most ``MOST_DOTS`` numbers of ``n_rows``, evenly, both ends among them."""
    found: list[int] = np.unique(np.linspace(0, n_rows - 1, min(n_rows, MOST_DOTS)).astype(np.int64)).tolist()
    return found
