"""Which delimiter and quote a file has: those under which its rows are alike and its cells whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from regdesk.core.reading_options import NO_QUOTE, ReadingOptions
from regdesk.data.csv.cell_looks import is_missing, is_value
from regdesk.data.csv.header import header_votes
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.line_mending import BLANK, GAP
from regdesk.data.csv.trial import (
    JOINT_MARK,
    TAB,
    Trial,
    find_joint_delimiter,
    has_single_quotes,
    mark_around_cells,
    n_commented,
    said_delimiter,
    with_mended_quotes,
    without_outer_bars,
)

DELIMITERS = ",;\t|"
RARE_DELIMITERS = ":~^¦\x01\x1f"
RAREST_DELIMITERS = "#&@!*=§¬·\x02\x1c\x1e，；、،"
"""Those that are taken alone for marks between cells where the first row has them, too, and as names."""
_MARKS_OF_NO_TEXT = "~^þ§¬¶·•→\x01\x02\x07\x14\x1c\x1e\x1f"
"""Those that stand in no text, so that they delimit words as well where each line has as many."""
_MARKS_OF_TEXT = "°©®™℃℉"
_BETWEEN_WORDS = re.compile(r"(?:[^:]*\w:(?=[^\W\d_]))+[^:]*")
_TIME = re.compile(r"\d:\d\d")
_BARE_COMMA = re.compile(r",(?![ ])")
_CUT_NUMBERS = re.compile(r"[0-9]+ +[+-]?[0-9]+")
_IN_GROUPS = re.compile(r"[+-]?(?:[1-9][0-9]{0,2}(?:,[0-9]{3})*|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}|0)(?:\.[0-9]*)?")
_IN_LAKHS = re.compile(r"[+-]?[0-9]{1,2},[0-9]{2},")
_LEAST_RECORDS = 2
_LEAST_SHARE = 0.5
_SHARE_NUMBERS = 0.75
_LEAST_NUMBERS = 3
_LEAST_WORDS = 3


def find_dialect(lines: Sequence[str], options: ReadingOptions, layout: Layout) -> Trial:
    """``layout`` with delimiter and quote as ``options`` say, or as the sample ``lines`` show them.

    A damaged file still gets the likeliest ones, so that the damage can be named.
    """
    layout = replace(layout, n_skipped=options.n_skipped or 0)
    said = None if options.n_skipped is not None else said_delimiter(lines)
    if said is not None:
        layout = replace(layout, n_skipped=1)
    if options.n_skipped is None and n_commented(lines):
        layout = replace(layout, n_skipped=n_commented(lines))
    if options.delimiter is not None:
        is_joint = len(options.delimiter) > 1
        mark, text = (JOINT_MARK, options.delimiter) if is_joint else (options.delimiter, "")
        return _with_quote(lines, options, replace(layout, delimiter=mark, delimiter_text=text))
    if said is not None:
        trial = _with_quote(lines, options, replace(layout, delimiter=said))
        detected = trial if trial.width > 1 else _detected(lines, options, layout)
        # That line and the rows may come from spreadsheets of two countries.
        return detected if detected.width > 1 else trial
    return _detected(lines, options, layout)


def _detected(lines: Sequence[str], options: ReadingOptions, layout: Layout) -> Trial:
    """As ``find_dialect``, of a file in which nobody says what its delimiter is."""
    around = mark_around_cells(lines[layout.n_skipped :], f"{DELIMITERS}\x14") if options.quote is None else ""
    if around:
        # Around every cell, and so no delimiter.
        return _with_quote(lines, replace(options, quote=around[0]), replace(layout, delimiter=around[1]))
    joint = find_joint_delimiter(lines[layout.n_skipped :])
    if joint:
        trial = _with_quote(lines, options, replace(layout, delimiter=JOINT_MARK, delimiter_text=joint))
        if trial.width > 1 and not trial.is_damaged and trial.share == 1.0:
            return trial
    marks = DELIMITERS.replace(options.quote or NO_QUOTE, "")
    trials = [_with_quote(lines, options, replace(layout, delimiter=one)) for one in marks]
    fits = [trial.fit() for trial in trials]
    # Of marks that do as well: a tab stands in no text, and numbers are seldom cut out of words.
    equal = [place for place, fit in enumerate(fits) if fit == max(fits)]
    n_values = {place: trials[place].n_values() if len(equal) > 1 else 0 for place in equal}
    best = max(equal, key=lambda place: (marks[place] == TAB, n_values[place], -place))
    if trials[best].records and trials[best].records[0].width == 1:
        # Marks within numbers split no header: what splits every record and the first alike is the delimiter.
        best = next((place for place, trial in enumerate(trials) if _splits_all(trial)), best)
    if _has_numbers_in_groups(lines, trials[best]):
        # Under a mark other than a semicolon, of whose files the comma mostly is the decimal mark.
        return next((trial for trial in reversed(trials) if trial.width == 1), trials[best])
    if trials[best].is_damaged:
        # Names may be delimited by another mark than rows, in which quotes look broken under theirs.
        best = next((place for place, trial in enumerate(trials) if _splits_all_but_names(trial)), best)
    if fits[best] > 0.0 and (_has_numbers_within(trials[best]) or _has_cut_numbers(trials[best])):
        blanks = _with_quote(lines, options, replace(layout, delimiter=BLANK))
        if _is_certain(lines, blanks):
            return blanks
    if fits[best] > 0.0 and (trials[best].records[0].width == 1 or trials[best].share < _LEAST_SHARE):
        blanks = _with_quote(lines, options, replace(layout, delimiter=BLANK))
        # Numbers with a decimal comma between blanks look like a title above cells between commas.
        is_tab = trials[best].layout.delimiter == TAB and trials[best].share >= _LEAST_SHARE
        if not is_tab and _is_certain(lines, blanks) and blanks.records[0].width == blanks.width:
            return blanks
    if fits[best] > 0.0 and not _are_sentences(lines, trials[best]):
        return without_outer_bars(lines, trials[best])
    has_times = sum(_TIME.search(line) is not None for line in lines) > len(lines) // 2
    for one in (RARE_DELIMITERS + BLANK).replace(":" if has_times else "", "").replace(options.quote or NO_QUOTE, ""):
        trial = _with_quote(lines, options, replace(layout, delimiter=one))
        if _is_certain(lines, trial):
            return _with_mark_between(lines, options, trial) if one == BLANK else trial
    for one in RAREST_DELIMITERS:
        if one == options.quote:
            continue
        trial = _with_quote(lines, options, replace(layout, delimiter=one))
        if _is_certain(lines, trial) and header_votes(trial.records[0].cells, trial.records[1:]) > 0:
            return trial
    words = _between_words(lines, options, layout)
    if words is not None:
        return words
    blanks = _with_quote(lines, options, replace(layout, delimiter=BLANK))
    if _are_broken_numbers(blanks):
        return blanks
    # One column: under a mark that stands in no cell, so that sentences keep their commas.
    return next((trial for trial in trials if trial.width == 1), trials[0])


def _between_words(lines: Sequence[str], options: ReadingOptions, layout: Layout) -> Trial | None:
    """A trial by a mark, or by gaps of two blanks or more, that splits all lines alike, the first too; or None.

    A colon between the parts of codes, such as GO:0008150, has the same before it in every line.
    """
    rows = [line for line in lines[layout.n_skipped :] if line.strip()]
    others = [one for one in rows[0] if unicodedata.category(one) == "So" and one not in _MARKS_OF_TEXT] if rows else []
    marks = _MARKS_OF_NO_TEXT + "".join(dict.fromkeys(others))
    marks += ":" if all(map(_BETWEEN_WORDS.match, rows)) else ""
    layouts = [replace(layout, delimiter=one) for one in marks.replace(options.quote or NO_QUOTE, "")]
    gaps = replace(layout, delimiter=JOINT_MARK, delimiter_text=GAP)
    for one in (*layouts, gaps, replace(layout, delimiter=BLANK)):
        is_spaced = one.delimiter_text == GAP or one.delimiter == BLANK
        if not is_spaced and not all(one.delimiter in row for row in rows):
            continue
        trial = _with_quote(lines, options, one)
        widths = {record.width for record in trial.records}
        if trial.is_damaged or len(trial.records) <= _LEAST_RECORDS or widths != {trial.width} or trial.width == 1:
            continue
        if one.delimiter == BLANK and (trial.width < _LEAST_WORDS or len(trial.records) <= _LEAST_WORDS):
            # A name and a surname are one cell.
            continue
        columns = zip(*(record.cells for record in trial.records), strict=True)
        if all(map(all, columns)) if is_spaced else all(len(set(cells)) > 1 for cells in columns):
            return trial
    return None


def _with_mark_between(lines: Sequence[str], options: ReadingOptions, trial: Trial) -> Trial:
    """``trial``, or one by the mark that stands between its blanks in every second place of every record."""
    marks = {cell for record in trial.records for cell in record.cells[1::2]}
    mark = marks.pop() if len(marks) == 1 and trial.width % 2 else "?"
    if len(mark) > 2 or any(one.isalnum() or one in "?.\"'" for one in mark):
        return trial
    is_rare = mark in RAREST_DELIMITERS
    layout = replace(
        trial.layout, delimiter=mark if is_rare else JOINT_MARK, delimiter_text="" if is_rare else f" {mark} "
    )
    marked = _with_quote(lines, options, layout)
    return marked if _is_certain(lines, marked) and 2 * marked.width == trial.width + 1 else trial


def _are_broken_numbers(trial: Trial) -> bool:
    """Whether blanks stand between names and between numbers alone, of which some rows lack one or have one more."""
    rows = [record for record in trial.records[1:] if not record.is_comment]
    if trial.is_damaged or trial.width == 1 or trial.records[0].width != trial.width or len(rows) < _LEAST_RECORDS:
        return False
    n_alike = sum(record.width == trial.width for record in rows)
    cells = [cell for record in rows for cell in record.cells]
    are_numbers = all(is_value(cell) or is_missing(cell) for cell in cells)
    return are_numbers and _LEAST_SHARE * len(rows) < n_alike < len(rows)


def _are_sentences(lines: Sequence[str], trial: Trial) -> bool:
    """Whether commas stand before blanks alone, between words, below a line without any: they are those of a text."""
    if trial.layout.delimiter != "," or trial.records[0].width > 1:
        return False
    has_value = any(is_value(cell) for record in trial.records[1:] for cell in record.cells)
    return not has_value and not any(_BARE_COMMA.search(line) for line in lines)


def _has_numbers_in_groups(lines: Sequence[str], trial: Trial) -> bool:
    """Whether every line below a name is a number, and those with commas have them between thousands, or lakhs.

    Where all have as many commas, two or more, and none a group of two digits, they stand between cells: 255,128,100.
    """
    if trial.layout.delimiter != "," or not trial.records or trial.records[0].width > 1:
        return False
    below = [lines[record.line - 1].strip() for record in trial.records[1:]]
    n_grouped = sum("," in line for line in below)
    n_commas = {line.count(",") for line in below}
    are_cells = len(n_commas) == 1 and n_commas != {1} and not any(map(_IN_LAKHS.match, below))
    if are_cells or is_value(trial.records[0].cells[0]):
        return False
    return 2 * n_grouped > len(below) and n_grouped > 1 and all(map(_IN_GROUPS.fullmatch, below))


def _splits_all(trial: Trial) -> bool:
    alike = {record.width for record in trial.records} == {trial.width}
    return not trial.is_damaged and trial.width > 1 and len(trial.records) > _LEAST_RECORDS and alike


def _splits_all_but_names(trial: Trial) -> bool:
    return (
        not trial.is_damaged
        and trial.width > 1 == trial.records[0].width
        and len(trial.records) > _LEAST_RECORDS
        and all(record.width == trial.width for record in trial.records[1:])
    )


def _has_numbers_within(trial: Trial) -> bool:
    """Whether nearly every record has a cell of several aligned numbers: then a tab is a blank as well."""
    if trial.layout.delimiter != TAB:
        return False
    n_records = sum(any(map(_is_several_numbers, record.cells)) for record in trial.records)
    return n_records >= _SHARE_NUMBERS * len(trial.records)


def _has_cut_numbers(trial: Trial) -> bool:
    """Whether every record has a cell such as 5 2, from 1,5 2,5: numbers with a decimal comma between blanks."""
    return trial.layout.delimiter == "," and all(
        any(" " in cell and _CUT_NUMBERS.fullmatch(cell) is not None and not is_value(cell) for cell in record.cells)
        for record in trial.records
    )


def _is_several_numbers(cell: str) -> bool:
    parts = cell.split() if "  " in cell else []
    return len(parts) >= _LEAST_NUMBERS and all(is_value(part) or is_missing(part) for part in parts)


def _is_certain(lines: Sequence[str], trial: Trial) -> bool:
    """Whether a mark that also stands within cells is what delimits them: everywhere, and with values between."""
    if trial.width == 1 or trial.is_damaged:
        return False
    rows = [record for record in trial.records if not record.is_comment]
    if len(rows) <= _LEAST_RECORDS:
        return False
    # Row names have no name in what R writes; a single name is quoted there, and may else be that of one column.
    first = rows[0].width
    is_row_named = first == trial.width - 1 and (
        first > 1 or lines[rows[0].line - 1].lstrip().startswith(trial.layout.quote or '"')
    )
    if any(record.width != trial.width for record in rows[1:]) or not (first == trial.width or is_row_named):
        return False
    if trial.layout.delimiter == BLANK:
        ends = {cell[-1:] for record in rows[1:] for cell in record.cells[:-1]}
        if len(ends) == 1 and ends <= set(DELIMITERS):
            # Below a title of as many words: the mark that stands before each blank is the delimiter.
            return False
    values = sum(any(is_value(cell) for cell in record.cells) for record in rows[1:])
    return values > len(rows) // 2


def _with_quote(lines: Sequence[str], options: ReadingOptions, layout: Layout) -> Trial:
    if options.quote is not None:
        quote = options.quote.replace(NO_QUOTE, "")
    else:
        quote = "'" if has_single_quotes(lines[layout.n_skipped :], layout.delimiter) else '"'
    plain = Trial.of(lines, replace(layout, quote=quote))
    if plain.is_damaged and quote:
        plain = with_mended_quotes(lines, plain, is_quote_open=options.quote is None)
    marks = (f"\\{layout.delimiter}", f"\\{quote}") if quote else (f"\\{layout.delimiter}",)
    if not any(mark in line for line in lines for mark in marks):
        return plain
    escaped = Trial.of(lines, replace(plain.layout, has_backslashes=True))
    is_better = (escaped.is_damaged, -escaped.share) < (plain.is_damaged, -plain.share)
    return escaped if is_better else plain
