"""Which picture suits the data, the rows it asks the network about, and what becomes of the answers."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from regdesk.core.dataset import Dataset
from regdesk.core.fit_scene import FitFrame, FitKind, FitScene
from regdesk.core.losses import class_probabilities, sigmoid
from regdesk.core.metrics import (
    accuracy,
    area_under_roc,
    classification_scores,
    confusion_matrix,
    predicted_classes,
    r_squared,
    roc_curve,
)
from regdesk.core.types import Float64s, Integers

Value = TypeVar("Value", bound=np.generic)

N_CURVE_POINTS = 241
N_MAP_SIDE = 81
MAX_SHOWN_ROWS = 1_000
MAX_MOVING_ROWS = 500
"""Of each part, where every point moves with every frame: 500 more cost 3 ms a frame."""
MAX_SCORED_ROWS = 20_000
"""Divided by the number of outputs: each has a ROC of its own, and all of them are sorted at every frame."""
NO_CLASSES: Integers = np.empty((0, 0), dtype=np.int64)


class FitView:
    """Chooses the rows to ask the network about, and turns its outputs into a ``FitFrame``."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        split = dataset.split
        kind = self._kind()
        most = MAX_MOVING_ROWS if kind == "parity" else MAX_SHOWN_ROWS
        # Rows stand in shuffled order, so the first of them are a fair sample.
        shown_train = split.train[:most]
        if kind == "confusion" and not len(split.validation):
            shown_train = split.train[: MAX_SCORED_ROWS // dataset.n_outputs]
        scored = split.validation[: MAX_SCORED_ROWS // dataset.n_outputs]
        self._scored_targets = dataset.targets[scored]
        self._shown = np.linspace(0, len(scored) - 1, min(len(scored), most)).astype(np.int64)
        shown_validation = scored[self._shown]
        grid = self._grid(kind)
        surface_inputs = self._surface_inputs(grid)
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
        has_classes = dataset.n_outputs > 1
        if dataset.n_inputs == 1:
            return "class-curves" if has_classes else "curve"
        if dataset.n_inputs == 2 and dataset.input_groups[0] != dataset.input_groups[1]:
            return "class-map" if has_classes else "map"
        if has_classes:
            return "confusion"
        return "roc" if dataset.task == "classification" else "parity"

    def _grid(self, kind: FitKind) -> Float64s:
        if kind not in ("curve", "map", "class-curves", "class-map"):
            return np.empty((0, 0))
        n_points = N_CURVE_POINTS if self._dataset.n_inputs == 1 else N_MAP_SIDE
        lows, highs = self._dataset.inputs.min(axis=0), self._dataset.inputs.max(axis=0)
        margins = np.where(highs > lows, 0.06 * (highs - lows), 0.5)
        return np.linspace(lows - margins, highs + margins, n_points).T

    def _surface_inputs(self, grid: Float64s) -> Float64s:
        if not grid.size:
            return np.empty((0, self._dataset.n_inputs))
        if len(grid) == 1:
            return grid.T
        across, up = np.meshgrid(grid[0], grid[1])
        return np.column_stack([across.ravel(), up.ravel()])

    def frame(self, outputs: Float64s) -> FitFrame:
        """``outputs`` ``(n_rows, n_outputs)`` for ``inputs``: the standardised target, log-odds, or logits."""
        return self._frame_of_classes(outputs) if outputs.shape[1] > 1 else self._frame_of_one(outputs[:, 0])

    def _frame_of_one(self, outputs: Float64s) -> FitFrame:
        dataset, scene = self._dataset, self.scene
        is_regression = dataset.task == "regression"
        values = dataset.target_scaler.invert(outputs[:, np.newaxis])[:, 0] if is_regression else sigmoid(outputs)
        surface, train, scored = self._parts(values)
        roc = (np.empty(0), np.empty(0))
        if is_regression:
            score, auroc = r_squared(self._scored_targets, scored), float("nan")
        else:
            # Probabilities round to exactly 1 far out, which would make ties of different rows.
            logits = self._parts(outputs)[2]
            score = accuracy(self._scored_targets, logits)
            auroc = area_under_roc(self._scored_targets, logits)
            if scene.kind == "roc":
                roc = roc_curve(self._scored_targets, logits)
        return FitFrame(
            surface=surface.reshape(N_MAP_SIDE, N_MAP_SIDE) if scene.kind == "map" else surface,
            surface_classes=NO_CLASSES,
            train_predictions=train,
            validation_predictions=scored[self._shown],
            roc=roc,
            confusion=NO_CLASSES,
            score=score,
            auroc=auroc,
        )

    def _frame_of_classes(self, outputs: Float64s) -> FitFrame:
        scene, n_classes = self.scene, outputs.shape[1]
        surface_outputs, _, scored_outputs = self._parts(outputs)
        likeliest, train, scored = self._parts(predicted_classes(outputs))
        surface: Float64s = np.empty(0)
        surface_classes, confusion = NO_CLASSES, NO_CLASSES
        if scene.kind == "class-curves":
            surface = class_probabilities(surface_outputs)
        elif scene.kind == "class-map":
            # 1/Σ e^(zⱼ − z_largest): a tenth of the time of the softmax of all classes.
            largest = surface_outputs[np.arange(len(likeliest)), likeliest]
            sums = np.exp(surface_outputs - largest[:, np.newaxis]) @ np.ones(n_classes)
            surface = (1.0 / sums).reshape(N_MAP_SIDE, N_MAP_SIDE)
            surface_classes = likeliest.reshape(N_MAP_SIDE, N_MAP_SIDE)
        elif scene.n_validation:
            confusion = confusion_matrix(self._scored_targets, scored, n_classes)
        else:
            confusion = confusion_matrix(scene.train_targets, train, n_classes)
        scores = classification_scores(self._scored_targets, scored_outputs)
        return FitFrame(
            surface=surface,
            surface_classes=surface_classes,
            train_predictions=train.astype(np.float64),
            validation_predictions=scored[self._shown].astype(np.float64),
            roc=(np.empty(0), np.empty(0)),
            confusion=confusion,
            score=scores.accuracy,
            auroc=scores.auroc,
        )

    def _parts(self, values: NDArray[Value]) -> tuple[NDArray[Value], NDArray[Value], NDArray[Value]]:
        """``values`` ``(n_rows, …)`` for ``inputs``, cut into those of surface, training and scored rows."""
        surface, train, scored = np.split(values, [self._n_surface, self._n_surface + self._n_train])
        return surface, train, scored
