"""Which picture of the fit is drawn: the one that suits the data, or a slice along one or two columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from regdesk.views.kit.slim_box import make_slim_box

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitScene

MOST_WIDTH_PX = 200


class FitPictureRow(QWidget):
    """Signal: ``picture_chosen(object)`` with the columns of a slice, a tuple that is empty for "automatic"."""

    picture_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.kinds = make_slim_box("fitPictureBox", self.tr("Picture of the fit"), most_px=MOST_WIDTH_PX)
        self.kinds.addItems([self.tr("automatic picture"), self.tr("slice: 1 column"), self.tr("slice: 2 columns")])
        self.kinds.setToolTip(self.tr("What is drawn; the model goes on training as it was"))
        self.first = make_slim_box("sliceFirstBox", self.tr("Column along the horizontal axis"), most_px=MOST_WIDTH_PX)
        self.second = make_slim_box("sliceSecondBox", self.tr("Column along the other axis"), most_px=MOST_WIDTH_PX)
        self._columns: tuple[str, ...] = ()
        # What was chosen last, which a new file's columns may have too.
        self._first_name = self._second_name = ""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
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
        if scene.columns != self._columns:
            self._columns = scene.columns
            for box in (self.first, self.second):
                with QSignalBlocker(box):
                    box.clear()
                    box.addItems(list(scene.columns))
        if scene.slice_columns:
            self._first_name = scene.slice_columns[0]
            self._second_name = scene.slice_columns[1] if len(scene.slice_columns) == 2 else self._second_name
        first, second = self._names()
        for box, index in (
            (self.kinds, len(scene.slice_columns)),
            (self.first, self._columns.index(first)),
            (self.second, self._columns.index(second)),
        ):
            with QSignalBlocker(box):
                box.setCurrentIndex(index)
        self.first.setVisible(len(scene.slice_columns) > 0)
        self.second.setVisible(len(scene.slice_columns) > 1)
        self.setVisible(len(self._columns) > 1)

    def _names(self) -> tuple[str, str]:
        """The two columns in force, different ones where there are two."""
        first = self._first_name if self._first_name in self._columns else self._columns[0]
        second = self._second_name if self._second_name in self._columns else self._columns[-1]
        if second == first:
            second = next((name for name in self._columns if name != first), first)
        return first, second

    def _choose(self) -> None:
        self.picture_chosen.emit(self._names()[: self.kinds.currentIndex()])

    def _on_kind_chosen(self, _index: int) -> None:
        self._choose()

    def _on_first_chosen(self, index: int) -> None:
        first, second = self._names()
        self._first_name = self._columns[index]
        # Both axes cannot be the same: they change places.
        self._second_name = first if self._first_name == second else second
        self._choose()

    def _on_second_chosen(self, index: int) -> None:
        first, second = self._names()
        self._second_name = self._columns[index]
        self._first_name = second if self._second_name == first else first
        self._choose()
