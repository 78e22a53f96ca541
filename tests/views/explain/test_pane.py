"""A small plot on paper: what lies on its edge is drawn whole, and nothing beyond it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from regdesk.views.explain.pane import Pane

ROOM = QRectF(20.0, 20.0, 100.0, 60.0)


def inked(points: list[tuple[float, float]]) -> Any:
    """Which pixels ``(100, 140)`` a black line through ``points`` has darkened; the pane shows 0 to 1 both ways."""
    image = QImage(140, 100, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    Pane(painter, ROOM, (0.0, 1.0), (0.0, 1.0)).line(points, "#000000")
    painter.end()
    bytes_of_rows = np.frombuffer(image.constBits(), np.uint8).reshape(100, image.bytesPerLine())
    return bytes_of_rows[:, :140] < 128


@pytest.mark.parametrize(
    ("points", "rows", "columns"),
    [
        ([(0.0, 0.0), (0.0, 1.0)], (20, 80), (19, 21)),
        ([(1.0, 0.0), (1.0, 1.0)], (20, 80), (119, 121)),
        ([(0.0, 0.0), (1.0, 0.0)], (79, 81), (20, 120)),
        ([(0.0, 1.0), (1.0, 1.0)], (19, 21), (20, 120)),
    ],
    ids=["left", "right", "bottom", "top"],
)
def test_a_line_on_the_edge_is_as_wide_as_others(
    points: list[tuple[float, float]], rows: tuple[int, int], columns: tuple[int, int], qapp: Any
) -> None:
    found = inked(points)
    expected = np.zeros((100, 140), dtype=bool)
    expected[slice(*rows), slice(*columns)] = True
    np.testing.assert_array_equal(found, expected)


def test_a_line_is_cut_at_the_edge(qapp: Any) -> None:
    found = inked([(-1.0, 0.5), (2.0, 0.5)])
    assert found.any(axis=0).nonzero()[0].tolist() == list(range(19, 121))
    assert not inked([(0.2, 1.5), (0.8, 1.5)]).any()
