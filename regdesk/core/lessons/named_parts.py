"""What a lesson's texts name of the window, and whether its reader can see that then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from regdesk.core.lessons.blocks import Line
from regdesk.core.lessons.lesson import Fault, Lesson, Step

PANEL_NAMES = {
    "Data fit": "dataFitPanel", "Weights": "histogramPanel", "History": "historyPanel", "Loss": "lambdaPanel",
    "Loss versus λ": "lambdaPanel", "Path": "pathPanel", "Path of the weights": "pathPanel",
    "Geometry": "geometryPanel", "Constraint geometry": "geometryPanel", "Calculator": "calculatorPanel",
    "Network": "networkPanel", "Variables": "variablesPanel",
}  # fmt: skip
"""Object names of the panels by what stands on their tabs and above them."""
CONTROL_NAMES = {
    "Hidden layers": "hiddenLayersEdit", "Activation": "activationBox", "Optimiser": "optimizerBox",
    "Learning rate": "learningRateEdit", "Batch size": "batchSizeEdit", "Penalty": "penaltyBox",
    "L1 share": "l1RatioSlider", "Speed": "speedSlider",
}  # fmt: skip
"""Object names of the controls that can be hidden, by what stands beside them."""


def _any_of(names: Sequence[str]) -> str:
    # The longest first: "Loss" begins "Loss versus λ". A line may end within a name.
    longest_first = sorted(names, key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)


_PANEL = re.compile(rf"\b(?P<name>{_any_of(tuple(PANEL_NAMES))})\*{{0,2}}\s+panel\b")
_CONTROL = re.compile(rf"\*\*(?P<name>{_any_of(tuple(CONTROL_NAMES))})\*\*(?!\s+panel)")
"""A control is named in bold, as what is to be pressed is; the words alone may mean the thing itself."""


def unseen_parts(lesson: Lesson, lines: Sequence[Line]) -> Iterator[Fault]:
    """A fault for each panel and control that a step names and hides; ``lines`` are all of the file.

    Where no step has said yet which panels are open, they are as the reader has them, and nobody can tell.
    """
    shown: tuple[str, ...] = ()
    for step, following in zip_longest(lesson.steps, lesson.steps[1:]):
        end = len(lines) + 1 if following is None else following.line
        shown = step.shown or shown
        hidden = {*lesson.hidden, *step.hidden}
        yield from _unseen_in(step, "\n".join(line.text for line in lines[step.line - 1 : end - 1]), shown, hidden)


def _unseen_in(step: Step, text: str, shown: Sequence[str], hidden: set[str]) -> Iterator[Fault]:
    for found in _PANEL.finditer(text):
        name = " ".join(found["name"].split())
        panel = PANEL_NAMES[name]
        number = step.line + text.count("\n", 0, found.start())
        if panel in hidden:
            yield Fault(number, f"the {name} panel is named here, and 'hide:' takes {panel} away")
        elif shown and panel not in shown:
            yield Fault(number, f"the {name} panel is named here and is not open: add {panel} to 'show:'")
    for found in _CONTROL.finditer(text):
        name = " ".join(found["name"].split())
        if CONTROL_NAMES[name] in hidden:
            number = step.line + text.count("\n", 0, found.start())
            yield Fault(number, f"**{name}** is named here, and 'hide:' takes {CONTROL_NAMES[name]} away")
