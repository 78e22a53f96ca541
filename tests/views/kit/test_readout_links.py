"""Words of a readout that can be clicked on."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from regdesk.views.kit.readout_label import SentenceLabel

SENTENCE = "The gap is 0.3, and three weights are exactly zero."
RICH = (
    'The <a href="topic:overfitting">gap</a> is 0.3, and three weights are exactly <a href="topic:proximal">zero</a>.'
)


def test_a_word_that_is_a_link_is_clicked_on_and_no_other(qtbot: Any) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    label = SentenceLabel("")
    label.setParent(room)
    label.show_sentence(SENTENCE, RICH)
    label.resize(600, 30)
    room.resize(600, 30)
    room.show()
    clicked: list[str] = []
    label.linkActivated.connect(clicked.append)
    x_of = label.fontMetrics().horizontalAdvance
    gap, zero = x_of("The ga"), x_of(SENTENCE[: SENTENCE.index("zero") + 2])
    for x_px in (x_of("T"), gap, x_of("The gap is 0"), zero, 590):
        QTest.mouseMove(label, QPoint(x_px, 6))
        QTest.mouseClick(label, Qt.MouseButton.LeftButton, pos=QPoint(x_px, 6))
    QTest.mouseClick(label, Qt.MouseButton.RightButton, pos=QPoint(gap, 6))
    assert clicked == ["topic:overfitting", "topic:proximal"]
    # What is cut off cannot be clicked on; the tool tip has the whole sentence, without links.
    label.resize(x_of("The gap is 0.3, and"), 30)
    assert label.link_at(QPointF(zero, 6.0)) == ""
    assert label.link_at(QPointF(gap, 6.0)) == "topic:overfitting"
    assert label.toolTip() == SENTENCE
