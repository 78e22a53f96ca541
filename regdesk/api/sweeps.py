"""A sweep as notebooks iterate it, and what it has found."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from regdesk.api.models import FittedModel
from regdesk.api.options import UsageError
from regdesk.cli.command_text import sweep_words
from regdesk.core.settings.configuration import Configuration
from regdesk.data.csv.table import Table
from regdesk.data.prepare.given_cells import described
from regdesk.tasks.draining import Drain
from regdesk.tasks.fitted import model_of_network_sweep, model_of_sweep
from regdesk.tasks.linear_sweep import Sweep
from regdesk.tasks.network_record import network_record
from regdesk.tasks.network_sweep import NetworkResult
from regdesk.tasks.provenance import sweep_provenance
from regdesk.tasks.sweep_record import sweep_record
from regdesk.tasks.sweep_steps import LinearStep, NetworkStep


@dataclass(frozen=True)
class SweepStep:
    """``n_done`` of ``n_all`` models of a sweep are there; 0 of 0 while the range of λ is looked for.

    Of a linear model ``lam`` is the λ that was solved last, and ``validation_loss`` its loss on rows held out; of a
    network, whose λ become known together, both are None.
    """

    n_done: int
    n_all: int
    lam: float | None = None
    validation_loss: float | None = None


@dataclass(frozen=True, eq=False)
class SweepResult:
    """A sweep that has ended; ``record`` is what ``regdesk sweep --json`` writes, without its provenance."""

    found: Sweep | NetworkResult
    configuration: Configuration
    record: dict[str, Any]
    provenance: Mapping[str, Any] = field(default_factory=dict)

    @property
    def lambda_best(self) -> float:
        """λ of the lowest validation loss."""
        return float(self.record["lambda_best"])

    @property
    def lambda_1se(self) -> float:
        """The largest λ whose validation loss is within one standard error of the lowest."""
        return float(self.record["lambda_1se"])

    def model(self, at: str | float = "best") -> FittedModel:
        """The model of all rows at ``best``, at ``1se``, or at the λ of the sweep that is ``at``.

        Raises UsageError for a λ that the sweep did not visit.
        """
        lambdas = [point.lam for point in self.found.points]
        lam = at.item() if isinstance(at, np.generic) else at
        if isinstance(lam, str) and lam == "best":
            number = self.found.best
        elif isinstance(lam, str) and lam == "1se":
            number = self.found.one_standard_error
        elif isinstance(lam, int | float) and not isinstance(lam, bool) and lam in lambdas:
            number = lambdas.index(lam)
        else:
            raise UsageError(
                f"at: {described(at)} is none of the {len(lambdas)} λ of this sweep; choose 'best', '1se' or one."
            )
        if isinstance(self.found, Sweep):
            found = model_of_sweep(self.found, self.configuration, number)
        else:
            found = model_of_network_sweep(self.found, self.configuration, number)
        return FittedModel(found, {**self.provenance, "chosen": {"at": at, "lambda": lambdas[number]}})


class LambdaSweep:
    """A sweep that goes on as it is iterated; ``result`` takes it to its end."""

    def __init__(
        self,
        steps: Generator[LinearStep, None, Sweep] | Generator[NetworkStep, None, NetworkResult],
        configuration: Configuration,
        table: Table,
    ) -> None:
        self._drain: Drain[LinearStep | NetworkStep, Sweep | NetworkResult] = Drain(steps)
        self._configuration, self._table = configuration, table

    def __iter__(self) -> Iterator[SweepStep]:
        """The steps that are left. Raises DataError, or AllDivergedError when no λ of a network has a model."""
        for step in self._drain:
            if isinstance(step, LinearStep):
                yield SweepStep(step.n_done, step.n_all, step.point.lam, step.point.validation_loss)
            else:
                yield SweepStep(step.n_done, step.n_all)
        if not self._drain.has_ended:
            raise UsageError("this sweep was ended by an error or by close(); begin another one.")

    def close(self) -> None:
        """Give the sweep up; nothing of it goes on."""
        self._drain.close()

    @property
    def result(self) -> SweepResult:
        """What the sweep found, at its end, which this waits for. Raises as iterating does."""
        for _ in self:
            pass
        found = self._drain.value
        if isinstance(found, Sweep):
            record = sweep_record(found, self._configuration)
        else:
            record = network_record(found, self._configuration)
        words = sweep_words(str(self._table.path), self._configuration)
        provenance = sweep_provenance(words, self._table, found.folds, self._configuration)
        return SweepResult(found, self._configuration, record, provenance)
