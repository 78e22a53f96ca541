"""What is asked of a model or of its data beside its training: the controllers of all such questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.session.questions.comparison import ComparisonController
from regdesk.session.questions.published import PublishedController
from regdesk.session.questions.resampling import ResamplingController
from regdesk.session.questions.translations import TranslationsController
from regdesk.session.questions.variables import VariablesController

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from regdesk.core.settings.change import Change
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.views.window.main_window import MainWindow


class Asides:
    """One of each; ``parts_that_fail`` say what is nobody's fault but the program's."""

    def __init__(self, window: MainWindow, session: Session, services: Services, parent: QObject) -> None:
        self.parts_that_fail = (services.importance, services.comparison, PublishedController(window, services, parent))
        self._comparison = ComparisonController(window, session, services, parent)
        self._translations = TranslationsController(window, session, services, parent)
        self._variables = VariablesController(window, services, parent)
        self._resampling = ResamplingController(window, session, services, parent)

    def follow(self, change: Change) -> None:
        """Another λ has other numbers in other programs."""
        self._translations.follow(change)
