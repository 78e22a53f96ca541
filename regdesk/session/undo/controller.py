"""Undo and redo of what a person has chosen: it listens to everything that is chosen, and answers the two actions."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject

from regdesk.session.run import source_settings
from regdesk.session.undo.gesture import Gesture
from regdesk.session.undo.history import StepHistory
from regdesk.session.undo.moments import Moments
from regdesk.session.undo.runs import WeightRuns
from regdesk.session.undo.sentences import IN_LESSON, NOTHING_DONE, NOTHING_UNDONE, READING, Offer, offer_of
from regdesk.session.undo.step import Reach
from regdesk.session.undo.step_words import choice_words
from regdesk.session.undo.surroundings import SurroundingSteps

if TYPE_CHECKING:
    from regdesk.core.settings.change import Change
    from regdesk.session.calculator_service import Asked
    from regdesk.session.clock import Clock
    from regdesk.session.controllers.data import DataController
    from regdesk.session.controllers.frame_clock import FrameClock
    from regdesk.session.controllers.lessons import LessonController
    from regdesk.session.controllers.run import RunController
    from regdesk.session.controllers.weights import WeightsController
    from regdesk.session.runs.kept_runs import KeptRuns
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.session.travel.branches import Branches
    from regdesk.session.undo.moment import Moment
    from regdesk.session.undo.step import Step
    from regdesk.views.window.main_window import MainWindow

Way = Literal["undo", "redo"]
DONE: dict[Way, str] = {"undo": "Undone: {words}.", "redo": "Done again: {words}."}
OF_A_RUN = ("source", "data", "seed", "architecture")
"""Settings of which a change makes another run."""
FREEZE, LET_GO, POINT = "freeze the picture", "let the frozen picture go", "the calculator's point"
RESET, OPEN_SESSION, GO_BACK = "reset", "open a session", "go on from an earlier moment"


class UndoController(QObject):
    """What a person has done since there are data is a step; what anybody else changes is none.

    Undo of pressure brings back the setting, and training goes on. Undo of data, layers, seed or weights brings back
    the run that was, and all that was in force with it; where it could not be kept, a new run begins.
    """

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        services: Services,
        kept_runs: KeptRuns,
        branches: Branches,
        clock: Clock,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._clock, self._data = window, clock, services.data
        self._runs = WeightRuns(services.model, kept_runs, self)
        self._moments = Moments(window, session, services, self._runs, branches, self)
        self.history = StepHistory(self._moments.restore)
        self._gesture = Gesture()
        self._surroundings = SurroundingSteps(window, self._moments, self._note_surroundings, self)
        self._surroundings.took_places.connect(self._on_took_places)
        # Whether a source that was chosen by its setting is being read: what comes with it belongs to that step.
        self._has_data = self._is_opening = self._is_going_on = False
        # What is wanted as soon as a run has come that its thread has still to hand out.
        self._wanted: deque[Way] = deque()
        # The last step that was done before the lesson that is held, and whether there is a lesson.
        self._before_lesson: Step | None = None
        self._is_in_lesson = False
        # What is frozen: panels tell afterwards that it is another.
        self._ghosts = window.undoing.ghosts()
        self._shown: tuple[Offer, Offer] | None = None
        # Before anybody else acts on what is chosen.
        session.changed.connect(self._on_changed)
        kept_runs.return_began.connect(self._on_return_began)
        self._runs.arrived.connect(self._go_on)
        self._moments.came.connect(self._go_on)
        self._data.reading_began.connect(self._show)
        services.model.begun.connect(self._on_run_begun)
        services.model.scene_changed.connect(self._note_ghosts)
        services.calculator.point_chosen.connect(self._on_point_chosen)
        window.undoing.ghosts_changed.connect(self._on_ghosts_changed)
        window.undoing.undo_requested.connect(self.undo)
        window.undoing.redo_requested.connect(self.redo)
        self._show()

    def connect_acts(
        self,
        data: DataController,
        runs: RunController,
        weights: WeightsController,
        lessons: LessonController,
        frames: FrameClock,
    ) -> None:
        """Hear of all that is done besides settings; last, when who acts on data that have come is connected."""
        self._moments.connect_data(data)
        data.taken.connect(self._on_data_there)
        data.lost.connect(self._on_data_there)
        data.given_up.connect(self._on_given_up)
        runs.resetting.connect(self._on_resetting)
        weights.weights_chosen.connect(self._on_weights_chosen)
        lessons.held_changed.connect(self._on_lesson_held)
        frames.ticked.connect(self._on_ticked)

    def undo(self) -> None:
        """Bring back what was before the last step: now, or when its run has been handed out by its thread."""
        self._wanted.append("undo")
        self._go_on()

    def redo(self) -> None:
        """Bring back what was after the step that was undone last, as ``undo`` does."""
        self._wanted.append("redo")
        self._go_on()

    def _go_on(self) -> None:
        """Do what is wanted, as far as it can be done by now."""
        if self._is_going_on:
            # A run that never began is handed out while it is left.
            return
        self._is_going_on = True
        try:
            self._do_wanted()
        finally:
            self._is_going_on = False
        self._runs.forget_others(self.history.weights)
        self._show()

    def _do_wanted(self) -> None:
        while self._wanted:
            way = self._wanted[0]
            step = self._step(way)
            if step is None or self._obstacle(way):
                self._wanted.clear()
                break
            if way == "undo" and step.reach is Reach.EVERYTHING and self._data.is_preparing:
                # What is asked for is not in force yet, and will not be.
                self._wanted.clear()
                self._data.cancel()
                break
            target = step.before if way == "undo" else step.after
            if step.reach is Reach.EVERYTHING and self._runs.store.is_awaited(target.weights):
                break
            self._wanted.popleft()
            self._gesture.end()
            self.history.undo() if way == "undo" else self.history.redo()
            self._note_ghosts()
            self._window.show_status(DONE[way].format(words=step.words))

    def _step(self, way: Way) -> Step | None:
        return self.history.last if way == "undo" else self.history.next

    def _obstacle(self, way: Way) -> str:
        """Why nothing can be undone or redone at this moment, one sentence; empty where it can."""
        if self._data.is_reading or self._moments.is_waiting:
            return READING
        if way == "undo" and self._is_in_lesson and self.history.last is self._before_lesson:
            return IN_LESSON
        return ""

    def _show(self, *_what: object) -> None:
        """What can be undone and redone now."""
        offers = self._offer("undo"), self._offer("redo")
        if offers != self._shown:
            self._shown = offers
            self._window.undoing.show(*offers)

    def _offer(self, way: Way) -> Offer:
        step = self._step(way)
        if step is None:
            return "", NOTHING_DONE if way == "undo" else NOTHING_UNDONE
        obstacle = self._obstacle(way)
        if obstacle:
            return "", obstacle
        target = step.before if way == "undo" else step.after
        return offer_of(step, self._runs.can_come_back(target.weights), self._runs.store.most_bytes)

    def _on_changed(self, change: Change) -> None:
        """Told before anybody else has followed it."""
        if self._has_data and not self._moments.is_restoring:
            if change.origin == "hand":
                self._note_choice(change)
            if change.origin in ("hand", "refusal"):
                self._drop_nothing()
        self._show()

    def _note_choice(self, change: Change) -> None:
        last = self.history.last
        if self._surroundings.is_placing and last is not None:
            last.go_on(last.words, change.paths)
            return
        is_of_a_run = any(change.touches(group) for group in OF_A_RUN)
        goes_on = self._goes_on(change.paths) or (self._is_opening and is_of_a_run)
        if goes_on and last is not None:
            last.go_on(choice_words(last.before.configuration, change.after), change.paths)
            return
        if change.touches("source"):
            opened = self._data.opened
            self._is_opening = opened is None or source_settings(opened[0]) != change.after.source
        reach = Reach.EVERYTHING if is_of_a_run else Reach.SETTINGS
        before = replace(self._moments.present, configuration=change.before)
        self.history.add(before, choice_words(change.before, change.after), reach, change.paths)

    def _goes_on(self, paths: tuple[str, ...]) -> bool:
        return self._gesture.goes_on(paths, self._clock.now_s(), bool(self._window.undoing.is_held()))

    def _drop_nothing(self) -> None:
        """What has come to nothing, such as a choice that was refused, is no step."""
        last = self.history.last
        if last is not None and last.before.is_same_as(self._moments.present_of(last.reach)):
            self.history.drop_last()
            self._gesture.end()

    def _on_return_began(self, origin: str) -> None:
        """Somebody else brings a run back: from a file, or from another moment of the present one."""
        if origin != "lesson":
            self._note_act(OPEN_SESSION if origin == "script" else GO_BACK)

    def _note_surroundings(self, before: Moment, words: str, reach: Reach) -> bool:
        """Whether what a person does to the window is a step."""
        if self._has_data and not self._moments.is_restoring:
            self._gesture.end()
            self.history.add(before, words, reach)
            self._show()
            return True
        return False

    def _on_took_places(self) -> None:
        self._drop_nothing()
        self._show()

    def _on_resetting(self) -> None:
        self._note_act(RESET)

    def _on_weights_chosen(self, words: str) -> None:
        """They are about to be put into the run that is there."""
        self._note_act(words)
        self._runs.note_other_weights()

    def _note_act(self, words: str) -> None:
        """A person is about to have other weights."""
        if self._has_data and not self._moments.is_restoring:
            self._gesture.end()
            self.history.add(self._moments.present, words, Reach.EVERYTHING)
            self._show()

    def _on_ghosts_changed(self) -> None:
        before, self._ghosts = self._ghosts, self._window.undoing.ghosts()
        if self._has_data:
            self._gesture.end()
            is_frozen = any(ghost is not None for ghost in self._ghosts or ())
            moment = replace(self._moments.present, ghosts=before or ())
            self.history.add(moment, FREEZE if is_frozen else LET_GO, Reach.GHOSTS)
            self._drop_nothing()
            self._show()

    def _note_ghosts(self, *_scene: object) -> None:
        """What is frozen: other data, and another picture of the fit, drop what means nothing in them."""
        self._ghosts = self._window.undoing.ghosts()

    def _on_run_begun(self) -> None:
        # Those of a session that is opened first of all are read by nobody.
        self._has_data = True
        self._note_ghosts()
        self._show()

    def _on_point_chosen(self, before: Asked) -> None:
        if not self._has_data:
            return
        if not self._goes_on((POINT,)):
            self.history.add(replace(self._moments.present, point=before), POINT, Reach.POINT)
        self._drop_nothing()
        self._show()

    def _on_lesson_held(self, is_held: bool) -> None:
        if is_held and not self._is_in_lesson:
            self._before_lesson = self.history.last
        self._is_in_lesson = is_held
        self._gesture.end()
        self._show()

    def _on_ticked(self, _now_s: float) -> None:
        """Sixty times a second: whether the mouse was let go."""
        self._gesture.note_time(bool(self._window.undoing.is_held()))

    def _on_data_there(self, *_what: object) -> None:
        self._has_data, self._is_opening = True, False
        self._go_on()

    def _on_given_up(self) -> None:
        self._is_opening = False
        self._show()
