"""The window in a person's hands: real clicks and keys on a CSV of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QToolBar,
    QToolButton,
)
from window_driver import (
    PATIENCE_MS,
    WindowDriver,
    write_classes,
    write_csv,
    write_curve,
    write_sparse,
    write_steep,
)

from regdesk.views.window import status_row

STATE_KEYS = [
    "file", "running", "epoch", "lam", "penalty", "l1_ratio", "n_weights", "n_nonzero", "objective", "data_loss",
    "penalty_value", "train_loss", "validation_loss", "weights_digest", "steps_per_second", "frames_per_second",
    "readouts", "status", "earlier", "exact", "losses_epoch",
]  # fmt: skip
FIXED_NAMES = [
    "mainWindow", "dataFitPanel", "historyPanel", "histogramPanel", "lambdaPanel", "sweepAction", "useBestLambdaAction",
    "lambdaSlider", "lambdaEdit", "penaltyBox",
    "l1RatioSlider", "hiddenLayersEdit", "activationBox", "optimizerBox", "learningRateEdit", "batchSizeEdit",
    "speedSlider", "openAction", "runAction", "stepAction", "resetAction", "newSeedAction",
]  # fmt: skip
"""Those of the interface whose parts have been built."""
LINEAR = ("--hidden", "")
DIVERGING = ("--optimizer", "sgd", "--learning-rate", "1", "--no-standardize", "--penalty", "none", *LINEAR)
POPUPS = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard|grabbing the mouse)")
"""The offscreen platform cannot raise a menu or a dialog, and says so."""


@pytest.fixture
def sparse(tmp_path: Path) -> Path:
    return write_sparse(tmp_path / "sparse.csv")


@pytest.fixture
def stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that goes by itself only when the test is over, however slow the frames come."""
    monkeypatch.setattr(status_row, "ERROR_STAYS_MS", 10 * PATIENCE_MS)


def assert_numbers_agree(state: dict[str, Any]) -> None:
    json.dumps(state, allow_nan=False)
    expected = state["data_loss"] + state["lam"] * state["penalty_value"]
    assert state["objective"] == pytest.approx(expected, rel=1e-12)
    assert state["data_loss"] == state["train_loss"]
    assert 0 <= state["n_nonzero"] <= state["n_weights"]


def drive_file_dialog(driver: WindowDriver, file: Path) -> None:
    """Press Open and, in the dialog that it opens, type the file's name and Enter."""
    answered: list[Path] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            return
        edit = dialog.findChild(QLineEdit, "fileNameEdit")
        if edit.text() != str(file):
            edit.setText(str(file))
        else:
            answered.append(file)
            buttons = dialog.findChild(QDialogButtonBox)
            driver.qtbot.mouseClick(buttons.button(QDialogButtonBox.StandardButton.Open), Qt.MouseButton.LeftButton)

    timer = QTimer()
    timer.timeout.connect(answer)
    timer.start(20)
    driver.click_action("openAction")
    timer.stop()
    assert answered


# --- What one comes for --------------------------------------------------------------------------------------------


@POPUPS
def test_open_run_lambda_up_zeros_lambda_down_weights_return(make_window: Any, sparse: Path) -> None:
    driver = make_window("--sample", "two-moons", *LINEAR)
    driver.wait_model()
    drive_file_dialog(driver, sparse)
    driver.wait_state(file=str(sparse), n_weights=8)
    driver.choose("penaltyBox", "l1")
    driver.enter("lambdaEdit", "0")
    driver.run()
    driver.wait_state(lam=0.0, penalty="l1", n_nonzero=8, epoch=lambda epoch: epoch > 200)
    epoch = driver.state["epoch"]
    driver.enter("lambdaEdit", "0,3")
    state = driver.wait_state(lam=0.3, n_nonzero=2)
    assert_numbers_agree(state)
    driver.click("lambdaPreset5")
    driver.wait_state(lam=1e9, n_nonzero=0, penalty_value=0.0)
    assert not driver.snapshot.is_collapsed
    driver.press("lambdaSlider", Qt.Key.Key_Home)
    state = driver.wait_state(lam=0.0, n_nonzero=8)
    assert state["epoch"] > epoch
    assert state["running"]
    assert "λ" in state["status"]
    go_each_way_to_lambda(driver)


