"""The problem of a linear model: rows, a loss, and a penalty whose λ is left open."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from regdesk.core.linear.certificate import rounding_of_squares
from regdesk.core.linear.least_squares import least_squares
from regdesk.core.linear.no_minimum import never_penalised
from regdesk.core.linear.proximal_gradient import least_lambda_without_weights
from regdesk.core.linear.solve import free_fit
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.losses import Loss
from regdesk.core.model.network import Network
from regdesk.core.model.penalties import Penalty, penalty_for
from regdesk.core.model.row_weights import as_plain_rows
from regdesk.core.model.shortfalls import NothingPressed
from regdesk.core.types import Architecture, Float64s, TrainSettings

RIDGE_TOP = 10.0
"""L2 has no λ at which all weights are zero; its grid begins at ten times the lasso's."""


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

    def lambda_max(self) -> float:
        """The least λ at which all weights are zero that are penalised, all else at its best; infinite for L2.

        NaN where the inputs that are never penalised have no best model.
        """
        free = never_penalised(self.penalty, self.inputs.shape[1], self.n_outputs)
        if not free.any():
            return least_lambda_without_weights(self.inputs, self.targets, self.loss, self.penalty, self.n_outputs)
        if self.nothing_pressed() is NothingPressed.FREE_FIT:
            return 0.0
        alone = free_fit(self, self.penalty)
        return np.nan if alone is None else alone.lambda_max

    def nothing_pressed(self) -> NothingPressed | None:
        """Why the model is the same at every λ above 0, where penalty factors of 0 make it so; None elsewhere."""
        free = never_penalised(self.penalty, self.inputs.shape[1], self.n_outputs)
        if not free.any():
            return None
        if free.all():
            return NothingPressed.ALL_FREE
        if self.loss.kind != "squared":
            return None
        alone = least_squares(self.inputs[:, free], self.targets)
        rows = (self.inputs[:, free], self.targets, alone.weights[:, np.newaxis], np.array([alone.bias]))
        left = float(self.loss.values(rows[0] @ rows[2] + rows[3], self.targets).mean())
        return NothingPressed.FREE_FIT if left <= rounding_of_squares(*rows) else None

    def lambda_grid(self, n_lambdas: int) -> Float64s:
        """Descending and geometric, from λ_max to 1e-4 of it, 1e-2 where inputs outnumber rows, as these count."""
        top = self.lambda_max()
        if np.isnan(top):
            # Nothing has a best model here, which every λ is to say for itself.
            top = least_lambda_without_weights(
                self.inputs, self.targets, self.loss, self.penalty.as_lasso, self.n_outputs
            )
        if not np.isfinite(top):
            top = RIDGE_TOP * replace(self, penalty=self.penalty.as_lasso).lambda_max()
        # Inputs or targets that do not vary give 0, where every λ has the same solution.
        top = top if top > 0 else 1.0
        is_wide = self.inputs.shape[1] > self.n_counted
        return np.geomspace(top, top * (1e-2 if is_wide else 1e-4), n_lambdas)


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
