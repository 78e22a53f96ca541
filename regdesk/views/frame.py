"""What the window is given to draw: values that all belong to one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.changes import SettingsChange
    from regdesk.core.history import BestMoment, HistoryColumns
    from regdesk.core.snapshot import TrainSnapshot


@dataclass(frozen=True)
class Frame:
    """One moment of a run, its course so far, and the sentences about it.

    ``reset_lam`` is the λ to begin again with when the network has collapsed, else None. ``changes`` are those of
    settings since the run began, ``best`` is the lowest validation loss of it.
    ``stretch`` is the part of the axis, in epochs, that ``history`` is of; None for all of the run.
    """

    snapshot: TrainSnapshot
    history: HistoryColumns
    story: str
    objective: str
    reset_lam: float | None = None
    changes: tuple[SettingsChange, ...] = ()
    best: BestMoment | None = None
    stretch: tuple[float, float] | None = None


@dataclass(frozen=True)
class TableView:
    """What the control column says about the table that is open.

    Attributes:
        title: the file's or sample's name.
        hint: one sentence on what it shows or what to try.
        target, task, inputs, rows: what is in force, in words.
        summary: rows, inputs and what was done to them, as sentences.
    """

    title: str
    hint: str
    target: str
    task: str
    inputs: str
    rows: str
    summary: str
