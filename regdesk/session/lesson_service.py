"""Holds a lesson: what its steps set up, what a reader does in them, and how far the reader has got."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal

from regdesk.core.lessons.progress import Progress
from regdesk.core.settings.configuration import Configuration
from regdesk.core.settings.view_table import PANELS
from regdesk.data.lessons.opening import opening_values

if TYPE_CHECKING:
    from regdesk.core.lessons.figures import Figures, Value
    from regdesk.core.lessons.lesson import Action, Lesson, Step
    from regdesk.core.settings.change import Change
    from regdesk.data.lessons.lesson_files import LessonFile
    from regdesk.session.session import Session

ANOTHER_RUN = ("source", "data", "seed", "architecture")
"""Settings of which a change begins another run."""
OF_A_SWEEP: tuple[Action, ...] = ("use_best", "use_1se")
"""Actions that take what a finished sweep has found."""
CLOSED = "view.closed_panels"


class LessonMemory(Protocol):
    """Where it is kept how far lessons were done: steps that were, and all, by the lesson's key."""

    def recalled(self) -> Mapping[str, tuple[int, int]]: ...

    def keep(self, key: str, n_done: int, n_steps: int) -> None: ...


class LessonService(QObject):
    """Signals: ``changed()`` when something else is to be shown; ``action_wanted(str)``, one of ``ACTIONS``;
    ``begun()`` before the first step is set up, ``moved()`` when another step has been; ``left()``.

    A step begins when what it sets up is in force: a new run of its own where that takes one. What happened before
    does not count as done in it.
    """

    changed = Signal()
    action_wanted = Signal(str)
    begun = Signal()
    moved = Signal()
    left = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.file: LessonFile | None = None
        self.progress: Progress | None = None
        self.trouble = ""
        """Why what the step sets up could not be had; empty where it could."""
        self._run = 0.0
        # The run that has to be another before the step begins; None where none is awaited.
        self._run_before: float | None = None
        self._actions: tuple[Action, ...] = ()
        self._seeds: set[int] = set()
        self._n_sweeps = 0
        session.changed.connect(self._on_changed)

    @property
    def is_ready(self) -> bool:
        """Whether the step has begun."""
        return self.progress is not None and self.progress.start is not None

    def begin(self, file: LessonFile, number: int = 0) -> None:
        """At a step, counted from 0, with all that the steps before have set up."""
        self.file, self.progress = file, Progress.at(file.lesson, number)
        self.begun.emit()
        self.set_up_again()

    def set_up_again(self) -> None:
        """Bring back what the present step begins with, from the data on."""
        if self.progress is None or self.file is None:
            return
        lesson, number = self.progress.lesson, self.progress.number
        values = opening_values(self.file)
        for step in lesson.steps[:number]:
            values |= {**self._values(step), **dict(step.for_me.settings)}
        self._set_up(values | self._values(self.progress.step), is_new_run=lesson.opens_data)

    def go_on(self) -> None:
        """To the next step. Settings that were to be made are made for the reader: it begins as it should."""
        before = self.progress
        if before is None:
            return
        skipped = {} if before.now.is_done else dict(before.step.for_me.settings)
        self.progress = after = before.moved(1)
        if after.is_left:
            self.changed.emit()
        elif after.number > before.furthest:
            self._set_up({**skipped, **self._values(after.step)}, is_new_run=False)
        else:
            self._look_again()

    def go_back(self) -> None:
        """To the step before; it sets up nothing again."""
        if self.progress is not None and self.progress.number > 0:
            self.progress = self.progress.moved(-1)
            self._look_again()

    def do_task(self) -> None:
        """Do what the step asks for."""
        if self.progress is not None:
            doing, before = self.progress.step.for_me, self._session.configuration
            self._session.change_all(dict(doing.settings), "lesson")
            self._run_before = self._run if self._begins_a_run(before) else None
            self._actions = doing.actions
            if self._run_before is None:
                self._act({})

    def choose(self, number: int) -> None:
        """A choice of the question."""
        if self.progress is not None:
            self._show(self.progress.chosen(number))

    def enter(self, number: float, figures: Figures) -> None:
        """A number as the answer."""
        if self.progress is not None:
            self._show(self.progress.entered(number, self._with_counts(figures)))

    def leave(self) -> None:
        """The lesson is over for now."""
        if self.progress is not None:
            self.file = self.progress = None
            self._run_before, self._actions, self.trouble = None, (), ""
            self.left.emit()

    def note(self, figures: Figures, is_busy: bool) -> None:
        """What is so at this moment; ``is_busy``: data are being read or prepared."""
        run, progress = figures.get("run"), self.progress
        if isinstance(run, float):
            self._run = run
        if progress is None or progress.is_left or is_busy:
            return
        if self._run_before is not None:
            if run is None or self._run == self._run_before:
                return
            self._run_before = None
        if progress.start is None:
            self._seeds, self._n_sweeps = {self._session.configuration.seed}, 0
            self._show(progress.begun(self._with_counts(figures)))
        else:
            self._show(progress.noted(self._with_counts(figures)))
        self._act(figures)

    def _act(self, figures: Figures) -> None:
        """Have done what was to be done as soon as the settings are in force; what a sweep finds, when it has."""
        actions, self._actions = self._actions, ()
        for number, action in enumerate(actions):
            if action in OF_A_SWEEP and not figures.get("is_swept"):
                self._actions = actions[number:]
                return
            self.action_wanted.emit(action)

    def note_sweep_ended(self) -> None:
        """A sweep has come to its end."""
        self._n_sweeps += 1

    def note_trouble(self, sentence: str) -> None:
        """What was asked for cannot be had; it counts where a step is being set up."""
        if self.progress is not None and not self.is_ready:
            self.trouble = sentence
            self.changed.emit()

    def _look_again(self) -> None:
        """At a step that has been set up before."""
        self._run_before, self._actions, self.trouble = None, (), ""
        self.moved.emit()
        self.changed.emit()

    def _set_up(self, values: Mapping[str, Any], is_new_run: bool) -> None:
        """Put ``values`` in force; the step begins when they are."""
        assert self.progress is not None
        self.progress = replace(self.progress, start=None)
        self.trouble = ""
        before, run = self._session.configuration, self._run
        actions = self.progress.step.set_up.actions
        self._run_before, self._actions = None, tuple(one for one in actions if one != "reset")
        self._session.change_all(values, "lesson")
        if self._begins_a_run(before):
            self._run_before = run
        elif is_new_run or "reset" in actions:
            self._run_before = run
            self.action_wanted.emit("reset")
        self.moved.emit()
        self.changed.emit()

    def _begins_a_run(self, before: Configuration) -> bool:
        """Whether there is another run to come since ``before`` was in force."""
        after = self._session.configuration
        return any(getattr(before, group) != getattr(after, group) for group in ANOTHER_RUN)

    def _values(self, step: Step) -> dict[str, Any]:
        """What ``step`` sets up, the panels included."""
        closed = closed_panels(step, self.progress.lesson if self.progress else None)
        return dict(step.set_up.settings) | ({} if closed is None else {CLOSED: closed})

    def _with_counts(self, figures: Figures) -> dict[str, Value]:
        return {**figures, "n_seeds": float(len(self._seeds)), "n_sweeps": float(self._n_sweeps)}

    def _show(self, progress: Progress) -> None:
        if progress != self.progress:
            self.progress = progress
            self.changed.emit()

    def _on_changed(self, change: Change) -> None:
        if change.touches("seed"):
            self._seeds.add(change.after.seed)


def closed_panels(step: Step, lesson: Lesson | None) -> tuple[str, ...] | None:
    """The panels that ``step`` closes; None where it leaves them as they are."""
    hidden = {*step.hidden, *(lesson.hidden if lesson else ())} & set(PANELS)
    if not step.shown:
        return tuple(name for name in PANELS if name in hidden) if hidden else None
    return tuple(name for name in PANELS if name not in step.shown or name in hidden)
