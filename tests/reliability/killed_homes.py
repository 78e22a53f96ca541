"""What stands on a disk after a kill: which sessions are whole, which the next start offers, how they differ."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from killed_hands import HAND, mark_of


@dataclass
class Found:
    """What stands in a home after a kill.

    Attributes:
        sessions: what could be read, by its file, the newest first: by its λ, then its step.
        damaged: sentences of those that could not.
        offered: the file that the next start offers first.
    """

    sessions: dict[Path, Any]
    damaged: list[str]
    offered: Path | None

    @property
    def newest(self) -> tuple[int, ...]:
        return max(map(progress_of, self.sessions.values()), default=(-1, 0, 0))


def progress_of(saved: Any) -> tuple[int, ...]:
    """How far a session is: its last choice, its run, and the step of its model."""
    step = 0 if saved.run.state is None else saved.run.state.step
    return mark_of(saved.configuration.training.lam), saved.run.number, step


def found_in(folder: Path) -> Found:
    from regdesk.data.errors import DataError
    from regdesk.data.sessions.session_file import read_session
    from regdesk.desktop.recovery.left_work import claimed_works
    from regdesk.upkeep.recovery_names import SESSION

    recovery = folder / "settings.ini.state" / "recovery"
    sessions: dict[Path, Any] = {}
    damaged = []
    for file in [*recovery.glob(f"*/{SESSION}"), folder / HAND]:
        if file.exists():
            try:
                sessions[file] = read_session(file)
            except DataError as problem:
                damaged.append(str(problem))
    works = claimed_works(recovery)
    for work in works:
        work.release()
    return Found(sessions, damaged, works[0].folder / SESSION if works else None)


def errors_in(words: str) -> list[str]:
    """Errors that nobody caught, of what a run has said: each once, however often it came."""
    return list(dict.fromkeys(line.partition(" ERROR: ")[2] for line in words.splitlines() if " ERROR: " in line))


def difference(kept: Any, again: Any) -> str:
    """What ``again``, written by who has restored ``kept``, has otherwise; empty for nothing."""
    if kept.configuration != again.configuration:
        return "settings"
    if len(again.timeline.acts) < len(kept.timeline.acts):
        return "timeline"
    if any(
        getattr(kept.configuration, name) != getattr(kept.run.configuration, name) for name in ("seed", "architecture")
    ):
        # What was chosen last begins a run of its own.
        return ""
    one, other = kept.run.state, again.run.state
    if (one is None) != (other is None):
        return "state of the run"
    if one is not None:
        names = ("steps", "epochs", "cursor", "seed")
        if any(getattr(one.optimizer, name) != getattr(other.optimizer, name) for name in names):
            return f"step {one.step} and {other.step}"
        for name in ("parameters", "first_moment", "second_moment", "order"):
            if not np.array_equal(getattr(one.optimizer, name), getattr(other.optimizer, name), equal_nan=True):
                return name
    return ""


@dataclass(frozen=True)
class Line:
    """Of a journal: when it was written, how long its thread had waited for a core by then, and its words."""

    when_s: float
    waited_s: float
    words: tuple[str, ...]

    @property
    def act(self) -> str:
        return self.words[0]


def journal_of(folder: Path) -> list[Line]:
    """Its lines; the last may be cut off."""
    file = folder / "journal.txt"
    lines = [line.split() for line in file.read_text().split("\n")[:-1]] if file.exists() else []
    return [Line(float(when), float(waited), tuple(words)) for when, waited, *words in lines]


def loss_of(journal: list[Line], newest: tuple[int, ...], killed_s: float) -> tuple[float, float]:
    """From the first thing that was chosen, or trained after the last choice, and is in no file, to the kill; and for
    how long of it the window's thread was ready and had no core.
    """
    mark, _, step = newest
    run = None
    # Other lines are of the thread that writes.
    journal = [line for line in journal if line.act in ("chose", "seen")]
    for line in journal:
        is_lost = line.act == "chose" and int(line.words[1]) > mark
        if line.act == "seen" and int(line.words[1]) == mark >= 0:
            # A run that begins under the same λ is another one; the file knows it by another number.
            run = run or line.words[3]
            is_lost = line.words[3] == run and int(line.words[2]) > step
        if is_lost:
            return killed_s - line.when_s, journal[-1].waited_s - line.waited_s
    return 0.0, 0.0
