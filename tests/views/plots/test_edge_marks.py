"""What lies outside an axis: triangles at its edge, and the values beside them."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
import pytest
from plot_items import show
from PySide6.QtCore import QRectF

from regdesk.views.plots.edge_marks import GAP_PX, INSET_PX, SIZE_PX, EdgeMarks, Outside


@pytest.fixture
def plot(qtbot: Any) -> Any:
    plot = show(qtbot, pg.PlotWidget(), 600, 400)
    plot.setRange(xRange=(0.0, 10.0), yRange=(0.0, 1.0), padding=0)
    return plot


def boxes_of(marks: EdgeMarks) -> tuple[list[QRectF], list[QRectF]]:
    """The triangles and the texts."""
    n_triangles = len(marks.outside)
    return list(marks.boxes[:n_triangles]), list(marks.boxes[n_triangles:])


@pytest.mark.parametrize("is_above", [True, False])
def test_the_value_stands_right_of_its_triangle_or_left_where_that_is_taken(plot: Any, is_above: bool) -> None:
    marks = EdgeMarks(plot.plotItem)
    one = Outside(5.0, "12.5", "#123456", is_above)
    assert marks.show([one])
    (triangle,), (right,) = boxes_of(marks)
    height = plot.plotItem.vb.height()
    assert triangle.center().y() == pytest.approx(INSET_PX if is_above else height - INSET_PX)
    assert triangle.width() == SIZE_PX
    assert right.left() == pytest.approx(triangle.center().x() + GAP_PX)
    assert [label.toPlainText() for label in marks.labels] == ["12.5"]
    # Everything right of the triangle is taken by words that stay.
    taken = QRectF(triangle.right(), 0.0, 600.0, height)
    assert marks.show([one], [taken])
    _, (left,) = boxes_of(marks)
    assert left.right() == pytest.approx(triangle.center().x() - GAP_PX)
    # So is what is next to it on the left, in all lines: it goes further away.
    both = QRectF(left.left() + 0.6 * left.width(), 0.0, 600.0, height)
    assert marks.show([one], [taken, both])
    _, (further,) = boxes_of(marks)
    assert further.right() == pytest.approx(left.right() - 0.5 * left.width())
    # The same again changes nothing.
    assert not marks.show([one], [taken, both])


def test_a_value_beside_a_triangle_of_the_second_line_is_level_with_it(plot: Any) -> None:
    marks = EdgeMarks(plot.plotItem)
    marks.show([Outside(5.0, "", "#123456"), Outside(5.0, "12.5", "#654321")])
    (first, second), (value,) = boxes_of(marks)
    assert first.center().x() == second.center().x() == pytest.approx(0.5 * plot.plotItem.vb.width(), abs=1.0)
    assert value.center().y() == pytest.approx(second.center().y())


def test_triangles_at_one_place_stand_in_lines_of_their_own(plot: Any) -> None:
    marks = EdgeMarks(plot.plotItem)
    marks.show([Outside(5.0, "", "#123456"), Outside(5.0, "", "#654321"), Outside(9.0, "", "#654321")])
    first, second, third = marks.boxes
    assert second.top() > first.bottom()
    assert third.top() == first.top()
    assert not marks.labels
    marks.clear()
    assert marks.boxes == ()
