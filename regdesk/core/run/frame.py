"""What the window is given to draw: values that all belong to one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.run.changes import SettingsChange
    from regdesk.core.run.history import BestMoment, HistoryColumns
    from regdesk.core.run.hysteresis_tour import HysteresisCurves
    from regdesk.core.run.live_trail import TrailColumns
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.run.verdict import Verdict


@dataclass(frozen=True, eq=False)
class NewRows:
    """How good a model of these data is on rows of another file.

    Attributes:
        file: its name.
        model: which model it is, such as "at λ 0.1, epoch 20"; empty where it is the one of this moment.
        n_rows: those with a prediction and a target.
        figures: loss on the training scale and metrics, under the names that ``fit`` has for them.
    """

    file: str
    model: str
    n_rows: int
    figures: Mapping[str, float | None]


@dataclass(frozen=True)
class Frame:
    """One moment of a run, its course so far, and the sentences about it.

    ``reset_lam`` is the λ to begin again with when the network has collapsed, else None. ``changes`` are those of
    settings since the run began, ``best`` is the lowest validation loss of it.
    ``optimum`` says how far a linear model is above the optimum of its λ; empty where that is not known.
    ``trail`` holds the losses at each λ that this run has visited.
    ``up_down`` is what the up-and-down demonstration of this run has found; None when there was none.
    ``degrees_of_freedom`` are those of a linear model at that optimum; NaN where they are not known.
    ``new_rows`` are figures on another file, of this very model or of the one that they name; None for none.
    ``verdict`` says whether it overfits or underfits; None where nothing can be said.
    ``stretch`` is the part of the axis, in epochs, that ``history`` is of; None for all of the run.
    ``now`` is the newest moment of the run, where the frame shows an earlier one; else None.
    """

    snapshot: TrainSnapshot
    history: HistoryColumns
    story: str
    objective: str
    reset_lam: float | None = None
    changes: tuple[SettingsChange, ...] = ()
    best: BestMoment | None = None
    stretch: tuple[float, float] | None = None
    trail: TrailColumns | None = None
    optimum: str = ""
    degrees_of_freedom: float = float("nan")
    up_down: HysteresisCurves | None = None
    new_rows: NewRows | None = None
    verdict: Verdict | None = None
    now: TrainSnapshot | None = None

    @property
    def now_epoch(self) -> float:
        """Of the newest moment of the run, where the course ends."""
        return (self.now or self.snapshot).epoch

    @property
    def changes_before(self) -> tuple[SettingsChange, ...]:
        """Those until the moment that is shown; at the newest one all that are remembered."""
        if self.now is None:
            return self.changes
        # What was changed at its very step has had no effect on it yet.
        return tuple(change for change in self.changes if change.step < self.snapshot.step)

    @property
    def n_changes(self) -> int:
        """How often settings were changed, or weights put in, until the moment that is shown."""
        return len(self.changes_before)


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
