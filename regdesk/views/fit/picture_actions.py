"""The entries of the data fit's context menu: which picture, and which rows are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QWidget

from regdesk.core.settings.settings_table import setting_at

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitScene
    from regdesk.core.settings.configuration import ViewSettings

ROWS = ("view.shows_training_rows", "view.shows_validation_rows")


class PictureActions(QObject):
    """Signals: ``kind_chosen(int)`` with the number of columns of a slice, 0 for the automatic picture;
    ``settings_chosen(object)`` with the values of settings by path.
    """

    kind_chosen = Signal(int)
    settings_chosen = Signal(object)

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
        rows = QActionGroup(self)
        rows.setExclusive(False)
        rows.triggered.connect(self._on_rows_triggered)
        self._rows = tuple(QAction(setting_at(path).beside, rows) for path in ROWS)
        for path, action in zip(ROWS, self._rows, strict=True):
            action.setObjectName(setting_at(path).control)
            action.setCheckable(True)
            action.setChecked(True)
            action.setData(path)

    @property
    def chosen_rows(self) -> tuple[bool, bool]:
        """Whether training rows are shown, and validation rows."""
        training, validation = self._rows
        return training.isChecked(), validation.isChecked()

    def show_view_settings(self, view: ViewSettings) -> bool:
        """What is in force; whether other rows are shown than before."""
        before, wanted = self.chosen_rows, (view.shows_training_rows, view.shows_validation_rows)
        for action, is_shown in zip(self._rows, wanted, strict=True):
            action.setChecked(is_shown)
        return wanted != before

    def of_scene(self, scene: FitScene | None) -> list[QAction]:
        """As they are for what is drawn."""
        for n_columns, action in enumerate(self._kinds):
            action.setChecked(scene is not None and n_columns == len(scene.slice_columns))
            action.setEnabled(scene is not None and len(scene.columns) > max(1, n_columns - 1))
        return [*self._kinds, self._separator, *self._rows]

    def _on_kind_triggered(self, action: QAction) -> None:
        self.kind_chosen.emit(int(action.data()))

    def _on_rows_triggered(self, action: QAction) -> None:
        self.settings_chosen.emit({action.data(): action.isChecked()})
