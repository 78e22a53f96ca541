"""What can be done with a model besides training it: save it, look at it, have it predict, report on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction

from regdesk.views.kit.plain_text import tool_tip

Adder = Callable[[str, str, str, str, str], QAction]
"""Makes an action of a name, a text, a tool tip, keys and an icon."""


@dataclass(frozen=True)
class ModelActions:
    """``save`` and ``report`` need the live model; the others are content with one that was opened."""

    save: QAction
    facts: QAction
    predict: QAction
    export: QAction
    report: QAction

    @classmethod
    def of(cls, add: Adder) -> ModelActions:
        """Made by ``add``, and not possible yet."""

        def tr(text: str) -> str:
            return QCoreApplication.translate("ModelActions", text)

        found = cls(
            add("saveModel", tr("Save &model…"), tr("Write the model that is shown to a file"), "Ctrl+Shift+M", ""),
            add("model", tr("Show mo&del…"), tr("What is in the model, and where it comes from"), "Ctrl+I", ""),
            add("predict", tr("Pr&edict a file…"), tr("Predictions for the rows of another file"), "Ctrl+P", ""),
            add(
                "export",
                tr("E&xport code…"),
                tr("The model in another language, to be copied or saved"),
                "Ctrl+Shift+X",
                "",
            ),
            add(
                "report",
                tr("Write a repor&t…"),
                tr("All there is to say of the model, on a page or as PDF"),
                "Ctrl+Shift+R",
                "",
            ),
        )
        for action in found.all:
            action.setData(action.toolTip())
            action.setAutoRepeat(False)
        return found

    @property
    def all(self) -> tuple[QAction, ...]:
        return self.save, self.facts, self.predict, self.export, self.report

    def show_unavailable(self, live: str, any_model: str) -> None:
        """Why nothing can be done with the live model, and with no model at all; empty where it can."""
        for action in self.all:
            reason = live if action in (self.save, self.report) else any_model
            action.setEnabled(not reason)
            action.setToolTip(tool_tip(reason or action.data()))
