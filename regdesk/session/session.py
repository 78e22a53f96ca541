"""The only holder of the configuration, and the only way in which anything of it changes."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from regdesk.core.settings.change import Change, Origin
from regdesk.core.settings.configuration import Configuration
from regdesk.core.settings.configuration_record import changed_configuration


class Session(QObject):
    """Signal: ``changed(Change)``, once for each call that has changed something.

    Whoever hears it may change something else: that is told when everybody has heard of the first, so that all hear of
    the same changes in the same order. ``configuration`` is the newest all the while.
    """

    changed = Signal(object)

    def __init__(self, configuration: Configuration, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._configuration = configuration
        self._untold: deque[Change] = deque()
        self._is_telling = False
        self.step = 0
        """Optimiser steps of the run on screen, which changes carry; whoever shows the run says it."""

    @property
    def configuration(self) -> Configuration:
        """What is in force, or has been asked for and is being prepared."""
        return self._configuration

    def change(self, path: str, value: Any, origin: Origin = "hand") -> None:
        """Put ``value`` in force at ``path``, which names a setting or a whole group.

        Raises WrongSetting, a sentence, for an unknown path or a value out of its bounds; then nothing has changed.
        """
        self.change_all({path: value}, origin)

    def change_all(self, values: Mapping[str, Any], origin: Origin = "hand") -> None:
        """Put several values in force at once, as one change. Raises as ``change``."""
        before = self._configuration
        after = changed_configuration(before, values)
        if after == before:
            return
        self._configuration = after
        self._untold.append(Change(before, after, self.step, origin))
        self._tell()

    def _tell(self) -> None:
        if self._is_telling:
            return
        self._is_telling = True
        try:
            while self._untold:
                self.changed.emit(self._untold.popleft())
        finally:
            self._is_telling = False
