"""The title of a layer's row: its name, counts and norms, on as many lines as the panel's width asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from regdesk.core.words.number_text import fixed_text
from regdesk.core.words.run_sentences import too_small_count
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.plots.axis_room import resize_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.core.weights.summaries import LayerSummary

ONE_LINE_PX, TWO_LINES_PX = 440, 300
"""A narrower panel has its titles in two lines, and in three: one would push the plot out of it."""
EDGES_PX = 36
"""Beside a title, and what bold letters are wider."""
GAP = " \xa0 "


class RowTitle(pg.LabelItem):
    """Words that change while they are looked at: the layout hears of them only where they are higher or lower."""

    _holds_still = False
    _height_px = -1.0

    _written: tuple[str, dict[str, Any]] | None = None

    def setText(self, text: str, **style: Any) -> None:
        if (text, style) == self._written:
            return
        self._written = text, style
        self._holds_still = True
        super().setText(text, **style)
        self._holds_still = False

    def updateMin(self) -> None:
        height_px = self.itemRect().height()
        if self._holds_still and height_px == self._height_px:
            return
        self._height_px, self._holds_still = height_px, False
        super().updateMin()

    def updateGeometry(self) -> None:
        if not self._holds_still:
            super().updateGeometry()


def lay_out_anew(view: pg.GraphicsLayoutWidget) -> None:
    """Give the layout the view's room once more. One that had to be wider, for a title in one line, stays so by itself
    when the title has two.
    """
    view.ci.layout.activate()
    view.ci.setGeometry(view.viewRect())


def take_in_rows(view: pg.GraphicsLayoutWidget) -> None:
    """Rows have come: they may have been made for text of another size, and while only a title and the narrow bar of
    zeros stood in it, the layout would not grow beyond them.
    """
    resize_text(view)
    lay_out_anew(view)


def title_lines(width_px: float) -> int:
    """Lines of a row's title in a panel of that width."""
    if width_px >= scaled_px(ONE_LINE_PX):
        return 1
    return 2 if width_px >= scaled_px(TWO_LINES_PX) else 3


def title_html(layer: LayerSummary, width_px: float, is_running: bool = False, names_none: bool = True) -> str:
    """Name and numbers of ``layer`` in a panel of that width. Half a number is another number: where there is no room
    for it, all of it goes; that no weight is zero goes before a norm does, and in all rows, unless it ``names_none``.
    """
    counts, fewer, both = _words_of(layer, is_running)
    ways = [(counts, both), (fewer, both), (counts, both[:1]), (fewer, both[:1])]
    if not names_none:
        ways = ways[1::2]
    counts, norms = next((way for way in ways if _has_room(layer, width_px, *way)), (ways[-1][0], []))
    n_lines = title_lines(width_px)
    gap, break_ = GAP.replace("\xa0", "&nbsp;"), "<br>"
    first, second = gap if n_lines < 3 else break_, gap if n_lines < 2 else break_
    return f"<b>{layer.name}</b>{first}{counts}{second}{gap.join(norms)}"


def write_titles(rows: Sequence[Any], layers: Sequence[LayerSummary], width_px: float, is_running: bool) -> bool:
    """Have each row of ``layers`` write its title; whether any is higher or lower now.

    That no weight is zero is said where every row has room for it: said in one alone, one asks what the others have.
    """
    before = [row.title.minimumSize() for row in rows]
    words = [(layer, *_words_of(layer, is_running)) for layer in layers]
    names_none = all(_has_room(layer, width_px, counts, norms) for layer, counts, _, norms in words)
    for row in rows:
        row.show_title(width_px, is_running, names_none)
    return before != [row.title.minimumSize() for row in rows]


def _words_of(layer: LayerSummary, is_running: bool) -> tuple[str, str, list[str]]:
    """The counts, the same without a zero that is not there, and both norms."""
    too_small = f", {too_small_count(layer.n_negligible, is_running)}" if layer.n_negligible else ""
    counts = f"{layer.n_alive} alive, {layer.n_zero} zero{too_small}"
    fewer = counts if layer.n_zero else f"{layer.n_alive} alive{too_small}"
    return counts, fewer, [f"‖W‖₁ {fixed_text(layer.l1_norm)}", f"‖W‖₂ {fixed_text(layer.l2_norm)}"]


def _has_room(layer: LayerSummary, width_px: float, counts: str, norms: list[str]) -> bool:
    before = f"{layer.name}{GAP}{counts}{GAP}" if title_lines(width_px) == 1 else ""
    words = QFontMetricsF(QApplication.font())
    return words.horizontalAdvance(before + GAP.join(norms)) <= width_px - scaled_px(EDGES_PX)
