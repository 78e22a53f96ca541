"""A clean picture of a panel of the window that is in use: larger than on the screen, which does not change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QEventLoop, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QDockWidget, QWidget
from shiboken6 import isValid

from regdesk.views.export.picture_sheet import PIXEL_RATIO, PictureLook, PictureSheet, controls_of, drained, lists_of

if TYPE_CHECKING:
    from collections.abc import Generator

    from regdesk.views.export.picture import Picture
    from regdesk.views.plots.panel import Panel


def panel_image(panel: Panel) -> QImage:
    """The panel under its title, without what it is worked with, in the colours in force and twice the pixels.

    The panel is put on a sheet for a moment, while the window is not painted; afterwards all is where it was.
    """
    taken = panel_picture(panel, PictureLook())
    return taken.image(taken.width_px * PIXEL_RATIO, taken.height_px * PIXEL_RATIO)


def panel_picture(panel: Panel, look: PictureLook) -> Picture:
    """The panel of this moment on a sheet of that ``look``; afterwards all is where it was."""
    return drained(panel_taking(panel, look))


def panel_taking(panel: Panel, look: PictureLook) -> Generator[None, None, Picture]:
    """As ``panel_picture``, with a rest after each piece of it; all is where it was also where it is closed early."""
    with _Loan(panel) as loan:
        return (yield from PictureSheet(panel, loan.give_back, takes_input=False, look=look).taking())


class _StandIn(QWidget):
    """Keeps the place of a panel: a layout that finds the same sizes moves nothing."""

    def __init__(self, panel: Panel) -> None:
        super().__init__()
        self._hint, self._least = panel.sizeHint(), panel.minimumSizeHint()
        self.setMinimumSize(panel.minimumSize())
        self.setSizePolicy(panel.sizePolicy())

    def sizeHint(self) -> QSize:
        return self._hint

    def minimumSizeHint(self) -> QSize:
        return self._least


class _Loan:
    """What a sheet changes on a panel, and how that is undone."""

    def __init__(self, panel: Panel) -> None:
        self._panel = panel
        parent = panel.parent()
        self._dock = parent if isinstance(parent, QDockWidget) else None
        self._was_hidden = panel.isHidden()
        self._focus = QApplication.focusWidget()
        hideable = [*controls_of(panel), *lists_of(panel)]
        self._shown = [one for one in hideable if not one.isHidden()]
        self._bars = [
            (area, area.horizontalScrollBarPolicy(), area.verticalScrollBarPolicy())
            for area in panel.findChildren(QAbstractScrollArea)
        ]
        self._caches: list[tuple[Any, Any]] = []
        for view in panel.findChildren(pg.GraphicsView):
            self._caches.append((view, view.cacheMode()))
            self._caches += [(item, item.cacheMode()) for item in view.scene().items()]
        self._stand_in = _StandIn(panel)

    def __enter__(self) -> _Loan:
        self._window = self._panel.window()
        # Whoever takes several pictures keeps the window still between them, too.
        self._was_updated = self._window.updatesEnabled()
        self._window.setUpdatesEnabled(False)
        # Being hidden, shown and of another size means nothing to anybody else this time.
        self._panel.blockSignals(True)
        if self._dock is not None:
            self._dock.setWidget(self._stand_in)
            self._stand_in.show()
        return self

    def give_back(self) -> None:
        """Take the panel from the sheet."""
        panel = self._panel
        panel.show_as_picture(False)
        # Between two pieces other data may come, with which the calculator's rows go.
        for control in filter(isValid, self._shown):
            control.show()
        for area, across, down in self._bars:
            if isValid(area):
                area.setHorizontalScrollBarPolicy(across)
                area.setVerticalScrollBarPolicy(down)
        for item, mode in self._caches:
            if not isValid(item):
                continue
            item.setCacheMode(mode)
            if isinstance(item, pg.ScatterPlotItem):
                item.setExportMode(False)
        if self._dock is not None:
            self._dock.setWidget(panel)
        else:
            panel.setParent(None)
        panel.setHidden(self._was_hidden)

    def __exit__(self, *_error: object) -> None:
        self._stand_in.deleteLater()
        panel, focus = self._panel, self._focus
        # A signal of the system closes all there is, also while a picture is made.
        if focus is not None and isValid(focus) and panel.isAncestorOf(focus):
            focus.setFocus()
        # The layouts are done before anything is painted.
        for _ in range(2):
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        for view in panel.findChildren(pg.GraphicsView):
            for item in view.scene().items():
                if isinstance(item, pg.AxisItem):
                    # Its label keeps the place that it had at another size otherwise.
                    item.resizeEvent(None)
        panel.blockSignals(False)
        self._window.setUpdatesEnabled(self._was_updated)
