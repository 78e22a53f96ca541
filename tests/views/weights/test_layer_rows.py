"""One layer's row by itself: its bars, its axes as weights grow and shrink, and what a place on it means."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from plot_items import settle
from PySide6.QtCore import QPointF

from regdesk.core.types import Floats
from regdesk.core.weights.summaries import N_BINS, LayerSummary, count_weights
from regdesk.views.kit import theme
from regdesk.views.plots.following_range import PATIENCE
from regdesk.views.weights.ghost import Ghost
from regdesk.views.weights.histogram import NAMED_PX, LayerRow
from regdesk.views.weights.row_title import EDGES_PX, ONE_LINE_PX, TWO_LINES_PX, title_lines

WEIGHTS = np.array([[-0.93, 0.0, 0.01], [0.5, 0.52, 0.49]])


def layer_of(weights: Floats, limit: float = 1.0, n_too_small: int = 0, n_negligible: int = 0) -> LayerSummary:
    n_zero = int(np.sum(weights == 0.0)) - n_too_small
    counts = count_weights(weights, limit, n_too_small)
    l1, l2 = float(np.abs(weights).sum()), float(np.linalg.norm(weights))
    return LayerSummary("inputs → layer 1", weights.size, n_zero, counts, limit, l1, l2, n_too_small, n_negligible)


class Rows:
    """A row in a view, shown weights one moment after the other."""

    def __init__(self, qtbot: Any) -> None:
        self.view = pg.GraphicsLayoutWidget()
        qtbot.addWidget(self.view)
        self.view.setFixedSize(600, 260)
        self.row = LayerRow()
        self.view.addItem(self.row.title, row=0, col=0, colspan=2)
        self.view.addItem(self.row.zeros, row=1, col=0)
        self.view.addItem(self.row.plot, row=1, col=1)
        self.view.show()
        settle()

    def show(self, weights: Floats, limit: float = 1.0, n_frames: int = 1, prior: Any = None, **words: int) -> None:
        self.row.show(layer_of(weights, limit, **words), weights, prior, n_frames)

    def place(self, x: float, y: float = 0.5) -> QPointF:
        """Of the scene."""
        return QPointF(self.row.plot.getViewBox().mapViewToScene(QPointF(x, y)))

    @property
    def top(self) -> float:
        return float(self.row.memory()[1])


@pytest.fixture
def rows(qtbot: Any) -> Rows:
    return Rows(qtbot)


def test_bars_are_counts_and_the_share_of_zeros_is_a_bar_of_its_own(rows: Rows) -> None:
    rows.show(WEIGHTS)
    row, edges = rows.row, np.linspace(-1.0, 1.0, N_BINS + 1)
    np.testing.assert_allclose(row.bars.opts["x"], 0.5 * (edges[1:] + edges[:-1]))
    np.testing.assert_array_equal(row.bars.opts["height"], np.histogram(WEIGHTS[WEIGHTS != 0], edges)[0])
    assert row.bars.opts["width"] == pytest.approx(0.92 * 2.0 / N_BINS)
    assert row.zero_bar.opts["height"] == pytest.approx([100.0 / 6.0])
    (low, high), (bottom, top) = row.plot.vb.viewRange()
    assert (low, high, bottom, top) == (-1.0, 1.0, 0.0, 2.0)
    assert row.memory() == [1.0, 2.0, 0.0]
    (left, right), (floor, ceiling) = row.zeros.vb.viewRange()
    assert (left, right, floor, ceiling) == (-1.0, 1.0, 0.0, 100.0)
    colours = theme.colours()
    assert pg.mkBrush(row.bars.opts["brush"]).color().name() == colours.weights.lower()
    assert pg.mkBrush(row.zero_bar.opts["brush"]).color().name() == colours.zero.lower()


def test_an_axis_widens_at_once_and_comes_down_late(rows: Rows) -> None:
    rows.show(WEIGHTS)
    rows.show(1.01 * WEIGHTS / 0.93, limit=1.0)
    assert rows.row.limit == 1.0, "the layer says how far its weights go"
    rows.show(3.0 * WEIGHTS, limit=5.0)
    assert rows.row.limit == 5.0
    small = 0.5 * WEIGHTS
    rows.show(small, limit=5.0, n_frames=PATIENCE - 1)
    assert rows.row.limit == 5.0
    rows.show(small, limit=5.0)
    assert rows.row.limit == 1.0, "1.2 times 0.465, in steps of 1, 2 and 5"
    np.testing.assert_array_equal(rows.row.bars.opts["height"], count_weights(small, 1.0))
    rows.show(1e-4 * WEIGHTS, limit=5.0, n_frames=PATIENCE)
    assert rows.row.limit == 0.05, "a hundredth of what they shrank from"
    rows.show(np.zeros((2, 3)), limit=5.0, n_frames=PATIENCE)
    assert rows.row.limit == 0.05, "of nothing there is no axis"
    rows.show(WEIGHTS, limit=5.0)
    assert rows.row.limit == 1.0
    rows.show(4.9 * WEIGHTS, limit=5.0)
    assert (rows.row.limit, rows.row.memory()[2]) == (5.0, 0.0)


def test_fitted_axes_are_those_of_the_present_weights(rows: Rows) -> None:
    rows.show(WEIGHTS, limit=50.0)
    rows.row.fit(0.1 * WEIGHTS)
    rows.show(0.1 * WEIGHTS, limit=50.0)
    assert rows.row.limit == 0.1
    np.testing.assert_array_equal(rows.row.bars.opts["height"], count_weights(0.1 * WEIGHTS, 0.1))
    rows.row.fit(np.zeros((2, 3)))
    rows.show(np.zeros((2, 3)), limit=50.0)
    assert rows.row.limit == 0.1, "without weights it stays"
    rows.row.begin(layer_of(WEIGHTS, 50.0))
    rows.show(WEIGHTS, limit=50.0)
    assert rows.row.limit == 50.0, "a new run"


def test_bars_that_grow_have_room_and_axes_are_brought_back(rows: Rows) -> None:
    rows.show(WEIGHTS)
    assert rows.top == 2.0
    many = np.full((10, 3), 0.5)
    rows.show(many)
    assert (rows.top, rows.row.plot.vb.viewRange()[1][1]) == (50.0, 50.0)
    rows.show(np.array([[0.1, 0.9]]), n_frames=PATIENCE)
    assert rows.top == 2.0
    rows.row.bring_back([0.5, 20.0, 0.5])
    assert (rows.row.memory(), rows.row.plot.vb.viewRange()[0]) == ([0.5, 20.0, 0.5], [-0.5, 0.5])
    for bad in ([0.0, 20.0, 0.5], [0.5, 0.0, 0.5], [0.5, 20.0], "words"):
        rows.row.bring_back(bad)
        assert rows.row.memory() == [0.5, 20.0, 0.5]


def test_a_frozen_outline_stays_inside(rows: Rows) -> None:
    rows.show(WEIGHTS)
    ghost = Ghost("inputs → layer 1", 6, 4.0, 9 * np.ones(N_BINS, dtype=np.int64))
    rows.row.show_ghost(ghost)
    x, y = rows.row.frozen.getData()
    np.testing.assert_allclose(x, np.linspace(-4.0, 4.0, N_BINS + 1))
    np.testing.assert_array_equal(y, ghost.counts)
    assert rows.row.frozen.isVisible()
    rows.show(WEIGHTS)
    assert rows.top == 10.0
    rows.show(WEIGHTS, limit=5.0)
    rows.show(0.1 * WEIGHTS, limit=5.0, n_frames=2 * PATIENCE)
    assert rows.row.limit == 5.0, "what is compared with reaches to 4"
    rows.row.show_ghost(None)
    assert not rows.row.frozen.isVisible()
    rows.show(0.1 * WEIGHTS, limit=5.0, n_frames=2 * PATIENCE)
    assert rows.row.limit == 0.2


def test_a_bar_says_how_many_and_a_click_means_the_nearest_of_them(rows: Rows) -> None:
    row = rows.row
    assert row.value_at(rows.place(0.0)) is None, "nothing is shown yet"
    assert row.weight_at(rows.place(0.0), WEIGHTS) is None
    rows.show(WEIGHTS, n_negligible=1)
    width = 2.0 / N_BINS
    number = int((0.5 + 1.0) / width)
    low, high = -1.0 + number * width, -1.0 + (number + 1) * width
    n = int(((low <= WEIGHTS) & (high > WEIGHTS)).sum())
    assert row.value_at(rows.place(0.5)) == f"{n} of 6 weights between {low:.3g} and {high:.3g}"
    assert row.value_at(rows.place(0.0)) == (
        f"1 of 6 weights between {-0.5 * width:.3g} and {0.5 * width:.3g}\n1 of them too small to matter"
    )
    assert row.value_at(rows.place(0.0, -9.0)) is None, "below the plot"
    flat = WEIGHTS.ravel().tolist()
    assert row.weight_at(rows.place(-0.93), WEIGHTS) == flat.index(-0.93)
    assert row.weight_at(rows.place(0.0), WEIGHTS) == flat.index(0.01), "not the zero"
    assert row.weight_at(rows.place(-0.5), WEIGHTS) is None
    close = np.array([[0.5 * width + 0.2 * width, 0.5 * width + 0.8 * width]])
    rows.show(close)
    places = [0.5 * width + share * width for share in (0.1, 0.45, 0.55, 0.9)]
    assert [row.weight_at(rows.place(x), close) for x in places] == [0, 0, 1, 1]
    ends = np.array([[-1.0, 1.0]])
    rows.show(ends)
    assert [row.weight_at(rows.place(x), ends) for x in (-0.999, 0.999)] == [0, 1]


class Prior:
    """As dense as 1 everywhere."""

    def density(self, positions: Any) -> Any:
        return np.ones(len(positions))

    def positions(self, limit: float) -> Any:
        return np.array([-limit, 0.0, limit])


def test_a_prior_is_drawn_in_expected_counts(rows: Rows) -> None:
    prior = Prior()
    rows.show(WEIGHTS, prior=prior)
    x, y = rows.row.prior.getData()
    expected = 6 * 2.0 / N_BINS
    np.testing.assert_allclose((x, y), ([-1.0, 0.0, 1.0], [expected] * 3))
    assert str(rows.row.value_at(rows.place(-0.93))).endswith(f"\nprior at its middle: {expected:.3f}")
    rows.row.prior.setData([], [])
    rows.show(WEIGHTS, prior=prior)
    assert not len(rows.row.prior.getData()[0]), "it is the same"
    rows.show(WEIGHTS, limit=2.0, prior=prior)
    np.testing.assert_allclose(rows.row.prior.getData()[0], [-2.0, 0.0, 2.0])
    rows.show(WEIGHTS, limit=2.0)
    assert not len(rows.row.prior.getData()[0])
    assert "prior" not in str(rows.row.value_at(rows.place(-0.93)))


def test_titles_have_as_many_lines_as_the_panel_needs(rows: Rows) -> None:
    assert [title_lines(px) for px in (ONE_LINE_PX, ONE_LINE_PX - 1, TWO_LINES_PX, TWO_LINES_PX - 1)] == [1, 2, 2, 3]
    assert EDGES_PX > 0
    rows.row.show_title(900.0, False, True)
    assert rows.row.title.text == ""
    rows.show(WEIGHTS)
    rows.row.show_title(900.0, False, True)
    assert "5 alive, 1 zero" in rows.row.title.text
    assert rows.row.title.text.count("<br>") == 0
    high = rows.row.title.minimumSize().height()
    rows.row.show_title(320.0, False, True)
    assert rows.row.title.text.count("<br>") == 1
    rows.row.show_title(200.0, False, True)
    assert rows.row.title.text.count("<br>") == 2
    assert rows.row.title.minimumSize().height() > 2.0 * high


def test_a_low_row_has_no_words_beside_its_axis(rows: Rows) -> None:
    axis = rows.row.plot.getAxis("left")
    rows.show(WEIGHTS)
    assert axis.size().height() >= NAMED_PX
    assert axis.label.isVisible()
    rows.view.setFixedSize(600, 90)
    settle()
    rows.show(WEIGHTS)
    assert axis.size().height() < NAMED_PX
    assert not axis.label.isVisible()
