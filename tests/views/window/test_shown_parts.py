"""What of a window is drawn when only parts of it are due, from moments that nobody trained."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from canned import Canned, dataset_of, history
from plot_items import item, items, plots, settle
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from tables import write_curve

from regdesk.core.run.frame import Frame
from regdesk.core.run.pace import CURVES_HZ, WORDS_HZ, FramePace, Part
from regdesk.core.types import TrainSettings
from regdesk.views.docks.panel_menu import panel_menu
from regdesk.views.kit.readout_label import ReadoutLabel
from regdesk.views.plots.following_range import PATIENCE
from regdesk.views.window.main_window import MainWindow

TICK_S = 1.0 / 60.0
N_TICKS = 60
N_MOMENTS = 12


class Paints(QObject):
    """How often a widget is painted."""

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self.n_paints = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.n_paints += event.type() == QEvent.Type.Paint
        return False


def views_of(panel: Any) -> list[Any]:
    return list(panel.findChildren(pg.GraphicsView))


def last_epoch(window: MainWindow) -> float:
    """Of the course that is drawn."""
    return float(item(window.history, "trainingLoss").getData()[0][-1])


@pytest.fixture
def moments(tmp_path: Path) -> list[Frame]:
    """Of one run, later and later, with other weights and other sentences."""
    dataset = dataset_of(write_curve(tmp_path / "curve.csv"), "degrees")
    model = Canned.of(dataset, (6,), settings=TrainSettings("l1", 0.01))
    found = []
    for number in range(N_MOMENTS):
        # As a run that has all but ended: another number of weights alive, and next to nothing else.
        epoch, moment = 2_000.0 + 10.0 * number, model.with_weights(1.0 - 0.002 * number).with_zeros(number % 3)
        course = history(np.linspace(0.0, epoch, 200), train_loss=0.3 + 0.01 * number, validation_loss=0.5, lam=0.01)
        found.append(moment.frame(epoch, history=course, story=f"Moment {number}.", objective=f"J {number}"))
    return found


@pytest.fixture
def window(qtbot: Any, moments: list[Frame]) -> MainWindow:
    """At rest, with nobody behind it, and with the axes that the last moments have."""
    window = MainWindow()
    qtbot.addWidget(window)
    while window.build_next():
        pass
    with qtbot.waitExposed(window):
        window.show()
    scene = moments[0].snapshot.fit.scene
    assert scene is not None
    window.show_run(scene)
    for moment in moments * 3:
        window.show_frame(moment)
        settle()
    return window


def test_what_is_due_is_shown_and_no_more(
    window: MainWindow, moments: list[Frame], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one window, which takes a second to make and to bring to rest."""
    paint_every_panel_once_a_tick_and_words_ten_times_a_second(window, moments)
    count_the_frames_that_were_not_drawn(window, moments)
    paint_nothing_for_a_frame_that_is_shown_again(window, moments)
    show_what_waits_when_it_is_due(window, moments)
    have_the_lines_beneath_wait_with_the_words(window, moments)
    take_a_picture_of_one_moment_of_a_moving_model(window, moments)
    draw_no_hidden_panel_and_a_seen_one_once(window, moments, monkeypatch)


def paint_every_panel_once_a_tick_and_words_ten_times_a_second(window: MainWindow, moments: list[Frame]) -> None:
    pace = FramePace()
    seen = {panel.objectName(): Paints(views_of(panel)[0].viewport()) for panel in window.panels[:4]}
    hidden = [Paints(view.viewport()) for panel in window.panels[4:] for view in views_of(panel)]
    labels = [Paints(label) for label in window.findChildren(ReadoutLabel) if label.isVisible()]
    paints: list[dict[str, int]] = []
    for tick in range(N_TICKS):
        before = {name: one.n_paints for name, one in seen.items()}
        before |= {f"label {number}": label.n_paints for number, label in enumerate(labels)}
        window.show_frame(moments[tick % len(moments)], pace.due(tick * TICK_S, is_moving=True))
        settle()
        after = {name: one.n_paints for name, one in seen.items()}
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


def paint_nothing_for_a_frame_that_is_shown_again(window: MainWindow, moments: list[Frame]) -> None:
    window.show_frame(moments[-1])
    settle()
    watched = [Paints(view.viewport()) for panel in window.panels for view in views_of(panel)]
    watched += [Paints(label) for label in window.findChildren(ReadoutLabel)]
    assert len(watched) > 8
    window.show_frame(moments[-1])
    settle()
    assert [one.n_paints for one in watched] == [0] * len(watched)


