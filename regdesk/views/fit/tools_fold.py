"""The lines above the data fit: in a low panel a button holds them, so that the picture keeps its room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from regdesk.views.kit import spacing
from regdesk.views.kit.toggle_button import ToggleButton

if TYPE_CHECKING:
    from regdesk.views.fit.tools_row import FitToolsRow

MOST_SHARE = 0.3
"""Of the panel's height that the lines may take."""
CHANGES = (QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.LayoutRequest)


class ToolsFold(QWidget):
    """``picture`` and ``tools`` beneath each other, or a button that opens them."""

    def __init__(self, picture: QWidget, tools: FitToolsRow) -> None:
        super().__init__()
        self._rows, self._tools = (picture, tools), tools
        self._panel_px = 0
        self.opener = ToggleButton(
            "fitToolsButton", self.tr("Tools"), self.tr("Which picture is drawn, and what can be done to its points")
        )
        self._room = QWidget()
        inner = QVBoxLayout(self._room)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(spacing.TIGHT_PX)
        for row in self._rows:
            inner.addWidget(row)
            row.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.opener)
        layout.addWidget(self._room)
        self.opener.toggled.connect(self._on_toggled)
        self._choose()

    def fit_height(self, panel_px: int) -> None:
        """The panel is ``panel_px`` high."""
        self._panel_px = panel_px
        self._choose()

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        self.opener.apply_theme()
        self._tools.apply_theme()

    def eventFilter(self, _row: QObject, event: QEvent) -> bool:
        # A row has come or gone, or has other widgets than before: of what is hidden no layout hears that.
        if event.type() in CHANGES:
            self._choose()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose()
        if event.oldSize().height() != self.height():
            # The layout around it, at work just now, may have placed what is below by the height before.
            QTimer.singleShot(0, self, self.updateGeometry)

    def _choose(self) -> None:
        wanted, line_px = self._wanted_px(), self.opener.sizeHint().height()
        # One line would only change places with that of the button.
        is_folding = wanted > 1.5 * line_px and wanted > MOST_SHARE * self._panel_px > 0
        # What goes goes first: both at once would make a low panel higher for a moment, and then there is room.
        parts = ((self._room, not is_folding or self.opener.isChecked()), (self.opener, is_folding))
        for part, is_shown in sorted(parts, key=lambda one: one[1]):
            part.setVisible(is_shown)

    def _wanted_px(self) -> int:
        heights = []
        for row in self._rows:
            layout = row.layout()
            if not row.isHidden() and layout is not None:
                has_lines = layout.hasHeightForWidth()
                heights.append(layout.heightForWidth(self.width()) if has_lines else row.sizeHint().height())
        return sum(heights) + spacing.TIGHT_PX * max(len(heights) - 1, 0)

    def _on_toggled(self, _is_open: bool) -> None:
        self._choose()
