"""What the data fit panel draws with: every kind of picture on one plot, and the axes that each kind has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regdesk.views.fit.axes import (
    SHARE_SPAN,
    AxisName,
    AxisWords,
    axis_span,
    map_rect,
    of_target,
    target_name,
    with_margin,
)
from regdesk.views.fit.class_curves import ROOM_ABOVE, ClassCurves
from regdesk.views.fit.class_map import ClassMap
from regdesk.views.fit.cloud_picture import CloudPicture
from regdesk.views.fit.confusion_matrix import ConfusionMatrix
from regdesk.views.fit.curve_edges import CurveEdges
from regdesk.views.fit.ghost import FitGhost
from regdesk.views.fit.hover import Points
from regdesk.views.fit.number_pictures import NumberPictures
from regdesk.views.fit.roc_picture import RocPicture
from regdesk.views.fit.score_histogram import ScoreHistogram
from regdesk.views.kit.text_size import scaled_px, text_scale
from regdesk.views.plots.axis_room import keep_width
from regdesk.views.plots.class_marks import widest

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyqtgraph as pg
    from PySide6.QtWidgets import QBoxLayout

    from regdesk.core.fit.scene import FitFrame, FitScene

AXIS_WIDTH_PX = 64
LABEL_WIDTH_PX, BESIDE_LABELS_PX = 84, 32
"""The most that the classes' labels beside an axis take; what is longer is elided. And what the axis takes besides."""


