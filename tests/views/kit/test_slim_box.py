"""A combo box without room: what is cut stays different from the other entries, and the tool tip holds the whole."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from regdesk.views.kit.slim_box import SlimComboBox

NAMES = ["Culmen length of the adult bird (mm)", "Culmen width of the adult bird (mm)", "mass", "Culmen adult (mm)"]


def shown(box: SlimComboBox) -> list[bytes]:
    """What stands in the box for every entry, as pixels."""
    pictures = []
    for row in range(box.count()):
        box.setCurrentIndex(row)
        pictures.append(bytes(box.grab().toImage().constBits()))
    return pictures


@pytest.mark.parametrize("width_px", [70, 90, 120, 160, 400])
def test_two_entries_never_look_the_same(qtbot: Any, width_px: int) -> None:
    box = SlimComboBox()
    qtbot.addWidget(box)
    box.addItems(NAMES)
    box.setFixedWidth(width_px)
    box.show()
    assert len(set(shown(box))) == len(NAMES)
    is_elided = []
    for row in range(box.count()):
        box.setCurrentIndex(row)
        is_elided.append(box.is_elided)
    # The short one never is.
    assert is_elided[2] is False
    assert is_elided[0] == is_elided[1] == (width_px < 400)
    # Another entry, or another font, is measured anew.
    box.addItems(["Culmen length of the adult bird (cm)"])
    assert len(set(shown(box))) == len(NAMES) + 1
    font = box.font()
    font.setPointSizeF(1.5 * font.pointSizeF())
    box.setFont(font)
    assert len(set(shown(box))) == len(NAMES) + 1


def test_a_short_entry_is_drawn_as_in_a_wide_box(qtbot: Any) -> None:
    pictures = []
    for entries in (NAMES, ["mass"]):
        box = SlimComboBox()
        qtbot.addWidget(box)
        box.addItems(entries)
        box.setFixedWidth(90)
        box.setCurrentText("mass")
        box.show()
        pictures.append(box.grab().toImage())
    assert pictures[0] == pictures[1]


@pytest.mark.qt_log_ignore("does not support")
def test_the_tool_tip_holds_the_whole(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    box = SlimComboBox()
    qtbot.addWidget(box)
    box.addItems(NAMES)
    box.setFixedWidth(80)
    box.show()
    box.setCurrentIndex(1)
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _widget: told.append(text))
    QApplication.sendEvent(box, QHelpEvent(QEvent.Type.ToolTip, QPoint(4, 4), QPoint(4, 4)))
    assert NAMES[1] in told[0]


@pytest.mark.qt_log_ignore("does not support")
def test_entries_stand_whole_in_the_list_of_a_narrow_box(qtbot: Any) -> None:
    box = SlimComboBox()
    box.addItems(["short", "an entry that is much longer than the box is wide"])
    qtbot.addWidget(box)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 300)
    box.setParent(window)
    box.resize(80, 24)
    window.show()
    box.showPopup()
    longest_px = max(box.fontMetrics().horizontalAdvance(box.itemText(row)) for row in range(box.count()))
    assert box.view().width() > longest_px > box.width()
    assert box.view().viewport().width() >= box.view().sizeHintForColumn(0)
    box.hidePopup()
    # No wider than its window, whatever an entry is called.
    box.addItem("x" * 1000)
    box.showPopup()
    assert box.view().minimumWidth() <= window.width()
    box.hidePopup()
