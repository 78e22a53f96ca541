"""Two inputs and several classes: the plane in the colour of the likeliest class, paler where it is less sure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from regdesk.views.fit.picture_columns import MapImage
from regdesk.views.kit import theme
from regdesk.views.plots.class_marks import ClassPoints, class_colour, rgb
from regdesk.views.plots.steady_items import named

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitFrame, FitScene
    from regdesk.core.types import Float64s, Integers

PALEST, FULLEST = 0.05, 0.5
"""Shares of the class's colour in a cell: as good as a guess, and certain. Points in full colour stand out."""


class ClassMap:
    """A decision map with the rows as points."""

    def __init__(self, plot: Any) -> None:
        self._image = named(MapImage(), "modelMap")
        self._image.setZValue(-10)
        plot.addItem(self._image)
        self.points = ClassPoints(plot)
        self._rect = QRectF()
        self._scene: FitScene | None = None
        self._colours: NDArray[np.float64] = np.empty((0, 3))
        self._ground: NDArray[np.float64] = np.full(3, 255.0)

    def hide(self) -> None:
        self._image.clear()
        self._image.setVisible(False)
        self.points.set_visible(False)

    def show_scene(self, scene: FitScene, rect: QRectF) -> None:
        """``rect`` is what the map's cells cover."""
        self._rect, self._scene = rect, scene
        self._colours = np.array([rgb(class_colour(k)) for k in range(len(scene.classes))])
        self._ground = np.array(rgb(theme.colours().background))
        self.points.show_rows(
            (*scene.train_places.T, scene.train_targets),
            (*scene.validation_places.T, scene.validation_targets),
            scene.has_others,
        )

    def show_frame(self, fit: FitFrame) -> None:
        image = shaded(fit.surface_classes, fit.surface, self._colours, self._ground)
        self._image.shown = None if self._scene is None else (self._scene, fit)
        self._image.setImage(image, autoLevels=False, rect=self._rect)
        self._image.setVisible(True)


def shaded(classes: Integers, probabilities: Float64s, colours: Float64s, ground: Float64s) -> NDArray[np.uint8]:
    """``colours`` ``(n_classes, 3)`` of ``classes`` ``(n_rows, n_columns)`` on ``ground`` ``(3,)``, the palest as good
    as a guess; ``(n_rows, n_columns, 3)``.
    """
    guess = 1.0 / len(colours)
    shares = PALEST + (FULLEST - PALEST) * (probabilities - guess) / (1.0 - guess)
    return np.rint(ground + shares[..., np.newaxis] * (colours[classes] - ground)).astype(np.uint8)
