"""The fit against the data: curves, a map, predicted against actual, the validation ROC, or a confusion matrix."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from regdesk.core.fit_scene import FitScene
from regdesk.core.types import Float64s
from regdesk.views import theme
from regdesk.views.axes import quiet_plot
from regdesk.views.class_curves import ROOM_ABOVE, ClassCurves
from regdesk.views.class_map import ClassMap
from regdesk.views.class_marks import widest
from regdesk.views.confusion_matrix import ConfusionMatrix
from regdesk.views.fit_axes import map_rect, target_label, with_margin
from regdesk.views.fit_readout import confusion_sentence, key_line, score_sentence
from regdesk.views.frame import Frame
from regdesk.views.panel import Panel

TITLES = {
    "curve": "Data fit",
    "map": "Data fit",
    "parity": "Data fit: predicted against actual",
    "roc": "Data fit: validation ROC",
    "class-curves": "Data fit",
    "class-map": "Data fit",
    "confusion": "Data fit: actual against predicted class",
}
AXIS_WIDTH_PX = 64
LABEL_WIDTH_PX = 84
"""The most that the classes' labels beside an axis take; what is longer is elided."""

VALUE_MAP = pg.ColorMap([0.0, 0.5, 1.0], ["#FFFBE6", "#B5D8C0", "#5E9C97"])
"""Pale enough at both ends for the rims of training and validation points to stand out."""


