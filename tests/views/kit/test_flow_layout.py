"""A row that goes on in the next line where it is narrow."""

from __future__ import annotations

import math

from PySide6.QtWidgets import QPushButton, QWidget

from regdesk.views.kit.elided_label import ElidedLabel
from regdesk.views.kit.flow_layout import READ_SHARE, FlowLayout, YieldingFlowLayout
from regdesk.views.kit.slim_box import make_slim_box


def test_what_does_not_fit_stands_in_the_next_line_and_what_is_hidden_takes_no_room(qtbot):
    row, layout = QWidget(), FlowLayout()
    row.setLayout(layout)
    qtbot.addWidget(row)
    buttons = [QPushButton(text) for text in ("first", "second", "third")]
    for button in buttons:
        button.setFixedSize(80, 20)
        layout.addWidget(button)
    row.resize(300, 60)
    row.show()
    assert [(one.x(), one.y()) for one in buttons] == [(0, 0), (84, 0), (168, 0)]
    assert layout.minimumSize().width() == 80
    row.resize(170, 60)
    layout.activate()
    assert [(one.x(), one.y()) for one in buttons] == [(0, 0), (84, 0), (0, 24)]
    assert (layout.heightForWidth(300), layout.heightForWidth(170), layout.heightForWidth(90)) == (20, 44, 68)
    buttons[1].setVisible(False)
    layout.activate()
    assert (buttons[2].x(), buttons[2].y()) == (84, 0)
    assert layout.sizeHint().width() == 164
    buttons[2].setFixedSize(80, 10)
    layout.activate()
    assert (buttons[0].y(), buttons[2].y()) == (0, 5)


def test_a_box_gives_way_before_a_label_goes_into_a_line_of_its_own(qtbot):
    row, layout = QWidget(), YieldingFlowLayout()
    row.setLayout(layout)
    qtbot.addWidget(row)
    box, button, label = make_slim_box("box", "Box", most_px=190), QPushButton("second"), ElidedLabel()
    box.addItems(["an entry that is long"])
    button.setFixedSize(80, 20)
    label.setMinimumWidth(50)
    for widget in (box, button, label):
        layout.addWidget(widget)
    row.show()
    least, whole = box.minimumSizeHint().width(), box.sizeHint().width()
    assert least < whole
    assert layout.minimumSize().width() == max(least, 80)

    def widths(width_px: int) -> tuple[list[int], bool]:
        """Of the three, and whether they are in one line."""
        row.resize(width_px, 80)
        layout.activate()
        return [one.width() for one in (box, button, label)], label.y() < box.height()

    beside_px = 80 + 50 + 2 * layout.spacing()
    assert widths(whole + beside_px + 30) == ([whole, 80, 80], True)
    assert widths(whole + beside_px) == ([whole, 80, 50], True)
    read_px = math.ceil(READ_SHARE * whole)
    assert widths(read_px + beside_px) == ([read_px, 80, 50], True)
    # A box is not squeezed beyond what can be read for what stands beside it.
    assert widths(read_px + beside_px - 1)[1] is False
    assert box.width() == min(whole, read_px + beside_px - 1)
