"""Three penalties side by side: their heading, names that keep what differs, and the shape of a ball of nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from drawn_geometry import Drawn
from plot_items import settle
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from tables import write_sparse

from regdesk.core.words.plane_words import AT_START
from regdesk.views.geometry.axis_names import fitting_axis_names
from regdesk.views.geometry.compared_words import TRIO, compared_sentence

NEIGHBOURS = "layer 3: unit 8 → temperature", "layer 3: unit 16 → temperature"


@pytest.fixture
def drawn(qtbot: Any, engine: None, tmp_path: Path) -> Drawn:
    made = Drawn(qtbot, write_sparse(tmp_path / "sparse.csv"))
    made.draw()
    made.content.controls.compare.click()
    return made


def heading(view: Any) -> str:
    return compared_sentence(view).partition("; same rows")[0]


def test_three_penalties_are_told_drawn_and_named(drawn: Drawn) -> None:
    say_of_which_models_and_why_there_is_no_corner(drawn)
    draw_a_ball_of_nothing_as_its_shape_with_dashes(drawn)
    name_each_penalty_also_where_it_is_narrow(drawn)


def say_of_which_models_and_why_there_is_no_corner(drawn: Drawn) -> None:
    view = drawn.view
    assert view is not None
    assert heading(view) == AT_START.rstrip(".")
    view = replace(view, note=None)
    assert heading(view) == TRIO
    assert compared_sentence(view).endswith(f"in ({view.names[0]}, {view.names[1]})")
    assert heading(replace(view, is_behind=True)) == f"{TRIO}: they are catching up with its steps"
    nothing = replace(view.looks[0], picture=replace(view.looks[0].picture, here=np.zeros(2)))
    view = replace(view, looks=(nothing, *view.looks[1:]))
    nobody = replace(view.choice, x=None, y=None)
    for found, why in (
        (replace(view, has_alive=False), "; all is 0 under L1, its shape is drawn"),
        (replace(view, choice=nobody), "; both are 0 under L1, its shape is drawn"),
        (replace(view, choice=replace(nobody, x=1, y=0)), "; both are 0 under L1, try another pair"),
        (replace(view, looks=(replace(nothing, lam=0.0), *view.looks[1:])), ""),
    ):
        assert heading(found) == f"{TRIO}{why}"


def draw_a_ball_of_nothing_as_its_shape_with_dashes(drawn: Drawn) -> None:
    view, plot = drawn.view, drawn.content.plots[0]
    assert view is not None
    look = view.looks[0]
    plot.show(look, view.frame, view.names, True)
    assert plot.ball.pen().style() == Qt.PenStyle.SolidLine
    shape = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]])
    plot.show(replace(look, shape=shape), view.frame, view.names, True)
    assert plot.ball.pen().style() == Qt.PenStyle.DashLine
    drawn_shape = plot.ball.polygon()
    assert [(drawn_shape.at(at).x(), drawn_shape.at(at).y()) for at in range(4)] == [tuple(one) for one in shape]
    plot.show(look, view.frame, view.names, True)
    assert plot.ball.pen().style() == Qt.PenStyle.SolidLine


def test_axis_names_keep_what_tells_two_weights_apart(qapp: Any) -> None:
    metrics = QFontMetrics(QApplication.font())
    for form, number in (("{}", 0), ("… unit {} → temperature", 1), ("… unit {} …", 1), ("unit {}", 1), ("…{}…", 1)):
        wanted = [form.format(8), form.format(16)] if number else list(NEIGHBOURS)
        rooms = [metrics.horizontalAdvance(name) + 1.0 for name in wanted]
        assert fitting_axis_names(NEIGHBOURS, rooms, metrics) == wanted
    # Each for itself: the axis that has room has its name whole.
    assert fitting_axis_names(NEIGHBOURS, [rooms[0], 1e4], metrics) == ["…8…", NEIGHBOURS[1]]
    # The same numbers of other layers, and what has no word in common.
    assert fitting_axis_names(("hour → unit 3", "unit 3 → y"), [1e4, 1e4], metrics) == ["hour → unit 3", "unit 3 → y"]


def name_each_penalty_also_where_it_is_narrow(drawn: Drawn) -> None:
    drawn.panel.resize(340, 330)
    settle()
    names = [plot.names["title"] for plot in drawn.content.plots]
    assert [label.item.isVisible() for label in names] == [True] * 3
    assert names[2].item.toPlainText().split() == ["elastic", "net"]