class FitStage:
    """The pictures, hidden until a scene of theirs is shown."""

    def __init__(self, view: pg.PlotWidget, plots: QBoxLayout, add_view: Callable[[pg.PlotWidget], None]) -> None:
        """``plots`` takes in the second plot of a ROC, of which ``add_view`` is told."""
        self._view, self._plots, self._add_view = view, plots, add_view
        self._plot = view.getPlotItem()
        self._words = AxisWords(view)
        self.numbers = numbers = NumberPictures(self._plot)
        self._curve_edges = CurveEdges(self._plot, numbers.curve, (numbers.train, numbers.validation), view)
        self.roc = RocPicture(self._plot)
        self.class_curves = ClassCurves(view)
        self.class_map = ClassMap(self._plot)
        self.confusion = ConfusionMatrix(view)
        self.ghost = FitGhost(self._plot)
        self.cloud = CloudPicture(self._plot)
        # Made when two classes first have more than two inputs: a plot costs 15 ms.
        self.scores: ScoreHistogram | None = None
        self._holds_axes = False

    def show_scene(self, scene: FitScene, goes_on: bool = False, holds_axes: bool = False) -> None:
        """All that stands still, in the colours in force.

        ``goes_on``: the same picture with other rows, whose answer stays until there is another. ``holds_axes``: they
        stay where they are, as under a pointer that drags.
        """
        self._holds_axes = goes_on and holds_axes
        for picture in (self.numbers, self.roc, self.class_curves, self.class_map, self.confusion):
            if not goes_on:
                picture.hide()
        if not goes_on:
            self._curve_edges.hide()
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
        if self.scores is not None:
            self.scores.view.setVisible(scene.kind == "roc")

    def _prepare_axes(self, scene: FitScene) -> None:
        """Numbers or classes at the axes; a matrix has neither grid nor ticks in its cells."""
        bottom, left = (*scene.axis_categories, (), ())[:2]
        lanes = scene.classes if scene.kind in ("class-curves", "confusion") else left
        labels_px = widest(lanes, self._view.fontMetrics(), scaled_px(LABEL_WIDTH_PX)) / text_scale() if lanes else 0.0
        keep_width(self._plot.getAxis("left"), max(AXIS_WIDTH_PX, labels_px + BESIDE_LABELS_PX if lanes else 0.0))
        is_matrix = scene.kind == "confusion"
        for side in ("bottom", "left"):
            self._plot.getAxis(side).setTicks(None)
            self._plot.getAxis(side).setStyle(tickLength=0 if is_matrix else -5)
        # The first class's label may reach under the other axis.
        self._plot.getAxis("bottom").setStyle(hideOverlappingLabels=not is_matrix)
        self._plot.showGrid(not is_matrix, not is_matrix, 0.12)
        # Its cells fill the room that there is: nothing in them is finer than they are.
        self._plot.setMouseEnabled(not is_matrix, not is_matrix)
        self._words.show_categories(bottom, left, LABEL_WIDTH_PX)
        self._words.show_shares(("bottom", "left") if scene.kind == "roc" else ())

    def _show_curve(self, scene: FitScene) -> None:
        targets = np.concatenate([scene.train_targets, scene.validation_targets])
        self._words.show_names(scene.axis_names[0], target_name(scene))
        self._set_ranges(axis_span(scene, 0), with_margin(targets, 0.12))
        self.numbers.show_scene(scene)

    def _show_map(self, scene: FitScene) -> None:
        self._words.show_names(*scene.axis_names)
        self._set_ranges(axis_span(scene, 0), axis_span(scene, 1))
        self.numbers.show_scene(scene)

    def _show_parity(self, scene: FitScene) -> None:
        targets = np.concatenate([scene.train_targets, scene.validation_targets])
        low, high = with_margin(targets, 0.06)
        self._words.show_names(*(of_target(scene, word) for word in ("actual", "predicted")))
        self._set_ranges((low, high), (low, high))
        self.numbers.show_scene(scene)
        self.numbers.show_diagonal(low, high)

    def _show_roc(self, scene: FitScene) -> None:
        first, second = scene.classes
        self._words.show_names(
            AxisName((f"false positives ({first})", "false positives", "FPR")),
            AxisName((f"true positives ({second})", "true positives", "TPR")),
        )
        self._set_ranges(SHARE_SPAN, SHARE_SPAN)
        self.numbers.show_diagonal(0.0, 1.0)
        self.roc.show_scene()
        if self.scores is None:
            self.scores = ScoreHistogram()
            self._plots.addWidget(self.scores.view, 1)
            self._add_view(self.scores.view)
        self.scores.show_scene(scene)

    def _show_class_curves(self, scene: FitScene) -> None:
        each = AxisName((f"probability of each {scene.target}", f"P(each {scene.target})", "P"))
        self._words.show_names(scene.axis_names[0], each)
        bottom = self.class_curves.show_scene(scene, LABEL_WIDTH_PX)
        self._set_ranges(axis_span(scene, 0), (bottom, 1.0 + ROOM_ABOVE))

    def _show_class_map(self, scene: FitScene) -> None:
        self._words.show_names(*scene.axis_names)
        self._set_ranges(axis_span(scene, 0), axis_span(scene, 1))
        self.class_map.show_scene(scene, map_rect(scene))

    def _show_confusion(self, scene: FitScene) -> None:
        n_classes = float(len(scene.classes))
        self._words.show_names(*(of_target(scene, word) for word in ("predicted", "actual")))
        self._set_ranges((0.0, n_classes), (0.0, n_classes))
        self.confusion.show_scene(scene, LABEL_WIDTH_PX)

    def _set_ranges(self, horizontal: tuple[float, float], vertical: tuple[float, float]) -> None:
        if not self._holds_axes:
            # What a hand has moved were other axes.
            self._plot.vb.release()
            self._plot.setRange(xRange=horizontal, yRange=vertical, padding=0)

    def show_frame(self, scene: FitScene, fit: FitFrame, shows_training: bool, shows_validation: bool) -> None:
        """What moves."""
        if scene.kind in ("curve", "map", "parity"):
            self.numbers.show_frame(fit)
            if scene.kind == "curve":
                self._curve_edges.show()
        elif scene.kind == "roc":
            self.roc.show_frame(fit, shows_training, shows_validation)
            if self.scores is not None:
                self.scores.show_frame(fit)
        elif scene.kind == "class-curves":
            self.class_curves.show_frame(fit)
        elif scene.kind == "class-map":
            self.class_map.show_frame(fit)
        else:
            self.confusion.show_frame(fit)

    def show_words(self, scene: FitScene, fit: FitFrame) -> None:
        """What is written beside what moves."""
        if scene.kind == "roc":
            self.roc.show_words(fit)

    def show_rows(self, scene: FitScene, shows_training: bool, shows_validation: bool) -> None:
        """Which rows' points are drawn."""
        if scene.kind in ("curve", "map", "parity"):
            self.numbers.show_rows(shows_training, shows_validation)
        elif scene.kind == "class-curves":
            self.class_curves.points.show_parts(shows_training, shows_validation)
        elif scene.kind == "class-map":
            self.class_map.points.show_parts(shows_training, shows_validation)

    def show_ghost(self, frozen: FitFrame | None) -> None:
        """The frozen fit behind the present one, or nothing."""
        if frozen is None or frozen.scene is None:
            self.ghost.clear()
        else:
            # Points of a frozen fit are of the rows that it was asked about.
            self.ghost.show(frozen.scene, frozen, self.numbers.levels)
        self.confusion.item.set_frozen(frozen.confusion if frozen is not None and frozen.confusion.size else None)
        if self.scores is not None:
            two = frozen.scores_of_two if frozen is not None else None
            self.scores.show_ghost(two.counts if two is not None else None)

    @property
    def points(self) -> Points:
        """The points that are drawn, for reading them."""
        found = []
        pictures = (self.numbers, self.class_curves.points, self.class_map.points)
        for part in ("train", "validation"):
            items = [getattr(picture, part) for picture in pictures]
            shown = next((item for item in items if item.isVisible()), None)
            found.append(None if shown is None else shown.getData())
        return Points(*found)
