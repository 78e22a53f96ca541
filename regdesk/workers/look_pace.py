"""When a live model is looked at and noted in its history: none of it may take more than its share of training."""

from __future__ import annotations

MEASURE_SHARE = 0.15
RECORD_SHARE = 0.05
"""The most of the time that snapshots, and rows of the history between them, may take from training."""
GLIMPSE_SHARE = 0.15
"""The same of snapshots without a look at all rows. Only a million rows have such: all else is measured as often as it
is shown."""
RECORD_EVERY_S = 0.008


class LookPace:
    """Counts against a clock that the caller reads (seconds, monotonic)."""

    def __init__(self) -> None:
        self.begin_run()

    def begin_run(self) -> None:
        """Of another model nothing is known: all of it is due."""
        self._record_s = self._next_record_s = self._next_look_s = self._next_glimpse_s = 0.0

    @property
    def has_cheap_records(self) -> bool:
        """Whether a row of the history may be noted at any time; of very many rows it takes longer than a chunk."""
        return self._record_s < RECORD_EVERY_S * RECORD_SHARE

    def is_record_due(self, now_s: float) -> bool:
        return now_s >= self._next_record_s

    def note_record(self, spent_s: float) -> None:
        """A row of the history took ``spent_s``."""
        self._record_s = spent_s

    def wait_for_record(self, from_s: float) -> None:
        """The next row is due as long after ``from_s`` as the last one has it."""
        self._next_record_s = from_s + max(RECORD_EVERY_S, self._record_s / RECORD_SHARE)

    def is_look_due(self, now_s: float) -> bool:
        return now_s >= self._next_look_s

    def look_now(self) -> None:
        """A look is due, whenever the last one was."""
        self._next_look_s = 0.0

    def note_look(self, finished_s: float, spent_s: float) -> None:
        """A look at all rows took ``spent_s``; it has noted a row of the history, too."""
        self._next_look_s = finished_s + spent_s * (1.0 / MEASURE_SHARE - 1.0)
        self.wait_for_record(finished_s)

    def is_glimpse_due(self, now_s: float) -> bool:
        return now_s >= self._next_glimpse_s

    def note_glimpse(self, finished_s: float, spent_s: float) -> None:
        """A snapshot without such a look took ``spent_s``."""
        self._next_glimpse_s = finished_s + spent_s * (1.0 / GLIMPSE_SHARE - 1.0)
