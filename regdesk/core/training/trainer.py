"""The live model: a stack of one on a dataset, its snapshots and its verdicts (collapsed, diverged)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from regdesk.core.fit.view import FitView
from regdesk.core.linear.optimum import separated, separation_without_penalty
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.losses import loss_for
from regdesk.core.model.minimum import doubt_of_minimum
from regdesk.core.model.network import Network
from regdesk.core.model.penalties import penalty_for, penalty_value
from regdesk.core.model.shortfalls import Doubt, Separated
from regdesk.core.rounding import round_limit
from regdesk.core.run.changes import SettingsChange
from regdesk.core.run.history import HistoryRow
from regdesk.core.run.snapshot import TrainSnapshot
from regdesk.core.training.collapse import Collapse, input_slope
from regdesk.core.training.stack import Cores, Rows, Stack, columns_of
from regdesk.core.types import (
    FULL_BATCH,
    LINEAR_TOLERANCE,
    NETWORK_TOLERANCE,
    Architecture,
    Booleans,
    Float64s,
    Floats,
    TrainSettings,
    training_dtype,
)
from regdesk.core.weights.summaries import summarize_layers

SADDLE_SIZE = 1e-2
STILL_RESIDUAL = 1e-6
STILL_FACTOR = 10.0
"""A model that was put at its minimum takes steps of a tenth of what it could: they are made of rounding."""


class Trainer:
    """Owns the state of one live model. ``advance`` steps it, ``record`` notes a moment, ``snapshot`` copies it out."""

    def __init__(
        self,
        dataset: Dataset,
        architecture: Architecture,
        seed: int,
        run: int = 0,
        fit_view: FitView | None = None,
        cores: Cores | None = None,
    ) -> None:
        """``fit_view`` says what snapshots hold of the fit; without it one is made when first asked for.

        ``cores`` share the rows of a step where they are very many; the numbers are the same without.
        """
        self.dataset = dataset
        self.run = run
        self.network = Network.of(
            architecture, dataset.n_inputs, dataset.n_outputs, dataset.input_groups, dataset.input_factors
        )
        self.loss = loss_for(dataset.task, dataset.n_outputs)
        split = dataset.split
        rows = np.concatenate([split.train, split.validation])
        is_train = np.arange(len(rows)) < len(split.train)
        targets = dataset.standardized_targets(rows)
        null_outputs = self.loss.null_outputs(targets[is_train], dataset.n_outputs)
        inputs = dataset.standardized_inputs(rows)
        slope = input_slope(self.loss, inputs[is_train], targets[is_train], null_outputs)
        self._collapse = Collapse(self.network, self.loss, slope)
        self._stack = Stack(
            self.network,
            self.loss,
            Rows.of_one_model(inputs, targets, is_train),
            self.network.initial_parameters(seed, null_outputs)[np.newaxis],
            [seed],
            training_dtype(architecture),
            cores,
        )
        self._is_weight = self.network.is_weight
        # Weights that a penalty has put at exactly 0, or that came so. Those at 0 beside them are only too small.
        self._is_zero = self._is_weight & (self.parameters == 0.0)
        self._zeros_step = -1
        # The last doubt that was looked into, and the step it is of.
        self._doubt_at: tuple[int, Doubt | Separated | None] = -1, None
        self._limits = np.array(
            [
                round_limit(float(np.abs(self.network.weights(self.parameters, layer)).max()))
                for layer in range(self.network.n_layers)
            ]
        )
        self._fit_view = fit_view
        self._columns: Floats | None = None
        self._settings: TrainSettings | None = None
        self._last_measured: TrainSnapshot | None = None
        self._rows: list[HistoryRow] = []
        self._changes: list[SettingsChange] = []
        self._has_change = False
        # Of a model that was put at its minimum, until settings change; 0 of all others.
        self._still_metric = 0.0

    @property
    def parameters(self) -> Floats:
        """``(n_parameters,)``, alive."""
        parameters: Floats = self._stack.parameters[0]
        return parameters

    @property
    def step(self) -> int:
        return int(self._stack.steps[0])

    @property
    def epoch(self) -> float:
        return self._stack.epoch()

    @property
    def has_diverged(self) -> bool:
        return bool(self._stack.has_diverged[0])

    @property
    def shares_rows(self) -> bool:
        """Whether what goes through all rows is shared out between threads."""
        return self._stack.shares_rows

    def _fit_outputs(self) -> tuple[FitView, Float64s]:
        if self._fit_view is None:
            self._fit_view = FitView(self.dataset)
        if self._columns is None:
            self._columns = columns_of(self._fit_view.inputs, self._stack.dtype)
        return self._fit_view, self._stack.predict(self._columns, len(self._fit_view.inputs))

    def show(self, fit_view: FitView) -> None:
        """From here on snapshots hold this picture of the fit; ``fit_view`` belongs to the same dataset."""
        self._fit_view, self._columns = fit_view, None

    def apply(self, settings: TrainSettings) -> None:
        """Train under ``settings`` from here on. No weight changes; a diverged model may train again."""
        previous = self._settings
        if settings == previous:
            return
        if previous is not None:
            self._note_zeros(previous)
            self._has_change = True
            self._changes.append(SettingsChange(self.step, self.epoch, self.epoch, previous, settings))
            if settings.optimizer != previous.optimizer or self._still_metric:
                self._stack.forget_means()
                self._still_metric = 0.0
            if settings.penalty != previous.penalty or settings.effective_lam > previous.effective_lam:
                self._stack.raise_metric_floor()
            self._stack.clear_divergence()
        self._settings = settings

    def load(self, parameters: Floats, settings: TrainSettings, words: str) -> None:
        """Go on from ``parameters`` ``(n_parameters,)``, laid out as ``Network`` says, under ``settings``.

        Moments of the optimiser are forgotten; a linear model that is put at its minimum stays there.
        ``words`` say in the record of changes where they are from. Raises ValueError for another number of them or
        for any that is not finite; then nothing has changed.
        """
        if parameters.shape != (self.network.n_parameters,) or not np.isfinite(parameters).all():
            raise ValueError(f"{self.network.n_parameters} finite parameters are needed, not {parameters.shape}")
        self.apply(settings)
        self._still_metric = 0.0
        self._stack.replace_parameters(parameters[np.newaxis])
        self._doubt_at = -1, None
        self._is_zero = self._is_weight & (self.parameters == 0.0)
        is_still = settings.batch_size == FULL_BATCH and self.network.is_linear
        if is_still and self.kkt_residual(settings) <= STILL_RESIDUAL:
            self._still_metric = STILL_FACTOR * settings.learning_rate * self._curvature()
        self._has_change = True
        self._changes.append(SettingsChange(self.step, self.epoch, self.epoch, settings, settings, words))

    def _note_zeros(self, settings: TrainSettings) -> None:
        """Which weights are exactly 0 after steps under ``settings``: L2 makes no zeros, it runs out of digits."""
        if self.step == self._zeros_step:
            return
        self._zeros_step = self.step
        at_zero = self._is_weight & (self.parameters == 0.0)
        self._is_zero = at_zero if settings.makes_zeros or not self.step else self._is_zero & at_zero

    def _too_small(self) -> Booleans | None:
        too_small = self._is_weight & (self.parameters == 0.0) & ~self._is_zero
        return too_small if too_small.any() else None

    def exact_snapshot(self, settings: TrainSettings, parameters: Float64s) -> TrainSnapshot:
        """The present moment as the model of ``parameters`` ``(n_parameters,)`` shows it; the model stays as it is."""
        trained = self.snapshot(settings)
        own = self.parameters.copy()
        try:
            self.parameters[:] = parameters
            train_loss, validation_loss = self.losses()
            fit_view, outputs = self._fit_outputs()
            residual = self.kkt_residual(settings)
        finally:
            self.parameters[:] = own
        layers = summarize_layers(self.network, parameters, self._limits)
        penalty = penalty_value(settings, self.network, parameters[self._is_weight])
        return replace(
            trained,
            parameters=parameters,
            train_loss=train_loss,
            validation_loss=validation_loss,
            penalty_value=penalty,
            objective=train_loss + settings.effective_lam * penalty,
            n_nonzero=self.network.n_weights - sum(layer.n_zero for layer in layers),
            layers=layers,
            fit=fit_view.frame(outputs),
            rows=trained.rows[:0],
            kkt_residual=residual,
            is_converged=False,
            doubt=None,
            is_collapsed=False,
            changes=(),
            too_small=None,
            stands_for=trained,
        )

    def _curvature(self) -> float:
        """What bounds the second derivatives of a linear model's mean loss."""
        inputs = self.dataset.standardized_inputs(self.dataset.split.train)
        return self.loss.curvature_bound * (1.0 + float(np.square(inputs).sum()) / len(inputs))

    def advance(self, settings: TrainSettings, n_steps: int) -> None:
        """``n_steps`` optimiser steps; the numbers do not depend on how steps are grouped into calls."""
        self.apply(settings)
        if self._still_metric:
            self._stack.fix_metric(self._still_metric)
        self._stack.advance([settings], n_steps)

    def steps_left_in_epoch(self, batch_size: int) -> int:
        """Optimiser steps to the next whole epoch under ``batch_size`` (at least 1)."""
        n_train = self._stack.n_train()
        if batch_size == FULL_BATCH or batch_size >= n_train:
            return 1
        done = round((self.epoch % 1.0) * n_train)
        return -(-(n_train - done) // batch_size)

    def predict(self, inputs: Float64s) -> Float64s:
        """Outputs ``(n_rows, n_outputs)`` for ``inputs`` ``(n_rows, n_inputs)``: standardised, or log-odds."""
        return self._stack.predict(columns_of(inputs, self._stack.dtype), len(inputs))

    def kkt_residual(self, settings: TrainSettings) -> float:
        """∞-norm of the smallest subgradient of J at the present parameters, biases included."""
        return self._kkt_residual(settings, self._stack.gradients()[0].astype(np.float64))

    def _kkt_residual(self, settings: TrainSettings, gradient: Float64s) -> float:
        weights = self.parameters[self._is_weight].astype(np.float64)
        smallest = penalty_for(settings, self.network).smallest_subgradient(weights, gradient[self._is_weight])
        return float(max(np.abs(smallest).max(initial=0.0), np.abs(gradient[~self._is_weight]).max(initial=0.0)))

    def losses(self) -> tuple[float, float]:
        """Mean training and validation loss; NaN without rows."""
        train, validation = self._stack.losses()[0]
        return float(train), float(validation)

    def record(self, settings: TrainSettings) -> HistoryRow:
        """Note the present losses for the history, once a step."""
        if self._rows and self._rows[-1].step == self.step and not self._has_change:
            return self._rows[-1]
        train_loss, validation_loss = self.losses()
        if self._stack.note_divergence(np.array([train_loss])):
            train_loss, validation_loss = self.losses()
        self._note_zeros(settings)
        weights = self.parameters[self._is_weight].astype(np.float64)
        row = HistoryRow(
            self.step,
            self.epoch,
            train_loss,
            validation_loss,
            penalty_value(settings, self.network, weights),
            settings.effective_lam,
            float(self._has_change),
            float(np.abs(weights).sum()),
            float(np.sqrt(np.square(weights).sum())),
            float(self.network.n_weights - np.count_nonzero(self._is_zero)),
        )
        self._has_change = False
        self._rows.append(row)
        return row

    def _is_still(self, residual: float) -> bool:
        if self.network.is_linear:
            return residual <= LINEAR_TOLERANCE
        # Around W = 0 every gradient is small without anything having been found: it is a saddle.
        largest = float(np.abs(self.parameters[self._is_weight]).max(initial=0.0))
        return residual <= NETWORK_TOLERANCE and largest > SADDLE_SIZE

    def _doubt(self, settings: TrainSettings) -> Doubt | Separated | None:
        """Why a model that stands still need not be at a minimum; see ``doubt_of_minimum``."""
        if settings.effective_lam > 0.0:
            return None
        if self._doubt_at[0] != self.step:
            rows = self.dataset.split.train
            inputs, targets = self.dataset.standardized_inputs(rows), self.dataset.standardized_targets(rows)
            outputs = self.predict(inputs)
            found: Doubt | Separated | None = doubt_of_minimum(
                self.loss, settings, self.network.is_linear, outputs, targets
            )
            if found is None and self.network.is_linear and self.loss.kind != "squared":
                found = self._separation(inputs, targets)
            self._doubt_at = self.step, found
        return self._doubt_at[1]

    def _separation(self, inputs: Float64s, targets: Float64s) -> Separated | None:
        """The same of a linear model of classes some of whose rows can be told apart, though not all."""
        parameters = self.parameters.astype(np.float64)
        weights, biases = self.network.weights(parameters, 0), self.network.biases(parameters, 0)
        found = separation_without_penalty(inputs, targets, self.loss, weights, biases)
        return None if found is None else separated(found, inputs, self.dataset.input_names)

    def snapshot(self, settings: TrainSettings) -> TrainSnapshot:
        """A frozen copy of the present moment, with the history rows since the last one."""
        self.apply(settings)
        row = self.record(settings)
        parameters = self.parameters.copy()
        parameters.flags.writeable = False
        too_small = self._too_small()
        layers = summarize_layers(self.network, parameters, self._limits, too_small)
        fit_view, outputs = self._fit_outputs()
        gradient = self._stack.gradients()[0].astype(np.float64)
        residual = self._kkt_residual(settings, gradient)
        is_still = self._is_still(residual)
        doubt = self._doubt(settings) if is_still else None
        rows, changes = self._handed_out()
        snapshot = TrainSnapshot(
            run=self.run,
            step=self.step,
            epoch=self.epoch,
            settings=settings,
            network=self.network,
            parameters=parameters,
            train_loss=row.train_loss,
            validation_loss=row.validation_loss,
            penalty_value=row.penalty_value,
            objective=row.train_loss + settings.effective_lam * row.penalty_value,
            n_weights=self.network.n_weights,
            n_nonzero=self.network.n_weights - sum(layer.n_zero for layer in layers),
            layers=layers,
            fit=fit_view.frame(outputs),
            rows=rows,
            kkt_residual=residual,
            is_converged=is_still and doubt is None,
            doubt=doubt,
            is_collapsed=self._collapse.is_collapsed(settings, parameters, gradient, row.train_loss),
            has_diverged=self.has_diverged,
            changes=changes,
            too_small=too_small,
        )
        self._last_measured = replace(snapshot, rows=rows[:0], changes=())
        return snapshot

    def _handed_out(self) -> tuple[Float64s, tuple[SettingsChange, ...]]:
        """Rows of the history and changes since the last snapshot, which are forgotten here."""
        rows = np.array(self._rows, dtype=np.float64).reshape(-1, len(HistoryRow._fields))
        changes, self._rows, self._changes = tuple(self._changes), [], []
        return rows, changes

    def glimpse(self, settings: TrainSettings) -> TrainSnapshot | None:
        """The present moment without a look at all rows: what those would say is of the last snapshot that had one.

        None when there was none, and when the model has diverged.
        """
        self.apply(settings)
        measured = self._last_measured
        if measured is None or self.has_diverged:
            return None
        self._note_zeros(settings)
        parameters = self.parameters.copy()
        parameters.flags.writeable = False
        too_small = self._too_small()
        layers = summarize_layers(self.network, parameters, self._limits, too_small)
        fit_view, outputs = self._fit_outputs()
        rows, changes = self._handed_out()
        return replace(
            measured,
            step=self.step,
            epoch=self.epoch,
            settings=settings,
            parameters=parameters,
            n_nonzero=self.network.n_weights - sum(layer.n_zero for layer in layers),
            layers=layers,
            fit=fit_view.frame(outputs),
            rows=rows,
            changes=changes,
            too_small=too_small,
            last_measured=measured,
        )
