"""Loss versus λ: what a sweep has found, and what the running model has shown at each λ it has visited."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QPointF, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from regdesk.core.run.pace import Part
from regdesk.core.words.number_text import epoch_text, fixed_text, number_text
from regdesk.views.kit import theme
from regdesk.views.kit.name_room import whole_parts, wrapped_lines
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.plots.panel import Panel
from regdesk.views.sweep.followed_choice import FollowedChoice
from regdesk.views.sweep.hysteresis_actions import UpDownActions, UpDownButtons
from regdesk.views.sweep.waiting import waiting_sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from regdesk.core.run.frame import Frame
    from regdesk.core.run.hysteresis_tour import HysteresisCurves
    from regdesk.core.run.live_trail import TrailColumns
    from regdesk.core.run.scene import RunScene
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.sweep.view import SweepView
    from regdesk.views.sweep.score_plot import ScorePlot

SCORES_LEAST_PX = 260
"""Height of the view below which accuracy and AUROC are drawn only when somebody asks for them."""
OFF_SCALE = 2.0
"""Losses of a live model beyond so many times what it began with do not widen the axis: it may diverge."""


class LambdaPanel(Panel):
    """Signals carry intentions: ``lambda_chosen(float)`` while the line is dragged and on a click on a point,
    ``lambda_drag_changed(bool)`` when a drag begins and ends, ``weights_requested(float)`` with the λ of a point whose
    weights are wanted in the live model, ``starts_chosen(int)`` with the number of seeds
    that a network is swept from. What it takes to draw is imported and made after the first paint.
    """

    words, curves = Part.PLANE_WORDS, Part.SWEEP_CURVES

    shows_the_model = False
    lambda_chosen = Signal(float)
    lambda_drag_changed = Signal(bool)
    weights_requested = Signal(float)
    starts_chosen = Signal(int)

    def __init__(self, n_starts: Callable[[], int] = lambda: 1) -> None:
        """``n_starts`` answers with the number of seeds that a network is swept from."""
        super().__init__("lambdaPanel", "", "", "")
        self._n_starts = n_starts
        self.set_title(self.tr("Loss versus λ"))
        self.set_help(
            self.tr(
                "Training and validation loss over λ. Sweep computes the exact linear model at 50 λ and judges it by "
                "five folds; of a network the best minimum that several starts have led to. The band is one standard "
                "error, a hollow point is not converged, numbers along the top count the weights that are not zero. "
                "λ_best has the lowest validation loss; λ_1se is the largest λ within one standard error of it. AIC "
                "and BIC judge the model of all rows by its training loss and its degrees of freedom; each flag says "
                "what it costs against λ_best. Where rows have weights, standard errors, AIC and BIC take the sum of "
                "weights for the number of rows. Of classes accuracy and AUROC on the rows held out stand beneath. ◇ "
                "and △ are live: the running model at each λ that it has visited. Up and down moves its λ by itself: "
                "▶ on the way up, ◀ on a dashed line on the way down. Drag the line, or click on a point, to set λ; a "
                "double click puts its weights into the live model."
            )
        )
        self._choice = FollowedChoice(self)
        self._choice.lambda_chosen.connect(self.lambda_chosen)
        self._sweep: SweepView | None = None
        self._trail: TrailColumns | None = None
        self._swept_ends: tuple[float, float] | None = None
        self._live_limit = 0.0
        # Made with the first sweep of classes; None for the wish: shown where there is room.
        self._scores: ScorePlot | None = None
        self._are_scores_wanted: bool | None = None
        self._layout_timer = QTimer(self, singleShot=True, interval=0)
        self._layout_timer.timeout.connect(self._lay_out_scores)
        # Its sentence is cut to the width.
        self._layout_timer.timeout.connect(self._say)
        self._is_built = False
        self._lambda = 0.0, True
        self._unit = self.tr("loss")
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
        self._make_menu()
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
        from regdesk.views.plots.edge_marks import EdgeMarks
        from regdesk.views.sweep.axes import LambdaRange, LossRange, losses_view
        from regdesk.views.sweep.flags import SweepFlags
        from regdesk.views.sweep.gestures import LambdaGestures
        from regdesk.views.sweep.hysteresis_marks import UpDownMarks
        from regdesk.views.sweep.live_marks import LambdaLine, LiveMarks
        from regdesk.views.sweep.loss_follower import LossFollower
        from regdesk.views.sweep.marks import SweepCurves
        from regdesk.views.sweep.network_marks import NetworkMarks
        from regdesk.views.sweep.texts import LambdaLegend

        self._lambdas, self._losses = LambdaRange(), LossRange()
        self._view, self._plot = losses_view(self._lambdas)
        self._curves = SweepCurves(self._plot)
        self._flags = SweepFlags(self._plot)
        self._network = NetworkMarks(self._plot)
        self._up_down = UpDownMarks(self._plot)
        self._live = LiveMarks(self._plot)
        self._edges = EdgeMarks(self._plot)
        self._follower = LossFollower()
        self._line = LambdaLine(self._plot)
        self._gestures = LambdaGestures(self, self._plot, self._line, self._lambdas)
        self._gestures.lambda_chosen.connect(self.lambda_chosen)
        self._gestures.drag_changed.connect(self.lambda_drag_changed)
        self._gestures.weights_requested.connect(self.weights_requested)
        self._gestures.dropped.connect(self._on_line_dropped)
        self._plot.vb.sigResized.connect(self._on_plot_resized)
        self._legend = LambdaLegend()

    def _make_menu(self) -> None:
        from regdesk.views.sweep.menu import LambdaMenu

        self._menu = LambdaMenu(self)
        self._menu.best_chosen.connect(self.choose_best)
        self._menu.sparser_chosen.connect(self.choose_one_standard_error)
        self._menu.scores_toggled.connect(self._on_scores_toggled)
        self._menu.band_toggled.connect(self._on_band_toggled)
        self._menu.weights_requested.connect(self.weights_requested)
        self._menu.starts_chosen.connect(self.starts_chosen)

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
        self._edges.clear()
        self._follower.begin_again()
        self._write_legend()
        self._say()
        curve = self._curve
        if curve is None:
            self._losses.reset(0.0)
        else:
            self._fit_losses(curve)
        self._apply_ranges()
        self._line.show(self._line.lam, self._lambdas, self._losses)
        if curve is not None:
            self._draw_sweep()

    def show_run_scene(self, scene: RunScene) -> None:
        """The unit of the losses."""
        self.build()
        if scene.task == "classification":
            unit = self.tr("log-loss")
        elif scene.is_target_standardized:
            unit = self.tr("loss (standardised)")
        else:
            unit = self.tr("loss (units squared)")
        self._unit = unit
        self._fit_label()

    def _fit_label(self) -> None:
        """The unit beside the axis, or a shorter word where it has no room."""
        from regdesk.views.plots.axis_room import name_axis

        name_axis(self._plot.getAxis("left"), self._view.fontMetrics(), self._unit, self.tr("loss"))

    def show_lambda(self, lam: float, has_penalty: bool) -> None:
        """The λ in force, which the line follows."""
        self._lambda = lam, has_penalty
        self._choice.show_lambda(lam)
        if not self._is_built:
            return
        if self._lambdas.include(lam):
            self._apply_ranges()
            self._draw_all()
        self._line.show(lam, self._lambdas, self._losses)
        self._place_words()
        self._line.set_visible(has_penalty)
        self._on_line_moved()

    def show_sweep(self, view: SweepView) -> None:
        """What a sweep has found so far."""
        before, self._sweep = self._sweep, view
        self._choice.show_curve(view.curve, view.is_stale)
        self._say()
        if not self._is_built:
            return
        from regdesk.views.sweep.axes import swept_ends

        curve = self._gestures.curve = view.curve
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
            if is_first or self._losses.is_far_above(max(self._highest(curve), self._up_down.highest_shown)):
                self._losses.reset(self._highest(curve))
            if is_first and self._scores is not None:
                self._scores.begin()
            self._losses.include(self._highest(curve))
            is_same = before is not None and before.curve is curve
            if curve.is_done and not is_same:
                self._fit_losses(curve)
            self._apply_ranges()
            if is_same and before is not None and before.is_stale == view.is_stale:
                # Only what can be done now has changed.
                return
        self._draw_all()

    def _fit_losses(self, curve: SweepCurve) -> None:
        """The loss axis of ``curve`` alone."""
        from regdesk.views.sweep.axes import lowest_loss

        if curve.is_done:
            self._losses.fit(lowest_loss(curve), self._highest(curve))
        else:
            self._losses.reset(self._highest(curve))

    def _highest(self, curve: SweepCurve) -> float:
        from regdesk.views.sweep.axes import highest_loss

        return max(highest_loss(curve), self._network.highest(curve))

    def choose_best(self) -> None:
        """Set the λ with the lowest validation loss; while the sweep is under way λ follows it."""
        if self._curve is not None:
            self._choice.choose("best", self._curve)

    def choose_one_standard_error(self) -> None:
        """Set the largest λ whose validation loss is within one standard error of the lowest, likewise."""
        if self._curve is not None:
            self._choice.choose("one_standard_error", self._curve)

    def menu_actions(self) -> list[QAction]:
        self.build()
        self._menu.show_starts(self._n_starts())
        curve, number = self._curve, None
        if curve is not None and self._pointer is not None:
            number = self._gestures.nearest(curve.lambdas, self._plot.vb.mapSceneToView(self._pointer).x())
        actions = self._menu.actions(self._sweep, self._has_scores, self._line.lam, number)
        up_down = self._up_down_actions
        return actions if up_down is None else [*actions, up_down.go, up_down.turn]

    def sentence(self, frame: Frame) -> tuple[str, str | None]:
        words = self._sweep_words()
        snapshot = frame.snapshot.measured
        form = self.tr("Live at λ {lam}: training {train}, validation {validation}.")
        if snapshot.is_exact:
            form = self.tr("Exact at λ {lam}: training {train}, validation {validation}.")
        elif frame.snapshot.last_measured is not None:
            form = self.tr("Live at λ {lam}, epoch {epoch}: training {train}, validation {validation}.")
        live = form.format(
            epoch=epoch_text(snapshot.epoch),
            lam=number_text(snapshot.settings.effective_lam),
            train=fixed_text(snapshot.train_loss),
            validation=fixed_text(snapshot.validation_loss),
        )
        live = f"{live[:-1]}; {frame.optimum}." if frame.optimum else live
        shown = self._sweep_words(is_short=True)
        # What a narrow panel has no room for is left out; the tool tip holds the whole.
        width_px = max(self.contentsRect().width() - 16, 1)
        if not self._has_curve:
            lines = wrapped_lines(f"{words} {live}", self.fontMetrics(), width_px)
            if len(lines) > 1:
                # The numbers on a line of their own, which does not move the picture when they change.
                lines = wrapped_lines(words, self.fontMetrics(), width_px)
                lines.append(whole_parts(live, self.fontMetrics(), width_px))
            return f"{words} {live}", "<br>".join(map(escape, lines))
        return f"{words} {live}", escape(whole_parts(shown, self.fontMetrics(), width_px))

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
        has_grown.append(self._follow(trail, frame.snapshot.settings.effective_lam))
        if any(has_grown):
            self._apply_ranges()
            self._draw_sweep()
            self._line.show(self._line.lam, self._lambdas, self._losses)
        has_moved = self._live.show(trail, self._lambdas, self._plot.vb.viewPixelSize()[1])
        if self._show_outside() or has_moved or any(has_grown):
            self._place_words()

    def _follow(self, trail: TrailColumns, lam: float) -> bool:
        """Another loss axis where what matters has been outside for a while, or most of it empty; whether there is."""
        from regdesk.views.sweep.axes import lowest_loss
        from regdesk.views.sweep.loss_follower import present_losses

        curve, drawn = self._curve, self._up_down.highest_shown
        if curve is not None and not curve.is_done:
            # It brings its own axis to its end.
            self._follower.begin_again()
            return False
        lowest, live = present_losses(trail, lam)
        if curve is not None:
            drawn = max(drawn, self._highest(curve))
        else:
            known = np.concatenate([trail.train_loss, trail.validation_loss])
            drawn = max(drawn, float(known[np.isfinite(known) & (known <= self._live_limit)].max(initial=0.0)))
        highest = self._follower.new_highest(self._losses, drawn, live, self._live_limit, self._n_frames)
        if highest is None:
            return False
        self._live_limit = max(self._live_limit, live) if live <= highest else self._live_limit
        if curve is not None:
            self._losses.fit(min(lowest, lowest_loss(curve)), highest)
        else:
            self._losses.reset(highest)
        return True

    def _show_outside(self) -> bool:
        """A mark at the edge for what the axis does not reach, at once; whether any has changed."""
        from regdesk.views.sweep.loss_follower import losses_outside

        up_down = self._up_down.value
        return self._edges.show(losses_outside(self._trail, self._line.lam, up_down, self._lambdas, self._losses))

    def _place_words(self) -> None:
        """Flags stay where they are until something is beneath them; λ keeps off everything."""
        from regdesk.views.plots.free_place import NO_POINTS, PlotPixels, is_free
        from regdesk.views.sweep.flags import curve_points

        pixels, sweep = PlotPixels(self._plot.vb), self._sweep
        marks = np.concatenate([self._live.points(pixels), self._up_down.points(pixels, self._lambdas)])
        others = (*self._edges.boxes, *self._network.boxes(pixels))
        lines = NO_POINTS
        if sweep is not None and sweep.curve is not None:
            if not self._flags.boxes or not all(is_free(box, others, marks) for box in self._flags.boxes):
                self._flags.show(sweep.curve, self._lambdas, self._losses, sweep.is_stale, marks, others)
            lines = curve_points(sweep.curve, self._lambdas.positions(sweep.curve.lambdas), pixels)
        taken = (*others, *self._flags.boxes, *self._up_down.boxes(pixels))
        self._line.place_label(pixels, taken, np.concatenate([marks, lines]))

    def _write_legend(self) -> None:
        self._legend.write(self._up_down.value is not None, self._network.is_band_wanted)

    def _draw_up_down(self, value: HysteresisCurves) -> None:
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
        self._show_outside()
        self._place_words()
        if before is None:
            self._write_legend()

    def show_again(self) -> None:
        super().show_again()
        self._draw_sweep()

    def value_at(self, view: Any, place: QPointF) -> str | None:
        from regdesk.views.sweep.texts import values_text

        box = self._plot.vb
        is_in_scores = self._scores is not None and self._scores.contains(place)
        if not is_in_scores and not box.sceneBoundingRect().contains(place):
            return None
        x = box.mapSceneToView(place).x()
        return values_text(self._gestures, x, self._curve, self._trail, self._up_down.value)

    @property
    def _has_scores(self) -> bool:
        curve = self._curve
        return curve is not None and bool(np.isfinite(curve.accuracy).any())

    def _lay_out_scores(self) -> None:
        """Accuracy and AUROC have a plot of their own while there are any, and room or the wish to see them."""
        is_wanted = self._are_scores_wanted
        if is_wanted is None:
            is_wanted = self._view.height() >= scaled_px(SCORES_LEAST_PX)
        is_shown = is_wanted and self._has_scores
        if is_shown and self._scores is None:
            from regdesk.views.sweep.score_plot import ScorePlot

            self._scores = ScorePlot(self._view, self._plot, self._lambdas)
            self._scores.apply_theme()
            self._line.line.sigPositionChanged.connect(self._on_line_moved)
            self._on_line_moved()
        if self._scores is not None:
            self._scores.set_shown(is_shown)
        self._menu.show_scores.setChecked(is_shown)

    @property
    def _curve(self) -> SweepCurve | None:
        return None if self._sweep is None else self._sweep.curve

    @property
    def _has_curve(self) -> bool:
        return self._curve is not None

    def _sweep_words(self, is_short: bool = False) -> str:
        if not self._has_curve:
            return waiting_sentence(self._sweep)
        from regdesk.views.sweep.words import short_sentence, sweep_sentence

        words = short_sentence(self._sweep) if is_short else sweep_sentence(self._sweep)
        return f"{words} {self._choice.words}".rstrip()

    def _say(self) -> None:
        """The readout, also when there is no frame to go with it."""
        if self._frame is not None:
            self.set_readout(*self.sentence(self._frame))
        else:
            self.set_readout(self._sweep_words())

    def _draw_all(self) -> None:
        self._draw_sweep()
        if self._trail is not None:
            self._live.show(self._trail, self._lambdas, self._plot.vb.viewPixelSize()[1])
        self._line.show(self._line.lam, self._lambdas, self._losses)
        self._place_words()

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
            self._show_outside()
            self._place_words()
            return
        from regdesk.views.sweep.texts import show_counts

        curve = sweep.curve
        self._plot.getAxis("top").showLabel(True)
        positions = self._lambdas.positions(curve.lambdas)
        self._curves.show(curve, positions, sweep.is_stale)
        self._network.show(curve, self._lambdas, self._losses, sweep.is_stale)
        self._show_outside()
        # Anew: the curve is another, or looks another way.
        self._flags.hide()
        self._place_words()
        if self._scores is not None and self._scores.is_shown:
            self._scores.show(curve, positions, sweep.is_stale)
        show_counts(self._plot, positions, curve.n_nonzero)

    def _apply_ranges(self) -> None:
        self._plot.setRange(xRange=self._lambdas.ends, yRange=(self._losses.bottom, self._losses.top), padding=0)

    def _on_plot_resized(self) -> None:
        # Not at once: a layout that is changed while it lays out loses the change.
        self._layout_timer.start()
        self._fit_label()
        self._draw_sweep()

    def _on_scores_toggled(self, is_wanted: bool) -> None:
        self._are_scores_wanted = is_wanted
        self._lay_out_scores()
        self._draw_sweep()

    def _on_band_toggled(self, is_wanted: bool) -> None:
        self._network.is_band_wanted = is_wanted
        self._write_legend()
        if self._curve is not None and self._losses.include(self._highest(self._curve)):
            self._apply_ranges()
            self._draw_all()
        self._draw_sweep()

    def _on_line_moved(self) -> None:
        if self._scores is not None:
            self._scores.line.setPos(self._line.line.value())
            self._scores.line.setVisible(self._line.line.isVisible())

    def _on_line_dropped(self) -> None:
        # From between two λ to the one in force.
        self._line.show(self._line.lam, self._lambdas, self._losses)
        self._place_words()
