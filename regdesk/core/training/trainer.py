"""The live model, a stack of one on a dataset: it advances, under settings that may change at any step."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from functools import partial

import numpy as np

from regdesk.core.fit.view import FitView
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.network import Network
from regdesk.core.model.penalties import penalty_value
from regdesk.core.moments.kept_moment import KeptMoment
from regdesk.core.moments.store import MomentMemory, MomentStore
from regdesk.core.rounding import round_limit
from regdesk.core.run.changes import SettingsChange
from regdesk.core.run.history import HistoryRow
from regdesk.core.run.moment import Moment
from regdesk.core.run.snapshot import TrainSnapshot
from regdesk.core.run.taken import PutIn, Taken
from regdesk.core.run.trainer_state import TrainerState
from regdesk.core.training.collapse import Collapse, input_slope
from regdesk.core.training.cores import Cores
from regdesk.core.training.curvature import curvature_bound
from regdesk.core.training.earlier import earlier_snapshot
from regdesk.core.training.epoch_loop import steps_left_in_epoch, steps_to_epoch
from regdesk.core.training.measure import NO_ROWS, Measure
from regdesk.core.training.recording import Recording
from regdesk.core.training.stack import Stack
from regdesk.core.training.stack_arrays import Rows
from regdesk.core.types import FULL_BATCH, Architecture, Float64s, Floats, TrainSettings, training_dtype

STILL_RESIDUAL = 1e-6
STILL_FACTOR = 10.0
"""A model that was put at its minimum takes steps of a tenth of what it could: they are made of rounding."""


class Trainer:
    """Owns the state of one live model and steps it; ``record`` notes a row of the history.

    What its parameters mean is the business of ``measure``, which knows nothing of the state: snapshots are measures of
    a copy, with what the run has recorded since the last one.
    """

    def __init__(
        self,
        dataset: Dataset,
        architecture: Architecture,
        seed: int,
        run: int = 0,
        fit_view: FitView | None = None,
        cores: Cores | None = None,
        taken: deque[Taken] | None = None,
    ) -> None:
        """``fit_view`` says what snapshots hold of the fit; without it one is made when first asked for.

        ``cores`` share the rows of a step where they are very many; the numbers are the same without. What the model
        takes from outside is added to ``taken``, each with its step.
        """
        self.dataset, self.run = dataset, run
        self.network = Network.of(
            architecture, dataset.n_inputs, dataset.n_outputs, dataset.input_groups, dataset.input_factors
        )
        split = dataset.split
        self.loss = dataset.loss_on(split.train)
        rows = np.concatenate([split.train, split.validation])
        is_train = np.arange(len(rows)) < len(split.train)
        targets = dataset.standardized_targets(rows)
        null_outputs = self.loss.null_outputs(targets[is_train], dataset.n_outputs)
        inputs = dataset.standardized_inputs(rows)
        slope = input_slope(self.loss, inputs[is_train], targets[is_train], null_outputs)
        self._stack = Stack(
            self.network,
            self.loss,
            Rows.of_one_model(inputs, targets, is_train, dataset.weights_of(rows)),
            self.network.initial_parameters(seed, null_outputs)[np.newaxis],
            [seed],
            training_dtype(architecture),
            cores,
        )
        self._is_weight = self.network.is_weight
        largest = [np.abs(self.network.weights(self.parameters, layer)).max() for layer in range(self.network.n_layers)]
        self._limits = tuple(round_limit(float(size)) for size in largest)
        collapse = Collapse(self.network, self.loss, slope)
        self.measure = Measure(
            run, dataset, self.network, self.loss, self._stack.passes, collapse, self._limits, fit_view
        )
        """A value that may be handed to others, as long as the executor of ``cores`` lives."""
        self._recording = Recording(self._is_weight, self.parameters, run, taken)
        self.moments: MomentStore[KeptMoment] = MomentStore()
        """Those of this run that can be shown again; for its own thread."""
        self._settings: TrainSettings | None = None
        self._last_measured: TrainSnapshot | None = None
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

    def show(self, fit_view: FitView) -> None:
        """From here on snapshots hold this picture of the fit; ``fit_view`` belongs to the same dataset."""
        self.measure = replace(self.measure, fit_view=fit_view)

    def apply(self, settings: TrainSettings) -> None:
        """Train under ``settings`` from here on. No weight changes; a diverged model may train again."""
        previous = self._settings
        if settings == previous:
            return
        self._recording.note_taken("settings", self.step, settings)
        if previous is not None:
            self._note_zeros(previous)
            self._note_change(previous, settings)
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
        self._recording.note_taken("weights", self.step, settings, PutIn.of(self.parameters, parameters), words)
        self._stack.replace_parameters(parameters[np.newaxis])
        self._recording.forget_zeros(self.parameters)
        is_still = settings.batch_size == FULL_BATCH and self.network.is_linear
        if is_still and self.kkt_residual(settings) <= STILL_RESIDUAL:
            self._still_metric = STILL_FACTOR * settings.learning_rate * curvature_bound(self.dataset, self.loss)
        self._note_change(settings, settings, words)

    def state(self, *, with_pending: bool = True) -> TrainerState:
        """Copies of all that is needed to go on from here, beside the dataset and the layers; without what is still to
        be handed out unless it is to be ``with_pending``.
        """
        rows, changes = self._recording.pending if with_pending else (NO_ROWS, ())
        zeros_step, is_zero = self._recording.zeros
        return TrainerState(
            self._stack.state(), self._settings, self._still_metric, self._limits, is_zero, zeros_step,
            self._recording.has_change, rows, changes, self._recording.n_taken,
        )  # fmt: skip

    def restore(self, state: TrainerState, moments: MomentMemory[KeptMoment] | None = None) -> None:
        """Go on from ``state``, which was taken of a trainer of the same dataset and layers, as that would have.

        ``moments`` are earlier ones of that run, to be shown in it.

        Raises ValueError, a sentence, for a state of others; then nothing has changed.
        """
        n_layers, n_parameters = self.network.n_layers, self.network.n_parameters
        if len(state.limits) != n_layers or state.is_zero.shape != (n_parameters,):
            raise ValueError(f"the state is not that of {n_parameters} parameters in {n_layers} layers")
        self._stack.restore(state.optimizer)
        self._recording.restore(state)
        self._settings, self._still_metric, self._limits = state.settings, state.still_metric, state.limits
        self._last_measured = None
        self.moments.bring_back(moments or MomentMemory((), 0))

    def _note_change(self, before: TrainSettings, after: TrainSettings, words: str = "") -> None:
        self._recording.note_change(SettingsChange(self.step, self.epoch, self.epoch, before, after, words))

    def _note_zeros(self, settings: TrainSettings) -> None:
        self._recording.note_zeros(self.step, self.parameters, settings)

    def advance(self, settings: TrainSettings, n_steps: int) -> None:
        """``n_steps`` optimiser steps; the numbers do not depend on how steps are grouped into calls."""
        self.apply(settings)
        if self._still_metric:
            self._stack.fix_metric(self._still_metric)
        had_diverged = self.has_diverged
        self._stack.advance([settings], n_steps)
        if self.has_diverged and not had_diverged:
            self._recording.note_taken("diverged", self.step, settings)

    def steps_left_in_epoch(self, batch_size: int) -> int:
        """Optimiser steps to the next whole epoch under ``batch_size`` (at least 1)."""
        return steps_left_in_epoch(self.epoch, self._stack.n_train(), batch_size)

    def steps_to_epoch(self, epoch: int, batch_size: int) -> int:
        """Optimiser steps to the end of the ``epoch``-th under ``batch_size``; 0 when that is over."""
        return steps_to_epoch(epoch, self.epoch, self._stack.n_train(), batch_size)

    def predict(self, inputs: Float64s) -> Float64s:
        """Outputs ``(n_rows, n_outputs)`` for ``inputs`` ``(n_rows, n_inputs)``: standardised, or log-odds."""
        return self.measure.predict(self.parameters, inputs)

    def kkt_residual(self, settings: TrainSettings) -> float:
        """∞-norm of the smallest subgradient of J at the present parameters, biases included."""
        return self.measure.kkt_residual(self.parameters, settings)

    def losses(self) -> tuple[float, float]:
        """Mean training and validation loss; NaN without rows."""
        return self.measure.losses(self.parameters)

    def record(self, settings: TrainSettings) -> HistoryRow:
        """Note the present losses for the history, once a step."""
        known = self._recording.row_of(self.step)
        if known is not None:
            return known
        train_loss, validation_loss = self.losses()
        if self._stack.note_divergence(np.array([train_loss])):
            self._recording.note_taken("found-diverged", self.step, settings)
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
            float(self._recording.has_change),
            float(np.abs(weights).sum()),
            float(np.sqrt(np.square(weights).sum())),
            float(self.network.n_weights - self._recording.n_zero),
        )
        self._recording.note_row(row)
        self.moments.note(bool(row.changed), partial(self._kept, row))
        return row

    def moment(self) -> Moment:
        """Where the run stands."""
        too_small = self._recording.too_small(self.parameters)
        return Moment(self.step, self.epoch, self.has_diverged, too_small, self._limits)

    def snapshot(self, settings: TrainSettings) -> TrainSnapshot:
        """A frozen copy of the present moment, with the history rows since the last one."""
        self.apply(settings)
        row = self.record(settings)
        losses = row.train_loss, row.validation_loss
        measured = self.measure.with_losses(self.parameters, settings, self.moment(), losses)
        assert measured.gradient is not None
        step = self._stack.coming_step(settings, measured.gradient, self._still_metric)
        measured = replace(measured, next_step=step)
        self._limits = Moment.of(measured).limits
        self._last_measured = measured
        rows, changes = self._recording.handed_out()
        return replace(measured, rows=rows, changes=changes)

    def exact_snapshot(self, settings: TrainSettings, parameters: Float64s) -> TrainSnapshot:
        """The present moment as the model of ``parameters`` ``(n_parameters,)`` shows it; the model stays as it is."""
        trained = self.snapshot(settings)
        exact = self.measure(parameters, settings, replace(self.moment(), too_small=None))
        self._limits = Moment.of(exact).limits
        # Nothing is announced of a model that was not trained.
        return replace(exact, is_converged=False, doubt=None, is_collapsed=False, stands_for=trained)

    def glimpse(self, settings: TrainSettings) -> TrainSnapshot | None:
        """The present moment without a look at all rows: what those would say is of the last snapshot that had one.

        None when there was none, and when the model has diverged.
        """
        self.apply(settings)
        measured = self._last_measured
        if measured is None or self.has_diverged:
            return None
        self._note_zeros(settings)
        found = self.measure.glimpse(measured, self.parameters, settings, self.moment())
        self._limits = Moment.of(found).limits
        rows, changes = self._recording.handed_out()
        return replace(found, rows=rows, changes=changes)

    def earlier(self, kept: KeptMoment) -> TrainSnapshot:
        """What was shown at ``kept``, a moment of this run; the model stays as it is."""
        return earlier_snapshot(self.measure, kept)

    def _kept(self, row: HistoryRow, number: int) -> KeptMoment:
        losses, state = (row.train_loss, row.validation_loss), self.state(with_pending=False)
        return KeptMoment(number, row.epoch, bool(row.changed), losses, state)
