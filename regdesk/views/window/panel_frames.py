"""Brings every panel to one moment: as much of it as is due, and of a new run one panel after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from regdesk.core.run.pace import Part
from regdesk.views.window.paint_turns import PaintTurns

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from regdesk.core.run.frame import Frame
    from regdesk.views.plots.panel import Panel


class PanelFrames:
    """``newest`` is the frame that the panels show, or are being brought to; None before the first of a run."""

    def __init__(self, panels: Sequence[Panel], show_words: Callable[[Frame], None], parent: QObject) -> None:
        """``show_words`` is called with a frame of which what is said beside the panels is due."""
        self._panels, self._show_words = panels, show_words
        self._paint_turns = PaintTurns(parent)
        self.newest: Frame | None = None
        # What of it has to wait.
        self._waiting = Part(0)
        # Panels without a picture of the present run; the first one of a run takes longest.
        self._undrawn: list[Panel] = []

    def begin_run(self) -> None:
        """Panels are about to be drawn anew: they are painted in turn."""
        self._paint_turns.begin(self._panels)

    def forget(self) -> None:
        """What was shown is of no model that is there."""
        self.newest = None
        self._undrawn = list(self._panels)
        for panel in self._panels:
            panel.forget_frame()

    def show(self, frame: Frame, due: Part) -> None:
        """Bring every panel to one moment, or as much of them as is ``due``; ``catch_up`` shows the rest."""
        self._waiting = Part.ALL & ~due
        self._show(frame, due)

    def _show(self, frame: Frame, due: Part) -> None:
        self.newest = frame
        problems: list[Exception] = []
        self._undrawn = [panel for panel in self._undrawn if panel.is_seen]
        following = self._undrawn[1:]
        for panel in self._panels:
            if panel in following:
                # With its sentence: one of two lines would move the picture.
                continue
            try:
                # The first picture holds all.
                panel.show_frame(frame, Part.ALL if panel in self._undrawn else due)
            except Exception as problem:
                # The others go on; it is raised when they have been brought up to date.
                problems.append(problem)
        self._undrawn = following
        if Part.WORDS in due:
            self._show_words(frame)
        if problems:
            raise problems[0] if len(problems) == 1 else ExceptionGroup("panels", problems)

    @property
    def is_behind(self) -> bool:
        """Whether something of the newest frame is still to be shown."""
        return self.newest is not None and bool(self._waiting or self._undrawn)

    def catch_up(self, due: Part) -> None:
        """Show what of the newest frame had to wait, and is ``due``; of a new run the next panel."""
        now, self._waiting = self._waiting & due, self._waiting & ~due
        if self.newest is not None and (now or self._undrawn):
            self._show(self.newest, now)

    def draw_all(self) -> None:
        """Show panels that have no picture of the present run yet, and let all of them be painted."""
        self._paint_turns.end()
        while self.newest is not None and self._undrawn:
            self._show(self.newest, Part(0))

    @staticmethod
    def show_once_more(frame: Frame, panels: Sequence[Panel], n_frames: int) -> None:
        """The same moment for some of the panels, as frames of their own: drawn once more it would move no axis."""
        again = replace(frame)
        for panel in panels:
            panel.show_frame(again, n_frames=n_frames)
