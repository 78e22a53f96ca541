"""Says what will happen to a file that is held over the window."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from regdesk.views.kit import theme
from regdesk.views.kit.plain_text import PlainLabel


class DropOverlay(QFrame):
    """Covers the window while a file is dragged over it; what lies under it sees nothing of the file."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("dropOverlay")
        self._text = PlainLabel()
        self._text.setObjectName("dropText")
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        font = self._text.font()
        font.setPointSizeF(1.6 * font.pointSizeF())
        self._text.setFont(font)
        layout = QVBoxLayout(self)
        layout.addWidget(self._text)
        self.hide()

    def show_text(self, text: str) -> None:
        colours = theme.colours()
        # Nearly opaque: the sentence must be readable over any picture.
        ground = "27, 29, 32" if colours.is_dark else "255, 255, 255"
        self.setStyleSheet(
            f"#dropOverlay {{ background: rgba({ground}, 225); border: 3px dashed {colours.training}; }}"
            f"#dropText {{ color: {colours.text}; background: transparent; }}"
        )
        self._text.setText(text)
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()


def dropped_files(data: QMimeData) -> list[str]:
    """The local files that are dragged; empty for anything else, such as text or an address on the web."""
    urls = data.urls() if data.hasUrls() else []
    files = [url.toLocalFile() for url in urls]
    return files if all(files) else []
