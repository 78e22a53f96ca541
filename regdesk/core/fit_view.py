"""What the data-fit panel shows: which picture suits the data, the points that stay, the fit that moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from regdesk.core.dataset import Dataset
from regdesk.core.losses import sigmoid
from regdesk.core.metrics import accuracy, area_under_roc, r_squared, roc_curve
from regdesk.core.types import Float64s

FitKind = Literal["curve", "map", "parity", "roc"]

N_CURVE_POINTS = 241
N_MAP_SIDE = 81
MAX_SHOWN_ROWS = 1_000
MAX_MOVING_ROWS = 500
"""Of each part, where every point moves with every frame: 500 more cost 3 ms a frame."""
MAX_SCORED_ROWS = 20_000


@dataclass(frozen=True)
class FitScene:
    """The part of the picture that stands still, in original units.

    Attributes:
        kind: curve (one input), map (two), parity or roc (more).
        train_inputs, validation_inputs: ``(n_shown, n_inputs)``, rows that are drawn.
        train_targets, validation_targets: ``(n_shown,)``; the class's index for classes.
        grid: ``(n_axes, n_points)`` positions of the curve or of the map's columns and rows.
        n_scored, n_validation: validation rows that the scores are taken from, and all of them.
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
    """The part that moves: original units, or the probability of the second class.

    Attributes:
        surface: curve ``(n_points,)`` or map ``(n_rows, n_columns)``; empty for parity and roc.
        train_predictions, validation_predictions: ``(n_shown,)`` for the rows of the scene.
        roc: false and true positive rates of the validation rows, each ``(n_points,)``; empty otherwise.
        score: R² or accuracy on the validation rows; NaN without them.
        auroc: on the validation rows; NaN for regression.
    """

    surface: Float64s
    train_predictions: Float64s
    validation_predictions: Float64s
    roc: tuple[Float64s, Float64s]
    score: float
    auroc: float


class FitView:
    """Chooses the rows to ask the network about, and turns its outputs into a ``FitFrame``."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        split = dataset.split
        kind = self._kind()
        most = MAX_MOVING_ROWS if kind == "parity" else MAX_SHOWN_ROWS
        # Rows stand in shuffled order, so the first of them are a fair sample.
        shown_train = split.train[:most]
        scored = split.validation[:MAX_SCORED_ROWS]
        self._scored_targets = dataset.targets[scored]
        self._shown = np.linspace(0, len(scored) - 1, min(len(scored), most)).astype(np.int64)
        shown_validation = scored[self._shown]
        grid = self._grid(kind)
        surface_inputs = self._surface_inputs(kind, grid)
        self._n_surface, self._n_train = len(surface_inputs), len(shown_train)
        self.scene = FitScene(
            kind=kind,
            dataset_name=dataset.name,
            target=dataset.target,
            input_names=dataset.input_names,
            classes=dataset.classes,
            train_inputs=dataset.inputs[shown_train],
            train_targets=dataset.targets[shown_train],
            validation_inputs=dataset.inputs[shown_validation],
            validation_targets=dataset.targets[shown_validation],
            grid=grid,
            n_scored=len(scored),
            n_validation=len(split.validation),
        )
        original = np.concatenate([surface_inputs, dataset.inputs[shown_train], dataset.inputs[scored]])
        self.inputs = dataset.input_scaler.apply(original)
        """Rows the network is asked about, ``(n_rows, n_inputs)``, standardised."""

    def _kind(self) -> FitKind:
        dataset = self._dataset
        if dataset.n_inputs == 1:
            return "curve"
        if dataset.n_inputs == 2 and dataset.input_groups[0] != dataset.input_groups[1]:
            return "map"
        return "roc" if dataset.task == "classification" else "parity"

    def _grid(self, kind: FitKind) -> Float64s:
        if kind not in ("curve", "map"):
            return np.empty((0, 0))
        n_points = N_CURVE_POINTS if kind == "curve" else N_MAP_SIDE
        lows, highs = self._dataset.inputs.min(axis=0), self._dataset.inputs.max(axis=0)
        margins = np.where(highs > lows, 0.06 * (highs - lows), 0.5)
        return np.linspace(lows - margins, highs + margins, n_points).T

    def _surface_inputs(self, kind: FitKind, grid: Float64s) -> Float64s:
        if kind == "curve":
            return grid.T
        if kind == "map":
            across, up = np.meshgrid(grid[0], grid[1])
            return np.column_stack([across.ravel(), up.ravel()])
        return np.empty((0, self._dataset.n_inputs))

    def frame(self, outputs: Float64s) -> FitFrame:
        """``outputs`` ``(n_rows,)`` of the network for ``inputs``: standardised target, or log-odds."""
        dataset, scene = self._dataset, self.scene
        is_regression = dataset.task == "regression"
        values = dataset.target_scaler.invert(outputs[:, np.newaxis])[:, 0] if is_regression else sigmoid(outputs)
        surface = values[: self._n_surface]
        train = values[self._n_surface : self._n_surface + self._n_train]
        scored = values[self._n_surface + self._n_train :]
        roc = (np.empty(0), np.empty(0))
        if is_regression:
            score, auroc = r_squared(self._scored_targets, scored), float("nan")
        else:
            # Probabilities round to exactly 1 far out, which would make ties of different rows.
            logits = outputs[self._n_surface + self._n_train :]
            score = accuracy(self._scored_targets, logits)
            auroc = area_under_roc(self._scored_targets, logits)
            if scene.kind == "roc":
                roc = roc_curve(self._scored_targets, logits)
        return FitFrame(
            surface=surface.reshape(N_MAP_SIDE, N_MAP_SIDE) if scene.kind == "map" else surface,
            train_predictions=train,
            validation_predictions=scored[self._shown],
            roc=roc,
            score=score,
            auroc=auroc,
        )
