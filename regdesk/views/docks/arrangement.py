"""Where docks stand: as many panels at once as the room has space for, the others behind tabs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from regdesk.views.kit.text_size import text_scale

AMPLE_PX, AMPLE_TEXT_PX = (410, 230), (75, 75)
"""Width and height of one of four panels: so much, and so much more for the text at its usual size."""
Arrangement = Literal["four", "three", "beside", "above", "one"]
"""How many panels are seen at once: two and two, two above one, two side by side or above each other, or one; others
are behind tabs."""


def fitting_arrangement(room: QSize, least: QSize, between_px: int) -> Arrangement:
    """The arrangement with the most panels for which there is ``room``.

    ``least`` is the size in which one panel, with tabs above it, can be read, ``between_px`` what is between two.
    """
    ample = [fixed + text_scale() * text for fixed, text in zip(AMPLE_PX, AMPLE_TEXT_PX, strict=True)]
    if room.width() >= 2.0 * ample[0] + between_px and room.height() >= 2.0 * ample[1] + between_px:
        return "four"
    is_wide = room.width() >= 2 * least.width() + between_px
    is_high = room.height() >= 2 * least.height() + between_px
    if is_wide:
        return "three" if is_high else "beside"
    return "above" if is_high else "one"


def arrange(window: QMainWindow, docks: Sequence[QDockWidget], arrangement: Arrangement) -> None:
    """Put all nine ``docks`` of ``window`` there, none of them closed or floating."""
    data_fit, histogram, history, loss_curve, weight_path, geometry, calculator, network, variables = docks
    for dock in docks:
        dock.setFloating(False)
        dock.show()
        window.removeDockWidget(dock)
    area = Qt.DockWidgetArea.TopDockWidgetArea
    window.addDockWidget(area, data_fit)
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    if arrangement == "four":
        window.splitDockWidget(data_fit, loss_curve, across)
        window.splitDockWidget(data_fit, histogram, down)
        window.splitDockWidget(loss_curve, history, down)
        in_tabs = [[loss_curve, weight_path, geometry, calculator], [histogram, network, variables]]
    elif arrangement == "three":
        window.splitDockWidget(data_fit, history, down)
        window.splitDockWidget(data_fit, histogram, across)
        in_tabs = [
            [data_fit, network],
            [history, variables],
            [histogram, loss_curve, weight_path, geometry, calculator],
        ]
    elif arrangement == "beside":
        window.splitDockWidget(data_fit, histogram, across)
        in_tabs = [[data_fit, network, history, variables], [histogram, loss_curve, weight_path, geometry, calculator]]
    elif arrangement == "above":
        window.splitDockWidget(data_fit, history, down)
        in_tabs = [[data_fit, histogram, network, variables, loss_curve, weight_path, geometry, calculator]]
    else:
        in_tabs = [[data_fit, histogram, network, variables, history, loss_curve, weight_path, geometry, calculator]]
    for group in in_tabs:
        for before, after in pairwise(group):
            window.tabifyDockWidget(before, after)
    for dock in docks:
        dock.show()
    for group in in_tabs:
        group[0].raise_()
    if arrangement == "four":
        window.resizeDocks([data_fit, loss_curve], [600, 480], across)
        window.resizeDocks([data_fit, histogram], [460, 330], down)
        window.resizeDocks([loss_curve, history], [440, 350], down)
    else:
        window.resizeDocks([data_fit, histogram], [500, 500], across)
        window.resizeDocks([data_fit, history], [460, 330], down)
