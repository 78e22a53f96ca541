"""What a warning of reading offers, to be taken with a click: cells that mean missing, or another kind of a column."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from regdesk.core.reading_options import ReadingOffer
from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.plain_text import action_text, tool_tip

MOST_CHARACTERS = 40


class OfferRow(QWidget):
    """The heading of the warnings, and a button for the offer of one of them. Signal: ``offer_taken(ReadingOffer)``."""

    offer_taken = Signal(object)

    def __init__(self, heading: str, warnings: QWidget) -> None:
        super().__init__()
        self._offer: ReadingOffer | None = None
        told = QLabel(heading)
        told.setBuddy(warnings)
        self._button = QPushButton()
        self._button.setObjectName("importOfferButton")
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self._on_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(told)
        layout.addStretch()
        layout.addWidget(self._button)
        self.show_offer(None)

    def show_offer(self, offer: ReadingOffer | None) -> None:
        """What can be taken with a click, None for nothing."""
        self._offer = offer
        self._button.setVisible(offer is not None)
        if offer is not None:
            text = self._text(offer)
            self._button.setText(action_text(text))
            self._button.setAccessibleName(text)
            self._button.setToolTip(tool_tip(self.tr("Read the file so: {option}").format(option=offer.option)))

    def _text(self, offer: ReadingOffer) -> str:
        if not offer.kind:
            return self.tr("Count {words} as missing").format(words=_cut(", ".join(offer.missing)))
        texts = {
            "categorical": self.tr("Read {name} as categories"),
            "numeric": self.tr("Read {name} as numbers"),
            "datetime": self.tr("Read {name} as dates"),
        }
        return texts[offer.kind].format(name=_cut(offer.column))

    def _on_clicked(self) -> None:
        if self._offer is not None:
            self.offer_taken.emit(self._offer)


def _cut(text: str) -> str:
    line = safe_line(text)
    return line if len(line) <= MOST_CHARACTERS else f"{line[: MOST_CHARACTERS - 1]}…"
