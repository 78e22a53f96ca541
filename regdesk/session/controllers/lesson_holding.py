"""Lessons in the window: which there are, what one sets up and waits for, and how the window is put back after it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from regdesk.core.lessons.figures import is_of, run_figures, setting_figures, sweep_figures, weight_figures
from regdesk.core.lessons.view import LessonEntry, lesson_view
from regdesk.data.errors import DataError
from regdesk.data.lessons.bundled import NAMES, TOUR, bundled_lesson, bundled_name
from regdesk.data.lessons.lesson_files import BadLesson, LessonFile, lesson_paths, looks_like_a_lesson, read_lesson
from regdesk.data.samples import samples
from regdesk.session.lesson_service import LOOKS, LessonService, values_of_sample

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regdesk.core.lessons.figures import Value
    from regdesk.core.lessons.progress import Progress
    from regdesk.core.lessons.view import LessonView
    from regdesk.core.settings.configuration import Configuration
    from regdesk.session.controllers.presenter import Presenter
    from regdesk.session.controllers.run import RunController
    from regdesk.session.lesson_service import LessonMemory
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.tasks.not_trainable import NotTrainable
    from regdesk.views.window.main_window import MainWindow

LOOK_EVERY_S = 0.1
"""How often it is looked whether something that is waited for is so: as soon as the eye would know."""
NOT_WHILE_READING = "A lesson opens data of its own: wait until {title} has been read, or cancel that."
AFTER_READING = "The lesson opens as soon as {title} has been read …"

STANDS_IN = "This lesson goes by your data, and none are open: the sample {title} stands in. Ctrl+O opens yours."

OPENED = ("source", "data", "seed", "architecture", "training", "sweep")
"""What is brought back for somebody who wants what was open before."""


class LessonHolding(QObject):
    """Belongs to ``LessonController``. ``memory`` answers with None where nothing is kept."""

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        services: Services,
        presenter: Presenter,
        runs: RunController,
        memory: Callable[[], LessonMemory | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._memory = memory
        self._window, self._session, self._services = window, session, services
        self._presenter, self._runs = presenter, runs
        self._looked_s = float("-inf")
        # What somebody wants to open before the first data have been read.
        self._wanted: tuple[Callable[[], LessonFile | BadLesson], int | None] | None = None
        # What was in force when the first of the lessons began that were held one after the other.
        self._before: Configuration | None = None
        self._was_ready = False
        self.service = service = LessonService(session, self)
        service.begun.connect(self._on_begun)
        service.moved.connect(self._on_moved)
        service.changed.connect(self._on_lesson_changed)
        service.action_wanted.connect(self._on_action_wanted)
        service.left.connect(self._on_left)
        services.sweeps.ended.connect(self._on_sweep_ended)
        services.data.load_failed.connect(self._on_load_failed)
        services.data.table_taken.connect(self._on_table_taken)
        services.data.request_refused.connect(service.note_trouble)
        door = window.lessons
        door.next_lesson_requested.connect(self._on_next_lesson_requested)
        door.left.connect(service.leave)
        door.return_requested.connect(self._on_return_requested)
        door.choice_made.connect(service.choose)
        door.number_given.connect(self._on_number_given)
        door.next_requested.connect(service.go_on)
        door.back_requested.connect(service.go_back)
        door.help_requested.connect(service.do_task)
        door.set_up_requested.connect(service.set_up_again)

    def open_tour(self) -> None:
        """The guided tour, from its beginning."""
        self._try_to_open(lambda: bundled_lesson(TOUR), number=0)

    def open_lesson(self, path: str) -> None:
        """The lesson in a file, at the first step that has not been done yet; of one that was learnt at the first."""
        self._try_to_open(lambda: read_lesson(Path(path), bundled_name(Path(path))))

    def takes(self, file: str) -> bool:
        """Open ``file`` if it is a lesson, and say whether it looks like one."""
        is_lesson = looks_like_a_lesson(Path(file))
        if is_lesson:
            self.open_lesson(file)
        return is_lesson

    def tick(self, now_s: float) -> None:
        """Look now and then whether what is waited for is so."""
        if self._wanted is not None and not self._services.data.is_reading:
            wanted, self._wanted = self._wanted, None
            self._try_to_open(*wanted)
        if self.service.progress is not None and now_s - self._looked_s >= LOOK_EVERY_S:
            self._looked_s = now_s
            data = self._services.data
            self.service.note(self.figures(), data.is_reading or data.is_preparing)

    def _try_to_open(self, read: Callable[[], LessonFile | BadLesson], number: int | None = None) -> None:
        data = self._services.data
        if data.is_reading:
            title = data.being_read.title if data.being_read is not None else ""
            if data.opened is None:
                # In its first second a window reads a sample, which nobody has asked for.
                self._wanted = read, number
                self._window.show_status(AFTER_READING.format(title=title))
            else:
                self._window.show_error(NOT_WHILE_READING.format(title=title))
            return
        try:
            found = read()
        except DataError as problem:
            self._window.show_error(str(problem))
            return
        if isinstance(found, BadLesson):
            self._window.lessons.show_faults(found.path.name, found.sentences)
            return
        self._keep()
        if number is None:
            n_done, n_steps = self._recalled().get(found.key, (0, 0))
            number = n_done if n_done < n_steps == len(found.lesson.steps) else 0
        self.service.begin(found, number)
        if not found.lesson.opens_data and data.opened is None:
            # As from the command line: it goes by the reader's data, and there are none.
            one = samples()[0]
            self._session.change_all(values_of_sample(one), "lesson")
            self._window.show_status(STANDS_IN.format(title=one.title))

    def figures(self) -> dict[str, Value]:
        services, frame = self._services, self._presenter.frame
        found: dict[str, Value] = setting_figures(self._session.configuration)
        found["is_running"] = services.model.is_running
        run = services.model.run
        if frame is not None and run is not None and is_of(frame, self._session.configuration.training):
            found |= run_figures(frame)
            found |= weight_figures(frame, tuple(run.dataset.input_names))
        sweeps, lam = services.sweeps, self._session.configuration.training.lam
        found |= sweep_figures(sweeps.curve, sweeps.is_stale or sweeps.is_busy, lam)
        return found | self._window.lessons.panels_in_sight()

    def _recalled(self) -> Mapping[str, tuple[int, int]]:
        memory = self._memory()
        return {} if memory is None else memory.recalled()

    def _keep(self) -> None:
        """Remember how far the lesson that is held has been done."""
        file, progress, memory = self.service.file, self.service.progress, self._memory()
        if memory is None or file is None or progress is None:
            return
        steps = range(len(progress.steps))
        n_done = next((number for number in steps if not progress.is_complete(number)), len(progress.steps))
        before, n_before = self._recalled().get(file.key, (0, 0))
        if n_before != len(progress.steps) or n_done > before:
            memory.keep(file.key, n_done, len(progress.steps))

    def _on_begun(self) -> None:
        if self._before is None:
            self._before = self._session.configuration
            self._window.lessons.remember_layout()

    def _on_moved(self) -> None:
        self._keep()
        self._arrange()

    def _arrange(self) -> None:
        progress = self.service.progress
        if progress is not None:
            step = progress.step
            self._window.lessons.arrange((*progress.lesson.hidden, *step.hidden), step.shown)

    def _on_lesson_changed(self) -> None:
        service = self.service
        if service.progress is not None:
            self._keep()
            following = self._following()
            title = "" if following is None else following.lesson.title
            self._window.lessons.show_lesson(self._view(service.progress, title))
        is_ready = service.is_ready
        if is_ready and not self._was_ready:
            # The lesson's own dock has taken room since, for which panels have gone behind others.
            self._arrange()
        self._was_ready = is_ready

    def _view(self, progress: Progress, next_title: str) -> LessonView:
        now, before = self._session.configuration, self._before
        can_return = before is not None and any(getattr(now, name) != getattr(before, name) for name in OPENED)
        return lesson_view(progress, self.service.is_ready, self.service.trouble, next_title, can_return)

    def _on_left(self) -> None:
        """Controls come back and panels stand as they stood; data and model stay as the lesson has left them."""
        self._window.lessons.put_back()
        before, self._before = self._before, None
        if before is not None:
            self._session.change_all({f"view.{name}": getattr(before.view, name) for name in LOOKS}, "lesson")

    def _on_return_requested(self) -> None:
        """Leave the lesson, and open what was open before it: the same data and settings, with a new run."""
        before = self._before
        self.service.leave()
        if before is not None:
            self._session.change_all({name: getattr(before, name) for name in OPENED}, "lesson")

    def _on_action_wanted(self, action: str) -> None:
        window, sweeps = self._window, self._services.sweeps
        if action == "reset":
            self._runs.begin_again()
        elif action in ("run", "pause"):
            self._runs.set_running(action == "run")
        elif action == "solve":
            window.solve_requested.emit()
        elif action == "use_best":
            window.loss_curve.choose_best()
        elif action == "use_1se":
            window.loss_curve.choose_one_standard_error()
        elif not sweeps.is_busy and (sweeps.curve is None or sweeps.is_stale or not sweeps.curve.is_done):
            window.sweep_requested.emit()

    def _on_sweep_ended(self, n_done: int, n_all: int, _unit: str) -> None:
        if n_done == n_all:
            self.service.note_sweep_ended()

    def _on_load_failed(self, error: Exception) -> None:
        self.service.note_trouble(str(error))

    def _on_table_taken(self, taken: NotTrainable) -> None:
        self.service.note_trouble(str(taken))

    def _on_number_given(self, number: float) -> None:
        self.service.enter(number, self.figures())

    def show_list(self) -> None:
        """The lessons that come along."""
        self._window.lessons.show_list(tuple(self._entry(name) for name in NAMES))

    def show_folder(self, folder: str) -> None:
        """All lessons in a folder, below the others."""
        try:
            paths = lesson_paths(Path(folder))
        except DataError as problem:
            self._window.lessons.show_problem(str(problem))
            return
        self._window.lessons.add_to_list(Path(folder).name, tuple(self._entry_of(path) for path in paths))

    def _on_next_lesson_requested(self) -> None:
        following = self._following()
        if following is not None:
            self._try_to_open(lambda: following)

    def _following(self) -> LessonFile | None:
        """The lesson that comes along and stands after the one that is held; the first after the tour."""
        key = "" if self.service.file is None else self.service.file.key
        names = (TOUR, *NAMES)
        if key not in names[:-1]:
            return None
        try:
            return bundled_lesson(names[names.index(key) + 1])
        except DataError:
            return None

    def _entry(self, name: str) -> LessonEntry:
        try:
            return self._entry_for(bundled_lesson(name))
        except DataError as problem:
            return LessonEntry("", name, "", 0, 0, str(problem))

    def _entry_of(self, path: Path) -> LessonEntry:
        try:
            found = read_lesson(path)
        except DataError as problem:
            return LessonEntry(str(path), path.name, "", 0, 0, str(problem))
        if isinstance(found, BadLesson):
            return LessonEntry(str(path), path.name, "", 0, 0, "\n".join(found.sentences))
        return self._entry_for(found)

    def _entry_for(self, found: LessonFile) -> LessonEntry:
        n_steps = len(found.lesson.steps)
        n_done, n_before = self._recalled().get(found.key, (0, 0))
        n_done = n_done if n_before == n_steps else 0
        return LessonEntry(str(found.path), found.lesson.title, found.lesson.about, n_done, n_steps)
