"""What keeps a session: save it, and save it as another file."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction

from regdesk.views.kit.plain_text import tool_tip
from regdesk.views.models.actions import Adder


@dataclass(frozen=True)
class SessionActions:
    """Both are possible when there is a model."""

    save: QAction
    save_as: QAction

    @classmethod
    def of(cls, add: Adder) -> SessionActions:
        """Made by ``add``, and not possible yet."""

        def tr(text: str) -> str:
            return QCoreApplication.translate("SessionActions", text)

        found = cls(
            add("save", tr("&Save"), tr("Keep all of this: data, choices, the model and its course"), "Ctrl+S", ""),
            add(
                "saveAs", tr("Save &as…"), tr("Keep all of this in another file, with its data if you like"),
                "Ctrl+Shift+S", "",
            ),
        )  # fmt: skip
        for action in found.all:
            action.setData(action.toolTip())
            action.setAutoRepeat(False)
        return found

    @property
    def all(self) -> tuple[QAction, ...]:
        return self.save, self.save_as

    def show_unavailable(self, reason: str) -> None:
        """Why there is nothing to save; empty where there is."""
        for action in self.all:
            action.setEnabled(not reason)
            action.setToolTip(tool_tip(reason or action.data()))
