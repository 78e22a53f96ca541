"""Words in plots: none lies on a curve, on a point or on other words, at any size of window and text."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
import pytest
from plot_items import items, views
from plot_walker import covered, n_known_rooms
from pytestqt.exceptions import TimeoutError as QtTimeoutError
from window_driver import WindowDriver, write_classes, write_sparse

SIZES = ((1440, 900), (1024, 700))
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def resize(driver: WindowDriver, width: int, height: int) -> None:
    driver.window.resize(width, height)
    driver.wait(lambda: (driver.window.width(), driver.window.height()) == (width, height))


def faults_in(panel: Any) -> list[str]:
    # The value of a contour stands on it, as on a map; where they are close, on its neighbours as well.
    ignored = tuple(items(panel, "lossContour") + items(panel, "contourThroughWeights"))
    return [fault for view in views(panel) if view.isVisible() for fault in covered(view, ignored)]


def assert_nothing_is_covered(driver: WindowDriver, panel: Any) -> None:
    try:
        # What is laid out, and drawn by timers and threads, takes a moment.
        driver.wait(lambda: not faults_in(panel), timeout_ms=5000)
    except QtTimeoutError:
        assert "\n".join(faults_in(panel)) == "", panel.objectName()


@pytest.mark.parametrize(
    ("write", "scale"),
    [
        (write_sparse, 1.0), (write_classes, 1.5), (write_sparse, 2.0),
        *(pytest.param(*one, marks=pytest.mark.full)
          for one in ((write_classes, 1.0), (write_sparse, 1.5), (write_classes, 2.0))),
    ],
)  # fmt: skip
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
    driver.trigger("sweepAction")
    driver.wait(driver.child("useBestLambdaAction").isEnabled)
    n_words = 0
    for size in SIZES:
        resize(driver, *size)
        for panel in driver.window.panels:
            driver.window.docks.bring_up(panel)
            if panel is driver.window.plane_geometry:
                driver.wait(lambda panel=panel: panel.is_settled)
            assert_nothing_is_covered(driver, panel)
            n_words += sum(
                isinstance(item, pg.TextItem) and item.isVisible()
                for view in views(panel)
                for item in view.scene().items()
            )
    # Words that find no free place are not shown: how many do depends on how far the model has come.
    assert n_words > 10


def test_axes_and_boxes_know_their_room_wherever_the_panels_are(make_window: Any) -> None:
    driver: WindowDriver = make_window()
    driver.wait_model()
    window = driver.window

    def n_known() -> int:
        return sum(n_known_rooms(panel) for panel in window.panels)

    assert n_known() > 20
    window.resize(1100, 760)
    n_known()
    window.docks.stack()
    n_known()
    window.docks.reset_layout()
    assert n_known() > 20
