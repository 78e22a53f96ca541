"""The one table of settings: from it come options, parsers, bounds, sentences on changes and the form in files.

A new setting is a field of ``core/settings/configuration.py`` or ``core/types.py``, a line here, in
``run_table.py`` or in ``view_table.py``, and its use.
"""

from __future__ import annotations

from difflib import get_close_matches

from regdesk.core.reading_options import DECIMAL_MARKS, GIVEN_KINDS, NO_QUOTE
from regdesk.core.settings.run_table import ENDING, MODEL, SWEEP
from regdesk.core.settings.setting import Option, Setting
from regdesk.core.settings.setting_kinds import Choice, EncodingName, Mark, Named, Number, Several, Text, Truth, Whole
from regdesk.core.settings.text_kinds import QuoteMark
from regdesk.core.settings.view_table import VIEW
from regdesk.core.types import (
    COLUMN_ROLES,
    FEATURE_ROLES,
    LARGEST_FACTOR,
    LEAST_FACTOR,
    SPLIT_PARTS,
)

OF_FILE = "it is told by the file's name, of which the window's title speaks"
DETECTED = "the dialog that opens a file shows what was found, before any of it is in force"
MOST_SKIPPED = 1_000_000
OF_COLUMNS_ROLES = "the dialog that opens a file says it of each column, before any of it is in force"
_COLUMN = Text(is_optional=True)
_COLUMNS = Several(is_optional=True, one=Text(), least=1, is_distinct=True)
_FACTORS = Several(
    one=Named(one=Number(low=0.0, high=LARGEST_FACTOR, least_beside_zero=LEAST_FACTOR)), is_distinct=True
)
_SHARE = Number(low=0.0, high=1.0, is_high_open=True, step=0.05)

