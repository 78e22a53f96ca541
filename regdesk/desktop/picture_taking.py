"""Takes pictures of panels of a window in use: of one moment, in any colours, and the window shows nothing of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from regdesk.session.geometry_service import NOT_READY
from regdesk.views.calculator.panel import CalculatorPanel
from regdesk.views.export.picture_copy import panel_taking
from regdesk.views.geometry.panel import GeometryPanel
from regdesk.views.geometry.words import INVITATION
from regdesk.views.kit.theme import Colours, apply_theme, colours, colours_for
from regdesk.views.plots.lazy_panel import LazyPanel

if TYPE_CHECKING:
    from regdesk.core.fitted.calculation import Calculation
    from regdesk.session.controller import Controller
    from regdesk.tasks.live_moment import LiveMoment
    from regdesk.views.export.picture import Picture
    from regdesk.views.export.picture_request import PictureRequest
    from regdesk.views.plots.panel import Panel
    from regdesk.views.window.main_window import MainWindow

LOOK_EVERY_MS = 5
PATIENCE_S = 10.0
"""For the picture of a panel that nobody has looked at yet, such as a geometry, which is calculated when it is seen."""


class Origin(NamedTuple):
    """Where pictures come from: ``settings`` as a line beneath each, ``notes`` in each file."""

    settings: str
    notes: str


class Taken(NamedTuple):
    """What was taken, ``notes`` for the files of it, and the titles of panels that have no picture yet."""

    pictures: list[Picture]
    notes: str
    left_out: list[str]


class PictureTaking(QObject):
    """Takes pictures for a dialog, a piece in each turn of the event loop: the longest takes some 50 ms.

    Signals: ``progressed(float)`` with the share that is done, ``taken(Taken)``, ``given_up()`` where that came to an
    end by an error of ours. None comes after ``cancel``. There are no pictures without a model, and none or a part of
    them where the window is closed meanwhile.
    """

    progressed = Signal(float)
    taken = Signal(object)
    given_up = Signal()

    def __init__(self, window: MainWindow, controller: Controller, describe: Callable[[LiveMoment], Origin]) -> None:
        """``describe`` says where pictures of a moment come from."""
        super().__init__(window)
        self._window, self._controller, self._describe = window, controller, describe
        self._pieces: Generator[int | None, None, Taken] | None = None
        self._is_busy = self._is_cancelled = False
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._on_next_due)

    def begin(self, request: PictureRequest, dialog: QWidget) -> None:
        """Take what is wanted; of all windows ``dialog`` alone is painted meanwhile, in the colours that it has."""
        self._is_cancelled = False
        self._pieces = self._taking(request, dialog)
        self._next.start(0)

    def cancel(self) -> None:
        """Put the window back as it was."""
        self._is_cancelled = True
        self._next.stop()
        # Panels are laid out in an event loop, in which this may be called.
        if self._pieces is not None and not self._is_busy:
            self._close()

    def _close(self) -> None:
        pieces, self._pieces = self._pieces, None
        if pieces is not None:
            pieces.close()

    def _on_next_due(self) -> None:
        if self._pieces is None:
            return
        self._is_busy = True
        try:
            delay_ms = next(self._pieces)
        except StopIteration as done:
            self._pieces = None
            if not self._is_cancelled:
                self.taken.emit(done.value)
            return
        except Exception:
            self._pieces = None
            self.given_up.emit()
            raise
        finally:
            self._is_busy = False
        if self._is_cancelled:
            self._close()
        else:
            self._next.start(delay_ms or 0)

    def _taking(self, request: PictureRequest, dialog: QWidget) -> Generator[int | None, None, Taken]:
        """Yields for how many milliseconds there is nothing to do, None for none."""
        window, controller = self._window, self._controller
        panels = [panel for panel in window.panels if panel.objectName() in request.panels]
        pictures: list[Picture] = []
        notes = ""
        with _still(dialog):
            yield from _settle(
                window, controller, [panel for panel in panels if not _is_ready(panel) or _is_old(panel, controller)]
            )
            shown = [panel for panel in panels if not isinstance(panel, LazyPanel) or panel.has_picture]
            with controller.held(), _in_colours(window, dialog, colours_for(request.colours)):
                # What was due later, such as words ten times a second, is of the same moment.
                window.draw_all()
                window.catch_up()
                moment = controller.moment()
                if moment is not None:
                    origin = self._describe(moment)
                    notes = origin.notes
                    for panel in shown:
                        yield None
                        if not window.isVisible():
                            break
                        look = request.look(_caption(panel, origin.settings))
                        pictures.append((yield from panel_taking(panel, look)))
                        self.progressed.emit(len(pictures) / len(shown))
        return Taken(pictures, notes, [panel.windowTitle() for panel in panels if panel not in shown])


def _caption(panel: Panel, settings: str) -> tuple[str, ...]:
    return tuple(line for line in (panel.readout, settings) if line)


@contextmanager
def _still(dialog: QWidget) -> Iterator[None]:
    """While nothing of the window, of its other dialogs and of panels that float is painted."""
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.updatesEnabled()]
    shown = [one for one in shown if one is not dialog]
    for one in shown:
        one.setUpdatesEnabled(False)
    try:
        yield
    finally:
        for one in shown:
            # A signal of the system closes all there is, also while a picture is waited for.
            if isValid(one):
                one.setUpdatesEnabled(True)


@contextmanager
def _in_colours(window: MainWindow, dialog: QWidget, wanted: Colours) -> Iterator[None]:
    before, application = colours(), QApplication.instance()
    if wanted is before or not isinstance(application, QApplication):
        yield
        return
    dialog.setPalette(_own_palette(dialog))
    try:
        apply_theme(application, wanted)
        window.apply_theme()
        yield
    finally:
        apply_theme(application, before)
        window.apply_theme()
        if isValid(dialog):
            dialog.setPalette(QPalette())


def _own_palette(widget: QWidget) -> QPalette:
    """The colours that it has, none of which it takes over from the application."""
    found, own = widget.palette(), QPalette()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        for role in QPalette.ColorRole:
            if role not in (QPalette.ColorRole.NColorRoles, QPalette.ColorRole.NoRole):
                own.setBrush(group, role, found.brush(group, role))
    return own


def _settle(window: MainWindow, controller: Controller, panels: list[Panel]) -> Generator[int | None, None, None]:
    """Let ``panels`` be seen until their pictures are there, and put every panel back where it was."""
    wanted = [dock for dock in window.docks.docks if dock.panel in panels]
    if not wanted:
        return
    in_front = [dock for dock in window.docks.docks if dock.is_in_front and not dock.isHidden()]
    closed = window.docks.closed
    try:
        for dock in wanted:
            panel, until_s = dock.panel, time.monotonic() + PATIENCE_S
            before = _calculation_of(panel)
            dock.show()
            dock.raise_()
            # A dock that is raised is seen after some events.
            yield None
            # Of a model that trains an answer is as new as it gets when it is another than before.
            while (
                panel.is_seen
                and (not _is_ready(panel) or (_calculation_of(panel) is before and _is_old(panel, controller)))
                and time.monotonic() < until_s
            ):
                yield LOOK_EVERY_MS
    finally:
        window.docks.show_closed(closed)
        for dock in in_front:
            dock.raise_()
    yield None


def _is_ready(panel: Panel) -> bool:
    """Whether there is no more to wait for."""
    if isinstance(panel, GeometryPanel):
        return panel.is_settled or (panel.has_refused and panel.readout not in (INVITATION, NOT_READY))
    return not isinstance(panel, LazyPanel) or panel.has_picture or not panel.can_have_picture


def _calculation_of(panel: Panel) -> Calculation | None:
    return panel.calculation if isinstance(panel, CalculatorPanel) else None


def _is_old(panel: Panel, controller: Controller) -> bool:
    """Whether it shows answers of another moment than the window, as a calculator that nobody sees does."""
    found, moment = _calculation_of(panel), controller.moment()
    return found is not None and moment is not None and found.model.parameters is not moment.snapshot.parameters
