"""Who does the window's sweeps, as a person chooses it: the same numbers, seen by units, cancelled, found again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox
from window_driver import WindowDriver, write_sparse

from regdesk.desktop.preferences import PATH_VARIABLE, open_preferences
from regdesk.views.window.workers_dialog import WorkersDialog
from regdesk.workers.sweeping import SweepThread

DIALOGS = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
LASSO = ("--target", "y", "--hidden", "", "--penalty", "l1")
NETWORK = ("--target", "y", "--hidden", "2", "--penalty", "l1")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "settings.ini"
    monkeypatch.setenv(PATH_VARIABLE, str(file))
    return file


def choose(driver: WindowDriver, kind: str, count: int) -> None:
    driver.child("workersAction").trigger()
    dialog = driver.window.findChild(WorkersDialog)
    box = dialog.findChild(QComboBox, "workersKindBox")
    box.setCurrentIndex(box.findData(kind))
    dialog.findChild(QSpinBox, "workersCountSpin").setValue(count)
    dialog.accept()
    QApplication.sendPostedEvents()


def swept(driver: WindowDriver) -> Any:
    """The curve of a sweep that a person begins, when it is done."""
    driver.click_action("sweepAction")
    driver.wait(lambda: not driver.sweep.is_busy and driver.sweep.curve is not None)
    return driver.sweep.curve


@DIALOGS
@pytest.mark.parametrize(("options", "n_lambdas"), [pytest.param(LASSO, 20, marks=pytest.mark.full), (NETWORK, 3)])
def test_processes_find_the_same_numbers_and_the_choice_is_found_again(
    make_window: Any, tmp_path: Path, settings: Path, options: tuple[str, ...], n_lambdas: int
) -> None:
    file = write_sparse(tmp_path / "sparse.csv")
    first = make_window(file, *options)
    first.wait_model()
    first.controller.session.change_all({"sweep.n_lambdas": n_lambdas, "sweep.n_folds": 2}, "script")
    alone = swept(first)
    choose(first, "processes", 2)
    shared = swept(first)
    assert shared is not alone
    for name in ("lambdas", "train_loss", "validation_loss", "validation_se", "n_nonzero", "weights", "biases"):
        np.testing.assert_array_equal(getattr(shared, name), getattr(alone, name), name)
    if shared.network is not None:
        np.testing.assert_array_equal(shared.network.parameters, alone.network.parameters)
    progress = first.sweep.progress
    assert progress.n_done == progress.n_fits
    if options is LASSO:
        assert progress.n_fits == 3, "the path of all rows, and one for each fold"
    first.window.close()
    second = make_window(file, *options)
    second.wait_model()
    assert str(second.controller.sweep_workers) == "processes:2"
    choose(second, "", 1)
    second.window.close()
    third = make_window(file, *options)
    assert third.controller.sweep_workers is None


@DIALOGS
def test_a_sweep_of_processes_is_cancelled_and_none_is_left(make_window: Any, tmp_path: Path, settings: Path) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), *NETWORK)
    driver.wait_model()
    choose(driver, "processes", 2)
    driver.click_action("sweepAction")
    driver.wait(lambda: driver.sweep.progress is not None)
    driver.click_action("sweepAction")
    driver.wait(lambda: not driver.sweep.is_busy)
    thread = driver.part(SweepThread)
    driver.wait(lambda: not thread.is_at_work)
    assert "cancelled" in driver.state["status"]


@DIALOGS
def test_workers_that_cannot_be_had_are_a_sentence(
    make_window: Any, tmp_path: Path, settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is None here cannot be imported.
    monkeypatch.setitem(sys.modules, "distributed", None)
    settings.write_text("[General]\nsweep_workers=dask:localhost:8786\n", encoding="utf-8")
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), *LASSO)
    driver.wait_model()
    assert str(driver.controller.sweep_workers) == "dask:localhost:8786"
    driver.click_action("sweepAction")
    driver.wait(lambda: not driver.sweep.is_busy)
    assert "a cluster needs the package distributed" in driver.state["status"]
    assert driver.sweep.curve is None


@pytest.mark.parametrize("text", ["threads", "threads:0", "ray:3", "processes:many", "dask:", "dask:there"])
def test_a_choice_that_cannot_be_is_none(tmp_path: Path, settings: Path, text: str) -> None:
    settings.write_text(f"[General]\nsweep_workers={text}\n", encoding="utf-8")
    assert open_preferences().sweep_workers is None
