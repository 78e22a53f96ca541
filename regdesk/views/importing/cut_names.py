"""Names of a list as far as there is room for them, so that those that are seen together do not read alike."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFontMetrics

from regdesk.views.kit.name_room import elided_all

AT_ONCE = 500
"""Names that are cut together, when one of them is painted: of 20,000 columns all would take seconds."""


class CutNames:
    """Keeps what it has cut until names, room or font are others."""

    def __init__(self) -> None:
        self._names: Sequence[str] = ()
        self._form: tuple[int, int, int] | None = None
        self._cut: dict[int, list[str]] = {}

    def show_names(self, names: Sequence[str]) -> None:
        """Others than before."""
        self._names, self._cut = names, {}

    def text(self, row: int, metrics: QFontMetrics, room_px: int) -> str:
        """The name in ``row``, cut to ``room_px``."""
        form = room_px, metrics.height(), metrics.averageCharWidth()
        if form != self._form:
            self._form, self._cut = form, {}
        part = row // AT_ONCE
        if part not in self._cut:
            self._cut[part] = elided_all(self._names[part * AT_ONCE : (part + 1) * AT_ONCE], metrics, room_px)
        return self._cut[part][row % AT_ONCE]
