"""A table that was read and cannot be learnt from; apart from what reads it, which takes long to load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.data.errors import DataError

if TYPE_CHECKING:
    from regdesk.core.types import DataSettings
    from regdesk.data.csv.table import Table
    from regdesk.data.source import Source


class NotTrainable(DataError):
    """A table has been read, but under ``settings`` nothing can be learnt from it; ``str()`` is one sentence on why."""

    def __init__(self, problem: DataError, source: Source, table: Table, settings: DataSettings, seed: int) -> None:
        # Its sentence has been put together already.
        Exception.__init__(self, str(problem))
        self.file, self.row, self.column = problem.file, problem.row, problem.column
        self.source, self.table, self.settings, self.seed = source, table, settings, seed
