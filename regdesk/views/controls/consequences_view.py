"""What settings would do, in sentences, before they are applied."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTextBrowser

from regdesk.core.words.safe_text import safe_text
from regdesk.views.kit import theme
from regdesk.views.kit.form_parts import name_widget

if TYPE_CHECKING:
    from regdesk.core.words.data_facts import Consequences


class ConsequencesView(QTextBrowser):
    """Sentences that are plain text; a problem and warnings say by a word, too, what they are."""

    def __init__(self) -> None:
        super().__init__()
        name_widget(self, "consequencesText", self.tr("What this does"), self.tr("What applying this would do."))
        self.setToolTip("")
        self.setTabChangesFocus(True)
        self._consequences: Consequences | None = None
        self._problem = ""

    def show_consequences(self, consequences: Consequences) -> None:
        self._consequences, self._problem = consequences, ""
        self._write()

    def show_problem(self, sentence: str) -> None:
        """Why the settings cannot be used."""
        self._problem = sentence
        self._write()

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        self._write()

    def _write(self) -> None:
        colour = theme.colours().error
        if self._problem:
            lead = self.tr("This cannot be applied:")
            self.setHtml(f'<p><b style="color: {colour}">{escape(lead)}</b> {escape(safe_text(self._problem))}</p>')
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
        lines += map(escape, notes)
        self.setHtml("".join(f'<p style="margin: 0 0 3px 0">{safe_text(line)}</p>' for line in lines))
