"""Weights by size: order, names that stay apart, zeros that are folded, and three penalties side by side."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of
from plot_items import settle, show
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox
from tables import write_csv

from regdesk.core.model.side_by_side import PenaltyPath, SideBySide
from regdesk.core.settings.configuration import ViewSettings
from regdesk.core.settings.selected import selected_weight
from regdesk.core.weights.by_size import ranking_of
from regdesk.views.kit import theme
from regdesk.views.weights.panel import HistogramPanel
from regdesk.views.weights.sorted_bars import BarRows, SortedBars
from regdesk.views.weights.sorted_view import SortedView

N_INPUTS = 200


class Looked:
    """A panel of a linear model of 200 inputs with long names, of which all but seven are zero."""

    def __init__(self, qtbot: Any, folder: Path, picture: str) -> None:
        generator = np.random.default_rng(3)
        names = [f"expression_of_the_gene_number_{number:03d}_in_the_tissue" for number in range(N_INPUTS)]
        columns = [generator.normal(size=30).round(3) for _ in names]
        table = write_csv(folder / "wide.csv", [*names, "y"], [*columns, generator.normal(size=30).round(3)])
        made = Canned.of(dataset_of(table, "y"), ())
        parameters = np.zeros_like(made.parameters)
        self.alive = [3, 50, 51, 120, 121, 122, 199]
        parameters[self.alive] = [0.1, -0.5, 0.2, 0.05, -0.05, 0.3, 1.0]
        self.model = replace(made, parameters=parameters)
        self.view = ViewSettings(weights_picture=picture)
        self.panel = show(qtbot, HistogramPanel(lambda: self.view), 520, 300)
        self.panel.settings_chosen.connect(self._on_settings_chosen)
        self.panel.show_run_scene(self.model.run_scene)
        self.panel.show_frame(self.model.frame())
        settle()

    def _on_settings_chosen(self, values: dict[str, Any]) -> None:
        picture = values["view.weights_picture"]
        self.view = ViewSettings(weights_picture=picture)
        self.panel.show_view_settings(self.view)

    @property
    def bars(self) -> SortedBars:
        found = self.panel.findChild(SortedBars)
        assert isinstance(found, SortedBars)
        return found


@pytest.fixture
def looked(qtbot: Any, tmp_path: Path) -> Looked:
    return Looked(qtbot, tmp_path, "sorted")


def test_the_largest_come_first_and_zeros_are_folded(looked: Looked) -> None:
    rows = looked.bars.rows
    assert [abs(value) for value in rows.values[:, 0]] == pytest.approx([1.0, 0.5, 0.3, 0.2, 0.1, 0.05, 0.05])
    assert [int(name[30:33]) for name in rows.names] == [199, 50, 122, 51, 3, 120, 121]
    assert rows.limit >= 1.0
    view = looked.panel.findChild(SortedView)
    assert view.folded.text().startswith(f"{N_INPUTS - 7} at zero: expression_of_the_gene_number_000")
    # In narrow room the names lose their middle, and none reads like another.
    cut = looked.bars.cut_names()
    assert len(set(cut)) == 7
    assert all("…" in name for name in cut)


def test_a_click_on_a_line_selects_its_weight(qtbot: Any, looked: Looked) -> None:
    bars = looked.bars
    place = QPoint(bars.width() // 2, int(1.5 * bars.line_px))
    with qtbot.waitSignal(looked.panel.part_selected) as selected:
        qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=place)
    assert selected.args == [selected_weight(50)]
    assert bars.row_text(1).endswith(": -0.500")


def test_the_order_is_of_now_when_the_model_rests(looked: Looked) -> None:
    looked.model.parameters[3] = 2.0
    looked.panel.show_running(True)
    looked.panel.show_frame(looked.model.frame())
    assert int(looked.bars.rows.names[0][30:33]) == 199, "while it trains the lines stand still for a while"
    looked.panel.show_running(False)
    looked.panel.show_frame(looked.model.frame())
    assert int(looked.bars.rows.names[0][30:33]) == 3


def test_the_box_chooses_the_picture_and_three_penalties_are_asked_for(qtbot: Any, looked: Looked) -> None:
    box = looked.panel.findChild(QComboBox, "weightsPictureBox")
    assert not looked.panel.comparison.is_wanted
    with qtbot.waitSignal(looked.panel.comparison.wanted):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert looked.view.weights_picture == "penalties"
    assert looked.panel.comparison.is_wanted
    weights = np.zeros((N_INPUTS, 3))
    weights[5], weights[:, 1] = (0.4, 0.3, 0.35), 0.01
    path = PenaltyPath("l1", np.array([1.0]), weights[:, :1].T)
    looked.panel.comparison.show_comparison(SideBySide(0.1, 0.5, weights, (path, path, path)))
    rows = looked.bars.rows
    assert rows.values.shape == (N_INPUTS, 3)
    assert int(rows.names[0][30:33]) == 5
    view = looked.panel.findChild(SortedView)
    assert view.titles.names == ("L1", "L2", "elastic net")
    columns = looked.bars.columns
    assert all(one.right() < other.left() for one, other in pairwise(columns))
    looked.panel.comparison.refuse("Only of a linear model.")
    assert view.sentence.text() == "Only of a linear model."
    assert not view.area.isVisible()


def test_ranking_lists_so_many_and_counts_the_rest() -> None:
    values = np.array([[0.0, 0.0], [1.0, -3.0], [2.0, 0.0], [0.0, 0.0], [-0.5, 0.0]])
    found = ranking_of(values, most=2)
    assert found.listed.tolist() == [1, 2]
    assert found.n_more == 1
    assert found.zeros.tolist() == [0, 3]


def test_each_line_ends_where_its_weight_is_and_a_zero_is_an_open_ring(qtbot: Any) -> None:
    bars = SortedBars()
    qtbot.addWidget(bars)
    bars.resize(600, 100)
    bars.show_rows(BarRows(("first", "second", "third"), np.array([[1.0], [-0.5], [0.0]]), (4, 2, 7), 1.0))
    bars.show_selected(frozenset({2}))
    picture = bars.grab().toImage()
    colours, (column,) = theme.colours(), bars.columns
    middle, half = column.center().x(), 0.5 * column.width()

    def colour_at(x: float, line: int) -> str:
        return picture.pixelColor(round(x), int((line + 0.5) * bars.line_px)).name()

    weights, background = QColor(colours.weights).name(), colour_at(middle + 0.25 * half, 1)
    assert colour_at(middle + half - 1, 0) == colour_at(middle + 0.5 * half, 0) == weights
    assert colour_at(middle - 0.5 * half, 1) == colour_at(middle - 0.25 * half, 1) == weights
    assert colour_at(middle - 0.75 * half, 1) == background != weights
    # The line that is selected stands on another ground than the one above it.
    assert background != colour_at(middle - 0.25 * half, 0) == colour_at(middle + 0.25 * half, 2)
    around = {colour_at(middle + away, 2) for away in (-4, -3, 3, 4)}
    assert weights not in around
    assert colour_at(middle, 2) != weights
    assert around - {colour_at(middle + 0.25 * half, 2)}, "the ring of a weight at zero"
    assert bars.row_text(0) == "first: 1.00"


def test_what_is_listed_can_be_copied(looked: Looked) -> None:
    listed = {column.name: list(column.cells) for column in looked.panel.data_columns()}
    assert listed.pop("input or connection") == list(looked.bars.rows.names)
    (weights,) = listed.values()
    assert weights == looked.bars.rows.values[:, 0].tolist()
