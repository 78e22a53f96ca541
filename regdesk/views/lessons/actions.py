"""What begins a lesson: the list of them, and the guided tour."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction

from regdesk.views.models.actions import Adder


@dataclass(frozen=True)
class LessonActions:
    """Both are in the help menu."""

    tour: QAction
    lessons: QAction

    @classmethod
    def of(cls, add: Adder) -> LessonActions:
        """Made by ``add``."""

        def tr(text: str) -> str:
            return QCoreApplication.translate("LessonActions", text)

        return cls(
            add("tour", tr("&Guided tour"), tr("Three steps: see it overfit, raise λ, pick λ"), "", ""),
            add("lessons", tr("&Lessons…"), tr("Short lessons, each done in this window"), "Ctrl+F1", ""),
        )

    @property
    def all(self) -> tuple[QAction, ...]:
        return self.tour, self.lessons
