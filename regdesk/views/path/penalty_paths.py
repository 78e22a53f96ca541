"""Three small paths beside each other: the same weights under L1, L2 and the elastic net, over the same λ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from regdesk.core.words.number_text import fixed_text, number_text
from regdesk.core.words.penalty_words import WAITING
from regdesk.core.words.settings_text import PENALTY_NAMES
from regdesk.views.kit import spacing, theme
from regdesk.views.kit.blends import blended, coloured
from regdesk.views.kit.fitting_label import FittingLabel
from regdesk.views.kit.name_room import elided_all
from regdesk.views.kit.plain_text import PlainLabel
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.path.axes import PathTicks
from regdesk.views.plots.axes import ValueAxis, quiet_plot
from regdesk.views.plots.axis_room import keep_width
from regdesk.views.plots.data_columns import Column
from regdesk.views.plots.steady_items import SteadyCurve, named
from regdesk.views.plots.steady_plots import plot_parts

if TYPE_CHECKING:
    from regdesk.core.model.side_by_side import SideBySide
    from regdesk.core.types import Float64s

MOST_COLOURED = 6
"""Weights that can be told apart by their colours: the largest anywhere; all others are faint."""
MOST_FAINT = 150
NAME_PX = 84
NEAR_PX = 8.0
LEAST, ROOM = 1e-6, 0.04
"""Height of the axis, and what stays free above and below the curves, as a share of it."""


class PenaltyPaths(QWidget):
    """``view`` holds the three plots; a sentence stands in their place where there is nothing to compare."""

    def __init__(self) -> None:
        super().__init__()
        self.view: Any = pg.GraphicsLayoutWidget()
        self.view.ci.layout.setContentsMargins(0, 0, 0, 0)
        self.view.ci.layout.setHorizontalSpacing(spacing.SMALL_PX)
        self._ticks = [PathTicks() for _ in range(3)]
        self.titles = [named(pg.LabelItem("", justify="left"), "penaltyTitle") for _ in range(3)]
        self.plots: list[Any] = []
        for number, ticks in enumerate(self._ticks):
            self.view.addItem(self.titles[number], row=0, col=number)
            parts = plot_parts(bottom=ticks, left=ValueAxis("left"))
            plot = named(self.view.addPlot(row=1, col=number, **parts), "penaltyPath")
            quiet_plot(plot, "λ", self.tr("weight") if number == 0 else "")
            keep_width(plot.getAxis("left"), 56 if number == 0 else 6)
            plot.getAxis("left").setStyle(showValues=number == 0)
            self.plots.append(plot)
        for plot in self.plots[1:]:
            plot.vb.follow(self.plots[0].vb)
        for column in range(len(self.plots)):
            # As wide as each other: a title would widen its own.
            self.view.ci.layout.setColumnStretchFactor(column, 1)
            self.view.ci.layout.setColumnPreferredWidth(column, 1.0)
        self._curves: list[list[Any]] = [[] for _ in self.plots]
        self._faint = [named(SteadyCurve(connect="finite"), "smallerWeights") for _ in self.plots]
        self.lines = [pg.InfiniteLine(angle=90, movable=False) for _ in self.plots]
        for plot, faint, line in zip(self.plots, self._faint, self.lines, strict=True):
            plot.addItem(faint, ignoreBounds=True)
            plot.addItem(line, ignoreBounds=True)
            line.setZValue(20)
        self.legend = FittingLabel()
        self.sentence = PlainLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing.TIGHT_PX)
        for widget, stretch in ((self.view, 1), (self.sentence, 1), (self.legend, 0)):
            layout.addWidget(widget, stretch)
        self._found: SideBySide | None = None
        self._names: tuple[str, ...] = ()
        self._values: list[Float64s] = []
        self._chosen: list[int] = []
        self.show_sentence(WAITING)

    def show_sentence(self, sentence: str) -> None:
        """Why there is nothing to be drawn; empty where there is."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        for widget in (self.view, self.legend):
            widget.setVisible(not sentence)

    def show_comparison(self, found: SideBySide, names: tuple[str, ...]) -> None:
        """The paths of ``found``, of the weights of the inputs called ``names``; of several outputs their norm."""
        is_same = self._found is not None and self._found.paths is found.paths and names == self._names
        self._found, self._names = found, names
        if not is_same:
            self._values = [_per_input(path.weights, len(names)) for path in found.paths]
            self._draw()
        self.show_sentence("")
        self._write_titles()

    def show_lambda(self, lam: float | None) -> None:
        """The λ in force; None where there is no penalty."""
        for line in self.lines:
            line.setVisible(lam is not None and lam > 0.0)
            if lam is not None and lam > 0.0:
                line.setPos(float(np.log10(lam)))

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        for line in self.lines:
            line.setPen(pg.mkPen(theme.colours().lam, width=2))
        self.sentence.setStyleSheet(f"color: {theme.colours().quiet_text}")
        if self._found is not None:
            self._draw()
            self._write_titles()

    def _draw(self) -> None:
        assert self._found is not None
        colours = theme.colours()
        sizes = np.max([np.abs(values).max(axis=0) for values in self._values], axis=0)
        ranked = np.argsort(-sizes, kind="stable")
        ranked = ranked[sizes[ranked] > 0.0]
        self._chosen = ranked[:MOST_COLOURED].tolist()
        faint = ranked[MOST_COLOURED : MOST_COLOURED + MOST_FAINT]
        places = np.log10(self._found.paths[0].lambdas)
        ends = float(places.min()), float(places.max())
        lowest = min(float(values.min(initial=0.0)) for values in self._values)
        highest = max(max(float(values.max(initial=0.0)) for values in self._values), lowest + LEAST)
        room = ROOM * (highest - lowest)
        for number, plot in enumerate(self.plots):
            values, curves = self._values[number], self._curves[number]
            while len(curves) < len(self._chosen):
                curves.append(named(SteadyCurve(), "weightCurve"))
                plot.addItem(curves[-1], ignoreBounds=True)
            for curve in curves[len(self._chosen) :]:
                curve.setData([], [])
            for curve, weight, colour in zip(curves, self._chosen, colours.inputs, strict=False):
                curve.setPen(pg.mkPen(colour, width=1.5))
                curve.setData(places, values[:, weight])
            gap = np.full((1, len(faint)), np.nan)
            heights = np.concatenate([values[:, faint], gap]).T.ravel()
            self._faint[number].setData(np.tile(np.append(places, np.nan), len(faint)), heights)
            self._faint[number].setPen(pg.mkPen(blended(colours.zero, 0.4), width=1))
            self._ticks[number].show_axis(True, ends)
            plot.setRange(xRange=ends, yRange=(lowest - room, highest + room), padding=0)
        self._write_legend()

    def _write_titles(self) -> None:
        assert self._found is not None
        n_alive = np.count_nonzero(self._found.weights, axis=0)
        for title, path, alive in zip(self.titles, self._found.paths, n_alive, strict=True):
            text = self.tr("{name}: {alive} alive").format(name=PENALTY_NAMES[path.kind], alive=alive)
            title.setText(f"<b>{text}</b>", color=theme.colours().text)

    def _write_legend(self) -> None:
        names = elided_all([self._names[one] for one in self._chosen], self.fontMetrics(), scaled_px(NAME_PX))
        words = [coloured(name, colour) for name, colour in zip(names, theme.colours().inputs, strict=False)]
        n_more = len(self._names) - len(words)
        rest = [self.tr("grey: {n} more").format(n=n_more)] if n_more > 0 else []
        shorter = [" · ".join([*words[:n], "…"]) for n in range(len(words) - 1, -1, -1)]
        self.legend.show_first_fitting(" · ".join(words + rest), " · ".join(words), *shorter)

    def value_at(self, place: QPointF) -> str | None:
        """The weight whose curve is next to ``place`` of the scene, at that λ; None if none is near."""
        for plot, values in zip(self.plots, self._values, strict=False):
            box = plot.vb
            if self._found is None or not box.sceneBoundingRect().contains(place):
                continue
            at, (_, up) = box.mapSceneToView(place), box.viewPixelSize()
            lambdas = self._found.paths[0].lambdas
            row = int(np.abs(np.log10(lambdas) - at.x()).argmin())
            away = np.abs(values[row] - at.y()) / up
            nearest = int(away.argmin())
            if away[nearest] > NEAR_PX:
                return None
            weight = f"{self._names[nearest]}: {fixed_text(float(values[row, nearest]))}"
            return f"{weight}\nλ {number_text(float(lambdas[row]))}"
        return None

    def data_columns(self) -> list[Column]:
        """λ, and every input's weight under each penalty."""
        if self._found is None:
            return []
        columns = [Column(self.tr("λ"), self._found.paths[0].lambdas)]
        for path, values in zip(self._found.paths, self._values, strict=True):
            kind = PENALTY_NAMES[path.kind]
            columns += [Column(f"{kind}: {name}", one) for name, one in zip(self._names, values.T, strict=True)]
        return columns


def _per_input(weights: Float64s, n_inputs: int) -> Float64s:
    """``(n_lambdas, n_inputs)`` of ``weights`` ``(n_lambdas, n_inputs · n_outputs)``: of several outputs their norm."""
    each = weights.reshape(len(weights), n_inputs, -1)
    return np.asarray(each[:, :, 0] if each.shape[2] == 1 else np.linalg.norm(each, axis=2))
