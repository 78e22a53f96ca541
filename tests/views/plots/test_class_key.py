"""The key of classes in little room, and titles that the layout hears of only where they are higher or lower."""

from __future__ import annotations

import re
from typing import Any

import pyqtgraph as pg
import pytest
from PySide6.QtGui import QFontMetrics

from regdesk.views.plots.class_marks import class_colour, class_key, class_symbol
from regdesk.views.weights.row_title import RowTitle


def lines_of(key: str) -> list[str]:
    return [re.sub("<[^>]*>", "", line).replace("&nbsp;", "\xa0") for line in key.split("<br>")]


def test_colours_and_symbols_come_round_at_different_times(qapp: Any) -> None:
    looks = [(class_colour(number), class_symbol(number)) for number in range(72)]
    assert len(set(looks)) == 72
    assert class_colour(8) == class_colour(0)
    assert class_symbol(9) == class_symbol(0)
    assert class_symbol(8) != class_symbol(0)


@pytest.mark.parametrize("width_px", [300, 420])
def test_two_long_names_fill_each_line_of_a_key(qapp: Any, width_px: int) -> None:
    metrics = QFontMetrics(qapp.font())
    classes = tuple(f"an uncommonly long kind of plant that is called {letter}" for letter in "abcdefghij")
    first, second = lines_of(class_key(classes, metrics, width_px))
    entries = first.split(" \xa0 ")
    assert len(entries) == 2
    assert all("…" in one for one in entries)
    assert metrics.horizontalAdvance(first) <= width_px
    more_px = metrics.horizontalAdvance("and 10 more")
    # Beside what says how many there are more, the two have all the room.
    assert metrics.horizontalAdvance(first) > width_px - more_px - 40
    assert second.split(" \xa0 ")[-1] == "and 6 more"


def test_a_key_has_one_line_up_to_exactly_its_width(qapp: Any) -> None:
    metrics = QFontMetrics(qapp.font())
    classes = ("setosa", "versicolor", "virginica")
    needed_px = sum(metrics.horizontalAdvance(one) + metrics.horizontalAdvance("⬢    ") for one in classes)
    assert len(lines_of(class_key(classes, metrics, needed_px))) == 1
    one, two = lines_of(class_key(classes, metrics, needed_px - 1))
    assert (one.count("\xa0"), two.count("\xa0")) == (3, 1), "two of three stand in the first"


def test_the_layout_hears_of_a_title_where_its_height_is_another(qapp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    least = pg.LabelItem.updateMin
    monkeypatch.setattr(pg.LabelItem, "updateMin", lambda label: (heard.append(label.text), least(label))[1])
    title = RowTitle("")
    title.setText("3 alive")
    heard.clear()
    title.setText("4 alive")
    title.setText("400,000,000 alive")
    assert heard == []
    assert title.text == "400,000,000 alive"
    title.setText("4 alive<br>2 zero")
    n_heard = len(heard)
    assert set(heard) == {"4 alive<br>2 zero"}
    title.setText("4 alive<br>2 zero")
    assert len(heard) == n_heard
    title.setText("4 alive")
    assert len(heard) > n_heard
