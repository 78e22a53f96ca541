"""Names of columns that are cut in the list of the import dialog, and what another file leaves in it: nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from import_previews import PREVIEW, import_column
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from regdesk.core.types import DataSettings
from regdesk.core.words.data_facts import Consequences
from regdesk.views.importing.column_list import ColumnList
from regdesk.views.importing.column_model import NAME
from regdesk.views.importing.cut_names import AT_ONCE, CutNames
from regdesk.views.importing.import_dialog import ImportDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
SIDES = [f"measurement_of_the_{place}_{side}_side" for place in ("upper", "lower") for side in ("left", "right")]


def test_names_that_are_cut_in_the_list_do_not_read_alike(qtbot: Any) -> None:
    window = QWidget()
    window.resize(700, 600)
    qtbot.addWidget(window)
    window.show()
    dialog = ImportDialog(window)
    dialog.open_with(
        replace(PREVIEW, columns=tuple(map(import_column, SIDES)), warnings=(), targets=()), DataSettings()
    )
    columns: Any = dialog.findChild(QObject, "importColumns")
    assert isinstance(columns, ColumnList)
    metrics, cell_px = columns.fontMetrics(), columns.visualRect(columns.columns.index(0, NAME)).width()
    shown = [columns.shown_name(row, metrics, cell_px) for row in range(len(SIDES))]
    assert all("…" in name and metrics.horizontalAdvance(name) < cell_px for name in shown)
    assert len(set(shown)) == len(SIDES)
    # Another file: neither its names nor what was said of the first one stay.
    dialog.show_consequences(Consequences("regression", ("Predicts the first file.", "All rows."), ()))
    text: Any = dialog.findChild(QObject, "importConsequences")
    assert "Predicts the first file." in text.toPlainText()
    dialog.open_with(
        replace(PREVIEW, columns=tuple(map(import_column, "ab")), warnings=(), targets=("b",)), DataSettings()
    )
    assert columns.shown_name(0, metrics, cell_px) == "a"
    assert text.toPlainText() == ""
    dialog.apply_theme()
    assert text.toPlainText() == ""
    dialog.reject()


def test_names_are_cut_together_with_their_neighbours_alone(qtbot: Any) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    metrics, cut = widget.fontMetrics(), CutNames()
    cut.show_names([f"a_very_long_name_of_column_{number}_of_many" for number in range(2 * AT_ONCE)])
    room_px = metrics.horizontalAdvance("a_very_long…mny")
    part = [cut.text(row, metrics, room_px) for row in range(AT_ONCE, 2 * AT_ONCE)]
    assert len(set(part)) == AT_ONCE
    assert (
        cut.text(AT_ONCE, metrics, metrics.horizontalAdvance("m") * 100)
        == f"a_very_long_name_of_column_{AT_ONCE}_of_many"
    )
