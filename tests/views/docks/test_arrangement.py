"""How many panels are seen at once: as many as the room has space for, whatever the size of the text."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QSize

from regdesk.views.docks import arrangement
from regdesk.views.docks.arrangement import AMPLE_PX, AMPLE_TEXT_PX, fitting_arrangement

LEAST, BETWEEN_PX = QSize(200, 150), 6


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_four_panels_need_ample_room_for_the_text(monkeypatch: pytest.MonkeyPatch, scale: float) -> None:
    monkeypatch.setattr(arrangement, "text_scale", lambda: scale)
    width, height = (
        round(2 * (fixed + scale * text)) + BETWEEN_PX for fixed, text in zip(AMPLE_PX, AMPLE_TEXT_PX, strict=True)
    )
    assert fitting_arrangement(QSize(width, height), LEAST, BETWEEN_PX) == "four"
    for room in (QSize(width - 1, height), QSize(width, height - 1)):
        assert fitting_arrangement(room, LEAST, BETWEEN_PX) == "three"


@pytest.mark.parametrize(
    ("room", "wanted"),
    [
        (QSize(406, 306), "three"),
        (QSize(406, 305), "beside"),
        (QSize(405, 306), "above"),
        (QSize(405, 305), "one"),
        (QSize(), "one"),
    ],
)
def test_in_less_room_no_panel_is_smaller_than_it_can_be_read(qapp: Any, room: QSize, wanted: str) -> None:
    assert fitting_arrangement(room, LEAST, BETWEEN_PX) == wanted
