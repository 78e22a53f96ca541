"""Lines, areas, marks and words of a picture as SVG, in one typographic hand; and the scales of its axes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from regdesk.core.types import Float64s
from regdesk.core.words.distinct_names import cut_names
from regdesk.core.words.number_text import number_text
from regdesk.core.words.safe_text import safe_line

FONTS = "Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif"
FONT_PX = 12
NAME_PX = 14.0
"""From the edge of a drawing, or the numbers of an axis, to the axis's name."""
_NARROW = " fijlrtI.,:;'|!()[]-"
_WIDE = (("\u1100", "\u115f"), ("\u2e80", "\ua4cf"), ("\uac00", "\ud7a3"), ("\uf900", "\ufaff"), ("\ufe30", "\ufe6f"),
         ("\uff00", "\uff60"), ("\U0001f000", "\U0010ffff"))  # fmt: skip
"""Letters of East Asia, and small pictures: from, to."""
INK, QUIET, GRID, PAPER = "#1F2328", "#57606A", "#E1E4E8", "#FFFFFF"
TRAINING, VALIDATION, TEST, CHOSEN, WEIGHTS = "#0072B2", "#D55E00", "#009E73", "#B0558A", "#4A5568"
"""As in the light window."""
CLASSES = ("#3B2A8C", "#C08A00", "#1F9FB4", "#7A1F3D", "#5F6B0F", "#E0728C", "#8B6BD6", "#4A2F14")
INPUTS = ("#3363D1", "#C56662", "#1A3615", "#9F8319", "#3785A6", "#3D143D")
MOST_TICKS = 7


@dataclass(frozen=True)
class Scale:
    """Values from ``low`` to ``high`` on pixels from ``begin`` to ``end``; ``is_log`` of values above 0."""

    low: float
    high: float
    begin: float
    end: float
    is_log: bool = False

    def places(self, values: Float64s) -> Float64s:
        """Pixels ``(n,)`` of ``values`` ``(n,)``; what is outside is at the edge."""
        low, high = self._form(np.array([self.low, self.high]))
        shares = (self._form(np.clip(values, self.low, self.high)) - low) / (high - low)
        return np.asarray(self.begin + shares * (self.end - self.begin))

    def place(self, value: float) -> float:
        """The pixel of one value."""
        return float(self.places(np.array([value]))[0])

    def _form(self, values: Float64s) -> Float64s:
        # Halved, a range from −1e308 to 1e308 has a width.
        return np.asarray(np.log10(values) if self.is_log else values * 0.5)

    @property
    def ticks(self) -> list[float]:
        """Round values along the axis: powers of ten, or steps of 1, 2 or 5."""
        if self.is_log:
            first, last = math.ceil(math.log10(self.low) - 1e-9), math.floor(math.log10(self.high) + 1e-9)
            step = max(1, math.ceil((last - first + 1) / MOST_TICKS))
            found = [10.0**power for power in range(first, last + 1, step)]
            return found if len(found) > 1 else [self.low, self.high]
        width = step_of(self.low, self.high)
        first, last = math.ceil(self.low / width - 1e-9), math.floor(self.high / width + 1e-9)
        return [number * width for number in range(first, last + 1)]


def step_of(low: float, high: float) -> float:
    """The least of the numbers 1, 2 and 5 times a power of ten that makes at most ``MOST_TICKS`` ticks."""
    least = (high / MOST_TICKS) - (low / MOST_TICKS)
    power = 10.0 ** math.floor(math.log10(least))
    return next((factor * power for factor in (1.0, 2.0, 5.0) if factor * power >= least), 10.0 * power)


def range_of(values: Sequence[Float64s], with_zero: bool = False, room: float = 0.05) -> tuple[float, float]:
    """The least and the largest finite number among ``values``, with some room; never of no width."""
    finite = np.concatenate([np.asarray(one, np.float64).ravel() for one in values])
    finite = finite[np.isfinite(finite)]
    if with_zero or not len(finite):
        finite = np.append(finite, 0.0)
    low, high = float(finite.min()), float(finite.max())
    width = high * 0.5 - low * 0.5
    if width <= 1e-12 * max(abs(low), abs(high)):
        width = 0.5 * (abs(high) or 1.0)
    most = 1e307
    return max(low - 2.0 * room * width, -most), min(high + 2.0 * room * width, most)


