"""The constraint geometry from views that the core made at once: what the items hold, the controls, and refusals."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from drawn_geometry import Drawn
from plot_items import settle, show
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from tables import write_sparse

from regdesk.core.weights.names import WeightList
from regdesk.views.geometry.content import GeometryContent
from regdesk.views.geometry.panel import GeometryPanel
from regdesk.views.geometry.plot_grid import columns_for
from regdesk.views.geometry.words import INVITATION
from regdesk.views.kit import theme


@pytest.fixture
def drawn(qtbot: Any, engine: None, tmp_path: Path) -> Drawn:
    made = Drawn(qtbot, write_sparse(tmp_path / "sparse.csv"))
    made.draw()
    return made


def test_contours_and_ball_are_among_the_numbers_that_are_copied(drawn: Drawn) -> None:
    columns = {column.name: np.array(column.cells, np.float64) for column in drawn.panel.data_columns()}
    view = drawn.view
    assert view is not None
    look, (across, up) = view.looks[0], view.names
    named = [name for name in columns if name.startswith(f"{across} (loss ")]
    assert len(named) == len(look.contours) > 3
    for contour in look.contours:
        words = f"(loss {contour.level:.6g})"
        line = np.column_stack([columns[f"{across} {words}"], columns[f"{up} {words}"]])
        np.testing.assert_array_equal(line, contour.line)
    ball = np.column_stack([columns[f"{across} (ball)"], columns[f"{up} (ball)"]])
    np.testing.assert_allclose(np.abs(ball).sum(axis=1), np.abs(ball).sum(axis=1).max(), rtol=1e-9)


def test_before_a_picture_it_says_what_will_be_there(qtbot: Any) -> None:
    panel = GeometryPanel()
    show(qtbot, panel, 900, 700)
    assert panel.readout == INVITATION
    assert panel.has_refused
    assert panel.findChild(GeometryContent) is None
    panel.show_refusal("There is one weight only.")
    assert panel.readout == "There is one weight only."


def test_items_hold_what_the_core_found(drawn: Drawn) -> None:
    plot, view = drawn.content.plots[0], drawn.view
    assert view is not None
    (one,) = view.looks
    assert view.names == ("a", "b"), "the two that enter first, by the way the data were made"
    for curve, contour in zip(plot.contours, one.contours, strict=True):
        np.testing.assert_array_equal(np.column_stack(curve.getData()), contour.line)
    for mark in (plot.here, plot.touch):
        assert [float(part[0]) for part in mark.getData()] == one.picture.here.tolist()
    np.testing.assert_allclose([part[0] for part in plot.here.getData()], drawn.solution.weights[:2, 0], atol=1e-12)
    np.testing.assert_array_equal(np.column_stack(plot.path.getData()), one.path)
    np.testing.assert_array_equal(np.column_stack(plot.through.getData()), one.through)
    assert [plot.plot.getAxis(side).labelText for side in ("bottom", "left")] == ["a", "b"]
    # The ball is the diamond that the weights spend.
    corners = [plot.ball.polygon().at(number) for number in range(4)]
    budget = np.abs(drawn.solution.weights[:2, 0]).sum()
    assert max(abs(abs(corner.x()) + abs(corner.y()) - budget) for corner in corners) < 1e-9
    # The arrow points down the loss.
    arrow = np.column_stack(plot.arrow.getData())
    along, gradient = arrow[1] - arrow[0], one.picture.tangency.gradient
    assert along @ -gradient == pytest.approx(np.linalg.norm(along) * np.linalg.norm(gradient), rel=1e-12)
    assert "touches the diamond" in drawn.panel.readout


def test_other_weights_on_the_axes_by_their_boxes(drawn: Drawn) -> None:
    controls = drawn.content.controls
    assert [controls.upwards.itemText(number) for number in range(controls.upwards.count())] == [*"abcdefgh"]
    controls.upwards.setCurrentIndex(4)
    controls.upwards.activated.emit(4)
    assert drawn.view is not None
    assert drawn.view.names == ("a", "e")
    # What is chosen at a box is selected in all panels.
    assert drawn.session.configuration.view.selected == ("weight", 4)
    drawn.session.change_all(drawn.panel.settings_for(("input", "c")))
    assert "c" in drawn.view.names
    assert drawn.view.watched_name == "c"
    assert drawn.panel.settings_for(("input", "nobody")) == {}
    assert drawn.panel.settings_for(()) == {}


def test_what_is_changed_elsewhere_is_shown(drawn: Drawn) -> None:
    session, controls = drawn.session, drawn.content.controls
    session.change_all({"view.geometry.x": 3, "view.geometry.y": 2, "view.geometry.watched": 5}, "undo")
    assert drawn.view is not None
    assert drawn.view.names == ("d", "c")
    assert [box.currentText() for box in (controls.across, controls.upwards, controls.watched)] == ["d", "c", "f"]
    session.change_all({"view.geometry.reading": "profile", "view.geometry.is_sum": True}, "lesson")
    assert drawn.view.looks[0].picture.reading == "profile"
    assert (controls.reading.currentData(), controls.view.currentData()) == ("profile", True)
    session.change("view.geometry.compares", True, "script")
    assert controls.compare.isChecked()
    assert len(drawn.view.looks) == 3
    session.change_all({"view.geometry.x": None, "view.geometry.y": None, "view.geometry.compares": False}, "undo")
    assert not controls.compare.isChecked()
    assert drawn.view.names == ("a", "b")
    assert controls.across.currentText() == "a"


def test_a_weight_that_is_selected_comes_on_an_axis(drawn: Drawn) -> None:
    drawn.session.change_all(drawn.panel.settings_for(("weight", 4)))
    # The one that stands there by default is chosen from now on, too.
    chosen = drawn.session.configuration.view.geometry
    assert (chosen.x, chosen.y, chosen.watched, chosen.is_principal) == (4, 0, 4, False)
    assert drawn.panel.choice.x == 4


def test_the_name_of_the_selected_weight_has_its_colour_and_a_click_on_it_selects(qtbot: Any, drawn: Drawn) -> None:
    plot, chosen = drawn.content.plots[0].plot, []
    drawn.panel.part_selected.connect(chosen.append)
    drawn.session.change("view.selected", ("weight", 1))
    colours = [plot.getAxis(side).labelStyle["color"] for side in ("bottom", "left")]
    assert colours == [theme.colours().quiet_text, theme.colours().selected]
    view = drawn.content.view
    for side in ("bottom", "left"):
        axis = plot.getAxis(side)
        place = view.mapFromScene(axis.mapRectToScene(axis.rect()).center())
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        settle()
    # A click on what is selected lets it go.
    assert chosen == [("weight", 0), ()]


def test_the_budget_is_that_of_the_solution_and_asks_for_another(qtbot: Any, drawn: Drawn) -> None:
    controls, view = drawn.content.controls, drawn.view
    assert view is not None
    assert view.dial is not None
    assert view.dial.budget == pytest.approx(drawn.solution.budget, rel=1e-9)
    assert controls.budget.slider.value() == round(1000 * drawn.solution.budget / view.dial.top)
    for one in (controls.budget.slider, controls.budget.edit):
        assert "Budget t, what the weights may spend" in one.toolTip()
    chosen: list[float] = []
    drawn.panel.budget_chosen.connect(chosen.append)
    controls.budget.slider.setValue(700)
    assert chosen == [pytest.approx(0.7 * view.dial.top, rel=1e-9)]
    controls.budget.edit.setFocus()
    controls.budget.edit.selectAll()
    qtbot.keyClicks(controls.budget.edit, "0.25")
    qtbot.keyClick(controls.budget.edit, Qt.Key.Key_Return)
    assert chosen[-1] == 0.25


def test_three_penalties_stand_side_by_side(drawn: Drawn) -> None:
    drawn.content.controls.compare.click()
    assert drawn.view is not None
    assert [one.kind for one in drawn.view.looks] == ["l1", "l2", "elastic-net"]
    plots = [one.plot for one in drawn.content.plots]
    assert [plot.isVisible() for plot in plots] == [True] * 3
    widths = [plot.vb.width() for plot in plots]
    boxes = [plot.mapRectToScene(plot.rect()) for plot in plots]
    assert not any(one.intersects(other) for one, other in pairwise(boxes))
    assert max(widths) - min(widths) < 2.0
    assert all(one.look.contours for one in drawn.content.plots)
    drawn.content.controls.compare.click()
    assert len(drawn.view.looks) == 1
    assert [plot.isVisible() for plot in plots] == [True, False, False]


def test_plots_stand_where_each_is_largest() -> None:
    assert columns_for(3, 1200, 400) == 3
    assert columns_for(3, 640, 600) == 2
    assert columns_for(3, 200, 900) == 1
    assert columns_for(1, 300, 900) == 1


def test_another_theme_recolours_what_is_there(drawn: Drawn) -> None:
    plot = drawn.content.plots[0]
    before = plot.path.opts["pen"].color()
    try:
        theme.apply_theme(QApplication.instance(), theme.DARK)
        drawn.panel.apply_theme()
        assert plot.path.opts["pen"].color() != before
    finally:
        theme.apply_theme(QApplication.instance(), theme.LIGHT)


def test_a_new_run_and_a_refusal_take_the_picture_away(drawn: Drawn) -> None:
    drawn.panel.show_refusal("There is one weight only.")
    assert drawn.panel.readout == "There is one weight only."
    assert drawn.panel.has_refused
    settle()
    assert not drawn.content.isVisible()
    assert drawn.view is not None
    drawn.panel.show_view(replace(drawn.view))
    settle()
    assert drawn.content.isVisible()


def test_whether_it_can_be_seen_is_told(qtbot: Any, drawn: Drawn) -> None:
    seen: list[bool] = []
    drawn.panel.seen_changed.connect(seen.append)
    drawn.panel.hide()
    settle()
    assert seen == [False]
    drawn.panel.show()
    settle()
    assert seen == [False, True]


def test_where_nobody_has_chosen_one_weight_is_at_zero_and_the_other_is_not(qtbot: Any, tmp_path: Path) -> None:
    drawn = Drawn(qtbot, write_sparse(tmp_path / "sparse.csv"))
    drawn.standing = None
    drawn.draw()
    view = drawn.view
    assert view is not None
    assert [value == 0.0 for value in view.looks[0].picture.here] == [False, True]
    assert "touches the diamond's corner" in drawn.panel.readout
    # Its reason comes before all else, and what the corner does next.
    assert view.watched_name == view.names[1]
    assert drawn.content.why.sentences[1].startswith("The diamond has a corner there")
    # A hand's own choice stands beside one of the two.
    drawn.session.change("view.geometry.x", view.pair[1] if view.pair else None, "hand")
    assert drawn.view is not None
    assert drawn.view.pair == (view.pair or ())[::-1]


def test_the_reason_and_the_legend_are_in_sight_without_a_click(drawn: Drawn) -> None:
    content, view = drawn.content, drawn.view
    assert view is not None
    words = content.why.text().replace("\n", " ")
    # Of the two it is about the smaller one; it is pulled with λ, as every weight that lives at the optimum.
    assert words.startswith("b is not zero: the loss pulls on it with 0.3. ")
    assert content.why.isVisible()
    assert {entry.words for entry, _ in content.legend.places()} == {entry.words for entry in content.legend.entries}
    boxes = [box for _, box in content.legend.places()]
    assert all(content.legend.rect().toRectF().adjusted(0, -1, 3, 1).contains(box) for box in boxes)
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
    assert "L1's diamond" in {entry.words for entry in content.legend.entries}


def test_a_ring_marks_where_contour_and_ball_touch(drawn: Drawn) -> None:
    plot, view = drawn.content.plots[0], drawn.view
    assert view is not None
    (look,) = view.looks
    assert [float(part[0]) for part in plot.touch.getData()] == look.picture.here.tolist()
    assert "both touch" in {entry.words for entry in drawn.content.legend.entries}
    # Elsewhere on the plane the contour crosses the ball.
    drawn.parameters = drawn.parameters + 0.2
    drawn.draw()
    assert not len(plot.touch.getData()[0])
    assert "both touch" not in {entry.words for entry in drawn.content.legend.entries}


def test_a_corner_is_the_reason_where_a_weight_is_zero(drawn: Drawn) -> None:
    drawn.session.change("view.geometry.y", "abcdefgh".index("c"), "hand")
    drawn.draw()
    sentences = drawn.content.why.sentences
    assert sentences[0].startswith("c is zero because the loss pulls on it with ")
    assert sentences[1] == "The diamond has a corner there: pulls in many directions keep the weight in it."


def test_the_bar_of_the_controls_never_lies_on_them(qtbot: Any, drawn: Drawn) -> None:
    for height_px in (700, 330):
        drawn.panel.resize(900, height_px)
        settle()
        area = drawn.content.area
        assert area.isVisible()
        viewport_px = area.viewport().width()
        # Between a bar that comes and the width that it takes Qt lets a turn of its loop pass.
        assert drawn.content.controls.width() + area.verticalScrollBar().sizeHint().width() <= area.width()
        assert viewport_px >= max(drawn.content.controls.minimumSizeHint().width(), drawn.content.controls.width())
        right_px = [
            one.mapTo(area.viewport(), one.rect().topRight()).x()
            for one in drawn.content.controls.findChildren(QWidget)
            if one.isVisible()
        ]
        assert max(right_px) < viewport_px
    assert area.verticalScrollBar().isVisible(), "in a low panel there is one"


def test_the_words_beneath_the_bar_are_whole_in_the_panel_of_a_usual_window(drawn: Drawn) -> None:
    panel, controls, area = drawn.panel, drawn.content.controls, drawn.content.area
    # What the panel is given in a window of 1440 × 900; the names say of which model the controls are.
    panel.resize(497, 339)
    for is_linear in (True, False):
        controls.show_weights(WeightList((0, 1), ("a", "b")), is_linear)
        settle()
        assert area.viewport().height() >= controls.sizeHint().height(), is_linear
    drawn.session.change("view.geometry.compares", True)
    drawn.content.opener.click()
    settle()
    assert area.isVisible()
    assert area.viewport().height() >= controls.sizeHint().height()


def test_what_stands_on_the_axes_unchosen_is_kept_with_the_picture_and_brought_back(qtbot: Any, drawn: Drawn) -> None:
    assert drawn.view is not None
    assert drawn.view.default is not None
    memory = json.loads(json.dumps(drawn.panel.picture_memory()))
    assert memory["pair"] == [drawn.view.default.first, drawn.view.default.second, 1]
    brought: list[Any] = []
    drawn.panel.pair_brought_back.connect(brought.append)
    drawn.panel.bring_back_picture(memory)
    assert brought == [drawn.view.default]
    for bad in ({}, {"pair": [1]}, {"pair": [0, -1, 1]}, {"pair": [0, 1.5, 1]}, {"pair": "011"}, None):
        drawn.panel.bring_back_picture(bad)
    assert len(brought) == 1
