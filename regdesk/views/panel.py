"""The frame that every panel shares: a title, the plot, and one sentence that says what one sees."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from regdesk.views import theme


class Panel(QFrame):
    """Base of the panels; ``readout`` is the sentence under the title."""

    def __init__(self, object_name: str, title: str, description: str, empty_readout: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(title)
        self.setAccessibleDescription(description)
        self.setToolTip(description)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.Base)
        self._title = QLabel(title)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._readout = QLabel(empty_readout)
        self._readout.setTextFormat(Qt.TextFormat.RichText)
        # The text changes with every frame; it must never push the layout about.
        self._readout.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._readout.setStyleSheet(f"color: {theme.QUIET_TEXT}")
        self._plain_readout = empty_readout
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(2)
        layout.addWidget(self._title)
        layout.addWidget(self._readout)

    def set_content(self, widget: QWidget) -> None:
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addWidget(widget, stretch=1)

    def set_title(self, title: str) -> None:
        if title != self._title.text():
            self._title.setText(title)
            self.setAccessibleName(title)

    @property
    def readout(self) -> str:
        return self._plain_readout

    def set_readout(self, sentence: str, rich: str | None = None) -> None:
        """``rich`` is the same sentence with colours."""
        if sentence != self._plain_readout or (rich or sentence) != self._readout.text():
            self._plain_readout = sentence
            self._readout.setText(rich or sentence)
            # A narrow panel cuts it off.
            self._readout.setToolTip(escape(sentence))


def coloured(text: str, colour: str) -> str:
    return f'<span style="color:{colour}"><b>{text}</b></span>'
