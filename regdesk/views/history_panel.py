"""Losses and the penalty term over time, with λ(t) beneath."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt

from regdesk.core.narration import epoch_text, fixed_text
from regdesk.core.types import Float64s
from regdesk.views import theme
from regdesk.views.axes import LambdaAxis, WideningRange, lambda_floor, lambda_position, quiet_plot
from regdesk.views.frame import Frame
from regdesk.views.panel import Panel, coloured

SETTLED_SHARE = 0.04
"""The share of the time axis whose losses may run off the top: the first fall from the initial weights."""
EMPTY = "Press Run: the losses appear here."
MAX_POINTS = 500
"""Points of a curve; an antialiased line costs 9 µs a point and frame, and the panel is about 1,000 pixels wide."""


class HistoryPanel(Panel):
    """Training and validation loss without the penalty, the penalty term λ·R(W), and λ over epochs."""

    def __init__(self) -> None:
        super().__init__(
            "historyPanel",
            "History",
            "Training and validation loss (the data term alone) and the penalty term over time; λ beneath.",
            EMPTY,
        )
        self._view = pg.GraphicsLayoutWidget()
        self._view.ci.layout.setContentsMargins(0, 0, 0, 0)
        self._view.ci.layout.setVerticalSpacing(0)
        self._losses = self._view.addPlot(row=0, col=0)
        self._lambdas = self._view.addPlot(row=1, col=0, axisItems={"left": LambdaAxis("left")})
        quiet_plot(self._losses, "", "loss")
        quiet_plot(self._lambdas, "epoch", "λ")
        self._losses.getAxis("bottom").setStyle(showValues=False)
        self._losses.getAxis("bottom").setHeight(4)
        for plot in (self._losses, self._lambdas):
            plot.getAxis("left").setWidth(64)
        self._view.ci.layout.setRowStretchFactor(0, 6)
        self._view.ci.layout.setRowStretchFactor(1, 4)
        self._train = self._losses.plot(pen=pg.mkPen(theme.colours().training, width=1))
        self._validation = self._losses.plot(
            pen=pg.mkPen(theme.colours().validation, width=1, style=Qt.PenStyle.SolidLine)
        )
        self._penalty = self._losses.plot(pen=pg.mkPen(theme.colours().penalty, width=1, style=Qt.PenStyle.DashLine))
        self._lam = self._lambdas.plot(pen=pg.mkPen(theme.colours().lam, width=1), stepMode="right")
        self._epochs = WideningRange(100.0)
        self._top = WideningRange(1.0)
        self._highest_lambda = 1.0
        self._apply_ranges()
        self.set_content(self._view, self._view)

    def reset(self) -> None:
        """Empty, with the axes of a new run."""
        self.set_readout(EMPTY)
        self._epochs.reset()
        self._top.reset()
        self._highest_lambda = 1.0
        self._apply_ranges()
        for curve in (self._train, self._validation, self._penalty, self._lam):
            curve.setData([], [])

    def _apply_ranges(self) -> None:
        self._losses.setRange(xRange=(0, self._epochs.top), yRange=(0, self._top.top), padding=0)
        self._lambdas.setRange(
            xRange=(0, self._epochs.top),
            yRange=(lambda_floor(self._highest_lambda), self._highest_lambda + 0.3),
            padding=0,
        )

    def draw(self, frame: Frame) -> None:
        history = frame.history
        epochs = history.epoch
        if not len(epochs):
            return
        penalties = history.lam * history.penalty_value
        positions = np.array([lambda_position(lam) for lam in history.lam])
        self._widen(epochs, history.train_loss, history.validation_loss, positions)
        self._train.setData(epochs, history.train_loss)
        self._validation.setData(epochs, history.validation_loss)
        # The penalty of a sudden λ = 1e9 is off any scale: cut at the top, so that the losses stay readable.
        self._penalty.setData(epochs, np.minimum(penalties, 2 * self._top.top))
        self._lam.setData(epochs, positions)

    def sentence(self, frame: Frame) -> tuple[str, str | None]:
        snapshot = frame.snapshot
        penalty = snapshot.settings.effective_lam * snapshot.penalty_value
        parts = (
            ("training", snapshot.train_loss, theme.colours().training),
            ("validation", snapshot.validation_loss, theme.colours().validation),
            ("generalization gap", snapshot.gap, theme.colours().text),
            ("penalty λR", penalty, theme.colours().penalty),
        )
        plain = f"Loss at epoch {epoch_text(snapshot.epoch)}: " + ", ".join(
            f"{name} {fixed_text(value)}" for name, value, _ in parts
        )
        rich = f"Epoch {epoch_text(snapshot.epoch)} · loss: " + " · ".join(
            f"{coloured(name, colour)} {fixed_text(value)}" for name, value, colour in parts
        )
        return plain + ".", rich

    def _widen(self, epochs: Float64s, train: Float64s, validation: Float64s, positions: Float64s) -> None:
        has_changed = self._epochs.include(float(epochs[-1]))
        if has_changed:
            # A new frame is due anyway: the fall of the first steps no longer sets the scale of the losses.
            recent = epochs > SETTLED_SHARE * self._epochs.top
            if recent.any():
                self._top.reset(1.2 * max(_largest(train[recent]), _largest(validation[recent])))
        # What the last change did must be inside the frame, the first steps need not.
        recent = (
            epochs > SETTLED_SHARE * self._epochs.top if epochs[-1] > SETTLED_SHARE * self._epochs.top else epochs >= 0
        )
        has_changed |= self._top.include(max(_largest(train[recent]), _largest(validation[recent])))
        if positions.max() > self._highest_lambda:
            self._highest_lambda = math.ceil(float(positions.max()))
            has_changed = True
        if has_changed:
            self._apply_ranges()


def _largest(values: Float64s) -> float:
    finite = values[np.isfinite(values)]
    return float(finite.max()) if len(finite) else 0.0
