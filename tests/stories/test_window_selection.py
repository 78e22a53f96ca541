"""One selection in all panels: what is clicked on in one is seen in the others, and Escape lets it go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plot_items import items
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from window_driver import WindowDriver, write_sparse

from regdesk.views.kit import theme
from regdesk.views.variables.columns import NAME, PERMUTED

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"does not support raise")


def test_a_click_in_one_panel_is_seen_in_all(make_window: Any, tmp_path: Path) -> None:
    file = write_sparse(tmp_path / "sparse.csv")
    driver: WindowDriver = make_window(file, "--target", "y", "--hidden", "3", "--penalty", "l1")
    window = driver.window
    window.resize(1440, 900)
    driver.wait_model()
    window.docks.bring_up(window.plane_geometry)
    window.docks.bring_up(window.network)
    driver.wait(lambda: window.network.picture is not None and window.network.picture.diagram is not None)
    picture = window.network.picture
    assert picture is not None
    assert picture.diagram is not None
    # An input, by its name.
    x, y = picture.diagram.places[0][2]
    QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=QPointF(x - 30, y).toPoint())
    assert driver.session.configuration.view.selected == ("input", "c")
    assert driver.child("deselectAction").isEnabled()
    # It comes onto an axis of the geometry in the same change, by the largest of its weights.
    network, parameters = driver.snapshot.network, driver.snapshot.parameters
    largest = 6 + int(np.abs(network.weights(parameters, 0)[2]).argmax())
    assert driver.session.configuration.view.geometry.watched == largest
    window.docks.bring_up(window.variables)
    driver.wait(lambda: window.variables.content is not None)
    content = window.variables.content
    assert content is not None
    table = content.table
    assert table.rows.name_at(table.currentIndex().row()) == "c"
    window.docks.bring_up(window.histogram)
    driver.wait(lambda: bool(items(window.histogram, "selectedWeights")))
    values = items(window.histogram, "selectedWeights")[0].getData()[0][::2]
    np.testing.assert_array_equal(np.sort(values), np.sort(network.weights(parameters, 0)[2].astype(np.float64)))
    # A paused model that is looked at: its columns are permuted without being asked for.
    window.docks.bring_up(window.variables)
    driver.wait(lambda: table.rows.index(0, PERMUTED).data() != "–")
    # A row of the table, by keys, is seen in the network.
    table.setFocus()
    row = table.currentIndex().row()
    QTest.keyClick(table, Qt.Key.Key_Down if row < 7 else Qt.Key.Key_Up)
    name = table.rows.index(table.currentIndex().row(), NAME).data()
    assert driver.session.configuration.view.selected == ("input", name) != ("input", "c")
    assert picture.accessibleName()
    assert window.network.selected == window.weight_path.selected == ("input", name)
    QTest.keyClick(table, Qt.Key.Key_Escape)
    assert driver.session.configuration.view.selected == ()
    assert not table.selectionModel().hasSelection()
    assert not driver.child("deselectAction").isEnabled()
    # By hand of a script, too; what the model does not have is refused.
    driver.session.change("view.selected", ("unit", 1, 9))
    assert driver.state["status"].startswith("The model has no unit 9 in a hidden layer 1.")
    assert theme.colours().selected not in (theme.colours().lam, theme.colours().training)
