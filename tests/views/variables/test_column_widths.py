"""The table of the variables gives each column the room that its numbers and its heading need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from canned import Canned, dataset_of
from plot_items import settle, show
from tables import write_sparse

from regdesk.core.types import TrainSettings
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.variables.columns import ENTERS, IMPORTANCE, NAME, SIGN
from regdesk.views.variables.panel import VariablesPanel
from regdesk.views.variables.table_view import CELL_ROOM_PX, SAMPLES


def test_a_column_has_room_for_its_widest_number_and_for_the_arrow_of_sorting(qtbot: Any, tmp_path: Path) -> None:
    dataset = dataset_of(write_sparse(tmp_path / "sparse.csv"), "y")
    model = Canned.of(dataset, (), settings=TrainSettings("l1", 0.02))
    panel = show(qtbot, VariablesPanel(), 700, 400)
    panel.show_run_scene(model.run_scene)
    panel.show_frame(model.frame())
    settle()
    assert panel.content is not None
    table = panel.content.table
    header = table.horizontalHeader().fontMetrics()
    needed = {
        column: max(
            table.fontMetrics().horizontalAdvance(longest), header.horizontalAdvance(table.rows.headings[column])
        )
        for column, longest in SAMPLES.items()
    }
    room_px, arrow_px = scaled_px(CELL_ROOM_PX), scaled_px(8)
    for is_sorted in (IMPORTANCE, ENTERS, SIGN):
        table.sort_by(is_sorted)
        for column, width_px in needed.items():
            extra_px = arrow_px if column == is_sorted else 0
            assert table.columnWidth(column) == width_px + room_px + extra_px
        others_px = sum(map(table.columnWidth, SAMPLES))
        assert table.columnWidth(NAME) + others_px == table.viewport().width()
