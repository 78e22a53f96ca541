"""The line under the bar while an earlier moment is shown: which one it is, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from regdesk.core.moments.view import TravelView
from regdesk.views.kit import spacing, theme
from regdesk.views.kit.elided_label import ElidedLabel
from regdesk.views.kit.toggle_button import ActionButton
from regdesk.views.timeline.actions import TravelActions

ICON_PX = 16


class TravelRow(QWidget):
    """Made when it is first needed. Buttons have words where there is room for them."""

    def __init__(self, actions: TravelActions) -> None:
        super().__init__()
        self._actions = actions
        self._text = ElidedLabel()
        self._text.setObjectName("travelLabel")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing.SMALL_PX)
        self._buttons: list[ActionButton] = []
        for action in actions.all:
            button = ActionButton(action)
            button.setObjectName(action.objectName().replace("Action", "Button"))
            button.setIconSize(QSize(ICON_PX, ICON_PX))
            button.setAccessibleName(action.iconText())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._buttons.append(button)
        earlier, later, play = self._buttons[:3]
        for button in (earlier, play, later):
            layout.addWidget(button)
        layout.addWidget(self._text, stretch=1)
        for button in self._buttons[3:]:
            layout.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.apply_theme()

    def show_travel(self, view: TravelView) -> None:
        """Which moment is shown."""
        if view.epoch is not None:
            text = self.tr("Epoch {epoch:,.6g} of {now:,.6g}")
            self._text.setText(text.format(epoch=view.epoch, now=view.now))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        words = [*(button.text() for button in self._buttons[3:]), self._text.text()]
        wanted = sum(self.fontMetrics().horizontalAdvance(f"{word}  ") for word in words)
        has_room = wanted + len(self._buttons) * 2 * ICON_PX < self.width()
        styles = Qt.ToolButtonStyle
        for button in self._buttons[3:]:
            button.setToolButtonStyle(styles.ToolButtonTextBesideIcon if has_room else styles.ToolButtonIconOnly)

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        self._actions.draw_icons()
        colours = theme.colours()
        for button in self._buttons:
            button.setStyleSheet(
                f"QToolButton {{ padding: 1px 5px; border: 1px solid {colours.disabled_text}; border-radius: 3px; "
                f"background: {colours.button}; color: {colours.text} }}"
                f"QToolButton:disabled {{ color: {colours.disabled_text}; border-color: {colours.grid} }}"
                f"QToolButton:checked {{ background: {colours.highlight}; color: {colours.highlighted_text} }}"
                f"QToolButton:focus {{ border-color: {colours.text} }}"
            )
