"""Plain text in a few lines: each has its words, and the last one ends in … where there is no room."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from regdesk.views.kit.readout_label import ParagraphLabel

LINES = ["The penalty pulls", "every weight to 0", "and some arrive."]


def picture_of(label: ParagraphLabel) -> Any:
    return pixels_of(label.grab().toImage())


def pixels_of(image: QImage) -> Any:
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].copy()


def drawn_by_hand(label: ParagraphLabel, text: str) -> Any:
    image = label.grab().toImage()
    image.fill(label.palette().color(label.backgroundRole()))
    painter = QPainter(image)
    painter.setFont(label.font())
    painter.setPen(QColor(label.palette().windowText().color()))
    painter.drawText(
        QRect(0, 0, label.width(), label.height()), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text
    )
    painter.end()
    return pixels_of(image)


@pytest.mark.parametrize("n_lines", [2, 3])
def test_words_go_on_in_the_next_line(n_lines: int, qtbot: Any) -> None:
    label = ParagraphLabel(n_lines)
    qtbot.addWidget(label)
    label.setText(" ".join(LINES))
    x_of = label.fontMetrics().horizontalAdvance
    label.resize(max(map(x_of, LINES)) + x_of(" "), label.sizeHint().height())
    label.show()
    last = " ".join(LINES[n_lines - 1 :])
    shown = label.fontMetrics().elidedText(last, Qt.TextElideMode.ElideRight, label.width())
    assert label.is_elided == (n_lines == 2)
    expected = drawn_by_hand(label, "\n".join([*LINES[: n_lines - 1], shown]))
    np.testing.assert_array_equal(picture_of(label), expected)
