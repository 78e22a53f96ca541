"""Tool buttons: one that stays down, which can be seen in both themes, and those of an action."""

from __future__ import annotations

from PySide6.QtCore import SIGNAL, QObject
from PySide6.QtWidgets import QToolButton

from regdesk.views.kit import theme


class ToggleButton(QToolButton):
    """Checkable; Fusion's own pressed look can hardly be told from the other on a dark ground."""

    def __init__(self, name: str, text: str, tip: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(tip)
        self.setToolTip(tip)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        colours = theme.colours()
        self.setStyleSheet(
            f"QToolButton {{ padding: 2px 8px; border: 1px solid {colours.disabled_text}; border-radius: 3px; "
            f"background: {colours.button}; color: {colours.text} }}"
            f"QToolButton:disabled {{ color: {colours.disabled_text}; border-color: {colours.grid} }}"
            f"QToolButton:checked {{ background: {colours.highlight}; color: {colours.highlighted_text} }}"
            f"QToolButton:focus {{ border-color: {colours.text} }}"
        )


class ListensOnce(QObject):
    """Belongs to a tool button with a default action, and ends what Qt adds to ``changed`` of the action.

    ``QToolButton::setDefaultAction``, which Qt 6.10 calls with each change of the action, connects the button once more
    each time, to see whether the action has been given a menu: 144 bytes until one of the two goes, and a call more with
    each later change. What a button shows comes by events, and no action of ours is given a menu later.
    """

    def __init__(self, button: QToolButton) -> None:
        super().__init__(button)
        button.defaultAction().changed.connect(self._on_action_changed)

    def _on_action_changed(self) -> None:
        button = self.parent()
        if isinstance(button, QToolButton):
            QObject.disconnect(button.defaultAction(), SIGNAL("changed()"), button, None)
