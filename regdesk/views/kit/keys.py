"""Who gets a key: the space bar presses what has the keyboard, and runs or pauses where nothing does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QWidget

SLIDER_KEYS = (
    ("←  ↓", "Slider: one step down"),
    ("→  ↑", "Slider: one step up"),
    ("PgDown", "Slider: a large step down"),
    ("PgUp", "Slider: a large step up"),
    ("Home", "Slider: to its lower end; λ is exactly 0 there"),
    ("End", "Slider: to its upper end"),
)
PLOT_KEYS = (
    ("+  −", "Nearer, farther; with the mouse the wheel, or Ctrl and the wheel where it scrolls"),
    ("←  →  ↑  ↓", "Move what is seen; with the mouse drag it"),
    ("0  Esc", "Show all again, on axes that fit; with the mouse a double click"),
)
WINDOW_KEYS = (
    ("Tab", "To the next control; λ comes first"),
    ("Shift+Tab", "To the control before"),
    ("Space", "Press the button that has the keyboard; elsewhere run or pause"),
    ("Alt", "To the menus"),
    ("Enter", "Take what was typed"),
    ("Menu  Shift+F10", "The menu of the panel or edit that has the keyboard"),
)
"""Keys that no action knows of, and what they do."""


def takes_space(event: QEvent, focus: QWidget | None) -> bool:
    """Whether ``event`` asks if the space bar is a shortcut while ``focus`` has a use for it of its own."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_Space
        and event.modifiers() == Qt.KeyboardModifier.NoModifier
        and isinstance(focus, QAbstractButton | QComboBox | QAbstractItemView)
    )


def opens_menu(event: QKeyEvent, focus: QWidget | None) -> bool:
    """Whether the menu key or Shift+F10 was pressed, and has opened what a click with the right button on ``focus``,
    or on what it stands in, opens. Qt does so by itself on some platforms only.
    """
    is_menu_key = event.key() == Qt.Key.Key_Menu and event.modifiers() == Qt.KeyboardModifier.NoModifier
    is_shifted = event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    if focus is None or not (is_menu_key or is_shifted) or QApplication.activePopupWidget() is not None:
        return False
    place = focus.rect().center()
    wish = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, focus.mapToGlobal(place))
    wish.ignore()
    QApplication.sendEvent(focus, wish)
    return wish.isAccepted()
