"""The variables from canned moments: cells, sorting, selection, entries from a sweep, and permutations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of
from plot_items import settle, show
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from tables import write_csv, write_curve, write_sparse

from regdesk.core.fitted.permutation import permuted_losses
from regdesk.core.linear.cross_validation import SweepPoint
from regdesk.core.linear.path import lambda_grid, solve_path
from regdesk.core.linear.problem import problem_of
from regdesk.core.settings.configuration import ViewSettings
from regdesk.core.sweep.curve import curve_of
from regdesk.core.sweep.view import SweepView
from regdesk.core.sweep.weight_path import facts_of
from regdesk.core.types import TrainSettings
from regdesk.core.words.number_text import fixed_text
from regdesk.views.kit import theme
from regdesk.views.kit.readout_label import SentenceLabel
from regdesk.views.variables.columns import ENTERS, IMPORTANCE, NAME, PERMUTED, SIGN, STATE
from regdesk.views.variables.panel import INVITATION, VariablesPanel
from regdesk.views.variables.table_view import VariablesView
from regdesk.views.variables.words import NO_PATH, OLD_PATH

LASSO = TrainSettings("l1", 0.02)
NO_ROWS = "There are no rows; no column of any kind can be permuted in any way."


@pytest.fixture
def model(tmp_path: Path) -> Canned:
    """A linear model of a to h, of which a, b and c are out."""
    dataset = dataset_of(write_sparse(tmp_path / "sparse.csv"), "y")
    return Canned.of(dataset, (), settings=LASSO).with_zeros(3)


def shown(qtbot: Any, model: Canned, width: int = 700, height: int = 400) -> VariablesPanel:
    panel = show(qtbot, VariablesPanel(), width, height)
    assert panel.readout == INVITATION
    panel.show_run_scene(model.run_scene)
    panel.show_frame(model.frame())
    settle()
    return panel


def table_of(panel: VariablesPanel) -> VariablesView:
    assert panel.content is not None
    return panel.content.table


def column(panel: VariablesPanel, number: int) -> list[str]:
    rows = table_of(panel).rows
    return [rows.index(row, number).data() for row in range(rows.rowCount())]


def tip(panel: VariablesPanel, row: int, number: int) -> str:
    return str(table_of(panel).rows.index(row, number).data(Qt.ItemDataRole.ToolTipRole))


def click(qtbot: Any, table: VariablesView, row: int) -> None:
    place = table.visualRect(table.rows.index(row, NAME)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()


def sweep_of(model: Canned, **values: Any) -> SweepView:
    problem = problem_of(model.dataset, LASSO)
    found = list(solve_path(problem, lambda_grid(problem, 20)))
    points = [SweepPoint(one.lam, one, 0.0, 0.0, 0.0, 0.0, 0.0) for one in found]
    curve = curve_of(points, LASSO, 20, 5, True, facts_of(problem, model.dataset))
    return replace(SweepView(curve, False, False, False, ""), **values)


def test_cells_say_what_a_column_is_to_the_model(qtbot: Any, model: Canned) -> None:
    panel = shown(qtbot, model)
    weights = dict(zip("abcdefgh", model.parameters[:8].tolist(), strict=True))
    names = column(panel, NAME)
    assert names == sorted("abcdefgh", key=lambda name: -abs(weights[name]))
    assert column(panel, IMPORTANCE) == [fixed_text(abs(weights[name])) for name in names]
    assert column(panel, SIGN) == ["+" if weights[name] > 0 else "−" if weights[name] < 0 else "–" for name in names]
    assert column(panel, STATE) == ["in" if weights[name] else "out" for name in names]
    assert column(panel, ENTERS) == column(panel, PERMUTED) == ["–"] * 8
    assert tip(panel, 0, ENTERS) == NO_PATH
    largest = f"{names[0]} {fixed_text(abs(weights[names[0]]))}"
    assert panel.readout.startswith(f"5 of 8 variables are in; largest {largest}, ")
    grey = [table_of(panel).rows.index(row, NAME).data(Qt.ItemDataRole.ForegroundRole) is not None for row in range(8)]
    assert grey == [not weights[name] for name in names]


def test_a_network_has_no_sign_and_says_why(qtbot: Any, model: Canned) -> None:
    panel = shown(qtbot, Canned.of(model.dataset, (4,)))
    assert set(column(panel, SIGN)) == {"–"}
    assert tip(panel, 0, SIGN).startswith("A network has no single sign")


def test_headings_sort_and_so_do_keys(qtbot: Any, model: Canned) -> None:
    panel = shown(qtbot, model)
    table = table_of(panel)
    by_size = column(panel, NAME)
    header = table.horizontalHeader()

    def click_heading(number: int) -> None:
        place = QPoint(header.sectionViewportPosition(number) + 12, header.height() // 2)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        settle()

    click_heading(IMPORTANCE)
    # The other way round; those that are equal stay in the order of the data.
    assert column(panel, NAME) == [*"abc", *by_size[:5][::-1]]
    click_heading(NAME)
    assert column(panel, NAME) == list("abcdefgh")
    click_heading(NAME)
    assert column(panel, NAME) == list("hgfedcba")
    click_heading(IMPORTANCE)
    assert column(panel, NAME) == by_size
    actions = {action.text(): action for action in panel.menu_actions()}
    actions["Sort by variable"].trigger()
    assert column(panel, NAME) == list("abcdefgh")


def test_rows_hold_still_while_a_model_trains_but_for_once_a_second(qtbot: Any, model: Canned) -> None:
    panel = shown(qtbot, model)
    panel.show_running(True)
    before = column(panel, NAME)
    parameters = model.parameters.copy()
    parameters[:8] = -parameters[:8][::-1]
    other = replace(model, parameters=parameters)
    panel.show_frame(other.frame(epoch=201.0))
    assert column(panel, NAME) == before
    assert column(panel, IMPORTANCE) == [fixed_text(abs(float(parameters["abcdefgh".index(name)]))) for name in before]
    for epoch in range(202, 212):
        panel.show_frame(other.frame(epoch=float(epoch)))
    assert column(panel, NAME) != before


def test_the_row_is_the_selection_of_all_panels(qtbot: Any, model: Canned) -> None:
    panel = shown(qtbot, model)
    table, chosen = table_of(panel), []
    panel.part_selected.connect(chosen.append)
    names = column(panel, NAME)
    click(qtbot, table, 2)
    assert chosen == [("input", names[2])]
    panel.show_view_settings(ViewSettings(selected=("input", names[4])))
    assert table.currentIndex().row() == 4
    # A weight selects the row of its input; what is selected elsewhere is not said again.
    panel.show_view_settings(ViewSettings(selected=("weight", "abcdefgh".index(names[1]))))
    assert (table.currentIndex().row(), len(chosen)) == (1, 1)
    assert table.palette().highlight().color().name().upper() == theme.colours().selected
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert chosen[1:] == [("input", names[2])]
    panel.show_view_settings(ViewSettings())
    assert not table.selectionModel().hasSelection()
    place = QPoint(20, table.viewport().height() - 4)
    assert not table.indexAt(place).isValid()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen[2:] == [()]


def test_a_category_is_one_row(qtbot: Any, tmp_path: Path) -> None:
    generator = np.random.default_rng(5)
    a = generator.normal(size=60).round(2)
    colour = generator.choice(["blue", "green", "red"], size=60)
    file = write_csv(tmp_path / "labels.csv", ["a", "colour", "y"], [a, colour, (a + (colour == "red")).round(2)])
    model = Canned.of(dataset_of(file, "y"), ())
    panel = shown(qtbot, model)
    assert sorted(column(panel, NAME)) == ["a", "colour"]
    row = column(panel, NAME).index("colour")
    assert column(panel, IMPORTANCE)[row] == fixed_text(float(np.abs(model.parameters[1:4]).sum()))
    # Selected elsewhere, one label is its column here.
    panel.show_view_settings(ViewSettings(selected=("input", "colour=red")))
    assert table_of(panel).currentIndex().row() == row


def test_entries_are_those_of_the_sweep(qtbot: Any, engine: None, model: Canned) -> None:
    panel = shown(qtbot, model)
    view = sweep_of(model)
    assert view.curve is not None
    assert view.curve.path is not None
    panel.show_sweep(view)
    events = view.curve.path.events
    places = dict(zip("abcdefgh", zip(events.earliest.tolist(), events.latest.tolist(), strict=True), strict=True))
    for name, text in zip(column(panel, NAME), column(panel, ENTERS), strict=True):
        first, last = places[name]
        assert text == ("never" if not first else str(first) if first == last else f"{first}–{last}")
    # Whichever way round, what never enters stands last, and so does what nobody knows.
    table = table_of(panel)
    for _ in range(2):
        table.sort_by(ENTERS)
        texts = [text for text in column(panel, ENTERS) if text != "never"]
        assert column(panel, ENTERS)[len(texts) :] == ["never"] * (8 - len(texts))
    for _ in range(2):
        table.sort_by(SIGN)
        assert column(panel, SIGN)[5:] == ["–"] * 3
    # A sweep that goes on makes another curve of each point; one that is told again is the same.
    panel.show_sweep(sweep_of(model))
    assert column(panel, ENTERS) != ["–"] * 8
    panel.show_sweep(replace(view, is_stale=True))
    assert column(panel, ENTERS) == ["–"] * 8
    assert tip(panel, 0, ENTERS) == OLD_PATH


def test_permutations_are_shown_with_their_spread_and_say_of_what(qtbot: Any, model: Canned) -> None:
    panel = shown(qtbot, model)
    asked: list[bool] = []
    panel.permuting_requested.connect(lambda: asked.append(True))
    button = panel.findChild(QPushButton, "permuteButton")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [True]
    panel.show_permuting()
    assert not button.isEnabled()
    found = permuted_losses(model.dataset, model.network, model.parameters, 0, epoch=200.0)
    assert found is not None
    panel.show_permuted(found)
    assert button.isEnabled()
    names = column(panel, NAME)
    expected = []
    for name in names:
        number = "abcdefgh".index(name)
        mean, spread = found.increases[number], found.spreads[number]
        expected.append((mean, spread))
    for text, (mean, spread) in zip(column(panel, PERMUTED), expected, strict=True):
        if not mean and not spread:
            assert text == "0"
            continue
        first, second = text.replace("−", "-").split(" ± ")
        # As many digits of the mean as two of the spread say.
        assert len(first.split(".")[1]) == len(second.split(".")[1])
        assert float(first) == pytest.approx(mean, abs=0.06 * spread)
        assert float(second) == pytest.approx(spread, rel=0.06)
    assert column(panel, PERMUTED).count("0") == 3
    most = "abcdefgh"[int(found.increases.argmax())]
    assert f"; permuting {most} costs most, " in panel.readout
    # Of a model that has moved on it is said which moment it is of.
    panel.show_frame(model.with_weights(0.9).frame(epoch=201.0))
    note = panel.content.note if panel.content is not None else None
    assert note is not None
    assert note.toolTip().endswith("model of epoch 200") or note.text().endswith("model of epoch 200")
    assert "permuting" not in panel.readout
    panel.show_permuting()
    panel.show_permuting_refused("There are none.")
    assert not button.isEnabled()
    assert "There are none." in (note.text(), note.toolTip()), "and not that they are being permuted"
    panel.forget_permuted()
    assert button.isEnabled()
    assert column(panel, PERMUTED) == ["–"] * 8


def test_an_answer_on_other_columns_waits_for_these(qtbot: Any, model: Canned, tmp_path: Path) -> None:
    panel = shown(qtbot, model)
    panel.content.table.sort_by(PERMUTED)
    few = Canned.of(dataset_of(write_curve(tmp_path / "curve.csv"), "degrees"), (), settings=LASSO)
    found = permuted_losses(few.dataset, few.network, few.parameters, 0, epoch=200.0)
    # Another run has begun and has answered, and no moment of it has been shown.
    panel.show_run_scene(few.run_scene)
    panel.show_permuted(found)
    panel.content.table.sort_by(NAME)
    assert column(panel, PERMUTED) == ["–"] * 8
    assert len(panel.data_columns()) == 5
    panel.show_frame(few.frame())
    settle()
    assert len(column(panel, PERMUTED)) == 1
    assert column(panel, PERMUTED) != ["–"]


def test_where_there_is_little_room_whole_parts_are_said(qtbot: Any, model: Canned) -> None:
    panel = shown(qtbot, model, 1200)
    found = permuted_losses(model.dataset, model.network, model.parameters, 0, epoch=200.0)
    assert found is not None
    panel.show_permuted(found)
    shown_words = panel.findChild(SentenceLabel)
    assert panel.content is not None
    note = panel.content.note
    assert shown_words.text() == panel.readout
    whole = panel.readout
    panel.resize(300, 400)
    settle()
    assert panel.readout == whole
    assert whole.startswith(shown_words.text())
    assert shown_words.text().startswith("5 of 8 variables are in")
    assert "costs most" not in shown_words.text()
    assert not shown_words.is_elided
    assert not note.is_elided
    # So it is with each other note.
    panel.show_frame(model.with_weights(0.9).frame(epoch=201.0))
    settle()
    assert note.text().endswith("model of epoch 200")
    assert not note.is_elided
    for say in (panel.show_permuting, panel.forget_permuted, lambda: panel.show_permuting_refused(NO_ROWS)):
        say()
        assert note.fontMetrics().horizontalAdvance(note.text()) > note.width()
        assert not note.is_elided


def test_of_a_model_that_is_gone_nothing_is_said_at_another_size_either(qtbot: Any, model: Canned) -> None:
    panel = shown(qtbot, model)
    panel.forget_frame()
    assert panel.readout == INVITATION
    panel.resize(300, 400)
    settle()
    assert panel.readout == INVITATION


def test_what_will_be_there_is_said_on_lines_of_its_own(qtbot: Any) -> None:
    panel = show(qtbot, VariablesPanel(), 200, 300)
    shown_words = panel.findChild(SentenceLabel)
    assert shown_words.text().replace("<br>", " ") == INVITATION
    assert not shown_words.is_elided


def test_data_are_in_the_order_of_the_rows(qtbot: Any, model: Canned) -> None:
    panel = shown(qtbot, model)
    copied: list[bool] = []
    panel.data_requested.connect(lambda: copied.append(True))
    table_of(panel).sort_by(NAME)
    table_of(panel).sort_by(NAME)
    names, importance, *others = panel.data_columns()
    assert list(names.cells) == list("hgfedcba")
    np.testing.assert_array_equal(importance.cells, np.abs(model.parameters[:8][::-1]).astype(np.float64))
    assert [one.name for one in others] == ["sign", "enters", "state"]
    table_of(panel).setFocus()
    qtbot.keyClick(table_of(panel), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied == [True]


def test_two_hundred_long_names_are_told_apart(qtbot: Any, tmp_path: Path) -> None:
    values = np.random.default_rng(3).normal(size=(201, 40)).round(2)
    names = [f"the mean of the measurement over all days of week {number}" for number in range(200)]
    model = Canned.of(dataset_of(write_csv(tmp_path / "wide.csv", [*names, "y"], list(values)), "y"), ())
    panel = shown(qtbot, model, 480, 300)
    labels = column(panel, NAME)
    assert len(set(labels)) == 200
    table = table_of(panel)
    assert max(map(table.fontMetrics().horizontalAdvance, labels)) <= table.columnWidth(NAME)
    panel.show_view_settings(ViewSettings(selected=("input", names[137])))
    row = table.currentIndex().row()
    assert tip(panel, row, NAME) == names[137]
    # Larger letters have wider columns.
    before, font = table.columnWidth(IMPORTANCE), table.font()
    font.setPointSizeF(2.0 * font.pointSizeF())
    table.setFont(font)
    settle()
    assert table.columnWidth(IMPORTANCE) > before + 20
    table.show_selected(None)
    table.show_selected(names[137])
    assert table.viewport().rect().contains(table.visualRect(table.rows.index(row, NAME)).center())
