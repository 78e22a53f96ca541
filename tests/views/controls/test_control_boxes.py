"""Boxes of the control column alone: data, penalty with its presets, the handle, and how wide all of it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QScrollArea, QSizePolicy, QSlider, QToolButton

from regdesk.core.run.frame import TableView
from regdesk.core.settings.change import everything
from regdesk.core.settings.configuration import Configuration
from regdesk.core.settings.first_lambda import USUAL_PRESETS
from regdesk.core.types import Architecture, TrainSettings
from regdesk.core.words.number_text import number_text
from regdesk.views.controls.column import USUAL_PX, Controls
from regdesk.views.controls.column_handle import ColumnHandle
from regdesk.views.controls.data_box import DataBox
from regdesk.views.controls.lambda_slider import (
    N_POSITIONS,
    LambdaRuler,
    LambdaSlider,
    lambda_at,
    position_of,
    tenfold_lambda,
    tenth_lambda,
)
from regdesk.views.controls.penalty_box import PenaltyBox
from regdesk.views.controls.preset_grid import PresetButton, PresetGrid

VIEW = TableView("houses", "Try λ.", "price", "regression", "3 inputs", "90 rows", "Nothing was left out.")


def shown(qtbot: Any, widget: Any, width: int, height: int) -> Any:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def test_the_data_box_knows_nothing_before_the_first_table(qtbot: Any) -> None:
    box = DataBox()
    qtbot.addWidget(box)
    label = {name: box.findChild(QLabel, name) for name in ("targetLabel", "taskLabel", "inputsLabel", "rowsLabel")}
    button, wanted = box.findChild(QPushButton, "dataButton"), list[bool]()
    box.data_requested.connect(lambda: wanted.append(True))
    assert not any(one.isVisibleTo(box) for one in label.values())
    assert (button.isEnabled(), box.action.isEnabled()) == (False, False)
    assert button.toolTip() == box.action.toolTip() == button.accessibleDescription()
    assert button.toolTip() == "Open a file or a sample first (Ctrl+D)"
    box.show_awaited("houses.csv")
    assert box.findChild(QLabel, "dataTitle").accessibleName() in ("", "houses.csv")
    assert not any(one.isVisibleTo(box) for one in label.values())
    box.show_table(VIEW)
    assert [one.text() for one in label.values()] == ["price", "regression", "3 inputs", "90 rows"]
    assert [one.accessibleName() for one in label.values()] == ["Target", "Task", "Inputs", "Rows"]
    assert all(one.isVisibleTo(box) for one in label.values())
    assert "90 rows" in label["rowsLabel"].toolTip()
    hints = [one for one in box.findChildren(QLabel) if one.text() == "Try λ."]
    assert [one.isVisibleTo(box) for one in hints] == [True]
    assert button.toolTip().startswith("Choose target, features, rows and seed;")
    button.click()
    box.action.trigger()
    assert wanted == [True, True]
    box.show_table(replace(VIEW, hint=""))
    assert not hints[0].isVisibleTo(box)
    # Without a dialog there is nobody to tell.
    for tell in (box.close_dialog, box.apply_theme, lambda: box.show_problem("No row is left.")):
        tell()
    assert box.action.shortcut().toString() == "Ctrl+D"


def test_the_penalty_box_shows_what_is_in_force_and_says_nothing(qtbot: Any) -> None:
    box = shown(qtbot, PenaltyBox(), 300, 260)
    said: list[Any] = []
    for signal in (box.penalty_chosen, box.l1_ratio_moved, box.lambda_chosen, box.lambda_drag_changed):
        signal.connect(said.append)
    box.show_settings(TrainSettings(penalty="elastic-net", l1_ratio=0.25, lam=0.01), True, everything)
    ratio, slider = box.findChild(QSlider, "l1RatioSlider"), box.findChild(QSlider, "lambdaSlider")
    assert (ratio.value(), ratio.minimum(), ratio.maximum(), ratio.isEnabled()) == (25, 0, 100, True)
    assert [one.isEnabled() for one in box.findChildren(QLabel) if one.text() == "0.25"] == [True]
    assert slider.value() == position_of(0.01)
    assert said == []
    ratio.setValue(75)
    assert said.pop() == 0.75
    slider.setValue(position_of(1.0))
    assert said.pop() == 1.0
    kinds = box.findChild(QComboBox, "penaltyBox")
    kinds.setCurrentIndex(kinds.findData("l2"))
    assert said.pop() == "l2"
    edit, refused = box.findChild(QLineEdit), list[str]()
    box.input_refused.connect(refused.append)
    for text in ("0.5", "-1"):
        edit.setFocus()
        edit.setText(text)
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert said.pop() == 0.5
    assert (len(refused), said) == (1, [])
    box.show_settings(TrainSettings(penalty="l1", l1_ratio=0.25), True, everything)
    assert not ratio.isEnabled()
    (words,) = [one for one in box.findChildren(QLabel) if one.text() == "0.25"]
    assert (words.isEnabled(), words.toolTip()) == (False, ratio.toolTip())
    handle_at = QPoint(slider.handle_centre(lambda_at(slider.value())), slider.height() // 2)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, handle_at)
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, handle_at)
    assert said == [True, False], "a click on the handle moves nothing"
    said.clear()
    presets = [box.findChild(QPushButton, f"lambdaPreset{place}") for place in range(len(USUAL_PRESETS))]
    for button in presets:
        button.click()
        assert button.text() == number_text(said[-1])
        assert button.toolTip() == f"Set λ to {button.text()}."
    assert said == sorted(said)
    assert box.findChild(QLineEdit).font().pointSizeF() > 1.2 * box.font().pointSizeF(), "λ is the hero"


def test_in_one_row_the_penalty_box_leaves_out_what_has_no_room(qtbot: Any) -> None:
    box = shown(qtbot, PenaltyBox(), 1400, 120)
    first = box.findChild(QPushButton, "lambdaPreset0")
    slider, penalty = box.findChild(QSlider, "lambdaSlider"), box.findChild(QToolButton, "penaltyHelp")
    assert box.title() == "Penalty"
    assert slider.mapTo(box, QPoint()).x() == box.findChild(LambdaRuler).mapTo(box, QPoint()).x()
    box.show_in_row(True)
    qtbot.waitUntil(lambda: slider.mapTo(box, QPoint()).x() > 200)
    assert box.title() == ""
    assert first.isVisible()
    last = box.findChild(QPushButton, f"lambdaPreset{len(USUAL_PRESETS) - 1}")
    assert first.mapTo(box, QPoint()).y() == last.mapTo(box, QPoint()).y()
    wide_px = slider.width()
    box.resize(1600, 120)
    qtbot.waitUntil(lambda: slider.width() > wide_px)
    assert slider.width() - wide_px > 150, "what is more goes to the slider"
    box.resize(max(box.minimumSizeHint().width(), 500), 120)
    qtbot.waitUntil(lambda: not first.isVisible())
    assert box.findChild(QLineEdit).maximumWidth() < 250
    box.show_in_row(False)
    assert box.title() == "Penalty"
    qtbot.waitUntil(first.isVisible)
    assert box.findChild(QLineEdit).maximumWidth() == 16_777_215, "Qt's word for as wide as it likes"
    assert penalty.isVisible()


def test_presets_stand_in_as_few_rows_as_have_room(qtbot: Any) -> None:
    buttons = [PresetButton(text) for text in ("0", "0.001", "0.01", "0.1", "1", "1 000 000")]
    grid = shown(qtbot, PresetGrid(buttons), 600, 90)
    *short, long = buttons
    widest_px = max(one.minimumSizeHint().width() for one in short)
    text_px = buttons[1].fontMetrics().horizontalAdvance("0.001")
    assert text_px + 8 <= buttons[1].minimumSizeHint().width() <= text_px + 20

    def rows() -> list[int]:
        tops = sorted({one.y() for one in short})
        return [sum(one.y() == top for one in short) for top in tops]

    assert rows() == [5]
    widths = [one.width() for one in short]
    assert max(widths) - min(widths) <= 1
    assert long.y() > short[0].y()
    assert long.width() > 590
    # Exactly what five side by side take, with what is between them, and a pixel less.
    between_px = short[1].x() - short[0].geometry().right() - 1
    assert 0 < between_px < 8
    grid.resize(5 * widest_px + 4 * between_px, 90)
    qtbot.waitUntil(lambda: long.width() == 5 * widest_px + 4 * between_px)
    assert rows() == [5]
    for width_px, expected in (
        (5 * widest_px + 4 * between_px - 1, [3, 2]),
        (3 * widest_px + 2 * between_px, [3, 2]),
        (3 * widest_px + 2 * between_px - 1, [2, 2, 1]),
    ):
        grid.resize(max(width_px, grid.minimumSizeHint().width()), 90)
        qtbot.waitUntil(lambda expected=expected: rows() == expected)
    assert grid.minimumSizeHint().width() == max(2 * widest_px + between_px, long.minimumSizeHint().width())
    grid.show_in_row(True)
    assert grid.row_width_px == sum(one.minimumSizeHint().width() for one in buttons) + 5 * between_px
    assert grid.minimumSizeHint().width() == grid.row_width_px
    grid.resize(grid.row_width_px, 40)
    qtbot.waitUntil(lambda: long.y() == short[0].y())
    assert [one.width() for one in buttons] == [one.minimumSizeHint().width() for one in buttons]
    grid.show_in_row(False)
    grid.resize(600, 90)
    qtbot.waitUntil(lambda: long.y() > short[0].y())


def test_the_slider_goes_where_it_is_clicked_and_ten_times_is_ten_times(qtbot: Any) -> None:
    slider = shown(qtbot, LambdaSlider(), 500, 30)
    moved: list[float] = []
    slider.lambda_moved.connect(moved.append)
    slider.show_lambda(1.0)
    assert (moved, lambda_at(slider.value())) == ([], 1.0)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.handle_centre(0.01), 15))
    assert moved[0] == pytest.approx(0.01, rel=0.1)
    assert len(moved) == 1
    QTest.mouseClick(slider, Qt.MouseButton.RightButton, pos=QPoint(slider.handle_centre(100.0), 15))
    assert len(moved) == 1
    slider.setValue(N_POSITIONS // 2)
    n_moved = len(moved)
    slider.show_lambda(lambda_at(N_POSITIONS // 2))
    assert (slider.value(), len(moved)) == (N_POSITIONS // 2, n_moved)
    assert slider.minimumHeight() >= 24, "a finger meets it"
    # A page is half a decade: some of them take one from end to end, and a key moves less.
    assert 5 * slider.singleStep() < slider.pageStep() < N_POSITIONS // 8
    assert (slider.minimum(), slider.maximum()) == (0, N_POSITIONS)
    assert [tenfold_lambda(one) for one in (0.0, 0.003, 1e8, 1e300)] == [1e-5, 0.03, 1e9, tenfold_lambda(1e12)]
    assert [tenth_lambda(one) for one in (0.0, 0.03, 1e-4, 9e-5)] == [0.0, 0.003, 1e-5, 0.0]


def test_the_ruler_names_as_many_numbers_as_have_room_under_the_handle(qtbot: Any) -> None:
    slider = shown(qtbot, LambdaSlider(), 500, 30)
    ruler = LambdaRuler(slider)
    shown(qtbot, ruler, 500, 30)
    labels = ruler.labels()
    assert [text for text, _, _ in labels] == ["off", "0.0001", "0.01", "1", "10⁹"]
    space_px = ruler.fontMetrics().horizontalAdvance(" ")
    for (_, _, end), (_, start, _) in pairwise(labels):
        assert start - end >= space_px
    for (text, left, right), lam in zip(labels[1:-1], (1e-4, 1e-2, 1.0), strict=True):
        assert abs((left + right) / 2 - slider.handle_centre(lam)) <= 1, text
    assert (labels[0][1], labels[-1][2]) == (0, 500) or labels[-1][2] <= 500
    assert ruler.sizeHint().height() > ruler.fontMetrics().height()
    painted = ruler.grab().toImage()
    ground = painted.pixelColor(499, 29)
    centre = slider.handle_centre(1e-2)
    ratio = painted.devicePixelRatio()
    assert painted.pixelColor(round(centre * ratio), round(1 * ratio)) != ground, "a tick is above its number"


def test_the_handle_stands_at_the_edge_that_it_folds(qtbot: Any) -> None:
    handle = ColumnHandle()
    qtbot.addWidget(handle)
    fixed, expanding = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
    assert (handle.sizePolicy().horizontalPolicy(), handle.sizePolicy().verticalPolicy()) == (fixed, expanding)
    assert handle.arrowType() == Qt.ArrowType.LeftArrow
    assert handle.toolTip() == "Fold the control column to the penalty and λ (F4)"
    handle.show_whole(False)
    assert (handle.sizePolicy().horizontalPolicy(), handle.sizePolicy().verticalPolicy()) == (expanding, fixed)
    assert (handle.arrowType(), handle.accessibleName()) == (Qt.ArrowType.DownArrow, "Show all controls")
    assert handle.minimumSizeHint() == handle.sizeHint()
    assert (handle.autoRaise(), handle.focusPolicy()) == (True, Qt.FocusPolicy.TabFocus)


def test_the_column_takes_a_share_of_the_window_and_folds_to_a_row(qtbot: Any) -> None:
    column = Controls()
    shown(qtbot, column, USUAL_PX, 700)
    area = column.findChild(QScrollArea, "controlsArea")
    column.show_table(VIEW)
    column.show_configuration(Configuration(architecture=Architecture((), "tanh"), training=TrainSettings(lam=0.1)))
    (summary,) = [one for one in column.findChildren(QLabel) if one.text() == VIEW.summary]
    assert summary.isVisibleTo(column)
    column.show_table(replace(VIEW, summary=""))
    assert not summary.isVisibleTo(column)
    column.fit_into(1440)
    assert column.minimumWidth() == column.maximumWidth() >= USUAL_PX
    assert column.width() < 1.3 * USUAL_PX
    needed_px = column.minimumWidth()
    assert not column.takes_too_much_of(round(needed_px / 0.36) + 3)
    assert column.takes_too_much_of(round(needed_px / 0.36) - 3)
    assert area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert area.widget().minimumSizeHint().width() <= area.viewport().width(), "nothing is cut off"
    column.show_whole(False)
    column.fit_into(1440)
    assert not area.isVisible()
    assert (column.minimumWidth(), column.maximumWidth()) == (0, 16_777_215)
    assert column.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Maximum
    column.show_whole(True)
    assert area.isVisible()
    assert column.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Preferred
