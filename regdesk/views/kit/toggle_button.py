"""Tool buttons: one that stays down, which can be seen in both themes, and those of an action."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMetaMethod, QObject
from PySide6.QtGui import QAction, QActionEvent
from PySide6.QtWidgets import QToolButton, QWidget

from regdesk.views.kit import theme


def end_listening(action: QAction, button: QWidget) -> None:
    """``button`` hears no ``changed`` of ``action`` any more; to be called after each change.

    ``QToolButton::setDefaultAction``, which Qt 6.10 calls with each change of the action, connects the button once
    more each time, to see whether the action has been given a menu: 144 bytes until one of the two goes, and a call
    more with each later change. What a button shows comes by events, and no action of ours is given a menu later.
    """
    kind = action.metaObject()
    # No method stands for every one of the button's.
    QObject.disconnect(action, kind.method(kind.indexOfSignal("changed()")), button, QMetaMethod())


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


class ActionButton(QToolButton):
    """The button of ``action``, which shows what that says of itself and does it."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self.setDefaultAction(action)

    def actionEvent(self, event: QActionEvent) -> None:
        super().actionEvent(event)
        if event.type() == QEvent.Type.ActionChanged:
            # Not ``defaultAction``: PySide would have the button's Python half hold the action's.
            end_listening(event.action(), self)
