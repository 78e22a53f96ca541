"""The entries of the data fit's context menu: which picture, and which rows are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitScene


class PictureActions(QObject):
    """Signals: ``kind_chosen(int)`` with the number of columns of a slice, 0 for the automatic picture;
    ``rows_toggled()``.
    """

    kind_chosen = Signal(int)
    rows_toggled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._group = QActionGroup(self)
        self._kinds = []
        for n_columns, text in enumerate(
            (self.tr("Automatic picture"), self.tr("Slice along one column"), self.tr("Slice along two columns"))
        ):
            action = QAction(text, self._group)
            action.setCheckable(True)
            action.setData(n_columns)
            self._kinds.append(action)
        self._group.triggered.connect(self._on_kind_triggered)
        self._separator = QAction(self)
        self._separator.setSeparator(True)
        self.show_training = QAction(self.tr("Show training rows"), parent)
        self.show_validation = QAction(self.tr("Show validation rows"), parent)
        for action, name in (
            (self.show_training, "showTrainingRowsAction"),
            (self.show_validation, "showValidationRowsAction"),
        ):
            action.setObjectName(name)
            action.setCheckable(True)
            action.setChecked(True)
            action.toggled.connect(self._on_rows_toggled)

    @property
    def chosen_rows(self) -> tuple[bool, bool]:
        """Whether training rows are shown, and validation rows."""
        return self.show_training.isChecked(), self.show_validation.isChecked()

    def of_scene(self, scene: FitScene | None) -> list[QAction]:
        """As they are for what is drawn."""
        for n_columns, action in enumerate(self._kinds):
            action.setChecked(scene is not None and n_columns == len(scene.slice_columns))
            action.setEnabled(scene is not None and len(scene.columns) > max(1, n_columns - 1))
        return [*self._kinds, self._separator, self.show_training, self.show_validation]

    def _on_kind_triggered(self, action: QAction) -> None:
        self.kind_chosen.emit(int(action.data()))

    def _on_rows_toggled(self, _is_shown: bool) -> None:
        self.rows_toggled.emit()