def go_each_way_to_lambda(driver: WindowDriver) -> None:
    slider = driver.child("lambdaSlider")
    for position, lam in enumerate((0.0, 0.001, 0.01, 0.1, 1.0, 1e9)):
        driver.click(f"lambdaPreset{position}")
        driver.wait_state(lam=lam)
    driver.press("lambdaSlider", Qt.Key.Key_Home)
    driver.wait_state(lam=0.0)
    driver.press("lambdaSlider", Qt.Key.Key_End)
    driver.wait_state(lam=1e9)
    driver.press("lambdaSlider", Qt.Key.Key_PageDown)
    driver.wait_state(lam=lambda lam: 1 < lam < 1e9)
    driver.press("lambdaSlider", Qt.Key.Key_Home, Qt.Key.Key_Right)
    driver.wait_state(lam=lambda lam: 0 < lam < 1e-4)
    driver.enter("lambdaEdit", "1e12")
    driver.wait_state(lam=1e12)
    assert slider.value() == slider.maximum()
    driver.qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    middle = driver.wait_state(lam=lambda lam: 1e-3 < lam < 1)["lam"]
    assert driver.child("lambdaEdit").text() == f"{middle:g}"


def test_a_collapsed_network_says_why_it_does_not_come_back(make_window: Any, sparse: Path) -> None:
    driver = make_window(sparse, "--speed", "max", "--penalty", "l1", "--lam", "0.001")
    driver.wait_model()
    driver.run()
    driver.wait_state(epoch=lambda epoch: epoch > 100)
    driver.click("lambdaPreset5")
    state = driver.wait_state(n_nonzero=0, status=lambda status: status.startswith("Collapsed: all 400 weights"))
    driver.click("lambdaPreset1")
    epoch = driver.wait_state(lam=0.001)["epoch"]
    state = driver.wait_state(epoch=lambda now: now > epoch + 500)
    assert state["n_nonzero"] == 0
    assert "hardly any gradient reaches them" in state["status"]
    driver.click_action("resetAction")
    driver.wait_state(epoch=0, n_nonzero=400)


def test_settings_change_while_it_runs_and_only_layers_and_activation_begin_anew(
    make_window: Any, sparse: Path
) -> None:
    driver = make_window(sparse, "--run", "--penalty", "none")
    epochs = [driver.wait_state(epoch=lambda epoch: epoch > 50)["epoch"]]
    run = driver.snapshot.run
    changes = [
        lambda: driver.choose("penaltyBox", "l1"),
        lambda: driver.choose("penaltyBox", "elastic-net"),
        lambda: driver.press("l1RatioSlider", Qt.Key.Key_End),
        lambda: driver.choose("penaltyBox", "l2"),
        lambda: driver.choose("optimizerBox", "sgd"),
        lambda: driver.enter("learningRateEdit", "0.05"),
        lambda: driver.enter("batchSizeEdit", "16"),
        lambda: driver.enter("batchSizeEdit", "full"),
        lambda: driver.choose("optimizerBox", "adam"),
    ]
    for change in changes:
        before = driver.snapshot.settings
        change()
        driver.wait(lambda before=before: driver.snapshot.settings != before)
        at = driver.state["epoch"]
        driver.wait_state(epoch=lambda epoch, at=at: epoch > at)
        epochs.append(driver.state["epoch"])
        assert_numbers_agree(driver.state)
    assert epochs == sorted(epochs)
    assert driver.snapshot.run == run
    assert driver.snapshot.settings.optimizer == "adam"
    assert driver.snapshot.settings.learning_rate == 0.05
    assert driver.snapshot.settings.l1_ratio == 1.0
    history = driver.frame.history
    assert (history.epoch[1:] >= history.epoch[:-1]).all()
    change_layers_and_activation(driver)


def change_layers_and_activation(driver: WindowDriver) -> None:
    """Each makes a new run, which goes on running."""
    driver.enter("hiddenLayersEdit", "4")
    state = driver.wait_state(n_weights=8 * 4 + 4)
    assert state["running"]
    driver.wait_state(epoch=lambda epoch: epoch > 5)
    run = driver.snapshot.run
    driver.choose("activationBox", "relu")
    driver.wait(lambda: driver.snapshot.run == run + 1)
    assert driver.snapshot.network.activation == "relu"
    driver.enter("hiddenLayersEdit", "")
    driver.wait_state(n_weights=8)
    assert not driver.child("activationBox").isEnabled()
    driver.enter("hiddenLayersEdit", "3, 2")
    driver.wait_state(n_weights=8 * 3 + 3 * 2 + 2)
    assert driver.child("activationBox").isEnabled()


