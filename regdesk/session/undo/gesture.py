"""Which changes are one thing to a person: a drag, a key held down, a value typed."""

from __future__ import annotations

from regdesk.core.run.changes import MERGE_S

PICKED = "view.selected"
"""Parts of the model are clicked on one after the other, to look at them: that is one thing, however long it takes."""


class Gesture:
    """Changes of the same settings belong together while the mouse is held, and as close upon one another as the marks
    of the history that are drawn as one."""

    def __init__(self) -> None:
        self._paths: tuple[str, ...] = ()
        self._newest_s = float("-inf")
        self._is_held = False

    def goes_on(self, paths: tuple[str, ...], now_s: float, is_held: bool) -> bool:
        """Whether a change of the settings at ``paths`` belongs to the one before; it is the newest from now on."""
        if PICKED in paths and all(one.startswith("view.") for one in paths):
            paths = (PICKED,)
        is_near = self._is_held or now_s - self._newest_s <= MERGE_S or paths == (PICKED,)
        is_same = bool(paths) and paths == self._paths and is_near
        self._paths, self._newest_s, self._is_held = paths, now_s, is_held
        return is_same

    def note_time(self, is_held: bool) -> None:
        """Asked again and again: a mouse that was let go has ended what it did."""
        if self._is_held and not is_held:
            self.end()

    def end(self) -> None:
        """Whatever comes is another one."""
        self._paths, self._newest_s, self._is_held = (), float("-inf"), False
