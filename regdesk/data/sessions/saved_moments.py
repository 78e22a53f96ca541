"""Earlier moments of a run as a session file holds them: in columns, for thousands of arrays would be as many parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regdesk.core.moments.kept_moment import KeptMoment
from regdesk.core.moments.store import MomentMemory, MomentStore
from regdesk.core.run.history import HistoryRow
from regdesk.core.run.trainer_state import OptimizerState, TrainerState
from regdesk.core.types import Booleans, Float64s, Floats, Integers, TrainSettings

MOST_BYTES = 8_000_000
"""Of the moments of the run on screen, as memory counts them; about a quarter of that in a file."""
MOST_BRANCHES_BYTES = 8_000_000
"""Of those of all branches together."""


@dataclass(frozen=True, eq=False)
class SavedMoments:
    """Earlier moments of a run, oldest first, one row of every array for each.

    Attributes:
        n_rows: rows of the history that there have been by the end.
        numbers: ``(n,)``, of the row of the history that each belongs to; epochs, is_change and losses ``(n, 2)`` as
            ``KeptMoment`` has them.
        settings: those that were in force at any of them, and which of these at each, ``which`` ``(n,)``.
        parameters … beta_powers: as ``OptimizerState`` has them, one row for each.
        counts: ``(n, 6)``: steps, epochs, cursor, floor_steps_left, zeros_step and n_taken of each.
        truths: ``(n, 2)``: has_diverged and has_change.
        measures: ``(n, 2)``: loss_limit and still_metric.
        order: those of the rows, one after the other; ``n_order`` ``(n,)`` says how many are each one's.
        seed: of the order of the rows.
        limits: ``(n, n_layers)``; is_zero: ``(n, n_parameters)``.
    """

    n_rows: int
    numbers: Integers
    epochs: Float64s
    is_change: Booleans
    losses: Float64s
    settings: tuple[TrainSettings, ...]
    which: Integers
    parameters: Floats
    sound: Floats
    first_moment: Floats
    second_moment: Floats
    beta_powers: Float64s
    counts: Integers
    truths: Booleans
    measures: Float64s
    order: NDArray[np.int32]
    n_order: Integers
    seed: int
    limits: Float64s
    is_zero: Booleans

    @classmethod
    def of(cls, memory: MomentMemory[KeptMoment] | None, most_bytes: int = MOST_BYTES) -> SavedMoments | None:
        """As many of ``memory``, evenly, as fit into ``most_bytes``; None where there are none."""
        if memory is None or not memory.moments:
            return None
        store: MomentStore[KeptMoment] = MomentStore(most_bytes)
        store.bring_back(memory)
        # What was trained under no settings has noted no row.
        moments = [one for one in store.moments if one.state.settings is not None]
        return cls._of(moments, memory.n_rows) if moments else None

    @classmethod
    def _of(cls, moments: Sequence[KeptMoment], n_rows: int) -> SavedMoments:
        states = [one.state for one in moments]
        own = [one.optimizer for one in states]
        places: dict[Any, int] = {}
        which = [places.setdefault(one.settings, len(places)) for one in states]
        return cls(
            n_rows=n_rows,
            numbers=np.array([one.number for one in moments], np.int64),
            epochs=np.array([one.epoch for one in moments], np.float64),
            is_change=np.array([one.is_change for one in moments], np.bool_),
            losses=np.array([one.losses for one in moments], np.float64),
            settings=tuple(places),
            which=np.array(which, np.int64),
            parameters=np.array([one.parameters for one in own]),
            sound=np.array([one.sound for one in own]),
            first_moment=np.array([one.first_moment for one in own]),
            second_moment=np.array([one.second_moment for one in own]),
            beta_powers=np.array([one.beta_powers for one in own]),
            counts=np.array([_counts(one) for one in states], np.int64),
            truths=np.array([(one.optimizer.has_diverged, one.has_change) for one in states], np.bool_),
            measures=np.array([(one.optimizer.loss_limit, one.still_metric) for one in states], np.float64),
            order=np.concatenate([one.order for one in own]).astype(np.int32),
            n_order=np.array([len(one.order) for one in own], np.int64),
            seed=own[0].seed,
            limits=np.array([one.limits for one in states], np.float64),
            is_zero=np.array([one.is_zero for one in states], np.bool_),
        )

    def memory(self) -> MomentMemory[KeptMoment]:
        """The moments again, each with arrays of its own: those that go with time leave no others behind."""
        ends = np.cumsum(self.n_order)
        moments = [
            KeptMoment(
                int(self.numbers[row]),
                float(self.epochs[row]),
                bool(self.is_change[row]),
                (float(self.losses[row, 0]), float(self.losses[row, 1])),
                self._state(row, self.order[ends[row] - self.n_order[row] : ends[row]]),
            )
            for row in range(len(self.numbers))
        ]
        return MomentMemory(tuple(moments), self.n_rows)

    def _state(self, row: int, order: NDArray[np.int32]) -> TrainerState:
        steps, epochs, cursor, floor_steps_left, zeros_step, n_taken = self.counts[row].tolist()
        has_diverged, has_change = self.truths[row].tolist()
        loss_limit, still_metric = self.measures[row].tolist()
        return TrainerState(
            OptimizerState(
                self.parameters[row].copy(), self.sound[row].copy(), self.first_moment[row].copy(),
                self.second_moment[row].copy(), self.beta_powers[row].copy(), steps, epochs, cursor, order.copy(),
                has_diverged, loss_limit, self.seed, floor_steps_left,
            ),
            self.settings[int(self.which[row])], still_metric, tuple(self.limits[row].tolist()),
            self.is_zero[row].copy(), zeros_step, has_change, np.empty((0, len(HistoryRow._fields))), (), n_taken,
        )  # fmt: skip

    def fits(self, state: TrainerState) -> bool:
        """Whether its parts fit together, and to the run that stands at ``state``."""
        n, own = len(self.numbers), state.optimizer
        shapes = {
            "numbers": (n,), "epochs": (n,), "is_change": (n,), "losses": (n, 2), "which": (n,),
            "parameters": (n, *own.parameters.shape), "sound": (n, *own.parameters.shape),
            "first_moment": (n, *own.parameters.shape), "second_moment": (n, *own.parameters.shape),
            "beta_powers": (n, 2), "counts": (n, 6), "truths": (n, 2), "measures": (n, 2),
            "order": (int(self.n_order.sum()),), "n_order": (n,), "limits": (n, len(state.limits)),
            "is_zero": (n, *own.parameters.shape),
        }  # fmt: skip
        if n < 1 or any(getattr(self, name).shape != shape for name, shape in shapes.items()):
            return False
        kinds = {getattr(self, name).dtype for name in ("parameters", "sound", "first_moment", "second_moment")}
        steps, zeros_step = self.counts[:, 0], self.counts[:, 4]
        least = min(self.counts[:, [0, 1, 2, 3, 5]].min(), self.n_order.min(), self.which.min(), self.numbers[0])
        return bool(
            kinds == {own.parameters.dtype}
            and self.seed == own.seed
            and least >= 0
            and zeros_step.min() >= -1
            and (np.diff(self.numbers) > 0).all()
            and self.numbers[-1] < self.n_rows
            and (np.diff(steps) >= 0).all()
            and steps[-1] <= own.steps
            and self.which.max() < len(self.settings)
            and np.isfinite(self.epochs).all()
            and (np.isfinite(self.limits) & (self.limits > 0.0)).all()
        )


def _counts(state: TrainerState) -> tuple[int, ...]:
    own = state.optimizer
    return own.steps, own.epochs, own.cursor, own.floor_steps_left, state.zeros_step, state.n_taken
