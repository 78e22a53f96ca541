"""The curves of a path: the largest each with a colour and a dash of its own, the rest as one faint picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsItem

from regdesk.core.sweep.path_events import ROUNDING
from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended
from regdesk.views.plots.steady_items import SteadyCurve, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.core.types import Integers
    from regdesk.views.path.picture import PathPicture

MOST_CURVES = 40
"""That are told apart; one has to be set for each of them in every picture of a sweep that grows."""
MOST_SHOWN = 1000
"""The largest, once the sweep has ended; all others are next to nothing beside them."""
MOST_FAINT = 400
"""Of the rest while it grows: 5,000 curves of 50 points took 0.3 s to draw."""
FEW_CURVES = 12
FADED_SHARE = 0.3
OLD_SHARE = 0.35
FAINT_SHARE = 0.35
DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)


class PathCurves:
    """``numbers`` are the inputs with a curve of their own, the largest first, and ``faint`` those of the rest."""

    def __init__(self, plot: Any) -> None:
        self._plot = plot
        self.items: list[Any] = []
        self.rest = named(SteadyCurve(connect="finite"), "smallerWeights")
        # As pixels: it stands still while λ's line moves across it.
        self.rest.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.rest.setZValue(-5)
        plot.addItem(self.rest, ignoreBounds=True)
        self.numbers: Integers = np.empty(0, dtype=np.int64)
        self.faint: Integers = np.empty(0, dtype=np.int64)

    def show(self, picture: PathPicture, selected: Sequence[int]) -> None:
        sizes = np.abs(picture.values).max(axis=0, initial=0.0)
        ranked = np.argsort(-sizes, kind="stable")
        ranked = ranked[sizes[ranked] > ROUNDING * sizes.max(initial=0.0)]
        if selected:
            ranked = np.concatenate([np.array(selected), ranked[~np.isin(ranked, selected)]])
        n_shown = MOST_SHOWN if picture.is_done else MOST_CURVES + MOST_FAINT
        self.numbers, self.faint = ranked[:MOST_CURVES], ranked[MOST_CURVES:n_shown]
        while len(self.items) < len(self.numbers):
            item = named(SteadyCurve(), "weightCurve")
            self.items.append(item)
            self._plot.addItem(item, ignoreBounds=True)
        for item in self.items[len(self.numbers) :]:
            item.setData([], [])
        units = picture.path.units
        for item, number in zip(self.items, self.numbers, strict=False):
            values = picture.values[:, number]
            # Not along zero, where the dashes of all that are not in the model would lie over each other.
            is_away = values != 0
            connected = np.append(is_away[:-1] | is_away[1:], False)
            if units is not None:
                connected &= units.is_followed
            item.setData(picture.places, values, connect=connected.astype(np.int32))
        self._show_rest(picture)
        self.restyle(picture, selected)

    def _show_rest(self, picture: PathPicture) -> None:
        if not len(self.faint):
            self.rest.setData([], [])
            return
        # A point that is not a number ends each curve.
        places = np.tile(np.append(picture.places, np.nan), len(self.faint))
        values = np.vstack([picture.values[:, self.faint], np.full(len(self.faint), np.nan)]).T.ravel()
        self.rest.setData(places, values)

    def restyle(self, picture: PathPicture, selected: Sequence[int]) -> None:
        """Pens in the colours in force; all but the selected curve step back."""
        width = 2.0 if len(self.numbers) <= FEW_CURVES else 1.5
        for item, number in zip(self.items, self.numbers, strict=False):
            is_selected = number in selected
            colour = colour_of(picture, int(number), selected)
            style = DASHES[style_of(picture, int(number)) // len(theme.colours().inputs) % len(DASHES)]
            item.setPen(pg.mkPen(colour, width=3.5 if is_selected else width, style=style))
            item.setZValue(5 if is_selected else 0)
        share = FAINT_SHARE * (FADED_SHARE if selected or picture.is_stale else 1.0)
        self.rest.setPen(pg.mkPen(blended(theme.colours().weights, share), width=1))

    def clear(self) -> None:
        self.numbers = self.faint = np.empty(0, dtype=np.int64)
        for item in (*self.items, self.rest):
            item.setData([], [])


def style_of(picture: PathPicture, number: int) -> int:
    """Which of the styles an input has: those that enter first have colours of their own, and keep them."""
    order = int(picture.path.events.order[number]) if picture.path.facts.makes_zeros else 0
    return order - 1 if order else number


def colour_of(picture: PathPicture, number: int, selected: Sequence[int]) -> QColor:
    """Of an input's curve and name."""
    colours = theme.colours().inputs
    colour = theme.colours().selected if number in selected else colours[style_of(picture, number) % len(colours)]
    if picture.is_stale:
        return blended(colour, OLD_SHARE)
    return blended(colour, FADED_SHARE) if selected and number not in selected else QColor(colour)
