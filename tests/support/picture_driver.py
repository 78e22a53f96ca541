"""What tests of the panels share: the model's own answers, and a pointer over a plot."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from window_driver import WindowDriver

from regdesk.core.model.dataset import Dataset
from regdesk.core.types import Float64s
from regdesk.views.plots.hover import HoverBubble


def dataset_of(driver: WindowDriver) -> Dataset:
    return driver.loaded.dataset


def answers(driver: WindowDriver, inputs: Float64s) -> Float64s:
    """By the model on screen, for ``inputs`` in original units: outputs ``(n_rows, n_outputs)`` as they are."""
    snapshot = driver.snapshot
    network, parameters = snapshot.network, snapshot.parameters.astype(np.float64)
    values = dataset_of(driver).input_scaler.apply(inputs)
    for layer in range(network.n_layers):
        values = values @ network.weights(parameters, layer) + network.biases(parameters, layer)
        if layer < network.n_layers - 1:
            values = np.tanh(values)
    return values


def hover(driver: WindowDriver, panel: Any, view: Any, plot: Any, x: float, y: float) -> str:
    """What the panel's bubble says when the pointer is moved to a place of a plot of ``view``, in its units."""
    bubble = panel.findChild(HoverBubble)
    place = view.mapFromScene(plot.vb.mapViewToScene(QPointF(x, y)))
    handle = driver.window.windowHandle()
    QTest.mouseMove(handle, QPoint(2, 2))
    driver.wait(bubble.isHidden)
    there = view.mapTo(driver.window, place)

    def is_told() -> bool:
        # A hand is never quite still.
        QTest.mouseMove(handle, there + QPoint(0, 1))
        QTest.mouseMove(handle, there)
        return bool(bubble.isVisible())

    driver.wait(is_told)
    return str(bubble.text())
