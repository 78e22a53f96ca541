"""What the menu of the data fit offers for the point that is chosen while points are moved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from regdesk.views.kit.plain_text import action_text

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitScene
    from regdesk.views.fit.point_editing import PointEditing

MOST_CLASSES = 12
"""A menu of more would reach beyond the screen; the key C goes through all of them."""


class PointActions(QObject):
    """Of ``editing``; none where no point is chosen."""

    def __init__(self, parent: QObject, editing: PointEditing) -> None:
        super().__init__(parent)
        self._editing = editing
        self._actions: list[QAction] = []

    def of(self, scene: FitScene | None) -> list[QAction]:
        """The entries for now; those of before are gone."""
        for action in self._actions:
            action.deleteLater()
        self._actions = []
        if scene is None or self._editing.chosen_row is None:
            return []
        own = self._editing.chosen_class
        if own is not None:
            for number, name in enumerate(scene.classes[:MOST_CLASSES]):
                text = self.tr("This point is {name}").format(name=action_text(name))
                action = self._add(f"pointClass{number}Action", text)
                action.setCheckable(True)
                action.setChecked(number == own)
                action.triggered.connect(partial(self._editing.give_class, number))
        remove = self._add("removePointAction", self.tr("Delete this added point"))
        remove.triggered.connect(self._editing.remove)
        return self._actions

    def _add(self, name: str, text: str) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        self._actions.append(action)
        return action
