"""The numbers behind pictures that are no curves and no points: a map of the plane, a table of classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg

from regdesk.views.plots.data_columns import Column

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitFrame, FitScene


class MapImage(pg.ImageItem):
    """A map that knows which answers its colours stand for."""

    shown: tuple[FitScene, FitFrame] | None = None

    def data_columns(self) -> list[Column]:
        return [] if self.shown is None else map_columns(*self.shown)


def map_columns(scene: FitScene, fit: FitFrame) -> list[Column]:
    """A row for each cell: where it is, and what the model says there; of classes the likeliest and how likely."""
    across, up = (axis.ravel() for axis in np.meshgrid(*scene.grid))
    places = [
        Column(f"{name} (map)", [names[int(one)] for one in axis] if names else axis)
        for name, names, axis in zip(scene.axis_names, scene.axis_categories, (across, up), strict=True)
    ]
    values, classes = fit.surface.ravel(), scene.classes
    if fit.surface_classes.size:
        likeliest = [classes[number] for number in fit.surface_classes.ravel()]
        return [*places, Column(f"likeliest {scene.target}", likeliest), Column("its probability", values)]
    return [*places, Column(f"P({scene.target} = {classes[1]})" if classes else scene.target, values)]


def confusion_columns(scene: FitScene, fit: FitFrame) -> list[Column]:
    """A row for each actual class, and a column for each that was predicted."""
    counts = zip(scene.classes, fit.confusion.T, strict=True)
    return [
        Column(f"actual {scene.target}", scene.classes),
        *(Column(f"predicted {name}", column) for name, column in counts),
    ]
