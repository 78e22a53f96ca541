"""Of a workbook a sheet is chosen, or some of its cells are typed as Excel writes them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from import_previews import PREVIEW
from PySide6.QtCore import Qt

from regdesk.core.reading_options import ReadingOptions
from regdesk.views.importing.reading_form import ReadingForm


def test_cells_of_the_only_sheet_can_be_typed(qtbot: Any) -> None:
    form = ReadingForm()
    box: Any = form.sheet_box
    for widget in (form, form.sheet_label, box):
        qtbot.addWidget(widget)
    edited: list[ReadingOptions] = []
    form.edited.connect(lambda: edited.append(form.reading))
    form.show_preview(replace(PREVIEW, sheets=("My data",)))
    assert [box.itemText(place) for place in range(box.count())] == ["the first with cells", "My data", "other …"]
    box.setCurrentIndex(2)
    qtbot.keyClicks(box.lineEdit(), "My data!A1:B3")
    qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Return)
    asked = ReadingOptions(sheet="My data!A1:B3")
    assert edited == [asked]
    form.show_preview(replace(PREVIEW, sheets=("My data",), reading=asked))
    assert (box.currentText(), form.reading) == ("My data!A1:B3", asked)
    assert edited == [asked]
