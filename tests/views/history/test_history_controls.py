"""The controls under the history by themselves: what they offer, say and show, and what gives way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from regdesk.core.settings.configuration import ViewSettings
from regdesk.views.history.controls import CHANGES, EPOCHS, LOG, SHARE, SMOOTHING, HistoryControls
from regdesk.views.history.loss_axis import LossAxis
from regdesk.views.history.loss_scale import LossScale
from regdesk.views.kit.setting_controls import entries_of


class Shown:
    """The controls, and what they have said."""

    def __init__(self, qtbot: Any, width: int = 700) -> None:
        self.controls = HistoryControls()
        qtbot.addWidget(self.controls)
        self.said: list[dict[str, Any]] = []
        self.controls.settings_chosen.connect(self.said.append)
        self.controls.resize(width, self.controls.sizeHint().height())
        with qtbot.waitExposed(self.controls):
            self.controls.show()
        (self.name,) = [one for one in self.controls.findChildren(QLabel) if one.text() == "epoch"]


def test_what_is_chosen_is_said_by_its_path(qtbot: Any) -> None:
    shown = Shown(qtbot)
    controls = shown.controls
    shares, numbers = entries_of(SHARE), entries_of(EPOCHS)
    span = [controls.span.itemData(row) for row in range(controls.span.count())]
    assert span == [(None, None), *((one[0], None) for one in shares), *((None, one[0]) for one in numbers)]
    assert controls.span.itemText(0) == "all"
    controls.log.click()
    controls.smoothing.setCurrentIndex(1)
    controls.span.setCurrentIndex(1)
    controls.span.setCurrentIndex(len(shares) + 1)
    controls.span.setCurrentIndex(0)
    assert shown.said == [
        {LOG: True}, {SMOOTHING: entries_of(SMOOTHING)[1][0]}, {SHARE: shares[0][0], EPOCHS: None},
        {SHARE: None, EPOCHS: numbers[0][0]}, {SHARE: None, EPOCHS: None},
    ]  # fmt: skip


def test_what_is_in_force_is_shown_without_a_word_and_ticked_in_the_menu(qtbot: Any) -> None:
    shown = Shown(qtbot)
    controls = shown.controls
    view = ViewSettings(is_log_loss=True, smoothing=0.07, span_share=0.123, shows_changes=False)
    controls.show_view_settings(view)
    assert (controls.log.isChecked(), controls.smoothing.currentText()) == (True, "smoothed over 7 %")
    assert controls.span.currentText() == "last 12.3 %"
    log, span, smoothing, changes = controls.menu_actions()
    assert [one.isCheckable() for one in (log, changes)] == [True, True]
    assert [one.isChecked() for one in (log, changes)] == [True, False]
    for menu, text in ((span, "last 12.3 %"), (smoothing, "smoothed over 7 %")):
        ticked = [one.text().replace("&", "") for one in menu.menu().actions() if one.isChecked()]
        assert ticked == [text]
    controls.show_view_settings(replace(view, span_epochs=1234.0, shows_changes=True, is_log_loss=False))
    assert controls.span.currentText() == "last 1,234", "where both are chosen this one counts"
    log, *_, changes = controls.menu_actions()
    assert (log.isChecked(), changes.isChecked()) == (False, True)
    controls.show_view_settings(ViewSettings())
    assert controls.span.currentText() == "all"
    assert shown.said == []
    log.trigger()
    changes.trigger()
    assert shown.said == [{LOG: True}, {CHANGES: False}]
    assert changes.objectName()
    assert changes.toolTip()


def test_the_name_of_the_axis_gives_way_before_a_box_is_cut(qtbot: Any) -> None:
    shown = Shown(qtbot)
    controls = shown.controls
    boxes = (controls.log, controls.smoothing, controls.span)
    needed_px = sum(one.sizeHint().width() for one in (*boxes, shown.name)) + 3 * 4
    assert shown.name.isVisible()
    assert shown.name.alignment() == Qt.AlignmentFlag.AlignCenter
    for width, is_seen in ((needed_px, True), (needed_px - 1, False), (needed_px, True)):
        controls.resize(width, controls.height())
        qtbot.waitUntil(lambda is_seen=is_seen: shown.name.isVisible() is is_seen)
    assert controls.log.x() == 0
    assert controls.span.geometry().right() == controls.width() - 1
    assert controls.log.x() < controls.smoothing.x() < shown.name.x() < controls.span.x()
    # In a picture to take away there are no boxes, and the name has the room.
    controls.resize(needed_px - 1, controls.height())
    qtbot.waitUntil(lambda: not shown.name.isVisible())
    controls.smoothing.hide()
    qtbot.waitUntil(shown.name.isVisible)


def test_a_word_of_the_button_gives_way_before_a_box_is_cut(qtbot: Any) -> None:
    controls = Shown(qtbot).controls
    whole_px = sum(one.sizeHint().width() for one in (controls.log, controls.smoothing, controls.span)) + 2 * 4
    for width, text in ((whole_px, "Log axis"), (whole_px - 1, "Log"), (whole_px, "Log axis")):
        controls.resize(width, controls.height())
        qtbot.waitUntil(lambda text=text: controls.log.text() == text)
        assert not controls.span.is_elided
        assert controls.log.accessibleName()


@pytest.mark.parametrize(
    ("span", "size", "named"),
    [
        (4.0, 64.0, [-4.0, -3.0, -2.0, -1.0, 0.0]), (4.0, 63.0, [-4.0, -2.0, 0.0]),
        (6.0, 48.0, [-6.0, -4.0, -2.0, 0.0]),
        (6.0, 32.0, [-6.0, -3.0, 0.0]), (30.0, 10.0, [-30.0, -25.0, -20.0, -15.0, -10.0, -5.0, 0.0]),
    ],
)  # fmt: skip
def test_as_many_powers_of_ten_are_named_as_have_room(qapp: Any, span: float, size: float, named: list[float]) -> None:
    scale = LossScale()
    scale.is_log = True
    axis = LossAxis(scale)
    (_, found), (_, others) = axis.tickValues(-span, 0.0, size)
    assert found == named
    # Between powers of ten the other digits have ticks, and only where every power has a name.
    assert bool(others) is (found[1] - found[0] == 1.0)


@pytest.mark.parametrize(("span", "size", "has_digits"), [(3.0, 144.0, True), (3.0, 143.0, False), (3.1, 900.0, False)])
def test_few_powers_of_ten_have_2_and_5_between_them(qapp: Any, span: float, size: float, has_digits: bool) -> None:
    scale = LossScale()
    scale.is_log = True
    (_, named), (_, others) = LossAxis(scale).tickValues(-span, 0.0, size)
    digits = sorted(round(10.0 ** (one % 1.0), 6) for one in named if one % 1.0)
    assert digits == ([2.0] * 3 + [5.0] * 3 if has_digits else [])
    assert sorted({round(10.0 ** (one % 1.0), 6) for one in others}) == [2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]
    assert all(-span <= one <= 0.0 for one in (*named, *others))
