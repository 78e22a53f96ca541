"""Second derivatives of log-loss and softmax of a linear model."""

from __future__ import annotations

import numpy as np

from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s


def class_hessian(
    rows: Float64s,
    probabilities: Float64s,
    n_outputs: int,
    stop: Stop | None = None,
    shares: Float64s | None = None,
) -> Float64s:
    """Second derivatives of the mean loss by the coefficients of ``rows`` ``(n_rows, n_columns)``, column-major.

    ``probabilities`` ``(n_rows, n_classes)``; the result ``(n_columns * n_outputs, n_columns * n_outputs)``. ``shares``
    are those of the loss, by which each row counts. Raises Stopped soon after ``stop`` says so.
    """
    n_rows, n_columns = rows.shape
    if n_outputs == 1:
        spread = probabilities[:, 0] * probabilities[:, 1]
        return np.asarray(_products(rows, spread if shares is None else shares * spread) / n_rows)
    blocks = np.empty((n_columns, n_outputs, n_columns, n_outputs))
    for one in range(n_outputs):
        for other in range(one + 1):
            both, sign = probabilities[:, one], 1.0
            if one == other:
                both = both * (1.0 - both)
            else:
                both, sign = both * probabilities[:, other], -1.0
            if stop is not None:
                stop.check()
            block = _products(rows, both if shares is None else shares * both) * (sign / n_rows)
            blocks[:, one, :, other] = blocks[:, other, :, one] = block
    return blocks.reshape(n_columns * n_outputs, n_columns * n_outputs)


def _products(rows: Float64s, weights: Float64s) -> Float64s:
    """Σ w x xᵀ over the rows, for weights w from 0 on: as a product with its own transpose it takes half the time."""
    weighed = rows * np.sqrt(weights)[:, np.newaxis]
    return np.asarray(weighed.T @ weighed)
