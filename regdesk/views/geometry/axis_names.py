"""The names of two weights along the axes of a plot: what tells them apart has room first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFontMetrics

from regdesk.core.words.distinct_names import shorter_forms
from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.name_room import elided_all

LEAST_AXIS_PX, MOST_AXIS_PX = 30.0, 1e5
"""An axis shorter than the first has not been laid out yet: its name is written whole."""


def fitting_axis_names(names: Sequence[str], rooms_px: Sequence[float], metrics: QFontMetrics) -> list[str]:
    """As much of the two ``names`` as has room, one room each; two weights keep two names."""
    rooms = [room if room > LEAST_AXIS_PX else MOST_AXIS_PX for room in rooms_px]
    one, other = map(safe_line, names)
    fitting = [
        next((form for form in forms if metrics.horizontalAdvance(form) <= room), forms[-1])
        for forms, room in zip((shorter_forms(one, other), shorter_forms(other, one)), rooms, strict=True)
    ]
    return elided_all(fitting, metrics, rooms)
