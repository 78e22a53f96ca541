"""Widgets one after the other, in as many lines as the width needs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy

READ_SHARE = 0.7
"""Of the width that a list of words wants: with less of it, its words are hard to know."""


class FlowLayout(QLayout):
    """A row that never asks for more width than its widest widget; what is hidden takes no room."""

    def __init__(self, spacing_px: int = 4) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing_px)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    # Qt asks for places that are not there, and None tells it that; PySide's stubs know no None.
    def itemAt(self, index: int) -> QLayoutItem:
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), is_for_real=False)

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self.spacing() * max(len(shown) - 1, 0)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        shown = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(max((size.width() for size in shown), default=0), max((one.height() for one in shown), default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, is_for_real=True)

    def _arrange(self, rect: QRect, is_for_real: bool) -> int:
        """The height of all lines in ``rect``; what is lower than its line stands in the middle of it."""
        y = rect.y()
        for number, line in enumerate(self._lines(rect.width())):
            y += self.spacing() if number else 0
            height, x = max(item.sizeHint().height() for item in line), rect.x()
            for item, width in zip(line, self._widths(line, rect.width()), strict=True):
                size = item.sizeHint()
                if is_for_real:
                    item.setGeometry(QRect(x, y + (height - size.height()) // 2, width, size.height()))
                x += width + self.spacing()
            y += height
        return y - rect.y()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        return self._broken(width, self._least)

    def _broken(self, width: int, least: Callable[[QLayoutItem], int]) -> list[list[QLayoutItem]]:
        """What is shown, as many in a line as fit into ``width`` if each has its ``least`` one."""
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            own = least(item)
            if not lines or own > left:
                lines.append([])
                left = width
            lines[-1].append(item)
            left -= own + self.spacing()
        return lines

    def _least(self, item: QLayoutItem) -> int:
        """With less than this width beside others, ``item`` goes into the next line."""
        return item.sizeHint().width()

    def _widths(self, line: list[QLayoutItem], width: int) -> list[int]:
        return [min(item.sizeHint().width(), width) for item in line]


class YieldingFlowLayout(FlowLayout):
    """What can be narrower gives way before another goes into the next line; a label that can be of any width takes
    what is left of its line.
    """

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        fewest, whole = self._broken(width, self._least), self._broken(width, super()._least)
        # Nothing gives way beyond what can be read, where two lines will do.
        has_room = len(whole) <= max(len(fewest), 2)
        return whole if has_room and any(self._squeezes(one, width) for one in fewest) else fewest

    def _squeezes(self, line: list[QLayoutItem], width: int) -> bool:
        given = zip(line, self._widths(line, width), strict=True)
        return any(px < READ_SHARE * min(item.sizeHint().width(), width) for item, px in given if not _takes_all(item))

    def _least(self, item: QLayoutItem) -> int:
        return item.minimumSize().width()

    def _widths(self, line: list[QLayoutItem], width: int) -> list[int]:
        widths = [min(self._least(item), width) for item in line]
        left = width - sum(widths) - self.spacing() * (len(line) - 1)
        for number, item in enumerate(line):
            wanted = left if _takes_all(item) else item.sizeHint().width() - widths[number]
            more = max(min(wanted, left), 0)
            widths[number] += more
            left -= more
        return widths


def _takes_all(item: QLayoutItem) -> bool:
    widget = item.widget()
    return widget is not None and widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored
