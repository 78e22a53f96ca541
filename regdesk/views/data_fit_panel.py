"""The fit against the data: curves, a map, predicted against actual, ROC and scores, or a confusion matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from regdesk.views.axes import quiet_plot
from regdesk.views.class_curves import ROOM_ABOVE, ClassCurves
from regdesk.views.class_map import ClassMap
from regdesk.views.class_marks import widest
from regdesk.views.confusion_matrix import ConfusionMatrix
from regdesk.views.fit_axes import SHARE_SPAN, AxisName, AxisWords, axis_span, map_rect, target_name, with_margin
from regdesk.views.fit_ghost import FitGhost, is_comparable
from regdesk.views.fit_help import help_text
from regdesk.views.fit_hover import Pointer, Points, bin_text, picture_text
from regdesk.views.fit_picture_row import FitPictureRow
from regdesk.views.fit_readout import (
    confusion_sentence,
    frozen_sentence,
    key_line,
    score_sentence,
    slice_sentence,
    wrapped,
)
from regdesk.views.number_pictures import NumberPictures
from regdesk.views.panel import Panel
from regdesk.views.roc_picture import RocPicture
from regdesk.views.score_histogram import ScoreHistogram

if TYPE_CHECKING:
    from regdesk.core.fit_scene import FitFrame, FitScene
    from regdesk.views.frame import Frame

AXIS_WIDTH_PX = 64
LABEL_WIDTH_PX = 84
"""The most that the classes' labels beside an axis take; what is longer is elided."""
SIDE_BY_SIDE_FROM = 1.0
"""Width over height of the panel from which on ROC and histogram stand side by side."""


