"""Who gets a key: the space bar presses what has the keyboard, and runs or pauses where nothing does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QWidget

SLIDER_KEYS = (
    ("←  ↓", "Slider: one step down"),
    ("→  ↑", "Slider: one step up"),
    ("PgDown", "Slider: a large step down"),
    ("PgUp", "Slider: a large step up"),
    ("Home", "Slider: to its lower end; λ is exactly 0 there"),
    ("End", "Slider: to its upper end"),
)
WINDOW_KEYS = (
    ("Tab", "To the next control; λ comes first"),
    ("Shift+Tab", "To the control before"),
    ("Space", "Press the button that has the keyboard; elsewhere run or pause"),
    ("Alt", "To the menus"),
    ("Enter", "Take what was typed"),
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
