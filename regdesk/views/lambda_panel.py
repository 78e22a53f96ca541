"""Loss versus λ: what a sweep has found, and what the running model has shown at each λ it has visited."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from regdesk.core.narration import fixed_text, number_text
from regdesk.core.up_down_words import station_text
from regdesk.views import theme
from regdesk.views.axes import quiet_plot
from regdesk.views.fitting_label import FittingLabel
from regdesk.views.live_marks import LambdaLine, LiveMarks
from regdesk.views.network_marks import BandAction, NetworkMarks, StartsAction
from regdesk.views.panel import Panel, coloured
from regdesk.views.score_plot import ScorePlot
from regdesk.views.sweep_axes import LambdaRange, LambdaTicks, LossRange, swept_ends
from regdesk.views.sweep_flags import SweepFlags
from regdesk.views.sweep_marks import SweepCurves
from regdesk.views.sweep_words import point_text, short_sentence, sweep_sentence
from regdesk.views.up_down_actions import UpDownActions, UpDownButtons
from regdesk.views.up_down_marks import UpDownMarks
from regdesk.views.weight_actions import WeightActions

if TYPE_CHECKING:
    from regdesk.core.live_trail import TrailColumns
    from regdesk.core.run_scene import RunScene
    from regdesk.core.types import Float64s, Integers
    from regdesk.core.up_and_down import UpAndDown
    from regdesk.views.frame import Frame, SweepView

NEAR_PX = 12.0
COUNT_PX = 46
"""Between two numbers of weights along the top."""
SCORES_LEAST_PX = 260
"""Height of the view below which accuracy and AUROC are drawn only when somebody asks for them."""
OFF_SCALE = 2.0
"""Losses of a live model beyond so many times what it began with do not widen the axis: it may diverge."""


class LambdaPanel(Panel):
    """Signals carry intentions: ``lambda_chosen(float)`` while the line is dragged and on a click on a point,
    ``lambda_drag_changed(bool)`` when a drag begins and ends, ``weights_requested(float)`` with the λ of a point whose
    weights are wanted in the live model, ``starts_chosen(int)`` with the number of seeds that a network is swept from.
    """

    lambda_chosen = Signal(float)
    lambda_drag_changed = Signal(bool)
    weights_requested = Signal(float)
    starts_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__("lambdaPanel", "", "", "")
        self.set_title(self.tr("Loss versus λ"))
        self.set_help(
            self.tr(
                "Training and validation loss over λ. Sweep computes the exact linear model at 50 λ and judges it by "
                "five folds; of a network the best minimum that several starts have led to. The band is one standard "
                "error, a hollow point is not converged, numbers along the top "
                "count the weights that are not zero. λ_best has the lowest validation loss; λ_1se is the largest λ "
                "within one standard error of it. AIC and BIC judge the model of all rows by its training loss and its "
                "degrees of freedom; each flag says what it costs against λ_best. Of classes accuracy and AUROC on the "
                "rows held out stand beneath. ◇ and △ are live: the running model at each λ that it has visited. "
                "Up and down moves its λ by itself: ▶ on the way up, ◀ on a dashed line on the way down. "
                "Drag the line, or click on a point, to set λ; a double click puts its weights into the live model."
            )
        )
        self._sweep: SweepView | None = None
        self._lambdas, self._losses = LambdaRange(), LossRange()
        self._trail: TrailColumns | None = None
        self._swept_ends: tuple[float, float] | None = None
        self._live_limit = 0.0
        self._is_dragging = False
        # Made with the first sweep of classes; None for the wish: shown where there is room.
        self._scores: ScorePlot | None = None
        self._are_scores_wanted: bool | None = None
        self._layout_timer = QTimer(self, singleShot=True, interval=0)
        self._layout_timer.timeout.connect(self._lay_out_scores)
        self._is_built = False
        self._lambda = 0.0, True
        self._use_best = QAction(self.tr("Use λ_best"), self)
        self._use_sparser = QAction(self.tr("Use λ_1se"), self)
        self._show_scores = QAction(self.tr("Show accuracy and AUROC"), self, checkable=True)
        self._show_scores.setObjectName("showScoresAction")
        self._show_scores.triggered.connect(self._on_scores_toggled)
        self._show_band = BandAction(self)
        self._show_band.triggered.connect(self._on_band_toggled)
        self._several_starts = StartsAction(self)
        self._several_starts.triggered.connect(self._on_starts_toggled)
        self._weights = WeightActions(self)
        self._weights.weights_requested.connect(self.weights_requested)
        self._use_best.triggered.connect(self.choose_best)
        self._use_sparser.triggered.connect(self.choose_one_standard_error)
        self._up_down_actions: UpDownActions | None = None
        self._up_down_buttons: UpDownButtons | None = None
        self.apply_theme()

    def adopt_up_down(self, actions: UpDownActions) -> None:
        """The actions of the up-and-down demonstration, to be had in this panel, too; before ``build``."""
        self._up_down_actions, self._up_down_buttons = actions, UpDownButtons(actions)
        self._up_down_buttons.setParent(self)

    def build(self) -> None:
        if self._is_built:
            return
        self._is_built = True
        self._make_plot()
        self._legend = FittingLabel()
        self._legend.setTextFormat(Qt.TextFormat.RichText)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._view, stretch=1)
        row = QHBoxLayout()
        row.addWidget(self._legend, stretch=1)
        if self._up_down_buttons is not None:
            row.addWidget(self._up_down_buttons)
        layout.addLayout(row)
        self.set_content(content, self._view)
        self._apply_ranges()
        self.show_lambda(*self._lambda)
        sweep, self._sweep = self._sweep, None
        if sweep is not None:
            self.show_sweep(sweep)
        self.apply_theme()

    def _make_plot(self) -> None:
        self._view = pg.GraphicsLayoutWidget()
        self._view.ci.layout.setContentsMargins(0, 0, 0, 0)
        self._plot = self._view.addPlot(row=0, col=0, axisItems={"bottom": LambdaTicks(self._lambdas)})
        quiet_plot(self._plot, "λ", "loss")
        self._plot.getAxis("left").setWidth(56)
        self._plot.showAxis("top")
        counts = self._plot.getAxis("top")
        counts.setLabel("weights not zero")
        counts.setTicks([[]])
        counts.setHeight(38)
        counts.setStyle(autoReduceTextSpace=False, autoExpandTextSpace=False, tickLength=-4)
        self._curves = SweepCurves(self._plot)
        self._flags = SweepFlags(self._plot)
        self._network = NetworkMarks(self._plot)
        self._up_down = UpDownMarks(self._plot)
        self._live = LiveMarks(self._plot)
        self._line = LambdaLine(self._plot)
        self._line.line.sigDragged.connect(self._on_line_dragged)
        self._line.line.sigPositionChangeFinished.connect(self._on_line_dropped)
        self._view.scene().sigMouseClicked.connect(self._on_scene_clicked)
        self._plot.vb.sigResized.connect(self._on_plot_resized)

    def apply_theme(self) -> None:
        if not self._is_built:
            super().apply_theme()
            self._say()
            return
        colours = theme.colours()
        self._live.apply_theme()
        self._up_down.apply_theme(self._lambdas, self._losses)
        if self._up_down_buttons is not None:
            self._up_down_buttons.apply_theme()
        self._line.apply_theme()
        if self._scores is not None:
            self._scores.apply_theme()
        self._write_legend()
        self._legend.setStyleSheet(f"color: {colours.quiet_text}")
        super().apply_theme()
        self._say()
        self._draw_sweep()

    def reset(self) -> None:
        """A new run begins: what was live is no longer so; a sweep stays."""
        self.build()
        self._trail, self._live_limit = None, 0.0
        self._live.clear()
        self._up_down.clear()
        self._write_legend()
        self._say()
        if self._sweep is None or self._sweep.curve is None:
            self._losses = LossRange()
        self._apply_ranges()
        self._line.show(self._line.lam, self._lambdas, self._losses)

    def show_run_scene(self, scene: RunScene) -> None:
        """The unit of the losses."""
        self.build()
        if scene.task == "classification":
            unit = self.tr("log-loss")
        elif scene.is_target_standardized:
            unit = self.tr("loss (standardised)")
        else:
            unit = self.tr("loss (units squared)")
        self._plot.setLabel("left", unit)

    def show_lambda(self, lam: float, has_penalty: bool) -> None:
        """The λ in force, which the line follows."""
        self._lambda = lam, has_penalty
        if not self._is_built:
            return
        if self._lambdas.include(lam):
            self._apply_ranges()
            self._draw_all()
        self._line.show(lam, self._lambdas, self._losses)
        self._line.set_visible(has_penalty)
        self._on_line_moved()

    def show_sweep(self, view: SweepView) -> None:
        """What a sweep has found so far."""
        before, self._sweep = self._sweep, view
        self._say()
        if not self._is_built:
            return
        curve = view.curve
        self._lay_out_scores()
        if curve is not None:
            is_first = before is None or before.curve is None
            ends = swept_ends(curve)
            if is_first or ends != self._swept_ends:
                # As wide as all of it will be, from its first points on.
                self._swept_ends = ends
                self._lambdas.reset(ends)
                self._lambdas.include(self._line.lam)
            # A network's points come down while it is swept: the first ones may be forty times higher than the last.
            if is_first or self._losses.is_far_above(max(self._highest(), self._up_down.highest_shown)):
                self._losses.reset(self._highest())
            if is_first and self._scores is not None:
                self._scores.begin()
            self._losses.include(self._highest())
            is_same = before is not None and before.curve is curve
            if curve.is_done and not is_same:
                self._losses.fit(self._lowest(), self._highest())
            self._apply_ranges()
            if is_same and before is not None and before.is_old == view.is_old:
                # Only what can be done now has changed.
                return
        self._draw_all()

    def _highest(self) -> float:
        assert self._sweep is not None
        assert self._sweep.curve is not None
        curve = self._sweep.curve
        losses = np.nanmax([curve.train_loss, curve.validation_loss + np.nan_to_num(curve.validation_se)])
        return max(float(losses), self._network.highest(curve))

    def _lowest(self) -> float:
        assert self._sweep is not None
        assert self._sweep.curve is not None
        curve = self._sweep.curve
        return float(np.nanmin([curve.train_loss, curve.validation_loss - np.nan_to_num(curve.validation_se)]))

    def choose_best(self) -> None:
        """Set the λ with the lowest validation loss."""
        if self._sweep is not None and self._sweep.curve is not None:
            self.lambda_chosen.emit(float(self._sweep.curve.lambdas[self._sweep.curve.best]))

    def choose_one_standard_error(self) -> None:
        """Set the largest λ whose validation loss is within one standard error of the lowest."""
        if self._sweep is not None and self._sweep.curve is not None:
            self.lambda_chosen.emit(float(self._sweep.curve.lambdas[self._sweep.curve.one_standard_error]))

    def menu_actions(self) -> list[QAction]:
        has_choice = self._sweep is not None and self._sweep.curve is not None and not self._sweep.is_old
        for action in (self._use_best, self._use_sparser):
            action.setEnabled(has_choice)
        self._show_band.show_curve(None if self._sweep is None else self._sweep.curve)
        actions = [self._use_best, self._use_sparser, *self._weight_actions(), self._show_band, self._several_starts]
        if self._has_scores:
            actions.append(self._show_scores)
        up_down = self._up_down_actions
        return actions if up_down is None else [*actions, up_down.go, up_down.turn]

    def _weight_actions(self) -> list[QAction]:
        """Of λ_best, and of the point under the pointer or, elsewhere, at the λ in force."""
        best = point = None
        if self._sweep is not None and self._sweep.curve is not None and not self._sweep.is_old:
            curve, box = self._sweep.curve, self._plot.vb
            best = float(curve.lambdas[curve.best])
            number = None
            if self._pointer is not None:
                x = box.mapSceneToView(self._pointer).x()
                number = self._nearest(curve.lambdas, x, NEAR_PX * box.viewPixelSize()[0])
            if number is not None:
                point = float(curve.lambdas[number])
            elif self._line.lam in curve.lambdas:
                point = self._line.lam
        return self._weights.actions_for(best, point)

    def sentence(self, frame: Frame) -> tuple[str, str | None]:
        words = sweep_sentence(self._sweep)
        snapshot = frame.snapshot
        live = self.tr("Live at λ {lam}: training {train}, validation {validation}.").format(
            lam=number_text(snapshot.settings.effective_lam),
            train=fixed_text(snapshot.train_loss),
            validation=fixed_text(snapshot.validation_loss),
        )
        live = f"{live[:-1]}; {frame.optimum}." if frame.optimum else live
        shown = short_sentence(self._sweep) if self._has_curve else f"{words} {live}"
        # What a narrow panel has no room for ends in dots; the tool tip holds the whole.
        width_px = max(self.contentsRect().width() - 16, 1)
        shown = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, width_px)
        return f"{words} {live}", escape(shown)

    def draw(self, frame: Frame) -> None:
        if frame.up_down is not None:
            self._draw_up_down(frame.up_down)
        trail = frame.trail
        if trail is None or not len(trail.lambdas):
            return
        self._trail = trail
        has_grown = [self._lambdas.include(float(lam)) for lam in (trail.lambdas[0], trail.lambdas[-1])]
        losses = np.concatenate([trail.train_loss, trail.validation_loss])
        losses = losses[np.isfinite(losses)]
        has_grown.append(self._losses.include_below(float(losses.min(initial=np.inf))))
        if not self._has_curve:
            self._live_limit = self._live_limit or OFF_SCALE * float(losses.max(initial=0.0))
            has_grown.append(self._losses.include(float(losses[losses <= self._live_limit].max(initial=0.0))))
        if any(has_grown):
            self._apply_ranges()
            self._draw_sweep()
            self._line.show(self._line.lam, self._lambdas, self._losses)
        self._live.show(trail, self._lambdas, self._plot.vb.viewPixelSize()[1])

    def _write_legend(self) -> None:
        colours = theme.colours()
        sweep = self.tr("{dot} {square}").format(
            dot=coloured("● training", colours.training), square=coloured("■ validation", colours.validation)
        )
        live = self.tr("{diamond} {triangle} live").format(
            diamond=coloured("◇", colours.training), triangle=coloured("△", colours.validation)
        )
        middle = self.tr(" ± standard error") if self._up_down.value is None else self.tr(" · ▶ λ going up, ◀ down")
        shortest = sweep
        if self._network.is_band_wanted:
            # The losses are named in the history, too; these two lines are not.
            sweep, shortest = self.tr("J ╌ up ⋯ down · {rest}").format(rest=sweep), self.tr("J ╌ up ⋯ down")
        self._legend.show_first_fitting(f"{sweep}{middle} · {live}", f"{sweep} · {live}", sweep, shortest)

    def _draw_up_down(self, value: UpAndDown) -> None:
        before, has_grown = self._up_down.value, [self._lambdas.include(lam) for lam in value.ends]
        if value.is_done and before is not value and not self._has_curve:
            # Losses from before the demonstration, such as those of initial weights, would leave little room for it.
            self._losses.reset(self._up_down.highest(value))
            has_grown.append(True)
        has_grown.append(self._losses.include(self._up_down.highest(value)))
        if any(has_grown):
            self._apply_ranges()
            self._draw_sweep()
            self._line.show(self._line.lam, self._lambdas, self._losses)
        self._up_down.show(value, self._lambdas, self._losses)
        if before is None:
            self._write_legend()

    def show_again(self) -> None:
        super().show_again()
        self._draw_sweep()

    def value_at(self, view: Any, place: QPointF) -> str | None:
        box = self._plot.vb
        is_in_scores = self._scores is not None and self._scores.contains(place)
        if not is_in_scores and not box.sceneBoundingRect().contains(place):
            return None
        x, reach = box.mapSceneToView(place).x(), NEAR_PX * box.viewPixelSize()[0]
        lines = []
        if self._sweep is not None and self._sweep.curve is not None:
            curve = self._sweep.curve
            number = self._nearest(curve.lambdas, x, reach)
            if number is not None:
                lines.append(point_text(curve, number))
        trail = self._trail
        if trail is not None:
            number = self._nearest(trail.lambdas, x, reach)
            if number is not None:
                lines.append(
                    self.tr("live at λ {lam}: training {train}, validation {validation}").format(
                        lam=number_text(trail.lambdas[number]),
                        train=fixed_text(trail.train_loss[number]),
                        validation=fixed_text(trail.validation_loss[number]),
                    )
                )
        found = self._up_down.value
        for way in (found.up, found.down) if found is not None else ():
            number = self._nearest(way.lambdas, x, reach)
            if found is not None and number is not None and (way is found.up or len(way) > 1):
                lines.append(station_text(found, way, number))
        return "\n".join(lines) or None

    def _nearest(self, lambdas: Float64s, x: float, reach: float) -> int | None:
        """The number of the one of ``lambdas`` ``(n,)`` next to ``x`` of the axis, within ``reach``."""
        if not len(lambdas):
            return None
        away = np.abs(self._lambdas.positions(lambdas) - x)
        number = int(away.argmin())
        return number if away[number] <= reach else None

    @property
    def _has_scores(self) -> bool:
        curve = None if self._sweep is None else self._sweep.curve
        return curve is not None and bool(np.isfinite(curve.accuracy).any())

    def _lay_out_scores(self) -> None:
        """Accuracy and AUROC have a plot of their own while there are any, and room or the wish to see them."""
        is_wanted = self._are_scores_wanted
        if is_wanted is None:
            is_wanted = self._view.height() >= SCORES_LEAST_PX
        is_shown = is_wanted and self._has_scores
        if is_shown and self._scores is None:
            self._scores = ScorePlot(self._view, self._plot, self._lambdas)
            self._scores.apply_theme()
            self._line.line.sigPositionChanged.connect(self._on_line_moved)
            self._on_line_moved()
        if self._scores is not None:
            self._scores.set_shown(is_shown)
        self._show_scores.setChecked(is_shown)

    @property
    def _has_curve(self) -> bool:
        return self._sweep is not None and self._sweep.curve is not None

    def _say(self) -> None:
        """The readout, also when there is no frame to go with it."""
        if self._frame is not None:
            self.set_readout(*self.sentence(self._frame))
        else:
            self.set_readout(sweep_sentence(self._sweep))

    def _draw_all(self) -> None:
        self._draw_sweep()
        if self._trail is not None:
            self._live.show(self._trail, self._lambdas, self._plot.vb.viewPixelSize()[1])
        self._line.show(self._line.lam, self._lambdas, self._losses)

    def _draw_sweep(self) -> None:
        sweep = self._sweep
        if not self._is_built or not self.isVisible():
            # Drawn when it is seen again.
            return
        if sweep is None or sweep.curve is None:
            self._curves.clear()
            self._flags.hide()
            self._network.clear()
            self._plot.getAxis("top").setTicks([[]])
            self._plot.getAxis("top").showLabel(False)
            return
        curve = sweep.curve
        self._plot.getAxis("top").showLabel(True)
        positions = self._lambdas.positions(curve.lambdas)
        self._curves.show(curve, positions, sweep.is_old)
        self._flags.show(curve, self._lambdas, self._losses, sweep.is_old)
        self._network.show(curve, self._lambdas, self._losses, sweep.is_old)
        if self._scores is not None and self._scores.is_shown:
            self._scores.show(curve, positions, sweep.is_old)
        self._show_counts(positions, curve.n_nonzero)

    def _show_counts(self, positions: Float64s, counts: Integers) -> None:
        """Numbers of weights along the top, as many as have room; the first and those after it by descending λ."""
        apart = COUNT_PX * self._plot.vb.viewPixelSize()[0]
        ticks: list[tuple[float, str]] = []
        for position, count in zip(positions, counts, strict=True):
            if not ticks or ticks[-1][0] - position >= apart:
                ticks.append((float(position), str(count)))
        self._plot.getAxis("top").setTicks([ticks])

    def _apply_ranges(self) -> None:
        self._plot.setRange(xRange=self._lambdas.ends, yRange=(self._losses.bottom, self._losses.top), padding=0)

    def _on_plot_resized(self) -> None:
        # Not at once: a layout that is changed while it lays out loses the change.
        self._layout_timer.start()
        self._draw_sweep()

    def _on_scores_toggled(self, is_wanted: bool) -> None:
        self._are_scores_wanted = is_wanted
        self._lay_out_scores()
        self._draw_sweep()

    def _on_starts_toggled(self) -> None:
        self.starts_chosen.emit(self._several_starts.n_starts)

    def _on_band_toggled(self, is_wanted: bool) -> None:
        self._network.is_band_wanted = is_wanted
        self._write_legend()
        if self._has_curve and self._losses.include(self._highest()):
            self._apply_ranges()
            self._draw_all()
        self._draw_sweep()

    def _on_line_moved(self) -> None:
        if self._scores is not None:
            self._scores.line.setPos(self._line.line.value())
            self._scores.line.setVisible(self._line.line.isVisible())

    def _on_line_dragged(self) -> None:
        if not self._is_dragging:
            self._is_dragging = True
            self.lambda_drag_changed.emit(True)
        lam = self._lambdas.lam_at(self._line.line.value())
        if lam != self._line.lam:
            self.lambda_chosen.emit(lam)

    def _on_line_dropped(self) -> None:
        if self._is_dragging:
            self._is_dragging = False
            self.lambda_drag_changed.emit(False)
            # From between two λ to the one in force.
            self._line.show(self._line.lam, self._lambdas, self._losses)

    def _on_scene_clicked(self, event: Any) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._sweep is None or self._sweep.curve is None:
            return
        box, place, curve = self._plot.vb, event.scenePos(), self._sweep.curve
        if not box.sceneBoundingRect().contains(place):
            return
        at, (across, up) = box.mapSceneToView(place), box.viewPixelSize()
        x_px = np.abs(self._lambdas.positions(curve.lambdas) - at.x()) / across
        y_px = np.minimum(np.abs(curve.train_loss - at.y()), np.abs(curve.validation_loss - at.y())) / up
        away = np.hypot(x_px, y_px)
        number = int(away.argmin())
        if away[number] <= NEAR_PX:
            chosen = self.weights_requested if event.double() else self.lambda_chosen
            chosen.emit(float(curve.lambdas[number]))
