"""Weights by name as they are painted: where each bar ends, what is grey, what stands beside and above them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from painted import painted, texts
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended
from regdesk.views.weights.column_titles import ColumnTitles
from regdesk.views.weights.sorted_bars import BarRows, SortedBars

ONE = BarRows(("age", "town", "none"), np.array([[1.0], [-0.5], [0.0]]), (4, 7, 2), 2.0)
TWO = BarRows(("age", "none"), np.array([[1.0, 0.0], [0.0, 0.0]]), (4, 2), 1.0)


def bars_of(qtbot: Any, rows: BarRows, width: int = 500) -> SortedBars:
    bars = SortedBars()
    qtbot.addWidget(bars)
    bars.show_rows(rows)
    bars.resize(width, bars.minimumSizeHint().height())
    return bars


def test_each_bar_ends_where_its_weight_is_and_a_zero_is_a_ring(qtbot: Any) -> None:
    bars, colours = bars_of(qtbot, ONE), theme.colours()
    assert bars.sizeHint().height() == bars.height() == 3 * bars.line_px
    assert bars.line_px > bars.fontMetrics().height()
    (column,), shapes = bars.columns, painted(bars)
    middle, ends = column.center().x(), [column.center().x() + share * column.width() / 2 for share in (0.5, -0.25)]
    axis, *lines = [one for one in shapes if one.kind == "line"]
    assert axis.left == pytest.approx(middle, abs=0.51)
    assert (axis.top, axis.box.height(), axis.stroke) == (0.0, 3 * bars.line_px, colours.grid.lower())
    for row, (line, end) in enumerate(zip(lines, ends, strict=True)):
        assert {round(line.left, 1), round(line.box.right(), 1)} == {round(middle, 1), round(end, 1)}
        assert line.top == pytest.approx((row + 0.5) * bars.line_px)
        assert line.stroke == colours.weights.lower()
    *dots, ring = [one for one in shapes if one.kind == "ellipse"]
    assert [one.centre[0] for one in dots] == pytest.approx(ends, abs=0.1)
    assert {(one.fill, one.stroke) for one in dots} == {(colours.weights.lower(), "none")}
    assert ring.centre == pytest.approx((middle, 2.5 * bars.line_px))
    assert (ring.fill, ring.stroke) == ("none", colours.zero.lower())
    names = {one.text: one for one in shapes if one.kind == "text"}
    assert list(names) == ["age", "1.00", "town", "-0.500", "none", "0"]
    quiet, text = colours.quiet_text.lower(), colours.text.lower()
    assert [names[one].stroke for one in ("age", "town", "none", "1.00")] == [text, text, quiet, quiet]
    metrics = bars.fontMetrics()
    rights = {one: names[one].left + metrics.horizontalAdvance(one) for one in ("age", "town", "none")}
    assert max(rights.values()) - min(rights.values()) < 1.5, "names end together, beside their bars"
    assert max(rights.values()) < column.left()
    assert all(names[one].left >= column.right() for one in ("1.00", "-0.500", "0"))
    assert names["1.00"].left + metrics.horizontalAdvance("1.00") <= bars.width()


def test_beyond_the_end_of_the_axis_a_bar_ends_with_it(qtbot: Any) -> None:
    bars = bars_of(qtbot, BarRows(("a", "b"), np.array([[9.0], [-9.0]]), (0, 1), 2.0))
    (column,) = bars.columns
    dots = [one.centre[0] for one in painted(bars) if one.kind == "ellipse"]
    assert dots == pytest.approx([column.right(), column.left()], abs=0.1)


def test_columns_of_several_models_share_the_room_and_numbers_go_where_bars_would_be_short(qtbot: Any) -> None:
    wide, narrow = bars_of(qtbot, TWO, 600), bars_of(qtbot, TWO, 220)
    first, second = wide.columns
    assert first.width() == second.width()
    assert second.left() > first.right() + wide.fontMetrics().horizontalAdvance("0.0000"), "with room for its numbers"
    assert second.right() < wide.width()
    assert texts(wide) == ["age", "1.00", "0", "none", "0", "0"]
    assert texts(narrow) == ["age", "none"]
    assert all(one.width() > 40 for one in narrow.columns)
    age, none = (one for one in painted(narrow) if one.kind == "text")
    assert age.stroke == theme.colours().text.lower(), "one model has it"
    assert none.stroke == theme.colours().quiet_text.lower()
    assert [narrow.row_text(row, ("L1", "L2")) for row in (0, 1)] == ["age: L1 1.00, L2 0", "none: L1 0, L2 0"]
    assert narrow.row_text(0) == "age: 1.00, 0"
    long = bars_of(
        qtbot,
        BarRows(("a name of many words indeed", "a name of many worlds indeed"), np.ones((2, 1)), (0, 1), 1.0),
        260,
    )
    cut = long.cut_names()
    assert len(set(cut)) == 2
    assert all("…" in one for one in cut)
    assert long.columns[0].left() < 0.4 * 260


def test_a_selected_line_stands_on_its_colour_and_a_click_tells_which(qtbot: Any) -> None:
    bars = bars_of(qtbot, ONE)
    chosen: list[int] = []
    bars.weight_selected.connect(chosen.append)
    assert [one for one in painted(bars) if one.kind == "rect"] == []
    bars.show_selected(frozenset({7}))
    # Qt fills a rectangle as a path.
    ground, *others = [one for one in painted(bars) if one.kind in ("rect", "path") and one.box.width() > 400]
    assert others == []
    assert (ground.box.top(), ground.box.height(), ground.box.width()) == (bars.line_px, bars.line_px, 500.0)
    assert ground.fill == blended(theme.colours().highlight, 0.25).name()
    for row in range(3):
        for y in (row * bars.line_px, (row + 1) * bars.line_px - 1):
            assert bars.row_at(QPoint(5, y)) == row
            QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(5, y))
    QTest.mouseClick(bars, Qt.MouseButton.RightButton, pos=QPoint(5, 3))
    assert chosen == [4, 4, 7, 7, 2, 2]
    assert [bars.row_at(QPoint(5, y)) for y in (-1, 3 * bars.line_px)] == [None, None]


def test_titles_stand_above_their_columns_with_the_ends_of_the_axis(qtbot: Any) -> None:
    bars = bars_of(qtbot, TWO, 600)
    titles = ColumnTitles(bars)
    qtbot.addWidget(titles)
    one_line = titles.sizeHint().height()
    titles.resize(600, one_line)
    titles.show_titles((), 2.5)
    assert texts(titles) == ["-2.5", "0", "2.5"] * 2
    titles.show_titles((("the lasso", "L1"), ("a title that is longer than its column has room for, " * 2, "L2")), 1.0)
    assert titles.sizeHint().height() == titles.minimumSizeHint().height() == 2 * one_line
    titles.resize(600, 2 * one_line)
    shapes = painted(titles)
    assert [one.text for one in shapes] == ["the lasso", "-1", "0", "1", "L2", "-1", "0", "1"]
    assert titles.names == ("L1", "L2")
    assert titles.accessibleName().startswith("the lasso, a title")
    assert titles.toolTip().split("\n")[0] == "the lasso"
    metrics = titles.fontMetrics()
    for column, (title, low, zero, high) in zip(bars.columns, (shapes[:4], shapes[4:]), strict=True):
        assert (title.left, low.left) == pytest.approx((column.left(), column.left()), abs=1.0)
        assert zero.left + metrics.horizontalAdvance("0") / 2 == pytest.approx(column.center().x(), abs=1.0)
        assert high.left + metrics.horizontalAdvance("1") == pytest.approx(column.right(), abs=1.5)
        assert title.top < one_line < low.top == zero.top == high.top
        assert (title.stroke, low.stroke) == (theme.colours().text.lower(), theme.colours().quiet_text.lower())
