"""The lessons that come with the program, in the order in which they are best read."""

from __future__ import annotations

from pathlib import Path

from regdesk.core.lessons.lesson import Step
from regdesk.data.errors import DataError
from regdesk.data.lessons.lesson_files import BadLesson, LessonFile, read_lesson
from regdesk.resources import resource_file

TOUR = "tour"
NAMES = (
    "overfitting",
    "lambda-from-0-to-a-billion",
    "corners-and-zeros",
    "l2-makes-no-zeros",
    "twins",
    "choosing-lambda",
    "is-it-luck",
    "inputs-out",
    "early-stopping",
    "scaling",
    "google-l2",
    "your-own-data",
)


def bundled_lessons() -> tuple[LessonFile, ...]:
    """All lessons, without the tour. Raises DataError where one was not installed."""
    return tuple(bundled_lesson(name) for name in NAMES)


def bundled_lesson(name: str) -> LessonFile:
    """The lesson called ``name``. Raises DataError where it was not installed, or is not what was."""
    path = resource_file("lessons", f"{name}.md")
    if path is None:
        raise DataError("this lesson was not installed with the program; install it again.", file=f"{name}.md")
    found = read_lesson(path, name)
    if isinstance(found, BadLesson):
        raise DataError(found.faults[0].sentence, file=path, row=found.faults[0].line)
    return found


def bundled_name(path: Path) -> str | None:
    """The name of the lesson that comes along and is in the file ``path``; None for any other file."""
    return path.stem if path.stem in NAMES and path == resource_file("lessons", path.name) else None


def named_lesson(step: Step) -> str:
    """The name of the first lesson that comes along and that the texts of ``step`` tell of by its title, “Twins under
    three penalties”; empty where they tell of none.
    """
    told = " ".join(f"{step.text} {step.task} {step.seen}".split())
    if "“" not in told:
        return ""
    for name in NAMES:
        try:
            if f"“{bundled_lesson(name).lesson.title}”" in told:
                return name
        except DataError:
            continue
    return ""
