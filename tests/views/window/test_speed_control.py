"""The pace of training: a slider, its words, and what it tells."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel

from regdesk.core.settings.settings_table import setting_at
from regdesk.views.window.speed_slider import PATH, SpeedControl


def test_words_follow_whoever_moves_it(qtbot: Any) -> None:
    control, told = SpeedControl(), list[float | None]()
    qtbot.addWidget(control)
    control.speed_changed.connect(told.append)
    setting = setting_at(PATH)

    def words() -> str:
        return control.findChildren(QLabel)[-1].text().strip()

    for pace, said in ((1000.0, f"1,000 {setting.unit}"), (None, setting.none_text), (10.0, f"10 {setting.unit}")):
        control.show_speed(pace)
        assert words() == said
    assert told == [], "it is shown and not chosen"
    control.step(100)
    assert (words(), told) == (setting.none_text, [None])
    control.step(-1)
    assert (words(), told[1:]) == (f"100,000 {setting.unit}", [100_000.0])
