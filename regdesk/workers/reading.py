"""What the background thread is given to read and prepare tables; it imports in there what that takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regdesk.core.reading_options import ReadingOptions
    from regdesk.core.settings.import_choices import ImportChoices
    from regdesk.core.types import DataSettings
    from regdesk.data.csv.table import Table
    from regdesk.data.source import Source
    from regdesk.tasks.importing import Imported
    from regdesk.tasks.loading import Loaded
    from regdesk.workers.background import ShouldStop


def reading(
    source: Source, settings: DataSettings, seed: int, report: Callable[[float], None]
) -> Callable[[ShouldStop], Loaded]:
    """Work that reads ``source`` and prepares it; ``report`` hears the share of it that is read, 0 to 1."""

    def work(should_stop: ShouldStop) -> Loaded:
        # What reads and encodes takes 35 ms to import, which the first paint need not wait for.
        from regdesk.tasks.loading import load

        return load(source, settings, seed, should_stop, report)

    return work


def preparing(source: Source, table: Table, settings: DataSettings, seed: int) -> Callable[[ShouldStop], Loaded]:
    """Work that prepares a table that has been read, perhaps in another way."""

    def work(should_stop: ShouldStop) -> Loaded:
        from regdesk.tasks.loading import prepare

        return prepare(source, table, settings, seed, should_stop)

    return work


def looking_at(
    source: Source,
    data: DataSettings,
    remembered: Mapping[str, ImportChoices],
    report: Callable[[float], None],
    glimpse: Callable[[Imported], None],
    asks_size: bool = False,
) -> Callable[[ShouldStop], object]:
    """Work that reads ``source`` to be looked at before it is opened; ``glimpse`` hears of the first rows.

    With ``asks_size`` a very large file is not read: what that would take is the result.
    """

    def work(should_stop: ShouldStop) -> object:
        from regdesk.tasks.importing import large_file_of, look_at

        large = large_file_of(source) if asks_size else None
        return large or look_at(source, data, remembered, should_stop, report, glimpse)

    return work


def looking_again(
    before: Imported,
    reading: ReadingOptions,
    report: Callable[[float], None],
    glimpse: Callable[[Imported], None],
) -> Callable[[ShouldStop], Imported]:
    """Work that reads the file of ``before`` in another way."""

    def work(should_stop: ShouldStop) -> Imported:
        from regdesk.tasks.importing import look_again

        return look_again(before, reading, should_stop, report, glimpse)

    return work
