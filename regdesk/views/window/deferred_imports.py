"""What panels draw and speak with, imported after the first paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


def deferred_imports() -> Iterator[ModuleType]:
    """A few at a time: between two of them the window answers; all at once take 20 to 50 ms."""
    from regdesk.views.fit import class_curves, confusion_matrix

    yield class_curves
    yield confusion_matrix
    from regdesk.views.fit import hover, number_pictures

    yield hover
    yield number_pictures
    from regdesk.views.fit import stage

    yield stage
    from regdesk.views.fit import readout
    from regdesk.views.history import words as history_words

    yield readout
    yield history_words
    from regdesk.views.weights import histogram, rug

    yield histogram
    yield rug
    from regdesk.views.sweep import axes
    from regdesk.views.sweep import words as sweep_words

    yield axes
    yield sweep_words
    from regdesk.views.sweep import flags, texts

    yield texts
    yield flags
    from regdesk.views.sweep import gestures, hysteresis_marks, live_marks, marks, menu

    yield from (gestures, menu, live_marks, marks, hysteresis_marks)
