"""The plot of a path: curves, names at their ends, the λ in force, and which curve is under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal

from regdesk.core.words.number_text import number_text
from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended
from regdesk.views.path.axes import PathTicks, UnitTicks
from regdesk.views.path.curves import PathCurves, colour_of
from regdesk.views.path.labels import EndLabels
from regdesk.views.path.picture import PathPicture, value_ends
from regdesk.views.plots.axes import ValueAxis, quiet_plot
from regdesk.views.plots.axis_room import keep_width, name_axis
from regdesk.views.plots.steady_plots import plot_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.core.types import Float64s

NEAR_PX = 8.0
MOST_NAME_SHARE = 0.2
"""Of the height of the plot, for the name of λ's line."""
NORM, WEIGHT = "‖w‖₂", "weight"
"""What stands along a low plot."""
GAP_SHARE = 0.02
"""Of the length of the curves, beyond them on either side."""


class PathPlot(QObject):
    """Signal: ``input_clicked(object)`` with the number of the input, None beside every curve."""

    input_clicked = Signal(object)

    def __init__(self, parent: QObject, axis_names: dict[str, str]) -> None:
        """``axis_names`` are those of the axes of ``PathChoice``."""
        super().__init__(parent)
        self.axis_names = axis_names
        self.view = pg.GraphicsLayoutWidget()
        self.view.ci.layout.setContentsMargins(0, 0, 0, 0)
        self._ticks = PathTicks()
        self.plot = self.view.addPlot(row=0, col=0, **plot_parts(bottom=self._ticks, left=ValueAxis("left")))
        quiet_plot(self.plot, "λ", "weight")
        keep_width(self.plot.getAxis("left"), 56)
        self.zero = pg.InfiniteLine(angle=0, pos=0.0, movable=False)
        self.zero.setZValue(-8)
        self.plot.addItem(self.zero, ignoreBounds=True)
        self.curves = PathCurves(self.plot)
        self.labels = EndLabels(self.plot, self.view)
        self.units = UnitTicks(self.plot)
        self.line = pg.InfiniteLine(angle=90, movable=False)
        self.line_label = pg.TextItem("")
        for item in (self.line, self.line_label):
            item.setZValue(20)
            self.plot.addItem(item, ignoreBounds=True)
        self._value_name = ""
        self._picture: PathPicture | None = None
        self._selected: Sequence[int] = ()
        self._lam: float | None = None
        self._fit_soon = QTimer(self, singleShot=True)
        self._fit_soon.timeout.connect(self.units.fit)
        self.plot.vb.sigResized.connect(self._on_plot_resized)
        self.view.scene().sigMouseClicked.connect(self._on_scene_clicked)
        self.apply_theme()

    def apply_theme(self) -> None:
        colours = theme.colours()
        self.zero.setPen(pg.mkPen(blended(colours.zero, 0.7), width=1))
        self.line.setPen(pg.mkPen(colours.lam, width=2))
        self.line_label.fill = pg.mkBrush(blended(colours.background, 1.0))
        if self._picture is not None:
            self.curves.restyle(self._picture, self._selected)
            self._lay_out()

    def show(self, picture: PathPicture, selected: Sequence[int], value_name: str) -> None:
        if self._picture is None or picture.choice != self._picture.choice:
            # What a hand has moved were other axes.
            self.plot.vb.release()
        self._picture, self._selected = picture, selected
        self._value_name = value_name
        self._name_axes()
        self.curves.show(picture, selected)
        self._lay_out()

    def _name_axes(self) -> None:
        if self._picture is None:
            return
        across = self.axis_names[self._picture.choice.axis]
        for side, name in (("left", self._value_name), ("bottom", across)):
            # The unit goes where there is no room for it.
            names = (name, name.split(" (")[0], *((NORM if name[:1] == NORM[0] else WEIGHT,) if side == "left" else ()))
            name_axis(self.plot.getAxis(side), self.view.fontMetrics(), *names)

    def clear(self) -> None:
        """Axes without curves."""
        self._picture = None
        self.curves.clear()
        self.labels.clear()
        self.units.clear()
        self.show_lambda(self._lam)

    def show_lambda(self, lam: float | None) -> None:
        """The λ in force; None where there is no penalty."""
        self._lam = lam
        place = None if lam is None or self._picture is None else self._picture.place_of(lam)
        self.line.setVisible(place is not None)
        # In a low plot there is no room for its name above the curves.
        self.line_label.setVisible(place is not None and self._name_share <= MOST_NAME_SHARE)
        if place is None or self._picture is None:
            return
        self.line.setPos(place)
        (left, right), (_, top) = self.plot.vb.viewRange()
        self.line_label.setText(f"λ {number_text(self._lam or 0.0)}", theme.colours().lam)
        self.line_label.setAnchor((1.0 if place > 0.5 * (left + right) else 0.0, 0.0))
        self.line_label.setPos(place, top)
        self.line_label.updateTransform(force=True)

    def _lay_out(self) -> None:
        """Ranges with room for names where the curves end, and the names."""
        picture = self._picture
        if picture is None:
            return
        box = self.plot.vb
        values, names = picture.values[-1], picture.path.facts.input_names
        largest = np.abs(picture.values).max(axis=0, initial=0.0)
        candidates = self.curves.numbers
        ranked = candidates[np.lexsort((-largest[candidates], -np.abs(values[candidates])))]
        if self._selected and len(ranked):
            ranked = np.concatenate([np.array(self._selected), ranked[~np.isin(ranked, self._selected)]])
        labelled = [int(number) for number in ranked[: self.labels.n_fitting(box.height())]]
        room_px = self.labels.room_px([names[number] for number in labelled], box.width())
        low, high = picture.ends
        length = max(high - low, 1e-12)
        share = room_px / max(box.width(), 1.0)
        whole = length * (1.0 + 2.0 * GAP_SHARE) / (1.0 - share)
        left = low - GAP_SHARE * length - (share * whole if picture.is_dense_left else 0.0)
        self._ticks.show_axis(picture.choice.axis == "lambda", (low, high))
        self.units.show(picture, whole / max(box.width(), 1.0))
        self.plot.setRange(xRange=(left, left + whole), yRange=self._value_range(picture), padding=0)
        self.labels.show(
            labelled,
            [names[number] for number in labelled],
            np.array([values[number] for number in labelled]),
            [colour_of(picture, number, self._selected) for number in labelled],
            float(picture.places[-1]),
            picture.is_dense_left,
            room_px,
        )
        self.show_lambda(self._lam)

    def _value_range(self, picture: PathPicture) -> tuple[float, float]:
        """With room above the curves for the name of λ's line."""
        low, high = value_ends(picture)
        share = self._name_share if self._name_share <= MOST_NAME_SHARE else 0.0
        return low, low + (high - low) / (1.0 - share)

    @property
    def _name_share(self) -> float:
        """What the name of λ's line takes of the plot's height."""
        return float(self.labels.row_px / max(self.plot.vb.height(), 1.0))

    def near(self, place: QPointF) -> tuple[int, int] | None:
        """The input whose curve is next to ``place`` of the scene, and the step of λ; None if none is near."""
        picture, box = self._picture, self.plot.vb
        if picture is None or not box.sceneBoundingRect().contains(place):
            return None
        named = self.labels.number_at(place)
        if named is not None:
            return named, len(picture.places) - 1
        across, up = box.viewPixelSize()
        at = box.mapSceneToView(place)
        x = (picture.places - at.x()) / across
        numbers = np.concatenate([self.curves.numbers, self.curves.faint])
        if not len(numbers) or x.min() > NEAR_PX or x.max() < -NEAR_PX:
            return None
        y = (picture.values[:, numbers] - at.y()) / up
        away = _distances(x, y)
        nearest = int(away.argmin())
        if away[nearest] > NEAR_PX:
            return None
        return int(numbers[nearest]), int(np.abs(x).argmin())

    def _on_plot_resized(self) -> None:
        self._fit_soon.start()
        self._name_axes()
        self._lay_out()

    def _on_scene_clicked(self, event: Any) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._picture is not None:
            found = self.near(event.scenePos())
            self.input_clicked.emit(found[0] if found is not None else None)


def _distances(x: Float64s, y: Float64s) -> Float64s:
    """From the origin to each of the curves through ``x`` ``(n_points,)`` and ``y`` ``(n_points, n_curves)``."""
    if len(x) == 1:
        return np.asarray(np.hypot(x[0], y[0]))
    # Only segments that pass by.
    low, high = np.minimum(x[:-1], x[1:]), np.maximum(x[:-1], x[1:])
    steps = np.flatnonzero((low <= NEAR_PX) & (high >= -NEAR_PX))
    away = np.full(y.shape[1], np.inf)
    for step in steps:
        along_x, along_y = x[step + 1] - x[step], y[step + 1] - y[step]
        length = along_x**2 + along_y**2
        share = np.clip(-(x[step] * along_x + y[step] * along_y) / np.where(length > 0, length, 1.0), 0.0, 1.0)
        away = np.minimum(away, np.hypot(x[step] + share * along_x, y[step] + share * along_y))
    return away
