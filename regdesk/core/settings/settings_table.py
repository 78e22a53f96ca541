"""The one table of settings: from it come options, parsers, bounds, sentences on changes and the form in files.

A new setting is a field of ``core/settings/configuration.py`` or ``core/types.py``, a line here, in
``data_table.py``, ``run_table.py`` or ``view_table.py``, and its use.
"""

from __future__ import annotations

from difflib import get_close_matches

from regdesk.core.reading_options import DECIMAL_MARKS, GIVEN_KINDS, NO_QUOTE
from regdesk.core.settings.data_table import DATA
from regdesk.core.settings.run_table import ENDING, MODEL, SWEEP
from regdesk.core.settings.setting import Option, Setting
from regdesk.core.settings.setting_kinds import Choice, EncodingName, Mark, Named, Several, Text, Truth, Whole
from regdesk.core.settings.text_kinds import QuoteMark
from regdesk.core.settings.view_table import VIEW

OF_FILE = "it is told by the file's name, of which the window's title speaks"
DETECTED = "the dialog that opens a file shows what was found, before any of it is in force"
MOST_SKIPPED = 1_000_000

READING = (
    Setting(
        "source.reading.delimiter", Mark(is_optional=True), "Delimiter", "delimiter {before} → {after}",
        tip="What stands between two cells.",
        option=Option(
            "--delimiter", "MARK",
            "what stands between cells: comma, semicolon, tab, blank or the mark, such as | or :: (detected when left "
            "out)",
            "a delimiter",
        ),
        no_control=DETECTED,
    ),
    Setting(
        "source.reading.encoding", EncodingName(is_optional=True), "Encoding", "encoding {before} → {after}",
        tip="How bytes stand for letters: another one where letters look wrong.",
        option=Option(
            "--encoding", "NAME",
            "how bytes stand for letters, such as utf-8, utf-16, cp1252 or latin-1 (detected when left out)",
        ),
        no_control=DETECTED,
    ),
    Setting(
        "source.reading.quote", QuoteMark(is_optional=True), "Quote", "quote {before} → {after}",
        tip="What stands around a cell that has delimiters or line ends in it.",
        option=Option(
            "--quote", "MARK", f"the mark around cells: \", ', {NO_QUOTE} or another (detected when left out)",
            "a quote"
        ),
        no_control=DETECTED,
    ),
    Setting(
        "source.reading.decimal", Choice(is_optional=True, words=DECIMAL_MARKS), "Decimal mark",
        "decimal mark {before} → {after}", tip="The mark that begins the decimals of a number.",
        option=Option(
            "--decimal", ".|,", "the mark that begins the decimals (detected, column by column, when left out)",
        ),
        no_control=DETECTED,
    ),
    Setting(
        "source.reading.has_header", Truth(is_optional=True), "Header", "header {before} → {after}",
        tip="Whether the first row holds the names of the columns.",
        option=Option(
            "--no-header", help="the first line is a row like the others (detected)", is_flag=True,
            opposite="--header", opposite_help="the first line holds the names of the columns (detected)",
        ),
        no_control=DETECTED,
    ),
    Setting(
        "source.reading.n_skipped", Whole(is_optional=True, high=MOST_SKIPPED), "Lines skipped",
        "lines skipped {before} → {after}", tip="Lines of the file before the names, or before the rows.",
        option=Option(
            "--skip", "N", "how many lines stand before the header (detected when left out)", "a number of lines",
        ),
        no_control=DETECTED,
    ),
    Setting(
        "source.reading.missing_words", Several(is_optional=True, one=Text(), least=1, is_distinct=True),
        "Missing words", "missing words {before} → {after}",
        tip="Cells that are missing besides empty ones, with commas between them. The word usual stands "
        "for all that mean it when nothing is said.",
        option=Option(
            "--missing-values", "A,B",
            "texts that mean a missing cell, besides empty ones; usual stands for the usual words (default: usual)",
            "missing values",
        ),
        no_control=DETECTED,
    ),
    Setting(
        "source.reading.kinds", Several(one=Named(one=Choice(words=GIVEN_KINDS)), is_distinct=True),
        "Kinds of columns", "kinds {before} → {after}",
        option=Option(
            "--kind", "COL=KIND", f"read a column as {', '.join(GIVEN_KINDS[:-1])} or {GIVEN_KINDS[-1]} (repeatable)",
            "a kind",
        ),
        no_control=DETECTED,
    ),
    Setting(
        "source.reading.sheet", Text(is_optional=True), "Sheet", "sheet {before} → {after}",
        tip="The sheet of a workbook, table of a database or file of an archive that is read; of a sheet also some "
        "cells, as Sales!B4:F20.",
        option=Option(
            "--sheet", "NAME",
            "the sheet of a workbook, or cells of it as Sales!B4:F20; the table of a database or file of an archive",
        ),
        no_control=DETECTED,
    ),
    Setting(
        "source.reading.sample_rows", Whole(is_optional=True, low=1), "Rows drawn", "rows drawn {before} → {after}",
        option=Option("--sample-rows", "N", "read N rows, drawn at random (default: all)", "a number of rows"),
        no_control=OF_FILE,
    ),
    Setting(
        "source.reading.sample_seed", Whole(), "Seed of the rows drawn", "seed of the rows drawn {before} → {after}",
        option=Option("--sample-seed", "N", "a number that says which rows are drawn (default 0)"),
        no_control=OF_FILE,
    ),
)  # fmt: skip

SOURCE = (
    Setting(
        "source.file", Text(is_optional=True, is_path=True), "File", control="dataTitle",
        no_option="the file is an argument without a name", unsaid=OF_FILE,
    ),
    Setting(
        "source.sample", Text(is_optional=True), "Sample", control="dataTitle",
        option=Option("--sample", "NAME", "open a sample that comes with the program"), unsaid=OF_FILE,
    ),
    Setting(
        "source.reading.more_files", Several(one=Text(is_path=True), is_distinct=True), "Further files",
        "further files {before} → {after}", no_option="files are arguments without a name", no_control=OF_FILE,
    ),
    *READING,
)  # fmt: skip

TABLE: tuple[Setting, ...] = (*SOURCE, *DATA, *MODEL, *ENDING, *SWEEP, *VIEW)
SETTINGS: dict[str, Setting] = {setting.path: setting for setting in TABLE}


class WrongSetting(ValueError):
    """``str()`` is a sentence that names the setting, as files do, and what it has to be.

    ``path`` and ``problem`` are for those who call it by another name: ``problem`` goes on after it. They are empty
    where there is no such setting.
    """

    def __init__(self, sentence: str, path: str = "", problem: str = "") -> None:
        super().__init__(sentence)
        self.path, self.problem = path, problem


def setting_at(path: str) -> Setting:
    """The line of the table for ``path``. Raises WrongSetting where there is none."""
    if path in SETTINGS:
        return SETTINGS[path]
    close = get_close_matches(path, list(SETTINGS), n=1)
    remedy = f"did you mean {close[0]}?" if close else "see the table of settings."
    raise WrongSetting(f"There is no setting {path}; {remedy}")
