"""A line that says less where it has less room: the words that are chosen have room between its margins."""

from __future__ import annotations

from typing import Any

import pytest

from regdesk.views.kit.fitting_label import FittingLabel

WORDS = ("J = data loss <b>0.584</b> + λ <b>0.2</b> = <b>0.792</b>", "J = <b>0.584</b> + … = <b>0.792</b>", "J = 0.792")


@pytest.mark.parametrize("margin_px", [0, 12, 40])
def test_nothing_that_is_said_is_cut(qtbot: Any, margin_px: int) -> None:
    label = FittingLabel()
    qtbot.addWidget(label)
    label.setContentsMargins(margin_px, 0, margin_px, 0)
    label.show_first_fitting(*WORDS)
    label.keep_room()
    label.show()
    shown = set()
    for width_px in range(label.minimumWidth(), 600, 4):
        label.resize(width_px, 20)
        assert not label.is_elided, f"{label.text()} in {width_px} pixels"
        shown.add(label.text())
    assert shown == set(WORDS)
