"""The fit against the data: a curve, a map, predicted against actual, or the validation ROC."""

from __future__ import annotations

import math
from html import escape
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt

from regdesk.core.fit_view import FitScene
from regdesk.core.narration import fixed_text, number_text
from regdesk.core.types import Float64s
from regdesk.views import theme
from regdesk.views.axes import quiet_plot
from regdesk.views.frame import Frame
from regdesk.views.panel import Panel, coloured

TITLES = {
    "curve": "Data fit",
    "map": "Data fit",
    "parity": "Data fit: predicted against actual",
    "roc": "Data fit: validation ROC",
}


VALUE_MAP = pg.ColorMap([0.0, 0.5, 1.0], ["#FFFBE6", "#B5D8C0", "#5E9C97"])
"""Pale enough at both ends for the rims of training and validation points to stand out."""


class DataFitPanel(Panel):
    """Training rows as filled circles, validation rows as open diamonds, the model as a curve or a map."""

    def __init__(self) -> None:
        super().__init__(
            "dataFitPanel",
            "Data fit",
            "The rows and the model's answer to them. Circles: training rows; diamonds: validation rows.",
            "Open a CSV or choose a sample to begin.",
        )
        self._view = pg.PlotWidget()
        self._plot = self._view.getPlotItem()
        quiet_plot(self._plot, "", "")
        self._plot.getAxis("left").setWidth(64)
        self._map = pg.ImageItem()
        self._map.setZValue(-10)
        self._diagonal = pg.PlotCurveItem(pen=pg.mkPen(theme.ZERO, style=Qt.PenStyle.DashLine))
        self._train = _scatter("o", theme.TRAINING, filled=True)
        self._validation = _scatter("d", theme.VALIDATION, filled=False)
        self._curve = pg.PlotCurveItem(pen=pg.mkPen(theme.TEXT, width=2))
        for item in (self._map, self._diagonal, self._train, self._validation, self._curve):
            self._plot.addItem(item)
        self._scene: FitScene | None = None
        self.set_content(self._view)

    def show_scene(self, scene: FitScene) -> None:
        """Draw what stands still and fix the axes."""
        self._scene = scene
        self.set_readout("The rows are drawn; press Run to see the model fit them.")
        self.set_title(TITLES[scene.kind])
        for item in (self._map, self._diagonal, self._train, self._validation, self._curve):
            item.setVisible(False)
        # The old model's answers do not belong to the new rows.
        self._curve.setData([], [])
        self._map.clear()
        {"curve": self._show_curve, "map": self._show_map, "parity": self._show_parity, "roc": self._show_roc}[
            scene.kind
        ](scene)

    def _show_points(self, train: tuple[Any, Any], validation: tuple[Any, Any]) -> None:
        for item, (x, y), brush in (
            (self._train, train, pg.mkBrush(theme.TRAINING)),
            (self._validation, validation, pg.mkBrush(None)),
        ):
            item.setData(x, y, brush=brush)
            item.setVisible(True)

    def _show_curve(self, scene: FitScene) -> None:
        targets = np.concatenate([scene.train_targets, scene.validation_targets])
        self._plot.setLabel("bottom", escape(scene.input_names[0]))
        self._plot.setLabel("left", escape(_target_label(scene)))
        self._set_ranges(scene.grid[0], _with_margin(targets, 0.12))
        self._show_points(
            (scene.train_inputs[:, 0], scene.train_targets), (scene.validation_inputs[:, 0], scene.validation_targets)
        )
        self._curve.setPen(pg.mkPen(theme.TEXT, width=2))
        self._curve.setVisible(True)

    def _show_map(self, scene: FitScene) -> None:
        self._plot.setLabel("bottom", escape(scene.input_names[0]))
        self._plot.setLabel("left", escape(scene.input_names[1]))
        self._set_ranges(scene.grid[0], (scene.grid[1][0], scene.grid[1][-1]))
        columns, rows = scene.grid
        half_width, half_height = (columns[1] - columns[0]) / 2, (rows[1] - rows[0]) / 2
        self._map_rect = QRectF(
            columns[0] - half_width,
            rows[0] - half_height,
            columns[-1] - columns[0] + 2 * half_width,
            rows[-1] - rows[0] + 2 * half_height,
        )
        if scene.classes:
            stops = ["#E9CFA6", "#F7EEDD", "#DCEFEC", "#8FC9BF"]
            self._map.setColorMap(pg.ColorMap([0.0, 0.4999, 0.5001, 1.0], stops))
            self._levels = (0.0, 1.0)
        else:
            self._map.setColorMap(VALUE_MAP)
            targets = np.concatenate([scene.train_targets, scene.validation_targets])
            self._levels = _with_margin(targets, 0.0)
        # The colour of the rim tells training from validation where the fill tells the classes.
        for item, colour, inputs, targets in (
            (self._train, theme.TRAINING, scene.train_inputs, scene.train_targets),
            (self._validation, theme.VALIDATION, scene.validation_inputs, scene.validation_targets),
        ):
            item.setPen(pg.mkPen(colour, width=2))
            item.setData(inputs[:, 0], inputs[:, 1], brush=self._brushes(scene, targets))
            item.setVisible(True)
        self._map.setVisible(True)

    def _brushes(self, scene: FitScene, targets: Float64s) -> list[Any]:
        """Fill of each point of a map, where position cannot show the target."""
        if scene.classes:
            fills = (pg.mkBrush(theme.FIRST_CLASS), pg.mkBrush(theme.SECOND_CLASS))
            return [fills[int(target > 0.5)] for target in targets]
        low, high = self._levels
        shades = VALUE_MAP.map((targets - low) / max(high - low, 1e-300), mode="qcolor")
        return [pg.mkBrush(shade) for shade in shades]

    def _show_parity(self, scene: FitScene) -> None:
        targets = np.concatenate([scene.train_targets, scene.validation_targets])
        low, high = _with_margin(targets, 0.06)
        self._plot.setLabel("bottom", escape(f"actual {scene.target}"))
        self._plot.setLabel("left", escape(f"predicted {scene.target}"))
        self._set_ranges(np.array([low, high]), (low, high))
        self._diagonal.setData([low, high], [low, high])
        self._diagonal.setVisible(True)

    def _show_roc(self, scene: FitScene) -> None:
        self._plot.setLabel("bottom", escape(f"share of others called {scene.classes[1]} (false positives)"))
        self._plot.setLabel("left", escape(f"share of {scene.classes[1]} found (true positives)"))
        self._set_ranges(np.array([0.0, 1.0]), (0.0, 1.02))
        self._diagonal.setData([0.0, 1.0], [0.0, 1.0])
        self._diagonal.setVisible(True)
        self._curve.setPen(pg.mkPen(theme.VALIDATION, width=2))
        self._curve.setVisible(True)

    def _set_ranges(self, horizontal: Float64s, vertical: tuple[float, float]) -> None:
        self._plot.setRange(xRange=(float(horizontal[0]), float(horizontal[-1])), yRange=vertical, padding=0)

    def show_frame(self, frame: Frame) -> None:
        scene = self._scene
        if scene is None:
            return
        fit = frame.snapshot.fit
        if scene.kind == "curve":
            self._curve.setData(scene.grid[0], fit.surface)
        elif scene.kind == "map":
            self._map.setImage(fit.surface, autoLevels=False, levels=self._levels, rect=self._map_rect)
        elif scene.kind == "parity":
            self._show_points(
                (scene.train_targets, fit.train_predictions), (scene.validation_targets, fit.validation_predictions)
            )
        else:
            self._curve.setData(*fit.roc)
        self._say(scene, fit.score, fit.auroc)

    def _say(self, scene: FitScene, score: float, auroc: float) -> None:
        rows = f"{scene.n_validation} validation rows"
        if scene.n_scored < scene.n_validation:
            rows = f"{scene.n_scored:,} of {scene.n_validation:,} validation rows"
        if not scene.n_validation:
            plain = "No validation rows: nothing to judge the fit by."
        elif not scene.classes:
            plain = f"R² {fixed_text(score)} on {rows}."
        else:
            plain = f"Accuracy {fixed_text(score)}, AUROC {fixed_text(auroc)} on {rows}."
            if math.isnan(auroc):
                plain = f"Accuracy {fixed_text(score)} on {rows}; one class alone has no ROC."
        key = f"{coloured('● training', theme.TRAINING)} &nbsp; {coloured('◇ validation', theme.VALIDATION)} &nbsp; "
        if scene.kind == "map" and scene.classes:
            key = (
                f"{coloured('○ training', theme.TRAINING)} &nbsp; {coloured('◇ validation', theme.VALIDATION)} &nbsp; "
                f"{escape(scene.classes[1])}: dark on teal, {escape(scene.classes[0])}: pale on sand"
            )
        if scene.kind == "map" and not scene.classes:
            low, high = self._levels
            key += f"{escape(scene.target)}: pale {number_text(low)}, dark {number_text(high)}"
        self.set_readout(plain, plain if scene.kind == "roc" else f"{key}<br>{plain}")


def _scatter(symbol: str, colour: str, filled: bool) -> Any:
    return pg.ScatterPlotItem(
        symbol=symbol,
        size=8 if symbol == "o" else 10,
        pen=pg.mkPen(colour, width=1.5 if not filled else 1),
        brush=pg.mkBrush(colour) if filled else pg.mkBrush(None),
    )


def _target_label(scene: FitScene) -> str:
    return f"probability of {scene.target} = {scene.classes[1]}" if scene.classes else scene.target


def _with_margin(values: Float64s, share: float) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    margin = share * (high - low) if high > low else 0.5
    return low - margin, high + margin
