"""What the thread of the comparison does: one model under three penalties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.core.stopping import Stop, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.model.dataset import Dataset
    from regdesk.core.model.side_by_side import SideBySide, Trouble
    from regdesk.core.types import TrainSettings


class _Unwanted(Stop):
    """A stop that asks whether the answer is still wanted, at each place to stop."""

    def __init__(self, should_stop: Callable[[], bool]) -> None:
        super().__init__()
        self._should_stop = should_stop

    @property
    def is_requested(self) -> bool:
        if self._should_stop():
            self.request()
        return super().is_requested


def compare(
    dataset: Dataset, settings: TrainSettings, known: SideBySide | None, should_stop: Callable[[], bool]
) -> SideBySide | Trouble | None:
    """As ``compare_penalties``; None where nobody waits for it any more."""
    # Here and not above: this takes longer to import than the first paint need wait for.
    from regdesk.core.sweep.penalty_comparison import compare_penalties

    try:
        return compare_penalties(dataset, settings, _Unwanted(should_stop), known)
    except Stopped:
        return None
