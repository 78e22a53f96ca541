"""What the compiled engine reads and writes for a stack of models: its arrays, and how they are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike, NDArray

from regdesk.core.engine import structs
from regdesk.core.engine.addresses import with_passes
from regdesk.core.engine.emitter import VECTOR_BYTES
from regdesk.core.engine.tiles import LANE_MULTIPLE
from regdesk.core.model.losses import Loss
from regdesk.core.model.network import Network
from regdesk.core.types import Float64s, Floats, TrainSettings

BLOCK_BYTES, LONG_BLOCK_BYTES = 1024, 2048
"""One row of a block: 256 float32 or 128 float64 samples, or twice as many where its rows stay in L2 even then."""
LONG_BLOCK_ROWS = 128
"""16-16, 1,000 rows: 36.8 against 34.2 µs a step; 64-64 and wider have more rows than this."""

ACTIVATION_CODES = {"tanh": structs.TANH, "relu": structs.RELU}
LOSS_CODES = {"squared": structs.SQUARED, "logistic": structs.LOGISTIC, "softmax": structs.SOFTMAX}
_OPTIMIZERS = {"adam": structs.ADAM, "sgd": structs.SGD, "momentum": structs.MOMENTUM}


@dataclass(frozen=True)
class Rows:
    """The rows of one stack, standardised.

    Attributes:
        inputs: ``(n_sets, n_rows, n_inputs)``; a set is one fold's own copy.
        targets: ``(n_sets, n_rows)``; for softmax the class's index.
        train_weights: ``(n_models, n_rows)``, 0 for rows that a model is not trained on, for others how much they
            count; in a mini-batch, too, a row's gradient is multiplied by its weight over the mean weight of all.
        validation_weights: ``(n_models, n_rows)``.
        set_of_model: ``(n_models,)``, which set each model reads.
    """

    inputs: Float64s
    targets: Float64s
    train_weights: Float64s
    validation_weights: Float64s
    set_of_model: Sequence[int]

    @classmethod
    def of_one_model(
        cls, inputs: Float64s, targets: Float64s, is_train: NDArray[np.bool_], weights: Float64s | None = None
    ) -> Rows:
        """``inputs`` ``(n_rows, n_inputs)`` and ``targets`` ``(n_rows,)``; what is not trained on is for validation.

        ``weights`` ``(n_rows,)`` say how much each row counts; None: once.
        """
        own = np.ones(len(targets)) if weights is None else weights
        train, validation = (np.where(part, own, 0.0)[np.newaxis] for part in (is_train, ~is_train))
        return cls(inputs[np.newaxis], targets[np.newaxis], train, validation, [0])

    @classmethod
    def of_training(cls, inputs: Float64s, targets: Float64s, weights: Float64s | None, n_models: int = 1) -> Rows:
        """Of ``n_models`` that are trained on all rows, which are those of ``of_one_model``."""
        own = np.ones(len(targets)) if weights is None else weights
        train = np.tile(own, (n_models, 1))
        return cls(inputs[np.newaxis], targets[np.newaxis], train, np.zeros_like(train), [0] * n_models)


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
    train_weights, validation_weights = _with_mean_one(rows.train_weights), _with_mean_one(rows.validation_weights)
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
        train_weights=_padded_rows(train_weights, n_padded, dtype),
        validation_weights=_padded_rows(validation_weights, n_padded, dtype),
        train_total=train_weights.sum(axis=1),
        validation_total=validation_weights.sum(axis=1),
        n_active=n_active,
        train_rows=train_rows,
        n_train=is_trained.sum(axis=1).astype(np.int64),
        n_padded=n_padded,
    )


def _with_mean_one(weights: Float64s) -> Float64s:
    """``weights`` ``(n_models, n_rows)`` with the mean 1 among the rows that are not 0: 0 and 1 stay what they are.

    So float32 holds them in whatever unit they were given, and what a batch counts is the number of its rows.
    """
    counts, largest = np.count_nonzero(weights, axis=1, keepdims=True), weights.max(axis=1, keepdims=True, initial=0.0)
    scaled = weights / np.where(largest > 0.0, largest, 1.0)
    totals = scaled.sum(axis=1, keepdims=True)
    return np.asarray(scaled * (counts / np.where(totals > 0.0, totals, 1.0)))


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
