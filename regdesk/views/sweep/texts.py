"""Words in the λ panel beside its sentence: the legend, and what stands under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.core.words.hysteresis_words import tour_point_text
from regdesk.core.words.number_text import fixed_text, number_text
from regdesk.views.kit import theme
from regdesk.views.kit.blends import coloured
from regdesk.views.kit.fitting_label import FittingLabel
from regdesk.views.plots.role_marks import OPEN_TRAINING, OPEN_VALIDATION, TRAINING, UNCONVERGED, VALIDATION
from regdesk.views.sweep.words import point_text

if TYPE_CHECKING:
    from regdesk.core.run.hysteresis_tour import HysteresisCurves
    from regdesk.core.run.live_trail import TrailColumns
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.views.sweep.gestures import LambdaGestures


class LambdaLegend(FittingLabel):
    """What is drawn how, as much of it as has room."""

    _written: tuple[object, ...] = ()

    def write(self, has_up_down: bool, has_band: bool, curve: SweepCurve | None) -> None:
        """In the colours in force, of what is drawn: a demonstration of up and down, a band between chains, a sweep,
        and points of it that have not converged.
        """
        has_sweep, has_open = curve is not None, curve is not None and not curve.converged.all()
        colours = theme.colours()
        written = (has_up_down, has_band, has_sweep, has_open, colours)
        if written == self._written:
            return
        self._written = written
        open_train, open_validation = (
            coloured(mark, colour)
            for mark, colour in ((OPEN_TRAINING, colours.training), (OPEN_VALIDATION, colours.validation))
        )
        if has_sweep:
            sweep = f"{coloured(f'{TRAINING} training', colours.training)} "
            sweep += coloured(f"{VALIDATION} validation", colours.validation)
            live = self.tr("{marks} live").format(marks=f"{open_train} {open_validation}")
            short = self.tr("{marks} swept").format(
                marks=f"{coloured(TRAINING, colours.training)} {coloured(VALIDATION, colours.validation)}"
            )
        else:
            sweep = f"{coloured(f'{OPEN_TRAINING} training', colours.training)} "
            sweep += coloured(f"{OPEN_VALIDATION} validation", colours.validation)
            live, short = self.tr("live"), f"{open_train} {open_validation}"
        middle = ""
        if has_up_down:
            middle = self.tr(" · ▶ λ going up, ◀ down")
        elif has_sweep:
            middle = self.tr(" ± standard error")
        shortest = f"{short} · {live}" if has_sweep else f"{short} {live}"
        if has_band:
            # The losses are named in the history, too; these two lines are not.
            sweep, shortest = self.tr("J ╌ up ⋯ down · {rest}").format(rest=sweep), self.tr("J ╌ up ⋯ down")
        unsettled = self.tr(" · {mark} not converged").format(mark=UNCONVERGED) if has_open else ""
        texts = [f"{sweep}{middle} · {live}{unsettled}", f"{sweep} · {live}{unsettled}"]
        # What a cross is stands nowhere else; what the colours are does.
        texts += [f"{shortest}{unsettled}"] if has_open else [f"{sweep} · {live}", shortest]
        self.show_first_fitting(*texts)
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
