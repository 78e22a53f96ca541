"""One panel of the window on a sheet of its own, laid out for a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import (
    QCoreApplication,
    QEventLoop,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QListView,
    QScrollArea,
    QScrollBar,
    QVBoxLayout,
    QWidget,
)

from regdesk.views.export.picture import Picture
from regdesk.views.export.sheet_layers import layers_of
from regdesk.views.kit import spacing
from regdesk.views.kit.name_room import wrapped_lines
from regdesk.views.kit.plain_text import PlainLabel
from regdesk.views.kit.text_size import make_heading

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from regdesk.views.plots.panel import Panel

T = TypeVar("T")
SIZE_PX = QSize(960, 600)
PIXEL_RATIO = 2
"""Of the PNG, which has so many times the pixels of ``SIZE_PX`` each way."""

MOST_GROWTHS = 3
"""How often a sheet grows for what has no room on it; the higher rows of a panel may need another round."""
GROWTH_STEP, MOST_GROWTH = 0.01, 20.0
MOST_OF_WORDS = 0.55
"""Of the height of a sheet that title and caption take: what is beyond it would be cut off, or leave no picture."""
MARGIN_PX = 8
"""Left and right of title and caption; the panel has as much itself."""


@dataclass(frozen=True)
class PictureLook:
    """How large the sheet is, and what stands on it besides the picture.

    Attributes:
        width_px, height_px: what the panel lays itself out in. It has its letters in the size of the window, so that
            the same picture on paper has the larger letters, the smaller its sheet is.
        has_lists: whether lists stand beside the picture, of which there may be more than there is room for.
        has_title, has_readout: whether the panel's title and its sentence stand above the picture.
        caption: lines beneath it, in whole; empty for none.
    """

    width_px: int = SIZE_PX.width()
    height_px: int = SIZE_PX.height()
    has_title: bool = True
    has_readout: bool = True
    has_lists: bool = True
    caption: tuple[str, ...] = ()


class PictureSheet(QWidget):
    """Takes ``panel`` for as long as its pictures are made, without the controls that work it, and calls ``give_back``.

    The events that bring its layout about are those of the user, too, where ``takes_input``.
    """

    def __init__(
        self,
        panel: Panel,
        give_back: Callable[[], object],
        takes_input: bool = True,
        look: PictureLook | None = None,
    ) -> None:
        super().__init__()
        self._panel, self._give_back, self._look = panel, give_back, look or PictureLook()
        flags = QEventLoop.ProcessEventsFlag
        self._events = flags.AllEvents if takes_input else flags.ExcludeUserInputEvents
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._words: list[tuple[PlainLabel, tuple[str, ...]]] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if self._look.has_title:
            # Qt's mark in the title of a window, which is none here.
            title = self._make_words((self._panel.windowTitle().replace("[*][*]", "[*]"),))
            make_heading(title)
            title.setContentsMargins(MARGIN_PX, spacing.USUAL_PX, MARGIN_PX, 0)
            layout.addWidget(title)
        layout.addWidget(self._panel, stretch=1)
        if self._look.caption:
            caption = self._make_words(self._look.caption)
            caption.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, spacing.USUAL_PX)
            layout.addWidget(caption)
        self._take_size(QSize(self._look.width_px, self._look.height_px))

    def _make_words(self, lines: tuple[str, ...]) -> PlainLabel:
        label = PlainLabel()
        self._words.append((label, lines))
        return label

    def _take_size(self, size_px: QSize) -> None:
        """Words take as many lines as they need; a name that is too long for one is broken."""
        self._size_px = size_px
        for label, lines in self._words:
            label.setText("\n".join(_fitted(label, lines, size_px.width())))
        self.setFixedSize(size_px)

    def _growth_for_words(self) -> float:
        """By which factor the sheet has to grow so that title and caption leave the picture its share; 1 for none."""
        factor, size_px = 1.0, self._size_px
        while factor < MOST_GROWTH:
            width_px, room_px = round(factor * size_px.width()), MOST_OF_WORDS * factor * size_px.height()
            needed_px = sum(
                len(_fitted(label, lines, width_px)) * label.fontMetrics().lineSpacing() + spacing.USUAL_PX
                for label, lines in self._words
            )
            if needed_px <= room_px:
                break
            factor += GROWTH_STEP
        return factor

    def pictures(self) -> dict[str, bytes]:
        """The panel's picture as PNG and as SVG, by file name."""
        taken = self.taken()
        png = taken.png(self._size_px.width() * PIXEL_RATIO, self._size_px.height() * PIXEL_RATIO)
        return {f"{taken.name}.png": png, f"{taken.name}.svg": taken.svg()}

    def taken(self) -> Picture:
        """The panel as it is now, which is given back; the sheet is of no use afterwards."""
        return drained(self.taking())

    def taking(self) -> Generator[None, None, Picture]:
        """As ``taken``, with a rest after each piece of it; the panel is given back also where it is closed early."""
        panel = self._panel
        try:
            yield from self._arrange()
            layers = yield from layers_of(self, panel)
            return Picture(
                name=panel.objectName(),
                title=panel.windowTitle().replace("[*][*]", "[*]"),
                sentence=panel.readout,
                width_px=self._size_px.width(),
                height_px=self._size_px.height(),
                background=self.palette().color(QPalette.ColorRole.Base),
                dpi=self.logicalDpiX(),
                layers=tuple(layers),
            )
        finally:
            panel.show_readout(True)
            self._give_back()
            self.hide()
            self.deleteLater()

    def _arrange(self) -> Iterator[None]:
        self.show()
        self._panel.show()
        self._panel.show_readout(self._look.has_readout)
        # A picture may be made, with its controls, when it is first seen.
        self._panel.show_again()
        for area in self._panel.findChildren(QAbstractScrollArea):
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        yield from self._lay_out()
        for _ in range(MOST_GROWTHS):
            needed = _growth(self._panel, self._size_px), self._growth_for_words(), self._panel.picture_growth
            factor = min(max(needed), MOST_GROWTH)
            if factor <= 1.0:
                break
            # In the same proportions: it is the letters that become smaller.
            self._take_size(self._size_px * factor)
            yield from self._lay_out()

    def _lay_out(self) -> Iterator[None]:
        """Plots take their sizes, and what depends on these its places, when the layouts have theirs."""
        for _ in range(3):
            self._panel.show_as_picture(True)
            for control in controls_of(self._panel):
                control.hide()
            if not self._look.has_lists:
                for one in lists_of(self._panel):
                    one.hide()
            QCoreApplication.processEvents(self._events)
            self._panel.show_again()
            yield


