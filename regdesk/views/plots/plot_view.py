"""What a pyqtgraph view in a panel is to Qt."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGraphicsScene


def prepare_view(view: Any, object_name: str, accessible_name: str) -> None:
    """Make ``view`` one that is looked at: it takes no files, and is painted as seldom as can be."""
    view.setObjectName(object_name)
    view.setAccessibleName(accessible_name)
    # Its keys zoom; a click in it leaves the keyboard where it is.
    view.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    # A file that is dropped on it is the window's business.
    view.setAcceptDrops(False)
    # Its ground covers it: what is behind need not be painted first, panel, pages and window, at every frame.
    view.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    # No index: it is brought up to date at each change, and there are too few items to search for.
    view.scene().setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
