"""The λ axis beside a sweep: one look far away does not squeeze the curve for good, and can be had again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of, visited
from plot_items import item, items, settle, show
from sweep_curves import LAMBDAS, make_curve
from tables import write_sparse

from regdesk.core.run.frame import Frame
from regdesk.core.sweep.view import SweepView
from regdesk.core.types import TrainSettings
from regdesk.views.plots.following_range import PATIENCE
from regdesk.views.sweep.panel import LambdaPanel

FAR = 1e9
LOSSES = {0.01: (0.15, 0.4), FAR: (0.5, 0.6)}


@pytest.fixture
def panel(qtbot: Any) -> LambdaPanel:
    found = LambdaPanel()
    show(qtbot, found, 700, 500)
    found.show_lambda(0.01, True)
    found.show_sweep(SweepView(make_curve(25, 15, 28, 20), False, False, False, "", is_linear=True))
    return found


@pytest.fixture
def frame(tmp_path: Path) -> Frame:
    settings = TrainSettings(penalty="l1", lam=0.01)
    return Canned.of(dataset_of(write_sparse(tmp_path / "sparse.csv"), "y"), hidden=(3,), settings=settings).frame()


def ends_of(panel: LambdaPanel) -> tuple[float, float]:
    low, high = item(panel, "lossPlot").viewRange()[0]
    return low, high


def edge_texts(panel: LambdaPanel) -> list[str]:
    return [one.toPlainText() for one in items(panel, "outsideValue")]


def come_back(panel: LambdaPanel, frame: Frame, losses: dict[float, tuple[float, float]], n_frames: int) -> None:
    """λ has been at 10⁹, and is at 0.01 for ``n_frames``."""
    panel.show_lambda(FAR, True)
    panel.show_frame(visited(frame, FAR, losses))
    panel.show_lambda(0.01, True)
    for number in range(n_frames):
        seen = {lam: (train + 1e-4 * (number + 1), validation) for lam, (train, validation) in losses.items()}
        panel.show_frame(visited(frame, 0.01, seen))


def test_a_lambda_far_away_leaves_the_sweep_its_axis_and_has_its_number_at_the_edge(
    panel: LambdaPanel, frame: Frame
) -> None:
    own = ends_of(panel)
    swept = np.log10(LAMBDAS.max()) - np.log10(LAMBDAS.min())
    panel.show_lambda(FAR, True)
    panel.show_frame(visited(frame, FAR, LOSSES))
    assert ends_of(panel) == own
    assert swept > 0.6 * (own[1] - own[0])
    label, line = item(panel, "lambdaLabel"), item(panel, "lambdaLine")
    assert own[1] - 0.2 < line.value() < own[1], "all of it is seen, and it can be dragged back"
    assert label.toPlainText().endswith("000 →")
    # Its loss is marked at its height, and has no second number.
    assert item(panel, "outsideMarks").getData()[1][0] == pytest.approx(0.6)
    assert edge_texts(panel) == []
    come_back(panel, frame, LOSSES, 1)
    assert ends_of(panel) == own
    assert "→" not in label.toPlainText()
    # What is outside is marked at the right edge, at its height.
    x, y = item(panel, "outsideMarks").getData()
    assert x[0] == pytest.approx(own[1], abs=0.1)
    assert y[0] == pytest.approx(0.6)
    assert edge_texts(panel) == ["λ 10⁹"]


def test_what_is_outside_comes_back_on_request_and_goes_again(panel: LambdaPanel, frame: Frame) -> None:
    own = ends_of(panel)
    panel.show_lambda(FAR, True)
    panel.restore_axes()
    assert ends_of(panel)[1] > 9.0, "the λ in force"
    come_back(panel, frame, LOSSES, 1)
    assert ends_of(panel)[1] > 9.0, "who has asked for it keeps it"
    panel.restore_axes()
    assert ends_of(panel) == own
    # Who lets go what a hand has moved gets that picture back.
    panel.zoom(2.0)
    panel.restore_axes()
    settle()
    assert ends_of(panel) == own
    panel.restore_axes()
    assert ends_of(panel)[1] > 9.0, "one that has been left"
    assert edge_texts(panel) == []


def test_a_new_run_and_a_new_sweep_have_their_own_axis_at_once(panel: LambdaPanel, frame: Frame) -> None:
    own = ends_of(panel)
    come_back(panel, frame, LOSSES, 1)
    panel.reset()
    assert ends_of(panel) == own
    assert edge_texts(panel) == []


def test_near_the_sweep_is_inside_and_far_below_it_is_at_the_left_edge(panel: LambdaPanel, frame: Frame) -> None:
    low, high = float(LAMBDAS.min()), float(LAMBDAS.max())
    losses = {1e-4 * low: (0.1, 0.3), 0.01: (0.15, 0.4), 3.0 * high: (0.5, 0.6)}
    come_back(panel, frame, {**losses, FAR: (0.5, 0.6)}, PATIENCE + 2)
    left, right = ends_of(panel)
    assert np.log10(3.0 * high) < right < np.log10(3.0 * high) + 1.0
    assert np.log10(low) - 1.5 < left
    assert sorted(edge_texts(panel)) == sorted(["λ 10⁹", f"λ 10{exponent(1e-4 * low)}"])


def exponent(lam: float) -> str:
    return str(round(np.log10(lam))).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def test_a_value_at_the_edge_is_of_the_moment_that_the_sentence_tells(panel: LambdaPanel, frame: Frame) -> None:
    panel.show_frame(visited(frame, 0.01, {0.01: (0.15, 0.4)}))
    panel.show_frame(visited(frame, 0.1, {0.01: (0.15, 0.4), 0.1: (0.5, 155.0)}))
    assert edge_texts(panel) == ["155"]
    # Pictures come sixty times a second, sentences ten times.
    later = visited(frame, 0.1, {0.01: (0.15, 0.4), 0.1: (0.5, 153.0)})
    panel.show_frame(later, panel.part)
    assert edge_texts(panel) == ["155"]
    panel.show_frame(later)
    assert edge_texts(panel) == ["153"]
