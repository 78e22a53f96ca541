"""Which picture suits the data, the rows it asks the network about, and what becomes of the answers."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from regdesk.core.fit.scene import FitFrame, FitKind, FitScene, ScoresOfTwo
from regdesk.core.fit.slices import (
    SliceColumns,
    axis_positions,
    categories_of,
    is_plain,
    places_of,
    set_column,
    usual_row,
)
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.losses import class_probabilities, sigmoid
from regdesk.core.model.metrics import accuracy, classification_scores, confusion_matrix, predicted_classes, r_squared
from regdesk.core.model.ranking import Ranking, rank, rates_at_even_odds, score_counts
from regdesk.core.types import Counts, Float64s, Integers

Value = TypeVar("Value", bound=np.generic)

N_CURVE_POINTS = 241
N_MAP_SIDE = 81
MAX_SHOWN_ROWS = 1_000
MAX_MOVING_ROWS = 500
"""Of each part, where every point moves with every frame: 500 more cost 3 ms a frame."""
MAX_SCORED_ROWS = 20_000
"""Divided by the number of outputs: each has a ROC of its own, and all of them are sorted at every frame."""
MAX_RANKED_TRAINING_ROWS = 5_000
"""Of the thin curve beside the validation ROC."""
NO_CLASSES: Integers = np.empty((0, 0), dtype=np.int64)


class FitView:
    """Chooses the rows to ask the network about, and turns its outputs into a ``FitFrame``."""

    def __init__(self, dataset: Dataset, columns: SliceColumns = (), usual: Float64s | None = None) -> None:
        """``columns`` ask for a slice; one along a column that the model is not given is not made.

        ``usual`` ``(n_inputs,)`` is ``usual_row(dataset)`` where that is known already.
        """
        self._dataset = dataset
        self._usual = usual_row(dataset) if usual is None else usual
        split = dataset.split
        chosen = columns if set(columns) <= set(dataset.features) else ()
        kind = self._kind(chosen)
        axes = self._axes(kind, chosen)
        most = MAX_MOVING_ROWS if kind == "parity" else MAX_SHOWN_ROWS
        # Rows stand in shuffled order, so the first of them are a fair sample.
        shown_train = split.train[:most]
        if kind == "roc":
            shown_train = split.train[:MAX_RANKED_TRAINING_ROWS]
        if kind == "confusion" and not len(split.validation):
            shown_train = split.train[: MAX_SCORED_ROWS // dataset.n_outputs]
        scored = split.validation[: MAX_SCORED_ROWS // dataset.n_outputs]
        self._scored_targets, self._scored_weights = dataset.targets[scored], dataset.weights_of(scored)
        self._train_weights = dataset.weights_of(shown_train)
        self._shown = np.linspace(0, len(scored) - 1, min(len(scored), most)).astype(np.int64)
        shown_validation = scored[self._shown]
        n_points = N_CURVE_POINTS if len(axes) == 1 else N_MAP_SIDE
        grid = tuple(axis_positions(dataset, column, n_points, len(axes) == 1) for column in axes)
        surface_inputs = self._surface_inputs(axes, grid)
        self.n_surface, self.n_train = len(surface_inputs), len(shown_train)
        self.scene = FitScene(
            kind=kind,
            dataset_name=dataset.name,
            target=dataset.target,
            columns=dataset.features,
            slice_columns=chosen,
            axis_names=tuple(dataset.features[column] for column in axes),
            axis_categories=tuple(categories_of(dataset, column) for column in axes),
            classes=dataset.classes,
            train_places=self._places(axes, shown_train),
            train_targets=dataset.targets[shown_train],
            validation_places=self._places(axes, shown_validation),
            validation_targets=dataset.targets[shown_validation],
            grid=grid,
            n_scored=len(scored),
            n_validation=len(split.validation),
            n_train=len(split.train),
            categorical=tuple(name for k, name in enumerate(dataset.features) if categories_of(dataset, k)),
            n_weighed=None if dataset.row_weights is None else dataset.n_counted(scored),
            train_rows=shown_train,
            validation_rows=shown_validation,
            copy=dataset.changed_cells,
        )
        original = np.concatenate([surface_inputs, dataset.inputs[shown_train], dataset.inputs[scored]])
        self.inputs = dataset.input_scaler.apply(original)
        """Rows the network is asked about, ``(n_rows, n_inputs)``, standardised."""

    def with_slice(self, columns: SliceColumns) -> FitView:
        """The same data in another picture; itself where it is this one."""
        return self if columns == self.scene.slice_columns else FitView(self._dataset, columns, self._usual)

    def _kind(self, columns: SliceColumns) -> FitKind:
        dataset = self._dataset
        has_classes = dataset.n_outputs > 1
        n_columns = len(dataset.features)
        n_axes = len(columns) or (n_columns if all(is_plain(dataset, column) for column in range(n_columns)) else 0)
        if n_axes == 1:
            return "class-curves" if has_classes else "curve"
        if n_axes == 2:
            return "class-map" if has_classes else "map"
        if has_classes:
            return "confusion"
        return "roc" if dataset.task == "classification" else "parity"

    def _axes(self, kind: FitKind, columns: SliceColumns) -> list[int]:
        """Numbers of the columns along the axes."""
        if kind not in ("curve", "map", "class-curves", "class-map"):
            return []
        return [self._dataset.features.index(name) for name in columns or self._dataset.features]

    def _surface_inputs(self, axes: list[int], grid: tuple[Float64s, ...]) -> Float64s:
        positions = [one.ravel() for one in np.meshgrid(*grid)] if grid else [np.empty(0)]
        rows = np.tile(self._usual, (len(positions[0]), 1))
        for column, own in zip(axes, positions, strict=False):
            set_column(rows, self._dataset, column, own)
        return rows

    def _places(self, axes: list[int], rows: Integers) -> Float64s:
        places = [places_of(self._dataset, column, rows) for column in axes]
        return np.column_stack(places) if places else np.empty((len(rows), 0))

    def in_units(self, outputs: Float64s) -> Float64s:
        """``outputs`` ``(n_rows, 1)`` as they are drawn, ``(n_rows,)``: original units, or the second class's share."""
        if self._dataset.task == "regression":
            return self._dataset.target_scaler.invert(outputs)[:, 0]
        return sigmoid(outputs[:, 0])

    def frame(self, outputs: Float64s) -> FitFrame:
        """``outputs`` ``(n_rows, n_outputs)`` for ``inputs``: the standardised target, log-odds, or logits."""
        return self._frame_of_classes(outputs) if outputs.shape[1] > 1 else self._frame_of_one(outputs[:, 0])

    def _frame_of_one(self, outputs: Float64s) -> FitFrame:
        dataset, scene = self._dataset, self.scene
        is_regression = dataset.task == "regression"
        values = self.in_units(outputs[:, np.newaxis])
        surface, train, scored = self._parts(values)
        score, auroc, precision = (
            r_squared(self._scored_targets, scored, self._scored_weights),
            float("nan"),
            float("nan"),
        )
        two = None
        if not is_regression:
            # Probabilities round to exactly 1 far out, which would make ties of different rows.
            _, train_logits, logits = self._parts(outputs)
            score = accuracy(self._scored_targets, logits, self._scored_weights)
            ranking = rank(self._scored_targets, logits, self._scored_weights)
            auroc, precision = ranking.auroc, ranking.average_precision
            if scene.kind == "roc":
                two = self._scores_of_two(ranking, train_logits, logits)
        return FitFrame(
            surface=self._on_grid(surface) if scene.kind == "map" else surface,
            surface_classes=NO_CLASSES,
            train_predictions=train,
            validation_predictions=scored[self._shown],
            roc=(two.validation.false_positive, two.validation.true_positive) if two else (np.empty(0), np.empty(0)),
            confusion=NO_CLASSES,
            score=score,
            auroc=auroc,
            average_precision=precision,
            scores_of_two=two,
            scene=scene,
        )

    def _scores_of_two(self, validation: Ranking, train_logits: Float64s, logits: Float64s) -> ScoresOfTwo:
        is_of_training = not self.scene.n_validation
        targets, judged, weights = self._scored_targets, logits, self._scored_weights
        if is_of_training:
            targets, judged, weights = self.scene.train_targets, train_logits, self._train_weights
        return ScoresOfTwo(
            validation=validation,
            train=rank(self.scene.train_targets, train_logits, self._train_weights),
            even_odds=rates_at_even_odds(targets, judged, weights),
            counts=score_counts(targets, sigmoid(judged), weights),
            is_of_training=is_of_training,
        )

    def _on_grid(self, values: NDArray[Value]) -> NDArray[Value]:
        columns, rows = self.scene.grid
        return values.reshape(len(rows), len(columns))

    def _frame_of_classes(self, outputs: Float64s) -> FitFrame:
        scene, n_classes = self.scene, outputs.shape[1]
        surface_outputs, _, scored_outputs = self._parts(outputs)
        likeliest, train, scored = self._parts(predicted_classes(outputs))
        surface: Float64s = np.empty(0)
        surface_classes = NO_CLASSES
        confusion: Counts = NO_CLASSES
        if scene.kind == "class-curves":
            surface = class_probabilities(surface_outputs)
        elif scene.kind == "class-map":
            # 1/Σ e^(zⱼ − z_largest): a tenth of the time of the softmax of all classes.
            largest = surface_outputs[np.arange(len(likeliest)), likeliest]
            sums = np.exp(surface_outputs - largest[:, np.newaxis]) @ np.ones(n_classes)
            surface = self._on_grid(1.0 / sums)
            surface_classes = self._on_grid(likeliest)
        elif scene.n_validation:
            confusion = confusion_matrix(self._scored_targets, scored, n_classes, self._scored_weights)
        else:
            confusion = confusion_matrix(scene.train_targets, train, n_classes, self._train_weights)
        scores = classification_scores(self._scored_targets, scored_outputs, self._scored_weights)
        return FitFrame(
            surface=surface,
            surface_classes=surface_classes,
            train_predictions=train.astype(np.float64),
            validation_predictions=scored[self._shown].astype(np.float64),
            roc=(np.empty(0), np.empty(0)),
            confusion=confusion,
            score=scores.accuracy,
            auroc=scores.auroc,
            average_precision=scores.average_precision,
            scene=scene,
        )

    def _parts(self, values: NDArray[Value]) -> tuple[NDArray[Value], NDArray[Value], NDArray[Value]]:
        """``values`` ``(n_rows, …)`` for ``inputs``, cut into those of surface, training and scored rows."""
        surface, train, scored = np.split(values, [self.n_surface, self.n_surface + self.n_train])
        return surface, train, scored
