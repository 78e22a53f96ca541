"""What is known of crashes and errors, as text to copy."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from regdesk.core.words.safe_text import safe_text
from regdesk.views.kit.form_parts import make_paragraph, name_widget
from regdesk.views.kit.keyed_dialog import KeyedDialog


class CrashLogDialog(KeyedDialog):
    """A sentence, the text, and a button that copies it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("crashLogDialog")
        self.setWindowTitle(self.tr("Crash log"))
        self.setModal(False)
        self.resize(760, 480)
        self._plain = ""
        self._sentence = make_paragraph()
        name_widget(self._sentence, "crashLogSentence", self.tr("What this is"), "")
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        name_widget(self._text, "crashLogText", self.tr("Crash log"), "")
        buttons = self.make_buttons("closeCrashLogButton")
        self._copy = self.make_button(
            buttons, "copyCrashLogButton", self.tr("Copy"), self.tr("Put the text on the clipboard")
        )
        self._copy.clicked.connect(self._on_copy_clicked)
        layout = QVBoxLayout(self)
        layout.addWidget(self._sentence)
        layout.addWidget(self._text, stretch=1)
        layout.addWidget(buttons)

    def show_text(self, sentence: str, text: str) -> None:
        """``text`` may be empty: then ``sentence`` says so, and there is nothing to copy."""
        self._plain = text
        self._sentence.setText(sentence)
        self._text.setPlainText(safe_text(text))
        self._text.setVisible(bool(text))
        self._copy.setEnabled(bool(text))
        if not text:
            self.resize(self.width(), self.sizeHint().height())
        self.show()
        self.activateWindow()

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._plain)
