"""Work that is not saved, made by hand: what autosave asks of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path

from PySide6.QtCore import QTimer

from regdesk.data.files.whole_files import write_whole


class HandWork:
    """``mark`` and ``content`` are set by who tests; writing fails with ``problem`` where it is set, gathering with
    ``trouble``, and nobody answers where it ``is_lost``.
    """

    def __init__(self, mark: Hashable | None = None) -> None:
        self.mark = mark
        self.title = self.name = "houses.csv"
        self.content = b"first"
        self.problem: Exception | None = None
        self.trouble: Exception | None = None
        self.is_lost = False
        self.n_gathered = 0
        self.is_late = False
        self.is_between = False
        self.is_let_go = self.is_undone = False
        # Of what is being restored, until a test says what becomes of it.
        self.restoring: tuple[Path, Callable[[str], None], Callable[[], None]] | None = None

    def restore(self, file: Path, then: Callable[[str], None], put_off: Callable[[], None]) -> None:
        self.content = file.read_bytes()
        self.restoring = file, then, put_off

    def gather(self, then: Callable[[Callable[[Path], None] | None, str], None]) -> None:
        self.n_gathered += 1
        if self.trouble is not None:
            raise self.trouble
        if self.is_lost:
            return
        if self.is_late:
            QTimer.singleShot(0, lambda: then(self._writer(), self.title))
        else:
            then(self._writer(), self.title)

    def _writer(self) -> Callable[[Path], None]:
        content, problem = self.content, self.problem

        def write(path: Path) -> None:
            if problem is not None:
                raise problem
            write_whole(path, content)

        return write
