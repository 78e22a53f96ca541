"""How curved the loss of a linear model is at most."""

from __future__ import annotations

import numpy as np

from regdesk.core.model.dataset import Dataset
from regdesk.core.model.losses import Loss


def curvature_bound(dataset: Dataset, loss: Loss) -> float:
    """What bounds the second derivatives of the mean ``loss`` of the training rows, standardised."""
    inputs = dataset.standardized_inputs(dataset.split.train)
    if loss.shares is not None:
        inputs = np.sqrt(loss.shares)[:, np.newaxis] * inputs
    return loss.curvature_bound * (1.0 + float(np.square(inputs).sum()) / len(inputs))