READING = (
    Setting(
        "source.reading.delimiter", Mark(is_optional=True), "Delimiter", "delimiter {before} → {after}",
        tip="What stands between two cells.",
        option=Option(
            "--delimiter", "MARK", "comma, semicolon, tab, blank or the mark, such as | or :: (detected when left out)",
            "a delimiter",
        ),
        no_control=DETECTED,
    ),
    Setting(
        "source.reading.encoding", EncodingName(is_optional=True), "Encoding", "encoding {before} → {after}",
        tip="How bytes stand for letters: another one where letters look wrong.",
        option=Option("--encoding", "NAME", "such as utf-8, utf-16, cp1252 or latin-1 (detected when left out)"),
        no_control=DETECTED,
    ),
    Setting(
        "source.reading.quote", QuoteMark(is_optional=True), "Quote", "quote {before} → {after}",
        tip="What stands around a cell that has delimiters or line ends in it.",
        option=Option(
            "--quote", "MARK", f"\", ', {NO_QUOTE} or another mark around cells (detected when left out)", "a quote"
        ),
        no_control=DETECTED,
    ),
    Setting(
        "source.reading.decimal", Choice(is_optional=True, words=DECIMAL_MARKS), "Decimal mark",
        "decimal mark {before} → {after}", tip="The mark that begins the decimals of a number.",
        option=Option("--decimal", ".|,", "the mark in a number (detected, column by column, when left out)"),
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
        option=Option("--skip", "N", "lines before the header (detected when left out)", "a number of lines"),
        no_control=DETECTED,
    ),
    Setting(
        "source.reading.missing_words", Several(is_optional=True, one=Text(), least=1, is_distinct=True),
        "Missing words", "missing words {before} → {after}",
        tip="Cells that are missing besides empty ones, with commas between them; then Enter.",
        option=Option(
            "--missing-values", "A,B", "cells that are missing besides empty ones (default: the usual words)",
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
        tip="The sheet of a workbook, table of a database or file of an archive that is read.",
        option=Option("--sheet", "NAME", "the sheet of a workbook, table of a database or file of an archive"),
        no_control=DETECTED,
    ),
    Setting(
        "source.reading.sample_rows", Whole(is_optional=True, low=1), "Rows drawn", "rows drawn {before} → {after}",
        option=Option("--sample-rows", "N", "read N rows, drawn at random (default: all)", "a number of rows"),
        no_control=OF_FILE,
    ),
    Setting(
        "source.reading.sample_seed", Whole(), "Seed of the rows drawn", "seed of the rows drawn {before} → {after}",
        option=Option("--sample-seed", "N", "which rows are drawn (default 0)"),
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
        option=Option("--sample", "NAME", "open a sample that comes along"), unsaid=OF_FILE,
    ),
    Setting(
        "source.reading.more_files", Several(one=Text(is_path=True), is_distinct=True), "Further files",
        "further files {before} → {after}", no_option="files are arguments without a name", no_control=OF_FILE,
    ),
    *READING,
)  # fmt: skip

DATA = (
    Setting(
        "data.target", _COLUMN, "Target column", "target {before} → {after}",
        tip="The column that the model learns to predict.", control="targetBox", caption="&Target",
        option=Option("--target", "COL", "the column to predict"),
    ),
    Setting(
        "data.features", _COLUMNS, "Features", "features {before} → {after}", control="featureList",
        tip="Columns that the model sees. Space checks or unchecks what is selected.", none_text="all usable ones",
        option=Option("--features", "A,B,C", "columns to predict from (default: all usable ones)"),
    ),
    Setting(
        "data.roles", Several(one=Named(one=Choice(words=FEATURE_ROLES)), is_distinct=True), "Roles of columns",
        "roles {before} → {after}",
        option=Option(
            "--role", "COL=ROLE",
            f"what a column is for: {', '.join(COLUMN_ROLES[:-1])} or {COLUMN_ROLES[-1]} (repeatable)", "a role",
        ),
        no_control=OF_COLUMNS_ROLES,
    ),
    Setting(
        "data.task",
        Choice(
            words=("auto", "regression", "classification"),
            entries=("automatic", "regression (a number)", "classification (classes)"),
        ),
        "Task", "task {before} → {after}",
        tip="Predict a number, or tell classes apart.", control="taskBox", caption="Tas&k",
        option=Option("--task", "auto|regression|classification", "(default auto)"),
    ),
    Setting(
        "data.missing",
        Choice(
            words=("impute", "drop", "level"), entries=("impute: fill in", "drop the row", "a level of its own"),
            tips=(
                "Numbers become the median, labels the most frequent one, of the training rows.",
                "A row in which any checked feature is missing is not used.",
                "That a label is missing is a label of its own; numbers become the median of the training rows.",
            ),
        ),
        "Missing cells", "missing cells {before} → {after}",
        tip="What becomes of rows in which a feature is missing.", control="missingBox", caption="&Missing cells",
        option=Option(
            "--missing", "drop|impute|level",
            "drop rows with missing cells, fill in the training rows' median or most frequent value (default), or take "
            "a missing label for a level of its own",
        ),
    ),
    Setting(
        "data.standardize", Truth(), "Standardise inputs", "inputs standardised {before} → {after}",
        tip="Mean 0 and standard deviation 1 on the training rows, so that λ presses on all alike.",
        control="standardizeInputsBox", caption="Standardise &inputs",
        option=Option("--no-standardize", help="leave the inputs as they are", is_flag=True),
    ),
    Setting(
        "data.standardize_target", Truth(), "Standardise target", "target standardised {before} → {after}",
        tip="The same for the target of a regression; classes have no scale.", control="standardizeTargetBox",
        caption="Standardise ta&rget",
        option=Option("--no-standardize-target", help="leave a regression target as it is", is_flag=True),
    ),
    Setting(
        "data.validation_fraction", _SHARE, "Validation fraction", "validation fraction {before} → {after}",
        unit="share of the rows",
        tip="Share of the rows that the model never learns from; they show whether it has understood.",
        control="validationFractionSpin", caption="&Validation",
        option=Option(
            "--validation-fraction", "F", "share of rows held back to validate (default 0.25)", "a fraction"
        ),
    ),
    Setting(
        "data.test_fraction", _SHARE, "Test fraction", "test fraction {before} → {after}", unit="share of the rows",
        tip="Share of the rows that nobody looks at until the end.", control="testFractionSpin", caption="T&est",
        option=Option(
            "--test-fraction", "F", "share of rows held back to test (default 0)", "a fraction"
        ),
    ),
    Setting(
        "data.split_column", _COLUMN, "Split column", "split column {before} → {after}", none_text="none",
        option=Option(
            "--split-column", "COL",
            "column that says train, validation or test; true or 1 is what its name says (is_test), else train",
        ),
        no_control=OF_COLUMNS_ROLES,
    ),
    Setting(
        "data.split_true", Choice(is_optional=True, words=SPLIT_PARTS), "True in the split column",
        "true in the split column {before} → {after}", none_text="as its name says",
        tip="The part of the rows in which this column says true, yes or 1.",
        option=Option(
            "--split-true", "|".join(SPLIT_PARTS),
            "what true, yes or 1 stands for in a split column (default: what its name says, else train)",
        ),
        no_control=OF_COLUMNS_ROLES,
    ),
    Setting(
        "data.fold_column", _COLUMN, "Fold column", "fold column {before} → {after}", none_text="none",
        option=Option(
            "--fold-column", "COL", "column that says to which fold of a sweep a row belongs; never a feature"
        ),
        no_control=OF_COLUMNS_ROLES,
    ),
    Setting(
        "data.date_parts", Several(one=Text(), is_distinct=True), "Parts of dates", "parts of dates {before} → {after}",
        none_text="none",
        option=Option(
            "--date-parts", "COL,COL|all",
            "make features of the month and the weekday of dates in these columns, or in all of them",
        ),
        no_control=OF_COLUMNS_ROLES,
    ),
    Setting(
        "data.penalty_factors", _FACTORS, "Penalty factors", "penalty factors {before} → {after}",
        option=Option(
            "--penalty-factor", "COL=F",
            "multiply the penalty of all weights that leave a column by F; 0: it is never penalised (repeatable)",
        ),
        control="featureList",
        tip="Multiplies the penalty of all weights that leave the column; 0: it is never penalised. "
        "F2 or a double click changes it.",
    ),
    Setting(
        "data.weight_column", _COLUMN, "Weight column", "weight column {before} → {after}", none_text="none",
        caption="&Weights",
        tip="Column that says how much each row counts: 2 is as good as two rows, 0 as none.", control="weightBox",
        option=Option(
            "--weight-column", "COL",
            "column that says how much each row counts, from 0 on: losses and scores are weighted means",
        ),
    ),
    Setting(
        "seed", Whole(), "Seed", "seed {before} → {after}", control="seedSpin", caption="&Seed",
        tip="Draws the rows that are held back and the initial weights; the same seed, the same run.",
        option=Option(
            "--seed", "N", "of the split, the initial weights and the batches (default 0)", "a seed"
        ),
    ),
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
