"""Panels that are due at once are painted one by one, and a run's first pictures are drawn one by one."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEventLoop
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from window_driver import WindowDriver

from regdesk.views.plots.panel import Panel
from regdesk.views.window.main_window import MainWindow
from regdesk.views.window.paint_turns import PaintTurns


class Painted(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.n_paints = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.n_paints += 1


def three_in_a_window(qtbot: Any) -> tuple[QWidget, list[Painted]]:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    widgets = [Painted() for _ in range(3)]
    for widget in widgets:
        row.addWidget(widget)
    window.resize(300, 100)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: all(widget.n_paints for widget in widgets))
    return window, widgets


def test_widgets_are_painted_one_a_turn_and_each_once(qtbot: Any) -> None:
    window, widgets = three_in_a_window(qtbot)
    before = [widget.n_paints for widget in widgets]
    turns = PaintTurns(window)
    turns.begin(widgets)
    for widget in widgets:
        widget.update()
    seen = []
    while len(seen) < 100 and (not seen or seen[-1] != [1, 1, 1]):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        now = [widget.n_paints - one for widget, one in zip(widgets, before, strict=True)]
        if not seen or now != seen[-1]:
            seen.append(now)
    assert seen[-1] == [1, 1, 1]
    assert all(widget.updatesEnabled() for widget in widgets)
    # No turn has painted two of those that were held.
    assert all(sum(late) - sum(early) == 1 for early, late in pairwise(seen) if sum(early))


def test_the_end_lets_all_be_painted(qtbot: Any) -> None:
    window, widgets = three_in_a_window(qtbot)
    turns = PaintTurns(window)
    turns.begin(widgets)
    assert [widget.updatesEnabled() for widget in widgets] == [True, False, False]
    turns.end()
    turns.end()
    assert [widget.updatesEnabled() for widget in widgets] == [True, True, True]


def test_what_cannot_be_seen_is_not_held(qtbot: Any) -> None:
    window, widgets = three_in_a_window(qtbot)
    widgets[1].hide()
    turns = PaintTurns(window)
    turns.begin(widgets)
    assert [widget.updatesEnabled() for widget in widgets] == [True, True, False]
    turns.end()


def test_the_first_pictures_of_a_run_are_drawn_one_a_frame_and_then_all(make_window: Any, monkeypatch: Any) -> None:
    driver: WindowDriver = make_window("--sample", "two-moons")
    driver.wait_model()
    shown: list[list[str]] = []
    show_panel = Panel.show_frame

    def note_panel(panel: Panel, *arguments: Any) -> None:
        shown[-1].append(panel.objectName())
        show_panel(panel, *arguments)

    def noted(show: Any) -> Any:
        def note(window: MainWindow, *arguments: Any) -> None:
            shown.append([])
            show(window, *arguments)

        return note

    monkeypatch.setattr(Panel, "show_frame", note_panel)
    for name in ("show_frame", "catch_up"):
        monkeypatch.setattr(MainWindow, name, noted(getattr(MainWindow, name)))
    seen = [panel.objectName() for panel in driver.window.panels if panel.is_seen]
    assert len(seen) >= 4
    driver.window.reset_requested.emit()
    driver.wait(lambda: any(set(seen) <= set(names) for names in shown), 20_000)
    n_drawn = [len(set(seen) & set(names)) for names in shown if names]
    assert n_drawn[: len(seen)] == list(range(1, len(seen) + 1))
    assert not driver.window.is_behind


def test_a_record_of_the_window_is_of_one_moment_at_any_time(make_window: Any) -> None:
    driver: WindowDriver = make_window("--sample", "two-moons")
    driver.wait_model()
    before = driver.state["readouts"]
    records = []
    driver.controller.frame_shown.connect(lambda *_: records.append(driver.window.state()["readouts"]))
    driver.window.reset_requested.emit()
    driver.wait(lambda: bool(records))
    assert records[0] == before
