"""What just happened, in words; beside it the way out of a collapse, and how far long work is."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from regdesk.core.words.verdict_words import shorter_sentence
from regdesk.views.kit import spacing, theme
from regdesk.views.kit.plain_text import tool_tip
from regdesk.views.kit.readout_label import ParagraphLabel
from regdesk.views.window.busy_bar import BusyBar
from regdesk.views.window.restart_button import LivedResetButton

ERROR_STAYS_MS = 8000
"""While it trains every frame has a sentence of its own; a refusal must stay long enough to be read."""

N_LINES = 2
"""Kept free, so that a long sentence neither ends in mid-air nor moves the panels."""


class StatusRow(QWidget):
    """The status line with ``reset_lived`` and ``busy`` at its right."""

    def __init__(self) -> None:
        super().__init__()
        self._line = ParagraphLabel(N_LINES)
        name_line(self._line, "statusLine", self.tr("What just happened"))
        self.reset_lived = LivedResetButton()
        self.busy = BusyBar()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._line, stretch=1)
        layout.addWidget(self.reset_lived)
        layout.addWidget(self.busy)
        self._story = ""
        # What the model said last, also before a refusal.
        self._last_story = ""
        self._kept = ""
        self._is_error = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ERROR_STAYS_MS)
        self._timer.timeout.connect(self._on_error_read)

    @property
    def text(self) -> str:
        return self._line.text()

    @property
    def kept_text(self) -> str:
        """What a session is to say when it is opened again: no refusal, nor that it was saved."""
        return self._kept

    def show_status(self, sentence: str) -> None:
        """What just happened."""
        self._timer.stop()
        self._kept = sentence
        if sentence != self._line.text():
            self._write(sentence, is_error=False)

    def show_story(self, sentence: str) -> None:
        """What happens in the model; waits for an error to have been read."""
        self._story = sentence
        self._last_story = sentence or self._last_story
        self._kept = sentence or self._kept
        if sentence and not self._timer.isActive():
            self.show_status(sentence)

    def show_error(self, sentence: str) -> None:
        """What could not be done."""
        self._write(sentence, is_error=True)
        self._kept = self._last_story
        self._timer.start()
        self._story = ""

    def show_aside(self, sentence: str) -> None:
        """What was done, and is no news of the model: it takes the place of a refusal and stays as long."""
        self._write(sentence, is_error=False)
        self._timer.start()
        self._story = ""

    def forget_error(self) -> None:
        """Something else is done: what was refused is no longer the news.

        What the model said last stands until there is more to say, as not every action has a sentence of its own.
        """
        self._timer.stop()
        if self._is_error and self._last_story:
            self._write(self._last_story, is_error=False)

    def forget_story(self) -> None:
        """The model that said it is gone."""
        self._story = self._last_story = ""

    def stop(self) -> None:
        """The window closes."""
        self._timer.stop()
        self.busy.end()

    def apply_theme(self) -> None:
        self._style()

    def _write(self, sentence: str, is_error: bool) -> None:
        self._line.show_sentence(sentence, shorter_sentence(sentence))
        self._line.setToolTip(tool_tip(sentence))
        if is_error != self._is_error:
            self._is_error = is_error
            self._style()

    def _style(self) -> None:
        self._line.setStyleSheet(f"color: {theme.colours().error}; font-weight: bold" if self._is_error else "")

    def _on_error_read(self) -> None:
        # A paused or diverged model sends no further frame: what it last said is shown now.
        if self._story:
            self.show_status(self._story)


def name_line(label: QLabel, object_name: str, accessible_name: str) -> None:
    """Of a line of text that changes while it is looked at: the tool tip holds the whole."""
    label.setObjectName(object_name)
    label.setAccessibleName(accessible_name)
    label.setContentsMargins(spacing.USUAL_PX, spacing.TIGHT_PX, spacing.USUAL_PX, spacing.TIGHT_PX)
