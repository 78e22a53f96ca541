"""Where a window is put that is to be seen whole, whatever screens there are now."""

from __future__ import annotations

from PySide6.QtCore import QRect


def place_on_screens(wanted: QRect, screens: list[QRect], title_bar_px: int) -> QRect:
    """``wanted``, made no larger than the screen that holds most of it, or the first one, and moved wholly onto it.

    ``screens`` are the free areas of all screens, at least one; ``title_bar_px`` is what the system adds on top.
    """

    def shared(screen: QRect) -> int:
        common = screen.intersected(wanted)
        return max(0, common.width()) * max(0, common.height())

    screen = max(screens, key=shared)
    width = min(wanted.width(), screen.width())
    height = min(wanted.height(), screen.height() - title_bar_px)
    x = min(max(wanted.x(), screen.x()), screen.x() + screen.width() - width)
    y = min(max(wanted.y(), screen.y()), screen.y() + screen.height() - title_bar_px - height)
    return QRect(x, y, width, height)
