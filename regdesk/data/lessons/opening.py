"""What is in force when a lesson is opened, as settings by path."""

from __future__ import annotations

from typing import Any

from regdesk.core.settings.configuration import GeometrySettings, SourceSettings, SweepSettings, ViewSettings
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.lessons.lesson_files import LessonFile
from regdesk.data.samples import Sample, sample

LOOKS = ("span_share", "span_epochs", "smoothing", "is_log_loss", "shows_changes", "steps_per_second")
"""Of the view what a lesson with data of its own begins with as at first, and what is put back when it is left."""


def values_of_sample(one: Sample) -> dict[str, Any]:
    """By path what a sample opens with."""
    return {
        "architecture": one.architecture,
        "training": one.training,
        "source": SourceSettings(sample=one.name),
        "data": DataSettings(target=one.target),
    }


def opening_values(file: LessonFile) -> dict[str, Any]:
    """By path what is in force when a lesson is opened: with its own data everything that a person can choose is as at
    first, but for what the lesson says, for the text and for panels; with the reader's data it is as it was.
    """
    lesson, values = file.lesson, dict[str, Any]()
    if lesson.opens_data:
        values = {
            "data": DataSettings(),
            "seed": 0,
            "architecture": Architecture(),
            "training": TrainSettings(),
            "sweep": SweepSettings(),
            "view.geometry": GeometrySettings(),
            "view.slice": (),
            **{f"view.{name}": getattr(ViewSettings(), name) for name in LOOKS},
        }
    if lesson.sample is not None:
        values |= values_of_sample(sample(lesson.sample))
    if file.data is not None:
        values["source"] = SourceSettings(file=str(file.data))
    return values | dict(lesson.set_up.settings)
