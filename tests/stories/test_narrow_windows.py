"""In a narrow window and with large text nothing is cut off, covered, or too small: panels, column and rows adapt."""

from __future__ import annotations

import contextlib
import json
import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from layout_walker import faults, is_seen, name_of
from plot_items import readout_text, views
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QGraphicsView, QLabel, QScrollArea, QWidget
from pytestqt.exceptions import TimeoutError as QtTimeoutError
from warm_processes import warm_run
from window_driver import WindowDriver, write_classes, write_csv, write_kinds, write_sparse

SIZES = ((1440, 900), (1280, 800), (1024, 700))
# Of the platform without a screen, when a window has a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def write_long_names(path: Path) -> Path:
    generator = np.random.default_rng(1)
    inputs = generator.normal(size=(6, 90)).round(3)
    names = [f"a rather long name of column {number} (mm)" for number in range(6)]
    return write_csv(
        path, [*names, "the target that is long as well (kg)"], [*inputs, (3 * inputs[0] - inputs[1]).round(3)]
    )


def resize(driver: WindowDriver, width: int, height: int) -> None:
    driver.window.resize(width, height)
    driver.wait(lambda: (driver.window.width(), driver.window.height()) == (width, height))


def settle(driver: WindowDriver) -> None:
    """Until nothing is cut off any more: what is laid out, and drawn by timers and threads, takes a moment."""
    with contextlib.suppress(QtTimeoutError):
        driver.wait(lambda: not faults(driver.window), timeout_ms=5000)
    assert "\n".join(faults(driver.window)) == ""


def sweep(driver: WindowDriver) -> None:
    driver.trigger("sweepAction")
    driver.wait(driver.child("useBestLambdaAction").isEnabled)


def bring_up(driver: WindowDriver, panel: Any) -> None:
    driver.window.docks.bring_up(panel)
    made = {
        "pathPanel": "pathAxisBox", "geometryPanel": "geometryXBox", "calculatorPanel": "calculatorPlot0",
        "networkPanel": "networkPicture", "variablesPanel": "variablesTable",
    }.get(panel.objectName())  # fmt: skip
    driver.wait(lambda: made is None or driver.window.findChild(QWidget, made) is not None)


@pytest.mark.parametrize("scale", [1.0, pytest.param(1.25, marks=pytest.mark.full), 1.5, 2.0])
def test_nothing_is_cut_off(make_window: Any, tmp_path: Path, set_text_scale: Any, scale: float) -> None:
    set_text_scale(scale)
    file = write_long_names(tmp_path / "long.csv")
    driver: WindowDriver = make_window(file, "--hidden", "", "--penalty", "l1")
    driver.wait_model()
    sweep(driver)
    for size in SIZES:
        resize(driver, *size)
        for panel in driver.window.panels:
            bring_up(driver, panel)
            settle(driver)
            least = driver.child(panel.objectName().replace("Panel", "Dock")).minimumSizeHint()
            assert panel.width() >= least.width() - 2
            assert panel.height() >= 140
        assert driver.child("panelArea").verticalScrollBar().maximum() == 0
        assert driver.child("panelArea").horizontalScrollBar().maximum() == 0
    assert driver.window.minimumSizeHint().width() <= 1024


def ends_in_dots(window: QWidget) -> list[str]:
    """Every line and every name of an axis that is seen and cut; of a panel behind a tab nothing is said."""
    found = [
        f"{name_of(label)}: {label.text()}"
        for label in window.findChildren(QLabel)
        if is_seen(label) and (getattr(label, "is_elided", False) or "…" in label.text())
    ]
    for view in window.findChildren(QGraphicsView):
        if is_seen(view):
            axes = [item for item in view.scene().items() if isinstance(item, pg.AxisItem) and item.label.isVisible()]
            found += [f"{name_of(view)}: {axis.labelText}" for axis in axes if "…" in (axis.labelText or "")]
    return found