class DataFitPanel(Panel):
    """Training rows filled, validation rows open, the model as curves, a map, a ROC or a matrix."""

    def __init__(self) -> None:
        super().__init__(
            "dataFitPanel",
            "Data fit",
            "The rows and the model's answer to them. The line under the title says which marks are training rows and "
            "which validation rows, and how good the answer is.",
            "Open a CSV or choose a sample to begin.",
        )
        self._view = pg.PlotWidget()
        self._plot = self._view.getPlotItem()
        quiet_plot(self._plot, "", "")
        self._map = pg.ImageItem()
        self._map.setZValue(-10)
        self._diagonal = pg.PlotCurveItem(pen=pg.mkPen(theme.colours().zero, style=Qt.PenStyle.DashLine))
        self._train = _scatter("o", theme.colours().training, filled=True)
        self._validation = _scatter("d", theme.colours().validation, filled=False)
        self._curve = pg.PlotCurveItem(pen=pg.mkPen(theme.colours().text, width=2))
        for item in (self._map, self._diagonal, self._train, self._validation, self._curve):
            self._plot.addItem(item)
        self._class_curves = ClassCurves(self._view)
        self._class_map = ClassMap(self._plot)
        self._confusion = ConfusionMatrix(self._view)
        self._scene: FitScene | None = None
        self._levels = (0.0, 1.0)
        self.set_content(self._view, self._view)

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
        for picture in (self._class_curves, self._class_map, self._confusion):
            picture.hide()
        self._prepare_axes(scene)
        {
            "curve": self._show_curve,
            "map": self._show_map,
            "parity": self._show_parity,
            "roc": self._show_roc,
            "class-curves": self._show_class_curves,
            "class-map": self._show_class_map,
            "confusion": self._show_confusion,
        }[scene.kind](scene)

    def _prepare_axes(self, scene: FitScene) -> None:
        """Numbers or classes at the axes; a matrix has neither grid nor ticks in its cells."""
        has_labels = scene.kind in ("class-curves", "confusion")
        labels_px = widest(scene.classes, self._view.fontMetrics(), LABEL_WIDTH_PX) + 32 if has_labels else 0
        self._plot.getAxis("left").setWidth(max(AXIS_WIDTH_PX, labels_px))
        is_matrix = scene.kind == "confusion"
        for side in ("bottom", "left"):
            self._plot.getAxis(side).setTicks(None)
            self._plot.getAxis(side).setStyle(tickLength=0 if is_matrix else -5)
        # The first class's label may reach under the other axis.
        self._plot.getAxis("bottom").setStyle(hideOverlappingLabels=not is_matrix)
        self._plot.showGrid(not is_matrix, not is_matrix, 0.12)

    def _show_points(self, train: tuple[Any, Any], validation: tuple[Any, Any]) -> None:
        for item, (x, y), brush in (
            (self._train, train, pg.mkBrush(theme.colours().training)),
            (self._validation, validation, pg.mkBrush(None)),
        ):
            item.setData(x, y, brush=brush)
            item.setVisible(True)

    def _show_curve(self, scene: FitScene) -> None:
        targets = np.concatenate([scene.train_targets, scene.validation_targets])
        self._plot.setLabel("bottom", escape(scene.input_names[0]))
        self._plot.setLabel("left", escape(target_label(scene)))
        self._set_ranges(scene.grid[0], with_margin(targets, 0.12))
        self._show_points(
            (scene.train_inputs[:, 0], scene.train_targets), (scene.validation_inputs[:, 0], scene.validation_targets)
        )
        self._curve.setPen(pg.mkPen(theme.colours().text, width=2))
        self._curve.setVisible(True)

    def _show_map(self, scene: FitScene) -> None:
        self._plot.setLabel("bottom", escape(scene.input_names[0]))
        self._plot.setLabel("left", escape(scene.input_names[1]))
        self._set_ranges(scene.grid[0], (scene.grid[1][0], scene.grid[1][-1]))
        self._map_rect = map_rect(scene)
        if scene.classes:
            stops = ["#E9CFA6", "#F7EEDD", "#DCEFEC", "#8FC9BF"]
            self._map.setColorMap(pg.ColorMap([0.0, 0.4999, 0.5001, 1.0], stops))
            self._levels = (0.0, 1.0)
        else:
            self._map.setColorMap(VALUE_MAP)
            targets = np.concatenate([scene.train_targets, scene.validation_targets])
            self._levels = with_margin(targets, 0.0)
        # The colour of the rim tells training from validation where the fill tells the classes.
        for item, colour, inputs, targets in (
            (self._train, theme.colours().training, scene.train_inputs, scene.train_targets),
            (self._validation, theme.colours().validation, scene.validation_inputs, scene.validation_targets),
        ):
            item.setPen(pg.mkPen(colour, width=2))
            item.setData(inputs[:, 0], inputs[:, 1], brush=self._brushes(scene, targets))
            item.setVisible(True)
        self._map.setVisible(True)

    def _brushes(self, scene: FitScene, targets: Float64s) -> list[Any]:
        """Fill of each point of a map, where position cannot show the target."""
        if scene.classes:
            fills = (pg.mkBrush(theme.colours().first_class), pg.mkBrush(theme.colours().second_class))
            return [fills[int(target > 0.5)] for target in targets]
        low, high = self._levels
        shades = VALUE_MAP.map((targets - low) / max(high - low, 1e-300), mode="qcolor")
        return [pg.mkBrush(shade) for shade in shades]

    def _show_parity(self, scene: FitScene) -> None:
        targets = np.concatenate([scene.train_targets, scene.validation_targets])
        low, high = with_margin(targets, 0.06)
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
        self._curve.setPen(pg.mkPen(theme.colours().validation, width=2))
        self._curve.setVisible(True)

    def _show_class_curves(self, scene: FitScene) -> None:
        self._plot.setLabel("bottom", escape(scene.input_names[0]))
        self._plot.setLabel("left", escape(f"probability of each {scene.target}"))
        bottom = self._class_curves.show_scene(scene, LABEL_WIDTH_PX)
        self._set_ranges(scene.grid[0], (bottom, 1.0 + ROOM_ABOVE))

    def _show_class_map(self, scene: FitScene) -> None:
        self._plot.setLabel("bottom", escape(scene.input_names[0]))
        self._plot.setLabel("left", escape(scene.input_names[1]))
        self._set_ranges(scene.grid[0], (scene.grid[1][0], scene.grid[1][-1]))
        self._class_map.show_scene(scene, map_rect(scene))

    def _show_confusion(self, scene: FitScene) -> None:
        self._plot.setLabel("bottom", escape(f"predicted {scene.target}"))
        self._plot.setLabel("left", escape(f"actual {scene.target}"))
        self._set_ranges(np.array([0.0, len(scene.classes)]), (0.0, float(len(scene.classes))))
        self._confusion.show_scene(scene, LABEL_WIDTH_PX)

    def _set_ranges(self, horizontal: Float64s, vertical: tuple[float, float]) -> None:
        self._plot.setRange(xRange=(float(horizontal[0]), float(horizontal[-1])), yRange=vertical, padding=0)

    def draw(self, frame: Frame) -> None:
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
        elif scene.kind == "roc":
            self._curve.setData(*fit.roc)
        elif scene.kind == "class-curves":
            self._class_curves.show_frame(fit)
        elif scene.kind == "class-map":
            self._class_map.show_frame(fit)
        else:
            self._confusion.show_frame(fit)

    def sentence(self, frame: Frame) -> tuple[str, str | None]:
        scene, fit = self._scene, frame.snapshot.fit
        if scene is None:
            return self.readout, None
        sentences = [score_sentence(scene, fit)]
        if scene.kind == "confusion":
            sentences.append(confusion_sentence(scene, fit))
        width_px, font = self._view.width(), self.font()
        cut = [self.fontMetrics().elidedText(one, Qt.TextElideMode.ElideRight, width_px) for one in sentences]
        font.setBold(True)
        lines = [key_line(scene, self._levels, QFontMetrics(font), width_px), *map(escape, cut)]
        return " ".join(sentences), "<br>".join(line for line in lines if line)


def _scatter(symbol: str, colour: str, filled: bool) -> Any:
    return pg.ScatterPlotItem(
        symbol=symbol,
        size=8 if symbol == "o" else 10,
        pen=pg.mkPen(colour, width=1.5 if not filled else 1),
        brush=pg.mkBrush(colour) if filled else pg.mkBrush(None),
    )
