"""What the thread of resampled fits does; what it takes is loaded in that thread, when they are first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.core.stopping import Stop

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.fit.cloud import FitCloud, ResampleWork


class AskingStop(Stop):
    """Raised as soon as ``should_stop`` says so."""

    def __init__(self, should_stop: Callable[[], bool]) -> None:
        super().__init__()
        self._should_stop = should_stop

    @property
    def is_requested(self) -> bool:
        return self._should_stop()


def find_fits(work: ResampleWork, should_stop: Callable[[], bool]) -> FitCloud:
    """As ``resampled_fits``, on a core that the live model leaves."""
    from regdesk.core.training.resampled import resampled_fits
    from regdesk.workers.niceness import SWEEP, step_back

    step_back(SWEEP)
    return resampled_fits(work, AskingStop(should_stop))
