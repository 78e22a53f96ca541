"""A ``for me:`` after which what its step waits for can never be so: the reader who asks for it would wait for ever."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from regdesk.core.lessons.blocks import Line, key_of, lines_of
from regdesk.core.lessons.figures import IN_SIGHT, NAMES, START, WEIGHT, setting_figures
from regdesk.core.lessons.lesson import Doing, Fault, Lesson, Step
from regdesk.core.lessons.reach import (
    NEVER_THERE,
    Reach,
    Span,
    can_hold,
    figures_in,
    full_name,
    parts_that_never_hold,
)
from regdesk.core.settings.configuration import Configuration, with_values
from regdesk.core.settings.settings_table import SETTINGS
from regdesk.data.lessons.lesson_files import LessonFile
from regdesk.data.lessons.opening import opening_values

OF_A_SWEEP = (
    "lambda_best",
    "lambda_1se",
    "sweep_loss",
    "sweep_se",
    "sweep_loss_here",
    "n_nonzero_best",
    "n_nonzero_1se",
)
MAY_BE_NEGATIVE = ("gap",)
LAM, HIDDEN = "training.lam", "architecture.hidden"


def for_me_faults(found: LessonFile) -> tuple[Fault, ...]:
    """One for each step whose wait its ``for me:`` cannot fulfil, by what the lesson has set so far and by what was
    never done in it; what a model comes to is not known, and taken to be anything.
    """
    lines = lines_of(found.path.read_text(encoding="utf-8-sig"))
    return tuple(_faults(found, lines))


def _faults(found: LessonFile, lines: list[Line]) -> Iterator[Fault]:
    so_far = _SoFar(found)
    for step in found.lesson.steps:
        so_far.begin(step)
        before = so_far.settings()
        is_asked = bool(step.for_me.settings or step.for_me.actions)
        so_far.do(step.for_me)
        reaches = so_far.reaches(step, before)
        if step.wait is None or not is_asked or can_hold(step.wait, reaches):
            continue
        numbers = (line.number for line in lines[step.line :] if (key := key_of(line)) and key.key == "for me")
        named = [name for part in parts_that_never_hold(step.wait, reaches) for name in figures_in(part)]
        yield Fault(next(numbers, step.line), _sentence(list(dict.fromkeys(named)), reaches))


class _SoFar:
    """What a lesson has set and done up to a step, its help included."""

    def __init__(self, found: LessonFile) -> None:
        self._lesson: Lesson = found.lesson
        self._values: dict[str, Any] = dict(opening_values(found))
        self._done: list[str] = []
        self._shown: tuple[str, ...] = ()
        # λ that a sweep has chosen, which nobody knows before.
        self._is_lam_known = True
        self._n_sweeps, self._seeds = 0, set[int]()

    def begin(self, step: Step) -> None:
        """What it sets up is in force."""
        self._shown = step.shown or self._shown
        self._n_sweeps, self._seeds = 0, set()
        self.do(step.set_up)
        self._seeds = {self._configuration.seed}

    def do(self, doing: Doing) -> None:
        self._values |= dict(doing.settings)
        self._is_lam_known = self._is_lam_known or LAM in dict(doing.settings)
        self._seeds.add(self._configuration.seed)
        self._done += doing.actions
        self._n_sweeps += doing.actions.count("sweep")
        if {"use_best", "use_1se"} & set(doing.actions):
            self._is_lam_known = False

    @property
    def _configuration(self) -> Configuration:
        return with_values(Configuration(), self._values)

    def settings(self) -> dict[str, Reach]:
        """Those that are known, by their full names."""
        found: dict[str, Reach] = {
            path: value for path, value in setting_figures(self._configuration).items() if path in SETTINGS
        }
        if not self._lesson.opens_data:
            # Everything else is as the reader has it.
            found = {path: value for path, value in found.items() if path in self._values}
        if not self._is_lam_known:
            found[LAM] = Span(0.0, math.inf)
        return found

    def reaches(self, step: Step, before: dict[str, Reach]) -> dict[str, Reach]:
        """Of all figures what they can be after the help with ``step``, which began with the settings ``before``."""
        found: dict[str, Reach] = {
            name: Span(-math.inf if name in MAY_BE_NEGATIVE else 0.0)
            for name, (kind, _) in NAMES.items()
            if kind == "number"
        }
        found |= {f"{START}{name}": value for name, value in before.items()} | self.settings()
        found |= {"n_sweeps": Span(0.0, self._n_sweeps), "n_seeds": Span(1.0, len(self._seeds))}
        if self._lesson.opens_data:
            found |= self._of_own_data(step)
        hidden = {*self._lesson.hidden, *step.hidden}
        for name in figures_in(step.wait.expression) if step.wait is not None else ():
            panel = name.removeprefix(IN_SIGHT)
            if name.startswith(IN_SIGHT) and (panel in hidden or (self._shown and panel not in self._shown)):
                found[name] = False
            if name.startswith(f"{WEIGHT}(") and found.get(HIDDEN, "none") != "none":
                found[name] = NEVER_THERE
        return found

    def _of_own_data(self, step: Step) -> dict[str, Reach]:
        """A lesson with data of its own begins paused and unswept."""
        found: dict[str, Reach] = {}
        if "run" not in self._done:
            found |= dict.fromkeys(("epoch", "epochs_since_change", "best_epoch"), Span(0.0, 0.0)) | {
                "is_running": False
            }
        turns = [one for one in (*step.set_up.actions, *step.for_me.actions) if one in ("run", "pause", "reset")]
        if turns and turns[-1] != "run":
            found["is_running"] = False
        if "sweep" not in self._done:
            found |= dict.fromkeys(OF_A_SWEEP, NEVER_THERE) | {"is_swept": False}
        if self._configuration.architecture.hidden:
            found["is_exact"] = False
        else:
            found["is_collapsed"] = False
        return found


def _sentence(names: list[str], reaches: dict[str, Reach]) -> str:
    """With what is known of the figures that are in the way."""
    known = [f"{name} is {_text(reaches[full_name(name)])}" for name in names if full_name(name) in reaches]
    said = f": after it {', '.join(known)}" if known else ""
    return f"'for me:' cannot do what 'wait:' waits for{said}."


def _text(reach: Reach) -> str:
    if not isinstance(reach, Span):
        return {True: "true", False: "not true"}[reach] if isinstance(reach, bool) else _number(reach)
    if not reach.is_there:
        return "not there"
    if reach.low == reach.high:
        return _number(reach.low)
    if math.isinf(reach.high):
        return "any number" if math.isinf(reach.low) else f"{_number(reach.low)} or more"
    return f"{_number(reach.low)} to {_number(reach.high)}"


def _number(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.6g}"
