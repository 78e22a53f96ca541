"""An answer as a button: it has room for its words, whatever size they come to have."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from regdesk.views.lessons.choice_button import ChoiceButton


def test_a_larger_text_gets_more_room_at_once(qtbot: Any) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    button = ChoiceButton(0, "an answer of several words that take more than one line where room is scarce")
    layout.addWidget(button)
    layout.addStretch(1)
    page.resize(200, 600)
    with qtbot.waitExposed(page):
        page.show()
    usual = button.height()
    font = button.font()
    font.setPointSizeF(2 * font.pointSizeF())
    button.setFont(font)
    qtbot.waitUntil(lambda: button.height() == button.heightForWidth(button.width()))
    assert button.height() > 2 * usual
