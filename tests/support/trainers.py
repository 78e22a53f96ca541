"""A live model of few rows, for tests of what is seen of it."""

from __future__ import annotations

import numpy as np
from core_problems import make_dataset

from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, TrainSettings

SETTINGS = TrainSettings("elastic-net", 0.05, 0.4, "adam", 0.01, 16)


def make_trainer(hidden=(6,), n_rows=50, n_classes=0):
    """Of a regression, or of ``n_classes`` classes; the second and third input are one column."""
    generator = np.random.default_rng(1)
    inputs = generator.normal(size=(n_rows, 3))
    if n_classes:
        targets = np.arange(n_rows) % n_classes * 1.0
        return Trainer(
            make_dataset(inputs, targets, "classification", n_rows // 5, groups=(0, 1, 1)), Architecture(hidden), 3
        )
    return Trainer(make_dataset(inputs, inputs @ [1.0, 2.0, 0.0], "regression", n_rows // 5), Architecture(hidden), 3)
