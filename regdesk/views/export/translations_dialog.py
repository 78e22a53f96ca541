"""λ for other programs: their numbers in a list, and the lines of code that go with the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from regdesk.views.kit.form_parts import make_paragraph, name_widget
from regdesk.views.kit.keyed_dialog import KeyedDialog

if TYPE_CHECKING:
    from regdesk.core.words.lambda_facts import LambdaTranslation

NO_NUMBER = "–"


class TranslationsDialog(KeyedDialog):
    """Follows λ while it is open; what is chosen in the list stays chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._translations: tuple[LambdaTranslation, ...] = ()
        self.setObjectName("translationsDialog")
        self.setWindowTitle(self.tr("λ for other programs"))
        self._pressure, self._note = make_paragraph(), make_paragraph()
        self._pressure.setObjectName("translationsPressure")
        self._note.setObjectName("translationsNote")
        self._list = self._made_list()
        self._code = QPlainTextEdit()
        self._code.setReadOnly(True)
        self._code.setTabChangesFocus(True)
        self._code.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        # The system's has a size of its own.
        font.setPointSizeF(self.font().pointSizeF())
        self._code.setFont(font)
        name_widget(self._code, "translationsCode", self.tr("Code"), self.tr("Fits the same model, or begins to"))
        buttons = self.make_buttons("closeTranslationsButton")
        self._copy_code = self.make_button(
            buttons,
            "copyTranslationCodeButton",
            self.tr("Copy &code"),
            self.tr("The lines of code, to paste elsewhere"),
        )
        self._copy_number = self.make_button(
            buttons, "copyTranslationNumberButton", self.tr("Copy &number"), self.tr("The number with all its digits")
        )
        self._copy_code.clicked.connect(self._on_copy_code_clicked)
        self._copy_number.clicked.connect(self._on_copy_number_clicked)
        self._list.currentItemChanged.connect(self._on_current_changed)
        layout = QVBoxLayout(self)
        for widget in (self._pressure, self._list, self._note, self._code, buttons):
            layout.addWidget(widget)
        metrics = self.fontMetrics()
        layout.setStretch(1, 1)
        self._list.setMinimumHeight(metrics.lineSpacing() * 11)
        self._code.setFixedHeight(metrics.lineSpacing() * 10)
        self.resize(metrics.averageCharWidth() * 100, self.sizeHint().height())

    def show_translations(self, pressure: str, translations: Sequence[LambdaTranslation]) -> None:
        """``translations`` of what ``pressure`` says: "λ 0.01, L1"."""
        place = max(self._list.indexOfTopLevelItem(self._list.currentItem()), 0)
        same_rows = _rows_of(self._translations) == _rows_of(translations)
        self._translations = tuple(translations)
        self._pressure.setText(
            self.tr("{pressure}. The same minimum has these numbers in other programs:").format(pressure=pressure)
        )
        if not same_rows:
            self._list.clear()
            for program, name in _rows_of(translations):
                self._list.addTopLevelItem(QTreeWidgetItem([program, name, ""]))
        for number, one in enumerate(translations):
            item = self._list.topLevelItem(number)
            assert item is not None
            item.setText(2, NO_NUMBER if one.value is None else f"{one.value:.10g}")
        for column in range(2 if not same_rows else 0):
            self._list.resizeColumnToContents(column)
            self._list.setColumnWidth(column, self._list.columnWidth(column) + self.fontMetrics().height())
        chosen = self._list.topLevelItem(place if same_rows else 0)
        if chosen is not None:
            self._list.setCurrentItem(chosen)
        self._show_chosen()

    def _made_list(self) -> QTreeWidget:
        found = QTreeWidget()
        tip = self.tr("What λ is called elsewhere, and how large it is there")
        name_widget(found, "translationsList", self.tr("λ for other programs"), tip)
        found.setHeaderLabels([self.tr("Program"), self.tr("Its name"), self.tr("Its number")])
        found.setRootIsDecorated(False)
        found.setUniformRowHeights(True)
        found.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        found.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        found.header().setStretchLastSection(True)
        return found

    @property
    def _chosen(self) -> LambdaTranslation | None:
        place = self._list.indexOfTopLevelItem(self._list.currentItem())
        return self._translations[place] if 0 <= place < len(self._translations) else None

    def _show_chosen(self) -> None:
        chosen = self._chosen
        note = "" if chosen is None else chosen.note
        self._note.setText(note[:1].upper() + note[1:])
        code = "" if chosen is None else chosen.snippet
        if self._code.toPlainText() != code:
            self._code.setPlainText(code)
        self._copy_code.setEnabled(bool(code))
        self._copy_number.setEnabled(chosen is not None and chosen.value is not None)

    def _on_current_changed(self, _now: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        self._show_chosen()

    def _on_copy_code_clicked(self) -> None:
        if self._chosen is not None:
            QGuiApplication.clipboard().setText(self._chosen.snippet)

    def _on_copy_number_clicked(self) -> None:
        if self._chosen is not None and self._chosen.value is not None:
            QGuiApplication.clipboard().setText(repr(self._chosen.value))


def _rows_of(translations: Sequence[LambdaTranslation]) -> list[tuple[str, str]]:
    return [(one.program, one.name or NO_NUMBER) for one in translations]
