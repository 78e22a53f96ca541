"""What models say of their rows: losses, gradients and outputs, as pure functions of their parameters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import wait
from itertools import pairwise

import numpy as np
from numpy.typing import DTypeLike

from regdesk.core.engine import kernels
from regdesk.core.model.losses import Loss
from regdesk.core.model.network import Network
from regdesk.core.training.cores import Cores, Scratch, shares_rows
from regdesk.core.training.row_sharing import RowSharing
from regdesk.core.training.stack_arrays import Rows, layout_of, padded, problem_of
from regdesk.core.types import Float64s, Floats

PARTS_PER_THREAD = 4
"""Several, so that a thread that the system has held up, or whose models diverged, leaves the rest to others."""


class RowPasses:
    """Passes over the rows of K models of one network shape; nothing of it changes, and any thread may call it.

    Attributes:
        layout, problem: network and rows as the engine reads them.
        bounds: where the parts begin and end that threads take of the models, ``(n_parts + 1,)``.
        row_sharing: of one model with many rows these are shared, of several models the models; None for those.
    """

    def __init__(
        self, network: Network, loss: Loss, rows: Rows, n_models: int, dtype: DTypeLike, cores: Cores | None = None
    ) -> None:
        """``cores`` None works in the calling thread; otherwise calls need their executor."""
        self.network, self.dtype, self.n_models = network, np.dtype(dtype), n_models
        self.layout = layout_of(network, loss, self.dtype)
        self.problem = problem_of(rows, self.dtype)
        n_parts = 1 if cores is None else min(n_models, PARTS_PER_THREAD * cores.n_threads)
        self.bounds: Sequence[int] = np.linspace(0, n_models, n_parts + 1).astype(np.int64).tolist()
        self._cores, self._scratch = cores, Scratch(network, self.dtype)
        self.row_sharing: RowSharing | None = None
        if cores is not None and n_models == 1 and shares_rows(rows.inputs.shape[1]):
            self.row_sharing = RowSharing(self.layout, self.problem, self._scratch, cores)

    def losses(self, parameters: Floats) -> Float64s:
        """Mean training and validation loss, ``(n_models, 2)``; NaN where there are no rows.

        ``parameters`` ``(n_models, n_parameters)``, in ``dtype``, here and below; the engine takes none that may not be
        written to, and writes to none.
        """
        if self.row_sharing is not None:
            return self.row_sharing.losses(parameters)
        losses: Float64s = np.empty((self.n_models, 2))
        self._measure(parameters, losses, parameters[:0])
        return losses

    def gradients(self, parameters: Floats) -> Floats:
        """∇ of the mean training loss, ``(n_models, n_parameters)``, over all training rows."""
        if self.row_sharing is not None and self.row_sharing.has_parts:
            return self.row_sharing.gradient(parameters, False)[0][np.newaxis]
        gradients: Floats = np.empty_like(parameters)
        self._measure(parameters, np.empty((0, 2)), gradients)
        return gradients

    def _measure(self, parameters: Floats, losses: Float64s, gradients: Floats) -> None:
        def measure(first: int, last: int) -> None:
            with self._scratch.piece() as work:
                kernels.measure(
                    self.layout, self.problem, parameters, work, first, last, losses, gradients, False, False
                )

        self.share(measure)

    def share(self, call: Callable[[int, int], None]) -> None:
        """``call`` on every part of the models, on all threads at once; waits for them, raises the first error."""
        if self._cores is None or len(self.bounds) == 2:
            for part in pairwise(self.bounds):
                call(*part)
            return
        futures = [self._cores.executor.submit(call, *part) for part in pairwise(self.bounds)]
        wait(futures)
        for future in futures:
            future.result()

    def predict(self, parameters: Floats, columns: Floats, n_rows: int) -> Float64s:
        """Outputs ``(n_rows, n_outputs)`` of one model, ``(n_parameters,)``, for ``columns`` made by ``columns_of``."""
        n_padded = padded(n_rows)
        outputs = np.empty((self.network.sizes[-1], n_padded), dtype=self.dtype)
        with self._scratch.piece() as work:
            kernels.predict(self.layout, parameters, columns, n_padded, work, outputs)
        return outputs[:, :n_rows].T.astype(np.float64, order="C")
