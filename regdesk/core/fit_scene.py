"""What the data-fit panel is given: the points that stand still, and the fit that moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from regdesk.core.types import Float64s, Integers

FitKind = Literal["curve", "map", "parity", "roc", "class-curves", "class-map", "confusion"]


@dataclass(frozen=True)
class FitScene:
    """The part of the picture that stands still, in original units.

    Attributes:
        kind: curve (one input), map (two), parity or roc (more); for three and more classes class-curves (one input),
            class-map (two), confusion (more).
        train_inputs, validation_inputs: ``(n_shown, n_inputs)``, rows that are drawn.
        train_targets, validation_targets: ``(n_shown,)``; the class's index for classes.
        grid: ``(n_axes, n_points)`` positions of the curve or of the map's columns and rows.
        n_scored, n_validation: validation rows that the scores are taken from, and all of them.

    Without validation rows a confusion matrix is of the training rows that are drawn.
    """

    kind: FitKind
    dataset_name: str
    target: str
    input_names: tuple[str, ...]
    classes: tuple[str, ...]
    train_inputs: Float64s
    train_targets: Float64s
    validation_inputs: Float64s
    validation_targets: Float64s
    grid: Float64s
    n_scored: int
    n_validation: int


@dataclass(frozen=True)
class FitFrame:
    """The part that moves: original units, the probability of the second of two classes, or one of several classes.

    Attributes:
        surface: curve ``(n_points,)`` or map ``(n_rows, n_columns)``; class-curves: each class's probability
            ``(n_points, n_classes)``; class-map: that of the likeliest class ``(n_rows, n_columns)``; else empty.
        surface_classes: class-map: the likeliest class's index ``(n_rows, n_columns)``; else empty.
        train_predictions, validation_predictions: ``(n_shown,)`` for the rows of the scene; the likeliest class's
            index where there are several.
        roc: false and true positive rates of the validation rows, each ``(n_points,)``; empty otherwise.
        confusion: counts ``(n_classes, n_classes)``, actual by predicted class; empty otherwise.
        score: R² or accuracy on the validation rows; NaN without them.
        auroc: on the validation rows, for several classes the macro average; NaN for regression.
    """

    surface: Float64s
    surface_classes: Integers
    train_predictions: Float64s
    validation_predictions: Float64s
    roc: tuple[Float64s, Float64s]
    confusion: Integers
    score: float
    auroc: float
