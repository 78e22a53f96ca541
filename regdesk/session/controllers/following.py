"""What the window asks of a file that may change, and what it tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from regdesk.session.file_following import FileFollower

if TYPE_CHECKING:
    from regdesk.session.clock import Clock
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.views.window.main_window import MainWindow


class FollowingController(QObject):
    """Watches the file that is open while the window's action for it is checked."""

    def __init__(self, window: MainWindow, session: Session, services: Services, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._follower = FileFollower(session, services.data, clock, self)
        self._follower.told.connect(window.show_status)
        # It stays until it has been read, which a mere status would not beside a model that trains.
        self._follower.warned.connect(window.show_error)
        window.watch_toggled.connect(self._follower.watch)
        window.came_to_front.connect(self._follower.look)

    def stop(self) -> None:
        """Look at no file any more."""
        self._follower.stop()
