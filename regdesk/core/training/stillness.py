"""How a linear model that was put at its minimum is kept there."""

from __future__ import annotations

import numpy as np

from regdesk.core.model.dataset import Dataset
from regdesk.core.model.losses import Loss
from regdesk.core.types import TrainSettings

STILL_RESIDUAL = 1e-6
STILL_FACTOR = 10.0
"""A model that was put at its minimum takes steps of a tenth of what it could: they are made of rounding."""


def still_metric(dataset: Dataset, loss: Loss, settings: TrainSettings, kkt_residual: float) -> float:
    """The least metric of the optimiser by which a linear model stays at its minimum; 0 where it is at none.

    ``loss`` is that of the training rows of ``dataset``, and ``kkt_residual`` that of the model under ``settings``.
    """
    if not kkt_residual <= STILL_RESIDUAL:
        return 0.0
    inputs = dataset.standardized_inputs(dataset.split.train)
    if loss.shares is not None:
        inputs = np.sqrt(loss.shares)[:, np.newaxis] * inputs
    # What bounds the second derivatives of the mean loss.
    curvature = loss.curvature_bound * (1.0 + float(np.square(inputs).sum()) / len(inputs))
    return STILL_FACTOR * settings.learning_rate * curvature
