"""Where data come from; apart from what reads them, which is loaded when the window is up."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.types import Architecture, TrainSettings


@dataclass(frozen=True)
class Source:
    """Where a table comes from, and what is said about it.

    ``model``: the layers and settings that ``hint`` speaks of, to be put in force with it; None leaves those that
    are. ``sample`` is the name of a bundled sample; None for a file of the user's.
    """

    path: Path
    title: str
    hint: str = ""
    target: str | None = None
    reading: ReadingOptions = field(default_factory=ReadingOptions)
    model: tuple[Architecture, TrainSettings] | None = None
    sample: str | None = None

    @classmethod
    def of_file(cls, path: Path, reading: ReadingOptions) -> Source:
        """A file of the user's, with those that are read below it."""
        n_more = len(reading.more_files)
        title = f"{path.name} and {n_more} more file{'s' if n_more > 1 else ''}" if n_more else path.name
        return cls(path, title, reading=reading)
