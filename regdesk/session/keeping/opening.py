"""Puts a session that was read on screen: its data and run, its sweep, what was frozen, and how all of it looked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, Signal

if TYPE_CHECKING:
    from regdesk.core.run.frame import Frame
    from regdesk.core.settings.configuration import Configuration
    from regdesk.session.keeping.desk import Desk
    from regdesk.session.keeping.gathered import FrozenMoment, Gathered
    from regdesk.session.keeping.gathering import Gatherer

OF_THE_RUN = ("source", "data", "seed", "architecture", "training")
OF_ANOTHER_RUN = ("data", "seed", "architecture")


class SessionOpener(QObject):
    """Signal: ``shown(bool)`` when the first moment of what was opened is on screen, true if a file holds it."""

    shown = Signal(bool)

    def __init__(self, desk: Desk, gatherer: Gatherer, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._session, self._services = desk.window, desk.session, desk.services
        self._runs, self._recorder, self._gatherer = desk.runs, desk.recorder, gatherer
        self._branches = desk.branches
        # What is brought back as soon as there is a moment to show it of.
        self._coming: Gathered | None = None
        # Whether another run is to begin in the place of the one that was brought back, as it was chosen.
        self._has_run_to_come = self._is_saved = False
        # The number of the run that was brought back.
        self._run = 0
        desk.services.model.left.connect(self._on_run_left)
        desk.presenter.frame_shown.connect(self._on_frame_shown)

    def open(self, found: Gathered, *, is_saved: bool) -> None:
        """Have ``found`` in place of what is on screen, paused: it goes on as if it had never been closed.

        ``is_saved``: a file holds it.
        """
        model, configuration = self._services.model, found.configuration
        model.set_running(False)
        run = replace(found.run, configuration=replace(found.run.configuration, view=configuration.view))
        looks = {name: getattr(configuration, name) for name in ("view", "sweep", "ending")}
        self._runs.bring_back(run, "script")
        self._session.change_all(looks, "script")
        if model.run is not None:
            self._run = model.run.number
            left = {one.branch.state.run.number: one.timeline_run for one in found.branches}
            self._recorder.go_on(found.timeline, model.run.number, found.timeline_run, left)
        # Those of the session before are none of this one, of whatever data they are.
        self._branches.bring_back(one.branch for one in found.branches)
        if found.sweep is not None:
            self._services.sweeps.bring_back(found.sweep)
        self._services.calculator.ask_again(found.asked)
        self._window.bring_back_layout(found.look)
        self._coming, self._is_saved = found, is_saved
        self._has_run_to_come = not self._is_of_run_in_force(found)
        # What was chosen for the run to come, and is not in force in it, is asked for again.
        self._session.change_all({name: getattr(configuration, name) for name in OF_THE_RUN[1:]}, "script")

    def _is_of_run_in_force(self, found: Gathered) -> bool:
        """Whether nothing was chosen that makes another run of it."""
        wanted, ran = found.configuration, found.run.configuration
        return all(getattr(wanted, name) == getattr(ran, name) for name in OF_ANOTHER_RUN)

    def begin_with(self, configuration: Configuration, file: str) -> None:
        """Have what was chosen in a session, with the data that are in ``file`` now; a sample is the present one."""
        model = self._services.model
        model.set_running(False)
        source = configuration.source
        if source.sample is None:
            source = replace(source, file=file)
        values = {name: getattr(configuration, name) for name in (*OF_THE_RUN[1:], "view", "sweep", "ending")}
        is_open = source == self._session.configuration.source
        self._session.change_all({"source": source} | values, "script")
        if is_open and source.file is not None:
            # Nothing has changed in what is to be read, and the file has.
            self._services.data.open_file(source.file, source.reading, configuration.data)

    def _on_run_left(self) -> None:
        """Something else is opened before there was a moment, but for the run that was chosen itself."""
        if self._has_run_to_come:
            self._has_run_to_come = False
        else:
            self._coming = None

    def _on_frame_shown(self, frame: Frame) -> None:
        found, self._coming = self._coming, None
        if found is None:
            return
        self._has_run_to_come = False
        if found.frozen is not None and frame.snapshot.run == self._run:
            self._show_frozen(found.frozen, frame)
        elif found.frozen is None:
            self._let_go()
        self._window.draw_all()
        self._window.bring_back_pictures(found.look)
        status = found.look.get("status")
        if isinstance(status, str) and status:
            self._window.show_status(status)
        self.shown.emit(self._is_saved)

    def _let_go(self) -> None:
        """What the session before had frozen of the same data is none of this one."""
        undoing = self._window.undoing
        ghosts = undoing.ghosts() or ()
        if any(ghost is not None for ghost in ghosts):
            undoing.show_ghosts((None,) * len(ghosts))

    def _show_frozen(self, frozen: FrozenMoment, frame: Frame) -> None:
        """As if it had been frozen when it was on screen."""
        then = replace(frame, snapshot=frozen.snapshot, history=frozen.history)
        for panel in self._window.panels:
            ghost = panel.ghost_of(then)
            if ghost is not None:
                panel.show_ghost(ghost)
        freeze = self._window.commands.freeze
        with QSignalBlocker(freeze):
            freeze.setChecked(True)
        self._gatherer.note_ghost(frozen)
