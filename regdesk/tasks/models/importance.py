"""What the variables table asks of the validation rows."""

from __future__ import annotations

from collections.abc import Callable

from regdesk.core.fitted.permutation import permuted_losses
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.permuted import PermutedLosses
from regdesk.core.run.snapshot import TrainSnapshot


def importance_of(
    dataset: Dataset,
    snapshot: TrainSnapshot,
    seed: int,
    should_stop: Callable[[], bool],
    report: Callable[[float], object],
) -> PermutedLosses | None:
    """Of the model of ``snapshot``; None where it is no longer wanted. Raises ValueError without validation rows."""
    return permuted_losses(
        dataset, snapshot.network, snapshot.parameters, seed, snapshot.epoch, should_stop=should_stop, report=report
    )
