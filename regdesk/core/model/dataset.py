"""A table made ready for training: encoded inputs, a target, a split, and the figures used to standardise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.model.losses import Loss, loss_for
from regdesk.core.model.row_weights import n_counted
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.types import Float64s, Integers, Task

if TYPE_CHECKING:
    from regdesk.core.fitted.encoding import Encoding


@dataclass(frozen=True)
class Split:
    """Row numbers of each part, into the dataset's rows, in the order in which they are trained on.

    The order is already a seeded shuffle, so neighbouring rows are unrelated. ``how`` says in words where the
    parts come from, such as "drawn with seed 0" or "as is_test says: is_test = 1: test, 141 rows; …".
    """

    train: Integers
    validation: Integers
    test: Integers
    how: str = ""


@dataclass(frozen=True)
class Dataset:
    """Encoded rows in original units, with what is needed to standardise them.

    Attributes:
        name: what the user calls it: the file's name, or the sample's.
        inputs: ``(n_rows, n_inputs)``, missing cells imputed, categories as zeros and ones.
        targets: ``(n_rows,)``; original units for regression, the class's index for classification.
        input_names: ``(n_inputs,)`` such as ``age`` or ``colour=red``.
        input_groups: ``(n_inputs,)``, the number of the column that each input comes from.
        features: names of the columns that the groups stand for, ``(n_features,)``.
        classes: labels as written in the file, sorted; empty for regression.
        input_scaler: fitted on the training rows (the identity when not standardising).
        target_scaler: one column; the identity for classes.
        notes: sentences for the user on what was done (imputed, left out, standardised).
        labels: of each feature the labels that its inputs tell apart, sorted: none for a number; of two the one input
            is 1 for the second; of three and more each has an input. Empty: all features are numbers.
        label_names: what inputs of ``labels`` are called, as ``input_names`` are; empty: as the column and the label.
        penalty_factors: ``(n_features,)``, what multiplies the penalty of all weights that leave a column; empty: 1.
        encoding: how cells became inputs, and outputs become predictions; None for data that come from no file.
        row_lines: ``(n_rows,)``, the line of the file on which each row starts, from 1; empty for such data.
        row_weights: ``(n_rows,)``, how much each row counts (``row_weights.py``); None where each counts once.
        changed_cells: those that are others than in the file, as ``DataSettings.cells``.
    """

    name: str
    inputs: Float64s
    targets: Float64s
    split: Split
    task: Task
    target: str
    features: tuple[str, ...]
    input_names: tuple[str, ...]
    input_groups: Integers
    classes: tuple[str, ...]
    input_scaler: Standardizer
    target_scaler: Standardizer
    notes: tuple[str, ...] = ()
    labels: tuple[tuple[str, ...], ...] = ()
    label_names: tuple[tuple[str, ...], ...] = ()
    encoding: Encoding | None = None
    row_lines: Integers = field(default_factory=lambda: np.empty(0, np.int64))
    penalty_factors: tuple[float, ...] = ()
    row_weights: Float64s | None = None
    changed_cells: tuple[tuple[str, str], ...] = ()

    @property
    def n_inputs(self) -> int:
        return len(self.input_names)

    @property
    def input_factors(self) -> tuple[float, ...]:
        """``(n_inputs,)``, the penalty factor of the column that each input comes from; empty where all are 1."""
        return (
            tuple(self.penalty_factors[group] for group in self.input_groups.tolist()) if self.penalty_factors else ()
        )

    @property
    def opposite_names(self) -> tuple[str, ...]:
        """What an input is 0 for, ``(n_inputs,)``: ``sex=F`` for the input ``sex=M``; empty where there is no such."""
        labels = self.labels or ((),) * len(self.features)
        names = self.label_names or tuple(
            tuple(f"{name}={label}" for label in own) for name, own in zip(self.features, labels, strict=True)
        )
        return tuple(names[group][0] if len(names[group]) == 2 else "" for group in self.input_groups.tolist())

    @property
    def n_outputs(self) -> int:
        """1 for a number and for two classes (log-odds of the second), else one logit a class."""
        return len(self.classes) if len(self.classes) > 2 else 1

    def standardized_inputs(self, rows: Integers) -> Float64s:
        """Shape ``(len(rows), n_inputs)``, standardised."""
        return self.input_scaler.of_rows(self.inputs, rows)

    def standardized_targets(self, rows: Integers) -> Float64s:
        """Shape ``(len(rows),)``: standardised for regression, else the class's index."""
        return self.target_scaler.apply(self.targets[rows, np.newaxis])[:, 0]

    def weights_of(self, rows: Integers) -> Float64s | None:
        """How much each of ``rows`` counts, ``(len(rows),)``; None where each counts once."""
        return None if self.row_weights is None else self.row_weights[rows]

    def n_counted(self, rows: Integers) -> float:
        """How many rows ``rows`` count as, Σ of their weights."""
        return n_counted(self.weights_of(rows), len(rows))

    def loss_on(self, rows: Integers) -> Loss:
        """The loss of this task, of ``rows`` alone: with their weights it knows how much each of them counts."""
        return loss_for(self.task, self.n_outputs).weighed(self.weights_of(rows))
