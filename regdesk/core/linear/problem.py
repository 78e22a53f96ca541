"""The problem of a linear model: rows, a loss, and a penalty whose λ is left open."""

from __future__ import annotations

from dataclasses import dataclass, replace

from regdesk.core.model.dataset import Dataset
from regdesk.core.model.losses import Loss
from regdesk.core.model.network import Network
from regdesk.core.model.penalties import Penalty, penalty_for
from regdesk.core.model.row_weights import as_plain_rows
from regdesk.core.types import Architecture, Float64s, TrainSettings


@dataclass(frozen=True)
class LinearProblem:
    """Rows ``(n_rows, n_inputs)`` and ``targets`` ``(n_rows,)``, a loss and a penalty whose λ is left open.

    ``input_names`` ``(n_inputs,)`` are for what is said of a solution; they may be left out. ``n_weighed`` is how many
    rows they count as where they have weights, Σ w; None where each counts once.
    """

    inputs: Float64s
    targets: Float64s
    loss: Loss
    penalty: Penalty
    n_outputs: int = 1
    input_names: tuple[str, ...] = ()
    n_weighed: float | None = None

    @property
    def n_counted(self) -> float:
        """How many rows these count as: what AIC, BIC and the grid of λ take for n."""
        return len(self.targets) if self.n_weighed is None else self.n_weighed

    @property
    def as_plain(self) -> LinearProblem:
        """The same J as one of rows that count alike, where that is so: of squared error (``as_plain_rows``)."""
        if self.loss.kind != "squared" or self.loss.row_weights is None:
            return self
        inputs, targets = as_plain_rows(self.inputs, self.targets, self.loss.row_weights)
        return replace(self, inputs=inputs, targets=targets, loss=self.loss.weighed(None))


def penalty_of(dataset: Dataset, settings: TrainSettings) -> Penalty:
    """The penalty on the weights of a linear model of ``dataset``; its groups are the dataset's own columns."""
    network = Network.of(
        Architecture(hidden=()), dataset.n_inputs, dataset.n_outputs, dataset.input_groups, dataset.input_factors
    )
    return penalty_for(settings, network)


def problem_of(dataset: Dataset, settings: TrainSettings) -> LinearProblem:
    """What a path needs of the training rows of ``dataset``, standardised.

    Where rows have weights it is ``as_plain`` of them: the model is the dataset's, but a row is none of its rows.
    """
    return row_problem_of(dataset, settings).as_plain


def row_problem_of(dataset: Dataset, settings: TrainSettings) -> LinearProblem:
    """The training rows of ``dataset`` themselves, standardised, with their weights in the loss."""
    rows = dataset.split.train
    return LinearProblem(
        dataset.standardized_inputs(rows),
        dataset.standardized_targets(rows),
        dataset.loss_on(rows),
        penalty_of(dataset, settings),
        dataset.n_outputs,
        dataset.input_names,
        None if dataset.row_weights is None else dataset.n_counted(rows),
    )
