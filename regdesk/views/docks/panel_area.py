"""The space for the panels: they take what there is, and scroll where they were put by hand in too little of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea

from regdesk.views.docks.panel_docks import PanelDocks


class PanelArea(QScrollArea):
    """Tells the docks how much room there is. Where it is less than panels can be read in, nothing is cut off."""

    def __init__(self, docks: PanelDocks) -> None:
        super().__init__()
        self.setObjectName("panelArea")
        self.setAccessibleName(self.tr("Panels"))
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        # What is in it has the keyboard; it is scrolled there when Tab gets there.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._docks = docks
        self.setWidget(docks)
        docks.room_needed.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        return self._docks.least_size()

    def sizeHint(self) -> QSize:
        return self._docks.sizeHint().expandedTo(self.minimumSizeHint())

    def showEvent(self, event: QShowEvent) -> None:
        self._docks.show_room(self.maximumViewportSize())
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._docks.show_room(self.maximumViewportSize())
        super().resizeEvent(event)
