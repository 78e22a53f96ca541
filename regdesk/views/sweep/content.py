"""What the λ panel holds once it is made: the plot of losses, that of scores beneath, the legend, and its buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from regdesk.views.kit import spacing, theme
from regdesk.views.kit.flow_layout import YieldingFlowLayout
from regdesk.views.plots.axis_room import fit_top_name, name_axis
from regdesk.views.plots.edge_marks import EdgeMarks
from regdesk.views.plots.free_place import NO_POINTS, PlotPixels, is_free
from regdesk.views.sweep.axes import highest_loss, losses_view
from regdesk.views.sweep.flags import SweepFlags, curve_points
from regdesk.views.sweep.gestures import LambdaGestures
from regdesk.views.sweep.hysteresis_marks import UpDownMarks
from regdesk.views.sweep.lambda_axis import LambdaAxis, lambdas_outside
from regdesk.views.sweep.live_marks import LambdaLine, LiveMarks
from regdesk.views.sweep.loss_axis import LossAxis
from regdesk.views.sweep.loss_follower import losses_outside
from regdesk.views.sweep.marks import SweepCurves, clear_counts, show_counts
from regdesk.views.sweep.network_marks import NetworkMarks
from regdesk.views.sweep.scores import Scores
from regdesk.views.sweep.texts import LambdaLegend, values_text

if TYPE_CHECKING:
    from regdesk.core.run.hysteresis_tour import HysteresisCurves
    from regdesk.core.run.live_trail import TrailColumns
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.sweep.view import SweepView
    from regdesk.views.plots.rulers import Ruler


class LambdaContent(QWidget):
    """Signal: ``was_resized()``, a turn of the loop later; ``gestures`` and ``scores`` have signals of their own."""

    was_resized = Signal()

    def __init__(self, is_drawn: Callable[[], bool], buttons: QWidget | None) -> None:
        """``is_drawn`` answers whether a sweep is drawn at once: what is not seen is drawn when it is seen again."""
        super().__init__()
        self._is_drawn = is_drawn
        self._sweep: SweepView | None = None
        self._trail: TrailColumns | None = None
        # Of the sentence above, whose numbers those at the edge are: they would differ by a tenth of a second.
        self.told: TrailColumns | None = None
        self._unit = self.tr("loss")
        self._lambdas, self._losses = LambdaAxis(), LossAxis(self._highest)
        self.view, self._plot = losses_view(self._lambdas)
        self._curves = SweepCurves(self._plot)
        self._flags = SweepFlags(self._plot)
        self._network = NetworkMarks(self._plot)
        self._up_down = UpDownMarks(self._plot)
        self._live = LiveMarks(self._plot)
        self._edges = EdgeMarks(self._plot)
        self._line = LambdaLine(self._plot)
        self.rulers: dict[str, Ruler] = {"lambdas": self._lambdas, "losses": self._losses, "line": self._line}
        self.gestures = LambdaGestures(self, self._plot, self._line, self._lambdas)
        self.gestures.dropped.connect(self._on_line_dropped)
        self.scores = Scores(self, self.view, self._plot, self._lambdas, self._line)
        self._layout_timer = QTimer(self, singleShot=True)
        self._layout_timer.timeout.connect(self._on_layout_due)
        self._plot.vb.sigResized.connect(self._on_plot_resized)
        self._legend = LambdaLegend()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, stretch=1)
        row = YieldingFlowLayout(spacing.SMALL_PX)
        for widget in filter(None, (self._legend, buttons)):
            row.addWidget(widget)
        layout.addLayout(row)
        self.apply_ranges()

    @property
    def lam(self) -> float:
        """The λ in force."""
        return self._line.lam

    @property
    def _curve(self) -> SweepCurve | None:
        return None if self._sweep is None else self._sweep.curve

    def nearest_number(self, pointer: QPointF | None) -> int | None:
        """The number of the swept λ near the ``pointer`` in the scene, if one is."""
        if self._curve is None or pointer is None:
            return None
        return self.gestures.nearest(self._curve.lambdas, self._plot.vb.mapSceneToView(pointer).x())

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        self._live.apply_theme()
        self._up_down.apply_theme(self._lambdas, self._losses)
        self._line.apply_theme()
        self.scores.apply_theme()
        self._write_legend()
        self._legend.setStyleSheet(f"color: {theme.colours().quiet_text}")

    def _write_legend(self) -> None:
        self._legend.write(self._up_down.value is not None, self._network.is_band_wanted, self._curve)

    def reset(self) -> None:
        """A new run begins: what was live is no longer so; a sweep stays."""
        self._trail = self.told = None
        self._live.clear()
        self._up_down.clear()
        self._edges.clear()
        self._plot.vb.release()
        self._write_legend()
        self._lambdas.begin_run(self._curve, self._line.lam)
        self._losses.begin_run(self._curve)
        self.apply_ranges()
        self._line.show(self._line.lam, self._lambdas, self._losses)
        if self._curve is not None:
            self.draw_sweep()

    def show_unit(self, unit: str) -> None:
        """The unit of the losses beside the axis, or a shorter word where it has no room."""
        self._unit = unit
        name_axis(self._plot.getAxis("left"), self.view.fontMetrics(), unit, self.tr("loss"))

    def show_lambda(self, lam: float, has_penalty: bool) -> None:
        """The λ in force, which the line follows."""
        if self._lambdas.reach(lam):
            self.show_rulers()
        self._line.show(lam, self._lambdas, self._losses)
        self._place_words()
        self._line.set_visible(has_penalty)
        self.scores.follow_line()

    def show_sweep(self, view: SweepView) -> None:
        """What a sweep has found so far."""
        before, self._sweep = self._sweep, view
        curve = self.gestures.curve = view.curve
        self.scores.lay_out(curve)
        if curve is not None:
            is_first = before is None or before.curve is None
            self._lambdas.show_sweep(curve, self._line.lam, is_first)
            # A network's points come down while it is swept: the first ones may be forty times higher than the last.
            if is_first or self._losses.is_far_above(max(self._highest(curve), self._up_down.highest_shown)):
                self._losses.reset(self._highest(curve))
            if is_first:
                self.scores.begin()
            self._losses.include(self._highest(curve))
            is_same = before is not None and before.curve is curve
            if curve.is_done and not is_same:
                self._losses.fit_curve(curve)
            self.apply_ranges()
            if is_same and before is not None and before.is_stale == view.is_stale:
                # Only what can be done now has changed.
                return
        self._draw_all()

    def _highest(self, curve: SweepCurve) -> float:
        return max(highest_loss(curve), self._network.highest(curve))

    def show_trail(self, trail: TrailColumns, lam: float, n_frames: int) -> None:
        """What the live model, whose λ is ``lam``, has shown at each λ; ``n_frames`` have passed since the last."""
        self._trail = trail
        if self._line.line.moving:
            self._lambdas.hold_still()
        has_grown = [self._lambdas.follow(trail, lam, self._curve, self._up_down.ends, n_frames)]
        shown = self._up_down.highest_shown
        has_grown.append(self._losses.include_trail(trail, lam, self._curve, shown, n_frames))
        if any(has_grown):
            self.show_rulers()
        has_moved = self._live.show(trail, self._lambdas, self._plot.vb.viewPixelSize()[1])
        if self._show_outside() or has_moved or any(has_grown):
            self._place_words()

    def show_up_down(self, value: HysteresisCurves) -> None:
        """What the demonstration of up and down has shown so far."""
        before, has_grown = self._up_down.value, [self._lambdas.include(lam) for lam in value.ends]
        if value.is_done and before is not value and self._curve is None:
            # Losses from before the demonstration, such as those of initial weights, would leave little room for it.
            self._losses.reset(self._up_down.highest(value))
            has_grown.append(True)
        has_grown.append(self._losses.include(self._up_down.highest(value)))
        if any(has_grown):
            self.show_rulers()
        self._up_down.show(value, self._lambdas, self._losses)
        self._show_outside()
        self._place_words()
        self._write_legend()

    def show_rulers(self) -> None:
        """``rulers`` stand elsewhere: all that is drawn by them stands there, too."""
        self.apply_ranges()
        self._draw_all()

    def fit_axes(self, is_asked_for_more: bool = False) -> None:
        """Choose the ranges anew for what a sweep and the live model show now; what is far from the sweep is shown to
        who asks for more, and left outside when that is asked once more.
        """
        curve, trail = self._curve, self._trail
        self._lambdas.fit(trail, self._line.lam, curve, self._up_down.ends, is_asked_for_more)
        self._losses.fit_all(trail, self._line.lam, curve, self._up_down.highest_shown)
        self.show_rulers()

    def want_scores(self, are_wanted: bool | None) -> None:
        """Whether accuracy and AUROC are shown, whatever the room; None: as the room has it."""
        self.scores.want(are_wanted, self._curve)
        self.draw_sweep()

    def want_band(self, is_wanted: bool | None) -> None:
        """Whether the band between the chains of a network is drawn."""
        self._network.is_band_wanted = bool(is_wanted)
        if self._curve is not None and self._losses.include(self._highest(self._curve)):
            self.show_rulers()
        self.draw_sweep()

    def value_at(self, place: QPointF) -> str | None:
        """What stands at ``place`` of the scene, in words and numbers; None for nothing."""
        box = self._plot.vb
        if not self.scores.contains(place) and not box.sceneBoundingRect().contains(place):
            return None
        x = box.mapSceneToView(place).x()
        return values_text(self.gestures, x, self._curve, self._trail, self._up_down.value)

    def _show_outside(self) -> bool:
        """A mark at the edge for what the axis does not reach, at once; whether any has changed."""
        up_down = self._up_down.value
        # Of what can be seen, which a hand may have moved.
        seen, (_, top) = self._plot.vb.viewRange()
        outside = lambdas_outside(self._trail, self._lambdas, tuple(seen), self._line.lam)
        outside += losses_outside(self.told or self._trail, self._line.lam, up_down, self._lambdas, float(top))
        pixels, curve = PlotPixels(self._plot.vb), self._curve
        if not outside or curve is None:
            return self._edges.show(outside)
        lines = curve_points(curve, self._lambdas.positions(curve.lambdas), pixels)
        return self._edges.show(outside, self._network.boxes(pixels), lines)

    def _place_words(self) -> None:
        """Flags stay where they are until something is beneath them; λ keeps off everything."""
        pixels, sweep = PlotPixels(self._plot.vb), self._sweep
        marks = np.concatenate([self._live.points(pixels), self._up_down.points(pixels, self._lambdas)])
        others = (*self._edges.boxes, *self._network.boxes(pixels))
        lines = NO_POINTS
        if sweep is not None and sweep.curve is not None:
            if not self._flags.boxes or not all(is_free(box, others, marks) for box in self._flags.boxes):
                self._flags.show(sweep.curve, self._lambdas, self._losses, sweep.is_stale, marks, others)
            lines = curve_points(sweep.curve, self._lambdas.positions(sweep.curve.lambdas), pixels)
        taken = (*others, *self._flags.boxes, *self._up_down.boxes(pixels))
        self._line.place_label(pixels, taken, np.concatenate([marks, lines]), self._flags.lines_px)

    def _draw_all(self) -> None:
        self.draw_sweep()
        if self._trail is not None:
            self._live.show(self._trail, self._lambdas, self._plot.vb.viewPixelSize()[1])
        self._line.show(self._line.lam, self._lambdas, self._losses)
        self._place_words()

    def draw_sweep(self) -> None:
        """Draw what a sweep has found once more: it is seen again, or in other colours."""
        self._write_legend()
        if not self._is_drawn():
            return
        sweep = self._sweep
        if sweep is None or sweep.curve is None:
            self._curves.clear()
            self._flags.hide()
            self._network.clear()
            clear_counts(self._plot)
            self._show_outside()
            self._place_words()
            return
        curve = sweep.curve
        positions = self._lambdas.positions(curve.lambdas)
        self._curves.show(curve, positions, sweep.is_stale)
        self._network.show(curve, self._lambdas, self._losses, sweep.is_stale)
        self._show_outside()
        # Anew: the curve is another, or looks another way.
        self._flags.hide()
        self._place_words()
        self.scores.show(curve, positions, sweep.is_stale)
        show_counts(self._plot, positions, curve)

    def apply_ranges(self) -> None:
        """Show as much of both axes as ``rulers`` say."""
        self._plot.setRange(xRange=self._lambdas.ends, yRange=(self._losses.bottom, self._losses.top), padding=0)

    def _on_plot_resized(self) -> None:
        # Not at once: a layout that is changed while it lays out loses the change.
        self._layout_timer.start()
        self.show_unit(self._unit)
        self.draw_sweep()

    def _on_layout_due(self) -> None:
        fit_top_name(self._plot, self._curve is not None)
        self.scores.lay_out(self._curve)
        self.was_resized.emit()

    def _on_line_dropped(self) -> None:
        # From between two λ to the one in force.
        self._line.show(self._line.lam, self._lambdas, self._losses)
        self._place_words()
