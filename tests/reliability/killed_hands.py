"""What a person does in a window that is going to be killed: restores what is offered, chooses, and saves, for ever.

Every λ that is chosen is another one, by which a session tells how far it is. Each act is in a journal before it is
done: when, how long the window's thread has waited for a core by then, and what.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from watched_program import waited_for_core_s

CHOICE_MS, SAVE_MS, AFTER_RESTORED_MS = 40, 80, 20
BASE, STEP = 0.02, 1e-7
"""Above what a window begins with."""
AGAIN, HAND = "again.regdesk", "by hand.regdesk"
"""What was restored, written once more; and what is saved over and over."""


def lambda_of(mark: int) -> float:
    return BASE + STEP * mark


def mark_of(lam: float) -> int:
    """Which choice made this λ; negative for none."""
    return round((lam - BASE) / STEP) if lam > BASE else -1


def noted_gather(gather: Callable[..., None], note: Callable[[str], None]) -> Callable[..., None]:
    """``gather`` whose call and answer are noted."""

    def noted(unsaved: Any, then: Callable[..., None]) -> None:
        # Whatever it is answered with: an error here would end all keeping.
        def answer(*given: Any) -> None:
            note("gathered")
            then(*given)

        note("gathers")
        gather(unsaved, answer)

    return noted


class Hands:
    """Restores what is offered, then chooses and saves for ever; every act is in the journal before it is done."""

    def __init__(self, window: Any, controller: Any, folder: Path, journal: int, mark: int) -> None:
        """``mark`` numbers the first choice; ``journal`` is a descriptor."""
        self._window, self._controller, self._folder = window, controller, folder
        self._journal, self._mark = journal, mark
        self._generator = random.Random(mark)
        self._saves = self._chooses_once = False
        self._timers: list[Any] = []

    def note(self, *words: object) -> None:
        line = f"{time.monotonic()} {waited_for_core_s()} {' '.join(map(str, words))}\n"
        os.write(self._journal, line.encode())

    def begin(self, *, is_offered: bool, saves: bool, chooses_once: bool) -> None:
        """``is_offered``: something was left, and is waited for."""
        from regdesk.data.files.whole_files import StagedFiles
        from regdesk.desktop.recovery.unsaved_session import UnsavedSession

        UnsavedSession.gather = noted_gather(UnsavedSession.gather, self.note)  # type: ignore[method-assign]
        self._saves, self._chooses_once = saves, chooses_once
        enter = StagedFiles.__enter__

        def noted(staged: Any) -> Any:
            self.note("writes")
            return enter(staged)

        StagedFiles.__enter__ = noted  # type: ignore[method-assign]
        self._controller.frame_shown.connect(self._on_frame_shown)
        self._controller.keeper.restored.connect(self._on_restored)
        self.note("loop")
        self._every(10, self._await_offer if is_offered else self._await_model)

    def _every(self, pause_ms: int, do: Callable[[], object]) -> None:
        from PySide6.QtCore import QTimer

        timer = QTimer(self._window)
        timer.timeout.connect(do)
        timer.start(pause_ms)
        self._timers.append(timer)

    def _on_frame_shown(self, frame: Any) -> None:
        snapshot = frame.snapshot
        self.note("seen", mark_of(snapshot.settings.lam), snapshot.step, snapshot.run)

    def _await_offer(self) -> None:
        from PySide6.QtWidgets import QDialog, QPushButton

        dialog = self._window.findChild(QDialog, "recoveryDialog")
        if dialog is not None and dialog.isVisible():
            self._timers.pop().stop()
            self.note("restores")
            dialog.findChild(QPushButton, "restoreButton1").click()

    def _on_restored(self, trouble: str) -> None:
        from PySide6.QtCore import QTimer

        if trouble:
            self.note("refused", trouble)
        QTimer.singleShot(AFTER_RESTORED_MS, self._window, self._write_again)

    def _write_again(self) -> None:
        self._controller.keeper.gather(self._on_gathered)

    def _on_gathered(self, write: Callable[[Path], None]) -> None:
        write(self._folder / AGAIN)
        self.note("restored")
        self._work()

    def _await_model(self) -> None:
        if self._controller.moment() is not None:
            self._timers.pop().stop()
            self._work()

    def _work(self) -> None:
        if not self._window.commands.run.isChecked():
            self._window.commands.run.trigger()
        if self._chooses_once:
            self._choose()
            return
        self._every(CHOICE_MS, self._choose)
        if self._saves:
            self._controller.keeper.saver.saved.connect(self._save_soon)
            self._save()

    def _choose(self) -> None:
        chance = self._generator
        values: dict[str, object] = {"training.lam": lambda_of(self._mark)}
        roll = 1.0 if self._chooses_once else chance.random()
        if roll < 0.04:
            values["seed"] = chance.randrange(1000)
        elif roll < 0.08:
            values["architecture.hidden"] = chance.choice([(), (4,), (16, 16)])
        elif roll < 0.12:
            values["training.penalty"] = chance.choice(["l1", "l2"])
        self.note("chose", self._mark)
        self._controller.session.change_all(values)
        self._mark += 1

    def _save_soon(self, _file: str) -> None:
        from PySide6.QtCore import QTimer

        QTimer.singleShot(SAVE_MS, self._window, self._save)

    def _save(self) -> None:
        self.note("saves")
        self._controller.keeper.saver.save_to(str(self._folder / HAND), False)
