"""A number, or the probability of one of two classes: as a curve, a map, or predicted against actual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt

from regdesk.views.fit.axes import connection, map_rect, with_margin
from regdesk.views.fit.picture_columns import MapImage
from regdesk.views.kit import theme
from regdesk.views.kit.blends import faint
from regdesk.views.plots.role_marks import TRAINING_SYMBOL, VALIDATION_SYMBOL
from regdesk.views.plots.steady_items import SteadyCurve, SteadyPoints, named

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitFrame, FitScene
    from regdesk.core.types import Float64s

N_SHADES = 256


class NumberPictures:
    """Training rows are filled circles, validation rows open diamonds; on a map the rim tells them apart."""

    def __init__(self, plot: Any) -> None:
        self.map = named(MapImage(), "modelMap")
        self.map.setZValue(-10)
        self.diagonal = named(SteadyCurve(), "diagonal")
        self.train = named(SteadyPoints(symbol=TRAINING_SYMBOL, size=8), "trainingRows")
        self.validation = named(SteadyPoints(symbol=VALIDATION_SYMBOL, size=10), "validationRows")
        self.curve = named(SteadyCurve(), "modelCurve")
        # Ends of a map's colours.
        self.levels = (0.0, 1.0)
        self._rect = QRectF()
        self._scene: FitScene | None = None
        for item in (self.map, self.diagonal, self.train, self.validation, self.curve):
            item.setVisible(False)
            plot.addItem(item)

    def hide(self) -> None:
        """The old model's answers do not belong to new rows."""
        self._scene = None
        self.curve.setData([], [])
        self.map.clear()
        for item in (self.map, self.diagonal, self.train, self.validation, self.curve):
            item.setVisible(False)

    def show_rows(self, shows_training: bool, shows_validation: bool) -> None:
        """Whether the points are drawn."""
        has_points = self._scene is not None
        self.train.setVisible(has_points and shows_training)
        self.validation.setVisible(has_points and shows_validation)

    def show_diagonal(self, low: float, high: float) -> None:
        """Where both axes say the same."""
        self.diagonal.setPen(pg.mkPen(theme.colours().zero, style=Qt.PenStyle.DashLine))
        self.diagonal.setData([low, high], [low, high])
        self.diagonal.setVisible(True)

    def show_scene(self, scene: FitScene) -> None:
        """What stands still of a curve, a map or of parity."""
        self._scene = scene
        if scene.kind == "map":
            self._prepare_map(scene)
        else:
            self._style_points(scene)
        if scene.kind == "curve":
            self.curve.setPen(pg.mkPen(theme.colours().text, width=2))
            self.curve.setVisible(True)
            self.train.setData(scene.train_places[:, 0], scene.train_targets)
            self.validation.setData(scene.validation_places[:, 0], scene.validation_targets)
        elif scene.kind == "parity":
            # Where points stand is not known before there is a model.
            self.train.setData([], [])
            self.validation.setData([], [])

    def _style_points(self, scene: FitScene) -> None:
        colours = theme.colours()
        tone = faint if scene.has_others else pg.mkColor
        self.train.setPen(pg.mkPen(tone(colours.training), width=1))
        self.train.setBrush(pg.mkBrush(tone(colours.training)))
        self.validation.setPen(pg.mkPen(tone(colours.validation), width=1.5))
        self.validation.setBrush(pg.mkBrush(None))

    def _prepare_map(self, scene: FitScene) -> None:
        colours = theme.colours()
        self._rect = map_rect(scene)
        if scene.classes:
            stops = [*colours.first_ground, *colours.second_ground]
            shades = pg.ColorMap([0.0, 0.4999, 0.5001, 1.0], stops)
            self.levels = (0.0, 1.0)
        else:
            shades = pg.ColorMap([0.0, 0.5, 1.0], list(colours.value_stops))
            self.levels = with_margin(np.concatenate([scene.train_targets, scene.validation_targets]), 0.0)
        self.map.setColorMap(shades)
        # The colour of the rim tells training from validation where the fill tells the classes.
        tone = faint if scene.has_others else pg.mkColor
        for item, colour, places, targets in (
            (self.train, colours.training, scene.train_places, scene.train_targets),
            (self.validation, colours.validation, scene.validation_places, scene.validation_targets),
        ):
            item.setPen(pg.mkPen(tone(colour), width=2))
            item.setData(places[:, 0], places[:, 1], brush=self._brushes(scene, targets, shades))
        self.map.setVisible(True)

    def _brushes(self, scene: FitScene, targets: Float64s, shades: Any) -> list[Any]:
        """Fill of each point of a map, where position cannot show the target."""
        tone = faint if scene.has_others else pg.mkColor
        if scene.classes:
            fills = [pg.mkBrush(tone(one)) for one in (theme.colours().first_class, theme.colours().second_class)]
            return [fills[int(target > 0.5)] for target in targets]
        low, high = self.levels
        table = [pg.mkBrush(tone(one.name())) for one in shades.map(np.linspace(0.0, 1.0, N_SHADES), mode="qcolor")]
        numbers = np.clip((targets - low) / max(high - low, 1e-300) * (N_SHADES - 1), 0, N_SHADES - 1)
        return [table[round(float(number))] for number in numbers]

    def show_frame(self, fit: FitFrame) -> None:
        scene = self._scene
        assert scene is not None
        if scene.kind == "curve":
            self.curve.setData(scene.grid[0], fit.surface, connect=connection(scene))
        elif scene.kind == "map":
            self.map.shown = scene, fit
            self.map.setImage(fit.surface, autoLevels=False, levels=self.levels, rect=self._rect)
        else:
            self.train.setData(scene.train_targets, fit.train_predictions)
            self.validation.setData(scene.validation_targets, fit.validation_predictions)
