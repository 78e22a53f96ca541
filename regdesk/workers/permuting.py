"""What the thread of the variables table does; what it takes is loaded in that thread, when it is first asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.model.dataset import Dataset
    from regdesk.core.model.permuted import PermutedLosses
    from regdesk.core.run.snapshot import TrainSnapshot


def find_importance(
    dataset: Dataset,
    snapshot: TrainSnapshot,
    seed: int,
    report: Callable[[float], object],
    should_stop: Callable[[], bool],
) -> PermutedLosses | None:
    """Permutation importance of the model of ``snapshot`` on the validation rows."""
    from regdesk.tasks.models.importance import importance_of

    return importance_of(dataset, snapshot, seed, should_stop, report)
