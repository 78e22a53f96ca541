"""A window that may be asked to stay: a person closes it who has something in it that is not saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QCloseEvent, QGuiApplication


class Asked:
    """Beside the base of a window, which asks ``is_to_stay`` first of all when it is closed.

    ``may_close`` asks a person; None: nobody is asked, as where a script drives the window. Who closes it by calling
    ``close`` is no person, nor is the end of a login.
    """

    may_close: Callable[[], bool] | None = None
    _is_by_hand = False

    def close(self) -> bool:
        """As of a widget."""
        raise NotImplementedError

    def close_by_hand(self) -> None:
        """Close as a person who has chosen to quit."""
        self._is_by_hand = True
        try:
            self.close()
        finally:
            self._is_by_hand = False

    def is_to_stay(self, event: QCloseEvent) -> bool:
        """Whether the window is not to be closed by ``event``, which is refused then."""
        # What the window system asks for is what a person has clicked, but for the end of a login.
        is_by_hand = self._is_by_hand or (event.spontaneous() and not _is_login_ending())
        if not is_by_hand or self.may_close is None or self.may_close():
            return False
        event.ignore()
        return True


def _is_login_ending() -> bool:
    application = QGuiApplication.instance()
    return isinstance(application, QGuiApplication) and application.isSavingSession()
