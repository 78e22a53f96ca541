"""What the λ panel draws of networks alone: the band between the sweeps up and down, and where all collapses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QAction, QColor

from regdesk.core.settings.settings_table import setting_at
from regdesk.core.words.number_text import number_text
from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended
from regdesk.views.plots.steady_items import SteadyCurve, named

if TYPE_CHECKING:
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.types import Float64s
    from regdesk.views.plots.free_place import PlotPixels
    from regdesk.views.sweep.axes import LambdaRange, LossRange

BAND = "view.shows_band"
BAND_SHARE = 0.55
N_STARTS = 3
LABEL_HEIGHT = 0.03
"""Of the axis: at the bottom, where no words of flags are."""


class NetworkMarks:
    """J of the model of all rows where a sweep towards larger λ and one towards smaller ended, when that is asked for,
    and the λ from which on nothing found beats the model without inputs.
    """

    def __init__(self, plot: Any) -> None:
        self._box = plot.vb
        self._edges = [named(SteadyCurve(), name) for name in ("objectiveUp", "objectiveDown")]
        self.band = pg.FillBetweenItem(*self._edges)
        self.band.setZValue(-5)
        self.line = named(pg.InfiniteLine(angle=90, movable=False), "collapseLine")
        # Upright beside the line: on the axis there is little room beyond the largest λ.
        self.label = named(pg.TextItem("", anchor=(0.0, 0.0), angle=90), "collapseLabel")
        for item in (*self._edges, self.band, self.line, self.label):
            plot.addItem(item, ignoreBounds=True)
        self.is_band_wanted = False
        self.clear()

    def highest(self, curve: SweepCurve) -> float:
        """The largest J that is drawn; 0 for none."""
        network = curve.network
        if network is None or not self.is_band_wanted or not network.is_comparable.any():
            return 0.0
        ends = np.maximum(network.objective_up, network.objective_down)
        return float(ends[network.is_comparable].max())

    def clear(self) -> None:
        for edge in self._edges:
            edge.setData([], [])
        for item in (self.band, self.line, self.label):
            item.hide()

    def boxes(self, pixels: PlotPixels) -> list[QRectF]:
        """Of the words, in pixels of the plot."""
        if not self.label.isVisible():
            return []
        size, at = self.label.boundingRect(), self.label.pos()
        # Written upwards.
        left, bottom = float(pixels.x_px(at.x())), float(pixels.y_px(at.y()))
        return [QRectF(left, bottom - size.width(), size.height(), size.width())]

    def show(self, curve: SweepCurve, lambdas: LambdaRange, losses: LossRange, is_stale: bool) -> None:
        self.clear()
        network = curve.network
        if network is None:
            return
        colours = theme.colours()
        colour = QColor(colours.disabled_text if is_stale else colours.quiet_text)
        place = network.collapse
        if place is not None:
            lam = float(curve.lambdas[place])
            self.line.setPen(pg.mkPen(colour, width=1, style=Qt.PenStyle.DotLine))
            self.line.setPos(lambdas.position(lam))
            self.line.show()
            self._write(f"λ_collapse {number_text(lam)}", colour)
            self.label.setPos(lambdas.position(lam), losses.height(LABEL_HEIGHT))
            self.label.updateTransform(force=True)
        if self.is_band_wanted and network.is_comparable.any():
            self._show_band(curve, lambdas.positions(curve.lambdas), colour)

    def _write(self, words: str, colour: QColor) -> None:
        """As much of ``words`` as the height has room for, whole words alone; the readout has all of them."""
        room_px = (1.0 - LABEL_HEIGHT) * self._box.height()
        for text in (words, words.split(" ")[0]):
            self.label.setText(text, colour)
            if self.label.textItem.boundingRect().width() <= room_px:
                self.label.show()
                return

    def _show_band(self, curve: SweepCurve, positions: Float64s, colour: QColor) -> None:
        network = curve.network
        assert network is not None
        is_known = network.is_comparable
        connect = (network.is_followed & is_known & np.append(is_known[1:], False)).astype(np.int32)
        styles = (Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
        ends = (network.objective_up, network.objective_down)
        for edge, objectives, style in zip(self._edges, ends, styles, strict=True):
            # What is not a number would have no place; nothing is drawn to or from there.
            edge.setData(positions, np.where(is_known, objectives, network.objective), connect=connect)
            edge.setPen(pg.mkPen(colour, width=1, style=style))
        self.band.updatePath()
        self.band.setBrush(pg.mkBrush(blended(theme.colours().zero, BAND_SHARE)))
        self.band.show()


class StartsAction(QAction):
    """The entry of the panel's menu that sweeps networks from several seeds; ``N_STARTS`` where nobody says another
    number.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("severalStartsAction")
        self.setCheckable(True)
        self.show_starts(1)

    def show_starts(self, n_starts: int) -> None:
        """From how many seeds the next sweep is."""
        self.setChecked(n_starts > 1)
        n = n_starts if n_starts > 1 else N_STARTS
        text = self.tr("Sweep networks from {n} seeds: the lowest J counts, {n} times the work")
        self.setText(text.format(n=n))
        self.setData(n)

    @property
    def n_starts(self) -> int:
        """Of the next sweep, as it is ticked."""
        return int(self.data()) if self.isChecked() else 1


class BandAction(QAction):
    """The entry of the panel's menu that shows the band; of a linear model it says why there is none."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName(setting_at(BAND).control)
        self.setCheckable(True)

    def show_curve(self, curve: SweepCurve | None) -> None:
        is_network = curve is not None and curve.network is not None
        self.setEnabled(is_network)
        if curve is None or is_network:
            self.setText(setting_at(BAND).beside)
        else:
            self.setText(self.tr("No hysteresis: a linear model has one minimum at every λ"))
