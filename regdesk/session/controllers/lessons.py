"""The door to lessons: what holds them is loaded when somebody wants the first one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from regdesk.session.controllers.lesson_holding import LessonHolding
    from regdesk.session.controllers.presenter import Presenter
    from regdesk.session.controllers.run import RunController
    from regdesk.session.lesson_service import LessonMemory
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.views.window.main_window import MainWindow

SUFFIX = ".md"
"""Of a file that may be a lesson."""


class LessonController(QObject):
    """Belongs to the session's controller. ``memory`` is None where nothing is kept.

    Signal: ``held_changed(bool)`` when a lesson begins, before it sets up anything, and when it has been left.
    """

    held_changed = Signal(bool)

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        services: Services,
        presenter: Presenter,
        runs: RunController,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.memory: LessonMemory | None = None
        self._parts = window, session, services, presenter, runs
        self._holding: LessonHolding | None = None
        door = window.lessons
        door.tour_requested.connect(self.open_tour)
        door.list_requested.connect(self._on_list_requested)
        door.lesson_chosen.connect(self.open_lesson)
        door.folder_chosen.connect(self._on_folder_chosen)

    @property
    def holding(self) -> LessonHolding:
        """What holds a lesson; made when it is first asked for."""
        if self._holding is None:
            from regdesk.session.controllers.lesson_holding import LessonHolding

            self._holding = LessonHolding(*self._parts, lambda: self.memory, self)
            self._holding.service.begun.connect(lambda: self.held_changed.emit(True))
            self._holding.service.left.connect(lambda: self.held_changed.emit(False))
        return self._holding

    @property
    def is_held(self) -> bool:
        """Whether there is a lesson under way."""
        return self._holding is not None and self._holding.service.progress is not None

    def leave(self) -> None:
        """Nothing is held any more; data and model stay."""
        if self._holding is not None:
            self._holding.service.leave()

    def open_tour(self) -> None:
        """The guided tour, from its beginning."""
        self.holding.open_tour()

    def open_lesson(self, path: str) -> None:
        """The lesson in a file, at the first step that has not been done yet; of one that was learnt at the first."""
        self.holding.open_lesson(path)

    def takes(self, file: str) -> bool:
        """Open ``file`` if it is a lesson, and say whether it looks like one."""
        return file.lower().endswith(SUFFIX) and self.holding.takes(file)

    def tick(self, now_s: float) -> None:
        """Look now and then whether what is waited for is so."""
        if self._holding is not None:
            self._holding.tick(now_s)

    def _on_list_requested(self) -> None:
        self.holding.show_list()

    def _on_folder_chosen(self, folder: str) -> None:
        self.holding.show_folder(folder)
