"""What the panel of the constraint geometry is, and what each mark that is drawn there now means."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from regdesk.views.geometry.legend import entries_of
from regdesk.views.geometry.words import WHAT_IT_IS

if TYPE_CHECKING:
    from regdesk.core.geometry.view import GeometryView
    from regdesk.views.geometry.legend import Mark

OF_MARKS: dict[Mark, str] = {
    "contours": "thin lines: {}",
    "ball": "filled shape: {}",
    "here": "dot: {}",
    "touch": "ring: {}",
    "arrow": "arrow: {}",
    "wedge": "wedge: {}; when the arrow lies in it, contour and ball touch, and at a corner it is wide",
    "normal": "dashed line at the dot: {}; when the arrow lies along it, contour and ball touch",
    "through": "thick line: {}",
    "free": "plus: {}",
    "best": "star: {}",
    "path": "dashed curve: {}",
    "trail": "line behind the dot: {}",
}
"""How a mark looks, and what its words in the legend stand for."""


def help_of(view: GeometryView, seen: Set[Mark]) -> str:
    """Names what is drawn and nothing else, in the words of the legend; ``seen`` are the marks within the plots."""
    marks = [mark for mark in OF_MARKS if mark in seen]
    said = [OF_MARKS[mark].format(entries_of(view, {mark})[0].words) for mark in marks]
    return f"{WHAT_IT_IS} In the picture now: {'. '.join(said)}." if said else WHAT_IT_IS
