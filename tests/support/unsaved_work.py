"""Work that is not saved, made by hand: what autosave asks of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path

from regdesk.data.files.whole_files import write_whole


class HandWork:
    """``mark`` and ``content`` are set by who tests; writing fails with ``problem`` where it is set."""

    def __init__(self, mark: Hashable | None = None) -> None:
        self.mark = mark
        self.title = "houses.csv"
        self.content = b"first"
        self.problem: OSError | None = None
        self.n_gathered = 0

    def writer(self) -> Callable[[Path], None]:
        self.n_gathered += 1
        content, problem = self.content, self.problem

        def write(path: Path) -> None:
            if problem is not None:
                raise problem
            write_whole(path, content)

        return write
