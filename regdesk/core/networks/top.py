"""The largest λ of a network's sweep: where the null model becomes the best there is."""

from __future__ import annotations

from dataclasses import replace

from regdesk.core.networks.best_models import COLLAPSE_SHARE
from regdesk.core.networks.jobs import Chain, Job
from regdesk.core.networks.solver import Limits, NetworkProblem
from regdesk.core.types import TrainSettings

TOP_LIMITS = Limits(tolerance=1e-4, fall=1e-4, window=50, max_passes=300)
TOP_PRECISION, TOP_STRIDE = 1.05, 4.0
MAX_TRIALS = 24


class TopSearch:
    """Looks for the λ at which the null model becomes the best there is, with warm starts.

    For a network W = 0 is stationary under every λ > 0, so no formula gives it.
    """

    def __init__(self, problem: NetworkProblem, settings: TrainSettings, seed: int) -> None:
        self._problem, self._settings, self._seed = problem, settings, seed
        self.top = 1.0
        """A little above what was found; 1 where no λ is survived."""

    def chain(self) -> Chain:
        problem, null = self._problem, self._problem.null_model()
        start = problem.cold_start(self._seed)
        size = problem.measure(start, self._settings).penalty_value
        lam = 0.1 * null.data_loss / size if size > 0 else 0.0
        if not lam > 0:
            return
        survivor, lowest = start, 0.0
        for _ in range(MAX_TRIALS):
            solution = yield Job(problem, survivor, replace(self._settings, lam=lam), TOP_LIMITS)
            if solution.objective < null.data_loss * (1.0 - COLLAPSE_SHARE):
                # Up to there the same parameters beat the null model: Newton's method on a concave curve, from below.
                survivor, lowest = solution.parameters, (null.data_loss - solution.data_loss) / solution.penalty_value
                lam = min(TOP_PRECISION * lowest, TOP_STRIDE * lam)
            elif lowest == 0.0:
                lam /= TOP_STRIDE
            else:
                break
        if lowest > 0:
            self.top = TOP_PRECISION * lam
