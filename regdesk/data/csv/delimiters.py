"""Which delimiter a file has: the one under which its rows are as wide as its header."""

from __future__ import annotations

import csv
from itertools import islice
from pathlib import Path

from regdesk.data.csv.lines import allow_long_cells

DELIMITERS = (",", ";", "\t")
_SAMPLE_RECORDS = 200


def detect_delimiter(path: Path, encoding: str, n_skipped: int = 0) -> str:
    """The delimiter of ``path``; a comma when the header is a single cell under each.

    Quotes are respected. A damaged file still gets the likeliest one, so that the damage can be named.
    """
    allow_long_cells()
    ranks = [(_rank(path, encoding, delimiter, n_skipped), delimiter) for delimiter in DELIMITERS]
    (best, _), delimiter = max(ranks, key=lambda rank: rank[0])
    return delimiter if best > 0 else ","


def _rank(path: Path, encoding: str, delimiter: str, n_skipped: int) -> tuple[float, int]:
    """Share of records as wide as the header, and that width; (0, 1) when the header is not split."""
    widths = []
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        lines = islice(stream, n_skipped, None)
        try:
            for cells in islice(csv.reader(lines, delimiter=delimiter, strict=True), _SAMPLE_RECORDS):
                if len(cells) > 1 or (cells and cells[0].strip()):
                    widths.append(len(cells))
        except csv.Error:
            # What was split before the damage decides.
            pass
    if not widths or widths[0] == 1:
        return 0.0, 1
    return sum(width == widths[0] for width in widths) / len(widths), widths[0]
