"""The engine's state of one model as a value, and back."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from regdesk.core.engine import structs
from regdesk.core.run.trainer_state import OptimizerState
from regdesk.core.types import Integers

Array = TypeVar("Array", bound=NDArray[Any])

_ARRAYS = ("parameters", "sound", "first_moment", "second_moment")


def kept_state(state: structs.State, n_train: int) -> OptimizerState:
    """Copies of the first model's; it has ``n_train`` training rows."""
    arrays = {name: _copy(getattr(state, name)[0]) for name in _ARRAYS}
    cursor = int(state.cursor[0])
    return OptimizerState(
        **arrays,
        beta_powers=_copy(state.beta_powers[0]),
        steps=int(state.steps[0]),
        epochs=int(state.epochs[0]),
        cursor=cursor,
        # Between epochs the order is drawn anew; of a million rows it would be four megabytes.
        order=_copy(state.order[0, : n_train if cursor else 0]),
        has_diverged=bool(state.status[0] == structs.DIVERGED),
        loss_limit=float(state.loss_limit[0]),
        seed=int(state.seeds[0]),
        floor_steps_left=int(state.floor_steps_left[0]),
    )


def restore_state(state: structs.State, kept: OptimizerState, train_rows: Integers) -> None:
    """Write ``kept`` into the first model of ``state``, which is trained on ``train_rows`` ``(n_train,)``.

    The engine follows the order of the rows without a look at its bounds: so that is looked at here. Raises ValueError
    when it is none of these rows, or when parameters are of another number or dtype.
    """
    for name in _ARRAYS:
        own, other = getattr(state, name)[0], getattr(kept, name)
        if own.shape != other.shape or own.dtype != other.dtype:
            raise ValueError(f"{len(own)} numbers of {own.dtype} are needed, not {other.shape} of {other.dtype}")
    is_whole = not kept.cursor and not len(kept.order)
    if not kept.is_of_rows(np.sort(train_rows)):
        raise ValueError(f"the order of the rows is not one of {len(train_rows)} training rows")
    if kept.beta_powers.shape != (2,) or min(kept.steps, kept.epochs, kept.floor_steps_left) < 0:
        raise ValueError("the state of the optimiser is not one")
    for name in (*_ARRAYS, "beta_powers"):
        getattr(state, name)[0] = getattr(kept, name)
    state.steps[0], state.epochs[0], state.cursor[0] = kept.steps, kept.epochs, kept.cursor
    state.order[0, : len(kept.order)] = kept.order
    # Without an order the next mini-batch draws that of its epoch.
    state.ordered_epoch[0] = -1 if is_whole else kept.epochs
    state.status[0] = structs.DIVERGED if kept.has_diverged else structs.RUNNING
    state.loss_limit[0], state.seeds[0] = kept.loss_limit, kept.seed
    state.floor_steps_left[0] = kept.floor_steps_left


def _copy(values: Array) -> Array:
    copied = values.copy()
    copied.flags.writeable = False
    return copied
