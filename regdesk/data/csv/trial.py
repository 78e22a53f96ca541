"""The beginning of a file, split as if a layout were its own, and how well that fits; dialects that are seldom."""

from __future__ import annotations

import csv
import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from regdesk.data.csv.cell_looks import COMMENT_MARKS, is_ruler, is_value
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.line_mending import BAR

_LEAST_SHARE = 0.5
_MOST_CELLS = 5000
"""That are looked at for delimiters within."""
_DELIMITER_WITHIN = re.compile(r"[;\t|]|,(?! )")
"""A comma before a blank belongs to a sentence."""
_MOST_COMMENTED = 100
JOINT_MARK = "\x1f"
"""What is put in place of a delimiter of several characters: no text holds the unit separator."""
_JOINT = re.compile(
    r"\\t|\^[A-D]|([^\w \"'.()\[\]{}+-])\1+|[^\w\s\"'.,;+-][|~^#][^\w\s\"'.,;+-]|[^\w\s\"'.()\[\]{}]{2,4}"
)
_IN_ONE_FORM = re.compile(r"\\t|::|~~|\^\^|\^[A-D]|[^\w\s\"'.,;+-][|~^#][^\w\s\"'.,;+-]")
"""Marks that nobody writes within a cell."""
_MARKS_OF_EMPTY = ",;\t"
_USUAL_MARKS = ",;\t|"
_NO_JOINTS = ("--", "++")
TAB = "\t"
_RARE_QUOTES = "`|$%^~/*#@!&=þ"
_SHARE_QUOTED = 0.75
_QUOTE_WITHIN = re.compile(r"[^']''[^']|\\'")
_YAML_KEY = re.compile(r"[ \t]*(?:- )?[\"']?\w[\w .-]*[\"']?:(?:\s|$)")
_YAML_OTHER = re.compile(r"[ \t]*(?:- |#|\r?\n|$)")
_SEP = re.compile(r'\ufeff?"?sep=(.)"?[,;\t ]*[\r\n]*', re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Record:
    """A record of the sample: its first and last line in the file, from 1, and its cells without outer blanks."""

    line: int
    last_line: int
    cells: tuple[str, ...]

    @property
    def width(self) -> int:
        return len(self.cells)

    @property
    def n_filled(self) -> int:
        """How many cells hold something."""
        return sum(1 for cell in self.cells if cell)

    @property
    def is_comment(self) -> bool:
        """Whether it begins as a comment does."""
        return self.cells[0].startswith(COMMENT_MARKS)


@dataclass(frozen=True)
class Trial:
    """``lines`` of the sample split by ``layout``; ``is_damaged`` where that could not go on to their end."""

    layout: Layout
    records: tuple[Record, ...]
    is_damaged: bool

    @classmethod
    def of(cls, lines: Sequence[str], layout: Layout) -> Trial:
        """``lines`` from that of the file on which ``layout`` begins."""
        found: list[Record] = []
        first = layout.n_skipped
        reader = csv.reader(layout.prepared(lines[first:]), **layout.csv_form)
        end, is_damaged = first, False
        try:
            for cells in reader:
                line, end = end + 1, first + reader.line_num
                stripped = tuple(cell.strip() for cell in cells)
                if any(stripped) and not is_ruler(stripped):
                    found.append(Record(line, end, stripped))
        except csv.Error:
            is_damaged = True
        return cls(layout, tuple(found), is_damaged)

    @cached_property
    def width(self) -> int:
        """The commonest number of cells; 1 where no record is split.

        Comments count where there is nothing else. Of two that are as common it is the first, but the second where all
        records of the first are settings above it: a name and what is set.
        """
        rows = [record for record in self.records if not record.is_comment] or self.records
        split = [record for record in rows if record.width > 1]
        if not split:
            return 1
        counts = Counter(record.width for record in split).most_common(2)
        (first, n_first), (second, n_second) = counts[0], counts[-1]
        if first < second and n_first == n_second > 2:
            places = [place for place, record in enumerate(split) if record.width == first]
            if places[-1] == n_first - 1 and not any(is_value(split[place].cells[0]) for place in places):
                return second
        return first

    @cached_property
    def share(self) -> float:
        """The share of records of that width among those from the first of them on; comments are of any width."""
        first = next((place for place, record in enumerate(self.records) if record.width == self.width), None)
        if first is None:
            return 0.0
        rest = [record for record in self.records[first:] if record.width == self.width or not record.is_comment]
        return sum(record.width == self.width for record in rest) / len(rest)

    def n_values(self) -> int:
        """How many of its first cells are values."""
        cells = (cell for record in self.records if record.width == self.width for cell in record.cells)
        return sum(map(is_value, islice(cells, _MOST_CELLS)))

    def fit(self) -> float:
        """How well it fits, from 0 to 1: the share of rows alike times that of cells without delimiters."""
        if self.width == 1 or (self.records[0].width == 1 and self.share < _LEAST_SHARE):
            return 0.0
        alike = (record for record in self.records if record.width == self.width)
        cells = list(islice((cell for record in alike for cell in record.cells), _MOST_CELLS))
        pure = sum(1 for cell in cells if is_value(cell) or _DELIMITER_WITHIN.search(cell) is None)
        # Preambles are short: a layout that splits only the end of a file has not been found.
        n_alike = sum(record.width == self.width for record in self.records)
        return self.share * math.sqrt(n_alike / len(self.records)) * pure / len(cells)


def find_joint_delimiter(lines: Sequence[str]) -> str:
    """A delimiter of several characters that stands in each of ``lines`` as often as in the first, else nothing."""
    rows = [line for line in lines if line.strip() and not is_ruler([line])]
    if len(rows) < 2 or any(JOINT_MARK in row for row in rows):
        return ""
    for mark in dict.fromkeys(found[0] for found in _JOINT.finditer(rows[0].strip("\r\n"))):
        count = rows[0].count(mark)
        if mark in _NO_JOINTS or "://" in mark:
            continue
        if all(row.count(mark) == count for row in rows) and _is_alone(mark, count, rows):
            return mark
    return ""


def _is_alone(mark: str, count: int, rows: Sequence[str]) -> bool:
    """Whether no part of ``mark``, which stands in each of ``rows`` so often, stands in them by itself."""
    first = rows[0]
    if not any(one in _USUAL_MARKS for one in mark) and any(all(one in row for row in rows) for one in _USUAL_MARKS):
        # An arrow behind a time of day does not make cells where commas do.
        return _IN_ONE_FORM.fullmatch(mark) is not None
    if len(set(mark)) == 1:
        # A single bar in the header, too, is a delimiter of one character beside empty names, and so may be one pair of
        # commas.
        is_one = mark[0] in _MARKS_OF_EMPTY and count == 1
        # **x** is a word in print, and ## a heading.
        is_one |= mark[0] not in _MARKS_OF_EMPTY + "|:" and mark[0] in (first.strip()[0], first.strip()[-1])
        return first.count(mark[0]) == len(mark) * count and not is_one
    if _IN_ONE_FORM.fullmatch(mark):
        return True
    if any(one in _USUAL_MARKS for one in mark) and mark != mark[::-1] and mark[0] != "\\":
        # In 5%,a the sign is a part of the cell.
        return False
    are_whole = all(row.count(one) == mark.count(one) * count for row in rows for one in mark)
    return are_whole and not first.strip().startswith(mark) and not first.strip().endswith(mark)


def said_delimiter(lines: Sequence[str]) -> str | None:
    """The delimiter that the first of ``lines`` names for spreadsheets (``sep=;``), if it does nothing else."""
    found = _SEP.fullmatch(lines[0]) if lines else None
    return None if found is None else found[1]


def n_commented(lines: Sequence[str]) -> int:
    """How many of the first of ``lines`` are a comment as programs write it, from /* to */, or YAML from --- to ---.

    Or an object of JSON on one line, with what is known of the table below it.
    """
    if len(lines) > 1 and lines[0].startswith('{"') and _is_object(lines[0]) and not lines[1].lstrip().startswith("{"):
        return 1
    if lines and lines[0].rstrip() == "---":
        ends = (number for number, line in enumerate(lines[1:_MOST_COMMENTED], 2) if line.rstrip() in ("---", "..."))
        end = next(ends, 0)
        return end if _are_yaml(lines[1 : end - 1]) else 0
    if not lines or not lines[0].lstrip().startswith("/*"):
        return 0
    return next((number for number, line in enumerate(lines[:_MOST_COMMENTED], 1) if line.rstrip().endswith("*/")), 0)


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _are_yaml(lines: Sequence[str]) -> bool:
    """Whether each of ``lines`` is one of YAML; names between two rulers may be indented, but below no key."""
    has_key = False
    for line in lines:
        has_key = has_key or _YAML_KEY.match(line) is not None
        if not _YAML_OTHER.match(line) and not _YAML_KEY.match(line) and not (has_key and line[:1] in " \t"):
            return False
    return has_key


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


def has_single_quotes(lines: Sequence[str], delimiter: str) -> bool:
    """Whether every cell that begins with ' also ends with it, and no cell begins with ".

    One such cell is enough where it has a quote within that is doubled or has a backslash before it.
    """
    edge = re.escape(delimiter)
    begin = rf"(?:^|{edge})[ ]*"
    # Patterns know a line feed alone as the end of a line.
    text = "".join(lines).replace("\r\n", "\n").replace("\r", "\n")
    n_begun = len(re.findall(rf"{begin}'", text, re.MULTILINE))
    if n_begun == 0 or re.search(rf'{begin}"', text, re.MULTILINE):
        return False
    n_cells = text.count(delimiter) + len(lines)
    is_usual = n_begun >= n_cells / 2
    # From one apostrophe to the next on another line is no cell where few are quoted.
    within = r"[^'\\]" if is_usual else r"[^'\\\n]"
    whole = re.findall(rf"{begin}'(?:{within}|''|\\.)*'[ ]*(?={edge}|$)", text, re.MULTILINE)
    if n_begun == 1:
        return len(whole) == 1 and _QUOTE_WITHIN.search(whole[0].strip(f"{delimiter} ")[1:-1]) is not None
    # Where nearly all cells are quoted so, one that is not closed is damaged and no apostrophe.
    return len(whole) == n_begun or (is_usual and len(whole) >= _SHARE_QUOTED * n_begun)


def mark_around_cells(lines: Sequence[str], delimiters: str) -> str:
    """The mark around every cell of ``lines``, names among them, and the one of ``delimiters`` between; else nothing.

    Only such as is neither of the usual quotes, which may be left out where nothing needs them.
    """
    rows = [line.strip() for line in lines if line.strip()]
    mark = rows[0][0] if len(rows) > 1 else ""
    if not mark or mark not in _RARE_QUOTES or not all(len(row) > 1 and row[0] == row[-1] == mark for row in rows):
        return ""
    for delimiter in delimiters.replace(mark, ""):
        between = mark + delimiter + mark
        n_between = rows[0].count(between)
        if n_between and all(row.count(between) == n_between for row in rows):
            return mark + delimiter
    return ""