class Drawing:
    """Collects what a picture shows, from back to front."""

    def __init__(self, width: int, height: int, title: str) -> None:
        self.width, self.height = width, height
        self._parts: list[str] = []
        self._title = title

    def svg(self) -> str:
        """All of it; names in it are text and nothing else."""
        title = _text(self._title)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" width="{self.width}" '
            f'height="{self.height}" role="img" font-family="{FONTS}" font-size="{FONT_PX}"><title>{title}</title>'
            + "".join(self._parts)
            + "</svg>"
        )

    def line(self, x: Sequence[float], y: Sequence[float], colour: str, width: float = 1.6, dash: str = "") -> None:
        """Through points that are numbers; where one is none the line has a gap."""
        run: list[str] = []
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        for left, top in [*zip(x, y, strict=True), (math.nan, math.nan)]:
            if math.isfinite(left) and math.isfinite(top):
                run.append(f"{left:.2f},{top:.2f}")
                continue
            if len(run) > 1:
                self._parts.append(
                    f'<polyline points="{" ".join(run)}" fill="none" stroke="{colour}" stroke-width="{width:g}" '
                    f'stroke-linejoin="round"{dashed}/>'
                )
            run = []

    def area(self, x: Sequence[float], low: Sequence[float], high: Sequence[float], colour: str) -> None:
        """Between two curves, where both are numbers."""
        sound = [one for one in zip(x, low, high, strict=True) if all(map(math.isfinite, one))]
        if len(sound) < 2:
            return
        corners = [(left, top) for left, _, top in sound] + [(left, bottom) for left, bottom, _ in reversed(sound)]
        points = " ".join(f"{left:.2f},{top:.2f}" for left, top in corners)
        self._parts.append(f'<polygon points="{points}" fill="{colour}" fill-opacity="0.16" stroke="none"/>')

    def box(self, left: float, top: float, width: float, height: float, colour: str, opacity: float = 1.0) -> None:
        faint = f' fill-opacity="{opacity:.3f}"' if opacity < 1.0 else ""
        self._parts.append(
            f'<rect x="{left:.2f}" y="{top:.2f}" width="{max(width, 0.0):.2f}" height="{max(height, 0.0):.2f}" '
            f'fill="{colour}"{faint}/>'
        )

    def dots(self, x: Float64s, y: Float64s, colour: str, radius: float = 2.2, opacity: float = 0.55) -> None:
        found = "".join(
            f'<circle cx="{left:.1f}" cy="{top:.1f}" r="{radius:g}"/>'
            for left, top in zip(x.tolist(), y.tolist(), strict=True)
            if math.isfinite(left) and math.isfinite(top)
        )
        if found:
            self._parts.append(f'<g fill="{colour}" fill-opacity="{opacity:g}">{found}</g>')

    def words(
        self, left: float, top: float, text: str, colour: str = INK, anchor: str = "start", turned: bool = False
    ) -> None:
        """On the base line ``top``; ``anchor`` is start, middle or end, ``turned`` reads from below."""
        turn = f' transform="rotate(-90 {left:.2f} {top:.2f})"' if turned else ""
        self._parts.append(
            f'<text x="{left:.2f}" y="{top:.2f}" fill="{colour}" text-anchor="{anchor}"{turn}>{_text(text)}</text>'
        )


@dataclass(frozen=True)
class Frame:
    """The axes of a drawing, drawn with their ticks and names when it is made."""

    drawing: Drawing
    x: Scale
    y: Scale

    def draw(self, x_name: str, y_name: str) -> None:
        """Grid, ticks and names: quiet, behind all else."""
        drawing, x, y = self.drawing, self.x, self.y
        for tick in y.ticks:
            place = y.place(tick)
            drawing.line([x.begin, x.end], [place, place], GRID, 1.0)
            drawing.words(x.begin - 6, place + 4, tick_text(tick), QUIET, "end")
        for tick in x.ticks:
            place = x.place(tick)
            drawing.line([place, place], [y.begin, y.begin + 4], QUIET, 1.0)
            drawing.words(place, y.begin + 17, tick_text(tick), QUIET, "middle")
        drawing.line([x.begin, x.end], [y.begin, y.begin], QUIET, 1.0)
        drawing.words((x.begin + x.end) / 2, y.begin + 36, x_name, INK, "middle")
        # Beside its numbers, also where the axis stands in the middle of the drawing.
        numbers_px = max((text_width(tick_text(tick)) for tick in y.ticks), default=0.0)
        name_place = max(NAME_PX, x.begin - 6 - numbers_px - NAME_PX)
        drawing.words(name_place, (y.begin + y.end) / 2, y_name, INK, "middle", turned=True)


def tick_text(value: float) -> str:
    """A tick as it is written: 0.30000000000000004 is 0.3."""
    return number_text(0.0 if abs(value) < 1e-300 else value).replace("-", "−")


def cut(names: Sequence[str], width_px: float) -> list[str]:
    """``names`` on one line each, as long as ``width_px`` allow; what is left of two of them is never the same."""
    return cut_names([safe_line(name) for name in names], [width_px] * len(names), text_width)


def cut_one(name: str, width_px: float) -> str:
    """As ``cut``, of a name that stands for itself."""
    return cut([name], width_px)[0]


def text_width(text: str) -> float:
    """Pixels, in a font as wide as DejaVu Sans, as few are: names in capitals or Chinese are much wider than others."""
    return FONT_PX * sum(map(_letter_width, text))


def _letter_width(one: str) -> float:
    """The share of the font's size: the widest of each kind of letter."""
    if any(first <= one <= last for first, last in _WIDE):
        return 1.25
    if one in _NARROW:
        return 0.42
    if one in "mwMW@%…":
        return 1.0
    return 0.64 if one.islower() or one.isdecimal() else 0.84


def apart(places: Sequence[float], low: float, high: float, gap: float = 14.0) -> list[float]:
    """``places`` of labels, moved as little as a sweep from top to bottom and back does so that ``gap`` is between."""
    order = sorted(range(len(places)), key=places.__getitem__)
    found = list(places)
    below = low - gap
    for number in order:
        found[number] = below = max(found[number], below + gap)
    above = high + gap
    for number in reversed(order):
        found[number] = above = min(found[number], above - gap)
    return found


def _text(text: str) -> str:
    return escape(safe_line(text))
