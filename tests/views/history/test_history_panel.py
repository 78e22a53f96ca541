"""The history by real input: its axes, its marks, what is read under the pointer, and what stays when frozen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from picture_driver import hover
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QApplication, QComboBox
from window_driver import WindowDriver, write_classes, write_csv, write_curve, write_sparse

from regdesk.core.run import changes
from regdesk.core.run.changes import SettingsChange
from regdesk.core.run.frame import Frame
from regdesk.core.run.history import BestMoment, HistoryColumns
from regdesk.core.types import TrainSettings
from regdesk.core.words.narration import fixed_text, number_text
from regdesk.views.history.loss_axis import LossAxis
from regdesk.views.history.loss_scale import LossScale
from regdesk.views.history.marks import LABEL_ROOM_PX, change_text
from regdesk.views.history.panel import HistoryPanel
from regdesk.views.kit import theme


def check(driver: WindowDriver, name: str) -> None:
    driver.qtbot.mouseClick(driver.child(name), Qt.MouseButton.LeftButton)


def data(curve: Any) -> tuple[Any, Any]:
    return curve.getData()


def write_hours(path: Path) -> Path:
    """Two columns either of which can be the target."""
    hour = np.arange(40.0)
    return write_csv(path, ["hour", "degrees", "rain"], [hour, np.sin(hour), np.cos(hour)])


def course(frame: Frame, epochs: Any, **columns: Any) -> Frame:
    """``frame`` with another course; the columns are numbers or one value an epoch."""
    fields = {name: np.zeros(len(epochs)) for name in HistoryColumns.__dataclass_fields__}
    fields |= {name: np.broadcast_to(np.asarray(values, float), len(epochs)).copy() for name, values in columns.items()}
    history = HistoryColumns(**(fields | {"epoch": np.asarray(epochs, float)}))
    return replace(frame, history=history, changes=(), best=None, stretch=None)


def tick_texts(axis: Any, length_px: float) -> list[str]:
    """The numbers that the axis has for its present range."""
    levels = axis.tickValues(axis.range[0], axis.range[1], length_px)
    texts = [text for spacing, values in levels[:3] for text in axis.tickStrings(values, 1.0, spacing)]
    return [text for text in texts if text]


@pytest.fixture
def trained(make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WindowDriver:
    """A pause after three gestures: λ dragged up in steps, then the optimiser, then the penalty."""
    # However long a slow machine takes between two keys.
    monkeypatch.setattr(changes, "MERGE_S", 20.0)
    driver: WindowDriver = make_window(
        write_sparse(tmp_path / "sparse.csv"), "--run", "--hidden", "4", "--lam", "0.001"
    )
    driver.wait_state(epoch=lambda epoch: epoch > 60)
    slider = driver.child("lambdaSlider")
    for _ in range(4):
        driver.qtbot.keyClick(slider, Qt.Key.Key_PageUp)
        driver.wait(lambda shown=driver.n_frames: driver.n_frames > shown + 2)
    driver.choose("optimizerBox", "momentum")
    driver.wait_state(epoch=lambda epoch, now=driver.state["epoch"]: epoch > now + 60)
    driver.choose("penaltyBox", "l1")
    driver.wait_state(epoch=lambda epoch, now=driver.state["epoch"]: epoch > now + 40)
    driver.pause()
    return driver


def test_marks_axes_and_hover(trained: WindowDriver) -> None:
    driver, panel = trained, trained.window.history
    history, frame = driver.frame.history, driver.frame
    # One mark for the gesture of several keys, one for each of the others.
    drag, optimiser, penalty = frame.changes
    assert drag.before.lam == 0.001
    assert drag.after.lam == driver.state["lam"] > 0.001
    assert drag.last_epoch > drag.epoch
    assert panel._changes.pressure.getData()[0].tolist() == [drag.epoch, penalty.epoch]
    assert panel._changes.others.getData()[0].tolist() == [optimiser.epoch]
    assert panel._changes.lines.getData()[0][::2].tolist() == [one.epoch for one in frame.changes]
    assert "λ 0.001 → " in change_text(drag)
    middle = 0.5 * panel._top.top
    assert change_text(optimiser) in hover(driver, panel, panel._view, panel._losses, optimiser.epoch, middle)
    assert "Adam → momentum" in change_text(optimiser)
    row = len(history.epoch) // 2
    text = hover(driver, panel, panel._view, panel._lambdas, float(history.epoch[row]), -1.0).splitlines()[-1]
    # A pixel is more than one row: whichever it is, all of it is told.
    told = [
        f"epoch {one[0]:,.0f}: training {fixed_text(one[1])}, validation {fixed_text(one[2])}, "
        f"penalty λR {fixed_text(one[3] * one[4])}, λ {number_text(one[3])}"
        for one in zip(
            history.epoch, history.train_loss, history.validation_loss, history.lam, history.penalty_value, strict=True
        )
    ]
    assert abs(told.index(text) - row) < 5
    # The lowest of all recorded rows, and its mark.
    assert frame.best is not None
    assert frame.best.validation_loss <= np.nanmin(history.validation_loss)
    spot = panel._best.spot.getData()
    assert (spot[0][0], spot[1][0]) == (frame.best.epoch, frame.best.validation_loss)
    assert f"best validation {fixed_text(frame.best.validation_loss)} at epoch " in panel.readout

    check(driver, "logAxisButton")
    for curve, values in (
        (panel._train, history.train_loss),
        (panel._validation, history.validation_loss),
    ):
        np.testing.assert_allclose(data(curve)[1], np.log10(values))
    low, high = panel._losses.viewRange()[1]
    assert high == pytest.approx(np.log10(panel._top.top))
    assert low <= np.log10(history.train_loss[history.epoch > 0.1 * history.epoch[-1]].min())
    assert panel._best.spot.getData()[1][0] == pytest.approx(np.log10(frame.best.validation_loss))
    check(driver, "logAxisButton")
    np.testing.assert_array_equal(data(panel._train)[1], history.train_loss)

    box: QComboBox = driver.child("smoothingBox")
    driver.qtbot.keyClick(box, Qt.Key.Key_Down)
    np.testing.assert_array_equal(data(panel._raw_train)[1], history.train_loss)
    assert not np.array_equal(data(panel._train)[1], history.train_loss)
    assert data(panel._train)[1].min() >= history.train_loss.min()
    driver.qtbot.keyClick(box, Qt.Key.Key_Up)
    np.testing.assert_array_equal(data(panel._train)[1], history.train_loss)
    assert data(panel._raw_train)[0] is None or not len(data(panel._raw_train)[0])


def test_the_end_of_a_run_and_what_is_frozen(trained: WindowDriver) -> None:
    driver, panel = trained, trained.window.history
    box: QComboBox = driver.child("historySpanBox")
    driver.qtbot.keyClick(box, Qt.Key.Key_End)
    assert box.currentText() == "last 100"
    epoch = driver.state["epoch"]
    left, right = panel._losses.viewRange()[0]
    assert right - left == pytest.approx(120.0)
    assert left < epoch <= right
    assert panel._lambdas.viewRange()[0] == [left, right]
    shown = data(panel._train)[0]
    assert shown[0] <= left <= shown[1]
    assert shown[-1] == epoch
    driver.qtbot.keyClick(box, Qt.Key.Key_Home)
    assert panel._losses.viewRange()[0][0] == 0

    panel.freeze()
    frozen = driver.frame.history
    assert "frozen" in panel.readout
    driver.click_action("resetAction")
    driver.wait_state(epoch=0, weights_digest=lambda digest: digest is not None)
    np.testing.assert_array_equal(data(panel._ghost_train)[0], frozen.epoch)
    np.testing.assert_array_equal(data(panel._ghost_validation)[1], frozen.validation_loss)
    # Both are seen on one axis.
    assert panel._losses.viewRange()[0][1] >= frozen.epoch[-1]
    check(driver, "logAxisButton")
    np.testing.assert_allclose(data(panel._ghost_train)[1], np.log10(frozen.train_loss))
    panel.thaw()
    assert data(panel._ghost_train)[0] is None or not len(data(panel._ghost_train)[0])
    assert "frozen" not in panel.readout


def test_bounds_colours_units_and_menu(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_classes(tmp_path / "classes.csv"), "--run", "--hidden", "3")
    driver.wait_state(epoch=lambda epoch: epoch > 30)
    driver.pause()
    panel: HistoryPanel = driver.window.history
    assert panel._losses.getAxis("left").labelText == "log-loss"
    base = TrainSettings()
    many = tuple(SettingsChange(step, step / 4, step / 4, base, replace(base, lam=step + 1.0)) for step in range(2_000))
    nothing = replace(driver.frame.history, validation_loss=np.full(len(driver.frame.history.epoch), np.nan))
    panel.show_frame(replace(driver.frame, changes=many, history=nothing, best=None))
    assert len(panel._changes.lines.getData()[0]) == 4_000
    assert not panel._names.labels[1].isVisible()
    assert not panel._best.label.isVisible()
    assert not panel.grab().isNull()
    panel.show_frame(replace(driver.frame, best=BestMoment(driver.frame.history.epoch[2], 0.01)))
    assert panel._best.label.isVisible()
    assert panel._best.label.toPlainText().startswith("best 0.0100 at epoch ")

    menu = panel.context_menu()
    assert [action.text() for action in menu.actions()][:3] == ["Logarithmic axis", "Epochs shown", "Smoothing"]
    menu.actions()[0].trigger()
    assert driver.child("logAxisButton").isChecked()
    menu.deleteLater()
    try:
        theme.apply_theme(QApplication.instance(), theme.DARK)
        driver.window.apply_theme()
        for curve, colour in (
            (panel._train, theme.DARK.training),
            (panel._validation, theme.DARK.validation),
            (panel._lam, theme.DARK.lam),
        ):
            assert curve.opts["pen"].color() == QColor(colour)
        assert panel._names.labels[0].brush().color() == QColor(theme.DARK.training)
    finally:
        theme.apply_theme(QApplication.instance(), theme.LIGHT)


def test_what_is_drawn_lies_in_the_frame_and_what_does_not_is_named(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_hours(tmp_path / "hours.csv"), "--run", "--hidden", "2")
    driver.wait_state(epoch=lambda epoch: epoch > 20)
    driver.pause()
    panel: HistoryPanel = driver.window.history
    names, axis = panel._names.labels, panel._lambdas.getAxis("bottom")

    # A high first loss, a climb at the end: the average stays in the frame and follows both.
    driver.choose("smoothingBox", "smoothed strongly")
    epochs = np.linspace(0, 3_000, 500)
    losses = np.where(epochs < 10, 900.0, 0.2) + 0.6 * (epochs > 2_500)
    panel.reset()
    # As frames come in, the frame widens and is fitted anew.
    for n_rows in (20, 180, 400, 500):
        frame = course(driver.frame, epochs[:n_rows], train_loss=losses[:n_rows], validation_loss=losses[:n_rows] + 0.1)
        panel.show_frame(frame)
    low, high = panel._losses.viewRange()[1]
    drawn = data(panel._validation)[1][epochs > 0.04 * 5_000]
    assert low <= drawn.min() <= drawn.max() <= high < 1.5
    assert drawn[-1] == pytest.approx(0.9, abs=0.1)
    assert abs(data(panel._train)[1][epochs >= 400][0] - 0.2) < 0.01

    # The losses have fallen before the part that sets the frame, their average has not.
    losses = np.where(epochs < 190, 50.0, 0.2)
    panel.reset()
    for n_rows in (20, 500):
        columns = {"train_loss": losses[:n_rows], "validation_loss": losses[:n_rows]}
        panel.show_frame(course(driver.frame, epochs[:n_rows], **columns))
    drawn = data(panel._train)[1][epochs > 0.04 * 5_000]
    assert 10 < drawn.max() <= panel._losses.viewRange()[1][1]

    # The penalty is named where it is, or where it left.
    driver.choose("smoothingBox", "not smoothed")
    told = {}
    for is_log in (False, True):
        if panel._scale.is_log != is_log:
            check(driver, "logAxisButton")
        for penalty in (0.0, 1e-9, 0.15, 1e9):
            panel.reset()
            panel.show_frame(
                course(driver.frame, epochs, train_loss=0.1, validation_loss=0.2, lam=1.0, penalty_value=penalty)
            )
            told[is_log, penalty] = names[2].text() if names[2].isVisible() else None
            bounds = panel._losses.mapRectFromItem(panel._losses.vb, panel._losses.vb.rect())
            assert bounds.top() - 1 <= names[2].y() <= bounds.bottom()
    assert list(told.values()) == [
        *("penalty λR", "penalty λR", "penalty λR", "penalty λR ↑"),
        *("penalty λR ↓", "penalty λR ↓", "penalty λR", "penalty λR ↑"),
    ]
    assert names[2].boundingRect().width() <= LABEL_ROOM_PX - 6

    # Whole epochs, as the readout writes them, with room between them.
    panel.show_frame(course(driver.frame, np.linspace(0, 8_152_050, 500), train_loss=0.1, validation_loss=0.2))
    for width in (300.0, 900.0):
        axis.resize(width, 20)
        texts = tick_texts(axis, width)
        assert {"4,000,000", "8,000,000"} <= set(texts)
        assert sum(QFontMetrics(axis.font()).horizontalAdvance(text) for text in texts) < 0.9 * width
        assert not any("e" in text for text in texts)


def test_frozen_curves_leave_with_their_data(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_hours(tmp_path / "hours.csv"), "--run", "--hidden", "2", "--target", "degrees")
    driver.wait_state(epoch=lambda epoch: epoch > 20)
    driver.pause()
    panel: HistoryPanel = driver.window.history
    driver.click_action("freezeAction")
    frozen = driver.frame.history
    for change in ("newSeedAction", "layers"):
        if change == "layers":
            driver.enter("hiddenLayersEdit", "3")
        else:
            driver.click_action(change)
        driver.wait_state(epoch=0, weights_digest=lambda digest: digest is not None)
        np.testing.assert_array_equal(data(panel._ghost_train)[0], frozen.epoch)
        assert "frozen curves behind" in panel.readout
        assert driver.child("freezeAction").isChecked()
    driver.controller.open_file(str(write_curve(tmp_path / "curve.csv")))
    driver.wait(lambda: driver.controller._loaded.dataset.name.startswith("curve"))
    driver.wait_state(epoch=0, weights_digest=lambda digest: digest is not None)
    assert data(panel._ghost_train)[0] is None or not len(data(panel._ghost_train)[0])
    assert "frozen" not in panel.readout
    assert not driver.child("freezeAction").isChecked()
    assert not driver.window.histogram._ghosts
    assert panel._losses.viewRange()[0] == [0, 100]


def test_a_logarithmic_axis_names_round_numbers(qtbot: Any) -> None:
    scale = LossScale()
    scale.is_log = True
    axis = LossAxis(scale)
    scale.refit(0.3, 0.013)
    assert scale.range == pytest.approx((-2.0, np.log10(0.5)))
    assert not scale.include(0.4, 0.02)
    assert scale.include(0.4, 0.004)
    assert scale.range[0] == pytest.approx(np.log10(0.002))
    (_, named), (_, others) = axis.tickValues(*scale.range, 200.0)
    assert axis.tickStrings(sorted(named), 1.0, 1.0) == ["0.002", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2", "0.5"]
    assert set(axis.tickStrings(others, 1.0, 0.1)) == {""}
    assert axis.tickStrings([-7.0, 3.0], 1.0, 1.0) == ["10⁻⁷", "10³"]
    (_, few), (_, none) = axis.tickValues(-12.0, 0.0, 80.0)
    assert few == [-12.0, -9.0, -6.0, -3.0, 0.0]
    assert none == []
    assert axis.tickStrings([np.log10(2e5), np.log10(5e9)], 1.0, 1.0) == ["200k", "5×10⁹"]
    values = scale.position(np.array([0.1, 0.0, -1.0, np.nan]))
    assert values[0] == pytest.approx(-1.0)
    assert np.isnan(values[1:]).all()
