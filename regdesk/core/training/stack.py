"""A stack of models on the compiled engine: its arrays, and the calls that step and measure them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, wait
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from regdesk.core.engine import kernels, structs
from regdesk.core.engine.addresses import with_passes
from regdesk.core.engine.emitter import VECTOR_BYTES
from regdesk.core.engine.tiles import LANE_MULTIPLE
from regdesk.core.model.losses import Loss
from regdesk.core.model.network import Network
from regdesk.core.training.row_sharing import RowSharing
from regdesk.core.types import Float64s, Floats, TrainSettings

BLOCK_BYTES, LONG_BLOCK_BYTES = 1024, 2048
"""One row of a block: 256 float32 or 128 float64 samples, or twice as many where its rows stay in L2 even then."""
LONG_BLOCK_ROWS = 128
"""16-16, 1,000 rows: 36.8 against 34.2 µs a step; 64-64 and wider have more rows than this."""

ACTIVATION_CODES = {"tanh": structs.TANH, "relu": structs.RELU}
LOSS_CODES = {"squared": structs.SQUARED, "logistic": structs.LOGISTIC, "softmax": structs.SOFTMAX}
_OPTIMIZERS = {"adam": structs.ADAM, "sgd": structs.SGD, "momentum": structs.MOMENTUM}
PARTS_PER_THREAD = 4
"""Several, so that a thread that the system has held up, or whose models diverged, leaves the rest to others."""


@dataclass(frozen=True)
class Cores:
    """Threads that a stack may share its models between: kernels without the GIL, never numba's own parallel loops."""

    executor: Executor
    n_threads: int


def shares_rows(n_rows: int) -> bool:
    """Whether ``n_rows`` of one model are so many that threads can share them; see ``RowSharing``."""
    return padded(n_rows) > structs.ROWS_IN_ONE


@dataclass(frozen=True)
class Rows:
    """The rows of one stack, standardised.

    Attributes:
        inputs: ``(n_sets, n_rows, n_inputs)``; a set is one fold's own copy.
        targets: ``(n_sets, n_rows)``; for softmax the class's index.
        train_weights: ``(n_models, n_rows)``, 0 for rows that a model is not trained on.
        validation_weights: ``(n_models, n_rows)``.
        set_of_model: ``(n_models,)``, which set each model reads.
    """

    inputs: Float64s
    targets: Float64s
    train_weights: Float64s
    validation_weights: Float64s
    set_of_model: Sequence[int]

    @classmethod
    def of_one_model(cls, inputs: Float64s, targets: Float64s, is_train: NDArray[np.bool_]) -> Rows:
        """``inputs`` ``(n_rows, n_inputs)`` and ``targets`` ``(n_rows,)``; what is not trained on is for validation."""
        weights = is_train[np.newaxis].astype(np.float64)
        return cls(inputs[np.newaxis], targets[np.newaxis], weights, 1.0 - weights, [0])


def aligned_zeros(count: int, dtype: DTypeLike) -> Floats:
    """``(count,)`` at the start of a cache line: a vector that straddles two is read at half the speed."""
    real = np.dtype(dtype)
    memory = np.zeros(count * real.itemsize + VECTOR_BYTES, dtype=np.uint8)
    start = -memory.ctypes.data % VECTOR_BYTES
    values: Floats = memory[start : start + count * real.itemsize].view(real)
    return values