def test_a_paused_model_keeps_its_weights_when_the_pressure_changes(make_window: Any, sparse: Path) -> None:
    driver = make_window(sparse, "--run", "--penalty", "l2", "--lam", "0.01")
    driver.wait_state(epoch=lambda epoch: epoch > 30)
    before = driver.pause()
    for name, change, moves in (
        ("lam", lambda: driver.enter("lambdaEdit", "2"), True),
        ("penalty", lambda: driver.choose("penaltyBox", "l1"), True),
        ("penalty", lambda: driver.choose("penaltyBox", "elastic-net"), True),
        ("optimizer", lambda: driver.choose("optimizerBox", "sgd"), False),
        ("batch", lambda: driver.enter("batchSizeEdit", "8"), False),
        ("rate", lambda: driver.enter("learningRateEdit", "1"), False),
    ):
        objective, settings = driver.state["objective"], driver.snapshot.settings
        change()
        driver.wait(lambda settings=settings: driver.snapshot.settings != settings)
        after = driver.wait_still()
        assert (after["objective"] != objective) == moves, name
        assert_numbers_agree(after)
        for key in ("weights_digest", "epoch", "data_loss", "validation_loss", "n_nonzero"):
            assert after[key] == before[key]


# --- Step, reset, seed, shape --------------------------------------------------------------------------------------


def test_step_is_one_epoch_and_reset_brings_back_the_same_weights(make_window: Any, sparse: Path) -> None:
    driver = make_window(sparse, "--batch-size", "16")
    first = driver.wait_model()
    assert first["epoch"] == 0
    assert not first["running"]
    for epoch in (1, 2, 3):
        driver.click_action("stepAction")
        driver.wait_state(epoch=epoch)
    assert driver.snapshot.step == 3 * 6  # 90 training rows in batches of 16
    stepped = driver.wait_still()
    assert stepped["weights_digest"] != first["weights_digest"]
    driver.click_action("resetAction")
    assert driver.wait_state(epoch=0, n_weights=400)["weights_digest"] == first["weights_digest"]
    driver.click_action("stepAction")
    driver.click_action("stepAction")
    driver.click_action("stepAction")
    assert driver.wait_state(epoch=3)["weights_digest"] == stepped["weights_digest"]
    driver.click_action("resetAction")
    driver.wait_state(epoch=0, n_weights=400)
    driver.click_action("newSeedAction")
    driver.wait_state(weights_digest=lambda digest: digest not in (None, first["weights_digest"]))
    assert driver.state["epoch"] == 0
    end_a_run_at_its_beginning_and_run_step_and_reset_by_keys(driver)


def end_a_run_at_its_beginning_and_run_step_and_reset_by_keys(driver: WindowDriver) -> None:
    first = driver.wait_model()["weights_digest"]
    driver.run()
    driver.wait_state(epoch=lambda epoch: epoch > 20)
    driver.click_action("resetAction")
    state = driver.wait_state(epoch=0, weights_digest=first)
    assert not state["running"]
    assert driver.wait_still()["epoch"] == 0
    # And by keys.
    driver.window.activateWindow()
    driver.wait(driver.window.isActiveWindow)
    control = Qt.KeyboardModifier.ControlModifier
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_E, control)
    driver.wait_state(epoch=1)
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_R, control)
    driver.wait_state(running=True, epoch=lambda epoch: epoch > 10)
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_R, control)
    assert not driver.state["running"]
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_Backspace, control)
    driver.wait_state(epoch=0)


@POPUPS
def test_the_menu_of_samples(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_classes(tmp_path / "classes.csv"), *LINEAR)
    driver.wait_state(n_weights=4)
    button: QToolButton = driver.child("samplesButton")
    action = driver.child("sample_noisy-curve")
    QTimer.singleShot(
        0,
        lambda: driver.qtbot.mouseClick(
            button.menu(), Qt.MouseButton.LeftButton, pos=button.menu().actionGeometry(action).center()
        ),
    )
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    # A sample brings the layers that its text speaks of.
    state = driver.wait_state(file=lambda name: name.endswith("noisy-curve.csv"), n_weights=288)
    assert driver.window.windowTitle().startswith("Noisy curve")
    assert not state["running"]


