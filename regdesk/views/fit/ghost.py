"""The ghost of a fit that was frozen: dotted lines, the edges of a map, pale points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt

from regdesk.core.fit.scene import is_same_picture
from regdesk.core.model.ranking import thinned
from regdesk.core.types import Float64s
from regdesk.views.fit.axes import connection, map_rect
from regdesk.views.fit.roc_picture import MAX_POINTS
from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended
from regdesk.views.plots.class_marks import class_colour
from regdesk.views.plots.role_marks import TRAINING_SYMBOL, VALIDATION_SYMBOL
from regdesk.views.plots.steady_items import SteadyCurve, SteadyPoints, named

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitFrame, FitScene

N_LEVELS = 3
"""Level lines of a map of numbers: at a quarter, a half and three quarters of its colours."""
PALE = 0.4
CLASS_SHARE = 0.75

Line = tuple[Float64s, Float64s, str]
"""x, y and how the points are joined."""


class FitGhost:
    """Lines and points behind the present fit, of one scene."""

    def __init__(self, plot: Any) -> None:
        self._plot = plot
        self.lines: list[Any] = []
        self.train = named(SteadyPoints(symbol=TRAINING_SYMBOL, size=7), "frozenTrainingRows")
        self.validation = named(SteadyPoints(symbol=VALIDATION_SYMBOL, size=9), "frozenValidationRows")
        for item in (self.train, self.validation):
            item.setZValue(-5)
            item.setVisible(False)
            plot.addItem(item, ignoreBounds=True)

    def clear(self) -> None:
        for line in self.lines:
            self._plot.removeItem(line)
        self.lines = []
        for item in (self.train, self.validation):
            item.setVisible(False)

    def show(self, scene: FitScene, fit: FitFrame, levels: tuple[float, float]) -> None:
        """Draw ``fit`` as it was; ``levels`` are the ends of a map's colours."""
        self.clear()
        quiet = theme.colours().quiet_text
        lines = ghost_lines(scene, fit, levels)
        for index, (x, y, connect) in enumerate(lines):
            colour = blended(class_colour(index), CLASS_SHARE) if scene.kind == "class-curves" else quiet
            pen = pg.mkPen(colour, width=1.5, style=Qt.PenStyle.DotLine)
            self.lines.append(named(SteadyCurve(x, y, pen=pen, connect=connect), "frozenFit"))
            self._plot.addItem(self.lines[-1], ignoreBounds=True)
        if scene.kind == "parity":
            colours = theme.colours()
            for item, colour, x, y in (
                (self.train, colours.training, scene.train_targets, fit.train_predictions),
                (self.validation, colours.validation, scene.validation_targets, fit.validation_predictions),
            ):
                item.setPen(pg.mkPen(blended(colour, PALE), width=1))
                item.setBrush(pg.mkBrush(None))
                item.setData(x, y)
                item.setVisible(True)


def as_comparable(fit: FitFrame, scene: FitScene | None) -> FitFrame | None:
    """``fit`` where a ghost of it means something in ``scene``: the same picture of the same data, however split.

    Where rows were moved or added as well, by which axes may reach farther: the ghost has a grid of its own.
    """
    return fit if scene is not None and fit.scene is not None and is_same_picture(fit.scene, scene) else None


def ghost_lines(scene: FitScene, fit: FitFrame, levels: tuple[float, float]) -> list[Line]:
    """What is left of a fit as lines."""
    if scene.kind == "curve":
        return [(scene.grid[0], fit.surface, connection(scene))]
    if scene.kind == "class-curves":
        return [(scene.grid[0], column, connection(scene)) for column in fit.surface.T]
    if scene.kind == "roc" and fit.scores_of_two is not None:
        return [(*thinned(fit.scores_of_two.judged, MAX_POINTS), "all")]
    if scene.kind == "class-map":
        return [(*band_edges(scene, fit.surface_classes.astype(np.float64)), "pairs")]
    if scene.kind == "map":
        low, high = levels
        heights = [0.5] if scene.classes else [low + (high - low) * k / (N_LEVELS + 1) for k in range(1, N_LEVELS + 1)]
        if any(scene.axis_categories):
            bands = np.digitize(fit.surface, heights).astype(np.float64)
            return [(*band_edges(scene, bands), "pairs")]
        return [(*level_line(scene, fit.surface, height), "pairs") for height in heights]
    return []


def level_line(scene: FitScene, surface: Float64s, height: float) -> tuple[Float64s, Float64s]:
    """x and y of pairs of points between which ``surface`` ``(n_rows, n_columns)`` is ``height``."""
    pairs = np.array(pg.functions.isocurve(surface, height), dtype=np.float64).reshape(-1, 2)
    columns, rows = scene.grid
    # isocurve counts from the edge of the first cell, the grid from its middle.
    x = columns[0] + (pairs[:, 1] - 0.5) * (columns[1] - columns[0])
    y = rows[0] + (pairs[:, 0] - 0.5) * (rows[1] - rows[0])
    return np.asarray(x), np.asarray(y)


def band_edges(scene: FitScene, bands: Float64s) -> tuple[Float64s, Float64s]:
    """x and y of the pairs of points that part cells of ``bands`` ``(n_rows, n_columns)`` that differ."""
    rect = map_rect(scene)
    n_rows, n_columns = bands.shape
    x_edges = np.linspace(rect.left(), rect.right(), n_columns + 1)
    y_edges = np.linspace(rect.top(), rect.bottom(), n_rows + 1)
    row, column = np.nonzero(bands[:, 1:] != bands[:, :-1])
    x = [np.repeat(x_edges[column + 1], 2)]
    y = [np.column_stack([y_edges[row], y_edges[row + 1]]).ravel()]
    row, column = np.nonzero(bands[1:] != bands[:-1])
    x.append(np.column_stack([x_edges[column], x_edges[column + 1]]).ravel())
    y.append(np.repeat(y_edges[row + 1], 2))
    return np.concatenate(x), np.concatenate(y)
