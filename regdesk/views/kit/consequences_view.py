"""What settings would do, in sentences, before they are applied."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QTextBrowser

from regdesk.core.words.safe_text import safe_text
from regdesk.views.kit import theme
from regdesk.views.kit.form_parts import name_widget

if TYPE_CHECKING:
    from regdesk.core.words.data_facts import Consequences


class ConsequencesView(QTextBrowser):
    """Sentences that are plain text; a problem and warnings say by a word, too, what they are."""

    def __init__(self, object_name: str, problem_lead: str) -> None:
        """``problem_lead`` comes before a problem, such as "This cannot be applied:"."""
        super().__init__()
        self._problem_lead = self._lead = problem_lead
        name_widget(self, object_name, self.tr("What this does"), self.tr("What applying this would do."))
        self.setToolTip("")
        self.setTabChangesFocus(True)
        # Of the height, what is kept free so that no line is cut through at the lower edge.
        self._rest_px = 0
        # What is kept free looks like the rest.
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._consequences: Consequences | None = None
        self._problem = ""

    def show_consequences(self, consequences: Consequences) -> None:
        self._consequences, self._problem = consequences, ""
        self._write()

    def show_problem(self, sentence: str, lead: str = "") -> None:
        """Why the settings cannot be used; ``lead`` comes before it where it is another than the usual one."""
        self._problem, self._lead = sentence, lead or self._problem_lead
        self._write()

    def show_nothing(self) -> None:
        """What was said is true no longer."""
        self._consequences, self._problem = None, ""
        self.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_lines_whole()

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        self._write()

    def _write(self) -> None:
        self._fill()
        self._keep_lines_whole()

    def _keep_lines_whole(self) -> None:
        """Before anybody scrolls, the last line that is seen is seen whole."""
        room_px, document = self.viewport().height() + self._rest_px, self.document()
        rest_px = 0
        if document.size().height() > room_px:
            rest_px = room_px - max((one for one in self._line_ends() if one <= room_px), default=room_px)
        if rest_px != self._rest_px:
            self._rest_px = rest_px
            self.setViewportMargins(0, 0, 0, rest_px)

    def _line_ends(self) -> Iterator[int]:
        """Where each line ends, from the top of the text."""
        block = self.document().begin()
        while block.isValid():
            layout = block.layout()
            for number in range(layout.lineCount()):
                yield math.ceil(layout.position().y() + layout.lineAt(number).rect().bottom())
            block = block.next()

    def _fill(self) -> None:
        colour = theme.colours().error
        if self._problem:
            lead = escape(self._lead)
            self.setHtml(f'<p><b style="color: {colour}">{lead}</b> {escape(safe_text(self._problem))}</p>')
            return
        if self._consequences is None:
            return
        target, sizes, *notes = self._consequences.sentences
        lead = self.tr("Warning:")
        lines = [f"<b>{escape(target)}</b>", f"<b>{escape(sizes)}</b>"]
        lines += [
            f'<b style="color: {colour}">{escape(lead)}</b> {escape(warning)}'
            for warning in self._consequences.warnings
        ]
        lead = self.tr("Data health:")
        lines += [f"<b>{escape(lead)}</b> {escape(finding.sentence)}" for finding in self._consequences.health]
        lines += map(escape, notes)
        self.setHtml("".join(f'<p style="margin: 0 0 3px 0">{safe_text(line)}</p>' for line in lines))