class DataFitPanel(Panel):
    """Training rows filled, validation rows open, the model as curves, a map, a ROC or a matrix.

    Signal: ``picture_chosen(object)`` with the columns of a slice, a tuple that is empty for the automatic picture.
    """

    picture_chosen = Signal(object)

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
        self._words = AxisWords(self._view)
        self._numbers = NumberPictures(self._plot)
        self._roc = RocPicture(self._plot)
        self._class_curves = ClassCurves(self._view)
        self._class_map = ClassMap(self._plot)
        self._confusion = ConfusionMatrix(self._view)
        self._ghost = FitGhost(self._plot)
        # Made when two classes first have more than two inputs: a plot costs 15 ms of a start.
        self._scores: ScoreHistogram | None = None
        self._scene: FitScene | None = None
        self._frozen: FitFrame | None = None
        self._picture_row = FitPictureRow()
        self._picture_row.picture_chosen.connect(self.picture_chosen)
        self._plots = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._plots.setSpacing(4)
        self._plots.addWidget(self._view, 1)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._picture_row)
        layout.addLayout(self._plots, 1)
        self._make_actions()
        self.set_content(content, self._view)

    def _make_actions(self) -> None:
        self._kind_group = QActionGroup(self)
        self._kind_actions = []
        for n_columns, text in enumerate(
            (self.tr("Automatic picture"), self.tr("Slice along one column"), self.tr("Slice along two columns"))
        ):
            action = QAction(text, self._kind_group)
            action.setCheckable(True)
            action.setData(n_columns)
            self._kind_actions.append(action)
        self._kind_group.triggered.connect(self._on_kind_triggered)
        self._separator = QAction(self)
        self._separator.setSeparator(True)
        self.show_training_action = QAction(self.tr("Show training rows"), self)
        self.show_validation_action = QAction(self.tr("Show validation rows"), self)
        for action, name in (
            (self.show_training_action, "showTrainingRowsAction"),
            (self.show_validation_action, "showValidationRowsAction"),
        ):
            action.setObjectName(name)
            action.setCheckable(True)
            action.setChecked(True)
            action.toggled.connect(self._on_rows_toggled)

    def menu_actions(self) -> list[QAction]:
        scene = self._scene
        for n_columns, action in enumerate(self._kind_actions):
            action.setChecked(scene is not None and n_columns == len(scene.picture))
            action.setEnabled(scene is not None and len(scene.columns) > max(1, n_columns - 1))
        return [*self._kind_actions, self._separator, self.show_training_action, self.show_validation_action]

    def show_scene(self, scene: FitScene) -> None:
        """Draw what stands still and fix the axes; a ghost stays where it can be compared."""
        self._scene = scene
        if self._frame is None:
            self.set_readout("The rows are drawn; press Run to see the model fit them.")
        # In another picture of the same model the sentence stays until the next frame.
        self.forget_frame()
        if self._frozen is not None and self._frozen.scene is not None:
            self._frozen = self._frozen if is_comparable(self._frozen.scene, scene) else None
        self.set_title(self._title(scene))
        self.set_help(help_text(scene))
        self._picture_row.show_scene(scene)
        self._draw_scene(scene)

    def _title(self, scene: FitScene) -> str:
        title = self.tr("Data fit")
        details = {
            "parity": self.tr("predicted against actual"),
            "roc": self.tr("ROC and scores"),
            "confusion": self.tr("actual against predicted class"),
        }
        detail = details.get(scene.kind)
        if scene.picture:
            detail = self.tr("slice along {columns}").format(columns=", ".join(scene.picture))
        return f"{title}: {detail}" if detail else title

    def _draw_scene(self, scene: FitScene) -> None:
        """All that stands still, in the colours in force."""
        for picture in (self._numbers, self._roc, self._class_curves, self._class_map, self._confusion):
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
        if self._scores is not None:
            self._scores.view.setVisible(scene.kind == "roc")
        self._show_ghost()
        self._show_chosen_rows()

    def _prepare_axes(self, scene: FitScene) -> None:
        """Numbers or classes at the axes; a matrix has neither grid nor ticks in its cells."""
        bottom, left = (*scene.axis_categories, (), ())[:2]
        lanes = scene.classes if scene.kind in ("class-curves", "confusion") else left
        labels_px = widest(lanes, self._view.fontMetrics(), LABEL_WIDTH_PX) + 32 if lanes else 0
        self._plot.getAxis("left").setWidth(max(AXIS_WIDTH_PX, labels_px))
        is_matrix = scene.kind == "confusion"
        for side in ("bottom", "left"):
            self._plot.getAxis(side).setTicks(None)
            self._plot.getAxis(side).setStyle(tickLength=0 if is_matrix else -5)
        # The first class's label may reach under the other axis.
        self._plot.getAxis("bottom").setStyle(hideOverlappingLabels=not is_matrix)
        self._plot.showGrid(not is_matrix, not is_matrix, 0.12)
        self._words.show_categories(bottom, left, LABEL_WIDTH_PX)
        self._words.show_shares(("bottom", "left") if scene.kind == "roc" else ())

    def _show_curve(self, scene: FitScene) -> None:
        targets = np.concatenate([scene.train_targets, scene.validation_targets])
        self._words.show_names(scene.axis_names[0], target_name(scene))
        self._set_ranges(axis_span(scene, 0), with_margin(targets, 0.12))
        self._numbers.show_scene(scene)

    def _show_map(self, scene: FitScene) -> None:
        self._words.show_names(*scene.axis_names)
        self._set_ranges(axis_span(scene, 0), axis_span(scene, 1))
        self._numbers.show_scene(scene)

    def _show_parity(self, scene: FitScene) -> None:
        targets = np.concatenate([scene.train_targets, scene.validation_targets])
        low, high = with_margin(targets, 0.06)
        self._words.show_names(f"actual {scene.target}", f"predicted {scene.target}")
        self._set_ranges((low, high), (low, high))
        self._numbers.show_scene(scene)
        self._numbers.show_diagonal(low, high)

    def _show_roc(self, scene: FitScene) -> None:
        first, second = scene.classes
        self._words.show_names(
            AxisName((f"false positives ({first})", "false positives")),
            AxisName((f"true positives ({second})", "true positives")),
        )
        self._set_ranges(SHARE_SPAN, SHARE_SPAN)
        self._numbers.show_diagonal(0.0, 1.0)
        self._roc.show_scene()
        if self._scores is None:
            self._scores = ScoreHistogram()
            self._plots.addWidget(self._scores.view, 1)
            self.add_view(self._scores.view)
        self._scores.show_scene(scene)

    def _show_class_curves(self, scene: FitScene) -> None:
        self._words.show_names(scene.axis_names[0], f"probability of each {scene.target}")
        bottom = self._class_curves.show_scene(scene, LABEL_WIDTH_PX)
        self._set_ranges(axis_span(scene, 0), (bottom, 1.0 + ROOM_ABOVE))

    def _show_class_map(self, scene: FitScene) -> None:
        self._words.show_names(*scene.axis_names)
        self._set_ranges(axis_span(scene, 0), axis_span(scene, 1))
        self._class_map.show_scene(scene, map_rect(scene))

    def _show_confusion(self, scene: FitScene) -> None:
        n_classes = float(len(scene.classes))
        self._words.show_names(f"predicted {scene.target}", f"actual {scene.target}")
        self._set_ranges((0.0, n_classes), (0.0, n_classes))
        self._confusion.show_scene(scene, LABEL_WIDTH_PX)

    def _set_ranges(self, horizontal: tuple[float, float], vertical: tuple[float, float]) -> None:
        self._plot.setRange(xRange=horizontal, yRange=vertical, padding=0)

    def _fit_of(self, frame: Frame | None) -> FitFrame | None:
        """The fit of a frame, if it is of the scene that is drawn: one that was under way may be of another."""
        if frame is None or frame.snapshot.fit.scene is not self._scene:
            return None
        return frame.snapshot.fit

    def draw(self, frame: Frame) -> None:
        scene, fit = self._scene, self._fit_of(frame)
        if scene is None or fit is None:
            return
        if scene.kind in ("curve", "map", "parity"):
            self._numbers.show_frame(fit)
        elif scene.kind == "roc":
            self._roc.show_frame(fit, self.show_training_action.isChecked(), self.show_validation_action.isChecked())
            if self._scores is not None:
                self._scores.show_frame(fit)
        elif scene.kind == "class-curves":
            self._class_curves.show_frame(fit)
        elif scene.kind == "class-map":
            self._class_map.show_frame(fit)
        else:
            self._confusion.show_frame(fit)

    def sentence(self, frame: Frame) -> tuple[str, str | None]:
        scene, fit = self._scene, self._fit_of(frame)
        if scene is None or fit is None:
            return self.readout, self._readout.text()
        sentences = [score_sentence(scene, fit)]
        if scene.kind == "confusion":
            sentences.append(confusion_sentence(scene, fit))
        sentences += [slice_sentence(scene), frozen_sentence(scene, self._frozen)]
        sentences = [one for one in sentences if one]
        width_px, font = self._readout.width(), self.font()
        lines = [wrapped(sentences, self.fontMetrics(), width_px)]
        font.setBold(True)
        lines.insert(0, key_line(scene, self._numbers.levels, QFontMetrics(font), width_px))
        return " ".join(sentences), "<br>".join(line for line in lines if line)

    def freeze(self) -> None:
        fit = self._fit_of(self._frame)
        if fit is not None:
            self._frozen = fit
            self._show_ghost()
            self.show_again()

    def thaw(self) -> None:
        self._frozen = None
        self._show_ghost()
        self.show_again()

    def _show_ghost(self) -> None:
        """The frozen fit behind the present one, or nothing."""
        scene, frozen = self._scene, self._frozen
        if scene is None or frozen is None or frozen.scene is None:
            self._ghost.clear()
        else:
            # Points of a frozen fit are of the rows that it was asked about.
            self._ghost.show(frozen.scene, frozen, self._numbers.levels)
        self._confusion.item.set_frozen(frozen.confusion if frozen is not None and frozen.confusion.size else None)
        if self._scores is not None:
            two = frozen.scores_of_two if frozen is not None else None
            self._scores.show_ghost(two.counts if two is not None else None)

    def apply_theme(self) -> None:
        if self._scene is not None:
            self._draw_scene(self._scene)
        super().apply_theme()

    def value_at(self, view: Any, place: QPointF) -> str | None:
        scene, fit = self._scene, self._fit_of(self._frame)
        box = view.getPlotItem().getViewBox()
        if scene is None or not box.sceneBoundingRect().contains(place):
            return None
        where, pixel = box.mapSceneToView(place), box.viewPixelSize()
        pointer = Pointer(where.x(), where.y(), pixel[0], pixel[1])
        if self._scores is not None and view is self._scores.view:
            two = fit.scores_of_two if fit is not None else None
            before = self._frozen.scores_of_two if self._frozen is not None else None
            return bin_text(scene, two, before.counts if before else None, pointer.x) if two else None
        return picture_text(scene, fit, self._frozen, pointer, self._points())

    def _points(self) -> Points:
        """The points that are drawn, for reading them."""
        found = []
        pictures = (self._numbers, self._class_curves.points, self._class_map.points)
        for part in ("train", "validation"):
            items = [getattr(picture, part) for picture in pictures]
            shown = next((item for item in items if item.isVisible()), None)
            found.append(None if shown is None else shown.getData())
        return Points(*found)

    def _show_chosen_rows(self) -> None:
        rows = self.show_training_action.isChecked(), self.show_validation_action.isChecked()
        kind = self._scene.kind if self._scene is not None else None
        if kind in ("curve", "map", "parity"):
            self._numbers.show_rows(*rows)
        elif kind == "class-curves":
            self._class_curves.points.show_parts(*rows)
        elif kind == "class-map":
            self._class_map.points.show_parts(*rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() > SIDE_BY_SIDE_FROM * self.height()
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if direction != self._plots.direction():
            self._plots.setDirection(direction)
        if self._frame is not None:
            # Its lines are cut to the width.
            self.set_readout(*self.sentence(self._frame))

    def _on_rows_toggled(self, _is_shown: bool) -> None:
        self._show_chosen_rows()
        self.show_again()

    def _on_kind_triggered(self, action: QAction) -> None:
        self._picture_row.choose_kind(int(action.data()))
