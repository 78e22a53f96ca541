"""What the window shows of a lesson, and of the lessons that there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from regdesk.core.lessons.progress import Progress, Reply

Onward = Literal["next", "skip", "finish"]
"""What going on means: to the next step, past what has not been done, or out of the last step."""


@dataclass(frozen=True)
class QuestionView:
    """``choices`` are texts, empty where a number is wanted; ``tried`` and ``found`` are numbers of choices."""

    text: str
    choices: tuple[str, ...]
    tried: frozenset[int]
    found: frozenset[int]
    n_right: int
    is_answered: bool


@dataclass(frozen=True)
class LessonView:
    """One step of a lesson, as far as a reader has got.

    Attributes:
        number, n_steps: of the step, from 1, and how many there are.
        is_ready: what the step sets up is in force; ``trouble`` says why it could not be.
        seen, question: empty and None until the task is done.
        has_help: the task can be done for the reader.
        is_over: the last step has been left; ``next_title`` is that of the lesson after it, empty where there is none.
        is_learnt: everything that the lesson asks for has been done.
        can_return: something else was open before the lesson.
    """

    title: str
    number: int
    n_steps: int
    step_title: str
    text: str
    task: str
    is_done: bool
    is_ready: bool
    trouble: str
    seen: str
    question: QuestionView | None
    reply: Reply | None
    has_help: bool
    onward: Onward
    is_over: bool = False
    is_learnt: bool = False
    next_title: str = ""
    can_return: bool = False


def lesson_view(
    progress: Progress, is_ready: bool, trouble: str, next_title: str = "", can_return: bool = False
) -> LessonView:
    """The step at which ``progress`` stands."""
    step, now = progress.step, progress.now
    question = None
    if step.question is not None and progress.shows_seen:
        asked = step.question
        question = QuestionView(
            asked.text,
            tuple(one.text for one in asked.choices),
            now.tried,
            now.found,
            len(asked.right),
            now.is_answered,
        )
    onward: Onward = "skip"
    if progress.is_complete(progress.number):
        onward = "finish" if progress.is_last else "next"
    return LessonView(
        title=progress.lesson.title,
        number=progress.number + 1,
        n_steps=len(progress.steps),
        step_title=step.title,
        text=step.text,
        task=step.task,
        is_done=now.is_done,
        is_ready=is_ready,
        trouble=trouble,
        seen=step.seen if progress.shows_seen else "",
        question=question,
        reply=now.reply,
        has_help=bool(step.for_me.settings or step.for_me.actions) and not now.is_done,
        onward=onward,
        is_over=progress.is_left,
        is_learnt=progress.is_learnt,
        next_title=next_title,
        can_return=can_return,
    )


@dataclass(frozen=True)
class LessonEntry:
    """A line of the list of lessons.

    Attributes:
        path: its file.
        n_done, n_steps: steps that were done when it was left, and all; equal where it has been learnt.
        problem: why it cannot be held; then there is no more than its name.
    """

    path: str
    title: str
    about: str
    n_done: int
    n_steps: int
    problem: str = ""

    @property
    def is_learnt(self) -> bool:
        return self.n_steps > 0 and self.n_done == self.n_steps
