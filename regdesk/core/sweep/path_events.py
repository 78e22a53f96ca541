"""Which input enters the model, leaves it and returns along descending λ: exact where that is known, else in bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from regdesk.core.sweep.lasso_knots import Knot
from regdesk.core.types import Float64s, Integers

EventKind = Literal["enters", "leaves", "returns"]
ROUNDING = 1e-12
"""Of the largest weight of a path: what is smaller is a zero that was rounded, as the weight of a copy is."""


@dataclass(frozen=True)
class PathEvent:
    """One input's weights become zero or are so no longer.

    Attributes:
        number: of the input.
        lam: the λ of the event itself, or the largest λ solved at which it has happened.
        above: the smallest λ solved at which it had not; ``lam`` itself where the event is exact.
    """

    number: int
    kind: EventKind
    lam: float
    above: float

    @property
    def is_exact(self) -> bool:
        return self.lam == self.above


@dataclass(frozen=True)
class PathEvents:
    """All of them by descending λ.

    ``order`` ``(n_inputs,)``: 1 for the first input to enter, 0 for one that never did. It may be any number from
    ``earliest`` to ``latest`` where others enter between the same two λ.
    """

    events: tuple[PathEvent, ...]
    order: Integers
    earliest: Integers
    latest: Integers


def input_sizes(weights: Float64s) -> Float64s:
    """The largest weight of each input, ``(n_lambdas, n_inputs)``, exactly 0 where the input is not in the model."""
    sizes = np.abs(weights).max(axis=2, initial=0.0)
    return np.where(sizes > ROUNDING * sizes.max(initial=0.0), sizes, 0.0)


def events_of(
    lambdas: Float64s,
    weights: Float64s,
    knots: Sequence[Knot] = (),
    reached: float = np.inf,
    copies: Sequence[int] = (),
) -> PathEvents:
    """The events of ``weights`` ``(n_lambdas, n_inputs, n_outputs)`` solved at the descending ``lambdas``.

    ``knots`` are all that happens above the λ ``reached``, but to the inputs ``copies``, of which they do not tell;
    from there on an event lies between two of ``lambdas``. Those between the same two stand in the order of the
    weights that they lead to, the largest first.
    """
    sizes = input_sizes(weights)
    is_active = np.zeros(sizes.shape[1], dtype=np.bool_)
    is_copy = is_active.copy()
    is_copy[list(copies)] = True
    changes: list[tuple[float, float, int]] = []
    for knot in knots:
        changes.append((knot.lam, knot.lam, knot.number))
        is_active[knot.number] = knot.is_entry
    for step, lam in enumerate(lambdas.tolist()):
        changed = np.flatnonzero(((sizes[step] > 0) != is_active) & (is_copy | (lam < reached)))
        above = float(lambdas[step - 1]) if step else np.inf
        for number in changed[np.argsort(-sizes[step, changed], kind="stable")].tolist():
            changes.append((lam, above if is_copy[number] else min(above, reached), number))
        is_active[changed] = ~is_active[changed]
    changes.sort(key=lambda change: -change[0])
    return _told(changes, len(is_active))


def _told(changes: Sequence[tuple[float, float, int]], n_inputs: int) -> PathEvents:
    """``changes`` by descending λ: what each of them is to its input, and who came first."""
    order = np.zeros(n_inputs, dtype=np.int64)
    is_active = np.zeros(n_inputs, dtype=np.bool_)
    n_entered = 0
    events: list[PathEvent] = []
    for lam, above, number in changes:
        kind: EventKind = "leaves" if is_active[number] else "returns" if order[number] else "enters"
        if kind == "enters":
            n_entered += 1
            order[number] = n_entered
        is_active[number] = not is_active[number]
        events.append(PathEvent(number, kind, lam, above))
    earliest, latest = order.copy(), order.copy()
    entries = [event for event in events if event.kind == "enters"]
    numbers = [event.number for event in entries]
    lams, aboves = np.array([(event.lam, event.above) for event in entries]).reshape(-1, 2).T
    # Who is in at the λ above was there before; who is out at this λ still comes after.
    earliest[numbers] = np.minimum(np.searchsorted(-lams, -aboves, side="right") + 1, order[numbers])
    latest[numbers] = np.maximum(np.searchsorted(np.sort(-aboves), -lams, side="left"), order[numbers])
    return PathEvents(tuple(events), order, earliest, latest)
