"""Words in plots: none lies on a curve, on a point or on other words, at any size of window and text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from plot_walker import covered
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import TimeoutError as QtTimeoutError
from window_driver import WindowDriver, write_classes, write_sparse

from regdesk.core.run.history import BestMoment, HistoryColumns

SIZES = ((1440, 900), (1024, 700))
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def resize(driver: WindowDriver, width: int, height: int) -> None:
    driver.window.resize(width, height)
    driver.wait(lambda: (driver.window.width(), driver.window.height()) == (width, height))


def faults_in(panel: Any) -> list[str]:
    ignored: tuple[Any, ...] = ()
    if panel.objectName() == "geometryPanel" and panel._content is not None:
        # The value of a contour stands on it, as on a map; where they are close, on its neighbours as well.
        ignored = tuple(curve for plot in panel._content.plots for curve in (*plot.contours, plot.through))
    return [fault for view in panel._views if view.isVisible() for fault in covered(view, ignored)]


def assert_nothing_is_covered(driver: WindowDriver, panel: Any) -> None:
    try:
        # What is laid out, and drawn by timers and threads, takes a moment.
        driver.wait(lambda: not faults_in(panel), timeout_ms=5000)
    except QtTimeoutError:
        assert "\n".join(faults_in(panel)) == "", panel.objectName()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("write", [write_sparse, write_classes])
def test_no_panel_writes_on_what_it_draws(
    make_window: Any, tmp_path: Any, set_text_scale: Any, write: Any, scale: float
) -> None:
    set_text_scale(scale)
    theme = "dark" if scale == 1.5 else "light"
    driver: WindowDriver = make_window(
        write(tmp_path / "file.csv"), "--hidden", "", "--penalty", "l1", "--lam", "0.02", "--theme", theme, "--run"
    )
    driver.wait_state(epoch=lambda epoch: epoch > 100)
    driver.pause()
    driver.child("sweepAction").trigger()
    driver.wait(driver.child("useBestLambdaAction").isEnabled)
    n_words = 0
    for size in SIZES:
        resize(driver, *size)
        for panel in driver.window.panels:
            driver.window.docks.bring_up(panel)
            if panel is driver.window.plane_geometry:
                driver.wait(lambda panel=panel: panel._content is not None and panel.is_settled)
            assert_nothing_is_covered(driver, panel)
            n_words += sum(
                isinstance(item, pg.TextItem) and item.isVisible()
                for view in panel._views
                for item in view.scene().items()
            )
    # Words that find no free place are not shown: how many do depends on how far the model has come.
    assert n_words > 10


def lay(driver: WindowDriver, validation: Any, best: float, top: float = 1.0) -> Any:
    """The history of a run with that validation loss, whose lowest is told at the epoch ``best``."""
    epochs = np.linspace(0, 5_000, len(validation))
    fields = {name: np.zeros(len(epochs)) for name in HistoryColumns.__dataclass_fields__}
    fields |= {"epoch": epochs, "train_loss": np.linspace(top, 0.02, len(epochs)), "validation_loss": validation}
    row = int(np.abs(epochs - best).argmin())
    panel = driver.window.history
    panel.reset()
    frame = replace(
        driver.frame, history=HistoryColumns(**fields), changes=(), stretch=None,
        best=BestMoment(float(epochs[row]), float(validation[row])),
    )  # fmt: skip
    # At first the losses leave room above them, into which they grow.
    lower = replace(frame.history, validation_loss=0.8 * frame.history.validation_loss)
    panel.show_frame(replace(frame, history=lower))
    panel.show_frame(frame)
    panel.show_frame(frame)
    return panel


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_best_epoch_is_named_where_no_curve_runs_or_not_at_all(
    make_window: Any, tmp_path: Any, set_text_scale: Any, scale: float
) -> None:
    set_text_scale(scale)
    driver: WindowDriver = make_window(write_sparse(tmp_path / "sparse.csv"), "--hidden", "2", "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 20)
    driver.pause()
    # Frames of the model itself, which a paused one is drawn again with, would take these away.
    driver.controller._clock.stop()
    way = np.linspace(0.0, 1.0, 240)
    climbing = 0.3 + 0.6 * np.abs(way - 0.1)
    noisy = np.where(np.arange(240) % 2, 0.1, 1.99)
    told: dict[tuple[str, int], str] = {}
    for size in SIZES:
        resize(driver, *size)
        driver.window.docks.bring_up(driver.window.history)
        QApplication.processEvents()
        for name, validation in (("climbing", climbing), ("noisy", noisy)):
            panel = lay(driver, validation, 400.0)
            QApplication.processEvents()
            panel.grab()
            assert covered(panel._view) == [], (name, size)
            label = panel._best.label
            told[name, size[0]] = label.toPlainText() if label.isVisible() else ""
            assert panel._best.spot.getData()[0] == pytest.approx([400.0], abs=20.0)
            assert "best validation" in panel.readout
    # Where there is room the words are there; among losses that fill the plot they are not.
    assert told["climbing", 1440].startswith("best 0.3")
    assert told["noisy", 1440] == told["noisy", 1024] == ""
