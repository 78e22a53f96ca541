"""A part of a plot that can be zoomed and moved by hand; what the program asks of it meanwhile is kept for later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt

NARROWEST, WIDEST = 1e-6, 20.0
"""Of what can be seen, as shares of what the program shows: narrower is rounding, wider is empty."""
STEP = 1.25
"""Of one press of a key, or of a menu: so much nearer or farther."""
PAN_SHARE = 0.1
"""Of what is seen, that an arrow key moves it by."""


class ZoomBox(pg.ViewBox):
    """``is_held[axis]`` is true where a hand has moved that axis: the program's ranges wait until ``release``.

    The view that it is in hears of it through its ``plot_zoom``, where it has one.
    """

    def __init__(self, **options: Any) -> None:
        # Before the first range: pyqtgraph may set one while it makes the box.
        self._is_moving = False
        self._home: list[tuple[float, float] | None] = [None, None]
        self.is_held = [False, False]
        self._leader: ZoomBox | None = None
        self._followers: list[ZoomBox] = []
        super().__init__(**options)

    def follow(self, leader: ZoomBox) -> None:
        """Its horizontal axis is that of ``leader``, which stands above it or below: they move together."""
        if self._leader is None:
            self._leader = leader
            leader._followers.append(self)

    def setRange(
        self,
        rect: Any = None,
        xRange: Any = None,
        yRange: Any = None,
        padding: float | None = None,
        update: bool = True,
        disableAutoRange: bool = True,
    ) -> None:
        if not self._is_moving:
            if rect is not None:
                # As pyqtgraph takes it: a rectangle is both ranges.
                xRange, yRange, rect = (rect.left(), rect.right()), (rect.top(), rect.bottom()), None
            wanted = [xRange, yRange]
            for axis, one in enumerate(wanted):
                if one is not None:
                    self._home[axis] = float(one[0]), float(one[1])
            xRange, yRange = (None if held else one for one, held in zip(wanted, self.is_held, strict=True))
            if xRange is None and yRange is None:
                return
        super().setRange(rect, xRange, yRange, padding, update, disableAutoRange)

    def release(self) -> None:
        """Show what the program asks for."""
        if any(self.is_held):
            self.is_held = [False, False]
            across, up = self._home
            if across is not None or up is not None:
                self.setRange(xRange=across, yRange=up, padding=0)
            self._tell("note_moved")
        for follower in self._followers:
            follower.release()

    def hold(self, across: tuple[float, float] | None, up: tuple[float, float] | None) -> None:
        """Show these ranges as if a hand had moved there; None leaves an axis to the program."""
        self._is_moving = True
        for axis, wanted in enumerate((across, up)):
            if wanted is not None:
                self.is_held[axis] = True
        if across is not None or up is not None:
            self.setRange(xRange=across, yRange=up, padding=0)
        self._is_moving = False

    def zoom(self, factor: float) -> None:
        """Nearer by ``factor`` above 1, farther below, around the middle."""
        share = 1.0 / factor
        self._move(lambda can_x, can_y: self.scaleBy(x=share if can_x else None, y=share if can_y else None))

    def pan(self, across: float, up: float) -> None:
        """Move what is seen, in shares of it."""

        (left, right), (bottom, top) = self.viewRange()
        x, y = across * (right - left), up * (top - bottom)
        self._move(lambda can_x, can_y: self.translateBy(x=x if can_x else None, y=y if can_y else None))

    def _move(self, move: Callable[[bool, bool], None]) -> None:
        """``move`` is told which axes may be moved; across it is the leader that moves, and takes this one along."""
        can_x, can_y = (bool(one) for one in self.state["mouseEnabled"])
        can_x = can_x and self._leader is None
        if can_x or can_y:
            with self._by_hand():
                move(can_x, can_y)

    @property
    def can_be_moved(self) -> bool:
        return any(self.state["mouseEnabled"])

    @contextmanager
    def _by_hand(self) -> Iterator[None]:
        before = [list(one) for one in self.viewRange()]
        self._is_moving = True
        try:
            yield
            self._keep_in_bounds()
        finally:
            self._is_moving = False
        after = self.viewRange()
        has_moved = [list(one) != other for one, other in zip(after, before, strict=True)]
        if not any(has_moved):
            return
        self.is_held = [held or moved for held, moved in zip(self.is_held, has_moved, strict=True)]
        if self.state["aspectLocked"] is not False:
            # One axis cannot follow the program without the other.
            self.is_held = [True, True]
        if has_moved[0]:
            for follower in self._followers:
                follower._take_across(after[0])
        self._tell("note_moved")

    def _take_across(self, wanted: list[float]) -> None:
        self.is_held[0] = self._is_moving = True
        self.setRange(xRange=tuple(wanted), padding=0)
        self._is_moving = False

    def _keep_in_bounds(self) -> None:
        """No nearer than numbers can tell, and no farther than makes sense."""
        wanted: list[tuple[float, float] | None] = [None, None]
        for axis, (home, (low, high)) in enumerate(zip(self._home, self.viewRange(), strict=True)):
            if home is None:
                continue
            length, own = high - low, abs(home[1] - home[0])
            bounded = min(max(length, NARROWEST * own), WIDEST * own)
            if bounded != length:
                middle = 0.5 * (low + high)
                wanted[axis] = middle - 0.5 * bounded, middle + 0.5 * bounded
        if any(wanted):
            self.setRange(xRange=wanted[0], yRange=wanted[1], padding=0)

    def wheelEvent(self, ev: Any, axis: int | None = None) -> None:
        if not self.can_be_moved:
            ev.ignore()
            return
        self._share(ev, axis, "wheelEvent")

    def mouseDragEvent(self, ev: Any, axis: int | None = None) -> None:
        if not self.can_be_moved or ev.button() == Qt.MouseButton.RightButton:
            # The right button opens the panel's menu.
            ev.ignore()
            return
        self._share(ev, axis, "mouseDragEvent")

    def _share(self, event: Any, axis: int | None, name: str) -> None:
        """What is across goes to the leader; pyqtgraph does the rest by itself."""
        own = axis
        if self._leader is not None and axis != 1:
            getattr(self._leader, name)(event, 0)
            own = 1
            if axis == 0 or not self.state["mouseEnabled"][1]:
                return
        with self._by_hand():
            getattr(pg.ViewBox, name)(self, event, own)

    def mouseClickEvent(self, ev: Any) -> None:
        if ev.double() and ev.button() == Qt.MouseButton.LeftButton:
            self._tell("note_double_click", ev.scenePos())
        else:
            super().mouseClickEvent(ev)

    def _tell(self, what: str, *values: Any) -> None:
        zoom = getattr(self.getViewWidget(), "plot_zoom", None)
        if zoom is not None:
            getattr(zoom, what)(*values)
