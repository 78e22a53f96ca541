"""The thread that makes pictures of the constraint geometry: the newest request first."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from regdesk.core.geometry.unavailable import Unavailable
from regdesk.core.stopping import Stop, Stopped
from regdesk.workers.niceness import SWEEP, step_back

if TYPE_CHECKING:
    from regdesk.core.geometry.maker import GeometryMaker
    from regdesk.core.geometry.view import GeometryRequest

_log = logging.getLogger("regdesk.geometry")
LONG_S = 1.0
"""A picture that took longer is noted: of a model that moves some 20 a second are made."""
LEAST_MS = 25
"""Between two pictures: Python's part of making one would else keep the window from drawing."""
MOVING_MS = 45
"""After a picture of a model that moves, which makes some 20 a second: to draw one takes the window as long as all else
that moves with the model.
"""
MOST_MS = 150
REST_SHARE = 3.0
"""Times as long as a picture took nothing is made afterwards: on busy cores, where one takes long, the window needs the
interpreter more than the next one. ``MOST_MS`` at most.
"""


def rest_ms(taken_s: float, is_moving: bool) -> int:
    """How long nothing is made after a picture that took ``taken_s`` seconds, in milliseconds."""
    return max(MOVING_MS, min(MOST_MS, round(1000 * REST_SHARE * taken_s))) if is_moving else LEAST_MS


@dataclass(frozen=True, eq=False)
class _Wish:
    """A budget, and the request that says of what."""

    budget: float
    request: GeometryRequest


class GeometryThread(QThread):
    """Signals: ``made(GeometryView or Unavailable)``, ``lambda_found(run, λ)``, ``failed(run, Exception)``."""

    made = Signal(int, object)
    lambda_found = Signal(int, float)
    failed = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("geometry")
        self._newest: GeometryRequest | None = None
        self._at_work: GeometryRequest | None = None
        self._wish: _Wish | None = None
        self._is_stopping = False
        self._wake = threading.Event()
        self._maker: GeometryMaker | None = None
        self._stop: Stop | None = None

    def submit(self, request: GeometryRequest) -> None:
        """Draw this next. One that is half-made is finished if it is the same look at the same run."""
        self._newest = request
        if self._stop is not None and self._is_unwanted():
            self._stop.request()
        self._wake_up()

    def find_lambda(self, budget: float, request: GeometryRequest) -> None:
        """Answer with the λ that spends ``budget``."""
        self._wish = _Wish(budget, request)
        self._wake_up()

    def forget(self) -> None:
        """Give up what is being made, and the rows of it."""
        self._newest = None
        self._interrupt()
        self._wake.set()

    def stop(self) -> None:
        """End the thread soon; the caller waits for it."""
        self._is_stopping = True
        self._interrupt()
        self._wake.set()

    def run(self) -> None:
        step_back(SWEEP)
        answered: GeometryRequest | None = None
        while not self._is_stopping:
            self._wake.clear()
            wish, self._wish = self._wish, None
            if wish is not None:
                self._find(wish)
            request = self._newest
            if request is None:
                self._maker = answered = None
            if request is None or request is answered:
                if self._wish is None:
                    self._wake.wait()
                continue
            began_s = time.monotonic()
            if self._answer(request):
                answered = request
            self.msleep(rest_ms(time.monotonic() - began_s, request.is_moving))

    def _wake_up(self) -> None:
        self._wake.set()
        if not self.isRunning() and not self._is_stopping:
            self.start()

    def _interrupt(self) -> None:
        if self._stop is not None:
            self._stop.request()

    def _answer(self, request: GeometryRequest) -> bool:
        """Whether there is nothing left to do for ``request``."""
        try:
            self._at_work, self._stop = request, Stop()
            began_s = time.monotonic()
            view = self._maker_for(request).make(request, self._is_unwanted, self._stop)
            if time.monotonic() - began_s > LONG_S:
                _log.info("A picture of run %d took %.1f s.", request.run, time.monotonic() - began_s)
            if view is None:
                return self._newest is not request
            self.made.emit(request.run, view)
            return isinstance(view, Unavailable) or not (view.is_behind or view.is_first)
        except Stopped:
            return False
        except Exception as error:
            # Reported, not handled: the controller raises it in the GUI thread.
            _log.info("A picture of run %d failed: %s: %s", request.run, type(error).__name__, error)
            self.failed.emit(request.run, error)
            return True

    def _find(self, wish: _Wish) -> None:
        try:
            lam = self._maker_for(wish.request).lambda_for(wish.budget, wish.request.settings)
            self.lambda_found.emit(wish.request.run, lam)
        except Exception as error:
            self.failed.emit(wish.request.run, error)

    def _maker_for(self, request: GeometryRequest) -> GeometryMaker:
        # Here and not above: this takes longer to import than the first paint need wait for.
        from regdesk.core.geometry.maker import GeometryMaker

        if self._maker is None or not self._maker.serves(request):
            self._maker = GeometryMaker(request)
        return self._maker

    def _is_unwanted(self) -> bool:
        newest, own = self._newest, self._at_work
        if self._is_stopping or newest is None or own is None:
            return True
        if newest is own:
            return False
        # What moves is drawn as fast as it can be; what is at rest gives way to what moves.
        is_other = newest.run != own.run or newest.choice != own.choice
        return is_other or (newest.is_moving and not own.is_moving)