def drained(taking: Generator[None, None, T]) -> T:
    """What it comes to, at once."""
    while True:
        try:
            next(taking)
        except StopIteration as done:
            found: T = done.value
            return found


def controls_of(panel: QWidget) -> list[QWidget]:
    """What a panel is worked with, and no picture shows; scroll bars come and go by themselves."""
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox, QAbstractSlider)
    found = [control for kind in kinds for control in panel.findChildren(kind)]
    return [control for control in found if not isinstance(control, QScrollBar)]


def lists_of(panel: QWidget) -> list[QListView]:
    """Those of a panel's lists that have not been put away by hand; a table is the picture itself."""
    return [one for one in panel.findChildren(QListView) if not one.isHidden()]


def _growth(panel: QWidget, size_px: QSize) -> float:
    """By which factor a sheet of that size has to grow for all that could be scrolled to in ``panel``; 1 for none.

    What says which height it needs for a width, as rows do that can stand side by side, is asked anew for each factor.
    """
    factor = 1.0
    for area in panel.findChildren(QScrollArea):
        content, room_px = area.widget(), area.viewport().size()
        if content is None or not area.isVisible():
            continue
        while factor < MOST_GROWTH:
            more_px = size_px * factor - size_px
            width_px, height_px = room_px.width() + more_px.width(), room_px.height() + more_px.height()
            needed_px = content.heightForWidth(width_px) if content.hasHeightForWidth() else content.height()
            if needed_px <= height_px:
                break
            factor += GROWTH_STEP
    return factor


def _fitted(label: PlainLabel, lines: tuple[str, ...], width_px: int) -> list[str]:
    """``lines`` as they stand in ``label`` on a sheet that is ``width_px`` wide."""
    label.ensurePolished()
    metrics, room_px = label.fontMetrics(), width_px - 2 * MARGIN_PX
    wrapped = [part for line in lines for part in wrapped_lines(line, metrics, room_px)]
    return [piece for part in wrapped for piece in _pieces(part, metrics, room_px)]


def _pieces(word: str, metrics: QFontMetrics, width_px: int) -> list[str]:
    """``word`` in pieces that are no wider; only what has no blank in it is wider at all."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and metrics.horizontalAdvance(pieces[-1] + letter) > width_px:
            pieces.append("")
        pieces[-1] += letter
    return pieces
