"""The λ slider's scale, the speed slider's, the axes' 1-2-5 numbers, and what the edits accept."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from regdesk.core.rounding import round_limit
from regdesk.core.settings.first_lambda import GROUP_PRESETS, SELECTING_PRESETS, USUAL_PRESETS
from regdesk.core.words.number_text import exact_text, glance_text
from regdesk.views.controls import lambda_slider
from regdesk.views.controls.lambda_slider import N_POSITIONS, LambdaSlider, lambda_at
from regdesk.views.kit.number_edit import ValueEdit, entry_parser, parse_number
from regdesk.views.plots.axes import LambdaAxis
from regdesk.views.plots.scales import OFF_POSITION, WideningRange, fine_decades, lambda_position, lambda_positions
from regdesk.views.sweep.axes import LambdaRange, LambdaTicks
from regdesk.views.window import speed_slider


def test_lambda_is_zero_then_logarithmic_in_two_parts() -> None:
    assert lambda_at(0) == 0.0
    assert lambda_at(1) == 1e-5
    assert lambda_at(4 * N_POSITIONS // 5) == 10.0
    assert lambda_at(N_POSITIONS) == 1e9
    values = [lambda_at(position) for position in range(N_POSITIONS + 1)]
    # Three digits may give two neighbours one value, never a smaller one to the right.
    assert values == sorted(values)
    assert len(set(values)) > 0.9 * len(values)
    fine = [math.log10(value) for value in values[1 : 4 * N_POSITIONS // 5 + 1]]
    # Evenly spaced on a logarithmic scale, but for three digits.
    assert fine[len(fine) // 2] == pytest.approx(-2.0, abs=0.01)


def test_lambda_positions_round_trip() -> None:
    for position in range(N_POSITIONS + 1):
        assert abs(lambda_slider.position_of(lambda_at(position)) - position) <= 1
    assert lambda_slider.position_of(1e12) == N_POSITIONS
    assert lambda_slider.position_of(1e-9) == 1
    for lam in {*USUAL_PRESETS, *SELECTING_PRESETS, *GROUP_PRESETS}:
        assert lambda_at(lambda_slider.position_of(lam)) == pytest.approx(lam, rel=0.01)


def test_showing_lambda_is_silent_and_moving_it_is_not(qtbot: Any) -> None:
    slider = LambdaSlider()
    qtbot.addWidget(slider)
    slider.resize(280, 28)
    slider.show()
    heard: list[float] = []
    slider.lambda_moved.connect(heard.append)
    for lam in (0.5, 0.0, 1e9, 1e12, 0.0123):
        slider.show_lambda(lam)
    assert heard == []
    assert slider.value() == lambda_slider.position_of(0.0123)
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert heard == [0.0]
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert heard == [0.0, 1e9]
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    assert len(heard) == 3
    assert 1e-3 < heard[-1] < 1.0


def test_a_drag_is_announced_and_follows_the_mouse(qtbot: Any) -> None:
    slider = LambdaSlider()
    qtbot.addWidget(slider)
    slider.resize(280, 28)
    slider.show()
    heard: list[float] = []
    slider.lambda_moved.connect(heard.append)
    with qtbot.waitSignal(slider.sliderPressed):
        qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    for share in (0.6, 0.7, 0.8):
        point = slider.rect().center()
        point.setX(int(share * slider.width()))
        qtbot.mouseMove(slider, point)
    with qtbot.waitSignal(slider.sliderReleased):
        qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=point)
    assert len(heard) >= 3
    assert heard == sorted(heard)


def test_speed_runs_from_ten_to_flat_out() -> None:
    assert speed_slider.speed_at(0) == 10.0
    assert speed_slider.speed_at(speed_slider.N_POSITIONS) is None
    speeds = [speed_slider.speed_at(position) for position in range(speed_slider.N_POSITIONS)]
    assert speeds == sorted(set(speeds))
    assert speeds[-1] == 100_000.0
    for position, speed in enumerate(speeds):
        assert speed_slider.position_of(speed) == position
    assert speed_slider.position_of(None) == speed_slider.N_POSITIONS
    assert speed_slider.speed_at(speed_slider.position_of(1000.0)) == pytest.approx(1000.0, rel=0.12)


@pytest.mark.parametrize(
    ("value", "top"),
    [(0.3, 0.5), (1.0, 1.0), (1.1, 2.0), (2.0, 2.0), (5.01, 10.0), (73.0, 100.0), (0.0, 1.0), (float("nan"), 1.0)],
)
def test_round_up(value: float, top: float) -> None:
    assert round_limit(value) == pytest.approx(top)


def test_a_range_widens_only_when_it_must() -> None:
    axis = WideningRange(1.0)
    assert not axis.include(0.9)
    assert not axis.include(float("inf"))
    assert not axis.include(float("nan"))
    assert axis.include(1.3)
    assert axis.top == 2.0
    assert not axis.include(0.1)
    assert axis.top == 2.0
    axis.reset()
    assert axis.top == 1.0


def test_lambda_axis_has_a_place_for_off(qtbot: Any) -> None:
    several = np.array([0.0, 1e-12, 3e-6, 0.003, 1.0, 1e9])
    assert lambda_positions(several).tolist() == [lambda_position(float(lam)) for lam in several]
    assert lambda_position(0.0) == OFF_POSITION
    assert lambda_position(0.01) == pytest.approx(-2.0)
    assert OFF_POSITION < lambda_position(1e-12) < lambda_position(1e-5)
    axis = LambdaAxis("left")
    ((_, ticks),) = axis.tickValues(OFF_POSITION - 1, 9.3, 400)
    assert ticks[0] == OFF_POSITION
    assert set(ticks[1:]) <= {float(decade) for decade in range(-5, 10)}
    assert axis.tickStrings([OFF_POSITION, -2.0, 0.0], 1.0, 1.0) == ["off", "0.01", "1"]
    # One number is no scale: a low axis has one at each end.
    ((_, few),) = axis.tickValues(OFF_POSITION - 1.8, 9.3, 27)
    assert axis.tickStrings(few, 1.0, 1.0) == ["off", "10⁹"]
    # The highest number is near the highest λ, whatever has room: beside "off" and 1 nobody saw that it was 1,000.
    for highest in range(1, 10):
        for height_px in (27, 45, 60, 100):
            ((_, some),) = axis.tickValues(OFF_POSITION - 1.1, highest + 0.3, height_px)
            assert highest - 1 <= some[-1] <= highest
            px_per = height_px / (highest + 1.4 - OFF_POSITION)
            assert (some[1] - some[0]) * px_per > 13.0
            assert len(some) >= 2


def test_numbers_may_be_written_as_people_do() -> None:
    parse = parse_number(0.0, 1e12, "λ")
    for text, value in (("0,25", 0.25), ("1e-3", 1e-3), ("1 000 000 000", 1e9), ("1\u202f000", 1e3), ("0", 0.0)):
        assert parse(text) == value
    for text in ("", "x", "-1", "nan", "inf", "1e13"):
        with pytest.raises(ValueError, match="λ"):
            parse(text)


def test_layers_and_batches() -> None:
    for text, widths in (("", ()), ("16", (16,)), ("16,8", (16, 8)), ("16; 8 4", (16, 8, 4))):
        assert entry_parser("architecture.hidden")(text) == widths
    for text in ("0", "-3", "1025", "a", "1.5", ",".join(["2"] * 11)):
        with pytest.raises(ValueError, match="Hidden layers"):
            entry_parser("architecture.hidden")(text)
    assert entry_parser("training.batch_size")("full") == 0
    assert entry_parser("training.batch_size")("Full") == 0
    assert entry_parser("training.batch_size")("32") == 32
    for text in ("0", "", "-2", "2.5"):
        with pytest.raises(ValueError, match="Batch size"):
            entry_parser("training.batch_size")(text)


def test_an_edit_takes_effect_on_enter_and_loses_nothing(qtbot: Any) -> None:
    edit = ValueEdit(parse_number(0.0, 10.0, "λ"), "{:g}".format)
    qtbot.addWidget(edit)
    with qtbot.waitActive(edit):
        edit.show()
        edit.activateWindow()
        edit.setFocus()
    edit.show_value(1.0)
    entered: list[float] = []
    refused: list[str] = []
    edit.value_entered.connect(entered.append)
    edit.refused.connect(refused.append)
    edit.selectAll()
    qtbot.keyClicks(edit, "20")
    assert (entered, refused) == ([], [])
    edit.show_value(1.0)
    assert edit.text() == "20"
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert entered == []
    assert refused == ["λ must lie between 0 and 10; 20 does not."]
    assert edit.toolTip() == refused[0]
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.text() == "1"
    edit.selectAll()
    qtbot.keyClicks(edit, "3")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert entered == [3.0]
    assert edit.text() == "3"


def shown_edit(qtbot: Any) -> tuple[ValueEdit, QWidget, QLineEdit]:
    """An edit of λ that has the keyboard, its window, and another edit to leave it for."""
    window, other = QWidget(), QLineEdit()
    qtbot.addWidget(window)
    edit = ValueEdit(parse_number(0.0, 10.0, "λ"), exact_text, glance_text)
    layout = QVBoxLayout(window)
    layout.addWidget(edit)
    layout.addWidget(other)
    edit.show_value(1.0)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    return edit, window, other


def test_a_number_that_has_no_room_shows_its_first_digits(qtbot: Any) -> None:
    edit, _, other = shown_edit(qtbot)
    edit.setFixedWidth(60)
    other.setFocus()
    edit.show_value(0.123456789)
    assert edit.cursorPosition() == 0
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    assert edit.selectedText() == edit.text()
    assert edit.cursorPosition() == 0


def test_what_is_not_in_force_does_not_stay_in_an_edit(qtbot: Any) -> None:
    edit, _, other = shown_edit(qtbot)
    # Refused, and left: Qt tells of the end of an edit only once.
    edit.selectAll()
    qtbot.keyClicks(edit, "abc")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "abc"
    assert edit.styleSheet()
    other.setFocus()
    assert edit.text() == "1"
    assert not edit.styleSheet()
    # Refused, and the value in force set again.
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "abc")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    edit.show_value(1.0)
    assert edit.text() == "1"
    # Not entered yet, and the same value chosen elsewhere.
    edit.selectAll()
    qtbot.keyClicks(edit, "2.5")
    edit.show_value(1.0)
    assert edit.text() == "2.5"
    edit.drop_typing()
    assert edit.text() == "1"


def test_a_computed_value_is_short_at_a_glance_and_whole_in_hand(qtbot: Any) -> None:
    edit, _, other = shown_edit(qtbot)
    entered: list[float] = []
    edit.value_entered.connect(entered.append)
    edit.show_value(0.0770537242939123)
    assert edit.text() == "0.0770537242939"
    other.setFocus()
    assert edit.text() == "0.0771"
    # Enter on what stands there sets nothing.
    edit.setFocus()
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert entered == []
    # What was typed stays as it was typed.
    edit.selectAll()
    qtbot.keyClicks(edit, "0.123456789")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    other.setFocus()
    assert (entered, edit.text()) == ([0.123456789], "0.123456789")
    edit.show_value(0.25)
    edit.show_value(0.123456789)
    assert edit.text() == "0.123"
    assert [glance_text(value) for value in (0.0, 0.01, 0.012345, 1e9, 1.0 / 3.0)] == [
        *("0", "0.01", "0.012345", "1\u202f000\u202f000\u202f000", "0.333"),
    ]


@pytest.mark.parametrize("highest", [1.0, 1e3, 1e9, 1e12])
@pytest.mark.parametrize("size_px", [200.0, 400.0, 800.0])
def test_no_power_of_ten_runs_into_the_word_for_zero(highest: float, size_px: float, qapp: Any) -> None:
    lambdas = LambdaRange()
    lambdas.include(highest)
    axis = LambdaTicks(lambdas)
    (low, high) = lambdas.ends
    ((_, places),) = axis.tickValues(low, high, size_px)
    metrics = QFontMetrics(QApplication.font())
    spans = [
        (size_px * (place - low) / (high - low), metrics.horizontalAdvance(text))
        for place, text in zip(places, axis.tickStrings(places, 1.0, 1.0), strict=True)
    ]
    for (left, wide), (right, next_wide) in pairwise(spans):
        assert left + 0.5 * wide < right - 0.5 * next_wide
    assert len(spans) > 1


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [
        (-2.0, 0.0, [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0]),
        # A digit of 1, 2 or 5 comes too rarely here, and finer ones do not.
        (math.log10(0.29), math.log10(0.62), [0.3, 0.4, 0.5, 0.6]),
        # So near that log₁₀ is next to a straight line: round numbers with equal steps.
        (math.log10(0.301), math.log10(0.349), [0.32, 0.34]),
    ],
)
def test_numbers_stand_where_powers_of_ten_are_too_far_apart(low: float, high: float, wanted: list[float]) -> None:
    assert [10.0**place for place in fine_decades(low, high)] == pytest.approx(wanted)
