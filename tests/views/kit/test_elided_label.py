"""A line of text in little room: the room that it keeps for its shortest form."""

from __future__ import annotations

from typing import Any

from regdesk.views.kit.elided_label import ElidedLabel


def test_the_room_that_is_kept_grows_with_the_text(qtbot: Any) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.show_text("weight (standardised inputs)", "weight")
    label.keep_room()
    assert label.minimumWidth() > label.fontMetrics().horizontalAdvance("weight")
    font = label.font()
    font.setPointSizeF(2.0 * font.pointSizeF())
    label.setFont(font)
    assert label.minimumWidth() == label.fontMetrics().horizontalAdvance("weight") + 1
    label.resize(label.minimumWidth(), 30)
    assert not label.is_elided
