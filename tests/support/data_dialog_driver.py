"""A person in front of the data dialog: opens it, types, clicks, reads what it says."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDoubleSpinBox, QLineEdit, QPushButton, QTreeView
from window_driver import WindowDriver

NAME, KIND, BECOMES, MISSING, DISTINCT, FACTOR = range(6)


class DataDialogDriver:
    """The data dialog of a window; ``open`` it first, by its shortcut or its button."""

    def __init__(self, driver: WindowDriver) -> None:
        self.driver = driver

    def child(self, name: str) -> Any:
        found = self.dialog.findChild(QObject, name)
        assert found is not None, f"the dialog has no {name}"
        return found

    @property
    def dialog(self) -> QDialog:
        dialog: QDialog = self.driver.child("dataDialog")
        return dialog

    def open(self) -> None:
        """By the keyboard."""
        # Offscreen there is no window manager to make the window active again when a dialog has gone.
        self.driver.window.activateWindow()
        self.driver.wait(self.driver.window.isActiveWindow)
        self.driver.qtbot.keyClick(self.driver.window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        assert self.dialog.isVisible()
        self.settle()

    def settle(self) -> None:
        """Until it says what the present choice does."""
        self.driver.wait(lambda: not self.child("previewState").text().startswith("Working"))

    @property
    def text(self) -> str:
        text: str = self.child("consequencesText").toPlainText()
        return text

    @property
    def can_apply(self) -> bool:
        return bool(self.child("dataApplyButton").isEnabled())

    def press(self, *keys: Qt.Key) -> None:
        """Keys to whatever has the focus."""
        for key in keys:
            self.driver.qtbot.keyClick(self.dialog.focusWidget() or self.dialog, key)

    def type(self, name: str, text: str) -> None:
        """Type over what stands in an edit or a spin box."""
        widget = self.child(name)
        widget.setFocus()
        self.driver.qtbot.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        if text:
            self.driver.qtbot.keyClicks(widget, text)
        else:
            self.driver.qtbot.keyClick(widget, Qt.Key.Key_Delete)

    def click(self, name: str) -> None:
        button: QPushButton = self.child(name)
        self.driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def rows(self) -> list[list[str]]:
        """What the list of features shows, cell by cell."""
        model = self.child("featureList").model()
        return [
            [model.data(model.index(row, column)) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def features(self) -> list[str]:
        """Names that are shown with a check."""
        model = self.child("featureList").model()
        return [model.data(model.index(row, NAME)) for row in range(model.rowCount()) if model.is_checked(row)]

    def enter_factor(self, name: str, text: str) -> None:
        """Walk to a column in the list with the arrow keys, press F2, and type over its penalty factor."""
        tree = self.walk_to(name)
        self.driver.qtbot.keyClick(tree, Qt.Key.Key_F2)
        edit = tree.findChild(QLineEdit)
        assert edit is not None, "no box has opened"
        self.driver.qtbot.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.driver.qtbot.keyClicks(edit, text) if text else self.driver.qtbot.keyClick(edit, Qt.Key.Key_Delete)
        self.driver.qtbot.keyClick(edit, Qt.Key.Key_Return)
        # The list takes it over in a later turn of Qt's loop.
        self.driver.wait(lambda: tree.state() != QTreeView.State.EditingState)

    def factors(self) -> dict[str, str]:
        """What the list shows of each column's penalty factor."""
        return {row[NAME]: row[FACTOR] for row in self.rows()}

    def press_space_on(self, name: str) -> None:
        """Walk to a column in the list with the arrow keys and press Space."""
        self.driver.qtbot.keyClick(self.walk_to(name), Qt.Key.Key_Space)

    def walk_to(self, name: str) -> QTreeView:
        """The list, with the column ``name`` as its current row; by the arrow keys."""
        tree: QTreeView = self.child("featureList")
        model = tree.model()
        names = [row[NAME] for row in self.rows()]
        tree.setFocus()
        self.driver.qtbot.keyClick(tree, Qt.Key.Key_Home)
        for _ in range(len(names)):
            if model.data(tree.currentIndex().siblingAtColumn(NAME)) == name:
                break
            self.driver.qtbot.keyClick(tree, Qt.Key.Key_Down)
        assert model.data(tree.currentIndex().siblingAtColumn(NAME)) == name
        return tree

    def click_box_of(self, name: str) -> None:
        """A click with the mouse on the box before a column's name."""
        tree: QTreeView = self.child("featureList")
        row = [cells[NAME] for cells in self.rows()].index(name)
        place = tree.visualRect(tree.model().index(row, NAME))
        inside = QPoint(tree.frameWidth() + place.left() + 10, tree.frameWidth() + tree.header().height())
        inside.setY(inside.y() + place.center().y())
        QTest.mouseClick(
            self.dialog.windowHandle(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            tree.mapTo(self.dialog, inside),
        )

    def fraction(self, name: str) -> float:
        spin: QDoubleSpinBox = self.child(name)
        return spin.value()
