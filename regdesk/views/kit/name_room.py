"""As much of a name as there is room for: cut in the middle, and never so that two names read alike.

What would turn the direction of writing is written by its number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from regdesk.core.words.distinct_names import told_apart
from regdesk.core.words.safe_text import safe_line

PART_END = re.compile(r"; | · |(?<=\.) |, (?!\d)")
LEAST_LABEL = "n…n"
"""What is left of a name in the least of rooms."""


def elided(text: str, metrics: QFontMetrics, width_px: float) -> str:
    """``text`` cut in its middle, for labels often begin alike."""
    return metrics.elidedText(
        safe_line(text), Qt.TextElideMode.ElideMiddle, max(round(width_px), metrics.horizontalAdvance(LEAST_LABEL))
    )


def whole_parts(sentence: str, metrics: QFontMetrics, width_px: float) -> str:
    """The parts of ``sentence`` that have room, as it is divided by dots and semicolons; dots where not one has."""
    ends = [place.start() for place in PART_END.finditer(sentence)]
    for end in (len(sentence), *reversed(ends)):
        if metrics.horizontalAdvance(sentence[:end]) <= width_px:
            return sentence[:end]
    return metrics.elidedText(sentence, Qt.TextElideMode.ElideRight, round(width_px))


def wrapped_lines(sentence: str, metrics: QFontMetrics, width_px: float) -> list[str]:
    """``sentence`` on as many lines as it needs; a word that is wider than all of one stands alone."""
    lines: list[str] = []
    for word in safe_line(sentence).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width_px:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def elided_all(texts: Sequence[str], metrics: QFontMetrics, width_px: float | Sequence[float]) -> list[str]:
    """``texts`` cut to ``width_px``, one for all or one each, so that those that are different stay so."""
    texts = [safe_line(text) for text in texts]
    rooms = [width_px] * len(texts) if isinstance(width_px, int | float) else list(width_px)
    cut = [elided(text, metrics, room) for text, room in zip(texts, rooms, strict=True)]
    least = metrics.horizontalAdvance(LEAST_LABEL)
    return told_apart(texts, cut, [max(room, least) for room in rooms], metrics.horizontalAdvance)
