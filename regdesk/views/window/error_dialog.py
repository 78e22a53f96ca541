"""One dialog for unexpected errors, however many there are; the window goes on beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from regdesk.core.words.safe_text import safe_text
from regdesk.views.kit.keyed_dialog import KeyedDialog
from regdesk.views.kit.plain_text import PlainLabel

DETAILS_HEIGHT_PX = 240


class ErrorDialog(KeyedDialog):
    """The first error in words, the number of others, and details to copy.

    It opens once for each place in which an error happens; what goes wrong there again is only counted.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("errorDialog")
        self.setWindowTitle(self.tr("Something went wrong"))
        self.setModal(False)
        self.resize(560, 180)
        self._places: set[str] = set()
        self._n_others = 0
        self._details = ""
        self._sentence = _label("errorSentence", self.tr("What went wrong"))
        self._advice = _label("errorAdvice", self.tr("What can be done"))
        self._advice.setText(
            self.tr(
                "Your data and the model on screen are kept, and work goes on. If the window no longer behaves, press "
                "Reset (Ctrl+Backspace) or start regdesk again. The details help whoever mends it."
            )
        )
        self._others = _label("errorOthers", self.tr("Errors since"))
        self._text = QPlainTextEdit()
        self._text.setObjectName("errorDetails")
        self._text.setAccessibleName(self.tr("Details"))
        self._text.setReadOnly(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setMinimumHeight(DETAILS_HEIGHT_PX)
        self._text.hide()
        buttons = self.make_buttons("closeErrorButton")
        self._show = _button(buttons, "showDetailsButton", self.tr("Show details"))
        self._show.setCheckable(True)
        self._show.toggled.connect(self._on_show_toggled)
        copy = _button(buttons, "copyDetailsButton", self.tr("Copy details"))
        copy.clicked.connect(self._on_copy_clicked)
        layout = QVBoxLayout(self)
        for widget in (self._sentence, self._advice, self._others):
            layout.addWidget(widget)
        layout.addWidget(self._text, stretch=1)
        layout.addWidget(buttons)

    def show_error(self, place: str, sentence: str, details: str) -> None:
        """Open for an error in a new ``place``; count it while open, or when its place is known."""
        if self.isVisible():
            self._n_others += 1
            self._count()
        elif place not in self._places:
            self._n_others = 0
            self._details = details
            self._sentence.setText(sentence)
            self._text.setPlainText(safe_text(details))
            self._count()
            self.show()
        self._places.add(place)

    def _count(self) -> None:
        one, several = self.tr("… and 1 more since."), self.tr("… and {n} more since.")
        self._others.setText(one if self._n_others == 1 else several.format(n=self._n_others))
        self._others.setVisible(self._n_others > 0)

    def _on_show_toggled(self, is_shown: bool) -> None:
        self._show.setText(self.tr("Hide details") if is_shown else self.tr("Show details"))
        self._text.setVisible(is_shown)
        self.resize(self.width(), self.height() + (DETAILS_HEIGHT_PX if is_shown else -DETAILS_HEIGHT_PX))

    def _on_copy_clicked(self) -> None:
        lines = [self._sentence.text(), self._others.text() if self._n_others else "", self._details]
        QGuiApplication.clipboard().setText("\n".join(line for line in lines if line))


def _label(name: str, accessible_name: str) -> QLabel:
    label = PlainLabel()
    label.setObjectName(name)
    label.setAccessibleName(accessible_name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _button(box: QDialogButtonBox, name: str, text: str) -> QPushButton:
    button = box.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
    button.setObjectName(name)
    button.setAccessibleName(text)
    return button
