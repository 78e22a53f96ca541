"""Saves the session of a window, and asks a person at closing what is to become of what is not saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.core.timeline.facts import SaveOffer, size_text
from regdesk.data.errors import DataError
from regdesk.session.keeping.session_work import saving

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.settings.change import Change
    from regdesk.core.settings.configuration import SourceSettings
    from regdesk.session.keeping.desk import Desk
    from regdesk.session.keeping.gathered import Gathered
    from regdesk.session.keeping.gathering import Gatherer
    from regdesk.session.keeping.unsaved import UnsavedWork
    from regdesk.workers.model_work import MakeModel

NOTHING_TO_SAVE = "There is nothing to save yet: open a file or a sample first."
OTHER_DATA = "Other data came before the session could be saved: it is not written."
NOT_GATHERED = "The session could not be gathered, and is not written: save it again."
STILL_WRITING = "The session is still being written; try again when it is there."
BRINGING_BACK = ("undo", "refusal")
"""Origins of changes that bring back what was before."""
SUFFIX = ".regdesk"
EMBEDS = (
    "With them the session opens on any machine, and whoever has the file has the data. "
    "Without them it finds them again where they are: {file}."
)
SAMPLE = "They are a sample that comes with the program: there is nothing to write."


class SessionSaver(QObject):
    """Signals: ``file_changed()`` when the session is in another file, or in none; ``saved(str)`` with its file;
    ``discarded()`` when a person has said that what is not saved may go.
    """

    file_changed = Signal()
    saved = Signal(str)
    discarded = Signal()

    def __init__(self, desk: Desk, gatherer: Gatherer, work: UnsavedWork, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._services = desk.window, desk.services
        self._gatherer, self._work, self._files = gatherer, work, desk.services.sessions
        self.file: Path | None = None
        """The file of the session; None where it is in none."""
        self.embeds = False
        """Whether its data are written into it."""
        # What is in the file that is being written: run and step; and of which session it is.
        self._written, self._number_written = (0, 0), 0
        # Counts sessions that have taken the place of others.
        self._number = 0
        # The files of the data that were left, by what names these, with the run and the step that are in them.
        self._left: dict[SourceSettings, tuple[Path | None, bool, tuple[int, int] | None]] = {}
        # What is done when it is there.
        self._then: Callable[[], None] | None = None
        door = desk.window.sessions
        door.save_requested.connect(self.save)
        door.save_as_requested.connect(self.save_as)
        door.place_chosen.connect(self.save_to)
        door.place_left.connect(self._forget_closing)
        door.file_given.connect(self._on_file_given)
        self._files.saved.connect(self._on_saved)
        self._files.saving_failed.connect(self._on_failed)
        desk.session.changed.connect(self._on_changed)

    def may_close(self) -> bool:
        """Ask a person who closes the window what is to become of what is not saved; whether it may close at once.

        Where it is to be saved the window stays until that is done, and closes then.
        """
        return self.may_leave(self._close)

    def may_leave(self, then: Callable[[], None]) -> bool:
        """As ``may_close``, of whatever takes the place of what is on screen: ``then`` does it when that is saved."""
        words = self._work.words
        if not words or not self._gatherer.has_anything:
            return True
        loaded = self._services.data.now
        title = "" if loaded is None else loaded.source.title
        answer = self._window.sessions.ask_at_closing(title if self.file is None else self.file.name, words)
        if answer == "save":
            self._then = then
            self.save()
        elif answer == "discard":
            self.discarded.emit()
        return answer == "discard"

    def take_up(self, file: Path | None, *, embeds: bool) -> None:
        """The session of the window is that in ``file``, or in none."""
        self.file, self.embeds = file, embeds
        self._number += 1
        self.file_changed.emit()

    def leave_file(self) -> None:
        """What is on screen becomes another session, which is in no file: none is to be written over by it."""
        self.take_up(None, embeds=False)
        self._work.note_in_file(None)

    def _on_changed(self, change: Change) -> None:
        """Other data are another session; what is undone or refused brings back the file of that before."""
        if not change.touches("source"):
            return
        self._left[change.before.source] = self.file, self.embeds, self._work.saved
        file, embeds, saved = None, False, None
        if change.origin in BRINGING_BACK:
            file, embeds, saved = self._left.get(change.after.source, (file, embeds, saved))
        self.take_up(file, embeds=embeds)
        self._work.note_in_file(saved)

    def save(self) -> None:
        """Into the file of the session; ask for one where there is none."""
        if self.file is None:
            self.save_as()
        else:
            self.save_to(str(self.file), self.embeds)

    def save_as(self) -> None:
        """Ask where it is to be written, and whether with its data."""
        loaded = self._services.data.now
        if loaded is None or not self._gatherer.has_anything:
            self._fail(NOTHING_TO_SAVE)
            return
        source, is_sample = loaded.source, loaded.source.sample is not None
        # Samples are where the program is, which is no place for a person's files.
        usual = (Path.home() / source.path.name if is_sample else source.path).with_suffix(SUFFIX)
        files = (source.path, *map(Path, source.reading.more_files))
        size = size_text(sum(one.stat().st_size for one in files if one.is_file()))
        why = SAMPLE if is_sample else EMBEDS.format(file=source.path)
        offer = SaveOffer(str(self.file or usual), size, self.embeds and not is_sample, why, not is_sample)
        self._window.sessions.ask_place(offer)

    def save_to(self, file: str, embeds: bool) -> None:
        """Write the session as ``file``, with its data in it if it ``embeds``."""
        if self._files.is_saving:
            self._fail(STILL_WRITING)
            return
        number = self._number

        def write(found: Gathered | None, live: MakeModel | None) -> None:
            if number == self._number:
                self._write(Path(file), found, live, embeds)
            else:
                self._fail(OTHER_DATA)

        try:
            self._gatherer.gather(write)
        except Exception:
            # A script that has asked for it waits for an answer.
            self._fail(NOT_GATHERED)
            raise

    def _write(self, file: Path, found: Gathered | None, live: MakeModel | None, embeds: bool) -> None:
        if found is None or live is None:
            self._fail(NOT_GATHERED if self._gatherer.has_anything else NOTHING_TO_SAVE)
            return
        if self._files.is_saving:
            # Asked for twice while there was no moment.
            self._fail(STILL_WRITING)
            return
        self._written, self._number_written = (found.run.run.number, found.run.step), self._number
        self.embeds = embeds
        self._work.note_writing()
        self._files.save(file, saving(file, found, live, embeds=embeds))

    def _close(self) -> None:
        self._window.close()

    def _on_file_given(self, file: str) -> None:
        self.save_to(file, self.embeds)

    def _on_saved(self, file: Path) -> None:
        if self._number_written == self._number:
            self.file = file
            self._work.note_written(self._written)
        else:
            # Another session has taken its place meanwhile.
            self._work.note_written(self._work.saved)
        self._window.show_aside(f"Saved as {file.name}.")
        self.file_changed.emit()
        self.saved.emit(str(file))
        then, self._then = self._then, None
        self._window.sessions.note_done()
        if then is not None:
            then()

    def _on_failed(self, error: Exception) -> None:
        self._work.note_not_written()
        self._fail(str(error))
        if not isinstance(error, DataError):
            raise error

    def _fail(self, sentence: str) -> None:
        """It cannot be done: a window that was to be closed stays."""
        self._forget_closing()
        self._window.show_error(sentence)
        self._window.sessions.note_done(sentence)

    def _forget_closing(self) -> None:
        self._then = None
