"""A stack of models on the compiled engine: what steps them, and what becomes of those that diverge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from regdesk.core.engine import kernels, structs
from regdesk.core.model.losses import Loss
from regdesk.core.model.network import Network
from regdesk.core.run.next_step import NextStep
from regdesk.core.run.trainer_state import OptimizerState
from regdesk.core.training.coming_step import EngineMeans, coming_step
from regdesk.core.training.cores import Cores
from regdesk.core.training.kept_state import kept_state, restore_state
from regdesk.core.training.row_passes import RowPasses
from regdesk.core.training.row_sharing import RowSharing
from regdesk.core.training.stack_arrays import Rows, engine_settings_of, state_of, work_of
from regdesk.core.types import Float64s, Floats, TrainSettings


class Stack:
    """K models of one network shape, each with its own parameters, rows, penalty, λ, l1_ratio and learning rate.

    A model's numbers depend on its own row of everything alone: not on its neighbours, their number, how steps are
    cut into calls, or on how many threads share the models.
    """

    def __init__(
        self,
        network: Network,
        loss: Loss,
        rows: Rows,
        parameters: Floats,
        seeds: Sequence[int],
        dtype: DTypeLike,
        cores: Cores | None = None,
    ) -> None:
        """``parameters`` ``(n_models, n_parameters)``; ``seeds`` ``(n_models,)`` order the mini-batches.

        ``cores`` None works in the calling thread. ``passes`` are over the rows of these models, for any parameters.
        """
        self.network = network
        self.dtype = np.dtype(dtype)
        self.n_models = len(parameters)
        self.passes = RowPasses(network, loss, rows, self.n_models, self.dtype, cores)
        self._layout, self._problem = self.passes.layout, self.passes.problem
        self._state = state_of(parameters, seeds, self._problem, self.dtype)
        self._works = {first: work_of(network, self.dtype) for first in self.passes.bounds[:-1]}
        self._limit_divergence(rows, loss)

    def _limit_divergence(self, rows: Rows, loss: Loss) -> None:
        """A loss above 1e6 × the larger of its start and the null model's is called divergence."""
        start = self.losses()[:, 0]
        # Of Python's own kind: numpy would compare a loss in float32, which may not hold it.
        tiny = float(np.finfo(self.dtype).tiny)
        for model in range(self.n_models):
            mask = rows.train_weights[model] != 0
            targets = rows.targets[rows.set_of_model[model], mask]
            weights = rows.train_weights[model, mask]
            own = loss.weighed(None if (weights == 1.0).all() else weights)
            null = own.null_loss(targets, self.network.sizes[-1])
            larger = max(float(start[model]) if np.isfinite(start[model]) else 0.0, null, tiny)
            self._state.loss_limit[model] = structs.DIVERGENCE_FACTOR * larger

    @property
    def parameters(self) -> Floats:
        """``(n_models, n_parameters)``, alive: copy what must last."""
        parameters: Floats = self._state.parameters
        return parameters

    @property
    def steps(self) -> Any:
        """Optimiser steps done, ``(n_models,)``."""
        return self._state.steps

    @property
    def has_diverged(self) -> Any:
        """``(n_models,)`` booleans."""
        return self._state.status == structs.DIVERGED

    def epoch(self, model: int = 0) -> float:
        """Passes over the training rows; a whole number between epochs."""
        return float(self._state.epochs[model] + self._state.cursor[model] / self._problem.n_train[model])

    @property
    def shares_rows(self) -> bool:
        """Whether threads share the rows of its one model."""
        return self.passes.row_sharing is not None

    def n_train(self, model: int = 0) -> int:
        return int(self._problem.n_train[model])

    def advance(self, settings: Sequence[TrainSettings], n_steps: int) -> None:
        """``n_steps`` optimiser steps under ``settings``, one per model; optimiser and batch size are shared.

        Raises ValueError when there is not one for each model, or when they differ in what is shared.
        """
        shared = {(one.optimizer, one.batch_size) for one in settings}
        if len(settings) != self.n_models or len(shared) != 1:
            raise ValueError(f"{self.n_models} models need as many settings, of one optimiser and batch size")
        engine_settings = engine_settings_of(settings)
        is_full = not 0 < engine_settings.batch_size < self.n_train()
        row_sharing = self.passes.row_sharing
        if row_sharing is not None and row_sharing.has_parts and is_full:
            self._advance_by_rows(row_sharing, engine_settings, n_steps)
            return
        self.passes.share(
            lambda first, last: kernels.train(
                self._layout, self._problem, self._state, engine_settings, self._works[first], first, last, n_steps,
                False, 0.0,
            )
        )  # fmt: skip

    def _advance_by_rows(self, rows: RowSharing, engine_settings: structs.EngineSettings, n_steps: int) -> None:
        """As ``advance``, each step's rows shared between the threads: the same numbers to the last bit."""
        work = self._works[0]
        for _ in range(n_steps):
            if self.has_diverged[0]:
                return
            # As the engine has it in a step of its own.
            want_loss = self.steps[0] % structs.CHECK_EVERY == 0 or self._layout.loss == structs.SQUARED
            work.gradient[:], loss = rows.gradient(self.parameters, want_loss)
            kernels.train(self._layout, self._problem, self._state, engine_settings, work, 0, 1, 1, True, loss)

    def forget_means(self) -> None:
        """The optimiser starts its running means anew; no weight is touched."""
        self._state.first_moment[:] = 0
        self._state.second_moment[:] = 0
        self._state.beta_powers[:] = 1

    def replace_parameters(self, parameters: Floats) -> None:
        """Go on from ``parameters`` ``(n_models, n_parameters)``, as if the optimiser had always been there.

        Diverged models train again. The mean of gradients is the gradient: from 0 momentum would lag behind the
        penalty, and carry a model off from where it stands still.
        """
        self._state.parameters[:] = parameters
        self._state.sound[:] = self._state.parameters
        self._state.status[:] = structs.RUNNING
        self.forget_means()
        self._state.first_moment[:] = self.gradients()
        self._state.beta_powers[:, 0] = 0

    def fix_metric(self, metric: float) -> None:
        """Keep Adam from dividing by less than ``metric`` in the steps to come; for models at a minimum.

        There gradients are rounding, its own metric sinks to ε, and steps of rounding over ε lead away: on the diabetes
        data at λ = 0 in bursts up to 5e-4 of J.
        """
        np.maximum(self._state.second_moment, metric**2, out=self._state.second_moment)
        self._state.beta_powers[:, 1] = 0

    def raise_metric_floor(self) -> None:
        """λ has risen: let it act gently on weights whose gradients may long have vanished."""
        self._state.floor_steps_left[:] = structs.FLOOR_STEPS

    def note_divergence(self, train_losses: Float64s) -> bool:
        """Whether a loss ``(n_models,)`` just measured says that a model has diverged since the engine last looked.

        Such a model goes back to its last sound parameters, as it would at the engine's next look.
        """
        has_failed = ~(np.isfinite(train_losses) & (train_losses <= self._state.loss_limit)) & ~self.has_diverged
        self._state.parameters[has_failed] = self._state.sound[has_failed]
        self._state.status[has_failed] = structs.DIVERGED
        return bool(has_failed.any())

    def clear_divergence(self) -> None:
        """Let diverged models train on, from their last sound parameters and without the optimiser's memory."""
        diverged = self.has_diverged
        self._state.status[diverged] = structs.RUNNING
        for memory in (self._state.first_moment, self._state.second_moment):
            memory[diverged] = 0
        self._state.beta_powers[diverged] = 1

    def state(self) -> OptimizerState:
        """Copies of all that training changes of the first model."""
        return kept_state(self._state, self.n_train())

    def restore(self, state: OptimizerState) -> None:
        """Go on from ``state``, with the first model. Raises ValueError, a sentence, if it is of other rows or layers;
        then nothing has changed.
        """
        restore_state(self._state, state, self._problem.train_rows[0, : self.n_train()])

    def losses(self) -> Float64s:
        """Mean training and validation loss, ``(n_models, 2)``; NaN where there are no rows."""
        return self.passes.losses(self.parameters)

    def gradients(self) -> Floats:
        """∇ of the mean training loss, ``(n_models, n_parameters)``, over all training rows."""
        return self.passes.gradients(self.parameters)

    def coming_step(self, settings: TrainSettings, gradient: Float64s, least_metric: float = 0.0) -> NextStep:
        """What the first model's next step does before the penalty acts; see ``coming_step``."""
        return coming_step(EngineMeans.of(self._state), settings, gradient, least_metric)

    def predict(self, columns: Floats, n_rows: int, model: int = 0) -> Float64s:
        """Outputs ``(n_rows, n_outputs)`` for ``columns`` made by ``columns_of``."""
        return self.passes.predict(self.parameters[model], columns, n_rows)
