"""Rows of cells written as the text that is read in their place; it runs in a child process, too, without numpy."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

COPY_DELIMITER = "\t"


def write_copy(target: Path, rows: Iterable[tuple[int, Sequence[str]]]) -> tuple[list[int], list[int]]:
    """Write ``rows``, each with its number, to ``target``, and return the ``lines`` and ``rows`` of a ``LineMap``.

    Blank lines, which are no rows, stand for the numbers between them, so that a row is the line of its number unless
    cells of several lines come before it.
    """
    starts, numbers = [1], [1]
    line, behind = 1, 0
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=COPY_DELIMITER, lineterminator="\n")
        for number, cells in rows:
            # A line end within a cell is one character in the copy; else it would not be counted as one line.
            whole = [cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell for cell in cells]
            stream.write("\n" * (number - line))
            line = max(line, number)
            if line - number != behind:
                behind = line - number
                starts.append(line)
                numbers.append(number)
            writer.writerow(whole)
            line += 1 + sum(cell.count("\n") for cell in whole)
    return starts, numbers
