"""What panels draw and speak with, imported after the first paint: pyqtgraph alone is a quarter of a start."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

NAMES_AT_ONCE = 40
"""Of Qt, about 5 ms."""


def deferred_imports() -> Iterator[ModuleType]:
    """A few at a time: between two of them the window answers.

    In the window's own thread: PySide makes its classes when they are first asked for, and a process whose two threads
    asked at once has crashed.
    """
    yield from _whole_qt()
    yield from _what_plots_need()
    import pyqtgraph

    yield pyqtgraph
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
    from regdesk.core.weights import variables
    from regdesk.views.network import words as network_words
    from regdesk.views.variables import words as variables_words

    yield from (variables, network_words, variables_words)
    from regdesk.views.sweep import axes
    from regdesk.views.sweep import words as sweep_words

    yield axes
    yield sweep_words
    from regdesk.views.sweep import flags, texts

    yield texts
    yield flags
    from regdesk.views.sweep import gestures, hysteresis_marks, live_marks, marks, menu

    yield from (gestures, menu, live_marks, marks, hysteresis_marks)
    from regdesk.views.sweep import content, scores

    yield from (scores, content)


def _whole_qt() -> Iterator[ModuleType]:
    """The classes of those modules of Qt whose every class pyqtgraph asks for; 70 ms in all."""
    for name in ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtOpenGLWidgets", "QtTest"):
        module = import_module(f"PySide6.{name}")
        for number, one in enumerate(dir(module), start=1):
            # A class within a class is found once, by whoever asks first, and a panel may need pyqtgraph before.
            getattr(module, one, None)
            if number % NAMES_AT_ONCE == 0:
                yield module
        yield module


def _what_plots_need() -> Iterator[ModuleType]:
    """The slowest modules of Python's own that pyqtgraph imports."""
    for name in (
        "subprocess",
        "pydoc",
        "cProfile",
        "xml.etree.ElementTree",
        "numpy.ctypeslib",
        "multiprocessing.connection",
    ):
        yield import_module(name)
