"""What parameters mean on their data: a snapshot of any, as a pure function."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from regdesk.core.fit.scene import FitFrame
from regdesk.core.fit.view import FitView
from regdesk.core.linear.no_minimum import separated, separation_without_penalty
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.losses import Loss
from regdesk.core.model.minimum import doubt_of_minimum
from regdesk.core.model.network import Network
from regdesk.core.model.penalties import penalty_for, penalty_value
from regdesk.core.model.shortfalls import Doubt, Separated
from regdesk.core.run.history import HistoryRow
from regdesk.core.run.moment import BEGINNING, Moment
from regdesk.core.run.snapshot import TrainSnapshot
from regdesk.core.training.collapse import Collapse
from regdesk.core.training.row_passes import RowPasses
from regdesk.core.training.stack_arrays import columns_of
from regdesk.core.types import LINEAR_TOLERANCE, NETWORK_TOLERANCE, Booleans, Float64s, Floats, TrainSettings
from regdesk.core.weights.summaries import LayerSummary, summarize_layers

SADDLE_SIZE = 1e-2
NO_ROWS: Float64s = np.empty((0, len(HistoryRow._fields)))
NO_ROWS.flags.writeable = False


@dataclass(frozen=True, eq=False)
class Measure:
    """Measures models of one network shape on one dataset; ``measure(parameters, settings)`` is a snapshot.

    What it gives depends on its arguments alone, and it changes nothing, so that any parameters of a run can be seen as
    if they were now: out of order, and from any thread while the run goes on. Parameters are ``(n_parameters,)``.

    Attributes:
        run: the number that snapshots carry.
        passes: over all rows of the dataset, for one model.
        collapse: judges whether a network is dead.
        limits: ``(n_layers,)``, the axes of the weights that the run has begun with.
        fit_view: the picture of the fit; None makes the usual one when it is first needed.
    """

    run: int
    dataset: Dataset
    network: Network
    loss: Loss
    passes: RowPasses
    collapse: Collapse
    limits: tuple[float, ...]
    fit_view: FitView | None = None
    # The last doubt that was looked into, which may take 0.2 s, and the bytes of the parameters that it is of.
    _doubts: list[tuple[bytes, Doubt | Separated | None]] = field(default_factory=list, repr=False)

    def __call__(self, parameters: Floats, settings: TrainSettings, moment: Moment = BEGINNING) -> TrainSnapshot:
        """The snapshot of ``parameters`` under ``settings``; ``moment`` says what these do not.

        It has no rows of a history and no changes, which belong to a run.
        """
        return self.with_losses(parameters, settings, moment, self.losses(parameters))

    def with_losses(
        self, parameters: Floats, settings: TrainSettings, moment: Moment, losses: tuple[float, float]
    ) -> TrainSnapshot:
        """As a call, where ``losses`` of the parameters are known."""
        own = self._own(parameters)
        gradient = self.passes.gradients(own[np.newaxis])[0].astype(np.float64)
        residual = self._kkt_residual(own, settings, gradient)
        is_still = self._is_still(own, residual)
        doubt = self._doubt(own, settings) if is_still else None
        layers = self.layers(own, moment)
        penalty = penalty_value(settings, self.network, own[self.network.is_weight].astype(np.float64))
        snapshot = TrainSnapshot(
            run=self.run,
            step=moment.step,
            epoch=moment.epoch,
            settings=settings,
            network=self.network,
            parameters=own,
            train_loss=losses[0],
            validation_loss=losses[1],
            penalty_value=penalty,
            objective=losses[0] + settings.effective_lam * penalty,
            n_weights=self.network.n_weights,
            n_nonzero=self.network.n_weights - sum(layer.n_zero for layer in layers),
            layers=layers,
            fit=self.fit_of(own),
            rows=NO_ROWS,
            kkt_residual=residual,
            is_converged=is_still and doubt is None,
            doubt=doubt,
            is_collapsed=self.collapse.is_collapsed(settings, own, gradient, losses[0]),
            has_diverged=moment.has_diverged,
            too_small=moment.too_small,
            gradient=gradient,
        )
        own.flags.writeable = gradient.flags.writeable = False
        return snapshot

    def glimpse(
        self, measured: TrainSnapshot, parameters: Floats, settings: TrainSettings, moment: Moment
    ) -> TrainSnapshot:
        """``parameters`` without a look at all rows: what those would say is that of ``measured``, a moment before."""
        own = self._own(parameters)
        own.flags.writeable = False
        layers = self.layers(own, moment)
        return replace(
            measured,
            step=moment.step,
            epoch=moment.epoch,
            settings=settings,
            parameters=own,
            n_nonzero=self.network.n_weights - sum(layer.n_zero for layer in layers),
            layers=layers,
            fit=self.fit_of(own),
            rows=NO_ROWS,
            changes=(),
            too_small=moment.too_small,
            last_measured=measured,
            gradient=None,
            next_step=None,
        )

    def losses(self, parameters: Floats) -> tuple[float, float]:
        """Mean training and validation loss; NaN without rows."""
        train, validation = self.passes.losses(self._own(parameters)[np.newaxis])[0].tolist()
        return train, validation

    def kkt_residual(self, parameters: Floats, settings: TrainSettings) -> float:
        """∞-norm of the smallest subgradient of J, biases included."""
        own = self._own(parameters)
        return self._kkt_residual(own, settings, self.passes.gradients(own[np.newaxis])[0].astype(np.float64))

    def predict(self, parameters: Floats, inputs: Float64s) -> Float64s:
        """Outputs ``(n_rows, n_outputs)`` for ``inputs`` ``(n_rows, n_inputs)``: standardised, or log-odds."""
        return self.passes.predict(self._own(parameters), columns_of(inputs, self.passes.dtype), len(inputs))

    def layers(self, parameters: Floats, moment: Moment) -> tuple[LayerSummary, ...]:
        """The weights of each layer; axes reach as far as those of ``moment``, and farther where weights do."""
        limits = np.array(moment.limits or self.limits)
        return summarize_layers(self.network, parameters, limits, moment.too_small)

    def fit_of(self, parameters: Floats) -> FitFrame:
        """The fit against the data."""
        view, columns = self._picture
        return view.frame(self.passes.predict(self._own(parameters), columns, len(view.inputs)))

    @cached_property
    def _picture(self) -> tuple[FitView, Floats]:
        view = self.fit_view or FitView(self.dataset)
        return view, columns_of(view.inputs, self.passes.dtype)

    def _own(self, parameters: Floats) -> Floats:
        """A copy that may be written to: the engine's code for others would have to be compiled."""
        return np.array(parameters, dtype=self.passes.dtype)

    def _kkt_residual(self, parameters: Floats, settings: TrainSettings, gradient: Float64s) -> float:
        is_weight: Booleans = self.network.is_weight
        weights = parameters[is_weight].astype(np.float64)
        smallest = penalty_for(settings, self.network).smallest_subgradient(weights, gradient[is_weight])
        return float(max(np.abs(smallest).max(initial=0.0), np.abs(gradient[~is_weight]).max(initial=0.0)))

    def _is_still(self, parameters: Floats, residual: float) -> bool:
        if self.network.is_linear:
            return residual <= LINEAR_TOLERANCE
        # Around W = 0 every gradient is small without anything having been found: it is a saddle.
        largest = float(np.abs(parameters[self.network.is_weight]).max(initial=0.0))
        return residual <= NETWORK_TOLERANCE and largest > SADDLE_SIZE

    def _doubt(self, parameters: Floats, settings: TrainSettings) -> Doubt | Separated | None:
        """Why a model that stands still need not be at a minimum; see ``doubt_of_minimum``."""
        if settings.effective_lam > 0.0:
            return None
        key = parameters.tobytes()
        for known, doubt in self._doubts:
            if known == key:
                return doubt
        rows = self.dataset.split.train
        inputs, targets = self.dataset.standardized_inputs(rows), self.dataset.standardized_targets(rows)
        outputs = self.predict(parameters, inputs)
        found: Doubt | Separated | None = doubt_of_minimum(
            self.loss, settings, self.network.is_linear, outputs, targets
        )
        if found is None and self.network.is_linear and self.loss.kind != "squared":
            found = self._separation(parameters, inputs, targets)
        self._doubts[:] = [(key, found)]
        return found

    def _separation(self, parameters: Floats, inputs: Float64s, targets: Float64s) -> Separated | None:
        """The same of a linear model of classes some of whose rows can be told apart, though not all."""
        exact = parameters.astype(np.float64)
        weights, biases = self.network.weights(exact, 0), self.network.biases(exact, 0)
        found = separation_without_penalty(inputs, targets, self.loss, weights, biases)
        return None if found is None else separated(found, inputs, self.dataset.input_names)
