"""The axes of loss versus λ: log₁₀ λ with a place of its own for λ = 0, and a loss that begins at 0."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pyqtgraph as pg

from regdesk.core.rounding import round_limit
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.plots.axes import quiet_plot
from regdesk.views.plots.axis_room import TOP_HEIGHT_PX, keep_height, keep_text_room, keep_width
from regdesk.views.plots.rulers import Ruler
from regdesk.views.plots.scales import FINE_DECADES, decade_text, fine_decades
from regdesk.views.plots.steady_items import named
from regdesk.views.plots.steady_plots import SteadyAxis, plot_parts

if TYPE_CHECKING:
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.types import Float64s

NAME_OF_COUNTS = "weights not zero"
NAME_OF_WHOLES = "weights not zero; from λ_collapse on none"
"""Of a network under L2, which sets none of them to 0 alone."""
DEFAULT_DECADES = (-4.0, 1.0)
"""Around the default λ, before a sweep has said where anything happens."""
OFF_DECADES = 0.7
"""How far λ = 0 stands from the lowest λ."""
SHARE_AT_FIRST = 1e-4
"""Of the first λ, where most sweeps end; the second point says it."""
LABEL_PX = 40
N_STEPS = 8
HEADROOM = 1.25
"""Above the highest loss, for the words of the flags."""
_ROUND = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


def swept_ends(curve: SweepCurve) -> tuple[float, float]:
    """The first λ of a sweep and the one that it will end with: its λ are geometric."""
    if curve.network is not None:
        return float(curve.network.grid[0]), float(curve.network.grid[-1])
    first = float(curve.lambdas[0])
    if len(curve.lambdas) < 2 or curve.lambdas[1] <= 0:
        return first, SHARE_AT_FIRST * first
    ratio = math.log10(float(curve.lambdas[1]) / first)
    # To six digits, so that every further point says the same.
    return first, 10.0 ** round(math.log10(first) + ratio * (curve.n_lambdas - 1), 6)


def highest_loss(curve: SweepCurve) -> float:
    """What the axis must reach: band included."""
    losses = np.nanmax([curve.train_loss, curve.validation_loss + np.nan_to_num(curve.validation_se)])
    return float(losses)


def lowest_loss(curve: SweepCurve) -> float:
    return float(np.nanmin([curve.train_loss, curve.validation_loss - np.nan_to_num(curve.validation_se)]))


class LambdaRange(Ruler):
    """Halves of decades of λ; they widen when a λ leaves them, and do not shrink until there is another sweep."""

    remembered = ("lowest", "highest")

    def __init__(self) -> None:
        self.lowest, self.highest = DEFAULT_DECADES

    def reset(self, lambdas: Sequence[float] = ()) -> None:
        """The decades of ``lambdas``, or those at first."""
        self.lowest, self.highest = DEFAULT_DECADES
        visible = [math.log10(lam) for lam in lambdas if lam > 0]
        if visible:
            self.lowest, self.highest = _half_below(min(visible)), -_half_below(-max(visible))

    def include(self, lam: float) -> bool:
        """Widen for ``lam``; whether the range has changed."""
        if lam <= 0:
            return False
        before = self.lowest, self.highest
        place = math.log10(lam)
        self.lowest = min(self.lowest, _half_below(place))
        self.highest = max(self.highest, -_half_below(-place))
        return before != (self.lowest, self.highest)

    @property
    def off(self) -> float:
        """Where λ = 0 stands: apart from every other."""
        return self.lowest - OFF_DECADES

    @property
    def ends(self) -> tuple[float, float]:
        return self.off - 0.3, self.highest + 0.2

    def positions(self, lambdas: Float64s) -> Float64s:
        """``(n,)`` places of ``lambdas`` ``(n,)`` on the axis."""
        with np.errstate(divide="ignore"):
            return np.where(lambdas > 0, np.log10(lambdas), self.off)

    def position(self, lam: float) -> float:
        return math.log10(lam) if lam > 0 else self.off

    def lam_at(self, position: float) -> float:
        """λ with three significant digits; 0 around the place of its own."""
        if position < self.off + 0.5 * OFF_DECADES:
            return 0.0
        return float(f"{10.0 ** min(max(position, self.lowest), self.ends[1]):.3g}")


BESIDE_OFF = 0.75
"""Of the room of a label: as far is the first power of ten from the middle of "off"."""


class LambdaTicks(SteadyAxis):
    """Whole powers of ten, as many as have room, and "off" at λ = 0."""

    def __init__(self, lambdas: LambdaRange) -> None:
        self._lambdas = lambdas
        super().__init__("bottom")

    def tickValues(self, minimum: float, maximum: float, size: float) -> list[tuple[float, list[float]]]:
        lambdas = self._lambdas
        if maximum - minimum < FINE_DECADES:
            # λ = 0 has a place of its own: what would be a λ there is none.
            fine = [place for place in fine_decades(minimum, maximum) if place >= lambdas.lowest]
            return [(1.0, [lambdas.off, *fine])]
        n_fitting = max(2.0, size / scaled_px(LABEL_PX))
        n_decades = lambdas.highest - lambdas.off
        step = next((step for step in (1, 2, 3, 4, 5) if n_decades / step <= n_fitting), 5)
        decades = range(math.ceil(lambdas.lowest), math.floor(lambdas.highest) + 1)
        # λ = 0 has a place of its own beside them: the first of them may be too close to it.
        first = lambdas.off + BESIDE_OFF * n_decades / n_fitting
        return [(1.0, [lambdas.off, *(float(decade) for decade in decades if decade % step == 0 and decade >= first)])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return ["off" if value == self._lambdas.off else decade_text(value) for value in values]


TOO_TALL = 4.0
"""Times the axis that would do."""


def losses_view(lambdas: LambdaRange) -> tuple[Any, Any]:
    """A view and its plot: losses over λ, with room for numbers of weights along the top."""
    view = pg.GraphicsLayoutWidget()
    view.ci.layout.setContentsMargins(0, 0, 0, 0)
    parts = plot_parts(bottom=LambdaTicks(lambdas), top=SteadyAxis("top"))
    plot = named(view.addPlot(row=0, col=0, **parts), "lossPlot")
    quiet_plot(plot, "λ", "loss")
    keep_width(plot.getAxis("left"), 56)
    counts = plot.getAxis("top")
    counts.setLabel(NAME_OF_COUNTS)
    counts.setTicks([[]])
    keep_height(counts, TOP_HEIGHT_PX)
    keep_text_room(counts)
    counts.setStyle(tickLength=-4)
    return view, plot


class LossRange(Ruler):
    """The ends of the loss axis: from 0 to a round number that grows when it must, and stands otherwise.

    A sweep that has ended may begin higher up, where its curves would be flat on an axis from 0.
    """

    remembered: ClassVar[tuple[str, ...]] = ("bottom", "top", "_step")

    def __init__(self) -> None:
        self.bottom, self.top = 0.0, 1.0
        self._step = 1.0

    def reset(self, highest: float) -> None:
        self.bottom, self.top = 0.0, round_limit(HEADROOM * highest, _ROUND)

    def fit(self, lowest: float, highest: float) -> None:
        """Round numbers around losses from ``lowest`` to ``highest``, with room above for words."""
        step = self._step = round_limit((highest - lowest) / N_STEPS, _ROUND)
        self.bottom = self._floor_of(lowest)
        self.top = step * math.ceil((highest + (HEADROOM - 1.0) * (highest - self.bottom)) / step)

    def include_below(self, lowest: float) -> bool:
        """Begin lower when ``lowest`` is below the axis; whether the range has changed."""
        has_changed = lowest < self.bottom
        if has_changed:
            self.bottom = self._floor_of(lowest)
        return has_changed

    def _floor_of(self, lowest: float) -> float:
        # Half a step of room below: a live model is trained on other rows.
        return max(0.0, self._step * math.floor(lowest / self._step - 0.5))

    def height(self, share: float) -> float:
        """The loss at ``share`` of the axis."""
        return self.bottom + share * (self.top - self.bottom)

    def is_far_above(self, highest: float) -> bool:
        """Whether losses up to ``highest`` would be next to flat on this axis."""
        return math.isfinite(highest) and self.top > TOO_TALL * round_limit(HEADROOM * highest, _ROUND)

    def include(self, highest: float) -> bool:
        """Widen for ``highest``; whether the range has changed."""
        if not math.isfinite(highest) or highest <= self.top:
            return False
        self.top = round_limit(HEADROOM * highest, _ROUND)
        return True


def _half_below(value: float) -> float:
    return math.floor(2.0 * value) / 2.0
