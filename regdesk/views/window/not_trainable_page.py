"""What stands where the panels are while the open table cannot be trained on: why, and the way to change that."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from regdesk.views.kit import spacing
from regdesk.views.kit.form_parts import make_paragraph
from regdesk.views.kit.text_size import TITLE, larger_font


class NotTrainablePage(QWidget):
    """A title, the sentence that says what is wrong, and a button for ``data_action``, which opens the data dialog."""

    def __init__(self, data_action: QAction) -> None:
        super().__init__()
        self.setObjectName("notTrainablePage")
        self.setAccessibleName(self.tr("The open table cannot be trained on"))
        self._title, self._sentence = make_paragraph(), make_paragraph()
        self._title.setFont(larger_font(self._title.font(), TITLE))
        self._sentence.setObjectName("notTrainableSentence")
        self._sentence.setAccessibleName(self.tr("Why this cannot be trained on"))
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton(self.tr("Choose target and features… (Ctrl+D)"))
        self._button.setObjectName("notTrainableDataButton")
        self._button.setAccessibleName(self.tr("Choose target and features"))
        self._button.clicked.connect(data_action.trigger)
        column = QVBoxLayout()
        column.setSpacing(spacing.USUAL_PX)
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        # Else the column would be no wider than the button.
        column.addWidget(self._button, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch(2)
        layout = QHBoxLayout(self)
        layout.addStretch(1)
        layout.addLayout(column, 4)
        layout.addStretch(1)

    def show_problem(self, title: str, sentence: str) -> None:
        """``title`` is the name of what is open."""
        self._title.setText(self.tr("{title} is open, and cannot be trained on yet.").format(title=title))
        self._sentence.setText(sentence)
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)
