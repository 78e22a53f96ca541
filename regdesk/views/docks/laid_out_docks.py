"""Docks where a layout by name has them, as many beside each other as have room, and as it was after a lecture."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStyle

from regdesk.views.docks.arrangement import arrange, fitting_arrangement
from regdesk.views.docks.plans import ARRANGEMENTS, Arrangement, lecture_plan, plan_of
from regdesk.views.docks.remembered_layout import RememberedLayout
from regdesk.views.docks.tabbed_area import TabbedArea

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regdesk.core.settings.configuration import LayoutName, ViewSettings
    from regdesk.views.docks.panel_dock import PanelDock

TAB_MARGIN_PX = 14
"""Of a tab, above and below its name."""
LAYOUT_VERSION = 6
"""Of a saved layout; one of another version is not restored."""


class LaidOutDocks(TabbedArea):
    """Signals: ``settings_chosen(object)`` with the values of settings by path: the layout, and which panels are closed
    or, in a lecture, seen; ``room_needed()`` when the least room for a panel may be another; ``leaving_places(str)``
    before a person's choice puts all panels elsewhere, in a few words, and ``took_places()`` when they are there.
    """

    settings_chosen, room_needed = Signal(object), Signal()
    leaving_places, took_places = Signal(str), Signal()

    def __init__(self, docks: Iterable[PanelDock]) -> None:
        super().__init__()
        self.docks = tuple(docks)
        for dock in self.docks:
            self.addDockWidget(Qt.DockWidgetArea.TopDockWidgetArea, dock)
        # How much room there is is known when it is shown.
        self._is_laid_out = False
        self._room = QSize()
        # Nothing has been moved by hand: where panels are follows the room that there is.
        self._is_own = True
        self._has_company: Callable[[], bool] = lambda: False
        # The panel of which something was asked last: it is not to go out of sight for the answer.
        self._asked = ""
        self._is_laying_out = False
        self._layout: LayoutName = "explore"
        # Of a lecture: how everything stood before it, and which panels it shows.
        self._before: RememberedLayout | None = None
        self._chosen: tuple[str, ...] | None = None
        # It is over, and how all of it is looked at since; what was is about to be brought back.
        self._ending: ViewSettings | None = None
        # It has been brought back, but the room that it was of is not there yet.
        self._returning: RememberedLayout | None = None
        for dock in self.docks:
            dock.dockLocationChanged.connect(self._on_arranged)
            dock.topLevelChanged.connect(self._on_arranged)
            # What is closed stays so in any room, and what is not follows the room as before.
            dock.toggleViewAction().triggered.connect(self._say_closed)
            dock.was_closed.connect(self._say_closed)
            dock.panel.help_requested.connect(partial(self._on_help_requested, dock.panel.objectName()))
        self._lay_out("four")

    @property
    def names(self) -> tuple[str, ...]:
        """Object names of all panels."""
        return tuple(dock.panel.objectName() for dock in self.docks)

    def stay_beside(self, has_company: Callable[[], bool]) -> None:
        """``has_company`` says whether something that a person opened takes room beside the panels: for its sake none
        of them moves as long as each can be read.
        """
        self._has_company = has_company

    def _on_help_requested(self, panel: str) -> None:
        self._asked = panel

    def show_room(self, room: QSize) -> None:
        """How much room there is, which panels that were moved by hand may not be content with."""
        self._room = room
        if self.isVisible():
            self.fit_room()

    def fit_room(self) -> None:
        """Put panels behind tabs or beside others, as room and text have it, but where a lecture begins or ends."""
        is_turning = self._ending is not None or (self._before is not None and self._chosen is None)
        if self._is_own and not is_turning and self._fitting != self._arrangement:
            front, closed = self._in_front, self.closed
            front += [dock for dock in self.docks if dock.panel.objectName() == self._asked and dock.is_in_front]
            self._lay_out(self._fitting)
            self.show_closed(closed)
            for dock in front:
                if not dock.isHidden():
                    dock.raise_()
        self.room_needed.emit()

    def reset_layout(self) -> None:
        """Every panel where it was at first, and the control column as the window has room."""
        self._take_layout("explore", self.tr("reset layout"))
        self.settings_chosen.emit({"view.has_column": True, "view.is_column_chosen": False})
        self.took_places.emit()

    def choose_layout(self, layout: LayoutName) -> None:
        """Every panel where ``layout`` has it, whether or not panels have been moved since it was chosen last."""
        self._take_layout(layout, self.tr("layout “{name}”").format(name=layout))
        self.took_places.emit()

    def _take_layout(self, layout: LayoutName, words: str) -> None:
        self.end_lecture()
        self.leaving_places.emit(words)
        self._before = self._ending = self._chosen = self._returning = None
        self._layout = layout
        self._lay_out(self._fitting)
        self.settings_chosen.emit(
            {"view.layout": layout, "view.closed_panels": self.closed, "view.lecture.is_on": False}
        )

    def show_view_settings(self, view: ViewSettings) -> None:
        """Stand where the layout in force has them, with the panels that are closed, or those of a lecture.

        What stood before a lecture is brought back by ``end_lecture``, when text and column are as they were.
        """
        self.note_view(view)
        if view.lecture.is_on:
            chosen = tuple(name for name in self.names if name in view.lecture.panels)
            if chosen != self._chosen:
                self._chosen = chosen
                self._lay_out(self._fitting)
            return
        if self._ending is not None:
            return
        if view.layout != self._layout:
            self._layout = view.layout
            self._lay_out(self._fitting)
        self.show_closed(view.closed_panels)

    def note_view(self, view: ViewSettings) -> None:
        """Look at how everything stands if a lecture begins or ends with ``view``, which is not in force yet."""
        if view.lecture.is_on and self._before is None:
            self._before, self._returning = self.remembered(), None
        self._ending = None if self._before is None or view.lecture.is_on else view

    def end_lecture(self) -> None:
        """Everything where it was before the lecture, if there was one and it is over."""
        view, before = self._ending, self._before
        if view is None or before is None:
            return
        self._ending = self._before = self._chosen = None
        if view.layout == self._layout:
            self._return_to(before)
            # Panels that need more than the room scroll, and the bar by which they do takes some of it: Qt divides
            # what is left in another way than it had been.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            self._return_to(before)
            if self.size() != before.size:
                # A window system gives a window another size when it likes to.
                self._returning = before
            # What was closed meanwhile says how much room it needs when it has been shown.
            QTimer.singleShot(0, self, self.fit_room)
        else:
            self._layout = view.layout
            self._lay_out(self._fitting)
        self.show_closed(view.closed_panels)

    def _return_to(self, layout: RememberedLayout) -> None:
        self._is_laying_out = True
        self.restoreState(layout.state, LAYOUT_VERSION)
        self._is_laying_out = False
        self._is_own, self._arrangement = layout.is_own, layout.arrangement

    @property
    def closed(self) -> tuple[str, ...]:
        """Object names of the panels that are closed; one behind a tab is not."""
        return tuple(dock.panel.objectName() for dock in self.docks if dock.isHidden())

    def show_closed(self, names: tuple[str, ...]) -> None:
        """Close the panels of these names, and no other."""
        for dock in self.docks:
            is_closed = dock.panel.objectName() in names
            if is_closed != dock.isHidden():
                dock.setVisible(not is_closed)

    def _say_closed(self) -> None:
        if self._before is None:
            self.settings_chosen.emit({"view.closed_panels": self.closed})
        else:
            seen = tuple(dock.panel.objectName() for dock in self.docks if not dock.isHidden())
            self.settings_chosen.emit({"view.lecture.panels": seen})

    def remembered(self) -> RememberedLayout:
        """How the panels stand, to be brought back in this window."""
        state = self.saveState(LAYOUT_VERSION)
        front = tuple(self._in_front)
        return RememberedLayout(self._is_own, self._arrangement, self.closed, front, state, self.size())

    def bring_back(self, layout: RememberedLayout) -> None:
        """The panels as they stood; where nobody had moved any, as the room has it now."""
        if layout.is_own:
            self._lay_out(self._fitting)
            self.show_closed(layout.closed)
        else:
            self.restore_layout(layout.state)
        for dock in layout.in_front:
            dock.raise_()
        self._say_closed()

    def least_size(self) -> QSize:
        """Of the room in which one panel, with tabs above it, has its own."""
        sizes = [dock.minimumSizeHint() for dock in self.docks]
        tabs_px = self.fontMetrics().height() + TAB_MARGIN_PX
        return QSize(max(size.width() for size in sizes), max(size.height() for size in sizes) + tabs_px)

    @property
    def _in_front(self) -> list[PanelDock]:
        """The tabs that can be seen and that no plan of the layout puts in front by itself."""
        usual = {place[0] for place in self._plan.places} | {one.panel.objectName() for one in self.docks[:4]}
        return [
            dock
            for dock in self.docks
            if dock.panel.objectName() not in usual and not dock.panel.visibleRegion().isEmpty()
        ]

    @property
    def _fitting(self) -> Arrangement:
        between_px = self.style().pixelMetric(QStyle.PixelMetric.PM_DockWidgetSeparatorExtent)
        is_kept = self._is_laid_out and self._arrangement == "four" and self._has_company()
        return fitting_arrangement(self._room, self.least_size(), between_px, is_kept)

    def _lay_out(self, arrangement: Arrangement) -> None:
        self._arrangement, self._is_laying_out = arrangement, True
        chosen = self._chosen
        of_layout = plan_of(self._layout, arrangement, self.names)
        self._plan = of_layout if chosen is None else lecture_plan(arrangement, chosen, self.names)
        arrange(self, self.docks, self._plan)
        if chosen is not None:
            self.show_closed(tuple(name for name in self.names if name not in chosen))
        self._is_own, self._is_laying_out = True, False

    @property
    def in_front(self) -> tuple[str, ...]:
        """Object names of the panels that can be seen."""
        return tuple(dock.panel.objectName() for dock in self.docks if not dock.panel.visibleRegion().isEmpty())

    def layout_state(self) -> QByteArray:
        """The layout, to be restored at another start; of a lecture the one before it."""
        return self.saveState(LAYOUT_VERSION) if self._before is None else self._before.state

    @property
    def own_arrangement(self) -> str:
        """The arrangement in which nobody has moved a panel; empty where somebody has."""
        if self._before is not None:
            return self._before.arrangement if self._before.is_own else ""
        return self._arrangement if self._is_own else ""

    def restore_layout(self, state: QByteArray, own_arrangement: str = "") -> bool:
        """Whether ``state``, which had that ``own_arrangement``, could be restored; in a lecture it is for its end."""
        self._is_laying_out = True
        self._is_laid_out = self.restoreState(state, LAYOUT_VERSION)
        self._is_laying_out = False
        if self._is_laid_out:
            found = next((one for one in ARRANGEMENTS if one == own_arrangement), None)
            self._is_own, self._arrangement = bool(found), found or self._arrangement
        if self._before is None:
            self._say_closed()
        elif self._is_laid_out:
            self._before = RememberedLayout(self._is_own, self._arrangement, self.closed, (), state, self._before.size)
            self._lay_out(self._fitting)
        return self._is_laid_out

    def showEvent(self, event: QShowEvent) -> None:
        if not self._is_laid_out:
            # Also where the arrangement is the one that was made: without a size its shares came to nothing.
            closed, fitting = self.closed, self._fitting
            self._is_laid_out = True
            self._lay_out(fitting)
            self.show_closed(closed)
            self.room_needed.emit()
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            # An edge between panels may be moved now: where they stand is a person's choice again.
            self._returning = None
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        returning = self._returning
        if returning is not None and event.size() == returning.size:
            self._returning = None
            self._return_to(returning)

    def _on_arranged(self) -> None:
        if not self._is_laying_out:
            self._is_own = False
