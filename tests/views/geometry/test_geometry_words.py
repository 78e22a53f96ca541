"""What the panel of the geometry explains: its legend lists what is to be seen, and its numbers say what they count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import numpy as np
import pytest
from drawn_geometry import LASSO, Drawn
from plot_items import settle
from tables import write_sparse

from regdesk.core.geometry.plane import Quadratic
from regdesk.core.geometry.view import Dial
from regdesk.views.geometry.legend import Mark, entries_of
from regdesk.views.geometry.plot import HERE_PX

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def drawn(qtbot: Any, engine: None, tmp_path: Path) -> Drawn:
    made = Drawn(qtbot, write_sparse(tmp_path / "sparse.csv"))
    made.draw()
    return made


def test_the_legend_lists_no_mark_out_of_sight(drawn: Drawn) -> None:
    content = drawn.content
    plot, shown = content.plots[0], {entry.words for entry in content.legend.entries}
    assert {"your model", "both touch", "L1's diamond", "pull of the loss"} <= shown
    # The ring has the name of what it is around.
    assert "optimum" not in shown
    x, y = (float(part[0]) for part in plot.here.getData())
    size = float(np.ptp(plot.plot.vb.viewRange()[0]))
    plot.plot.vb.setRange(xRange=(x + size, x + 2 * size), yRange=(y + size, y + 2 * size), padding=0)
    settle()
    gone = {entry.words for entry in content.legend.entries}
    assert not gone & {"your model", "both touch", "L1's diamond", "pull of the loss"}


def test_the_help_names_the_marks_that_are_drawn_in_the_words_of_the_legend_and_no_other(drawn: Drawn) -> None:
    words = [entry.words for entry in drawn.content.legend.entries]
    said = drawn.panel.help_text.partition("In the picture now: ")[2]
    assert len(words) > 3
    assert all(one in said for one in words)
    assert "dashed line at the dot: the pull that λ holds; when the arrow lies along it" in said
    assert "wedge" not in said
    assert "star" not in said
    assert len(drawn.panel.help_text.split()) <= 120
    drawn.content.controls.compare.click()
    assert "dot: each model" in drawn.panel.help_text


def test_what_has_been_solved_is_not_called_the_readers_model(drawn: Drawn) -> None:
    drawn.is_exact = True
    drawn.draw()
    shown = {entry.words for entry in drawn.content.legend.entries}
    assert "exact optimum" in shown
    assert "your model" not in shown
    assert "dot: exact optimum" in drawn.panel.help_text
    assert drawn.view is not None
    every = {entry.words for entry in entries_of(drawn.view, set(get_args(Mark)))}
    assert len(every) == len(get_args(Mark))
    assert not every & {"your model", "the model's contour", "its way"}
    drawn.is_exact = False
    drawn.draw()
    assert "your model" in {entry.words for entry in drawn.content.legend.entries}


def test_no_two_marks_of_the_legend_have_the_same_words(drawn: Drawn) -> None:
    assert drawn.view is not None
    words = [entry.words for entry in entries_of(drawn.view, set(get_args(Mark)))]
    assert len(words) == len(get_args(Mark))
    assert len(set(words)) == len(words)


def test_nothing_within_the_ring_hides_the_corner(drawn: Drawn) -> None:
    plot = drawn.content.plots[0]
    assert len(plot.touch.getData()[0]) == 1
    assert len(plot.optimum.getData()[0]) == 0, "the ring stands for it"
    assert plot.here.opts["size"] < plot.touch.opts["size"] / 2
    drawn.parameters = drawn.parameters + np.append([-0.4, 0.6], np.zeros(len(drawn.parameters) - 2))
    drawn.draw()
    assert len(plot.touch.getData()[0]) == 0
    assert len(plot.optimum.getData()[0]) == 1
    assert plot.here.opts["size"] == HERE_PX


def test_star_and_dashes_of_the_optima_are_named_in_a_usual_window(drawn: Drawn) -> None:
    drawn.panel.resize(497, 339)
    drawn.parameters = drawn.parameters + np.append([-0.4, 0.6], np.zeros(len(drawn.parameters) - 2))
    drawn.draw()
    settle()
    placed = [entry.words for entry, _ in drawn.content.legend.places()]
    assert placed[:3] == ["equal loss", "L1's diamond", "your model"]
    assert {"optimum", "optima over λ"} <= set(placed)
    # The contour through a model that has not arrived goes through the ball, and is said to.
    assert "the model's contour still crosses the diamond" in drawn.panel.readout
    look = drawn.view.looks[0] if drawn.view is not None else None
    assert look is not None
    assert look.through is not None
    assert look.penalty is not None
    inside = [look.penalty.value_at(point) < look.picture.share for point in look.through]
    assert any(inside)
    assert not all(inside)


def test_the_arrow_is_said_to_stand_where_it_is_drawn(drawn: Drawn) -> None:
    touching = drawn.content.controls.touching
    assert touching.text() == "arrow along the dashed line"
    assert not drawn.panel.readout.endswith("KKT")
    assert drawn.panel.readout.endswith(", 0 at the optimum")
    drawn.parameters = drawn.parameters + np.append([-0.4, 0.6], np.zeros(len(drawn.parameters) - 2))
    drawn.draw()
    view = drawn.view
    assert view is not None
    tangency = view.looks[0].picture.tangency
    pull, normal = -tangency.gradient, np.sign(tangency.point)
    degrees = np.degrees(np.arccos(pull @ normal / np.linalg.norm(pull) / np.linalg.norm(normal)))
    said = touching.text().removeprefix("arrow ").removesuffix("° off the dashed line")
    assert float(said) == pytest.approx(float(degrees), rel=6e-3)


def test_t_says_what_it_counts(drawn: Drawn) -> None:
    assert "t = ‖W‖₁, the sum of all |w|" in drawn.content.controls.budget.sentence.toolTip()
    view = drawn.view
    assert view is not None
    assert view.dial is not None
    assert view.dial.budget == pytest.approx(float(np.abs(drawn.parameters[:-1]).sum()), rel=1e-9)
    assert Dial(LASSO.lam, 1.0, 2.0, True, has_factors=True) != view.dial


def test_the_thick_contour_is_whole(drawn: Drawn) -> None:
    drawn.parameters = drawn.parameters + np.append([-0.2, 0.2], np.zeros(len(drawn.parameters) - 2))
    drawn.draw()
    view = drawn.view
    assert view is not None
    (look,) = view.looks
    assert look.through is not None
    # Closed: an end at the frame would be apart from the beginning.
    assert np.isfinite(look.through).all()
    np.testing.assert_allclose(look.through[0], look.through[-1])
    frame = view.frame
    assert look.through[:, 0].min() > frame.left
    assert look.through[:, 0].max() < frame.right


def test_the_box_around_a_level_touches_it_on_all_sides() -> None:
    bowl = Quadratic(0.3, np.array([0.4, -0.2]), np.array([[2.0, 0.7], [0.7, 1.0]]))
    point = np.array([0.5, -0.9])
    low, high = bowl.level_box(point)
    height = bowl.value_at(point) - bowl.value_at(bowl.minimum())
    angles = np.linspace(0.0, 2.0 * np.pi, 100_001)
    circle = np.sqrt(2.0 * height) * np.column_stack([np.cos(angles), np.sin(angles)])
    ellipse = bowl.minimum() + np.linalg.solve(np.linalg.cholesky(bowl.curvature).T, circle.T).T
    np.testing.assert_allclose(low, ellipse.min(axis=0), rtol=1e-7)
    np.testing.assert_allclose(high, ellipse.max(axis=0), rtol=1e-7)
    assert not len(Quadratic(0.0, np.zeros(2), np.ones((2, 2))).level_box(point)), "a valley has no end"
