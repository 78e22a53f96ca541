"""A run once more: a trainer that is led through what another took, step by step, comes to the same bits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.run.taken import Taken
    from regdesk.core.training.trainer import Trainer
    from regdesk.core.types import TrainSettings

STEPS_A_TURN = 1_000
"""Between two looks at whether somebody wants to stop."""


def retraced(trainer: Trainer, taken: Iterable[Taken], last_step: int, stops: Sequence[int] = ()) -> Iterator[int]:
    """Lead ``trainer``, which has the seed's weights, through what was ``taken``, to ``last_step`` or to where it
    diverges; yields its step again and again, and at each of the ascending ``stops`` before it takes anything there.

    Raises ValueError where parameters that were put in are of another model, and where it has settings for no step.
    """
    settings: TrainSettings | None = None
    for one in taken:
        yield from _advanced(trainer, settings, one.step, stops)
        settings = one.settings
        if one.kind == "settings":
            trainer.apply(settings)
        elif one.kind == "diverged":
            # The step is not done.
            trainer.advance(settings, 1)
        elif one.kind == "found-diverged":
            trainer.record(settings)
        elif one.put_in is not None:
            trainer.load(one.put_in.into(trainer.parameters), settings, one.words)
    yield from _advanced(trainer, settings, last_step, stops)


def _advanced(trainer: Trainer, settings: TrainSettings | None, step: int, stops: Sequence[int]) -> Iterator[int]:
    while trainer.step < step and not trainer.has_diverged:
        if settings is None:
            raise ValueError(f"step {step} is trained under no settings")
        number = bisect_right(stops, trainer.step)
        end = min(step, trainer.step + STEPS_A_TURN, *stops[number : number + 1])
        trainer.advance(settings, end - trainer.step)
        yield trainer.step
