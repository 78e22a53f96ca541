"""Random acts of a person on whatever is on the screen: what there is to click is found at run time, by its kind.

A new action, dialog or control is found by itself. The random numbers of an act depend on the seed and on its number
alone, so that an act that went otherwise (the machine was slower) does not change all later ones.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDockWidget,
    QGraphicsView,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE, CONTROL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
TEXTS = (
    "0", "0.01", "1e-5", "3", "1e9", "-1", "nan", "inf", "1e308", "abc", "", " ", "16,16", "3", "8,8,8", "256,256",
    "0,0", "x0", "y", "temperature", "dask:127.0.0.1:1", "💥", "a" * 500, "<b>x</b>", "1,5", "../..", "2020-02-30",
)  # fmt: skip
KEYS = (
    Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space, Qt.Key.Key_Left,
    Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F, Qt.Key.Key_Menu, Qt.Key.Key_F5,
    Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_A, Qt.Key.Key_V,
)  # fmt: skip
KINDS = (
    QAbstractButton, QLineEdit, QComboBox, QAbstractSlider, QAbstractSpinBox, QTabBar, QHeaderView, QAbstractItemView,
    QGraphicsView, QPlainTextEdit, QTextEdit,
)  # fmt: skip
SIZES = ((1024, 600), (1024, 700), (1440, 900), (640, 400), (1920, 1080), (300, 200))
NEVER = {"quitAction"}
"""Closing is the last act; see the script."""


def label_of(thing: Any) -> str:
    text = thing.text() if isinstance(thing, QAction | QAbstractButton) else ""
    return f"{type(thing).__name__} {thing.objectName() or text.replace('&', '') or '?'}"


class RandomHands:
    """Acts on the window; ``doing`` is told what, before it is done."""

    def __init__(self, window: Any, files: list[Path], seed: int, doing: Callable[[str], None]) -> None:
        self._window, self._files, self._seed, self._doing = window, files, seed, doing
        self.generator = random.Random(seed)
        self.acts: dict[str, Callable[[], None]] = {
            "action": self._trigger, "widget": self._use_widget, "key": self._press_key, "drop": self._drop,
            "window": self._change_window, "dock": self._move_dock, "shut": self._shut_dialog,
            "paste": self._fill_clipboard, "rewrite": self._rewrite_file, "wait": lambda: self._doing("wait"),
        }  # fmt: skip
        self._weights = (30, 40, 10, 4, 4, 5, 3, 1, 2, 2)

    def act(self, number: int) -> None:
        """The act of that number: on a popup or a modal dialog, where there is one, as nothing else can be reached."""
        self.generator = random.Random(f"{self._seed}:{number}")
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if not self._window.updatesEnabled():
            # A picture is taken: what a person does meanwhile Qt keeps for later.
            self._doing("wait for a picture")
            return
        if popup is not None:
            self._use_popup(popup)
        elif modal is not None:
            kind = self.generator.choices(("widget", "key", "shut"), (80, 10, 10))[0]
            self.acts[kind]()
        else:
            self.acts[self.generator.choices(tuple(self.acts), self._weights)[0]]()

    @property
    def tops(self) -> list[QWidget]:
        """The windows that can be reached, the main window first."""
        modal = QApplication.activeModalWidget()
        if modal is not None:
            return [modal]
        others = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not self._window]
        return [self._window, *sorted(others, key=lambda one: (type(one).__name__, one.objectName()))]

    def _trigger(self) -> None:
        actions = [
            one
            for one in self._window.findChildren(QAction)
            if one.isEnabled() and one.associatedObjects() and one.menu() is None and one.objectName() not in NEVER
        ]
        action = self.generator.choice(actions)
        self._doing(f"trigger {label_of(action)}")
        action.trigger()

    def _use_widget(self) -> None:
        # A dialog has few controls and the window a hundred: each window is as likely as another.
        top = self.generator.choice(self.tops)
        widgets = [
            one for one in top.findChildren(QWidget) if isinstance(one, KINDS) and one.isVisible() and one.isEnabled()
        ]
        if not widgets:
            self._doing(f"nothing to use in {label_of(top)}")
            return
        widget = self.generator.choice(widgets)
        self._doing(f"use {label_of(widget)} in {label_of(top)}")
        if isinstance(widget, QAbstractButton | QTabBar | QHeaderView):
            QTest.mouseClick(widget, LEFT, NONE, self._place_in(widget))
        elif isinstance(widget, QLineEdit | QAbstractSpinBox | QPlainTextEdit | QTextEdit):
            self._type_into(widget)
        elif isinstance(widget, QComboBox):
            if widget.count() and self.generator.random() < 0.7:
                widget.setFocus()
                keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)
                QTest.keyClick(widget, self.generator.choice(keys))
            else:
                QTest.mouseClick(widget, LEFT, NONE, self._place_in(widget))
        elif isinstance(widget, QAbstractSlider):
            self._drag(widget, NONE)
        elif isinstance(widget, QGraphicsView | QAbstractItemView):
            self._use_picture(widget.viewport())

    def _type_into(self, widget: QWidget) -> None:
        text = self.generator.choice(TEXTS)
        self._doing(f"type {text[:20]!r} into {label_of(widget)}")
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_A, CONTROL)
        if text.isascii():
            QTest.keyClicks(widget, text)
        else:
            # QTest has no keys for these, and ends the process.
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(widget, event)
        QTest.keyClick(widget, self.generator.choice((Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape)))

    def _use_picture(self, view: QWidget) -> None:
        roll = self.generator.random()
        modifiers = self.generator.choice((NONE, NONE, NONE, CONTROL, SHIFT))
        if roll < 0.35:
            QTest.mouseClick(view, LEFT, modifiers, self._place_in(view))
        elif roll < 0.6:
            self._drag(view, modifiers)
        elif roll < 0.75:
            QTest.mouseDClick(view, LEFT, modifiers, self._place_in(view))
        elif roll < 0.9:
            place = QPointF(self._place_in(view))
            turn = QPoint(0, self.generator.choice((-240, -120, 120, 240)))
            event = QWheelEvent(
                place, view.mapToGlobal(place), QPoint(), turn, Qt.MouseButton.NoButton, modifiers,
                Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(view, event)
        else:
            QTest.mouseClick(view, RIGHT, modifiers, self._place_in(view))

    def _drag(self, widget: QWidget, modifiers: Qt.KeyboardModifier) -> None:
        QTest.mousePress(widget, LEFT, modifiers, self._place_in(widget))
        for _ in range(self.generator.randrange(1, 12)):
            QTest.mouseMove(widget, self._place_in(widget))
        # A hand may leave the button down for a while, with other things happening meanwhile.
        if self.generator.random() < 0.9:
            QTest.mouseRelease(widget, LEFT, modifiers, self._place_in(widget))

    def _use_popup(self, popup: QWidget) -> None:
        actions = [one for one in popup.actions() if one.isEnabled() and not one.isSeparator()]
        if isinstance(popup, QMenu) and actions and self.generator.random() < 0.7:
            action = self.generator.choice(actions)
            self._doing(f"choose {label_of(action)} of {label_of(popup)}")
            if action.objectName() not in NEVER:
                popup.setActiveAction(action)
                QTest.keyClick(popup, Qt.Key.Key_Right if action.menu() is not None else Qt.Key.Key_Return)
            return
        key = self.generator.choice((Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Up))
        self._doing(f"press {key.name} on {label_of(popup)}")
        QTest.keyClick(popup, key)

    def _press_key(self) -> None:
        target = QApplication.focusWidget() or self.tops[-1]
        key, modifiers = self.generator.choice(KEYS), self.generator.choice((NONE, NONE, NONE, CONTROL, SHIFT))
        self._doing(f"press {modifiers.name} {key.name} on {label_of(target)}")
        QTest.keyClick(target, key, modifiers)

    def _drop(self) -> None:
        data = QMimeData()
        n_files = 2 if self.generator.random() < 0.1 else 1
        files = self.generator.sample(self._files, n_files)
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        self._doing(f"drop {[file.name for file in files]}")
        given = (Qt.DropAction.CopyAction, data, LEFT, NONE)
        QApplication.sendEvent(self._window, QDragEnterEvent(QPoint(50, 50), *given))
        QApplication.sendEvent(self._window, QDropEvent(QPointF(50, 50), *given))

    def _change_window(self) -> None:
        window = self._window
        what = self.generator.choice(("resize", "maximise", "minimise", "normal", "away"))
        self._doing(f"window: {what}")
        if what == "resize":
            window.resize(*self.generator.choice(SIZES))
        elif what == "away":
            QApplication.sendEvent(window, QEvent(QEvent.Type.WindowDeactivate))
        else:
            {"maximise": window.showMaximized, "minimise": window.showMinimized, "normal": window.showNormal}[what]()

    def _move_dock(self) -> None:
        docks = self._window.findChildren(QDockWidget)
        dock, what = self.generator.choice(docks), self.generator.choice(("float", "close", "show", "tab", "side"))
        self._doing(f"dock {dock.objectName()}: {what}")
        if what == "float":
            dock.setFloating(not dock.isFloating())
        elif what == "close":
            dock.close()
        elif what == "show":
            dock.show()
            dock.raise_()
        elif what == "tab":
            other = self.generator.choice(docks)
            # Panels have a window of their own within the main one, and no hand can drag a dock from one to the other.
            if other is not dock and other.parent() is dock.parent():
                dock.parent().tabifyDockWidget(other, dock)
        else:
            areas = (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea)
            dock.parent().addDockWidget(self.generator.choice(areas), dock)

    def _shut_dialog(self) -> None:
        others = [one for one in self.tops if one is not self._window and not isinstance(one, QDockWidget)]
        if others:
            other = self.generator.choice(others)
            self._doing(f"close {label_of(other)}")
            other.close()

    def _fill_clipboard(self) -> None:
        text = self.generator.choice(("a\tb\n1\t2\n3\t4\n5\t7\n", "", "no table", "a,b\n1,2\n3\n", "x" * 100_000))
        self._doing(f"copy {text[:10]!r} elsewhere")
        QApplication.clipboard().setText(text)

    def _rewrite_file(self) -> None:
        file, source = self.generator.sample([one for one in self._files if one.is_file()], 2)
        self._doing(f"rewrite {file.name} as {source.name}")
        file.write_bytes(source.read_bytes()[: self.generator.choice((None, None, 0, 200))])

    def _place_in(self, widget: QWidget) -> QPoint:
        width, height = max(1, widget.width()), max(1, widget.height())
        return QPoint(self.generator.randrange(width), self.generator.randrange(height))
