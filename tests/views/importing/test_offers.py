"""What a warning offers in the import dialog, taken with a click."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from import_previews import PREVIEW
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from regdesk.core.reading_options import ReadingOffer, ReadingOptions
from regdesk.core.types import DataSettings
from regdesk.core.words.import_facts import ImportWarning
from regdesk.views.importing.import_dialog import ImportDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
CODES, KIND = ReadingOffer(("-999", "1,5")), ReadingOffer(column="a & b", kind="categorical")


def test_the_first_offer_is_there_at_once_and_that_of_the_warning_that_is_reached(qtbot: Any) -> None:
    window = QWidget()
    window.resize(1200, 900)
    qtbot.addWidget(window)
    window.show()
    dialog = ImportDialog(window)
    readings: list[ReadingOptions] = []
    dialog.reading_edited.connect(readings.append)
    told = (
        ImportWarning(None, None, "Nothing to be done."),
        ImportWarning(3, "x", "-999 may be missing.", offer=CODES),
        ImportWarning(4, "a & b", "12e3 is a number.", offer=KIND),
    )
    preview = replace(PREVIEW, warnings=told)
    dialog.open_with(preview, DataSettings())
    button: Any = dialog.findChild(QObject, "importOfferButton")
    warnings: Any = dialog.findChild(QObject, "importWarnings")
    assert (button.isVisible(), button.accessibleName()) == (True, "Count -999, 1,5 as missing")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert readings[-1].missing_words == ("usual", "-999", "1,5")
    # With another word said before, that stays.
    dialog.show_preview(replace(preview, reading=replace(preview.reading, missing_words=("none",))))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert readings[-1].missing_words == ("none", "-999", "1,5")
    dialog.show_preview(preview)
    warnings.setFocus()
    warnings.setCurrentRow(1)
    qtbot.keyClick(warnings, Qt.Key.Key_Down)
    assert (button.text(), button.accessibleName()) == ("Read a && b as categories", "Read a & b as categories")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert dict(readings[-1].kinds)["a & b"] == "categorical"
    warnings.setCurrentRow(0)
    assert not button.isVisible()
    dialog.show_preview(replace(preview, warnings=()))
    assert not button.isVisible()
    dialog.reject()
