"""The best epoch is named where no curve runs, or not at all, whatever the size of the panel and of the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of, history
from plot_items import item, items, settle, show, views
from plot_walker import covered
from tables import write_sparse

from regdesk.core.run.history import BestMoment
from regdesk.core.types import Float64s
from regdesk.views.history.panel import HistoryPanel

WAY = np.linspace(0.0, 1.0, 240)
CLIMBING = 0.3 + 0.6 * np.abs(WAY - 0.1)
NOISY = np.where(np.arange(240) % 2, 0.1, 1.99)


def lay(panel: HistoryPanel, model: Canned, validation: Float64s, best: float, top: float = 1.0) -> None:
    """The history of a run with that validation loss, whose lowest is told at the epoch ``best``."""
    epochs = np.linspace(0, 5_000, len(validation))
    row = int(np.abs(epochs - best).argmin())
    course = history(epochs, train_loss=np.linspace(top, 0.02, len(epochs)), validation_loss=validation)
    lowest = BestMoment(float(epochs[row]), float(validation[row]))
    panel.reset()
    # At first the losses leave room above them, into which they grow.
    lower = replace(course, validation_loss=0.8 * course.validation_loss)
    for shown in (lower, course, course):
        panel.show_frame(model.frame(5_000.0, history=shown, best=lowest))
    settle()


@pytest.mark.parametrize("size", [(720, 260), (420, 220)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_best_epoch_is_named_where_no_curve_runs_or_not_at_all(
    qtbot: Any, tmp_path: Path, set_text_scale: Callable[[float], None], scale: float, size: tuple[int, int]
) -> None:
    set_text_scale(scale)
    model = Canned.of(dataset_of(write_sparse(tmp_path / "sparse.csv"), "y"), (2,))
    panel = show(qtbot, HistoryPanel(), *size)
    panel.show_run_scene(model.run_scene)
    told: dict[str, str] = {}
    for name, validation in (("climbing", CLIMBING), ("noisy", NOISY)):
        lay(panel, model, validation, 400.0)
        panel.grab()
        assert [fault for view in views(panel) for fault in covered(view)] == [], name
        told[name] = "".join(label.toPlainText() for label in items(panel, "bestEpochLabel"))
        assert item(panel, "bestEpoch").getData()[0] == pytest.approx([400.0], abs=20.0)
        assert "best validation" in panel.readout
    # Where there is room the words are there; among losses that fill the plot they are not.
    if size[0] > 700:
        assert told["climbing"].startswith("best 0.3")
    assert told["noisy"] == ""