def draw_no_hidden_panel_and_a_seen_one_once(
    window: MainWindow, moments: list[Frame], monkeypatch: pytest.MonkeyPatch
) -> None:
    window.docks.stack()
    settle()
    drawn: list[str] = []
    for panel in window.panels:
        name = panel.objectName()
        monkeypatch.setattr(panel, "draw", lambda _frame, name=name: drawn.append(name))
    for moment in moments:
        window.show_frame(moment)
    assert drawn == ["dataFitPanel"] * len(moments)


def show_what_waits_when_it_is_due(window: MainWindow, moments: list[Frame]) -> None:
    first, last = moments[0], moments[-1]
    window.show_frame(first)
    assert not window.is_behind
    before = last_epoch(window)
    window.show_frame(last, Part.PICTURES)
    # The model is that of the last moment, the sentences and the course are those of the first.
    np.testing.assert_array_equal(item(window.data_fit, "modelCurve").getData()[1], last.snapshot.fit.surface)
    assert window.history.readout == window.history.sentence(first)[0] != window.history.sentence(last)[0]
    assert last_epoch(window) == before
    assert window.is_behind
    window.catch_up(Part.CURVES)
    assert last_epoch(window) == last.history.epoch[-1] > before
    assert window.history.readout == window.history.sentence(first)[0]
    assert window.is_behind
    window.catch_up(Part.CURVES)
    assert window.is_behind
    window.catch_up(Part.WORDS)
    assert not window.is_behind
    for panel in window.panels[:3]:
        assert panel.readout == panel.sentence(last)[0]
    assert f"{last.snapshot.layers[0].n_alive} alive" in items(window.histogram, "layerTitle")[0].text
    # A record of the window is of one moment, whatever waits.
    window.show_frame(first, Part.PICTURES)
    assert window.state()["readouts"]["historyPanel"] == window.history.sentence(first)[0]


def have_the_lines_beneath_wait_with_the_words(window: MainWindow, moments: list[Frame]) -> None:
    objective = window.findChild(QLabel, "objectiveLine")
    window.show_frame(moments[0])
    assert objective.text() == "J 0"
    window.show_frame(moments[1], Part.PICTURES | Part.CURVES)
    assert objective.text() == "J 0"
    window.catch_up()
    assert objective.text() == "J 1"
    assert window.state()["status"] == "Moment 1."


def take_a_picture_of_one_moment_of_a_moving_model(window: MainWindow, moments: list[Frame]) -> None:
    window.show_frame(moments[0])
    window.show_running(True)
    window.show_frame(moments[-1], Part.PICTURES)
    panel = window.history
    assert panel.readout == panel.sentence(moments[0])[0] != panel.sentence(moments[-1])[0]
    QGuiApplication.clipboard().clear()
    menu = panel_menu(panel)
    next(action for action in menu.actions() if action.text() == "Copy picture").trigger()
    menu.deleteLater()
    assert not QGuiApplication.clipboard().image().isNull()
    assert panel.readout == panel.sentence(moments[-1])[0]
    assert last_epoch(window) == moments[-1].history.epoch[-1]


def count_the_frames_that_were_not_drawn(window: MainWindow, moments: list[Frame]) -> None:
    """Patience does: an axis comes down after so many frames, of which only every fourth is drawn here."""
    panel = window.history
    epochs = np.linspace(0.0, 900.0, 400)
    high = moments[-1].snapshot
    falls = history(epochs, train_loss=np.where(epochs < 300, 3.0, 0.1), validation_loss=0.3)
    frame = replace(moments[-1], snapshot=high, history=falls)
    panel.reset()
    panel.show_frame(replace(frame))
    before, n_frames = plots(panel)[0].viewRange()[1][1], 0
    while plots(panel)[0].viewRange()[1][1] == before and n_frames < 3 * PATIENCE:
        n_frames += 1
        # Each is another frame, though of the same moment.
        window.show_frame(replace(frame), Part.ALL if n_frames % 4 == 0 else Part.PICTURES)
    assert PATIENCE - 4 <= n_frames <= PATIENCE + 4
