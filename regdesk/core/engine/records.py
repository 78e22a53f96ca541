"""What the compiled functions are handed: named tuples of arrays, and small integer codes."""

from __future__ import annotations

from typing import Any, NamedTuple

TANH, RELU = 0, 1
SQUARED, LOGISTIC = 0, 1
ADAM, SGD = 0, 1
RUNNING, DIVERGED = 0, 1

CHECK_EVERY = 8
"""Steps between looks at whether a model has diverged."""
DIVERGENCE_FACTOR = 1e6
BETA_1, BETA_2, ADAM_EPSILON = 0.9, 0.999, 1e-8
SHRINK_STEPS = 300.0
"""Under Adam no step takes more than 1/300 of a network's weight while λ is moderate: at 1,000 steps/s it is seen."""


class Layout(NamedTuple):
    """Where the parameters of one model stand in its row: W1 (inputs × outputs), b1, W2, …

    ``is_weight`` is ``(n_parameters,)``, 1 for a weight and 0 for a bias.
    """

    sizes: Any
    weight_offsets: Any
    bias_offsets: Any
    is_weight: Any
    activation: int
    loss: int


class Problem(NamedTuple):
    """The rows, standardised, padded with rows of weight 0 to ``n_padded``.

    ``inputs`` is ``(n_sets * n_inputs * n_padded,)``, ``targets`` ``(n_sets * n_padded,)``; model m uses
    set ``set_of_model[m]``. ``train_weights`` and ``validation_weights`` are ``(n_models * n_padded,)``,
    their sums ``(n_models,)``. ``n_active[m]`` columns hold all training rows of model m;
    ``train_rows`` ``(n_models, n_padded)`` lists them, ``n_train`` ``(n_models,)`` counts them.
    """

    inputs: Any
    targets: Any
    set_of_model: Any
    train_weights: Any
    validation_weights: Any
    train_total: Any
    validation_total: Any
    n_active: Any
    train_rows: Any
    n_train: Any
    n_padded: int


class State(NamedTuple):
    """What training changes; a row per model, ``(n_models, n_parameters)`` where not said otherwise.

    ``sound`` holds the last parameters seen to be finite. ``order`` ``(n_models, n_padded)`` is the row order of
    the present epoch, ``cursor`` the rows of it that are done.
    """

    parameters: Any
    first_moment: Any
    second_moment: Any
    sound: Any
    beta_powers: Any
    steps: Any
    epochs: Any
    cursor: Any
    order: Any
    ordered_epoch: Any
    status: Any
    loss_limit: Any
    seeds: Any


class Work(NamedTuple):
    """Scratch of one thread, in blocks of ``block`` samples; ``tiny`` is the size below which a value becomes 0."""

    activations: Any
    deltas: Any
    batch_inputs: Any
    batch_targets: Any
    batch_weights: Any
    gradient: Any
    rates: Any
    block: int
    tiny: Any


class Pressure(NamedTuple):
    """Settings in force; ``(n_models,)`` float64 each, and two codes. Batch size 0 means all rows."""

    lam: Any
    l1_ratio: Any
    learning_rate: Any
    optimizer: int
    batch_size: int
