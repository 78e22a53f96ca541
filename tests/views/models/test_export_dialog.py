"""The dialog that writes a model as code, by itself: which model in which language, and what can be done with it."""

from __future__ import annotations

from typing import Any

import pytest
from plot_items import settle
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QPushButton, QWidget

from regdesk.core.words.model_facts import ExportLanguage, ExportPreview, ModelChoice
from regdesk.views.models.export_dialog import ExportDialog

pytestmark = pytest.mark.qt_log_ignore("does not support raise")
CHOICES = (ModelChoice("live", "The live model"), ModelChoice("file", "kept.regdesk"))
LANGUAGES = (
    ExportLanguage("python", "Python"),
    ExportLanguage("excel", "Excel"),
    ExportLanguage("sql", "SQL, as a query"),
)


class Opened:
    """The dialog, and what it has wanted."""

    def __init__(self, qtbot: Any) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(1200, 900)
        self.dialog = ExportDialog(self.window)
        self.wanted: list[tuple[str, str]] = []
        self.suffixes: list[str] = []
        self.dialog.wanted.connect(lambda *values: self.wanted.append(values))
        self.dialog.save_requested.connect(self.suffixes.append)
        self.dialog.open_with(CHOICES, "file", LANGUAGES)

    def child(self, kind: type, name: str) -> Any:
        return self.dialog.findChild(kind, name)

    @property
    def can(self) -> tuple[bool, bool]:
        return self.child(QPushButton, "saveExportButton").isEnabled(), self.child(
            QPushButton, "copyExportButton"
        ).isEnabled()


def test_each_choice_asks_for_its_text_and_takes_back_the_last(qtbot: Any) -> None:
    opened = Opened(qtbot)
    dialog, languages = opened.dialog, opened.child(QListWidget, "exportLanguageList")
    notes, problem = opened.child(QLabel, "exportNotes"), opened.child(QLabel, "exportProblem")
    assert opened.wanted == [("file", "python")], "once, when all is in its place"
    assert (dialog.chosen, opened.can, notes.text()) == (("file", "python"), (False, False), "Writing it …")
    dialog.show_export(ExportPreview("a = 1\n", 6, ".py", ("Run it.", "It needs nothing.")))
    assert (opened.can, notes.text()) == ((True, True), "Run it. It needs nothing.")
    save = opened.child(QPushButton, "saveExportButton")
    assert save.isDefault()
    save.click()
    opened.child(QPushButton, "copyExportButton").click()
    assert (opened.suffixes, QGuiApplication.clipboard().text()) == ([".py"], "a = 1\n")
    dialog.show_saved("model.py")
    assert (problem.text(), problem.isVisible(), problem.styleSheet()) == ("Saved as model.py.", True, "")
    languages.setCurrentRow(1)
    assert opened.wanted[1:] == [("file", "excel")]
    assert (problem.isVisible(), opened.can) == (False, (False, False))
    dialog.show_export(ExportPreview(None, 12345, ".xlsx", ()))
    assert opened.can == (True, False), "what is no text is not copied as one"
    assert opened.child(QWidget, "exportPreview").toPlainText() == "A file of 12,345 bytes that is no text."
    dialog.show_problem("It has too many inputs.")
    assert (problem.text(), problem.isVisible(), opened.can, notes.text()) == (
        "It has too many inputs.", True, (False, False), "",
    )  # fmt: skip
    assert problem.styleSheet().startswith("color: #")
    opened.child(QComboBox, "exportModelBox").setCurrentIndex(0)
    assert opened.wanted[2:] == [("live", "excel")]
    dialog.open_with(CHOICES, "gone", LANGUAGES)
    assert opened.wanted[3:] == [("live", "excel")], "the language that was chosen last is chosen again"
    assert (languages.count(), opened.child(QComboBox, "exportModelBox").count()) == (3, 2)
    left: list[bool] = []
    dialog.left.connect(lambda: left.append(True))
    dialog.close()
    assert left == [True]


def test_languages_are_seen_whole_and_the_code_has_the_rest(qtbot: Any) -> None:
    opened = Opened(qtbot)
    dialog, languages = opened.dialog, opened.child(QListWidget, "exportLanguageList")
    code = opened.child(QWidget, "exportPreview")
    settle()
    assert languages.viewport().width() >= languages.sizeHintForColumn(0)
    assert languages.width() < languages.sizeHintForColumn(0) + 40
    assert languages.hasFocus() or dialog.focusWidget() is languages
    widths, height = (languages.width(), code.width()), code.height()
    dialog.resize(dialog.width() + 100, dialog.height() + 60)
    settle()
    assert (languages.width(), code.width(), code.height()) == (widths[0], widths[1] + 100, height + 60)
    dialog.close()
