"""The session in a window, as what is not saved: what it is called, when it is another, what writes and restores it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from regdesk.desktop.recovery.autosave import Writer
    from regdesk.session.controller import Controller


class UnsavedSession(QObject):
    """Belongs to the controller."""

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self._controller, self._keeper = controller, controller.keeper
        self._n_changes = 0
        self._then: Callable[[str], None] | None = None
        self._put_off: Callable[[], None] | None = None
        self._is_let_go = False
        # The last step before it is restored, and the one that restored it, if it can be undone.
        self._before: object = None
        self._step: object = None
        controller.session.changed.connect(self._on_changed)
        self._keeper.restored.connect(self._on_restored)
        self._keeper.put_off.connect(self._on_put_off)
        self._keeper.saver.saved.connect(self._on_saved)
        self._keeper.saver.discarded.connect(self._on_let_go)

    @property
    def name(self) -> str:
        """The file of the session, or else its data."""
        moment, file = self._controller.moment(), self._keeper.saver.file
        if file is not None:
            return file.name
        return "" if moment is None else moment.loaded.source.title

    @property
    def mark(self) -> Hashable | None:
        """Another one whenever something was chosen, found or trained; None where a person would call nothing work."""
        words, moment = self._keeper.unsaved_words, self._controller.moment()
        if not words or moment is None:
            return None
        return words, self._n_changes, moment.snapshot.run, moment.snapshot.step, id(moment.curve)

    @property
    def is_between(self) -> bool:
        """See ``Unsaved``."""
        return bool(self._keeper.unsaved_words) and self._controller.moment() is None

    def gather(self, then: Callable[[Writer | None, str], None]) -> None:
        """See ``Unsaved``."""

        def answer(kept: Any) -> None:
            # The model on screen is some steps behind the one that its thread has handed out.
            then(kept, "" if kept is None else f"{self.name}, {kept.how_far}")

        self._keeper.gather(answer)

    @property
    def is_let_go(self) -> bool:
        """See ``Unsaved``."""
        return self._is_let_go

    @property
    def is_undone(self) -> bool:
        """See ``Unsaved``."""
        return self._step is not None and not self._controller.undoing.history.has_done(self._step)

    def restore(self, file: Path, then: Callable[[str], None], put_off: Callable[[], None]) -> None:
        """Have the session in ``file`` on screen, as work that is in no file of a person's; see ``Unsaved``."""
        self._before = self._controller.undoing.history.last
        self._keeper.restore(file)
        # Now who waited for another one has been told.
        self._then, self._put_off = then, put_off

    def _on_put_off(self) -> None:
        if self._put_off is not None:
            self._put_off()

    def _on_saved(self, _file: str) -> None:
        # What was restored and undone is not in that file.
        self._is_let_go = self._is_let_go or not self.is_undone

    def _on_let_go(self) -> None:
        self._is_let_go = True

    def _on_restored(self, trouble: str) -> None:
        then, self._then, self._put_off = self._then, None, None
        if not trouble:
            self._is_let_go, step = False, self._controller.undoing.history.last
            self._step = None if step is self._before else step
        if then is not None:
            then(trouble)

    def _on_changed(self, _change: object) -> None:
        self._n_changes += 1
