"""Where the pictures of the data fit stand: ranges, the ground of a map, and what is written at an axis."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics

from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.name_room import elided, elided_all
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.plots.class_marks import widest

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitScene
    from regdesk.core.types import Float64s

LABEL_GAP_PX = 6
SHARE_SPAN = (-0.05, 1.05)
"""Of an axis from 0 to 1: the least room at its ends in which pyqtgraph draws the labels there."""


def axis_span(scene: FitScene, axis: int) -> tuple[float, float]:
    """The ends of an axis of a curve or map."""
    if scene.axis_categories[axis]:
        return -0.5, len(scene.axis_categories[axis]) - 0.5
    return float(scene.grid[axis][0]), float(scene.grid[axis][-1])


def map_rect(scene: FitScene) -> QRectF:
    """What the cells around the grid's points cover."""
    ends = []
    for axis, positions in enumerate(scene.grid):
        low, high = axis_span(scene, axis)
        half = 0.0 if scene.axis_categories[axis] else (positions[1] - positions[0]) / 2
        ends.append((low - half, high - low + 2 * half))
    (left, width), (bottom, height) = ends
    return QRectF(left, bottom, width, height)


def connection(scene: FitScene) -> str:
    """How pyqtgraph joins the points of a curve: through, or a level line for each category."""
    return "pairs" if scene.axis_categories[0] else "all"


@dataclass(frozen=True)
class AxisName:
    """What is written at an axis: the first of ``forms`` that there is room for.

    Where there is none, ``label``, part of the last of them, is cut in its middle so that the words around it stay, and
    is left out where they alone have room. Those, which are the program's own, are never cut: "a…d" tells nobody
    anything.
    """

    forms: tuple[str, ...]
    label: str = ""

    def fitted(self, metrics: QFontMetrics, room_px: float) -> str:
        forms, own = [safe_line(form) for form in self.forms], safe_line(self.label)
        for form in forms:
            if metrics.horizontalAdvance(form) <= room_px:
                return form
        before, label, after = forms[-1].rpartition(own) if own else ("", "", "")
        label_px = room_px - metrics.horizontalAdvance(before + after)
        if label and label_px >= metrics.horizontalAdvance("n…n"):
            return before + elided(label, metrics, label_px) + after
        words = (before + after).strip()
        if own and not words:
            return metrics.elidedText(own, Qt.TextElideMode.ElideMiddle, round(room_px))
        return words if metrics.horizontalAdvance(words) <= room_px else ""


def of_target(scene: FitScene, word: str) -> AxisName:
    """The ``word`` "actual" or "predicted" before the target."""
    return AxisName((f"{word} {scene.target}",), scene.target)


def target_name(scene: FitScene) -> AxisName:
    """The target, or the probability of the second of two classes."""
    if not scene.classes:
        return AxisName((scene.target,), scene.target)
    second = scene.classes[1]
    return AxisName((f"probability of {scene.target} = {second}", f"probability of {second}", f"P({second})"), second)


def share_ticks(room_px: float, label_px: float) -> tuple[list[tuple[float, str]], list[tuple[float, str]]]:
    """Ticks from 0 to 1 with labels as close as they are apart, and lines at each tenth without.

    ``label_px`` is the room that "0.5" and the gap to the next label take.
    """
    step = next((step for step in (0.2, 0.5) if step * room_px >= label_px), 1.0)
    labelled = [(k * step, f"{k * step:.1g}") for k in range(round(1 / step) + 1)]
    return labelled, [(k / 10, "") for k in range(11)]


def with_margin(values: Float64s, share: float) -> tuple[float, float]:
    """The ends of ``values`` ``(n_rows,)``, with ``share`` of their distance around them."""
    low, high = float(values.min()), float(values.max())
    margin = share * (high - low) if high > low else 0.5
    return low - margin, high + margin


def show_html(label: Any, html: str) -> None:
    """Lines of rich text in a TextItem; without a width they cannot be aligned."""
    label.setHtml(html)
    label.setTextWidth(-1)
    label.setTextWidth(math.ceil(label.textItem.document().idealWidth()))


class AxisWords:
    """The names of a plot's two axes and of the categories along them, cut to the room that there is."""

    def __init__(self, view: Any) -> None:
        """``view`` is the widget of the plot."""
        self._view = view
        self._plot = view.getPlotItem()
        self.names = {"bottom": AxisName(("",)), "left": AxisName(("",))}
        self._share_sides: tuple[str, ...] = ()
        self._categories: dict[str, tuple[str, ...]] = {"bottom": (), "left": ()}
        self._label_px = 0
        self._plot.getViewBox().sigResized.connect(self._on_view_resized)

    def show_names(self, bottom: AxisName | str, left: AxisName | str) -> None:
        self.names = {
            side: name if isinstance(name, AxisName) else AxisName((name,), name)
            for side, name in (("bottom", bottom), ("left", left))
        }
        self._write_names()

    def show_categories(self, bottom: tuple[str, ...], left: tuple[str, ...], label_px: int) -> None:
        """Labels at 0, 1, 2 … of an axis; none where it has numbers. ``label_px`` is the room at the left, of text of
        the usual size.
        """
        self._categories, self._label_px = {"bottom": bottom, "left": left}, label_px
        self._write_categories()

    def show_shares(self, sides: Iterable[str]) -> None:
        """Which axes go from 0 to 1, with no more labels than there is room for."""
        self._share_sides = tuple(sides)
        self._write_shares()

    def _room_px(self, side: str) -> float:
        box = self._plot.getViewBox()
        return float(box.width() if side == "bottom" else box.height())

    def _write_names(self) -> None:
        for side, name in self.names.items():
            room_px = max(40.0, self._room_px(side))
            cut = name.fitted(self._view.fontMetrics(), room_px)
            axis = self._plot.getAxis(side)
            if axis.labelText != escape(cut):
                axis.setLabel(escape(cut))
                # A new text is not centred before the axis is given another size.
                axis.resizeEvent()

    def _write_categories(self) -> None:
        metrics = self._view.fontMetrics()
        for side, labels in self._categories.items():
            if not labels:
                continue
            cell_px = self._room_px(side) / len(labels)
            if side == "bottom":
                least_px = widest(labels, metrics, metrics.horizontalAdvance("n…n")) + LABEL_GAP_PX
                every = max(1, math.ceil(least_px / max(cell_px, 1.0)))
                room_px = every * cell_px - LABEL_GAP_PX
            else:
                every = max(1, math.ceil(metrics.height() / max(cell_px, 1.0)))
                room_px = float(scaled_px(self._label_px))
            names = elided_all(labels, metrics, room_px)
            self._plot.getAxis(side).setTicks([[(float(k), names[k]) for k in range(0, len(labels), every)]])

    def _write_shares(self) -> None:
        metrics = self._view.fontMetrics()
        for side in self._share_sides:
            label_px = metrics.horizontalAdvance("0.5") + 2 * LABEL_GAP_PX if side == "bottom" else metrics.height()
            self._plot.getAxis(side).setTicks(share_ticks(self._room_px(side), label_px))

    def _on_view_resized(self) -> None:
        self._write_shares()
        self._write_names()
        self._write_categories()
