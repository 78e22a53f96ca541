"""The rows of one model shared out between threads, in parts whose sums are added up in order.

Parts are fixed (``engine/row_parts.py``), whichever thread takes one and when: numbers are the same with any number of
threads, and those of the engine alone.
"""

from __future__ import annotations

from concurrent.futures import wait

import numpy as np

from regdesk.core.engine import kernels, structs
from regdesk.core.training.cores import Cores, Scratch
from regdesk.core.types import Float64s, Floats

TURNS_PER_THREAD = 4
"""Several, so that a thread which the system has held up leaves the rest to others."""


class RowSharing:
    """Sums over all rows of a stack of one model, on several threads at once."""

    def __init__(self, layout: structs.Layout, problem: structs.Problem, scratch: Scratch, cores: Cores) -> None:
        """``problem`` has more than ``structs.ROWS_IN_ONE`` rows."""
        self._layout, self._problem = layout, problem
        self._scratch, self._cores = scratch, cores

    @property
    def has_parts(self) -> bool:
        """Whether the training rows are so many that gradients are summed in parts."""
        return bool(self._problem.n_active[0] > structs.ROWS_IN_ONE)

    def gradient(self, parameters: Floats, want_loss: bool) -> tuple[Floats, float]:
        """∇ of the mean training loss ``(n_parameters,)``, and that loss if it is wanted, else 0.

        ``parameters`` ``(1, n_parameters)``.
        """
        n_parts = -(-int(self._problem.n_active[0]) // structs.PART_ROWS)
        losses: Float64s = np.zeros((n_parts, 2))
        gradients = np.empty((n_parts, parameters.shape[1]), dtype=parameters.dtype)
        self._measure(n_parts, parameters, losses, gradients, want_loss)
        total = gradients[0]
        for one in gradients[1:]:
            total += one
        return total, sum(losses[:, 0].tolist())

    def losses(self, parameters: Floats) -> Float64s:
        """Mean training and validation loss, ``(1, 2)``; NaN where there are no rows."""
        problem = self._problem
        n_parts = -(-problem.n_padded // structs.PART_ROWS)
        losses: Float64s = np.empty((n_parts, 2))
        self._measure(n_parts, parameters, losses, parameters[:0], False)
        training, validation = (sum(column) for column in losses.T.tolist())
        with np.errstate(invalid="ignore"):
            return np.array([[training, validation] / np.array([problem.train_total[0], problem.validation_total[0]])])

    def _measure(self, n_parts: int, parameters: Floats, losses: Float64s, gradients: Floats, want_loss: bool) -> None:
        """Every part once, by whichever thread is free; raises the first error."""
        length = -(-n_parts // (TURNS_PER_THREAD * self._cores.n_threads))
        turns = iter(range(0, n_parts, length))

        def take_turns() -> None:
            # One iterator for all threads: a step of it is one instruction under Python's lock.
            with self._scratch.piece() as work:
                for first in turns:
                    last = min(first + length, n_parts)
                    kernels.measure(
                        self._layout, self._problem, parameters, work, first, last, losses, gradients, True, want_loss
                    )

        futures = [self._cores.executor.submit(take_turns) for _ in range(self._cores.n_threads)]
        wait(futures)
        for future in futures:
            future.result()
