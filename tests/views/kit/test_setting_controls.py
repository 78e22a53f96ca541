"""Controls made from the table of settings: bounds, digits, entries, names and reasons are those of the table."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from regdesk.core.settings.settings_table import SETTINGS, setting_at
from regdesk.views.kit.setting_controls import (
    SettingSpin,
    add_setting_row,
    entries_of,
    setting_check,
    setting_combo,
    setting_slider,
    setting_slim_box,
    setting_toggle,
    show_choice,
    show_datum,
)


def spin_of(qtbot: Any, path: str) -> SettingSpin:
    spin = SettingSpin(path)
    qtbot.addWidget(spin)
    return spin


def test_a_spin_box_ends_within_a_bound_that_is_open(qtbot: Any) -> None:
    spin = spin_of(qtbot, "data.test_fraction")
    assert (spin.minimum(), spin.maximum(), spin.singleStep(), spin.decimals()) == (0.0, 0.99, 0.05, 2)
    assert spin.objectName() == "testFractionSpin"
    assert spin.accessibleName() == "Test fraction"
    assert spin.toolTip() == spin.accessibleDescription() == SETTINGS["data.test_fraction"].tip


def test_a_spin_box_reads_what_it_was_shown_to_the_last_digit(qtbot: Any) -> None:
    spin = spin_of(qtbot, "data.validation_fraction")
    spin.show_value(1.0 / 3.0)
    assert (spin.text(), spin.entered) == ("0.333333", 1.0 / 3.0)
    spin.show_value(0.25)
    assert (spin.text(), spin.entered) == ("0.25", 0.25)
    spin.selectAll()
    qtbot.keyClicks(spin, "0.3")
    assert spin.entered == 0.3
    spin.show_value(0.999)
    assert (spin.text(), spin.entered) == ("0.999", 0.999)
    spin.stepUp()
    assert spin.entered == 0.999, "1 is out of bounds"


def test_a_spin_box_holds_every_whole_number_of_the_table(qtbot: Any) -> None:
    spin = spin_of(qtbot, "seed")
    spin.show_value(2**53)
    assert spin.text() == "9007199254740992"
    assert spin.entered == 2**53
    spin.stepDown()
    assert spin.entered == 2**53 - 1
    spin.setValue(-5)
    assert spin.entered == 0


def test_a_box_for_large_numbers_is_no_wider_than_others(qtbot: Any) -> None:
    seed, share = spin_of(qtbot, "seed"), spin_of(qtbot, "data.test_fraction")
    sixteen_px = seed.fontMetrics().horizontalAdvance("9" * 16)
    assert share.sizeHint().width() < seed.sizeHint().width() < share.sizeHint().width() + sixteen_px
    assert seed.minimumSizeHint() == seed.sizeHint()


def test_lists_hold_the_words_of_the_table(qtbot: Any) -> None:
    box = setting_combo("data.missing")
    qtbot.addWidget(box)
    found = [(box.itemData(row), box.itemText(row)) for row in range(box.count())]
    assert found == [("impute", "impute: fill in"), ("drop", "drop the row"), ("level", "a level of its own")]
    assert "the median" in box.itemData(0, Qt.ItemDataRole.ToolTipRole)
    show_choice(box, "data.missing", "drop")
    assert box.currentData() == "drop"
    assert entries_of("training.penalty")[0][:2] == ("none", "no penalty")
    assert [value for value, *_ in entries_of("view.geometry.is_sum")] == [False, True]


def test_a_control_without_effect_says_why(qtbot: Any) -> None:
    box = setting_combo("architecture.activation")
    qtbot.addWidget(box)
    show_choice(box, "architecture.activation", "relu", is_idle=True)
    assert not box.isEnabled()
    assert (box.toolTip(), box.currentData()) == (SETTINGS["architecture.activation"].idle, "relu")
    show_choice(box, "architecture.activation", "relu")
    assert box.isEnabled()
    assert box.toolTip() == "The function of the hidden units: tanh is smooth, relu is not."


def test_a_value_that_a_list_does_not_offer_is_shown_all_the_same(qtbot: Any) -> None:
    box = setting_slim_box("view.smoothing")
    qtbot.addWidget(box)
    shown: list[int] = []
    box.currentIndexChanged.connect(shown.append)
    show_datum(box, 0.02, "over 2 %")
    assert (box.currentText(), box.currentData(), box.count()) == ("over 2 %", 0.02, 4)
    show_datum(box, 0.05, "nobody reads this")
    show_datum(box, 0.02, "over 2 %")
    assert box.count() == 4
    assert shown == [], "to show is not to choose"


@pytest.mark.parametrize(
    ("make", "path"),
    [
        (setting_check, "data.standardize"),
        (setting_toggle, "view.is_log_loss"),
        (lambda path: setting_slider(path, 100), "training.l1_ratio"),
    ],
)
def test_every_control_is_named_by_the_table(qtbot: Any, make: Any, path: str) -> None:
    control, setting = make(path), setting_at(path)
    qtbot.addWidget(control)
    assert (control.objectName(), control.accessibleName()) == (setting.control, setting.label)
    assert control.toolTip() == setting.tip
    if hasattr(control, "text"):
        assert control.text() == setting.caption


def test_a_row_of_a_form_has_the_caption_with_its_key(qtbot: Any) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    form, spin = QFormLayout(place), SettingSpin("seed")
    add_setting_row(form, "seed", spin)
    label = form.labelForField(spin)
    assert isinstance(label, QLabel)
    assert (label.text(), label.buddy()) == ("&Seed", spin)
    assert label.sizeHint().width() > label.fontMetrics().horizontalAdvance("Seed") + 1
