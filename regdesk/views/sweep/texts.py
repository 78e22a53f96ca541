"""Words in the λ panel beside its sentence: the legend, the numbers along the top, what stands under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regdesk.core.words.hysteresis_words import tour_point_text
from regdesk.core.words.number_text import fixed_text, number_text
from regdesk.views.kit import theme
from regdesk.views.kit.blends import coloured
from regdesk.views.kit.fitting_label import FittingLabel
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.sweep.words import point_text

if TYPE_CHECKING:
    from regdesk.core.run.hysteresis_tour import HysteresisCurves
    from regdesk.core.run.live_trail import TrailColumns
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.types import Float64s, Integers
    from regdesk.views.sweep.gestures import LambdaGestures

COUNT_PX = 46
"""Between two numbers of weights along the top."""


class LambdaLegend(FittingLabel):
    """What is drawn how, as much of it as has room."""

    def write(self, has_up_down: bool, has_band: bool) -> None:
        """In the colours in force, with a demonstration of up and down or a band that are drawn."""
        colours = theme.colours()
        sweep = self.tr("{dot} {square}").format(
            dot=coloured("● training", colours.training), square=coloured("■ validation", colours.validation)
        )
        live = self.tr("{diamond} {triangle} live").format(
            diamond=coloured("◇", colours.training), triangle=coloured("△", colours.validation)
        )
        middle = self.tr(" · ▶ λ going up, ◀ down") if has_up_down else self.tr(" ± standard error")
        shortest = sweep
        if has_band:
            # The losses are named in the history, too; these two lines are not.
            sweep, shortest = self.tr("J ╌ up ⋯ down · {rest}").format(rest=sweep), self.tr("J ╌ up ⋯ down")
        self.show_first_fitting(f"{sweep}{middle} · {live}", f"{sweep} · {live}", sweep, shortest)
        self.keep_room()


def values_text(
    gestures: LambdaGestures,
    x: float,
    curve: SweepCurve | None,
    trail: TrailColumns | None,
    found: HysteresisCurves | None,
) -> str | None:
    """All that stands near ``x`` of the axis; None for nothing."""
    lines = []
    if curve is not None:
        number = gestures.nearest(curve.lambdas, x)
        if number is not None:
            lines.append(point_text(curve, number))
    if trail is not None:
        number = gestures.nearest(trail.lambdas, x)
        if number is not None:
            lines.append(
                f"live at λ {number_text(trail.lambdas[number])}: training {fixed_text(trail.train_loss[number])}, "
                f"validation {fixed_text(trail.validation_loss[number])}"
            )
    for way in (found.up, found.down) if found is not None else ():
        number = gestures.nearest(way.lambdas, x)
        if found is not None and number is not None and (way is found.up or len(way) > 1):
            lines.append(tour_point_text(found, way, number))
    return "\n".join(lines) or None


def show_counts(plot: Any, positions: Float64s, counts: Integers) -> None:
    """Numbers of weights along the top, as many as have room; the first and those after it by descending λ."""
    apart = scaled_px(COUNT_PX) * plot.vb.viewPixelSize()[0]
    ticks: list[tuple[float, str]] = []
    for position, count in zip(positions, counts, strict=True):
        if not ticks or ticks[-1][0] - position >= apart:
            ticks.append((float(position), str(count)))
    plot.getAxis("top").setTicks([ticks])
