"""How the window as a whole is looked at, found again at the next start: layout, size of text, column, lecture."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from regdesk.core.settings.configuration import value_at
from regdesk.core.settings.settings_table import WrongSetting
from regdesk.desktop.preferences import Preferences

if TYPE_CHECKING:
    from regdesk.core.settings.change import Change
    from regdesk.session.session import Session

KEPT = (
    "view.layout", "view.text_percent", "view.has_column", "view.is_column_chosen", "view.lecture.panels",
    "view.lecture.text_percent",
)  # fmt: skip
"""Not whether there is a lecture: a start is no lecture."""
BY_HAND = ("hand", "undo")
MOST_CHARACTERS = 10_000
_log = logging.getLogger("regdesk.settings")


class KeptLooks(QObject):
    """Belongs to the session; keeps what a person chooses of these, and nothing that a lesson or a sample brings."""

    def __init__(self, session: Session, preferences: Preferences) -> None:
        super().__init__(session)
        self._session, self._preferences = session, preferences
        session.changed.connect(self._on_changed)

    def restore(self) -> None:
        """Put in force what was chosen last; what is not what it should be is left as it is."""
        for path, value in self._kept().items():
            try:
                self._session.change(path, value, "script")
            except WrongSetting as problem:
                _log.info("What is kept of the window is not what was written: %s", problem)

    def _kept(self) -> dict[str, object]:
        text = self._preferences.looks
        try:
            found = json.loads(text) if 0 < len(text) <= MOST_CHARACTERS else {}
        except (ValueError, RecursionError):
            return {}
        return {path: found[path] for path in KEPT if path in found} if isinstance(found, dict) else {}

    def _on_changed(self, change: Change) -> None:
        if change.origin not in BY_HAND or change.touches("source") or not any(change.touches(path) for path in KEPT):
            return
        kept = self._kept() | {path: value_at(change.after, path) for path in KEPT if change.touches(path)}
        self._preferences.looks = json.dumps(kept)
        self._preferences.save()
