"""What the panels are told of the data when a run begins: names and numbers that stand still."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.model.dataset import Dataset
from regdesk.core.types import Task
from regdesk.core.weights.names import inputs_named


@dataclass(frozen=True)
class RunScene:
    """Names in the user's words and the sizes of the parts.

    Attributes:
        input_names: ``(n_inputs,)`` after encoding, such as ``age`` or ``colour=red``.
        column_names: ``(n_inputs,)``, the column that each of them comes from.
        classes: labels as written in the file; empty for regression.
        n_train, n_validation: rows of each part, which count as much as they weigh.
        is_standardized, is_target_standardized: whether the inputs and the target are.
        is_weighted: rows have weights of their own.
        input_scales: ``(n_inputs,)``, what each input is divided by where it is standardised; empty where none is.
        target_scale: the same of the target, else 1.
    """

    dataset_name: str
    input_names: tuple[str, ...]
    column_names: tuple[str, ...]
    target: str
    task: Task
    classes: tuple[str, ...]
    n_train: float
    n_validation: float
    is_standardized: bool
    is_target_standardized: bool
    is_weighted: bool = False
    input_scales: tuple[float, ...] = ()
    target_scale: float = 1.0

    @property
    def output_names(self) -> tuple[str, ...]:
        """One name for each output of the model: the classes where there are more than two, else the target."""
        return self.classes if len(self.classes) > 2 else (self.target,)

    def inputs_named(self, name: str) -> tuple[int, ...]:
        """Numbers of the input of that name; where it is that of a column, of all its inputs; empty for neither."""
        return inputs_named(name, self.input_names, self.column_names)


def run_scene_of(dataset: Dataset) -> RunScene:
    """The scene of ``dataset``."""
    is_standardized = _is_scaled(dataset.input_scaler.mean, dataset.input_scaler.scale)
    return RunScene(
        dataset_name=dataset.name,
        input_names=dataset.input_names,
        column_names=tuple(dataset.features[group] for group in dataset.input_groups.tolist()),
        target=dataset.target,
        task=dataset.task,
        classes=dataset.classes,
        n_train=dataset.n_counted(dataset.split.train),
        n_validation=dataset.n_counted(dataset.split.validation),
        is_standardized=is_standardized,
        is_target_standardized=_is_scaled(dataset.target_scaler.mean, dataset.target_scaler.scale),
        is_weighted=dataset.row_weights is not None,
        input_scales=tuple(dataset.input_scaler.scale.tolist()) if is_standardized else (),
        target_scale=float(dataset.target_scaler.scale[0]) if dataset.task == "regression" else 1.0,
    )


def _is_scaled(mean: np.ndarray, scale: np.ndarray) -> bool:
    return bool(np.any(mean != 0.0) or np.any(scale != 1.0))
