"""A panel behind a tab: what it takes to draw is imported and made when it is seen and has something to show."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit import theme
from regdesk.views.kit.name_room import whole_parts, wrapped_lines
from regdesk.views.kit.plain_text import PlainLabel
from regdesk.views.plots.panel import Panel


class LazyPanel(Panel):
    """Two pages: words, and the picture once it has been made. Subclasses give ``_bring_up_to_date``."""

    def __init__(self, object_name: str) -> None:
        super().__init__(object_name, "", "", "")
        self._is_stale = False
        # Nothing is made while a picture is painted, but as soon as it has been.
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.timeout.connect(self._bring_up_to_date)
        self._empty = PlainLabel()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self.set_content(self._pages)

    @property
    def has_picture(self) -> bool:
        """Whether it shows more than words."""
        return self._has_picture

    @property
    def can_have_picture(self) -> bool:
        """Whether there is one as soon as it is seen, or will be soon after."""
        return True

    @property
    def _has_picture(self) -> bool:
        return self._pages.currentWidget() is not self._empty

    @property
    def _is_due(self) -> bool:
        """Whether there is something to do as soon as the panel has been painted."""
        return self._is_stale

    def _bring_up_to_date(self) -> None:
        """Draw what there is if anybody can see it; else it is drawn when it is seen again.

        Of every panel its own, as ``draw`` and ``sentence`` are.
        """
        raise NotImplementedError

    def _fitting(self, words: str) -> str:
        """``words`` as the readout has room for them: beside a picture whole parts of them, in one line, and without
        one on as many lines as they need. The tool tip holds all.
        """
        width_px = max(self.contentsRect().width() - 16, 1)
        if not self._has_picture:
            return "<br>".join(map(escape, wrapped_lines(words, self.fontMetrics(), width_px)))
        return escape(whole_parts(safe_line(words), self.fontMetrics(), width_px))

    def _show_words(self, words: str) -> None:
        self._pages.setCurrentWidget(self._empty)
        # In the middle, where a picture would be; the readout above it would only say the same.
        self._empty.setText(words)
        self._want_readout(not words)

    def _show_picture(self, picture: QWidget) -> None:
        self._pages.setCurrentWidget(picture)
        self._want_readout(True)

    def apply_theme(self) -> None:
        self._empty.setStyleSheet(f"color: {theme.colours().quiet_text}")
        super().apply_theme()

    def show_again(self) -> None:
        super().show_again()
        self._bring_up_to_date()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_due and not self._due.isActive():
            self._due.start(0)

    def hideEvent(self, event: QHideEvent) -> None:
        self._due.stop()
        super().hideEvent(event)
