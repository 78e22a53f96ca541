"""What is said of a file of very many rows before it is read."""

from __future__ import annotations

from pathlib import Path

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.csv.size_estimate import SizeEstimate, estimate_size
from regdesk.data.formats.opening import format_of
from regdesk.data.formats.signatures import TEXT

SAMPLE_ROWS = 1_000_000
"""That are offered in place of so many."""


def large_file(path: Path, options: ReadingOptions) -> SizeEstimate | None:
    """What reading ``path`` takes, where that is much; None where it is not, where rows are drawn, and for no text."""
    if options.sample_rows is not None or format_of(path) is not TEXT:
        return None
    found = estimate_size(path, options)
    return found if found is not None and found.is_large else None
