"""Losses and the penalty term over time, with λ(t) beneath."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from regdesk.core.rounding import round_limit
from regdesk.core.run.pace import Part
from regdesk.core.settings.configuration import ViewSettings
from regdesk.views.history.controls import HistoryControls
from regdesk.views.history.loss_scale import LossScale
from regdesk.views.kit import theme
from regdesk.views.plots.following_range import LEAST_SHARE, ROOM, Patience
from regdesk.views.plots.panel import Panel, faded
from regdesk.views.plots.scales import WideningRange, lambda_floor, lambda_positions

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.run.frame import Frame
    from regdesk.core.run.history import HistoryColumns
    from regdesk.core.run.scene import RunScene
    from regdesk.core.types import Float64s

SETTLED_SHARE = 0.04
"""The share of the time axis whose losses may run off the top: the first fall from the initial weights."""
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


class HistoryPanel(Panel):
    """Training and validation loss without the penalty, the penalty term λ·R(W), and λ over epochs.

    Signal: ``settings_chosen(object)`` with the values of settings by path. The part of the run that it shows comes
    with the frames; axis and smoothing are its own.
    """

    words = Part.FIT_WORDS

    settings_chosen = Signal(object)

    shows_the_model = False

    def __init__(self, view: Callable[[], ViewSettings] = ViewSettings) -> None:
        """``view`` answers with what is in force."""
        super().__init__("historyPanel", "", "", "")
        self._view_settings = view
        self.set_title(self.tr("History"))
        self.set_help(
            self.tr(
                "Training and validation loss (the data term alone) and the penalty term λR over time; λ beneath. "
                "Dotted lines mark changes: ▾ of λ or the penalty, ▪ of the optimiser. ◆ marks the epoch with the "
                "lowest validation loss."
            )
        )
        self._say_waiting()
        self._scale = LossScale()
        self._top = self._scale.top
        self._epochs = WideningRange(100.0)
        self._stretch: tuple[float, float] | None = None
        # Losses before this epoch are left at the edge: the axis has come down to what came after it.
        self._followed_from = 0.0
        self._patience = Patience()
        # Smoothing and marks of the picture that is drawn.
        self._drawn_as = (0.0, True)
        self._drawn: tuple[Float64s, ...] = ()
        self._highest_lambda = 1.0
        self._unit = ""
        self._label = ""
        self._scene: RunScene | None = None
        self._ghost: HistoryColumns | None = None
        self._resized = QTimer(self, singleShot=True, interval=0)
        self._resized.timeout.connect(self.show_again)
        self._ghost_scene: RunScene | None = None
        self._is_built = False
        self.controls = HistoryControls()
        self.controls.show_view_settings(view())
        self.controls.settings_chosen.connect(self.settings_chosen)
        content, room = QWidget(), QWidget()
        self._place = QVBoxLayout(room)
        self._place.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(room, stretch=1)
        layout.addWidget(self.controls)
        self.set_content(content)
        self.apply_theme()

    def build(self) -> None:
        if self._is_built:
            return
        self._is_built = True
        self._make_plots()
        self._make_curves()
        self._place.addWidget(self._view)
        self.add_view(self._view)
        self._apply_ranges()
        self.apply_theme()

    def _make_plots(self) -> None:
        import pyqtgraph as pg

        from regdesk.views.history.loss_axis import LossAxis
        from regdesk.views.plots.axes import EpochAxis, LambdaAxis, quiet_plot
        from regdesk.views.plots.axis_room import keep_width
        from regdesk.views.plots.steady_items import named
        from regdesk.views.plots.steady_plots import plot_parts

        self._view = pg.GraphicsLayoutWidget()
        self._view.ci.layout.setContentsMargins(0, 0, 0, 0)
        self._view.ci.layout.setVerticalSpacing(0)
        parts = plot_parts(left=LossAxis(self._scale), bottom=EpochAxis("bottom"))
        self._losses = named(self._view.addPlot(row=0, col=0, **parts), "historyLosses")
        parts = plot_parts(left=LambdaAxis("left"), bottom=EpochAxis("bottom"))
        self._lambdas = named(self._view.addPlot(row=1, col=0, **parts), "historyLambdas")
        # Words have their places in pixels, and a paused model sends no frame that would place them anew.
        self._losses.vb.sigResized.connect(self._on_losses_resized)
        quiet_plot(self._losses, "", "loss")
        quiet_plot(self._lambdas, "", "λ")
        self._losses.getAxis("bottom").setStyle(showValues=False)
        self._losses.getAxis("bottom").setHeight(4)
        for plot in (self._losses, self._lambdas):
            keep_width(plot.getAxis("left"), 64)
        self._view.ci.layout.setRowStretchFactor(0, 6)
        self._view.ci.layout.setRowStretchFactor(1, 4)

    def _make_curves(self) -> None:
        from regdesk.views.history.marks import BestMark, ChangeMarks, CurveNames
        from regdesk.views.plots.edge_marks import EdgeMarks
        from regdesk.views.plots.steady_items import SteadyCurve, named

        curves = self._loss_curves = tuple(named(SteadyCurve(connect="finite"), name) for name in LOSS_CURVES)
        self._ghost_train, self._ghost_validation, self._raw_train, self._raw_validation = curves[:4]
        self._train, self._validation, self._penalty = curves[4:]
        self._lam = named(SteadyCurve(stepMode="right"), "lambdaCourse")
        for curve in curves:
            self._losses.addItem(curve)
        self._lambdas.addItem(self._lam)
        self._changes = ChangeMarks(self._losses)
        self._best = BestMark(self._losses)
        self._edges = EdgeMarks(self._losses)
        names = (self.tr("training"), self.tr("validation"), self.tr("penalty λR"))
        self._names = CurveNames(self._losses, names)
        self._fit_names()

    def apply_text_size(self) -> None:
        if self._is_built:
            self._fit_names()
        super().apply_text_size()

    def apply_theme(self) -> None:
        self.controls.apply_theme()
        if self._is_built:
            self._colour()
        super().apply_theme()

    def _colour(self) -> None:
        import pyqtgraph as pg

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
        self._changes.apply_theme()
        self._best.apply_theme()
        self._names.colour((colours.training, colours.validation, colours.penalty))

    def reset(self) -> None:
        """Empty, with the axes of a new run; how they are drawn stays as it was chosen."""
        self.build()
        self._say_waiting()
        self._epochs.reset()
        self._scale.reset()
        self._stretch = None
        self._followed_from = 0.0
        self._patience.begin_again()
        self._highest_lambda = 1.0
        self._include_ghost()
        self._apply_ranges()
        for curve in (self._train, self._validation, self._penalty, self._lam, self._raw_train, self._raw_validation):
            curve.setData([], [])
        self._changes.show((), self._scale.range)
        self._best.hide()
        self._edges.clear()
        self._names.hide()
        self._draw_ghost()

    def show_run_scene(self, scene: RunScene) -> None:
        """The unit of the losses; frozen curves of other data leave."""
        self._scene = scene
        if self._ghost is not None and (self._ghost_scene is None or _question(self._ghost_scene) != _question(scene)):
            self._ghost = None
            self.reset()
        if scene.task == "classification":
            self._unit = self.tr("log-loss")
        elif scene.is_target_standardized:
            self._unit = self.tr("loss (standardised)")
        else:
            self._unit = self.tr("loss (units squared)")
        self._fit_label()

    def _say_waiting(self) -> None:
        words = self.tr("The losses appear here with the first step.")
        self.set_readout(words if self._is_running else self.tr("Press Run: the losses appear here."))

    @property
    def has_ghost(self) -> bool:
        return self._ghost is not None

    def freeze(self) -> None:
        if self._frame is not None:
            self._ghost, self._ghost_scene = self._frame.history, self._scene
            self._draw_ghost()
            self.set_readout(*self.sentence(self._frame))

    def thaw(self) -> None:
        self._ghost = None
        self._draw_ghost()
        if self._frame is not None:
            self.set_readout(*self.sentence(self._frame))

    def menu_actions(self) -> list[QAction]:
        return self.controls.menu_actions()

    def show_view_settings(self, view: ViewSettings) -> None:
        self.controls.show_view_settings(view)
        if view.is_log_loss != self._scale.is_log:
            self._show_scale(view.is_log_loss)
        if (view.smoothing, view.shows_changes) != self._drawn_as:
            self.show_again()

    def _show_scale(self, is_log: bool) -> None:
        self._scale.is_log = is_log
        if not self._is_built:
            return
        self._apply_ranges()
        axis = self._losses.getAxis("left")
        axis.picture = None
        axis.update()
        self._draw_ghost()
        self.show_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_built:
            self._fit_label()
            self._fit_names()

    def _on_losses_resized(self) -> None:
        # Not at once: a layout that is changed while it lays out loses the change.
        self._resized.start()

    def _fit_names(self) -> None:
        """Room for the names of the curves where it can be spared; both plots end in the same place."""
        from regdesk.views.history.marks import keep_label_room

        self._names.fit(self.width())
        keep_label_room(self._lambdas, self.width())

    def draw(self, frame: Frame) -> None:
        history = frame.history
        epochs = history.epoch
        if not len(epochs):
            return
        penalties = history.lam * history.penalty_value
        positions = lambda_positions(history.lam)
        self._widen(frame, positions)
        self._draw_losses(history)
        # The penalty of a sudden λ = 1e9 is off any scale: cut at the top, so that the losses stay readable.
        shown = self._scale.position(np.minimum(penalties, 2 * self._top.top))
        self._penalty.setData(epochs, shown)
        points = self._points()
        self._show_outside(history, penalties, points)
        self._lam.setData(epochs, positions)
        self._changes.show(frame.changes if self._drawn_as[1] else (), self._scale.range)
        self._fit_label()
        x_range = self._x_range
        self._best.show(frame.best, float(epochs[-1]), x_range, self._scale, points, self._edges.boxes)
        # Without λ or weights the penalty has no logarithm: it is below any axis.
        penalty = -math.inf if self._scale.is_log and history.penalty_value[-1] * history.lam[-1] == 0 else shown[-1]
        heights = (self._train.yData[-1], self._validation.yData[-1], penalty)
        self._names.show([float(height) for height in heights])

    def sentence(self, frame: Frame) -> tuple[str, str | None]:
        from regdesk.views.history.words import fitting_pieces, history_sentence

        plain, pieces = history_sentence(frame, self._ghost is not None)
        return plain, " · ".join(fitting_pieces(pieces, self.font(), self.contentsRect().width() - 16))

    def value_at(self, view: Any, place: QPointF) -> str | None:
        from regdesk.views.history.words import values_text

        frame = self._frame
        plot = next((one for one in (self._losses, self._lambdas) if one.vb.sceneBoundingRect().contains(place)), None)
        if frame is None or plot is None or not len(frame.history.epoch):
            return None
        epoch, reach = plot.vb.mapSceneToView(place).x(), NEAR_PX * plot.vb.viewPixelSize()[0]
        return values_text(frame, epoch, reach, self._changes.near(epoch, reach))

    @property
    def _x_range(self) -> tuple[float, float]:
        return self._stretch or (0.0, self._epochs.top)

    def _apply_ranges(self) -> None:
        x_range = self._x_range
        self._losses.setRange(xRange=x_range, yRange=self._scale.range, padding=0)
        self._lambdas.setRange(
            xRange=x_range,
            yRange=(lambda_floor(self._highest_lambda), self._highest_lambda + 0.3),
            padding=0,
        )

    def _averaged(self, history: HistoryColumns) -> tuple[Float64s, Float64s]:
        """Training and validation loss as they are drawn, which may be averages."""
        from regdesk.core.run.smoothing import smoothed

        first, last = self._x_range
        remembered = self._view_settings().smoothing * (last - first)
        return (
            smoothed(history.epoch, history.train_loss, remembered),
            smoothed(history.epoch, history.validation_loss, remembered),
        )

    def _draw_losses(self, history: HistoryColumns) -> None:
        for curve, losses in zip((self._train, self._validation), self._drawn, strict=True):
            curve.setData(history.epoch, self._scale.position(losses))
        view = self._view_settings()
        for curve, losses in ((self._raw_train, history.train_loss), (self._raw_validation, history.validation_loss)):
            if view.smoothing:
                curve.setData(history.epoch, self._scale.position(losses))
            elif self._drawn_as[0]:
                curve.setData([], [])
        self._drawn_as = view.smoothing, view.shows_changes

    def _points(self) -> Float64s:
        """``(n_points, 2)`` pixels along every curve that is drawn."""
        from regdesk.views.plots.free_place import NO_POINTS, PlotPixels

        pixels = PlotPixels(self._losses.vb)
        curves = [curve.getData() for curve in self._loss_curves]
        return np.concatenate([NO_POINTS, *(pixels.line(x, y) for x, y in curves if x is not None and len(x))])

    def _show_outside(self, history: HistoryColumns, penalties: Float64s, points: Float64s) -> None:
        from regdesk.views.history.outside import losses_outside

        colours = theme.colours()
        train, validation = self._drawn
        curves = ((validation, colours.validation), (train, colours.training), (penalties, colours.penalty))
        self._edges.show(losses_outside(history.epoch, curves, self._x_range, self._scale.ends), points=points)

    def _draw_ghost(self) -> None:
        ghost = self._ghost
        for curve, name in ((self._ghost_train, "train_loss"), (self._ghost_validation, "validation_loss")):
            if ghost is None:
                curve.setData([], [])
            else:
                curve.setData(ghost.epoch, self._scale.position(getattr(ghost, name)))

    def _include_ghost(self) -> None:
        """A new run is compared with the frozen one on one axis."""
        if self._ghost is not None:
            self._epochs.include(float(self._ghost.epoch[-1]))
            settled = self._ghost.epoch > SETTLED_SHARE * self._epochs.top
            losses = self._ghost.train_loss[settled], self._ghost.validation_loss[settled]
            self._scale.include(*_extremes(*losses))

    def _widen(self, frame: Frame, positions: Float64s) -> None:
        history, scale = frame.history, self._scale
        epochs = history.epoch
        now = float(epochs[-1])
        has_changed = self._epochs.include(now)
        stretch = frame.stretch
        if (stretch is None) != (self._stretch is None):
            self._followed_from = 0.0
        if stretch is not None:
            has_changed = stretch != self._stretch
            recent = epochs >= stretch[0]
            if stretch[0] == 0.0:
                recent = epochs > SETTLED_SHARE * now
        else:
            has_changed |= self._stretch is not None
            # What the last change did must be inside the frame, the first steps need not.
            recent = (
                epochs > SETTLED_SHARE * self._epochs.top if now > SETTLED_SHARE * self._epochs.top else epochs >= 0
            )
        recent &= epochs >= self._followed_from
        self._stretch = stretch
        self._drawn = self._averaged(history)
        # What is drawn as well: an average may still be high where the losses have fallen.
        shown = history.train_loss, history.validation_loss, *self._drawn
        highest, lowest = _extremes(*(losses[recent] for losses in shown))
        if has_changed and recent.any() and now > SETTLED_SHARE * self._x_range[1]:
            # A new picture is due anyway: the fall of the first steps no longer sets the scale of the losses.
            scale.refit(1.2 * highest, lowest)
            if stretch is None:
                self._include_ghost()
        has_changed |= scale.include(highest, lowest)
        has_changed |= self._follow(history, shown, lowest)
        if positions.max() > self._highest_lambda:
            self._highest_lambda = math.ceil(float(positions.max()))
            has_changed = True
        if has_changed:
            self._apply_ranges()

    def _follow(self, history: HistoryColumns, shown: tuple[Float64s, ...], lowest: float) -> bool:
        """Come down to the later half of what is shown, when that has left most of the axis empty for a while.

        What was higher before is cut off at the top, with a mark. Whether the range has changed.
        """
        epochs, top = history.epoch, self._top.top
        start = max(self._x_range[0], float(epochs[0]))
        middle = 0.5 * (start + float(epochs[-1]))
        later = epochs >= middle
        highest, _ = _extremes(*(losses[later] for losses in shown))
        penalties = (history.lam * history.penalty_value)[later]
        # A penalty beyond the axis has no part in it; one within it fills it.
        highest = max(highest, float(penalties[penalties <= top].max(initial=0.0)))
        if self._ghost is not None:
            # Losses are compared with the frozen ones, on their axis.
            self._patience.begin_again()
            return False
        is_empty = 0.0 < highest < LEAST_SHARE * top and round_limit(ROOM * highest) < top
        if not self._patience.is_over(is_empty, self._n_frames):
            return False
        self._scale.refit(ROOM * highest, lowest)
        self._followed_from = middle
        return True

    def _fit_label(self) -> None:
        """The unit beside the axis, or a shorter word where it has no room."""
        axis = self._losses.getAxis("left")
        unit, short = self._unit or self.tr("loss"), self.tr("loss")
        metrics = self._view.fontMetrics()
        label = unit if metrics.horizontalAdvance(unit) < axis.size().height() else short
        if label != self._label:
            self._label = label
            axis.setLabel(label)
            # It keeps the place of the text before it otherwise.
            axis.resizeEvent(None)


def _question(scene: RunScene) -> tuple[Any, ...]:
    """What losses are of; those of the same question can stand behind each other."""
    what = scene.dataset_name, scene.target, scene.task, scene.classes, scene.input_names
    # Standardised or not, the target is in another unit.
    return *what, scene.is_target_standardized


def _extremes(*parts: Float64s) -> tuple[float, float]:
    """The highest loss and the lowest above 0 of ``parts``; 0 and infinity without any."""
    losses = np.concatenate(parts)
    losses = losses[np.isfinite(losses)]
    positive = losses[losses > 0]
    return (float(losses.max()) if len(losses) else 0.0, float(positive.min()) if len(positive) else math.inf)
