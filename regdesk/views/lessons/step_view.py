"""One step of a lesson: its text, what is to be done, what was to be seen, and the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from regdesk.views.kit import spacing, theme
from regdesk.views.kit.plain_text import PlainLabel
from regdesk.views.kit.text_size import TITLE, heading_font, larger_font
from regdesk.views.lessons.markdown_label import MarkdownLabel
from regdesk.views.lessons.question_box import QuestionBox

if TYPE_CHECKING:
    from regdesk.core.lessons.view import LessonView

OPEN, DONE = "☐", "☑"


class StepView(QWidget):
    """Signals: ``help_requested()``, to have the task done; ``set_up_requested()``, to have the step begin again."""

    help_requested = Signal()
    set_up_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lessonStep")
        self._title = PlainLabel()
        self._title.setObjectName("lessonStepTitle")
        self._title.setWordWrap(True)
        self._text = MarkdownLabel("lessonText", self.tr("What there is to know"))
        self._trouble = PlainLabel()
        self._trouble.setObjectName("lessonTrouble")
        self._trouble.setWordWrap(True)
        self._seen_title = QLabel(self.tr("What you saw"))
        self._seen = MarkdownLabel("lessonSeen", self.tr("What you saw"))
        self.question = QuestionBox()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(spacing.USUAL_PX, spacing.USUAL_PX, spacing.USUAL_PX, spacing.USUAL_PX)
        layout.setSpacing(spacing.USUAL_PX)
        for widget in (self._title, self._text, self._trouble, self._make_task(), self._seen_title, self._seen,
                       self.question):  # fmt: skip
            layout.addWidget(widget)
        layout.addStretch(1)
        self._is_done = False
        self._scale()
        self.apply_theme()

    def _make_task(self) -> QFrame:
        self._task_frame = frame = QFrame()
        frame.setObjectName("lessonTaskFrame")
        self._box = QLabel(OPEN)
        self._task = MarkdownLabel("lessonTask", self.tr("What to do"))
        self._help = QPushButton(self.tr("&Do it for me"))
        self._help.setObjectName("lessonHelpButton")
        self._help.setAccessibleName(self.tr("Do it for me"))
        self._help.clicked.connect(self.help_requested)
        self._again = QPushButton(self.tr("Set &up again"))
        self._again.setObjectName("lessonSetUpButton")
        self._again.setAccessibleName(self.tr("Set up this step again"))
        self._again.setToolTip(self.tr("Data and settings as this step begins with them"))
        self._again.clicked.connect(self.set_up_requested)
        for button in (self._help, self._again):
            # The space bar stays with the model for who uses the mouse.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        line = QHBoxLayout()
        line.addWidget(self._box)
        line.addWidget(self._task, stretch=1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._help)
        buttons.addWidget(self._again)
        buttons.addStretch(1)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(spacing.USUAL_PX, spacing.SMALL_PX, spacing.USUAL_PX, spacing.SMALL_PX)
        layout.addLayout(line)
        layout.addLayout(buttons)
        return frame

    def show_step(self, view: LessonView) -> None:
        self._title.setText(view.step_title)
        self._text.show_markdown(view.text)
        waiting = "" if view.is_ready else self.tr("Setting up …")
        self._trouble.setText(view.trouble or waiting)
        self._trouble.setVisible(bool(view.trouble or waiting))
        self._trouble.setStyleSheet(f"color: {theme.colours().error}" if view.trouble else "")
        self._task_frame.setVisible(bool(view.task))
        self._task.show_markdown(view.task)
        self._is_done = view.is_done
        self._box.setText(DONE if view.is_done else OPEN)
        self._box.setAccessibleName(self.tr("done") if view.is_done else self.tr("to be done"))
        self._help.setVisible(view.has_help)
        self._again.setVisible(not view.is_done)
        self._seen_title.setVisible(bool(view.seen))
        self._seen.show_markdown(view.seen)
        self.question.show_question(view.question, view.reply)
        self.apply_theme()

    @property
    def newest(self) -> QWidget | None:
        """What has been said last: the reply to an answer, else what was to be seen; None where neither is there."""
        found = (self.question.reply, self._seen)
        return next((one for one in found if one.isVisibleTo(self)), None)

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        colours = theme.colours()
        edge = colours.penalty if self._is_done else colours.lam
        self._task_frame.setStyleSheet(
            f"#lessonTaskFrame {{ border: 1px solid {colours.grid}; border-left: 4px solid {edge}; "
            f"border-radius: 3px; background: {colours.window} }}"
        )

    def apply_text_size(self) -> None:
        self._scale()

    def _scale(self) -> None:
        title = larger_font(QFont(), TITLE)
        self._title.setFont(title)
        self._seen_title.setFont(heading_font())
        self._box.setFont(title)