def test_speed_is_even_and_can_be_seen(make_window: Any, sparse: Path) -> None:
    driver = make_window(sparse, "--run", "--speed", "1000")
    driver.wait_state(steps_per_second=lambda rate: rate is not None and 700 < rate < 1300)
    driver.press("speedSlider", Qt.Key.Key_Home)
    driver.wait_state(steps_per_second=lambda rate: 7 < rate < 13)
    driver.go_flat_out()
    driver.wait_state(steps_per_second=lambda rate: rate > 3000)
    driver.wait_state(frames_per_second=lambda rate: rate > 10)


# --- What is refused -----------------------------------------------------------------------------------------------


BAD_INPUTS = [
    ("lambdaEdit", "much", "λ: “much” is not a number; any from 0 to 1e+12 will do."),
    ("lambdaEdit", "-1", "λ must lie between 0 and 1e+12; -1 does not."),
    ("lambdaEdit", "nan", "λ: “nan” is not a number; any from 0 to 1e+12 will do."),
    ("learningRateEdit", "2", "Learning rate must lie between 1e-05 and 1; 2 does not."),
    ("batchSizeEdit", "0", "Batch size: “0” is neither a whole number of rows nor the word full."),
    ("hiddenLayersEdit", "16,x", "Hidden layers: “16,x” is not a list of whole numbers such as 16,16; empty means"),
    ("hiddenLayersEdit", "0", "Hidden layers: up to 10 layers of 1 to 1024 units each."),
]


@POPUPS
@pytest.mark.parametrize("is_running", [False, True])
def test_what_is_refused_is_a_sentence_and_changes_nothing(
    is_running: bool, make_window: Any, sparse: Path, stays: None
) -> None:
    driver = make_window(sparse, *(["--run"] if is_running else []))
    driver.wait_model()
    refuse_bad_input(driver, is_running)
    refuse_a_bad_file(driver, is_running, sparse)
    if is_running:
        # A change replaces an error at once.
        driver.enter("lambdaEdit", "much")
        driver.enter("lambdaEdit", "0.02")
        driver.wait_state(status=lambda status: status.startswith("λ 0.01 → 0.02"))


def refuse_bad_input(driver: WindowDriver, is_running: bool) -> None:
    before, run = driver.snapshot.settings, driver.snapshot.run
    for name, text, sentence in BAD_INPUTS:
        whole = driver.child(name).text()
        driver.enter(name, text)
        assert driver.child("statusLine").text().startswith(sentence)
        assert driver.child(name).text() == text
        n_frames = driver.n_frames
        if is_running:
            # It must be there long enough to be read.
            driver.wait(lambda n_frames=n_frames: driver.n_frames > n_frames + 8)
        else:
            driver.wait_still()
        assert driver.state["status"].startswith(sentence)
        assert (driver.snapshot.settings, driver.snapshot.run) == (before, run)
        driver.press(name, Qt.Key.Key_Escape)
        assert driver.child(name).text() == whole


def refuse_a_bad_file(driver: WindowDriver, is_running: bool, sparse: Path) -> None:
    bad = sparse.with_name("ragged.csv")
    bad.write_text("a,b,y\n1.5,2,3\n2.5,1\n3.5,4,5\n", encoding="utf-8")
    before = driver.state
    drive_file_dialog(driver, bad)
    driver.wait_state(status=lambda status: status.startswith("ragged.csv, line 3"))
    n_frames = driver.n_frames
    if is_running:
        driver.wait(lambda: driver.n_frames > n_frames + 8)
        assert driver.state["status"].startswith("ragged.csv, line 3")
        assert driver.state["epoch"] > before["epoch"]
    else:
        assert driver.wait_still()["weights_digest"] == before["weights_digest"]
    assert driver.state["running"] == is_running
    assert driver.state["file"] == str(sparse)
    assert driver.snapshot.run == 1
    assert driver.child("targetLabel").text() == "y"


