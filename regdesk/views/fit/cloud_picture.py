"""Fits of other samples over the model's own: curves; on a map lines where each of them parts it, or their spread."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg

from regdesk.core.words.number_text import count_text, fixed_text, number_text
from regdesk.views.fit.axes import map_rect
from regdesk.views.kit import theme
from regdesk.views.plots.steady_items import SteadyCurve, named

if TYPE_CHECKING:
    from regdesk.core.fit.cloud import FitCloud
    from regdesk.core.types import Float64s

EVERY = 3
"""Points of a curve that are drawn: Qt paints all of them again with each frame of the model."""
OPACITY, STALE_OPACITY, STALE_SPREAD_OPACITY = 0.45, 0.18, 0.5
LEAST_SPREAD = 1e-300


class CloudPicture:
    """One item for all lines, one for the spread; hidden while there are none."""

    def __init__(self, plot: Any) -> None:
        self.item = named(SteadyCurve(), "resampledFits")
        self.item.setZValue(-5)
        self.item.setVisible(False)
        plot.addItem(self.item)
        # On the model's map, beneath the rows.
        self.map = named(pg.ImageItem(axisOrder="row-major"), "resampledSpread")
        self.map.setZValue(-6)
        self.map.setVisible(False)
        plot.addItem(self.map)

    def show(self, cloud: FitCloud | None, is_stale: bool, as_spread: bool = False) -> None:
        """The fits of ``cloud``, paler where they are of another λ; None for none."""
        is_spread = cloud is not None and has_spread_map(cloud, as_spread)
        self.map.setVisible(is_spread)
        if cloud is None or is_spread or not len(cloud.surfaces):
            self.item.setVisible(False)
            self.item.setData([], [])
            if cloud is not None and is_spread:
                self._show_spread(cloud, is_stale)
            return
        pen = pg.mkPen(theme.colours().training, width=1)
        self.item.setPen(pen)
        self.item.setOpacity(STALE_OPACITY if is_stale else OPACITY)
        x, y, connect = _curves(cloud) if cloud.scene.kind == "curve" else _borders(cloud)
        self.item.setData(x, y, connect=connect)
        self.item.setVisible(True)

    def _show_spread(self, cloud: FitCloud, is_stale: bool) -> None:
        columns, rows = cloud.scene.grid
        colours = theme.colours()
        self.map.setColorMap(pg.ColorMap([0.0, 1.0], [colours.background, colours.training]))
        values = cloud.spread_surface.reshape(len(rows), len(columns))
        levels = (0.0, max(float(values.max()), LEAST_SPREAD))
        self.map.setImage(values, autoLevels=False, levels=levels, rect=map_rect(cloud.scene))
        self.map.setOpacity(STALE_SPREAD_OPACITY if is_stale else 1.0)


def has_spread_map(cloud: FitCloud, as_spread: bool) -> bool:
    """Whether the spread of ``cloud`` is drawn in place of its lines."""
    return as_spread and cloud.scene.kind == "map" and len(cloud.surfaces) > 1


def _curves(cloud: FitCloud) -> tuple[Float64s, Float64s, Any]:
    grid = cloud.scene.grid[0]
    places = np.unique(np.append(np.arange(0, len(grid), EVERY), len(grid) - 1))
    x = np.tile(grid[places], len(cloud.surfaces))
    y = cloud.surfaces[:, places].ravel()
    goes_on = np.ones(len(x), np.int32)
    goes_on[len(places) - 1 :: len(places)] = 0
    return x, y, goes_on


def border_level(cloud: FitCloud) -> float:
    """What parts a map: even odds, or the mean of the training rows."""
    return 0.5 if cloud.scene.classes else float(cloud.scene.train_targets.mean())


def _borders(cloud: FitCloud) -> tuple[Float64s, Float64s, Any]:
    """Where each fit has the level, as pieces of lines."""
    columns, rows = cloud.scene.grid
    level, pieces = border_level(cloud), []
    for surface in cloud.surfaces:
        # Coordinates of cells, from the first one's middle.
        for line in pg.isocurve(surface.reshape(len(rows), len(columns)).T, level, connected=True):
            pieces.append(np.array(line) - 0.5)
    if not pieces:
        return np.empty(0), np.empty(0), "all"
    at = np.concatenate(pieces)
    goes_on = np.ones(len(at), np.int32)
    goes_on[np.cumsum([len(one) for one in pieces]) - 1] = 0
    x = np.interp(at[:, 0], np.arange(len(columns)), columns)
    y = np.interp(at[:, 1], np.arange(len(rows)), rows)
    return x, y, goes_on


def cloud_sentence(cloud: FitCloud | None, is_stale: bool, is_working: bool, as_spread: bool = False) -> str:
    """How far the fits lie apart, and under which λ; empty where none were asked for."""
    if cloud is None:
        return "Fitting other samples …" if is_working else ""
    settings, n_fits = cloud.settings, len(cloud.surfaces)
    where = f"λ {number_text(settings.effective_lam)}" if settings.effective_lam else "no penalty"
    if math.isnan(cloud.spread):
        return f"Other samples: under {where} {count_text(n_fits + cloud.n_failed)} of them have no fit to draw."
    what = "" if not cloud.n_steps else f", {cloud.n_steps:,} steps from epoch {cloud.epoch:,.0f} on"
    lost = f"; {cloud.n_failed} without a fit" if cloud.n_failed else ""
    unit = " in probability" if cloud.scene.classes else ""
    now = ""
    if is_stale:
        now = " A new λ: fitting again …" if is_working else " λ has changed since."
    border = "" if cloud.scene.kind == "curve" or cloud.scene.classes else (
        f" Each line is where one of them predicts {number_text(border_level(cloud))}."
    )  # fmt: skip
    if has_spread_map(cloud, as_spread):
        darkest = fixed_text(float(cloud.spread_surface.max()))
        border = f" Colour: how far they lie apart at each place, from 0 to {darkest} (fullest)."
    return (
        f"{n_fits} other samples, {where}{what}: ± {fixed_text(cloud.spread)}{unit} at a "
        f"typical training row (standard deviation{lost}).{border}{now}"
    )
