"""What a window has to do with sessions: it is saved and opened, and a person who closes it may be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QCloseEvent, QGuiApplication

from regdesk.views.sessions.look import (
    bring_back_buttons,
    bring_back_explain,
    bring_back_layout,
    bring_back_pictures,
    layout_look,
    pictures_look,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.views.docks.panel_docks import PanelDocks
    from regdesk.views.explain.door import ExplainDoor
    from regdesk.views.plots.panel import Panel
    from regdesk.views.sessions.door import SessionDoor


class SessionWindow:
    """Beside the base of a window, which asks ``is_to_stay`` first of all when it is closed, and says its title in
    ``name_window``.

    ``may_close`` asks a person; None: nobody is asked, as where a script drives the window. Who closes it by calling
    ``close`` is no person, nor is the end of a login. What raises NotImplementedError here is of the window itself.
    """

    may_close: Callable[[], bool] | None = None
    session_file, is_unsaved = "", False
    """The name of the file of the session, empty for none, and whether there is something that no file holds."""
    program_name = "regdesk"
    """As the title ends."""
    _is_by_hand = False
    sessions: SessionDoor
    docks: PanelDocks
    explain: ExplainDoor
    panels: Sequence[Panel]

    @property
    def kept_status(self) -> str:
        """What the status line says of the model."""
        raise NotImplementedError

    def name_window(self) -> None:
        """Say in the title what is open."""
        raise NotImplementedError

    def show_safe(self) -> None:
        """The title says that this start uses nothing that was kept."""
        self.program_name = "regdesk (safe start)"
        self.name_window()

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

    def show_session_file(self, name: str, is_unsaved: bool) -> None:
        """The file of the session, empty for none; ``is_unsaved``: there is something that no file holds."""
        self.session_file, self.is_unsaved = name, is_unsaved
        self.name_window()

    def kept_look(self) -> dict[str, Any]:
        """How all of it looks besides its settings, as JSON holds it."""
        return {
            "layout": layout_look(self.docks),
            "explain_px": self.explain.open_px,
            "panels": pictures_look(self.panels),
            "status": self.kept_status,
        }

    def bring_back_layout(self, look: Mapping[str, Any]) -> None:
        """Have the panels where ``kept_look`` has found them, with their buttons down that were."""
        bring_back_explain(self.explain, look.get("explain_px"))
        bring_back_layout(self.docks, look.get("layout"))
        bring_back_buttons(self.panels, look.get("panels"))

    def bring_back_pictures(self, look: Mapping[str, Any]) -> None:
        """Have the axes as they were: after the first frame of the run that is shown in them."""
        bring_back_pictures(self.panels, look.get("panels"))

    def save_session(self, path: str | PathLike[str]) -> None:
        """Write the session as ``path``, and return when it is there. Raises OSError, one sentence, if it cannot be.

        The event loop goes on meanwhile.
        """
        self.sessions.save_to(fspath(path))

    def open_session(self, path: str | PathLike[str]) -> None:
        """Open the session in ``path``, and return when it is on screen, or a person is asked about its data.

        Raises OSError, one sentence, if it cannot be opened.
        """
        self.sessions.open_from(fspath(path))


def _is_login_ending() -> bool:
    application = QGuiApplication.instance()
    return isinstance(application, QGuiApplication) and application.isSavingSession()