def test_divergence_is_said_when_an_error_has_been_read_and_a_smaller_rate_trains_on(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status_row, "ERROR_STAYS_MS", 700)
    driver = make_window(write_steep(tmp_path / "steep.csv"), *DIVERGING)
    driver.wait_model()
    driver.run()
    driver.enter("lambdaEdit", "much")
    driver.wait_state(running=False)
    state = driver.wait_state(status=lambda status: status.startswith("Diverged at step"))
    json.dumps(state, allow_nan=False)
    assert state["objective"] is not None
    # Run leaves it paused until something changes.
    driver.click_action("runAction")
    assert not driver.state["running"]
    assert driver.state["status"].startswith("Diverged")
    epoch = state["epoch"]
    driver.enter("learningRateEdit", "0.00001")
    driver.run()
    driver.wait_state(running=True, epoch=lambda now: now > epoch + 50)


# --- The record ----------------------------------------------------------------------------------------------------


def test_state_before_and_after_there_is_a_model_and_names_of_controls(make_window: Any, sparse: Path) -> None:
    driver = make_window(sparse, "--penalty", "elastic-net", "--lam", "0.2", "--l1-ratio", "0.3")
    state = driver.state
    assert list(state) == STATE_KEYS
    json.dumps(state, allow_nan=False)
    assert (state["n_weights"], state["n_nonzero"], state["epoch"]) == (0, 0, 0)
    for key in STATE_KEYS[8:16]:
        assert state[key] is None, key
    assert (state["file"], state["running"]) == (None, False)
    assert (state["lam"], state["penalty"], state["l1_ratio"]) == (0.2, "elastic-net", 0.3)
    assert set(state["readouts"]) == {
        "dataFitPanel",
        "historyPanel",
        "histogramPanel",
        "lambdaPanel",
        "pathPanel",
        "geometryPanel",
        "calculatorPanel",
        "networkPanel",
        "variablesPanel",
    }
    assert state["status"]
    check_names_of_all_controls(driver)
    driver.wait_model()
    driver.run()
    driver.wait_state(epoch=lambda epoch: epoch > 50, steps_per_second=lambda rate: rate > 0)
    state = driver.pause()
    assert list(state) == STATE_KEYS
    assert_numbers_agree(state)
    assert state["n_weights"] == 400
    assert all(sentence for sentence in state["readouts"].values())
    assert f"{state['n_nonzero']} of 400 " in state["readouts"]["histogramPanel"]


def check_names_of_all_controls(driver: WindowDriver) -> None:
    for name in FIXED_NAMES[1:]:
        driver.child(name)
    assert driver.window.objectName() == "mainWindow"
    assert driver.child("runAction").isCheckable()
    kinds = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)
    toolbar = driver.window.findChild(QToolBar)
    own = {toolbar.widgetForAction(action) for action in toolbar.actions()}
    nameless = []
    n_seen = 0
    for kind in kinds:
        for widget in driver.window.findChildren(kind):
            is_qt_own = widget.objectName().startswith("qt_") or type(widget).__name__ == "QScrollBar"
            # A button that a toolbar makes for an action has the action's name.
            is_action = widget in own and widget.objectName() != "samplesButton"
            # pyqtgraph's axis menus are never shown.
            if is_qt_own or is_action or not widget.isVisible():
                continue
            n_seen += 1
            if not (widget.objectName() and widget.accessibleName()):
                nameless.append(f"{type(widget).__name__} {widget.objectName()!r} {widget.accessibleName()!r}")
    assert nameless == []
    assert n_seen >= 16
    for action in toolbar.actions():
        if action.text():
            assert action.objectName()
            assert action.toolTip()


def test_a_constant_target_and_a_row_of_a_class_do_not_end_it(make_window: Any, tmp_path: Path) -> None:
    constant = write_csv(tmp_path / "constant.csv", ["x", "y"], [[0.5, 1.7, 2.1, 3.3] * 5, [2.5] * 20])
    lonely = write_csv(tmp_path / "lonely.csv", ["x", "y"], [[0.5, 1.7, 2.1, 3.3] * 5, ["a"] * 19 + ["b"]])
    for file in (constant, lonely):
        driver = make_window(file, "--target", "y", "--run")
        driver.wait(lambda driver=driver: driver.state["epoch"] > 20 or "csv" in driver.state["status"])
        json.dumps(driver.state, allow_nan=False)


def test_the_curve_file_needs_no_options(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_curve(tmp_path / "curve.csv"))
    state = driver.wait_model()
    assert state["status"] == "Press Run (Ctrl+R), then move λ and watch what it does."
    assert driver.child("targetLabel").text() == "degrees"
