"""What a lesson is: steps that set something up, ask for something to be done, wait for it, and ask a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from regdesk.core.lessons.conditions import Condition, Expression

Action = Literal["reset", "run", "pause", "sweep", "solve", "use_best", "use_1se"]
ACTIONS: tuple[Action, ...] = ("reset", "run", "pause", "sweep", "solve", "use_best", "use_1se")
"""What a step can have done besides changing settings."""
HIDEABLE = (
    "hiddenLayersEdit", "activationBox", "optimizerBox", "learningRateEdit", "batchSizeEdit", "penaltyBox",
    "l1RatioSlider", "speedSlider",
)  # fmt: skip
"""Object names of the controls that a lesson can hide; λ is what lessons are about."""


@dataclass(frozen=True)
class Choice:
    """One answer that can be chosen, and what is said to it."""

    text: str
    is_right: bool
    reply: str


@dataclass(frozen=True)
class NumberAnswer:
    """An answer that is a number: right or wrong if it lies within ``tolerance`` of ``value``; None is any other."""

    value: Expression | None
    tolerance: float
    is_right: bool
    reply: str


@dataclass(frozen=True)
class Question:
    """Either ``choices`` or ``numbers``; of several right choices each has to be found."""

    text: str
    choices: tuple[Choice, ...] = ()
    numbers: tuple[NumberAnswer, ...] = ()

    @property
    def right(self) -> frozenset[int]:
        """Numbers of the choices that are right."""
        return frozenset(number for number, one in enumerate(self.choices) if one.is_right)


@dataclass(frozen=True)
class Doing:
    """Settings by path that come into force together, then actions in order."""

    settings: tuple[tuple[str, Any], ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step; texts are Markdown without HTML.

    Attributes:
        text: what there is to know.
        task: what the reader is to do, one sentence; empty where there is nothing to do.
        wait: how it is seen that it has been done; None where nothing is waited for.
        seen: what there was to be seen, which is shown when it has been done.
        set_up: what comes into force when the step begins.
        for_me: what does the task for a reader who asks for it.
        shown: object names of the panels that are open from here on, the others closed; empty leaves them as they are.
        hidden: object names of the controls and panels that are hidden from here on.
        line: where the step begins in its file.
    """

    title: str
    text: str
    task: str = ""
    wait: Condition | None = None
    seen: str = ""
    question: Question | None = None
    set_up: Doing = Doing()
    for_me: Doing = Doing()
    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    line: int = 1


@dataclass(frozen=True)
class Lesson:
    """A whole lesson.

    Attributes:
        title, about: its name, and one sentence on what it shows.
        sample: the sample that it opens, or None; ``file`` is a file of data beside the lesson's own, or None. With
            neither it goes by the data that are open.
        set_up: what comes into force with the data, before the first step.
        hidden: what is hidden in every step.
    """

    title: str
    about: str
    steps: tuple[Step, ...]
    sample: str | None = None
    file: str | None = None
    set_up: Doing = Doing()
    hidden: tuple[str, ...] = ()

    @property
    def opens_data(self) -> bool:
        return self.sample is not None or self.file is not None


@dataclass(frozen=True)
class Fault:
    """What is wrong in the text of a lesson, and in which line of it, from 1."""

    line: int
    sentence: str
