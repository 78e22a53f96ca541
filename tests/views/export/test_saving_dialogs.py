"""The dialogs that save pictures and tables: what they ask for, and when they cannot."""

from __future__ import annotations

from typing import Any

import pytest
from plot_items import show
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QFileDialog, QLabel, QPushButton, QWidget

from regdesk.views.export.picture_request import PictureRequest
from regdesk.views.export.pictures_dialog import PicturesDialog
from regdesk.views.export.tables_dialog import TableOffer, TablesDialog

PANELS = [("onePanel", "One & only"), ("otherPanel", "The <b>other</b>")]


@pytest.fixture
def parent(qtbot: Any) -> QWidget:
    widget = QWidget()
    show(qtbot, widget)
    return widget


def box(dialog: Any, name: str) -> QCheckBox:
    found = dialog.findChild(QCheckBox, name)
    assert found is not None, name
    return found


def pictures(parent: QWidget, **values: Any) -> PicturesDialog:
    request = PictureRequest(**{"panels": ("onePanel",), "folder": "/somewhere", **values})
    dialog = PicturesDialog(parent, PANELS, request)
    dialog.show()
    return dialog


def test_all_in_a_dialog_has_the_palette_of_its_window_and_no_other_with_the_same_colours(parent: QWidget) -> None:
    # As of a main window, its colours come from above: there from the application.
    window = QWidget(parent)
    for colour in ("navy", "maroon"):
        own = parent.palette()
        own.setColor(QPalette.ColorRole.Button, QColor(colour))
        parent.setPalette(own)
        for _ in range(2):
            dialog = pictures(window)
            parts = [dialog, *dialog.findChildren(QWidget)]
            assert len(parts) > 30
            # What says what went wrong has a colour of its own.
            assert {one.palette().cacheKey() for one in parts if not one.styleSheet()} == {window.palette().cacheKey()}
            dialog.close()


def test_what_is_offered_is_what_is_asked_for(qtbot: Any, parent: QWidget) -> None:
    request = PictureRequest(
        panels=("otherPanel",), unit="px", width=800, height=600, text_size=14, dots_per_inch=150, colours="dark",
        kinds=("svg",), has_caption=False, folder="/somewhere",
    )  # fmt: skip
    dialog = PicturesDialog(parent, PANELS, request)
    assert dialog.request == request
    with qtbot.waitSignal(dialog.save_requested) as caught:
        dialog.save.click()
    assert caught.args == [request]
    assert box(dialog, "pictures_onePanel").text() == "One && only"
    dialog.close()


def test_nothing_to_save_cannot_be_saved(parent: QWidget) -> None:
    dialog = pictures(parent)
    note = dialog.findChild(QLabel, "picturesNote")
    assert note.text() == "3 files. A PNG has 1,890 × 1,181 pixels."
    for name, words in (("pictures_onePanel", "Tick a panel."), ("pictures_png", "2 files.")):
        box(dialog, name).setChecked(False)
        assert note.text() == words
        assert dialog.save.isEnabled() == (name == "pictures_png")
        box(dialog, "pictures_onePanel").setChecked(True)
    for kind in ("svg", "pdf"):
        box(dialog, f"pictures_{kind}").setChecked(False)
    assert note.text() == "Tick a format."
    assert not dialog.save.isEnabled()
    box(dialog, "pictures_pdf").setChecked(True)
    assert dialog.save.isEnabled()
    dialog.folder_edit.setText("  ")
    assert not dialog.save.isEnabled()
    dialog.close()


def test_all_panels_at_once(parent: QWidget) -> None:
    dialog = pictures(parent)
    everything = box(dialog, "pictures_all")
    assert not everything.isChecked()
    everything.click()
    assert dialog.request.panels == ("onePanel", "otherPanel")
    box(dialog, "pictures_otherPanel").click()
    assert not everything.isChecked()
    dialog.close()


def test_letters_that_are_too_large_are_told(parent: QWidget) -> None:
    dialog = pictures(parent)
    dialog.findChild(QDoubleSpinBox, "picturesTextSizeSpin").setValue(40.0)
    words = dialog.findChild(QLabel, "picturesNote").text()
    most = dialog.request.most_text_size
    assert f"With this size the text is {most:.1f} pt" in words
    assert dialog.request.look(()) == PictureRequest(text_size=most).look(())
    dialog.close()


def test_a_problem_is_seen_until_something_is_chosen(parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = pictures(parent)
    dialog.show_problem("There is no folder <b>x</b>.")
    assert dialog.problem.isVisible()
    assert dialog.problem.textFormat() == Qt.TextFormat.PlainText
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/elsewhere")
    dialog.findChild(QPushButton, "picturesBrowseButton").click()
    assert dialog.request.folder == "/elsewhere"
    assert not dialog.problem.isVisible()
    dialog.close()


def test_a_table_that_is_not_there_says_why(qtbot: Any, parent: QWidget) -> None:
    offers = [TableOffer("coefficients", "Coefficients"), TableOffer("path", "Sweep", "sweep λ first")]
    dialog = TablesDialog(parent, offers, ("coefficients", "path"), "/somewhere")
    assert not box(dialog, "tables_path").isEnabled()
    assert box(dialog, "tables_path").text() == "Sweep (path.csv): sweep λ first"
    with qtbot.waitSignal(dialog.save_requested) as caught:
        dialog.save.click()
    assert caught.args == [("coefficients",), "/somewhere"]
    with qtbot.waitSignal(dialog.copy_requested) as caught:
        dialog.findChild(QPushButton, "tablesCopyButton").click()
    assert caught.args == [("coefficients",)]
    box(dialog, "tables_coefficients").setChecked(False)
    assert not dialog.save.isEnabled()
    assert not dialog.findChild(QPushButton, "tablesCopyButton").isEnabled()
    dialog.close()
