"""Takes pictures of panels of a window in use: of one moment, in any colours, and nobody sees it done."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication

from regdesk.views.export.picture_copy import panel_picture
from regdesk.views.kit.theme import Colours, apply_theme, colours, colours_for

if TYPE_CHECKING:
    from regdesk.session.controller import Controller
    from regdesk.views.export.picture_request import PictureRequest
    from regdesk.views.plots.panel import Panel
    from regdesk.views.window.main_window import MainWindow

PATIENCE_S = 10.0
"""For the geometry of a panel that nobody has looked at yet, which is calculated when it is seen."""


def take_pictures(
    window: MainWindow, controller: Controller, request: PictureRequest, settings: str, notes: str
) -> dict[str, bytes]:
    """The files that are wanted, by name; ``settings`` stand beneath each picture, ``notes`` in each file.

    Raises TooManyPixels.
    """
    panels = [panel for panel in window.panels if panel.objectName() in request.panels]
    files: dict[str, bytes] = {}
    with _still(window):
        if window.plane_geometry in panels:
            _settle_geometry(window)
        with controller.held(), _in_colours(window, colours_for(request.colours)):
            # What was due later, such as words ten times a second, is of the same moment.
            window.draw_all()
            window.catch_up()
            for panel in panels:
                files |= request.files_of(panel_picture(panel, request.look(_caption(panel, settings))), notes)
    return files


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


def _settle_geometry(window: MainWindow) -> None:
    """Let the panel be seen until its picture is there, and put every panel back where it was."""
    panel = window.plane_geometry
    if panel.is_settled:
        return
    docks = window.docks.docks
    in_front = [dock for dock in docks if dock.is_in_front and not dock.isHidden()]
    closed, until_s = window.docks.closed, time.monotonic() + PATIENCE_S
    for dock in docks:
        if dock.panel is panel:
            dock.show()
            dock.raise_()
    while panel.is_seen and not panel.is_settled and not panel.has_refused and time.monotonic() < until_s:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    window.docks.show_closed(closed)
    for dock in in_front:
        dock.raise_()
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
