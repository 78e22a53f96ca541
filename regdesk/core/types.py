"""The values that describe a run: frozen, typed, complete.

``Architecture`` and ``DataSettings`` are the *shape* of the problem (a change makes a new run);
``TrainSettings`` is its *pressure* (a change acts on the running model and touches no weight).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Booleans = NDArray[np.bool_]
Float64s = NDArray[np.float64]
Integers = NDArray[np.int64]
Counts = Integers | Float64s
"""Of rows: whole numbers, or sums of their weights."""

PenaltyKind = Literal["none", "l1", "l2", "elastic-net", "group-lasso"]
ActivationKind = Literal["tanh", "relu"]
OptimizerKind = Literal["adam", "momentum", "sgd"]
Task = Literal["regression", "classification"]
TaskChoice = Literal["auto", "regression", "classification"]
MissingPolicy = Literal["impute", "drop", "level"]
SplitPart = Literal["train", "validation", "test"]
ColumnRole = Literal["target", "feature", "ignored", "identifier", "fold", "split", "weight"]

PENALTIES: tuple[PenaltyKind, ...] = ("none", "l1", "l2", "elastic-net", "group-lasso")
ACTIVATIONS: tuple[ActivationKind, ...] = ("tanh", "relu")
OPTIMIZERS: tuple[OptimizerKind, ...] = ("adam", "momentum", "sgd")
SPLIT_PARTS: tuple[SplitPart, ...] = ("train", "validation", "test")
FEATURE_ROLES: tuple[ColumnRole, ...] = ("feature", "ignored", "identifier")
"""Roles that several columns may have; of the others each is one column's."""
EVERY_DATE = "all"
"""Said instead of names: the parts of every column of dates."""
COLUMN_ROLES: tuple[ColumnRole, ...] = ("target", "feature", "ignored", "identifier", "fold", "split", "weight")

LAMBDA_MAXIMUM = 1e12
LEARNING_RATE_RANGE = (1e-5, 1.0)
FULL_BATCH = 0
LARGEST_BATCH = 10**9
MOST_LAYERS, MOST_UNITS = 10, 1024
"""Hidden layers, and units of each."""
MOST_EPOCHS = 10**9
MOST_LAMBDAS, MOST_FOLDS, MOST_STARTS = 10_000, 100_000, 10_000
"""Of a sweep; more would end in no memory, or in no lifetime."""
LEAST_FACTOR, LARGEST_FACTOR = 1e-9, 1e9
"""Of a penalty, besides 0: beyond them λ times the factor may leave all numbers."""
LINEAR_TOLERANCE = 1e-8
NETWORK_TOLERANCE = 1e-5
"""KKT residuals at which a live model is announced as converged, and a fit ends."""
DEFAULT_STEPS_PER_SECOND = 1000.0
"""The pace of the window: slow enough to watch a change of λ play out."""


@dataclass(frozen=True)
class Architecture:
    """Layers of a network; no hidden layer is linear or logistic regression."""

    hidden: tuple[int, ...] = (16, 16)
    activation: ActivationKind = "tanh"

    @property
    def is_linear(self) -> bool:
        return not self.hidden


def training_dtype(architecture: Architecture) -> np.dtype[np.float32 | np.float64]:
    """float64 for linear models, float32 for networks.

    Measured at 16-16 tanh: a float32 step takes half the time (n = 200: 8.5 against 17.6 µs, n = 1000: 43 against
    91 µs) and ends at the same losses to six digits.
    """
    return np.dtype(np.float64 if architecture.is_linear else np.float32)


@dataclass(frozen=True)
class TrainSettings:
    """What presses on a running model.

    ``lam`` is λ of J = data loss + λ R(W). ``batch_size`` is a number of rows, or ``FULL_BATCH``.
    """

    penalty: PenaltyKind = "l2"
    lam: float = 0.01
    l1_ratio: float = 0.5
    optimizer: OptimizerKind = "adam"
    learning_rate: float = 0.01
    batch_size: int = FULL_BATCH

    @property
    def effective_lam(self) -> float:
        """λ as it acts: 0 when there is no penalty."""
        return 0.0 if self.penalty == "none" else self.lam

    @property
    def effective_l1_ratio(self) -> float:
        """Share of L1 in a penalty on single weights: 1 for L1, 0 for L2. Not used by the group lasso."""
        return self.l1_ratio if self.penalty == "elastic-net" else float(self.penalty == "l1")

    @property
    def makes_zeros(self) -> bool:
        """Whether a proximal step can set a weight to exactly 0; L2 only shrinks weights, at last below its dtype."""
        return self.effective_lam > 0.0 and (self.penalty == "group-lasso" or self.effective_l1_ratio > 0.0)


@dataclass(frozen=True)
class DataSettings:
    """How a table becomes a dataset. ``features`` None means every column that can be used.

    ``split_true`` is the part that true or 1 stands for in a split column of true and false; None: what its name says.
    ``roles`` are pairs of a column and feature, ignored or identifier, where that differs from ``features``.
    ``penalty_factors`` are pairs of a column and what multiplies the penalty of all weights that leave it; 1 of others.
    ``weight_column`` says how much each row counts; a row of weight 2 is as good as two, one of weight 0 is not there.
    ``date_parts`` are columns of dates whose month and weekday are features, too; ("all",) those of every such column.
    ``cells`` are those that are others than in the file, as pairs of row and column and of what is in them
    (``12:size``, ``3.5``); rows behind the last one of the file are added, and train.
    ``degree`` is the largest power of each number that is an input, beside all smaller ones; 1: the number alone.
    """

    target: str | None = None
    features: tuple[str, ...] | None = None
    task: TaskChoice = "auto"
    missing: MissingPolicy = "impute"
    standardize: bool = True
    standardize_target: bool = True
    validation_fraction: float = 0.25
    test_fraction: float = 0.0
    split_column: str | None = None
    split_true: SplitPart | None = None
    fold_column: str | None = None
    penalty_factors: tuple[tuple[str, float], ...] = ()
    weight_column: str | None = None
    roles: tuple[tuple[str, ColumnRole], ...] = ()
    date_parts: tuple[str, ...] = ()
    degree: int = 1
    cells: tuple[tuple[str, str], ...] = ()