@pytest.mark.parametrize(
    ("write", "penalty", "scale"),
    [
        (write_sparse, "elastic-net", 1.0), (write_classes, "l1", 2.0), (write_kinds, "l2", 1.5),
        *(pytest.param(*one, marks=pytest.mark.full)
          for one in (
              (write_classes, "l1", 1.0), (write_kinds, "l2", 1.0), (write_sparse, "elastic-net", 1.5),
              (write_classes, "l1", 1.5), (write_sparse, "elastic-net", 2.0), (write_kinds, "l2", 2.0),
          )),
    ],
)  # fmt: skip
def test_no_word_of_the_programs_own_ends_in_dots(
    make_window: Any, tmp_path: Path, set_text_scale: Any, write: Any, penalty: str, scale: float
) -> None:
    """Names are short here: what is cut would be the program's own words."""
    set_text_scale(scale)
    file = write(tmp_path / "file.csv")
    driver: WindowDriver = make_window(file, "--hidden", "", "--penalty", penalty, "--lam", "0.012345")
    driver.wait_model()
    line = driver.child("objectiveLine")
    driver.wait(lambda: line.toolTip().endswith("the optimum"))
    for size in (SIZES[0], SIZES[-1]):
        resize(driver, *size)
        for panel in driver.window.panels:
            driver.window.docks.bring_up(panel)
            with contextlib.suppress(QtTimeoutError):
                driver.wait(lambda: not ends_in_dots(driver.window), timeout_ms=3000)
            assert "\n".join(ends_in_dots(driver.window)) == "", (size, panel.objectName())
            assert line.text().startswith("J = ")
    # Where it is wide enough all of it is said.
    if scale == 1.0:
        assert line.text().endswith("the optimum")


def test_words_beside_a_picture_take_one_line_of_a_narrow_panel(
    make_window: Any, tmp_path: Path, set_text_scale: Any
) -> None:
    set_text_scale(2.0)
    driver: WindowDriver = make_window(
        write_sparse(tmp_path / "file.csv"), "--hidden", "", "--penalty", "l1", "--lam", "0.05"
    )
    driver.wait_model()
    resize(driver, *SIZES[0])
    window = driver.window
    for panel in (window.weight_path, window.plane_geometry):
        driver.window.docks.bring_up(panel)
        if panel is window.weight_path:
            sweep(driver)
        driver.wait(lambda panel=panel: bool(views(panel)))
        driver.wait(lambda panel=panel: "<br>" not in readout_text(panel))
    # Nor do they grow when the panel is given another size.
    driver.enter("lambdaEdit", "0.2")
    driver.wait(lambda: window.plane_geometry.readout.startswith("Exact optimum:"))
    for size in (SIZES[-1], SIZES[0]):
        resize(driver, *size)
        driver.wait(lambda: window.plane_geometry.is_settled)
        assert window.plane_geometry.readout.count("Exact optimum:") == 1


