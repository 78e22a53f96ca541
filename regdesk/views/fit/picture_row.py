"""Which picture of the fit is drawn: the one that suits the data, or a slice along one or two columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from regdesk.views.kit import spacing
from regdesk.views.kit.setting_controls import setting_slim_box
from regdesk.views.kit.slim_box import make_slim_box

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitScene

MOST_WIDTH_PX = 200


class FitPictureRow(QWidget):
    """Signal: ``picture_chosen(object)`` with the columns of a slice, a tuple that is empty for "automatic".

    The boxes of the columns hold what they were set to last, also while they are hidden.
    """

    picture_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.kinds = setting_slim_box("view.slice", MOST_WIDTH_PX)
        self.kinds.addItems([self.tr("automatic picture"), self.tr("slice: 1 column"), self.tr("slice: 2 columns")])
        self.first = make_slim_box("sliceFirstBox", self.tr("Column along the horizontal axis"), most_px=MOST_WIDTH_PX)
        self.second = make_slim_box("sliceSecondBox", self.tr("Column along the other axis"), most_px=MOST_WIDTH_PX)
        self._columns: tuple[str, ...] = ()
        # Those of the slice that is drawn.
        self._drawn: tuple[str, ...] = ()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing.SMALL_PX)
        for box, stretch in ((self.kinds, 5), (self.first, 4), (self.second, 4)):
            layout.addWidget(box, stretch)
        layout.addStretch(1)
        self.kinds.currentIndexChanged.connect(self._on_kind_chosen)
        self.first.currentIndexChanged.connect(self._on_first_chosen)
        self.second.currentIndexChanged.connect(self._on_second_chosen)
        self.setVisible(False)

    def choose_kind(self, n_columns: int) -> None:
        """As a person would: 0 for automatic, else a slice along so many columns."""
        self.kinds.setCurrentIndex(n_columns)

    def show_scene(self, scene: FitScene) -> None:
        """Bring the boxes to what is drawn; hidden where there is nothing to choose."""
        # Of another file's columns the same may be chosen again, if it has them.
        before = self._names()
        if scene.columns != self._columns:
            self._columns = scene.columns
            for box in (self.first, self.second):
                with QSignalBlocker(box):
                    box.clear()
                    box.addItems(list(scene.columns))
        self._drawn = scene.slice_columns
        self._show(len(scene.slice_columns), self._two_of(*scene.slice_columns, *before[len(scene.slice_columns) :]))
        self.first.setVisible(len(scene.slice_columns) > 0)
        self.second.setVisible(len(scene.slice_columns) > 1)
        self.setVisible(len(self._columns) > 1)

    def _show(self, n_columns: int, names: tuple[str, str]) -> None:
        indices = (n_columns, *(self._columns.index(name) for name in names))
        for box, index in zip((self.kinds, self.first, self.second), indices, strict=True):
            with QSignalBlocker(box):
                box.setCurrentIndex(index)

    def _names(self) -> tuple[str, str]:
        """The two columns that the boxes stand at; empty before there are any."""
        first, second = (
            self._columns[box.currentIndex()] if box.currentIndex() >= 0 else "" for box in (self.first, self.second)
        )
        return first, second

    def _two_of(self, first: str, second: str) -> tuple[str, str]:
        """Both where there are such columns, else the first and the last; different ones where there are two."""
        first = first if first in self._columns else self._columns[0]
        second = second if second in self._columns else self._columns[-1]
        if second == first:
            second = next((name for name in self._columns if name != first), first)
        return first, second

    def _choose(self, first: str, second: str) -> None:
        self._show(self.kinds.currentIndex(), (first, second))
        self.picture_chosen.emit((first, second)[: self.kinds.currentIndex()])

    def _on_kind_chosen(self, _index: int) -> None:
        self._choose(*self._two_of(*self._names()))

    def _on_first_chosen(self, _index: int) -> None:
        first, second = self._names()
        if first == second:
            # Both axes cannot be the same: they change places.
            second = self._drawn[0]
        self._choose(*self._two_of(first, second))

    def _on_second_chosen(self, _index: int) -> None:
        first, second = self._names()
        if second == first:
            first = self._drawn[1]
        self._choose(first, second)
