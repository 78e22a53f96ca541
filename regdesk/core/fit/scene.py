"""What the data-fit panel is given: the points that stand still, and the fit that moves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from regdesk.core.fit.slices import SliceColumns
from regdesk.core.model.ranking import Ranking
from regdesk.core.types import Counts, Float64s, Integers

FitKind = Literal["curve", "map", "parity", "roc", "class-curves", "class-map", "confusion"]


@dataclass(frozen=True)
class FitScene:
    """The part of the picture that stands still, in original units.

    Attributes:
        kind: curve (one column along an axis), map (two), parity or roc (else); for three and more classes
            class-curves, class-map and confusion.
        columns: names of all columns that the model is given.
        slice_columns: those of a slice, the others being at what is usual; none for the picture that suits the data.
        axis_names, axis_categories: of each axis of a curve or map ``(n_axes,)``, the column and its categories
            (none: numbers).
        train_places, validation_places: ``(n_shown, n_axes)``, where rows that are drawn stand on the axes.
        train_targets, validation_targets: ``(n_shown,)``; the class's index for classes.
        grid: positions of the curve, or of the map's columns and rows, each ``(n_points,)``. A category has two on a
            curve, the ends of its level line, and one on a map.
        train_rows, validation_rows: ``(n_shown,)``, their numbers among the rows of the dataset.
        n_scored, n_validation: validation rows that the scores are taken from, and all of them.
        n_train: training rows.
        n_weighed: how many rows those that the scores are taken from count as, Σ of their weights; None where each
            counts once. Then counts of a histogram and of a confusion matrix are sums of weights, too.
        copy: what was changed of the file's rows, as values of cells; empty where nothing was.
        categorical: those of ``columns`` that hold categories; in a slice they stand at the most frequent one.

    Without validation rows a confusion matrix is of the training rows that are drawn.
    """

    kind: FitKind
    dataset_name: str
    target: str
    columns: tuple[str, ...]
    slice_columns: SliceColumns
    axis_names: tuple[str, ...]
    axis_categories: tuple[tuple[str, ...], ...]
    classes: tuple[str, ...]
    train_places: Float64s
    train_targets: Float64s
    validation_places: Float64s
    validation_targets: Float64s
    grid: tuple[Float64s, ...]
    n_scored: int
    n_validation: int
    n_train: int
    categorical: tuple[str, ...] = ()
    n_weighed: float | None = None
    train_rows: Integers = field(default_factory=lambda: np.empty(0, np.int64))
    validation_rows: Integers = field(default_factory=lambda: np.empty(0, np.int64))
    copy: tuple[tuple[str, str], ...] = ()

    @property
    def counted(self) -> str:
        """What is counted: rows, or their weights."""
        return "rows" if self.n_weighed is None else "rows by weight"

    @property
    def has_others(self) -> bool:
        """Whether there are columns beside those of a slice, which stand at what is usual."""
        return bool(self.slice_columns) and len(self.slice_columns) < len(self.columns)


def is_same_picture(before: FitScene, after: FitScene) -> bool:
    """Whether both are of the same columns and classes, so that an answer in one has a place in the other."""
    names = ("kind", "dataset_name", "target", "columns", "slice_columns", "axis_categories", "classes")
    return all(getattr(before, name) == getattr(after, name) for name in names)


@dataclass(frozen=True)
class ScoresOfTwo:
    """How the predicted probability tells two classes apart.

    Attributes:
        validation, train: the ROC of validation rows and of training rows; thresholds are log-odds.
        even_odds: false and true positive rate of the judged rows where a probability of 0.5 parts the classes.
        counts: rows judged of each class in bins of the second one's probability, ``(2, n_bins)``.
        is_of_training: the judged rows are training rows, as there are no others.
    """

    validation: Ranking
    train: Ranking
    even_odds: tuple[float, float]
    counts: Counts
    is_of_training: bool

    @property
    def judged(self) -> Ranking:
        """Of the rows that are judged by."""
        return self.train if self.is_of_training else self.validation


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
        average_precision: likewise.
        scores_of_two: of a ROC; else None.
        scene: what it belongs to; a frame is never drawn in another.
    """

    surface: Float64s
    surface_classes: Integers
    train_predictions: Float64s
    validation_predictions: Float64s
    roc: tuple[Float64s, Float64s]
    confusion: Counts
    score: float
    auroc: float
    average_precision: float = float("nan")
    scores_of_two: ScoresOfTwo | None = None
    scene: FitScene | None = None
