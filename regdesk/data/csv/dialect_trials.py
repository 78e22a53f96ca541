"""Dialects that few programs write: delimiters of several characters, bars around rows, quotes that are letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from regdesk.data.csv.cell_looks import is_ruler
from regdesk.data.csv.line_mending import BAR
from regdesk.data.csv.trial import Trial

JOINT_MARK = "\x1f"
"""What is put in place of a delimiter of several characters: no text holds the unit separator."""
_JOINT = re.compile(r"\|\||::|~~|\^\^|[^\w\s\"'.,;+-][|~^#][^\w\s\"'.,;+-]")
TAB = "\t"
_SEP = re.compile(r'\ufeff?"?sep=(.)"?[,;\t ]*[\r\n]*', re.IGNORECASE | re.DOTALL)


def find_joint_delimiter(lines: Sequence[str]) -> str:
    """A delimiter of several characters that stands in each of ``lines`` as often as in the first, else nothing."""
    rows = [line for line in lines if line.strip() and not is_ruler([line])]
    if len(rows) < 2 or any(JOINT_MARK in row for row in rows):
        return ""
    for mark in dict.fromkeys(found[0] for found in _JOINT.finditer(rows[0])):
        count = rows[0].count(mark)
        # A single bar in the header, too, is a delimiter of one character beside empty names.
        is_alone = mark[0] != mark[-1] or len(mark) > 2 or rows[0].count(mark[0]) == 2 * count
        if is_alone and all(row.count(mark) == count for row in rows):
            return mark
    return ""


def said_delimiter(lines: Sequence[str]) -> str | None:
    """The delimiter that the first of ``lines`` names for spreadsheets (``sep=;``), if it does nothing else."""
    found = _SEP.fullmatch(lines[0]) if lines else None
    return None if found is None else found[1]


def without_outer_bars(lines: Sequence[str], trial: Trial) -> Trial:
    """``trial`` without the empty columns at both ends that a table of Markdown or of a database's shell shows."""
    rows = [record for record in trial.records if record.width == trial.width]
    if trial.layout.delimiter != BAR or trial.width < 3 or any(row.cells[0] or row.cells[-1] for row in rows):
        return trial
    return Trial.of(lines, replace(trial.layout, has_outer_bars=True))


def with_mended_quotes(lines: Sequence[str], damaged: Trial, is_quote_open: bool) -> Trial:
    """``damaged``, or one in which blanks may follow closing quotes, or quotes are letters where that must be so.

    They must be in a file of tabs, whose programs mostly know no quotes, if no cell at all is quoted as a whole.
    """
    blanks = Trial.of(lines, replace(damaged.layout, has_blanks_after_quotes=True))
    if not blanks.is_damaged:
        return blanks
    quote = damaged.layout.quote
    if is_quote_open and damaged.layout.delimiter == TAB:
        bare = Trial.of(lines, replace(damaged.layout, quote=""))
        cells = (cell for record in bare.records for cell in record.cells)
        is_quoted = any(len(cell) > 1 and cell.startswith(quote) and cell.endswith(quote) for cell in cells)
        if not bare.is_damaged and all(record.width == bare.width for record in bare.records) and not is_quoted:
            return bare
    return damaged
