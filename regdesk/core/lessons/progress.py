"""How far a reader has got in a lesson: a value, and what follows from what happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from regdesk.core.lessons.figures import START, Figures, Value
from regdesk.core.lessons.lesson import Lesson, Question, Step


@dataclass(frozen=True)
class Reply:
    """What is said to the last answer."""

    text: str
    is_right: bool


@dataclass(frozen=True)
class StepProgress:
    """Of one step: whether its task is done, the right choices that were found, and the last answer's reply.

    ``tried`` are numbers of all choices that were chosen.
    """

    is_done: bool = False
    is_answered: bool = False
    found: frozenset[int] = frozenset()
    tried: frozenset[int] = frozenset()
    reply: Reply | None = None


@dataclass(frozen=True)
class Progress:
    """Where a reader stands.

    Attributes:
        number: of the step, from 0.
        steps: of each what has been done in it.
        start: the figures when the step began; None until what it sets up is in force.
        furthest: the number of the last step that has been seen.
        is_left: the last step has been gone on from.
    """

    lesson: Lesson
    number: int = 0
    steps: tuple[StepProgress, ...] = ()
    start: Mapping[str, Value] | None = None
    furthest: int = 0
    is_left: bool = False

    @classmethod
    def at(cls, lesson: Lesson, number: int = 0) -> Progress:
        """At the beginning of a step, with nothing done in any."""
        number = min(max(number, 0), len(lesson.steps) - 1)
        return cls(lesson, number, (StepProgress(),) * len(lesson.steps), furthest=number)

    @property
    def step(self) -> Step:
        return self.lesson.steps[self.number]

    @property
    def now(self) -> StepProgress:
        return self.steps[self.number]

    @property
    def is_last(self) -> bool:
        return self.number == len(self.steps) - 1

    def is_complete(self, number: int) -> bool:
        """Whether a step has been seen, its task is done and its question answered, where it has them."""
        step, now = self.lesson.steps[number], self.steps[number]
        is_done = (step.wait is None or now.is_done) and (step.question is None or now.is_answered)
        return is_done and number <= self.furthest

    @property
    def is_learnt(self) -> bool:
        """Whether everything that the lesson asks for has been done."""
        return all(self.is_complete(number) for number in range(len(self.steps)))

    @property
    def shows_seen(self) -> bool:
        """Whether what was to be seen, and the question, are there: what comes before them has been done."""
        return self.step.wait is None or self.now.is_done

    def begun(self, figures: Figures) -> Progress:
        """What the step sets up is in force: from now on it waits."""
        return replace(self, start=dict(figures)).noted(figures)

    def noted(self, figures: Figures) -> Progress:
        """Something may have happened: the step's task is done once what it waits for is so, and stays done."""
        wait = self.step.wait
        if wait is None or self.now.is_done or self.start is None:
            return self
        return self._with(replace(self.now, is_done=True)) if wait.holds(self.all_of(figures)) else self

    def all_of(self, figures: Figures) -> Figures:
        """``figures`` with those of the beginning of the step."""
        started = {f"{START}{name}": value for name, value in (self.start or {}).items()}
        return dict(figures) | started

    def chosen(self, number: int) -> Progress:
        """A choice of the question is chosen."""
        question, now = self.step.question, self.now
        if question is None or number not in range(len(question.choices)):
            return self
        one = question.choices[number]
        found = now.found | {number} if one.is_right else now.found
        return self._with(
            StepProgress(
                now.is_done, found == question.right, found, now.tried | {number}, Reply(one.reply, one.is_right)
            )
        )

    def entered(self, number: float, figures: Figures) -> Progress:
        """A number is given for an answer."""
        reply = None if self.step.question is None else reply_to(self.step.question, number, self.all_of(figures))
        if reply is None:
            return self
        return self._with(replace(self.now, is_answered=self.now.is_answered or reply.is_right, reply=reply))

    def moved(self, by: int) -> Progress:
        """To the next step or the one before; beyond the last one the lesson is over."""
        number = self.number + by
        if number >= len(self.steps):
            return replace(self, is_left=True)
        number = max(number, 0)
        return replace(self, number=number, start=None, furthest=max(number, self.furthest))

    def _with(self, now: StepProgress) -> Progress:
        return replace(self, steps=(*self.steps[: self.number], now, *self.steps[self.number + 1 :]))


def reply_to(question: Question, number: float, figures: Figures) -> Reply | None:
    """What the first answer that fits says to ``number``; None where none does."""
    for one in question.numbers:
        value = None if one.value is None else one.value.value(figures)
        is_near = isinstance(value, float | int) and abs(value - number) <= one.tolerance + 1e-12 * abs(number)
        if one.value is None or is_near:
            return Reply(one.reply, one.is_right)
    return None
