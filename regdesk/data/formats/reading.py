"""Any file into a table: what is no text is written out as text, and that is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.csv.lines import Progress
from regdesk.data.csv.reader import read_table
from regdesk.data.csv.table import Table
from regdesk.data.errors import DataError
from regdesk.data.formats.joined_files import read_joined
from regdesk.data.formats.opening import as_text


@dataclass(frozen=True)
class FileReader:
    """Reads any file that is known here, as ``options`` say; most of them are for text."""

    options: ReadingOptions = field(default_factory=ReadingOptions)

    def read(self, path: Path, progress: Progress | None = None) -> Table:
        """As ``read_file``."""
        return read_file(path, self.options, progress)


def read_file(path: Path | str, options: ReadingOptions | None = None, progress: Progress | None = None) -> Table:
    """The table in the file ``path``, whatever it is called: text, packed text, or a table of another format.

    What ``options`` leave open is detected. Lines of text that was packed are those of the text; rows of a database are
    counted as they would be in text, below one line of names.
    ``progress`` is called now and then with the share done, 0 to 1; raising in it cancels.
    Raises DataError, naming the file for what it is where it cannot be opened.
    """
    report = progress or (lambda share: None)
    reading = options or ReadingOptions()
    if reading.more_files:
        return read_joined([Path(path), *map(Path, reading.more_files)], reading, report)
    with as_text(Path(path), reading.sheet, report) as source:
        try:
            return source.table(read_table(source.text, source.reading(reading), source.second_half(report)))
        except DataError as error:
            raise source.error(error) from None
