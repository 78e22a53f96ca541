"""How often each part of the window is drawn, against a clock that is moved by hand, and what is drawn at rest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from window_driver import WindowDriver, write_curve

from regdesk.core.run import pace
from regdesk.core.run.frame import Frame
from regdesk.core.run.pace import CURVES_HZ, LATE, WORDS_HZ, FramePace, Part
from regdesk.session import controller
from regdesk.views.kit.readout_label import ReadoutLabel

TICK_S = 1.0 / 60.0
N_TICKS = 120


class Paints(QObject):
    """How often a widget is painted."""

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self.n_paints = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.n_paints += event.type() == QEvent.Type.Paint
        return False


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


@pytest.fixture
def frames(make_window: Any, tmp_path: Path) -> tuple[WindowDriver, list[Frame]]:
    """A window at rest and different moments of its run, all with the axes that the last ones have."""
    driver: WindowDriver = make_window(write_curve(tmp_path / "curve.csv"), "--speed", "2000", "--penalty", "l1")
    driver.wait_model()
    driver.run()
    driver.wait_state(epoch=lambda epoch: epoch > 2_000)
    found: list[Frame] = []
    driver.controller.frame_shown.connect(found.append)
    driver.wait(lambda: len({frame.snapshot.step for frame in found}) > 12)
    driver.pause()
    driver.controller._clock.stop()
    for frame in found:
        driver.window.show_frame(frame)
        settle()
    return driver, found


@pytest.mark.parametrize("is_moving", [True, False])
def test_words_and_the_course_are_due_so_often_and_not_at_once(is_moving: bool) -> None:
    pace, n_seconds = FramePace(), 20
    found = [pace.due(100.0 + tick * TICK_S, is_moving) for tick in range(60 * n_seconds)]
    assert all(Part.PICTURES in due for due in found)
    if not is_moving:
        assert set(found) == {Part.ALL}
        return
    for part, rate_hz in ((Part.WORDS, WORDS_HZ), (Part.CURVES, CURVES_HZ)):
        for piece in part:
            assert 0.7 * rate_hz * n_seconds < sum(piece in due for due in found) <= rate_hz * n_seconds + 1
    # But at the first frame, for which everything has waited.
    assert [due for due in found if due == Part.ALL] == [Part.ALL]
    assert all(len(due & ~Part.PICTURES) <= 1 for due in found[1:])


def test_at_half_the_frames_there_are_two_pieces_in_some_of_them_and_no_piece_is_left_behind() -> None:
    pace, n_seconds = FramePace(), 20
    found = [pace.due(100.0 + 2 * tick * TICK_S, is_moving=True) for tick in range(30 * n_seconds)]
    for part, rate_hz in ((Part.WORDS, WORDS_HZ), (Part.CURVES, CURVES_HZ)):
        for piece in part:
            times = [number for number, due in enumerate(found) if piece in due]
            assert len(times) > 0.45 * rate_hz * n_seconds
            assert max(np.diff(times)) * 2 * TICK_S <= LATE / rate_hz + 2 * TICK_S
    assert max(len(due & ~Part.PICTURES) for due in found[1:]) <= 3


def test_where_frames_are_rare_each_of_them_is_shown_whole() -> None:
    pace = FramePace()
    assert {pace.due(3.0 * tick / WORDS_HZ, is_moving=True) for tick in range(50)} == {Part.ALL}


def test_every_panel_is_painted_once_a_tick_and_words_ten_times_a_second(
    frames: tuple[WindowDriver, list[Frame]],
) -> None:
    driver, statistics = frames
    window, pace = driver.window, FramePace()
    views = {panel.objectName(): Paints(panel._views[0].viewport()) for panel in window.panels[:4]}
    hidden = [Paints(view.viewport()) for panel in window.panels[4:] for view in panel._views]
    labels = [Paints(label) for label in window.findChildren(ReadoutLabel) if label.isVisible()]
    paints: list[dict[str, int]] = []
    for tick in range(N_TICKS):
        before = {name: one.n_paints for name, one in views.items()}
        before |= {f"label {number}": label.n_paints for number, label in enumerate(labels)}
        window.show_frame(statistics[tick % len(statistics)], pace.due(tick * TICK_S, is_moving=True))
        settle()
        after = {name: one.n_paints for name, one in views.items()}
        after |= {f"label {number}": label.n_paints for number, label in enumerate(labels)}
        paints.append({name: after[name] - before[name] for name in after})
    assert all(painted["dataFitPanel"] == 1 for painted in paints)
    assert all(n_paints <= 1 for painted in paints for n_paints in painted.values())
    totals = {name: sum(painted[name] for painted in paints) for name in paints[0]}
    seconds = N_TICKS * TICK_S
    assert totals["histogramPanel"] > 0.8 * N_TICKS
    # Its curves, and the words of its best epoch where they have moved.
    assert 0.5 * CURVES_HZ * seconds < totals["historyPanel"] <= (CURVES_HZ + WORDS_HZ) * seconds + 2
    assert totals["lambdaPanel"] <= (CURVES_HZ + WORDS_HZ) * seconds + 2
    assert labels
    assert all(totals[f"label {number}"] <= WORDS_HZ * seconds + 1 for number in range(len(labels)))
    assert sum(totals[f"label {number}"] for number in range(len(labels))) > 0.5 * WORDS_HZ * seconds
    assert not any(one.n_paints for one in hidden)


def test_a_frame_that_is_shown_again_paints_nothing(frames: tuple[WindowDriver, list[Frame]]) -> None:
    driver, statistics = frames
    window, frame = driver.window, statistics[-1]
    window.show_frame(frame)
    settle()
    watched = [Paints(view.viewport()) for panel in window.panels for view in panel._views]
    watched += [Paints(label) for label in window.findChildren(ReadoutLabel)]
    window.show_frame(frame)
    settle()
    assert [one.n_paints for one in watched] == [0] * len(watched)


def test_a_hidden_panel_is_not_drawn_and_a_seen_one_not_twice(
    frames: tuple[WindowDriver, list[Frame]], monkeypatch: pytest.MonkeyPatch
) -> None:
    driver, statistics = frames
    window = driver.window
    window.docks.stack()
    settle()
    drawn: list[str] = []
    for panel in window.panels:
        name = panel.objectName()
        monkeypatch.setattr(panel, "draw", lambda _frame, name=name: drawn.append(name))
    for moment in statistics:
        window.show_frame(moment)
    assert drawn == ["dataFitPanel"] * len(statistics)


def test_what_waits_is_shown_when_it_is_due(frames: tuple[WindowDriver, list[Frame]]) -> None:
    driver, statistics = frames
    window: Any = driver.window
    first, last = statistics[0], statistics[-1]
    window.show_frame(first)
    assert not window.is_behind
    before = window.history._train.getData()[0][-1]
    window.show_frame(last, Part.PICTURES)
    # The model is that of the last moment, the sentences and the course are those of the first.
    np.testing.assert_array_equal(window.data_fit._numbers.curve.getData()[1], last.snapshot.fit.surface)
    assert window.history.readout == window.history.sentence(first)[0] != window.history.sentence(last)[0]
    assert window.history._train.getData()[0][-1] == before
    assert window.is_behind
    window.catch_up(Part.CURVES)
    assert window.history._train.getData()[0][-1] == last.history.epoch[-1] > before
    assert window.history.readout == window.history.sentence(first)[0]
    assert window.is_behind
    window.catch_up(Part.CURVES)
    assert window.is_behind
    window.catch_up(Part.WORDS)
    assert not window.is_behind
    for panel in window.panels[:3]:
        assert panel.readout == panel.sentence(last)[0]
    title = window.histogram._rows[0].title.text
    assert f"{last.snapshot.layers[0].n_alive} alive" in title
    # A record of the window is of one moment, whatever waits.
    window.show_frame(first, Part.PICTURES)
    assert window.state()["readouts"]["historyPanel"] == window.history.sentence(first)[0]


def test_a_picture_that_is_taken_of_a_moving_model_is_of_one_moment(
    frames: tuple[WindowDriver, list[Frame]],
) -> None:
    driver, statistics = frames
    window: Any = driver.window
    window.show_frame(statistics[0])
    window.show_running(True)
    window.show_frame(statistics[-1], Part.PICTURES)
    panel = window.history
    assert panel.readout == panel.sentence(statistics[0])[0] != panel.sentence(statistics[-1])[0]
    panel._on_copy_picture_chosen()
    assert panel.readout == panel.sentence(statistics[-1])[0]
    assert panel._train.getData()[0][-1] == statistics[-1].history.epoch[-1]


def test_the_newest_moment_is_shown_whole_as_soon_as_it_rests(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver: WindowDriver = make_window(write_curve(tmp_path / "curve.csv"))
    driver.wait_model()
    # While it moves nothing but pictures is ever due.
    monkeypatch.setattr(pace, "WORDS_HZ", 1e-9)
    monkeypatch.setattr(pace, "COURSE_HZ", 1e-9)
    window: Any = driver.window
    driver.run()
    driver.wait(lambda: driver.n_frames > 30 and driver.snapshot.step > 100)
    assert window.is_behind
    assert window.history._train.getData()[0][-1] < driver.snapshot.epoch
    driver.pause()
    assert not window.is_behind
    assert window.history._train.getData()[0][-1] == driver.snapshot.epoch
    assert driver.frame is not None
    for panel in window.panels[:4]:
        assert panel.readout == panel.sentence(driver.frame)[0]
    assert window._objective.text().startswith(driver.frame.objective)
    assert str(driver.snapshot.layers[-1].n_alive) in window.histogram._rows[-1].title.text


def test_what_waits_is_shown_though_no_other_moment_comes(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window(write_curve(tmp_path / "curve.csv"))
    driver.wait_model()
    driver.run()
    driver.wait_state(epoch=lambda epoch: epoch > 50)
    driver.pause()
    assert driver.frame is not None
    window: Any = driver.window
    # As if the last of a run's moments had been shown before it was paused.
    window.show_frame(replace(driver.frame, objective="J at rest", story="At rest."), Part.PICTURES)
    driver.wait(lambda: window._objective.text() == "J at rest")
    assert driver.state["status"] == "At rest."


def test_patience_counts_the_frames_that_were_not_drawn(frames: tuple[WindowDriver, list[Frame]]) -> None:
    driver, statistics = frames
    panel: Any = driver.window.history
    counted: list[int] = []
    is_over = panel._patience.is_over
    panel._patience.is_over = lambda is_so, n_frames=1: (counted.append(n_frames), is_over(is_so, n_frames))[1]
    for number in range(12):
        # Each is another frame, though of the same moment.
        driver.window.show_frame(replace(statistics[-1]), Part.ALL if number % 4 == 3 else Part.PICTURES)
    assert counted == [4, 4, 4]


@pytest.mark.parametrize("is_running", [True, False])
def test_a_sweep_is_shown_less_often_beside_a_model_that_trains(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_running: bool
) -> None:
    driver: WindowDriver = make_window(write_curve(tmp_path / "curve.csv"))
    driver.wait_model()
    one: Any = driver.controller
    one._clock.stop()
    now_s, pulled_s = [1000.0], []
    monkeypatch.setattr(controller, "time", SimpleNamespace(monotonic=lambda: now_s[0]))
    monkeypatch.setattr(one._sweeps, "pull", lambda: pulled_s.append(now_s[0]) or True)
    monkeypatch.setattr(one._training, "is_running", is_running)
    for tick in range(120):
        now_s[0] = 1000.0 + tick * TICK_S
        one._on_clock_ticked()
    every_s = controller.SWEEP_BESIDE_S if is_running else controller.SWEEP_EVERY_S
    assert np.diff(pulled_s) == pytest.approx(every_s, abs=1.01 * TICK_S)
    monkeypatch.setattr(one._training, "is_running", False)
