"""The figures on rows of another file, in the words above the fit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from canned import Canned, dataset_of
from plot_items import readout_text, settle, show
from tables import write_sparse

from regdesk.core.run.frame import NewRows
from regdesk.views.fit.panel import DataFitPanel


def test_they_say_which_model_they_are_of_where_it_is_not_the_one_that_is_shown(qtbot: Any, tmp_path: Path) -> None:
    model = Canned.of(dataset_of(write_sparse(tmp_path / "sparse.csv"), "y"))
    panel = show(qtbot, DataFitPanel(), 900, 420)
    panel.show_scene(model.scene)
    for name, words in (
        ("", ""),
        ("at λ 0.1, epoch 20", ", at λ 0.1, epoch 20"),
        ("by <b>.regdesk", ", by &lt;b&gt;.regdesk"),
    ):
        panel.show_frame(model.frame(new_rows=NewRows("new.csv", name, 1234, {"r2": 0.5})))
        settle()
        assert f"New rows (new.csv){words}: R² 0.500 on 1,234." in readout_text(panel)
