"""How a class looks wherever it is drawn: a colour and a symbol of its own; filled in training, open in validation."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor, QFontMetrics

from regdesk.views.kit import theme
from regdesk.views.kit.blends import coloured, faint
from regdesk.views.kit.name_room import elided_all
from regdesk.views.plots.steady_items import SteadyPoints, named

if TYPE_CHECKING:
    from regdesk.core.types import Float64s

SYMBOLS = {"o": "●", "s": "■", "t1": "▲", "d": "◆", "t": "▼", "star": "★", "p": "⬟", "h": "⬢", "t2": "▶"}
"""pyqtgraph's symbols and how they are written; nine of them, so that with eight colours 72 classes look different."""
LEAST_LEGIBLE = "nnnnn…nnnn"
"""A label that is cut shorter tells little in a key."""


def class_colour(index: int) -> str:
    return theme.colours().classes[index % len(theme.colours().classes)]


def rgb(colour: str) -> tuple[float, float, float]:
    """0 to 255 each."""
    one = QColor(colour)
    return float(one.red()), float(one.green()), float(one.blue())


def class_symbol(index: int) -> str:
    return list(SYMBOLS)[index % len(SYMBOLS)]


def class_key(classes: tuple[str, ...], metrics: QFontMetrics, width_px: int) -> str:
    """Every class's symbol and label in its colour, as rich text: one line where that is enough, else two.

    ``metrics`` are those of the bold font. The longest labels are elided where that leaves them legible; else as many
    entries stand there whole as there is room for, and how many more there are.
    """
    marks_px = metrics.horizontalAdvance("⬢ " + 3 * " ")
    widths = [metrics.horizontalAdvance(label) + marks_px for label in classes]
    n_lines = 1 if sum(widths) <= width_px else 2
    per_line = -(-len(classes) // n_lines)
    rooms_px: list[float] = []
    least_px = metrics.horizontalAdvance(LEAST_LEGIBLE)
    for first in range(0, len(classes), per_line):
        part = classes[first : first + per_line]
        room_px = fair_share(widths[first : first + per_line], width_px) - marks_px
        if room_px < min(least_px, max(metrics.horizontalAdvance(label) for label in part)):
            return _shortened_key(classes, metrics, width_px)
        rooms_px += [room_px] * len(part)
    labels = elided_all(classes, metrics, rooms_px)
    lines = [
        [_entry(first + k, label) for k, label in enumerate(labels[first : first + per_line])]
        for first in range(0, len(classes), per_line)
    ]
    return "<br>".join(" &nbsp; ".join(line) for line in lines)


def _shortened_key(classes: tuple[str, ...], metrics: QFontMetrics, width_px: int) -> str:
    """The first classes in two lines, and how many there are beside them."""
    gap_px = metrics.horizontalAdvance(3 * " ")
    more_px = metrics.horizontalAdvance(f"and {len(classes)} more")
    lines: list[list[str]] = [[], []]
    left_px = [width_px, width_px - more_px]
    number, line = 0, 0
    # Two entries to a line at the least.
    labels = elided_all(classes, metrics, width_px / 2 - more_px / 2 - 2 * gap_px)
    while number < len(classes) and line < len(lines):
        label = labels[number]
        entry_px = metrics.horizontalAdvance(f"{_glyph(number)} {label}") + gap_px
        if entry_px > left_px[line]:
            line += 1
            continue
        left_px[line] -= entry_px
        lines[line].append(_entry(number, label))
        number += 1
    if number < len(classes):
        lines[1].append(f"and {len(classes) - number} more")
    return "<br>".join(" &nbsp; ".join(line) for line in lines if line)


def _glyph(index: int) -> str:
    return list(SYMBOLS.values())[index % len(SYMBOLS)]


def _entry(index: int, label: str) -> str:
    return coloured(f"{_glyph(index)}&nbsp;{escape(label)}", class_colour(index))


def fair_share(widths: list[int], room: float) -> float:
    """The width to cut to, so that all fit into ``room`` and none is cut that is below its share."""
    left, share = room, room / len(widths)
    for number, width in enumerate(sorted(widths)):
        share = left / (len(widths) - number)
        if width > share:
            return share
        left -= width
    return max(share, max(widths))


def widest(labels: tuple[str, ...], metrics: QFontMetrics, limit_px: int) -> int:
    """Pixels that the longest of ``labels`` takes, at most ``limit_px``."""
    return min(limit_px, max(metrics.horizontalAdvance(label) for label in labels))


class ClassPoints:
    """The rows as points in the colour and with the symbol of their class."""

    def __init__(self, plot: Any, size_px: float = 9.0) -> None:
        self.train = named(SteadyPoints(size=size_px), "trainingRows")
        self.validation = named(SteadyPoints(size=size_px + 0.5), "validationRows")
        for item in (self.train, self.validation):
            item.setZValue(5)
            plot.addItem(item)
        self.set_visible(False)

    def set_visible(self, is_visible: bool) -> None:
        self.show_parts(is_visible, is_visible)

    def show_parts(self, shows_training: bool, shows_validation: bool) -> None:
        self.train.setVisible(shows_training)
        self.validation.setVisible(shows_validation)

    def show_rows(
        self,
        train: tuple[Float64s, Float64s, Float64s],
        validation: tuple[Float64s, Float64s, Float64s],
        is_faint: bool = False,
    ) -> None:
        """Each is x, y and the class's index, all ``(n_rows,)``; ``is_faint`` lets what lies beneath show through."""
        tone = faint if is_faint else QColor
        ground = QColor(theme.colours().background)
        for item, (x, y, classes), is_open in ((self.train, train, False), (self.validation, validation, True)):
            indices = classes.astype(np.int64)
            colours = [tone(class_colour(index)) for index in indices]
            # The rim in the ground's colour keeps a point apart from the same colour beneath it.
            rim = pg.mkPen(tone(ground.name()), width=0.8)
            inside = pg.mkBrush(tone(ground.name()))
            item.setData(
                x,
                y,
                symbol=[class_symbol(index) for index in indices],
                pen=[pg.mkPen(colour, width=2) if is_open else rim for colour in colours],
                brush=[inside if is_open else pg.mkBrush(colour) for colour in colours],
            )
        self.set_visible(True)
