"""A row that goes on in the next line where it is narrow."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from regdesk.views.kit.flow_layout import FlowLayout


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
