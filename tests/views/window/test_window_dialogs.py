"""Dialogs of the window by themselves: errors, versions, keys, and what is said while a file is dragged over it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QTextBrowser,
    QTreeWidget,
    QWidget,
)

from regdesk.views.kit import theme
from regdesk.views.kit.keys import PLOT_KEYS, SLIDER_KEYS, WINDOW_KEYS
from regdesk.views.window.about_dialog import AboutDialog
from regdesk.views.window.drop_target import DropTarget, dropped_files
from regdesk.views.window.error_dialog import ErrorDialog
from regdesk.views.window.shortcuts_dialog import ShortcutsDialog, keys_text, plain_text


@pytest.fixture
def parent(qtbot: Any) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 800)
    return window


def child(dialog: QWidget, kind: type, name: str) -> Any:
    found = dialog.findChild(kind, name)
    assert found is not None, name
    return found


def lowest_grows(dialog: QDialog, part: QWidget) -> bool:
    """Whether all of what a dialog gets in height goes to ``part``."""
    QGuiApplication.processEvents()
    before = part.height()
    dialog.resize(dialog.width(), dialog.height() + 120)
    QGuiApplication.processEvents()
    return part.height() - before == 120


def test_errors_after_the_first_are_counted_and_one_place_opens_once(parent: QWidget) -> None:
    dialog = ErrorDialog(parent)
    sentence, others = child(dialog, QLabel, "errorSentence"), child(dialog, QLabel, "errorOthers")
    dialog.show_error("here", "It broke.", "Trace\n1")
    assert (dialog.isVisible(), sentence.text(), others.isVisible()) == (True, "It broke.", False)
    assert not dialog.isModal(), "the window goes on beside it"
    dialog.show_error("there", "Another.", "Trace 2")
    assert (sentence.text(), others.text(), others.isVisible()) == ("It broke.", "… and 1 more since.", True)
    dialog.show_error("here", "It broke.", "Trace 3")
    assert others.text() == "… and 2 more since."
    child(dialog, QPushButton, "copyDetailsButton").click()
    assert QGuiApplication.clipboard().text() == "It broke.\n… and 2 more since.\nTrace\n1"
    dialog.close()
    dialog.show_error("there", "Another.", "Trace 2")
    assert not dialog.isVisible(), "it is known from there"
    dialog.show_error("elsewhere", "New.", "Trace 4")
    assert (dialog.isVisible(), sentence.text(), others.isVisible()) == (True, "New.", False)
    child(dialog, QPushButton, "copyDetailsButton").click()
    assert QGuiApplication.clipboard().text() == "New.\nTrace 4"
    dialog.close()


def test_details_of_an_error_are_shown_on_demand(parent: QWidget) -> None:
    dialog = ErrorDialog(parent)
    dialog.show_error("here", "It broke.", "Trace")
    details, toggle = child(dialog, QPlainTextEdit, "errorDetails"), child(dialog, QPushButton, "showDetailsButton")
    height = dialog.height()
    assert (details.isVisible(), toggle.text()) == (False, "Show details")
    toggle.click()
    assert (details.isVisible(), toggle.text(), details.toPlainText()) == (True, "Hide details", "Trace")
    assert dialog.height() >= height + details.minimumHeight() > height + 100
    assert (details.isReadOnly(), details.lineWrapMode()) == (True, QPlainTextEdit.LineWrapMode.NoWrap)
    assert details.font().family() == QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    assert lowest_grows(dialog, details)
    tall = dialog.height()
    toggle.click()
    assert (details.isVisible(), toggle.text()) == (False, "Show details")
    assert dialog.height() < tall
    for name, spoken in (
        ("errorSentence", "What went wrong"), ("errorAdvice", "What can be done"), ("errorOthers", "Errors since"),
    ):  # fmt: skip
        label = child(dialog, QLabel, name)
        assert (label.accessibleName(), label.wordWrap()) == (spoken, True)
        assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    assert "Ctrl+Backspace" in child(dialog, QLabel, "errorAdvice").text()
    child(dialog, QPushButton, "closeErrorButton").click()
    assert not dialog.isVisible()


def test_versions_are_a_table_and_the_machine_is_asked_once_and_late(parent: QWidget) -> None:
    asked: list[bool] = []

    def details() -> str:
        asked.append(True)
        return "cores: 2"

    parts = (("numpy", "2.1 <x>", "BSD"), ("Qt", "6.10", "LGPL"))
    dialog = AboutDialog(parent, parts, "Free.\n\nNo warranty.", details)
    text = child(dialog, QTextBrowser, "aboutText").toPlainText()
    assert [line for line in text.split("\n") if line] == [
        "regdesk", "Regularization, made visible on your own data.", "Part", "Version", "Licence",
        "numpy", "2.1 <x>", "BSD", "Qt", "6.10", "LGPL", "Free.", "No warranty.",
    ]  # fmt: skip
    child(dialog, QPushButton, "copyAboutButton").click()
    assert QGuiApplication.clipboard().text() == "numpy 2.1 <x> (BSD)\nQt 6.10 (LGPL)\n\nFree.\n\nNo warranty."
    tabs, machine = child(dialog, QTabWidget, "aboutTabs"), child(dialog, QPlainTextEdit, "machineText")
    assert asked == []
    for page in (1, 0, 1):
        tabs.setCurrentIndex(page)
    assert (asked, machine.toPlainText(), machine.isReadOnly()) == ([True], "cores: 2", True)
    child(dialog, QPushButton, "copyAboutButton").click()
    assert QGuiApplication.clipboard().text() == "cores: 2"
    assert machine.lineWrapMode() == QPlainTextEdit.LineWrapMode.NoWrap, "a path is copied from one line"
    assert [tabs.tabText(page) for page in (0, 1)] == ["&Versions and licences", "This &computer"]
    assert (dialog.windowTitle(), dialog.width(), dialog.height()) == ("About regdesk", 560, 480)
    assert dialog.testAttribute(Qt.WidgetAttribute.WA_DeleteOnClose), "another time it is made anew"
    dialog.show()
    assert lowest_grows(dialog, tabs)
    dialog.close()


def test_every_key_is_listed_under_its_menu(parent: QWidget) -> None:
    save, plain, both = QAction("&Save && close", parent), QAction("No key", parent), QAction("&Redo", parent)
    save.setShortcut("Ctrl+S")
    both.setShortcuts(["Ctrl+Y", "Ctrl+Shift+Z"])
    assert (plain_text(save), keys_text(both), keys_text(plain)) == ("Save & close", "Ctrl+Y, Ctrl+Shift+Z", "")
    dialog = ShortcutsDialog(parent, {"File": [save, plain], "Edit": [both]})
    rows = dialog.rows()
    assert rows[:2] == [("Save & close", "Ctrl+S"), ("Redo", "Ctrl+Y, Ctrl+Shift+Z")]
    others = [(what, keys) for group in (SLIDER_KEYS, PLOT_KEYS, WINDOW_KEYS) for keys, what in group]
    assert rows[2:] == others
    tree = child(dialog, QTreeWidget, "shortcutsList")
    tops = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    assert [one.text(0) for one in tops] == [
        "File", "Edit", "On a slider that has the keyboard", "On a plot that has the keyboard", "Everywhere",
    ]  # fmt: skip
    assert all(one.isExpanded() and one.isFirstColumnSpanned() and one.font(0).bold() for one in tops)
    assert not tops[0].child(0).font(0).bold()
    assert [tree.headerItem().text(column) for column in (0, 1)] == ["What it does", "Keys"]
    assert (tree.rootIsDecorated(), tree.alternatingRowColors()) == (False, True)
    assert tree.selectionMode() == QTreeWidget.SelectionMode.NoSelection
    dialog.show()
    assert lowest_grows(dialog, tree)
    assert tree.columnWidth(0) + tree.columnWidth(1) == tree.viewport().width()
    keys_px = tree.columnWidth(1)
    dialog.resize(dialog.width() + 60, dialog.height())
    QGuiApplication.processEvents()
    assert tree.columnWidth(1) == keys_px, "what is wider is for the words"
    dialog.close()


class Dropped:
    """A window on which things are dropped, and what it has said."""

    def __init__(self, qtbot: Any) -> None:
        self.window = DropTarget()
        qtbot.addWidget(self.window)
        self.edit = QLineEdit(self.window)
        self.window.resize(600, 400)
        self.window.take_drops()
        self.said: list[Any] = []
        for signal in (self.window.file_chosen, self.window.files_chosen, self.window.drop_refused):
            signal.connect(self.said.append)
        self.overlay = child(self.window, QWidget, "dropOverlay")
        self.text = child(self.window, QLabel, "dropText")

    def enter(self, *places: str) -> bool:
        data = data_of(*places)
        event = QDragEnterEvent(
            QPoint(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        event.ignore()
        self.window.dragEnterEvent(event)
        return event.isAccepted()

    def drop(self, *places: str) -> bool:
        data = data_of(*places)
        event = QDropEvent(
            QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        event.ignore()
        self.window.dropEvent(event)
        return event.isAccepted()


def data_of(*places: str) -> QMimeData:
    data = QMimeData()
    if places:
        data.setUrls([QUrl(one) if "://" in one else QUrl.fromLocalFile(one) for one in places])
    else:
        data.setText("words")
    return data


def test_what_is_dragged_over_the_window_is_told_and_taken(qtbot: Any, tmp_path: Path) -> None:
    dropped = Dropped(qtbot)
    overlay, text = dropped.overlay, dropped.text
    dropped.window.show()
    assert (dropped.window.acceptDrops(), dropped.edit.acceptDrops()) == (True, False)
    assert not overlay.isVisible()
    assert dropped.enter("/data/a.csv")
    assert (overlay.isVisible(), text.text()) == (True, "Drop it here to open a.csv")
    assert overlay.geometry() == dropped.window.rect()
    dropped.window.dragLeaveEvent(QDragLeaveEvent())
    assert not overlay.isVisible()
    assert dropped.enter("/data/b.csv", "/data/a.csv")
    assert text.text() == "Drop them here to open the rows of 2 files as one table"
    assert text.font().pointSizeF() > 1.3 * dropped.window.font().pointSizeF()
    assert text.alignment() == Qt.AlignmentFlag.AlignCenter
    assert text.wordWrap()
    assert dropped.drop("/data/b.csv", "/data/a.csv")
    assert (overlay.isVisible(), dropped.said) == (False, [["/data/a.csv", "/data/b.csv"]])
    assert dropped.drop("/data/b.csv")
    assert dropped.said.pop() == "/data/b.csv"
    dropped.said.clear()
    for places in ((), ("https://example.org/a.csv",), ("/data/a.csv", "https://example.org/a.csv")):
        assert not dropped.enter(*places)
        assert not dropped.drop(*places)
        assert dropped_files(data_of(*places)) == []
    assert dropped.said == ["Only files on this computer can be opened; save it and drag the file."] * 2
    assert not dropped.enter(str(tmp_path))
    assert dropped.said[2].startswith(f"{tmp_path.name} is a folder; ")
    assert not overlay.isVisible()
    dropped.window.choose_files([])
    assert len(dropped.said) == 3


@pytest.mark.parametrize("is_dark", [False, True])
def test_the_sentence_over_the_window_can_be_read_over_any_picture(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch, is_dark: bool
) -> None:
    dropped = Dropped(qtbot)
    colours = theme.DARK if is_dark else theme.LIGHT
    monkeypatch.setattr(theme, "colours", lambda: colours)
    dropped.enter("/data/a.csv")
    style = dropped.overlay.styleSheet()
    *channels, opacity = (int(one) for one in style.split("rgba(")[1].split(")")[0].split(","))
    assert (max(channels) < 60) is is_dark
    assert (min(channels) > 200) is not is_dark
    assert 200 <= opacity < 255
    assert colours.text in style
    assert colours.training in style