def padded(n_samples: int) -> int:
    """``n_samples`` rounded up to whole vectors."""
    return -(-n_samples // LANE_MULTIPLE) * LANE_MULTIPLE


def columns_of(inputs: Floats, dtype: DTypeLike) -> Floats:
    """Rows ``(n_rows, n_inputs)`` as the engine reads them: flat, samples contiguous, padded with zeros."""
    columns = aligned_zeros(inputs.shape[1] * padded(len(inputs)), dtype)
    columns.reshape(inputs.shape[1], -1)[:, : len(inputs)] = inputs.T
    return columns


def layout_of(network: Network, loss: Loss, dtype: DTypeLike) -> structs.Layout:
    """Shape, activation, loss and groups as the engine reads them, and where its passes are."""
    return with_passes(shape_of(network, loss, dtype))


def shape_of(network: Network, loss: Loss, dtype: DTypeLike) -> structs.Layout:
    """As ``layout_of``, without the passes: for what takes no step."""
    return structs.Layout(
        sizes=np.array(network.sizes, dtype=np.int64),
        weight_offsets=network.weight_offsets,
        bias_offsets=network.bias_offsets,
        is_weight=pressures_of(network).astype(dtype),
        group_starts=np.flatnonzero(network.is_weight)[network.group_bounds[:-1]],
        group_sizes=np.diff(network.group_bounds),
        activation=ACTIVATION_CODES[network.activation],
        loss=LOSS_CODES[loss.kind],
        forward_at=0,
        gradient_pass_at=0,
    )


def pressures_of(network: Network) -> Float64s:
    """What multiplies the penalty of each parameter, ``(n_parameters,)``: a weight's factor, and 0 of a bias."""
    pressures = network.is_weight.astype(np.float64)
    if network.weight_factors is not None:
        pressures[network.is_weight] = network.weight_factors
    return pressures


def problem_of(rows: Rows, dtype: DTypeLike) -> structs.Problem:
    """``rows`` as the engine reads them, each model with its own."""
    n_sets, n_rows, n_inputs = rows.inputs.shape
    n_models, n_padded = len(rows.train_weights), padded(n_rows)
    inputs = aligned_zeros(n_sets * n_inputs * n_padded, dtype)
    inputs.reshape(n_sets, n_inputs, n_padded)[:, :, :n_rows] = rows.inputs.transpose(0, 2, 1)
    is_trained = rows.train_weights != 0
    train_rows = np.zeros((n_models, n_padded), dtype=np.int32)
    n_active = np.zeros(n_models, dtype=np.int64)
    for model, mask in enumerate(is_trained):
        positions = np.flatnonzero(mask)
        train_rows[model, : len(positions)] = positions
        n_active[model] = padded(int(positions[-1]) + 1)
    return structs.Problem(
        inputs=inputs,
        targets=_padded_rows(rows.targets, n_padded, dtype),
        set_of_model=np.array(rows.set_of_model, dtype=np.int64),
        train_weights=_padded_rows(rows.train_weights, n_padded, dtype),
        validation_weights=_padded_rows(rows.validation_weights, n_padded, dtype),
        train_total=rows.train_weights.sum(axis=1),
        validation_total=rows.validation_weights.sum(axis=1),
        n_active=n_active,
        train_rows=train_rows,
        n_train=is_trained.sum(axis=1).astype(np.int64),
        n_padded=n_padded,
    )


def _padded_rows(values: Float64s, n_padded: int, dtype: DTypeLike) -> Floats:
    result = aligned_zeros(len(values) * n_padded, dtype)
    result.reshape(len(values), n_padded)[:, : values.shape[1]] = values
    return result


def work_of(network: Network, dtype: DTypeLike) -> structs.Work:
    """Scratch for one thread."""
    real = np.dtype(dtype)
    sizes = network.sizes
    n_rows = sum(sizes) + 2 * max(sizes[1:])
    block = (LONG_BLOCK_BYTES if n_rows <= LONG_BLOCK_ROWS else BLOCK_BYTES) // real.itemsize

    def zeros(count: int) -> Floats:
        return aligned_zeros(count, real)

    return structs.Work(
        activations=zeros(sum(sizes[1:]) * block),
        deltas=zeros(2 * max(sizes[1:]) * block),
        batch_inputs=zeros(sizes[0] * block),
        batch_targets=zeros(block),
        batch_weights=zeros(block),
        gradient=zeros(network.n_parameters),
        rates=zeros(network.n_parameters),
        block=block,
        tiny=real.type(np.finfo(real).tiny),
    )


def state_of(parameters: Floats, seeds: Sequence[int], problem: structs.Problem, dtype: DTypeLike) -> structs.State:
    """Of models that begin at ``parameters`` ``(n_models, n_parameters)``, with no limit to their losses yet."""
    start = np.array(parameters, dtype=dtype)
    n_models = len(start)
    return structs.State(
        parameters=start,
        first_moment=np.zeros_like(start),
        second_moment=np.zeros_like(start),
        sound=start.copy(),
        beta_powers=np.ones((n_models, 2)),
        steps=np.zeros(n_models, dtype=np.int64),
        epochs=np.zeros(n_models, dtype=np.int64),
        cursor=np.zeros(n_models, dtype=np.int64),
        order=np.zeros((n_models, problem.n_padded), dtype=np.int32),
        ordered_epoch=np.full(n_models, -1, dtype=np.int64),
        status=np.zeros(n_models, dtype=np.int64),
        loss_limit=np.full(n_models, np.inf),
        seeds=np.array(seeds, dtype=np.uint64),
        floor_steps_left=np.zeros(n_models, dtype=np.int64),
    )


def engine_settings_of(settings: Sequence[TrainSettings]) -> structs.EngineSettings:
    """``settings`` as the engine reads them, one for each model; optimiser and batch size are shared."""
    return structs.EngineSettings(
        lam=np.array([one.effective_lam for one in settings], dtype=np.float64),
        l1_ratio=np.array([one.effective_l1_ratio for one in settings], dtype=np.float64),
        is_grouped=np.array([one.penalty == "group-lasso" for one in settings], dtype=np.int64),
        learning_rate=np.array([one.learning_rate for one in settings], dtype=np.float64),
        optimizer=_OPTIMIZERS[settings[0].optimizer],
        batch_size=settings[0].batch_size,
    )


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

        ``cores`` None works in the calling thread.
        """
        self.network = network
        self._cores = cores
        self.dtype = np.dtype(dtype)
        self.n_models = len(parameters)
        self._layout = layout_of(network, loss, self.dtype)
        self._problem = problem_of(rows, self.dtype)
        self._state = state_of(parameters, seeds, self._problem, self.dtype)
        n_parts = 1 if cores is None else min(self.n_models, PARTS_PER_THREAD * cores.n_threads)
        bounds = np.linspace(0, self.n_models, n_parts + 1).astype(np.int64).tolist()
        self._parts = [(work_of(network, self.dtype), first, last) for first, last in pairwise(bounds)]
        # Of one model with many rows these are shared, of several models the models.
        self._row_sharing: RowSharing | None = None
        if cores is not None and self.n_models == 1 and shares_rows(rows.inputs.shape[1]):
            works = [work_of(network, self.dtype) for _ in range(cores.n_threads)]
            self._row_sharing = RowSharing(self._layout, self._problem, works, cores.executor)
        self._limit_divergence(rows, loss)

    def _limit_divergence(self, rows: Rows, loss: Loss) -> None:
        """A loss above 1e6 × the larger of its start and the null model's is called divergence."""
        start = self.losses()[:, 0]
        # Of Python's own kind: numpy would compare a loss in float32, which may not hold it.
        tiny = float(np.finfo(self.dtype).tiny)
        for model in range(self.n_models):
            mask = rows.train_weights[model] != 0
            targets = rows.targets[rows.set_of_model[model], mask]
            null = loss.null_loss(targets, self.network.sizes[-1])
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
        return self._row_sharing is not None

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
        if self._row_sharing is not None and self._row_sharing.has_parts and is_full:
            self._advance_by_rows(self._row_sharing, engine_settings, n_steps)
            return
        self._share(
            lambda work, first, last: kernels.train(
                self._layout, self._problem, self._state, engine_settings, work, first, last, n_steps, False, 0.0
            )
        )

    def _advance_by_rows(self, rows: RowSharing, engine_settings: structs.EngineSettings, n_steps: int) -> None:
        """As ``advance``, each step's rows shared between the threads: the same numbers to the last bit."""
        work = self._parts[0][0]
        for _ in range(n_steps):
            if self.has_diverged[0]:
                return
            # As the engine has it in a step of its own.
            want_loss = self.steps[0] % structs.CHECK_EVERY == 0 or self._layout.loss == structs.SQUARED
            work.gradient[:], loss = rows.gradient(self.parameters, want_loss)
            kernels.train(self._layout, self._problem, self._state, engine_settings, work, 0, 1, 1, True, loss)

    def _share(self, call: Callable[[structs.Work, int, int], None]) -> None:
        """``call`` on every part of the models, on all threads at once; waits for them, raises the first error."""
        if self._cores is None or len(self._parts) == 1:
            for part in self._parts:
                call(*part)
            return
        futures = [self._cores.executor.submit(call, *part) for part in self._parts]
        wait(futures)
        for future in futures:
            future.result()

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

    def losses(self) -> Float64s:
        """Mean training and validation loss, ``(n_models, 2)``; NaN where there are no rows."""
        if self._row_sharing is not None:
            return self._row_sharing.losses(self.parameters)
        losses: Float64s = np.empty((self.n_models, 2))
        self._measure(losses, self.parameters[:0])
        return losses

    def gradients(self) -> Floats:
        """∇ of the mean training loss, ``(n_models, n_parameters)``, over all training rows."""
        if self._row_sharing is not None and self._row_sharing.has_parts:
            return self._row_sharing.gradient(self.parameters, False)[0][np.newaxis]
        gradients: Floats = np.empty_like(self.parameters)
        self._measure(np.empty((0, 2)), gradients)
        return gradients

    def _measure(self, losses: Float64s, gradients: Floats) -> None:
        self._share(
            lambda work, first, last: kernels.measure(
                self._layout, self._problem, self._state.parameters, work, first, last, losses, gradients, False, False
            )
        )

    def predict(self, columns: Floats, n_rows: int, model: int = 0) -> Float64s:
        """Outputs ``(n_rows, n_outputs)`` for ``columns`` made by ``columns_of``."""
        n_padded = padded(n_rows)
        outputs = np.empty((self.network.sizes[-1], n_padded), dtype=self.dtype)
        kernels.predict(self._layout, self._state.parameters[model], columns, n_padded, self._parts[0][0], outputs)
        return outputs[:, :n_rows].T.astype(np.float64, order="C")
