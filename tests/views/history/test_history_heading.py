"""What the history's heading says where it has little room: both losses before the epoch."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from canned import Canned, dataset_of
from plot_items import readout_text, show
from PySide6.QtGui import QFontMetrics, QTextDocumentFragment
from tables import write_sparse

from regdesk.core.run.verdict import Verdict
from regdesk.views.history.panel import HistoryPanel
from regdesk.views.kit.text_size import heading_font


@pytest.fixture
def canned(tmp_path: Path) -> Canned:
    return Canned.of(dataset_of(write_sparse(tmp_path / "sparse.csv"), "y"), hidden=(4,))


def test_a_narrow_heading_leaves_out_the_epoch_before_a_loss(qtbot: Any, canned: Canned) -> None:
    panel = HistoryPanel()
    show(qtbot, panel)
    panel.show_run_scene(canned.run_scene)
    frame = replace(canned.frame(200.0), verdict=Verdict("underfitting", 0.5, 0.58, None, 0.58))
    metrics = QFontMetrics(heading_font(panel.font()))

    def heading(width_px: int) -> str:
        panel.resize(width_px, 300)
        panel.show_frame(frame)
        return QTextDocumentFragment.fromHtml(readout_text(panel)).toPlainText()

    wide = heading(1400)
    assert wide.startswith("Epoch 200 · loss: training ")
    losses = wide.removeprefix("Epoch 200 · loss: ").split(" · ")[:2]
    assert [one.split(" ")[0] for one in losses] == ["training", "validation"]
    both = " · ".join(losses)
    least_px = metrics.horizontalAdvance(both) + 16
    headings = {width_px: heading(width_px) for width_px in range(least_px + 2, least_px + 160, 8)}
    assert all(both in one for one in headings.values())
    assert next(iter(headings.values())) == both
    assert f"Epoch 200 · {both}" in headings.values(), "words go before the epoch does"
    assert f"Epoch 200 · loss: {both}" in headings.values()
    for width_px, one in headings.items():
        assert metrics.horizontalAdvance(one) <= width_px - 16
