"""What the window asks of sessions, but for saving them: open one, and what is to be done where its data are others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.core.timeline.facts import DataFinding
from regdesk.data.errors import DataError
from regdesk.data.files.private_folder import PrivateFolder
from regdesk.session.keeping.gathering import Gatherer
from regdesk.session.keeping.lesson_return import LessonReturn
from regdesk.session.keeping.opening import SessionOpener
from regdesk.session.keeping.saver import NOTHING_TO_SAVE, SessionSaver
from regdesk.session.keeping.session_work import OpenedSession, is_session, keeping, opening
from regdesk.session.keeping.unsaved import FROZEN, WEIGHTS, UnsavedWork

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.session.keeping.desk import Desk
    from regdesk.session.keeping.gathered import Gathered
    from regdesk.session.keeping.session_work import KeptSession
    from regdesk.workers.model_work import MakeModel

WITHOUT_DATA = "The data of what was to be restored are not there as they were."
ANOTHER = "Another session was opened before what was to be restored was there."
RESTORED = "what was not saved"
"""How it is called while it is read: its file has a name of ours."""


class SessionKeeper(QObject):
    """Signals: ``file_opened(str)`` when the session is in a file: it was saved or opened; ``load_failed(str)`` with
    the sentence that is shown when one cannot be opened; ``left()`` when it is given up and nothing is on screen;
    ``restored(str)`` when what was to be restored is on screen, or with the sentence why it will not be;
    ``put_off()`` when it waits for a person, or was given up, and is not damaged; ``session_read()`` before one takes
    the place of what is on screen.

    ``data_folder`` is where data that are embedded in a session are unpacked; None: in a folder that goes with this.
    """

    file_opened = Signal(str)
    load_failed = Signal(str)
    left = Signal()
    restored = Signal(str)
    put_off = Signal()
    session_read = Signal()

    def __init__(self, desk: Desk, is_lesson_held: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._services, self._presenter = desk.window, desk.services, desk.presenter
        self._models, self._files, self._recorder = desk.models, desk.services.sessions, desk.recorder
        self.data_folder: Path | None = None
        self._own_folder: PrivateFolder | None = None
        self._gatherer = Gatherer(desk, self)
        self._opener = SessionOpener(desk, self._gatherer, self)
        self._work = UnsavedWork(desk.session, desk.services, is_lesson_held, self)
        self.saver = SessionSaver(desk, self._gatherer, self._work, self)
        self._return = LessonReturn(desk, self.saver, self._work, self)
        self._return.coming_back.connect(self.session_read)
        # What was read, whose data are not there as they were.
        self._unfound: OpenedSession | None = None
        # What is said of its data when it is on screen.
        self._told = ""
        self._reads = ""
        # Whether what is being opened is in no file of a person's.
        self._is_restoring = False
        self._connect()
        self._show()

    def _connect(self) -> None:
        window, door, files = self._window, self._window.sessions, self._files
        door.opening_wanted.connect(self._on_opening_wanted)
        door.data_file_chosen.connect(self._on_data_file_chosen)
        door.look_requested.connect(self._on_look_requested)
        door.use_requested.connect(self._on_use_requested)
        door.finding_left.connect(self._on_finding_left)
        files.opening_began.connect(self._on_opening_began)
        files.progressed.connect(window.show_progress)
        files.opened.connect(self._on_opened)
        files.opening_failed.connect(self._on_opening_failed)
        files.left.connect(self._on_left)
        window.load_cancelled.connect(files.leave)
        window.commands.freeze.toggled.connect(self._on_freeze_toggled)
        for changing in (window.histogram.weight_set, window.solve_requested, window.loss_curve.weights_requested):
            changing.connect(self._on_weights_changed)
        self._work.changed.connect(self._show_title)
        self.saver.file_changed.connect(self._show_title)
        self.saver.saved.connect(self.file_opened)
        for moved in (self._services.model.begun, self._services.model.ended):
            moved.connect(self._show)
        self._presenter.frame_shown.connect(self._on_frame_shown)
        self._opener.shown.connect(self._on_shown)

    def gather(self, then: Callable[[KeptSession | None], None]) -> None:
        """Call ``then`` in the GUI thread, soon or after the first moment of a run that has just begun, with what
        writes the session as it is then, for any thread; with None where there is no model.
        """

        def answer(found: Gathered | None, live: MakeModel | None) -> None:
            then(None if found is None or live is None else keeping(found, live, embeds=self.saver.embeds))

        self._gatherer.gather(answer)

    @property
    def unsaved_words(self) -> str:
        """What a person would lose who closes now; empty for nothing."""
        return self._work.words

    def note_lesson(self, is_held: bool) -> None:
        """A lesson begins, which is no part of what the file of the session holds; or it has been left."""
        self._return.note_lesson(is_held)
        if is_held:
            self.saver.leave_file()

    def restore(self, file: Path) -> None:
        """Open the session in ``file`` as work that is not saved: it is nobody's file, and may be removed then."""
        self._put_off(ANOTHER)
        self._is_restoring = True
        self._read(file)

    def _put_off(self, sentence: str) -> None:
        """As ``_give_up_restoring``, of what can be restored another time."""
        if self._is_restoring:
            self.put_off.emit()
        self._give_up_restoring(sentence)

    def _give_up_restoring(self, sentence: str) -> None:
        """What was to be restored is not on screen, and will not be."""
        is_restoring, self._is_restoring = self._is_restoring, False
        if is_restoring:
            self.restored.emit(sentence)

    def open(self, file: Path) -> None:
        """Read the session in ``file``."""
        self._put_off(ANOTHER)
        self._read(file)

    def _read(self, file: Path, place: Path | None = None) -> None:
        """``place`` is where a person says that the data are."""
        is_restoring, self._reads = self._is_restoring, str(file)
        work = opening(file, self._folder, place, self._files.report, is_restoring=is_restoring)
        self._files.open(file, work, RESTORED if is_restoring else "")

    @property
    def _folder(self) -> Path:
        if self.data_folder is not None:
            return self.data_folder
        if self._own_folder is None:
            self._own_folder = PrivateFolder()
        return self._own_folder.path

    def stop(self) -> None:
        """Nothing is opened any more: what was unpacked for this alone goes."""
        if self._own_folder is not None:
            self._own_folder.remove()

    def takes(self, file: str) -> bool:
        """Open ``file`` if it is a session, and say whether it is one."""
        if not is_session(file):
            return False

        def open_it() -> None:
            self.open(Path(file))

        # Where a person is asked at closing, it is asked here, too.
        if self._window.may_close is None or self.saver.may_leave(open_it):
            open_it()
        return True

    def _on_opening_wanted(self, file: str) -> None:
        self.open(Path(file))

    def _on_opening_began(self, name: str) -> None:
        self._window.show_status(f"Opening {name} …")
        self._window.show_busy(f"Opening {name}", can_cancel=True)

    def _on_opened(self, opened: OpenedSession) -> None:
        self._window.show_idle()
        if isinstance(opened.found, DataFinding):
            self._unfound = opened
            if self._is_restoring:
                # It could be read. Whatever becomes of the process from now on, it is offered again.
                self.put_off.emit()
            self._window.sessions.show_finding(opened.found)
            self._window.sessions.note_done()
            return
        self._unfound, self._told = None, opened.told
        is_restored, self._is_restoring = self._is_restoring, False
        self.session_read.emit()
        self._opener.open(opened.found, is_saved=not is_restored)
        self.saver.take_up(None if is_restored else opened.path, embeds=opened.embeds)
        if is_restored:
            self._work.note_unsaved()

    def _on_shown(self, is_saved: bool) -> None:
        """The first moment of a session that was opened."""
        snapshot, file = self._services.model.snapshot, self.saver.file
        if is_saved and snapshot is not None:
            self._work.note_saved(snapshot.run, snapshot.step)
            if file is not None:
                self.file_opened.emit(str(file))
        if not is_saved:
            self.restored.emit("")
        if self._told:
            self._window.show_aside(self._told)
        self._window.sessions.note_done()

    def _on_opening_failed(self, error: Exception) -> None:
        self._window.show_idle()
        self._window.sessions.note_done(str(error))
        if not isinstance(error, DataError):
            raise error
        self._window.show_error(str(error))
        self.load_failed.emit(str(error))
        if self._reads != error.file:
            # The trouble is with the data; the session was read.
            self._put_off(str(error))
        self._give_up_restoring(str(error))

    def _on_left(self, name: str) -> None:
        self._window.show_idle()
        sentence = f"Opening {name} was cancelled; what is on screen stays."
        self._window.show_error(sentence)
        self._window.sessions.note_done(sentence)
        self._put_off(sentence)
        self._leave()

    def _on_data_file_chosen(self, file: str) -> None:
        if self._unfound is not None:
            self._read(self._unfound.path, Path(file))

    def _on_look_requested(self) -> None:
        unfound, self._unfound = self._unfound, None
        if unfound is not None:
            self._models.open_without_data(unfound.path)
            self._put_off(WITHOUT_DATA)

    def _on_use_requested(self) -> None:
        """The data as they are now, and all that was chosen; the model begins anew."""
        unfound, self._unfound = self._unfound, None
        if unfound is not None and isinstance(unfound.found, DataFinding):
            self.session_read.emit()
            self._opener.begin_with(unfound.configuration, unfound.found.file)
            # What is on screen by then is not what the file holds.
            self.saver.take_up(None, embeds=False)
            self._work.note_unsaved()
            self._put_off(WITHOUT_DATA)

    def _on_finding_left(self) -> None:
        if self._unfound is not None:
            name, self._unfound = self._unfound.path.name, None
            self._window.show_status(f"{name} was not opened; what is on screen stays.")
            self._put_off(WITHOUT_DATA)
            self._leave()

    def _leave(self) -> None:
        if self._services.data.opened is None:
            self.left.emit()

    def _on_freeze_toggled(self, is_frozen: bool) -> None:
        if is_frozen:
            self._gatherer.note_frozen(self._presenter.frame)
            self._work.note(FROZEN)

    def _on_weights_changed(self, *_values: object) -> None:
        self._work.note(WEIGHTS)

    def _on_frame_shown(self) -> None:
        self._recorder.read()
        self._work.note_moment()

    def _show(self, *_run: object) -> None:
        self._window.sessions.show_unavailable("" if self._gatherer.has_anything else NOTHING_TO_SAVE)
        self._show_title()

    def _show_title(self) -> None:
        file = self.saver.file
        self._window.show_session_file("" if file is None else file.name, bool(self._work.words))
