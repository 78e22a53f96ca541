"""What the history draws: losses and the penalty term over time, λ beneath, and what marks them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, QPointF, Qt

from regdesk.views.history.curve_names import CurveNames, keep_label_room
from regdesk.views.history.loss_axis import LossAxis
from regdesk.views.history.marks import BestMark, ChangeMarks
from regdesk.views.history.outside import losses_outside
from regdesk.views.kit import theme
from regdesk.views.kit.blends import faded
from regdesk.views.plots.axes import EpochAxis, LambdaAxis, quiet_plot
from regdesk.views.plots.axis_room import keep_width
from regdesk.views.plots.edge_marks import EdgeMarks
from regdesk.views.plots.free_place import NO_POINTS, PlotPixels
from regdesk.views.plots.scales import lambda_positions
from regdesk.views.plots.steady_items import SteadyCurve, named
from regdesk.views.plots.steady_plots import plot_parts

if TYPE_CHECKING:
    from regdesk.core.run.frame import Frame
    from regdesk.core.run.history import HistoryColumns
    from regdesk.core.types import Float64s
    from regdesk.views.history.ranges import HistoryRanges

NEAR_PX = 6.0
"""How near a mark must be to be read."""
RAW_SHARE = 0.35
GHOST_SHARE = 0.45
LOSS_CURVES = (
    "frozenTrainingLoss",
    "frozenValidationLoss",
    "rawTrainingLoss",
    "rawValidationLoss",
    "trainingLoss",
    "validationLoss",
    "penaltyTerm",
)
"""From the back to the front."""


class HistoryPlots(QObject):
    """Two plots in one ``view``, ``losses`` above that of λ, on axes that ``ranges`` knows the ends of."""

    def __init__(self, ranges: HistoryRanges, parent: QObject) -> None:
        super().__init__(parent)
        self._ranges, self._scale = ranges, ranges.scale
        # Whether averages are drawn, and the losses behind them.
        self._has_raw = False
        self._label = ""
        self._make_plots()
        self._make_curves()
        self.apply_ranges()

    def _make_plots(self) -> None:
        self.view = pg.GraphicsLayoutWidget()
        self.view.ci.layout.setContentsMargins(0, 0, 0, 0)
        self.view.ci.layout.setVerticalSpacing(0)
        parts = plot_parts(left=LossAxis(self._scale), bottom=EpochAxis("bottom"))
        self.losses = named(self.view.addPlot(row=0, col=0, **parts), "historyLosses")
        parts = plot_parts(left=LambdaAxis("left"), bottom=EpochAxis("bottom"))
        self._lambdas = named(self.view.addPlot(row=1, col=0, **parts), "historyLambdas")
        quiet_plot(self.losses, "", "loss")
        quiet_plot(self._lambdas, "", "λ", (True, False))
        self._lambdas.vb.follow(self.losses.vb)
        self.losses.getAxis("bottom").setStyle(showValues=False)
        self.losses.getAxis("bottom").setHeight(4)
        for plot in (self.losses, self._lambdas):
            keep_width(plot.getAxis("left"), 64)
        self.view.ci.layout.setRowStretchFactor(0, 6)
        self.view.ci.layout.setRowStretchFactor(1, 4)

    def _make_curves(self) -> None:
        curves = self._loss_curves = tuple(named(SteadyCurve(connect="finite"), name) for name in LOSS_CURVES)
        self._ghost_train, self._ghost_validation, self._raw_train, self._raw_validation = curves[:4]
        self._train, self._validation, self._penalty = curves[4:]
        self._lam = named(SteadyCurve(stepMode="right"), "lambdaCourse")
        for curve in curves:
            self.losses.addItem(curve)
        self._lambdas.addItem(self._lam)
        self._changes = ChangeMarks(self.losses)
        self.best = BestMark(self.losses)
        self._edges = EdgeMarks(self.losses)
        self._moment_lines = []
        for plot, name in ((self.losses, "momentLine"), (self._lambdas, "momentLambdaLine")):
            line = named(pg.InfiniteLine(angle=90, movable=False), name)
            line.hide()
            plot.addItem(line)
            self._moment_lines.append(line)
        names = (self.tr("training"), self.tr("validation"), self.tr("λ × penalty"))
        self._names = CurveNames(self.losses, names)

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        colours = theme.colours()
        solid, dashed = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine
        for curve, colour, style in (
            (self._train, colours.training, solid),
            (self._validation, colours.validation, solid),
            (self._penalty, colours.penalty, dashed),
            (self._lam, colours.lam, solid),
            (self._raw_train, faded(colours.training, RAW_SHARE), solid),
            (self._raw_validation, faded(colours.validation, RAW_SHARE), solid),
            (self._ghost_train, faded(colours.training, GHOST_SHARE), dashed),
            (self._ghost_validation, faded(colours.validation, GHOST_SHARE), dashed),
        ):
            curve.setPen(pg.mkPen(colour, width=1, style=style))
        for line in self._moment_lines:
            line.setPen(pg.mkPen(colours.text, width=1))
        self._changes.apply_theme()
        self.best.apply_theme()
        self._names.colour((colours.training, colours.validation, colours.penalty))

    def clear(self) -> None:
        """Empty, but for what is frozen."""
        self.losses.vb.release()
        self.apply_ranges()
        for curve in (self._train, self._validation, self._penalty, self._lam, self._raw_train, self._raw_validation):
            curve.setData([], [])
        self._changes.show((), self._scale.range)
        self.best.hide()
        self._edges.clear()
        self._names.hide()
        self.draw_ghost()

    def fit_names(self, width_px: int) -> None:
        """Room for the names of the curves where it can be spared; both plots end in the same place."""
        self._names.fit(width_px)
        keep_label_room(self._lambdas, width_px)

    def fit_label(self, unit: str) -> None:
        """The unit of the losses beside the axis, or a shorter word where it has no room."""
        axis, short = self.losses.getAxis("left"), self.tr("loss")
        unit = unit or short
        label = unit if self.view.fontMetrics().horizontalAdvance(unit) < axis.size().height() else short
        if label != self._label:
            self._label = label
            axis.setLabel(label)
            # It keeps the place of the text before it otherwise.
            axis.resizeEvent(None)

    def show_scale(self) -> None:
        """The loss axis has become logarithmic, or is no longer."""
        self.losses.vb.release()
        self.apply_ranges()
        axis = self.losses.getAxis("left")
        axis.picture = None
        axis.update()
        self.draw_ghost()

    def apply_ranges(self) -> None:
        """Show as much of both axes as ``ranges`` says."""
        epochs = self._ranges.epochs
        self.losses.setRange(xRange=epochs, yRange=self._scale.range, padding=0)
        self._lambdas.setRange(xRange=epochs, yRange=self._ranges.lambdas, padding=0)

    def draw(self, frame: Frame, smoothing: float, shows_changes: bool, n_frames: int) -> None:
        """Bring the curves to a frame that has rows; as ``HistoryRanges.widen``."""
        history = frame.history
        epochs, positions = history.epoch, lambda_positions(history.lam)
        if self._ranges.widen(frame, positions, smoothing, n_frames):
            self.apply_ranges()
        self._draw_losses(history, bool(smoothing))
        penalties = history.lam * history.penalty_value
        # The penalty of a sudden λ = 1e9 is off any scale: cut at the top, so that the losses stay readable.
        shown = self._scale.position(np.minimum(penalties, 2 * self._scale.top.top))
        self._penalty.setData(epochs, shown)
        points = self._points()
        self._show_outside(history, penalties, points)
        self._lam.setData(epochs, positions)
        bottom, top = self.losses.vb.viewRange()[1]
        self._changes.show(frame.changes if shows_changes else (), (bottom, top))
        self._show_best(frame, points)
        # Without λ or weights the penalty has no logarithm: it is below any axis.
        penalty = -math.inf if self._scale.is_log and history.penalty_value[-1] * history.lam[-1] == 0 else shown[-1]
        heights = (self._train.yData[-1], self._validation.yData[-1], penalty)
        self._names.show([float(height) for height in heights])

    def show_moment(self, epoch: float | None) -> None:
        """A line at the moment that everything else shows; None for now, which is the end of the curves."""
        for line in self._moment_lines:
            line.setVisible(epoch is not None)
            if epoch is not None:
                line.setValue(epoch)

    @property
    def time_axis(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Left and right end of the plots, in pixels of the view, and the epochs there."""
        box, (first, last) = self.losses.vb, self.losses.vb.viewRange()[0]
        place = self.view.mapFromScene(box.sceneBoundingRect()).boundingRect()
        return (float(place.left()), float(place.right())), (float(first), float(last))

    def draw_ghost(self) -> None:
        """The frozen course behind the run, or nothing."""
        ghost = self._ranges.ghost
        for curve, name in ((self._ghost_train, "train_loss"), (self._ghost_validation, "validation_loss")):
            if ghost is None:
                curve.setData([], [])
            else:
                curve.setData(ghost.epoch, self._scale.position(getattr(ghost, name)))

    def value_at(self, frame: Frame, place: QPointF) -> str | None:
        """What stands at ``place`` of the scene, in words and numbers; None for nothing."""
        from regdesk.views.history.words import values_text

        plot = next((one for one in (self.losses, self._lambdas) if one.vb.sceneBoundingRect().contains(place)), None)
        if plot is None or not len(frame.history.epoch):
            return None
        epoch, reach = plot.vb.mapSceneToView(place).x(), NEAR_PX * plot.vb.viewPixelSize()[0]
        return values_text(frame, epoch, reach, self._changes.near(epoch, reach))

    def _draw_losses(self, history: HistoryColumns, is_averaged: bool) -> None:
        for curve, losses in zip((self._train, self._validation), self._ranges.drawn, strict=True):
            curve.setData(history.epoch, self._scale.position(losses))
        for curve, losses in ((self._raw_train, history.train_loss), (self._raw_validation, history.validation_loss)):
            if is_averaged:
                curve.setData(history.epoch, self._scale.position(losses))
            elif self._has_raw:
                curve.setData([], [])
        self._has_raw = is_averaged

    def _show_best(self, frame: Frame, points: Float64s) -> None:
        last = float(frame.history.epoch[-1])
        left, right = self.losses.vb.viewRange()[0]
        self.best.show(frame.best, last, (left, right), self._scale, points, self._edges.boxes)

    def _points(self) -> Float64s:
        """``(n_points, 2)`` pixels along every curve that is drawn."""
        pixels = PlotPixels(self.losses.vb)
        curves = [curve.getData() for curve in self._loss_curves]
        return np.concatenate([NO_POINTS, *(pixels.line(x, y) for x, y in curves if x is not None and len(x))])

    def _show_outside(self, history: HistoryColumns, penalties: Float64s, points: Float64s) -> None:
        colours = theme.colours()
        train, validation = self._ranges.drawn
        curves = ((validation, colours.validation), (train, colours.training), (penalties, colours.penalty))
        # What can be seen, which a hand may have moved.
        epochs, losses = (tuple(one) for one in self.losses.vb.viewRange())
        ends = self._scale.ends if losses == self._scale.range else self._scale.losses_of(losses)
        self._edges.show(losses_outside(history.epoch, curves, epochs, ends), points=points)
