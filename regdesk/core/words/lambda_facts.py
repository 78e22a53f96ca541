"""What one has to know of a fit to say what its λ is for another program, and what is said."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from regdesk.core.model.dataset import Dataset
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, PenaltyKind, Task


@dataclass(frozen=True)
class LambdaTranslation:
    """A λ in the words of another program.

    Attributes:
        program: such as glmnet.
        name: what the number is called there.
        value: None where there is none, and ``note`` says why.
        snippet: two lines that fit the same model, or begin to; empty without a value.
        note: what they take for granted.
    """

    program: str
    name: str
    value: float | None
    snippet: str
    note: str


@dataclass(frozen=True)
class LambdaFacts:
    """J of a fit, as far as a translation depends on it: J = mean loss + λ R(W), on the training rows.

    Attributes:
        n_classes: 0 for regression.
        n_rows: training rows; ``n_counted`` is the sum of their weights, the same where each counts once.
        target_scale: s, the target's standard deviation, whether it was divided by it or not; 1 of classes.
        is_target_scaled, are_inputs_scaled: whether these were standardised.
        has_factors: some weights are pressed on more than others; ``mean_factor`` is the mean over the inputs.
        are_inputs_columns: every column is one input, so that a group of the group lasso is what leaves one input.
        penalty: ``none`` where λ is 0 as well; ``l1`` for a group lasso whose groups are single weights.
        l1_share: of the elastic net.
        batch_rows: rows of a step.
    """

    task: Task
    n_classes: int
    n_rows: int
    n_counted: float
    is_weighted: bool
    target_scale: float
    is_target_scaled: bool
    are_inputs_scaled: bool
    has_factors: bool
    mean_factor: float
    are_inputs_columns: bool
    architecture: Architecture
    penalty: PenaltyKind
    lam: float
    l1_share: float
    batch_rows: int

    @classmethod
    def of(cls, dataset: Dataset, configuration: Configuration) -> LambdaFacts:
        """Of a fit of ``dataset``."""
        settings, train = configuration.training, dataset.split.train
        factors = dataset.input_factors or (1.0,) * dataset.n_inputs
        are_columns = len(set(dataset.input_groups.tolist())) == dataset.n_inputs
        penalty = settings.penalty if settings.effective_lam > 0.0 else "none"
        if penalty == "group-lasso" and are_columns and configuration.architecture.is_linear and dataset.n_outputs == 1:
            penalty = "l1"
        return cls(
            task=dataset.task,
            n_classes=len(dataset.classes),
            n_rows=len(train),
            n_counted=float(dataset.n_counted(train)),
            is_weighted=dataset.row_weights is not None,
            target_scale=_deviation(dataset),
            is_target_scaled=configuration.data.standardize_target and dataset.task == "regression",
            are_inputs_scaled=configuration.data.standardize,
            has_factors=len(set(factors)) > 1 or factors[0] != 1.0,
            mean_factor=math.fsum(factors) / len(factors),
            are_inputs_columns=are_columns,
            architecture=configuration.architecture,
            penalty=penalty,
            lam=settings.effective_lam,
            l1_share=settings.effective_l1_ratio if penalty == settings.penalty else 1.0,
            batch_rows=min(settings.batch_size, len(train)) or len(train),
        )

    @property
    def is_regression(self) -> bool:
        return self.task == "regression"


def _deviation(dataset: Dataset) -> float:
    if dataset.task == "classification":
        return 1.0
    rows = dataset.split.train
    return float(Standardizer.fit(dataset.targets[rows, np.newaxis], dataset.weights_of(rows)).scale[0])


def said(program: str, numbers: dict[str, float], snippet: str, note: str) -> list[LambdaTranslation]:
    """One for each of ``numbers`` by its name. One beyond double precision is none, and has no snippet."""
    are_numbers = all(map(math.isfinite, numbers.values()))
    return [
        LambdaTranslation(program, name, value if math.isfinite(value) else None, snippet if are_numbers else "", note)
        for name, value in numbers.items()
    ]


def nothing(program: str, why: str) -> list[LambdaTranslation]:
    """That ``program`` has no number for it, and ``why``."""
    return [LambdaTranslation(program, "", None, "", why)]
