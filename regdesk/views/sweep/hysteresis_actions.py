"""The up-and-down demonstration as it is operated: what its two actions say, and their buttons in the λ panel."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from regdesk.views.kit import spacing, theme
from regdesk.views.kit.plain_text import tool_tip
from regdesk.views.kit.toggle_button import ActionButton


class UpDownActions(QObject):
    """``go`` starts and stops, ``turn`` makes λ come down from where it is; both are made by others."""

    def __init__(self, go: QAction, turn: QAction) -> None:
        super().__init__(go.parent())
        self.go, self.turn = go, turn
        self._tip = go.toolTip()
        go.setCheckable(True)
        go.setIconText(self.tr("Up and down"))
        turn.setIconText(self.tr("Turn"))
        turn.setEnabled(False)
        for action in (go, turn):
            action.setAutoRepeat(False)

    def show(self, unavailable_reason: str, is_on: bool, is_going_up: bool) -> None:
        """Whether there can be a tour, and what can be done about the one under way."""
        self.go.setChecked(is_on)
        self.go.setEnabled(is_on or not unavailable_reason)
        self.go.setToolTip(
            tool_tip(self.tr("Stop; λ returns to where it was") if is_on else unavailable_reason or self._tip)
        )
        self.turn.setEnabled(is_going_up)


class UpDownButtons(QWidget):
    """A button for each of the actions, in one row; that which turns is there while it can turn."""

    def __init__(self, actions: UpDownActions) -> None:
        super().__init__()
        self._turn = actions.turn
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing.SMALL_PX)
        self._buttons = []
        for action, name in ((actions.turn, "turnButton"), (actions.go, "upDownButton")):
            button = ActionButton(action)
            button.setObjectName(name)
            button.setAccessibleName(action.toolTip())
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._buttons.append(button)
            layout.addWidget(button)
        self._turn.enabledChanged.connect(self._buttons[0].setVisible)
        self._buttons[0].setVisible(self._turn.isEnabled())
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        colours = theme.colours()
        for button in self._buttons:
            button.setStyleSheet(
                f"QToolButton {{ padding: 1px 6px; border: 1px solid {colours.disabled_text}; border-radius: 3px; "
                f"background: {colours.button}; color: {colours.text} }}"
                f"QToolButton:disabled {{ color: {colours.disabled_text} }}"
                f"QToolButton:checked {{ background: {colours.highlight}; color: {colours.highlighted_text} }}"
                f"QToolButton:focus {{ border-color: {colours.text} }}"
            )
