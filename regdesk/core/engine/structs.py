"""What the compiled functions are handed: named tuples of arrays, and small integer codes."""

from __future__ import annotations

from typing import Any, NamedTuple

TANH, RELU = 0, 1
SQUARED, LOGISTIC, SOFTMAX = 0, 1, 2
ADAM, SGD, MOMENTUM = 0, 1, 2
RUNNING, DIVERGED = 0, 1

CHECK_EVERY = 8
"""Steps between looks at whether a model has diverged."""
DIVERGENCE_FACTOR = 1e6
BETA_1, BETA_2, ADAM_EPSILON = 0.9, 0.999, 1e-8
MOMENTUM_BETA = 0.9
SHUFFLE_RUN = 16
"""Rows that stay together in the shuffle of a large problem: one vector of float32 a column."""
SHUFFLED_SINGLY = 8192
"""Training rows up to which each is shuffled for itself: so many stand in the cache, and a gather costs little."""
ROWS_IN_ONE = 65_536
"""Padded rows of a model up to which a sum over all of them is taken in one go."""
PART_ROWS = 32_768
"""Of more rows these are summed apart: 0.5 ms of 16-16, beside which the call of a part costs nothing."""
SHRINK_STEPS = 300.0
"""Once λ has risen a step under Adam begins with at most 1/300 of a weight: at 1,000 steps/s that can be watched."""
FLOOR_STEPS = 3000
"""Steps after a rise of λ over which Adam's floor comes down: three times the memory of its mean of g²."""


class Layout(NamedTuple):
    """Where the parameters of one model stand in its row: W1 (inputs × outputs), b1, W2, …

    ``is_weight`` is ``(n_parameters,)``, a weight's penalty factor, mostly 1, and 0 for a bias. ``group_starts`` and
    ``group_sizes`` ``(n_groups,)`` are the group lasso's groups, each a run of neighbouring parameters. ``forward_at``
    and ``gradient_pass_at`` are the addresses of the passes over it.
    """

    sizes: Any
    weight_offsets: Any
    bias_offsets: Any
    is_weight: Any
    group_starts: Any
    group_sizes: Any
    activation: int
    loss: int
    forward_at: int
    gradient_pass_at: int


class Problem(NamedTuple):
    """The rows, standardised, padded with rows of weight 0 to ``n_padded``.

    ``inputs`` is ``(n_sets * n_inputs * n_padded,)``, ``targets`` ``(n_sets * n_padded,)``, class indices for
    softmax; model m uses set ``set_of_model[m]``. ``train_weights`` and ``validation_weights`` are
    ``(n_models * n_padded,)``, with mean 1 but for what is 0, their sums ``(n_models,)``. ``n_active[m]`` columns hold
    all training rows of model m; ``train_rows`` ``(n_models, n_padded)`` lists them, ``n_train`` ``(n_models,)`` counts
    them.
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
    the present epoch, ``cursor`` the rows of it that are done. ``floor_steps_left`` ``(n_models,)`` counts the
    steps down over which a risen λ acts gently.
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
    floor_steps_left: Any


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


class EngineSettings(NamedTuple):
    """Settings in force; ``(n_models,)`` each, and two codes. Batch size 0 means all rows.

    ``is_grouped`` is 1 for the group lasso, which has no use for ``l1_ratio``.
    """

    lam: Any
    l1_ratio: Any
    is_grouped: Any
    learning_rate: Any
    optimizer: int
    batch_size: int
