"""The calculator panel, told by a test what the model answers: what it shows, and what is wanted by a hand on it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from asked_calculators import HOSTILE, LABELS, Asked, calculator_of, write_rooms
from plot_items import settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from tables import write_csv, write_kinds

from regdesk.core.fitted.calculation import calculate
from regdesk.core.fitted.profiles import N_POINTS
from regdesk.core.settings.configuration import ViewSettings
from regdesk.views.calculator.panel import INVITATION, CalculatorPanel
from regdesk.views.kit import theme


@pytest.fixture
def rooms(qtbot: Any, tmp_path: Path) -> Asked:
    return Asked(qtbot, calculator_of(write_rooms(tmp_path), "price", HOSTILE))


def type_into(asked: Asked, edit: Any, text: str) -> None:
    asked.qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
    edit.selectAll()
    asked.qtbot.keyClicks(edit, text)
    asked.qtbot.keyClick(edit, Qt.Key.Key_Return)


def test_before_it_is_seen_nothing_is_made(qtbot: Any, tmp_path: Path) -> None:
    panel = CalculatorPanel()
    qtbot.addWidget(panel)
    model = calculator_of(write_rooms(tmp_path), "price", HOSTILE)
    panel.show_model(model, None)
    panel.show_calculation(calculate(model, model.mean_point, ()))
    assert panel.content is None
    assert panel.readout == INVITATION
    seen: list[bool] = []
    panel.seen_changed.connect(seen.append)
    with qtbot.waitExposed(panel):
        panel.show()
    settle()
    assert seen == [True]
    assert panel.content is not None
    panel.hide()
    assert seen == [True, False]


def test_each_column_has_its_control_and_its_curve(rooms: Asked) -> None:
    assert [rooms.row(number).name.text() for number in range(4)] == list(HOSTILE)
    point = (75.5, LABELS[1], 4.0, 19_800.0)
    rooms.put(*point)
    found = calculate(rooms.model, point, range(4))
    assert [rooms.child(f"calculatorEdit{number}").text() for number in (0, 2, 3)] == ["75.5", "4", "2024-03-18"]
    assert rooms.child("calculatorLevels1").currentText() == LABELS[1]
    for number in range(4):
        plot = rooms.row(number).plot
        assert plot.places is not None
        np.testing.assert_array_equal(plot.places, found.profiles[number].places)
        np.testing.assert_array_equal(plot.curves[-1].answers, found.profiles[number].answers[:, 0])
        assert rooms.row(number).bar.value == found.additions[number, 0]
        low, high = plot.answers
        assert low <= found.profiles[number].answers.min()
        assert found.profiles[number].answers.max() <= high
    assert len(rooms.row(0).plot.places) == N_POINTS
    assert rooms.row(1).plot.scale.counts == rooms.model.spreads[1].counts
    assert rooms.row(0).plot.scale.counts == rooms.model.spreads[0].counts
    assert rooms.content.answer.text == f"{found.answer[0]:.1f}"
    assert rooms.panel.readout.startswith(f"price is {found.answer[0]:.1f} at this point; against their training means")


def test_numbers_are_typed_beyond_the_range_and_may_be_missing(rooms: Asked) -> None:
    edit = rooms.child("calculatorEdit0")
    type_into(rooms, edit, "512.5")
    assert rooms.chosen == [(0, 512.5)]
    plot = rooms.row(0).plot
    assert plot.axis == (plot.scale.low, 512.5)
    assert plot.places is not None
    assert plot.places[-1] == 512.5
    refused: list[str] = []
    rooms.panel.input_refused.connect(refused.append)
    type_into(rooms, edit, "a lot")
    assert refused == ["a<b>]]>: “a lot” is not a number; any from -1e+300 to 1e+300 will do."]
    assert rooms.chosen[1:] == []
    rooms.qtbot.mouseClick(rooms.child("calculatorMissing0"), Qt.MouseButton.LeftButton)
    assert rooms.chosen[-1] == (0, None)
    assert edit.text() == ""
    assert plot.place is None
    rooms.qtbot.mouseClick(rooms.child("calculatorMissing0"), Qt.MouseButton.LeftButton)
    assert rooms.chosen[-1] == (0, rooms.model.encoding.columns[0].fill), "what it counted as"
    type_into(rooms, edit, "missing")
    assert rooms.chosen[-1] == (0, None)


def test_dates_are_typed_as_dates(rooms: Asked) -> None:
    edit = rooms.child("calculatorEdit3")
    type_into(rooms, edit, "2024-03-19")
    type_into(rooms, edit, "2024-03-19 12:00")
    assert rooms.chosen == [(3, 19_801.0), (3, 19_801.5)]
    assert edit.text() == "2024-03-19 12:00:00"
    refused: list[str] = []
    rooms.panel.input_refused.connect(refused.append)
    type_into(rooms, edit, "soon")
    assert refused == ["many\\n: “soon” is not a date; write it as 2024-01-31, or as 2024-01-31 14:30:00."]


def test_labels_are_chosen_from_a_list(rooms: Asked) -> None:
    box = rooms.child("calculatorLevels1")
    assert [box.itemText(row) for row in range(box.count())] == [*sorted(LABELS), "(missing)"]
    for row, cell in enumerate((*sorted(LABELS), None)):
        box.setCurrentIndex(row)
        box.activated.emit(row)
        assert rooms.chosen[-1] == (1, cell)
        assert box.currentIndex() == row


def test_the_line_in_a_plot_is_dragged_and_moved_by_keys(rooms: Asked) -> None:
    plot = rooms.row(0).plot
    middle = plot.height() // 2
    start, end = (QPoint(round(plot.x_of(place)), middle) for place in (60.0, 90.0))
    rooms.qtbot.mousePress(plot, Qt.MouseButton.LeftButton, pos=start)
    assert rooms.chosen[-1][1] == pytest.approx(60.0, abs=1.0)
    rooms.qtbot.mouseMove(plot, end)
    rooms.qtbot.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=end)
    assert rooms.chosen[-1][1] == pytest.approx(90.0, abs=1.0)
    assert float(rooms.child("calculatorEdit0").text()) == pytest.approx(90.0, abs=1.0)
    whole = rooms.row(2).plot
    rooms.qtbot.mouseClick(whole, Qt.MouseButton.LeftButton, pos=QPoint(round(whole.x_of(3.2)), middle))
    assert rooms.chosen[-1] == (2, 3.0), "only whole numbers occur"
    rooms.qtbot.keyClick(whole, Qt.Key.Key_Right)
    assert rooms.chosen[-1] == (2, 4.0)
    rooms.qtbot.keyClick(whole, Qt.Key.Key_Home)
    assert rooms.chosen[-1] == (2, 1.0)
    labels = rooms.row(1).plot
    rooms.qtbot.mouseClick(labels, Qt.MouseButton.LeftButton, pos=QPoint(round(labels.x_of(0.0)), middle))
    assert rooms.chosen[-1] == (1, sorted(LABELS)[0])
    rooms.qtbot.keyClick(labels, Qt.Key.Key_Right)
    assert rooms.chosen[-1] == (1, sorted(LABELS)[1])
    rooms.qtbot.keyClick(rooms.child("calculatorEdit2"), Qt.Key.Key_Up)
    assert rooms.chosen[-1] == (2, 2.0)


def test_a_plot_is_read_under_the_pointer(rooms: Asked) -> None:
    plot, found = rooms.row(0).plot, calculate(rooms.model, rooms.point, [0, 1])
    bubble = rooms.child("calculatorHover")
    at = QPoint(round(plot.x_of(90.0)), 10)
    rooms.qtbot.mouseMove(plot, at)
    settle()
    place = plot.place_at(at.x())
    expected = np.interp(place, found.profiles[0].places, found.profiles[0].answers[:, 0])
    assert bubble.text() == f"a<b>]]> {place:.3g}\nprice {expected:.1f}"
    labels = rooms.row(1).plot
    rooms.qtbot.mouseMove(labels, QPoint(round(labels.x_of(0.0)), 10))
    settle()
    first = f"{found.profiles[1].answers[0, 0]:.1f}"
    n_rows = rooms.model.spreads[1].counts[0]
    assert bubble.text() == f"=cmd() {sorted(LABELS)[0]}\nprice {first}\n{n_rows} training rows"
    rooms.qtbot.mouseMove(rooms.panel, QPoint(3, 3))
    settle()
    assert not bubble.isVisible()


def test_the_axis_holds_still_while_the_line_is_dragged(rooms: Asked) -> None:
    rooms.put(500.0, *rooms.point[1:])
    plot = rooms.row(0).plot
    before = plot.axis
    rooms.qtbot.mousePress(plot, Qt.MouseButton.LeftButton, pos=QPoint(round(plot.x_of(100.0)), 20))
    assert plot.place == pytest.approx(100.0, abs=3.0)
    assert plot.axis == before
    rooms.qtbot.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=QPoint(round(plot.x_of(100.0)), 20))
    assert plot.axis == (plot.scale.low, plot.scale.high)


def test_a_row_is_chosen_by_its_line(rooms: Asked) -> None:
    lines: list[int] = []
    rooms.panel.line_chosen.connect(lines.append)
    box = rooms.child("calculatorLineBox")
    assert box.text() == "row…"
    box.stepUp()
    box.stepUp()
    box.stepUp()
    assert lines == [2, 3, 5], "those that hold rows"
    box.setValue(7)
    assert lines[-1] == 9
    box.stepDown()
    assert lines[-1] == 5
    rooms.put(*rooms.point, line=3)
    assert box.value() == 3
    rooms.put(*rooms.point)
    assert box.text() == "row…", "what is shown is no row any more"


def test_means_and_copy(rooms: Asked) -> None:
    rooms.put(99.0, LABELS[0], None, 19_800.0)
    rooms.qtbot.mouseClick(rooms.child("calculatorCopy"), Qt.MouseButton.LeftButton)
    found = calculate(rooms.model, rooms.point, ())
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "input\tvalue\tadds to price"
    assert lines[1].split("\t") == ["a<b>]]>", "99.0", repr(float(found.additions[0, 0]))]
    assert lines[2].split("\t")[:2] == ["'=cmd()", LABELS[0]]
    assert lines[3].split("\t")[1] == "missing"
    assert lines[4].split("\t")[:2] == ["many\\n", "2024-03-18"]
    assert lines[5].split("\t") == ["prediction: price", repr(float(found.answer[0])), ""]
    columns = dict(rooms.panel.data_columns())
    assert [str(cells[0]) for cells in list(columns.values())[:3]] == lines[1].split("\t")
    every = calculate(rooms.model, rooms.point, range(4)).profiles
    for number, column in enumerate(rooms.model.encoding.columns):
        places = columns[f"{column.name} (curve)"]
        assert len(places) == len(every[number].places)
        assert list(columns[f"price (along {column.name})"]) == every[number].answers[:, 0].tolist()
    assert list(columns["a<b>]]> (curve)"]) == every[0].places.tolist()
    assert list(columns["=cmd() (curve)"]) == list(LABELS)
    assert columns["many\\n (curve)"][0] == "2024-01-10"
    rooms.qtbot.mouseClick(rooms.child("calculatorReset"), Qt.MouseButton.LeftButton)
    assert rooms.point == rooms.model.mean_point
    numbers = [rooms.row(number).bar.value for number in (0, 2, 3)]
    assert numbers == [0.0, 0.0, 0.0]


def test_where_there_is_no_prediction_it_says_why(rooms: Asked) -> None:
    rooms.put(1e30, *rooms.point[1:])
    assert rooms.content.answer.text == "–"
    assert rooms.row(2).plot.curves == ()
    expected = "There is no prediction at this point: a<b>]]>: 1e+30 is too far from the rows that the model"
    assert rooms.panel.readout.startswith(expected)


def test_without_missing_cells_in_training_none_can_be_missing(qtbot: Any, tmp_path: Path) -> None:
    asked = Asked(qtbot, calculator_of(write_rooms(tmp_path), "price", HOSTILE, missing="drop"))
    assert asked.panel.findChild(object, "calculatorMissing0") is None
    box = asked.child("calculatorLevels1")
    assert [box.itemText(row) for row in range(box.count())] == sorted(LABELS)
    refused: list[str] = []
    asked.panel.input_refused.connect(refused.append)
    type_into(asked, asked.child("calculatorEdit0"), "NA")
    assert "cannot be predicted" in refused[0]


def test_the_first_sentence_on_another_model_is_of_the_class_that_is_explained(qtbot: Any, tmp_path: Path) -> None:
    model = calculator_of(write_kinds(tmp_path / "kinds.csv", 7), "kind")
    asked = Asked(qtbot, model)
    before = asked.content.answer_number
    # One answer, and none to columns that are seen later.
    asked.panel.columns_changed.disconnect()
    parameters, likeliest = model.parameters.copy(), (before + 3) % 7
    parameters[likeliest - 7] += 50.0
    other = replace(model, parameters=parameters)
    asked.panel.show_model(other, None)
    asked.panel.show_point(other.mean_point, 0)
    asked.panel.show_calculation(calculate(other, other.mean_point, ()))
    assert asked.content.answer_number == likeliest
    assert f"= {model.classes[likeliest]})" in asked.panel.readout


@pytest.mark.parametrize("n_classes", [2, 7])
def test_each_class_has_its_probability_and_one_is_explained(qtbot: Any, tmp_path: Path, n_classes: int) -> None:
    model = calculator_of(write_kinds(tmp_path / "kinds.csv", n_classes), "kind")
    asked = Asked(qtbot, model)
    asked.put(8.0, 12.0, 9.0, 11.0, line=2)
    found = calculate(model, asked.point, range(4))
    np.testing.assert_array_equal(asked.content.answer.probabilities, found.answer)
    explained = 1 if n_classes == 2 else int(found.answer.argmax())
    assert asked.content.answer_number == explained, "the second of two, or the likeliest of more"
    assert len(asked.row(0).plot.curves) == (1 if n_classes == 2 else 7)
    box = asked.child("calculatorClassBox")
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert asked.row(1).bar.value == found.additions[1, 0]
    np.testing.assert_array_equal(asked.row(1).plot.curves[-1].answers, found.profiles[1].answers[:, 0])
    assert asked.panel.readout.startswith(f"P(kind = kind a) is {found.answer[0]:.3f} at this point")
    assert asked.row(1).plot.answers == (0.0, 1.0)
    asked.put(12.0, 8.0, 9.0, 11.0, line=3)
    assert asked.content.answer_number == 0, "what was chosen by hand stays"
    answer = asked.content.answer
    asked.qtbot.mouseClick(answer, Qt.MouseButton.LeftButton, pos=QPoint(answer.width() // 2 + 12, 8))
    assert asked.content.answer_number == 1


def test_behind_a_tab_it_answers_for_another_model_than_the_one_that_stands_in_it(qtbot: Any, tmp_path: Path) -> None:
    asked = Asked(qtbot, calculator_of(write_kinds(tmp_path / "kinds.csv", 4), "kind"))
    box = asked.child("calculatorClassBox")
    box.setCurrentIndex(3)
    box.activated.emit(3)
    assert asked.content.answer_number == 3
    asked.panel.hide()
    other = calculator_of(write_rooms(tmp_path), "price", HOSTILE)
    asked.model, asked.point, asked.wanted = other, other.mean_point, ()
    asked.panel.show_model(other, None)
    asked.answer()
    asked.panel.copy_values()
    assert QGuiApplication.clipboard().text().splitlines()[-1].startswith("prediction: price")
    assert asked.content.model is not other
    asked.panel.show()
    settle()
    assert asked.content.model is other
    assert asked.panel.readout.startswith("price is ")


def test_fifty_columns_are_made_as_they_come_into_sight(qtbot: Any, tmp_path: Path) -> None:
    generator = np.random.default_rng(0)
    columns = generator.normal(size=(51, 80)).round(3)
    names = [f"input {number}" for number in range(50)]
    asked = Asked(qtbot, calculator_of(write_csv(tmp_path / "wide.csv", [*names, "y"], list(columns)), "y"))
    inputs = asked.content.inputs
    assert len(inputs.rows) < 12
    assert set(asked.wanted) == set(range(50)), "so cheap that scrolling need change no axis"
    bar = inputs.verticalScrollBar()
    bar.setValue(bar.maximum())
    settle()
    assert 49 in inputs.visible
    assert asked.row(49).plot.curves
    asked.child("calculatorSearch").setText("put 3")
    settle()
    assert inputs.visible == [3, 13, 23, *range(30, 40)][: len(inputs.visible)]
    assert not asked.row(49).isVisible()
    asked.child("calculatorSearch").clear()
    asked.put(*(3.0 * np.ones(50)).tolist())
    box = asked.child("calculatorOrderBox")
    box.setCurrentIndex(1)
    box.activated.emit(1)
    settle()
    additions = calculate(asked.model, asked.point, ()).additions[:, 0]
    assert inputs.visible == np.argsort(-np.abs(additions), kind="stable").tolist()[: len(inputs.visible)]


@pytest.mark.parametrize("n_next", [30, 3])
def test_rows_that_go_while_one_has_the_focus_take_none_of_the_next_with_them(
    qtbot: Any, tmp_path: Path, n_next: int
) -> None:
    """Found by random acts: the focus goes on to the row below, Qt scrolls there, and rows came while others went."""
    columns = np.random.default_rng(0).normal(size=(31, 40)).round(3)

    def model_of(n_inputs: int) -> Any:
        names = [*(f"input {number}" for number in range(n_inputs)), "y"]
        return calculator_of(write_csv(tmp_path / f"{n_inputs}.csv", names, list(columns[: n_inputs + 1])), "y")

    asked = Asked(qtbot, model_of(30), height=300)
    inputs = asked.content.inputs
    qtbot.waitUntil(asked.panel.isActiveWindow)
    last = max(inputs.visible)
    asked.child(f"calculatorEdit{last}").setFocus()
    assert asked.panel.focusWidget() is asked.child(f"calculatorEdit{last}")
    # The search leaves out the one with the focus, and then all of them go.
    asked.child("calculatorSearch").setText("put 2")
    asked.model = model_of(n_next)
    asked.point = asked.model.mean_point
    asked.panel.show_model(asked.model, None)
    asked.put(*(2.0 * np.ones(n_next)).tolist())
    asked.child("calculatorSearch").clear()
    settle()
    assert inputs.visible == list(range(len(inputs.visible)))
    assert {row.parent() for row in inputs.rows.values()} == {inputs.widget()}
    assert [asked.child(f"calculatorEdit{number}").text() for number in inputs.visible] == ["2"] * len(inputs.visible)


def test_the_tab_key_goes_from_row_to_row(rooms: Asked) -> None:
    first = rooms.child("calculatorEdit0")
    first.setFocus()
    reached = []
    for _ in range(9):
        focused = rooms.panel.focusWidget()
        reached.append(focused.objectName() if focused is not None else "")
        rooms.qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert reached[:8] == [
        "calculatorEdit0", "calculatorMissing0", "calculatorPlot0", "calculatorLevels1", "calculatorPlot1",
        "calculatorEdit2", "calculatorMissing2", "calculatorPlot2",
    ]  # fmt: skip


def test_other_columns_take_the_place_of_these(rooms: Asked, tmp_path: Path) -> None:
    model = calculator_of(write_kinds(tmp_path / "kinds.csv"), "kind")
    rooms.model, rooms.point = model, model.mean_point
    rooms.panel.show_model(model, None)
    rooms.panel.show_point(rooms.point, 0)
    rooms.answer()
    settle()
    assert [row.name.text() for row in rooms.content.inputs.rows.values()] == ["x0", "x1", "x2", "x3"]
    assert not rooms.child("calculatorLineBox").isEnabled()
    rooms.panel.forget()
    assert rooms.panel.readout == INVITATION


def test_it_says_which_file_a_model_is_from_that_was_opened(rooms: Asked) -> None:
    actions = {action.objectName(): action for action in rooms.panel.menu_actions()}
    assert not actions["askLiveModelAction"].isEnabled()
    rooms.panel.show_source("rooms[*].regdesk")
    assert rooms.panel.windowTitle() == "Calculator: rooms[*][*].regdesk", "as Qt wants it written"
    assert rooms.panel.menu_actions()[1].isEnabled()
    wanted: list[bool] = []
    rooms.panel.live_requested.connect(lambda: wanted.append(True))
    actions["askLiveModelAction"].trigger()
    assert wanted == [True]
    rooms.panel.show_source("")
    assert rooms.panel.windowTitle() == "Calculator"


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_it_is_painted_in_both_themes(rooms: Asked, choice: str, qapp: Any) -> None:
    before = theme.colours()
    theme.apply_theme(qapp, theme.DARK if choice == "dark" else theme.LIGHT)
    try:
        rooms.panel.apply_theme()
        settle()
        image = rooms.row(0).plot.grab().toImage()
        colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
        assert theme.colours().grid.lower() in colours, "the histogram"
        assert theme.colours().text.lower() in colours, "the curve"
        assert theme.colours().highlight.lower() in colours, "the line at the present value"
    finally:
        theme.apply_theme(qapp, before)


def test_the_name_of_what_is_selected_has_its_colour(rooms: Asked) -> None:
    columns = rooms.model.encoding.columns

    def marked() -> list[int]:
        colour = theme.colours().selected
        return [number for number in range(len(columns)) if colour in rooms.row(number).name.styleSheet()]

    assert marked() == []
    rooms.panel.show_view_settings(ViewSettings(selected=("input", columns[2].name)))
    assert marked() == [2]
    # One label of two is that of its column, and so is a weight that leaves it: input 1 of the first layer.
    rooms.panel.show_view_settings(ViewSettings(selected=("input", columns[1].input_names[0])))
    assert marked() == [1]
    rooms.panel.show_view_settings(ViewSettings(selected=("weight", 4)))
    assert marked() == [1]
    rooms.panel.show_view_settings(ViewSettings())
    assert marked() == []
