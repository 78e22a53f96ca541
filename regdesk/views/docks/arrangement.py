"""Where docks stand: as many panels at once as the room has space for, the others behind tabs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMainWindow

from regdesk.views.docks.plans import Arrangement, Place, Plan
from regdesk.views.kit.text_size import text_scale

if TYPE_CHECKING:
    from regdesk.views.docks.panel_dock import PanelDock

AMPLE_PX, AMPLE_TEXT_PX = (410, 230), (75, 75)
"""Width and height of one of four panels: so much, and so much more for the text at its usual size."""
SHARED_PX = 1000
"""Divided among places by their shares; Qt takes the proportions."""


def fitting_arrangement(room: QSize, least: QSize, between_px: int, keeps_four: bool = False) -> Arrangement:
    """The arrangement with the most panels for which there is ``room``.

    ``least`` is the size in which one panel, with tabs above it, can be read, ``between_px`` what is between two. Four
    panels have ample room, or they are there already and are kept as long as each can be read.
    """
    ample = [fixed + text_scale() * text for fixed, text in zip(AMPLE_PX, AMPLE_TEXT_PX, strict=True)]
    if room.width() >= 2.0 * ample[0] + between_px and room.height() >= 2.0 * ample[1] + between_px:
        return "four"
    is_wide = room.width() >= 2 * least.width() + between_px
    is_high = room.height() >= 2 * least.height() + between_px
    if keeps_four and is_wide and is_high:
        return "four"
    if is_wide:
        return "three" if is_high else "beside"
    return "above" if is_high else "one"


def arrange(window: QMainWindow, docks: Sequence[PanelDock], plan: Plan) -> None:
    """Put all ``docks`` of ``window`` where ``plan`` has them, none of them closed or floating."""
    by_name = {dock.panel.objectName(): dock for dock in docks}

    def first_of(place: Place) -> PanelDock:
        return by_name[place[0]]

    for dock in docks:
        # Of one that does not float, too: Qt hides and shows it, by which its sentence gets the height of its text.
        dock.setFloating(False)
        dock.show()
        window.removeDockWidget(dock)
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    outer, inner = (across, down) if plan.across else (down, across)
    window.addDockWidget(Qt.DockWidgetArea.TopDockWidgetArea, first_of(plan.places[0]))
    for before, after in pairwise(plan.groups):
        window.splitDockWidget(first_of(before[0]), first_of(after[0]), outer)
    for group in plan.groups:
        for one, other in pairwise(group):
            window.splitDockWidget(first_of(one), first_of(other), inner)
    for place in plan.places:
        for name, behind in pairwise(place):
            window.tabifyDockWidget(by_name[name], by_name[behind])
    for dock in docks:
        dock.show()
    for place in plan.places:
        first_of(place).raise_()
    if len(plan.groups) > 1:
        window.resizeDocks([first_of(group[0]) for group in plan.groups], _sizes(plan.outer), outer)
    for group in plan.groups:
        if len(group) > 1:
            window.resizeDocks([first_of(place) for place in group], _sizes(plan.inner), inner)


def _sizes(shares: tuple[int, int]) -> list[int]:
    return [SHARED_PX * share // sum(shares) for share in shares]
