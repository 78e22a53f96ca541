"""The smallest window with text half as large again: the program's own words are read to their end."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from data_dialog_driver import NAME, DataDialogDriver
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QTextBrowser
from window_driver import WindowDriver, write_csv

from regdesk.views.kit.slim_box import SlimComboBox

pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints|This plugin does not support (raise|grabbing the keyboard|grabbing the mouse)"
)


@pytest.fixture
def driver(make_window: Any, tmp_path: Any, set_text_scale: Any) -> WindowDriver:
    """A linear model of 12 inputs, paused at epoch 1,000 or later, in a window of 1024 × 700."""
    set_text_scale(1.5)
    columns = np.random.default_rng(3).normal(size=(13, 60)).round(3)
    weights = np.arange(60) % 3
    names = [f"x{number}" for number in range(12)]
    file = write_csv(tmp_path / "small.csv", [*names, "y", "w"], [*columns, weights])
    options = ("--target", "y", "--hidden", "", "--penalty", "l1", "--weight-column", "w", "--speed", "max")
    driver: WindowDriver = make_window(file, *options)
    driver.window.resize(1024, 700)
    driver.wait_model()
    return driver


def test_the_programs_own_words_are_read_to_their_end(driver: WindowDriver) -> None:
    read_what_an_empty_edit_means(driver)
    read_the_data_dialog(driver)
    read_what_is_said_of_an_exact_model(driver)


def read_what_an_empty_edit_means(driver: WindowDriver) -> None:
    edit: QLineEdit = driver.child("hiddenLayersEdit")
    option = QStyleOptionFrame()
    edit.initStyleOption(option)
    room = edit.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, edit)
    # Qt keeps 2 pixels free at either side.
    assert edit.fontMetrics().horizontalAdvance(edit.placeholderText()) <= room.width() - 4
    assert edit.placeholderText() == "none: linear"


def read_what_is_said_of_an_exact_model(driver: WindowDriver) -> None:
    driver.run()
    driver.wait_state(epoch=lambda epoch: epoch > 1_000)
    driver.pause()
    driver.enter("lambdaEdit", "0.02")
    driver.wait(lambda: driver.state["status"].startswith("Exact model at λ = 0.02: "))
    assert driver.state["status"].endswith(": Run trains them, Solve replaces them.")
    assert not driver.child("statusLine").is_elided


def read_the_data_dialog(driver: WindowDriver) -> None:
    """It cuts no entry and no line."""
    dialog = DataDialogDriver(driver)
    dialog.open()
    boxes = [dialog.child(name) for name in ("targetBox", "taskBox", "missingBox", "weightBox")]
    assert [box.currentText() for box in boxes if isinstance(box, SlimComboBox) and box.is_elided] == []
    # The names of columns have what the cells beside them do not need.
    tree = dialog.child("featureList")
    assert tree.columnWidth(NAME) > tree.fontMetrics().horizontalAdvance("blood_pressure") + tree.indentation()
    text: QTextBrowser = dialog.child("consequencesText")
    assert text.verticalScrollBar().maximum() > 0, "else nothing could be cut"
    edge_px = text.viewport().height()
    block, seen = text.document().begin(), 0
    while block.isValid():
        layout = block.layout()
        for number in range(layout.lineCount()):
            rect = layout.lineAt(number).rect().translated(layout.position())
            assert rect.bottom() <= edge_px + 1e-6 or rect.top() >= edge_px - 2, block.text()
            seen += rect.bottom() <= edge_px + 1e-6
        block = block.next()
    assert seen >= 3
    dialog.press(Qt.Key.Key_Escape)
    assert not dialog.dialog.isVisible()
