"""The question of a step: its choices or an edit for a number, and what is said to the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from regdesk.core.settings.entries import number_of
from regdesk.views.kit import spacing, theme
from regdesk.views.kit.plain_text import PlainLabel
from regdesk.views.lessons.choice_button import ChoiceButton, Verdict
from regdesk.views.lessons.markdown_label import MarkdownLabel

if TYPE_CHECKING:
    from regdesk.core.lessons.progress import Reply
    from regdesk.core.lessons.view import QuestionView

MOST_TYPED = 40


class QuestionBox(QWidget):
    """Signals: ``choice_made(int)``, ``number_given(float)``. ``reply`` is what is said to the last answer."""

    choice_made = Signal(int)
    number_given = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, tuple[str, ...]] | None = None
        self._text = MarkdownLabel("lessonQuestion", self.tr("Question"))
        self._count = PlainLabel()
        self._count.setObjectName("lessonAnswerCount")
        self.choices: list[ChoiceButton] = []
        self._choices = QVBoxLayout()
        self._choices.setSpacing(spacing.SMALL_PX)
        self._number = QLineEdit()
        self._number.setObjectName("lessonNumberEdit")
        self._number.setAccessibleName(self.tr("Your number"))
        self._number.setPlaceholderText(self.tr("a number"))
        self._number.setMaxLength(MOST_TYPED)
        # A file that is dropped on it would leave its name there.
        self._number.setAcceptDrops(False)
        self._check = QPushButton(self.tr("Chec&k"))
        self._check.setObjectName("lessonCheckButton")
        self._check.setAccessibleName(self.tr("Check the number"))
        self._entry = QWidget()
        entry = QHBoxLayout(self._entry)
        entry.setContentsMargins(0, 0, 0, 0)
        entry.addWidget(self._number, stretch=1)
        entry.addWidget(self._check)
        self._verdict = PlainLabel()
        self._verdict.setObjectName("lessonVerdict")
        self.reply = PlainLabel()
        self.reply.setObjectName("lessonReply")
        self.reply.setAccessibleName(self.tr("What is said to your answer"))
        self.reply.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing.SMALL_PX)
        layout.addWidget(self._text)
        layout.addWidget(self._count)
        layout.addLayout(self._choices)
        layout.addWidget(self._entry)
        layout.addWidget(self._verdict)
        layout.addWidget(self.reply)
        self._check.clicked.connect(self._on_number_entered)
        self._number.returnPressed.connect(self._on_number_entered)

    def show_question(self, question: QuestionView | None, reply: Reply | None) -> None:
        """None: nothing is asked."""
        self.setVisible(question is not None)
        if question is None:
            self._shown = None
            return
        if self._shown != (question.text, question.choices):
            self._shown = question.text, question.choices
            self._number.clear()
            self._make_choices(question.choices)
        self._text.show_markdown(question.text)
        n_left = question.n_right - len(question.found)
        is_several = question.n_right > 1
        self._count.setVisible(is_several)
        self._count.setText(self.tr("{n} of the answers are right; {left} to find").format(
            n=question.n_right, left=n_left))  # fmt: skip
        for number, button in enumerate(self.choices):
            verdict: Verdict = "right" if number in question.found else "wrong" if number in question.tried else ""
            button.show_verdict(verdict)
        self._entry.setVisible(not question.choices)
        self._say(reply)

    def _say(self, reply: Reply | None) -> None:
        for label in (self._verdict, self.reply):
            label.setVisible(reply is not None)
        if reply is not None:
            self._verdict.setText(self.tr("Right") if reply.is_right else self.tr("Not so"))
            colour = theme.colours().praise if reply.is_right else theme.colours().error
            self._verdict.setStyleSheet(f"color: {colour}; font-weight: bold")
            self.reply.setText(reply.text)

    def _make_choices(self, texts: tuple[str, ...]) -> None:
        for old in self.choices:
            self._choices.removeWidget(old)
            # One that was clicked last is still at it.
            old.setParent(None)
            old.deleteLater()
        self.choices = [ChoiceButton(number, text) for number, text in enumerate(texts)]
        for number, button in enumerate(self.choices):
            self._choices.addWidget(button)
            # Tab comes to them in their order, and before what is below them.
            self.setTabOrder(self.choices[number - 1] if number else self._check, button)
            button.clicked.connect(lambda _checked=False, number=number: self.choice_made.emit(number))

    def _on_number_entered(self) -> None:
        text = self._number.text().replace("−", "-").replace(",", ".")
        try:
            number = number_of(text)
        except ValueError:
            self._verdict.hide()
            self.reply.setText(self.tr("Type a number, such as 16 or 0.05."))
            self.reply.show()
            return
        self.number_given.emit(number)
