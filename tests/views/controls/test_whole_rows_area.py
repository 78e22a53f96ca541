"""An area that scrolls ends between two rows."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from regdesk.views.controls.whole_rows_area import MOST_LEFT_PX, whole_px

ROW_PX, GAP_PX = 20, 10
pytestmark = pytest.mark.usefixtures("qapp")


def rows(*heights_px: int) -> QWidget:
    inner = QWidget()
    layout = QVBoxLayout(inner)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(GAP_PX)
    for height_px in heights_px:
        row = QWidget()
        row.setFixedHeight(height_px)
        layout.addWidget(row)
    inner.resize(100, layout.sizeHint().height())
    layout.activate()
    return inner


@pytest.mark.parametrize(
    ("room_px", "shown_px"),
    [
        (20, 20),  # the first row is whole
        (25, 25),  # between two rows
        (45, 30),  # the second would be cut
        (49, 30),
        (50, 50),
        (80, 80),  # all of it
        (500, 500),
    ],
)
def test_a_row_is_whole_or_not_there(room_px: int, shown_px: int) -> None:
    assert whole_px(rows(ROW_PX, ROW_PX, ROW_PX), room_px) == shown_px


def test_a_high_part_is_cut_as_any_text_that_scrolls() -> None:
    inner = rows(ROW_PX, 200)
    assert whole_px(inner, 30 + MOST_LEFT_PX + 1) == 30 + MOST_LEFT_PX + 1
    assert whole_px(inner, 30 + MOST_LEFT_PX - 1) == 30
