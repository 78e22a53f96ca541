"""A lazy panel whose picture is worked out elsewhere, and only while somebody sees it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QResizeEvent

from regdesk.views.plots.lazy_panel import LazyPanel


class AskingPanel(LazyPanel):
    """Signals: ``seen_changed(bool)``, by which its service knows whether an answer is wanted.

    It keeps the words of its readout, since they are shortened to the room there is, and that changes.
    """

    seen_changed = Signal(bool)

    def __init__(self, object_name: str, words: str) -> None:
        super().__init__(object_name)
        self._was_seen = False
        self._words = words

    @property
    def _is_due(self) -> bool:
        return self._is_stale or not self._was_seen

    def _say(self, words: str) -> None:
        """Words for the readout, marked where the model is exact."""
        mark = self._exact_mark
        self._say_whole(f"{mark} {words}" if mark else words)

    def _say_whole(self, words: str) -> None:
        """Words for the readout as they are."""
        self._words = words
        self._fit_words()

    def _fit_words(self) -> None:
        self.set_readout(self._words, self._fitting(self._words))

    def _note_seen(self) -> None:
        is_seen = self.is_seen
        if is_seen != self._was_seen:
            self._was_seen = is_seen
            self.seen_changed.emit(is_seen)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._note_seen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_words()
