"""What stands under the pointer in a picture of the fit, in the user's own words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.model.losses import sigmoid
from regdesk.core.model.ranking import N_SCORE_BINS
from regdesk.core.words.number_text import count_text, number_text

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitFrame, FitScene, ScoresOfTwo
    from regdesk.core.types import Counts, Float64s

REACH_PX = 12.0
"""How near a point must be to be read."""
MOST_CLASSES = 6


@dataclass(frozen=True)
class Pointer:
    """A place in a plot, in its units, and how much of them a pixel is."""

    x: float
    y: float
    x_per_px: float
    y_per_px: float

    def nearest(self, x: Float64s, y: Float64s) -> tuple[int, float]:
        """Number of the nearest of points ``(n,)``, and its distance in pixels; infinite where there is none."""
        if not len(x):
            return -1, math.inf
        distances = np.hypot((x - self.x) / self.x_per_px, (y - self.y) / self.y_per_px)
        index = int(np.nanargmin(distances))
        return index, float(distances[index])


@dataclass(frozen=True)
class Points:
    """Points that are drawn of the training and of the validation rows: x and y, each ``(n_shown,)``; None: hidden."""

    train: tuple[Float64s, Float64s] | None
    validation: tuple[Float64s, Float64s] | None


def row_at(pointer: Pointer, points: Points) -> tuple[bool, int] | None:
    """Whether the row under the pointer is a training row, and its number; None where there is none."""
    found = [
        (pointer.nearest(*places), is_train)
        for places, is_train in ((points.train, True), (points.validation, False))
        if places is not None
    ]
    near = [(distance, is_train, index) for (index, distance), is_train in found if distance <= REACH_PX]
    return min(near)[1:] if near else None


def picture_text(
    scene: FitScene,
    fit: FitFrame | None,
    frozen: FitFrame | None,
    pointer: Pointer,
    points: Points,
    is_exact: bool = False,
) -> str | None:
    """Lines for the bubble; None where nothing can be read. ``is_exact``: what is drawn has been solved."""
    if scene.kind == "roc":
        return None if fit is None else roc_text(scene, fit, pointer)
    if scene.kind == "confusion":
        return None if fit is None else cell_words(scene, fit, frozen, pointer)
    row = row_at(pointer, points)
    lines = [] if row is None else [row_words(scene, fit, *row)]
    if scene.kind != "parity":
        places = [
            place_words(scene, axis, value) for axis, value in enumerate((pointer.x, pointer.y)[: len(scene.grid)])
        ]
        lines.append(f"at {', '.join(places)}")
        # As the sentence above the picture says.
        whose = "exact optimum" if is_exact else "model"
        lines += [f"{word}: {text}" for word, text in model_words(scene, fit, frozen, pointer, whose)]
    return "\n".join(lines) or None


def place_words(scene: FitScene, axis: int, value: float) -> str:
    """A place on an axis: its column and the number or category there."""
    return f"{scene.axis_names[axis]} {axis_value(scene, axis, value)}"


def axis_value(scene: FitScene, axis: int, value: float) -> str:
    labels = scene.axis_categories[axis]
    if labels:
        number = round(value)
        return labels[number] if 0 <= number < len(labels) else "not in training"
    return number_text(value)


def row_words(scene: FitScene, fit: FitFrame | None, is_train: bool, index: int) -> str:
    """The values of one row, and what the model says of it where that is what is drawn."""
    word = "training row" if is_train else "validation row"
    places = (scene.train_places if is_train else scene.validation_places)[index]
    target = float((scene.train_targets if is_train else scene.validation_targets)[index])
    if scene.kind == "parity":
        predicted = ""
        if fit is not None:
            predictions = fit.train_predictions if is_train else fit.validation_predictions
            predicted = f", predicted {number_text(float(predictions[index]))}"
        return f"{word}: actual {scene.target} {number_text(target)}{predicted}"
    values = [place_words(scene, axis, float(place)) for axis, place in enumerate(places)]
    return f"{word}: {', '.join([*values, f'{scene.target} {target_text(scene, target)}'])}"


def target_text(scene: FitScene, target: float) -> str:
    return scene.classes[int(target)] if scene.classes else number_text(target)


def model_words(
    scene: FitScene, fit: FitFrame | None, frozen: FitFrame | None, pointer: Pointer, whose: str
) -> list[tuple[str, str]]:
    """What the model, called ``whose``, and the frozen one say at a place, each with its name."""
    found = []
    for word, one in ((whose, fit), ("frozen", frozen)):
        # Where rows were moved since, the frozen fit has a grid of its own.
        cell = None if one is None else _cell_at(one.scene or scene, pointer)
        if one is None or cell is None or not one.surface.size:
            continue
        if scene.kind == "class-curves":
            found += [(word, class_words(scene, one.surface[cell[0]]))]
        elif scene.kind == "class-map":
            likeliest = scene.classes[int(one.surface_classes[cell])]
            found += [(word, f"{likeliest}, probability {one.surface[cell]:.3f}")]
        elif scene.classes:
            found += [(word, f"{scene.classes[1]}, probability {one.surface[cell]:.3f}")]
        else:
            found += [(word, f"{scene.target} {number_text(float(one.surface[cell]))}")]
    return found


def _cell_at(scene: FitScene, pointer: Pointer) -> tuple[int, ...] | None:
    """Where the grid of ``scene`` is nearest to the pointer, as numbers of its surface; None beyond the grid."""
    cell = []
    for grid, place in zip(scene.grid, (pointer.x, pointer.y), strict=False):
        away = np.abs(grid - place)
        number = int(away.argmin())
        if len(grid) > 1 and away[number] > np.abs(np.diff(grid)).max():
            return None
        cell.append(number)
    # A map's rows are its second axis.
    return tuple(reversed(cell))


def class_words(scene: FitScene, probabilities: Float64s) -> str:
    """The likeliest classes, with their probabilities."""
    order = np.argsort(-probabilities)[:MOST_CLASSES]
    return ", ".join(f"{scene.classes[index]} {probabilities[index]:.3f}" for index in order)


def roc_text(scene: FitScene, fit: FitFrame, pointer: Pointer) -> str | None:
    """The nearest point of the nearer of both curves, and the threshold that leads there."""
    two = fit.scores_of_two
    if two is None:
        return None
    found = []
    for word, ranking in (("validation", two.validation), ("training", two.train)):
        index, distance = pointer.nearest(ranking.false_positive, ranking.true_positive)
        found.append((distance, word, ranking, index))
    distance, word, ranking, index = min(found, key=lambda one: one[0])
    if not math.isfinite(distance):
        return None
    threshold = float(sigmoid(ranking.thresholds[index : index + 1])[0])
    first, second = scene.classes
    called = f"probability {threshold:.3f} or more" if index else "no row"
    return (
        f"{word} rows, called {second}: {called}\n"
        f"true positives: {100 * ranking.true_positive[index]:.1f} % of {second}\n"
        f"false positives: {100 * ranking.false_positive[index]:.1f} % of {first}"
    )


def bin_text(scene: FitScene, two: ScoresOfTwo, frozen: Counts | None, x: float) -> str | None:
    """The rows of both classes in the bin of a predicted probability."""
    if not 0.0 <= x <= 1.0:
        return None
    index = min(int(x * N_SCORE_BINS), N_SCORE_BINS - 1)
    lines = [f"probability {index / N_SCORE_BINS:.2f} to {(index + 1) / N_SCORE_BINS:.2f}"]
    for k, name in enumerate(scene.classes):
        was = "" if frozen is None else f" (frozen {count_text(frozen[k, index])})"
        count, total = count_text(two.counts[k, index]), count_text(two.counts[k].sum())
        lines.append(f"{name}: {count} of {total} {scene.counted}{was}")
    return "\n".join(lines)


def cell_words(scene: FitScene, fit: FitFrame, frozen: FitFrame | None, pointer: Pointer) -> str | None:
    """A cell of the matrix: actual class, the class it was taken for, rows, and their share."""
    n_classes = len(scene.classes)
    if not (0.0 <= pointer.x < n_classes and 0.0 <= pointer.y < n_classes):
        return None
    actual, predicted = n_classes - 1 - int(pointer.y), int(pointer.x)
    count, total = float(fit.confusion[actual, predicted]), float(fit.confusion[actual].sum())
    share = f", {100 * count / total:.0f} % of {count_text(total)}" if total else ""
    lines = [
        f"actual {scene.target}: {scene.classes[actual]}",
        f"predicted: {scene.classes[predicted]}",
        f"{count_text(count)} {'validation' if scene.n_validation else 'training'} {scene.counted}{share}",
    ]
    if frozen is not None:
        lines.append(f"frozen: {count_text(frozen.confusion[actual, predicted])}")
    return "\n".join(lines)