def test_a_network_in_the_dark_with_larger_text(make_window: Any, set_text_scale: Any) -> None:
    set_text_scale(1.5)
    driver: WindowDriver = make_window("--sample", "two-moons", "--hidden", "8,8", "--theme", "dark", "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 20)
    for size in SIZES:
        resize(driver, *size)
        for panel in driver.window.panels:
            driver.window.docks.bring_up(panel)
            settle(driver)


def test_text_may_grow_and_shrink_while_the_window_is_open(
    make_window: Any, tmp_path: Path, set_text_scale: Any
) -> None:
    driver: WindowDriver = make_window(write_long_names(tmp_path / "long.csv"), "--hidden", "", "--penalty", "l1")
    driver.wait_model()
    sweep(driver)
    resize(driver, 1440, 900)
    docks = driver.window.docks
    lambda_dock, histogram = driver.child("lambdaDock"), driver.child("histogramDock")
    assert histogram not in docks.tabifiedDockWidgets(lambda_dock)
    column_px, height_px = driver.window.controls.width(), driver.child("lambdaEdit").height()
    set_text_scale(2.0)
    driver.wait(lambda: histogram in docks.tabifiedDockWidgets(lambda_dock))
    for panel in driver.window.panels:
        bring_up(driver, panel)
        settle(driver)
    assert driver.child("lambdaEdit").height() > 1.5 * height_px
    set_text_scale(1.0)
    driver.wait(lambda: histogram not in docks.tabifiedDockWidgets(lambda_dock))
    driver.wait(lambda: driver.window.controls.width() == column_px)
    settle(driver)


def test_panels_that_were_moved_by_hand_keep_their_places(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window(write_long_names(tmp_path / "long.csv"), "--hidden", "", "--penalty", "l1")
    driver.wait_model()
    resize(driver, 1440, 900)
    docks = driver.window.docks
    driver.qtbot.mouseClick(driver.child("pathPanelClose"), Qt.MouseButton.LeftButton)
    names = ("dataFitDock", "histogramDock", "lambdaDock", "historyDock")
    in_a_row = [driver.child(name) for name in names]
    for before, after in pairwise(in_a_row):
        docks.splitDockWidget(before, after, Qt.Orientation.Horizontal)
    area: QScrollArea = driver.child("panelArea")
    for width in (1440, 1024, 1440):
        resize(driver, width, 700)
        settle(driver)
        lefts = [dock.mapTo(docks, QPoint(0, 0)).x() for dock in in_a_row]
        assert lefts == sorted(set(lefts))
        assert all(dock.width() >= dock.minimumSizeHint().width() for dock in in_a_row)
        # Four side by side have no room in the narrow one: it scrolls, and Tab gets to what is out of sight.
        assert (area.horizontalScrollBar().maximum() > 0) == (docks.width() > area.viewport().width())
    resize(driver, 1024, 700)
    assert docks.width() > area.viewport().width()
    close = driver.child("historyPanelClose")
    driver.child("historyPanelFloat").setFocus()
    driver.qtbot.keyClick(driver.child("historyPanelFloat"), Qt.Key.Key_Tab)
    assert close.hasFocus()
    assert area.viewport().rect().contains(close.mapTo(area.viewport(), close.rect().center()))
    docks.reset_layout()
    driver.wait(lambda: area.horizontalScrollBar().maximum() == 0)
    settle(driver)


DENSE = """
import json, sys
sys.path.insert(0, {tests!r})
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from layout_walker import faults
from regdesk.cli.arguments import parse_window_arguments
from regdesk.desktop.program import build
window, controller = build(parse_window_arguments(["--sample", "two-moons", "--run"]))
found, seen = [], []
def look():
    if len(seen) == 3:
        print(json.dumps([found, window.minimumSizeHint().width(), seen]))
        window.close()
        controller.shut_down()
        QApplication.exit(0)
        return
    size = ((1440, 900), (1280, 800), (1024, 700))[len(seen)]
    window.resize(*size)
    QTimer.singleShot(700, lambda: note(size))
def note(size):
    found.extend(faults(window))
    seen.append([window.width(), window.height()])
    look()
once = Qt.ConnectionType.SingleShotConnection
controller.frame_shown.connect(lambda frame: QTimer.singleShot(0, look), type=once)
QApplication.exec()
"""


@pytest.mark.parametrize("dots_per_inch", [pytest.param(144, marks=pytest.mark.full), 192])
def test_a_dense_screen_cuts_nothing_off(engine: None, dots_per_inch: int) -> None:
    code = DENSE.format(tests=str(Path(__file__).resolve().parents[1] / "support"))
    environment = os.environ | {
        "QT_FONT_DPI": str(dots_per_inch),
        "QT_QPA_PLATFORM": "offscreen",
        "REGDESK_SETTINGS": "",
    }
    done = warm_run("-c", code, env=environment)
    assert done.returncode == 0, done.stderr
    found, least_px, seen = json.loads(done.stdout.splitlines()[-1])
    assert "\n".join(found) == ""
    assert least_px <= 1024
    assert seen == [[1440, 900], [1280, 800], [1024, 700]]
