"""Takes pictures of panels of a window in use: of one moment, in any colours, and nobody sees it done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from regdesk.session.geometry_service import NOT_READY
from regdesk.views.calculator.panel import CalculatorPanel
from regdesk.views.export.picture_copy import panel_picture
from regdesk.views.geometry.panel import GeometryPanel
from regdesk.views.geometry.words import INVITATION
from regdesk.views.kit.theme import Colours, apply_theme, colours, colours_for
from regdesk.views.plots.lazy_panel import LazyPanel

if TYPE_CHECKING:
    from regdesk.core.fitted.calculation import Calculation
    from regdesk.session.controller import Controller
    from regdesk.tasks.live_moment import LiveMoment
    from regdesk.views.export.picture_request import PictureRequest
    from regdesk.views.plots.panel import Panel
    from regdesk.views.window.main_window import MainWindow

PATIENCE_S = 10.0
"""For the picture of a panel that nobody has looked at yet, such as a geometry, which is calculated when it is seen."""


class Origin(NamedTuple):
    """Where pictures come from: ``settings`` as a line beneath each, ``notes`` in each file."""

    settings: str
    notes: str


class Taken(NamedTuple):
    """The files that were made, by name, and the titles of panels that have no picture yet."""

    files: dict[str, bytes]
    left_out: list[str]


def take_pictures(
    window: MainWindow, controller: Controller, request: PictureRequest, describe: Callable[[LiveMoment], Origin]
) -> Taken:
    """The files that are wanted, with what ``describe`` says of the moment that they show; none without a model, and
    none or a part of them where the window is closed meanwhile.

    Raises TooManyPixels.
    """
    panels = [panel for panel in window.panels if panel.objectName() in request.panels]
    files: dict[str, bytes] = {}
    with _still(window):
        _settle(window, controller, [panel for panel in panels if not _is_ready(panel) or _is_old(panel, controller)])
        shown = [panel for panel in panels if not isinstance(panel, LazyPanel) or panel.has_picture]
        with controller.held(), _in_colours(window, colours_for(request.colours)):
            # What was due later, such as words ten times a second, is of the same moment.
            window.draw_all()
            window.catch_up()
            moment = controller.moment()
            if moment is not None:
                origin = describe(moment)
                for panel in shown:
                    if not window.isVisible():
                        break
                    look = request.look(_caption(panel, origin.settings))
                    files |= request.files_of(panel_picture(panel, look), origin.notes)
    return Taken(files, [panel.windowTitle() for panel in panels if panel not in shown])


def _caption(panel: Panel, settings: str) -> tuple[str, ...]:
    return tuple(line for line in (panel.readout, settings) if line)


@contextmanager
def _still(window: MainWindow) -> Iterator[None]:
    """While nothing of the window, of its dialogs and of panels that float is painted."""
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.updatesEnabled()]
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
def _in_colours(window: MainWindow, wanted: Colours) -> Iterator[None]:
    before, application = colours(), QApplication.instance()
    if wanted is before or not isinstance(application, QApplication):
        yield
        return
    try:
        apply_theme(application, wanted)
        window.apply_theme()
        yield
    finally:
        apply_theme(application, before)
        window.apply_theme()


def _settle(window: MainWindow, controller: Controller, panels: list[Panel]) -> None:
    """Let ``panels`` be seen until their pictures are there, and put every panel back where it was."""
    wanted = [dock for dock in window.docks.docks if dock.panel in panels]
    if not wanted:
        return
    in_front = [dock for dock in window.docks.docks if dock.is_in_front and not dock.isHidden()]
    closed = window.docks.closed
    for dock in wanted:
        panel, until_s = dock.panel, time.monotonic() + PATIENCE_S
        before = _calculation_of(panel)
        dock.show()
        dock.raise_()
        # Of a model that trains an answer is as new as it gets when it is another than before.
        while (
            panel.is_seen
            and (not _is_ready(panel) or (_calculation_of(panel) is before and _is_old(panel, controller)))
            and time.monotonic() < until_s
        ):
            _process_events()
    window.docks.show_closed(closed)
    for dock in in_front:
        dock.raise_()
    _process_events()


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


def _process_events() -> None:
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
