"""The lines of the table of settings that say what the data are: target, features, rows held back, scales."""

from __future__ import annotations

from regdesk.core.powers import MOST_DEGREE
from regdesk.core.settings.setting import Option, Setting
from regdesk.core.settings.setting_kinds import Choice, Named, Number, Several, Text, Truth, Whole
from regdesk.core.types import COLUMN_ROLES, FEATURE_ROLES, LARGEST_FACTOR, LEAST_FACTOR, SPLIT_PARTS

OF_COLUMNS_ROLES = "the dialog that opens a file says it of each column, before any of it is in force"
MOST_CELLS = 3_000
_COLUMN = Text(is_optional=True)
_COLUMNS = Several(is_optional=True, one=Text(), least=1, is_distinct=True)
_FACTORS = Several(
    one=Named(one=Number(low=0.0, high=LARGEST_FACTOR, least_beside_zero=LEAST_FACTOR)), is_distinct=True
)
_SHARE = Number(low=0.0, high=1.0, is_high_open=True, step=0.05)

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
        option=Option("--task", "auto|regression|classification",
            "predict a number, or tell classes apart; auto goes by the target (default auto)"),
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
        "data.cells", Several(one=Named(one=Text()), most=MOST_CELLS, is_distinct=True), "Changed cells",
        option=Option(
            "--cell", "ROW:COL=VALUE",
            "put another value into a cell of your own copy of the table, row 1 being the first; rows after the last "
            "one are added, and train (repeatable)", "a changed cell",
        ),
        unsaid="the picture of the fit says how many points were moved and added",
        no_control="points are moved and added in the picture of the fit, which says how many were",
    ),
    Setting(
        "data.degree", Whole(low=1, high=MOST_DEGREE), "Degree", "degree {before} → {after}",
        tip="Each number becomes its powers up to this one: x, x^2, x^3 …, each standardised by itself.",
        control="degreeSpin", caption="De&gree",
        option=Option(
            "--degree", "D",
            f"the inputs are the powers 1 to D of each number, such as x^2 (1 to {MOST_DEGREE}, default 1)",
            "a degree",
        ),
    ),
    Setting(
        "data.standardize", Truth(), "Standardise inputs", "inputs standardised {before} → {after}",
        tip="Mean 0 and standard deviation 1 on the training rows, so that the penalty treats all alike.",
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
            "--fold-column", "COL", "column that says to which fold of a sweep each row belongs; it is never a feature"
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
            "column that says how much each row counts, 0 or more: losses and scores are weighted means",
        ),
    ),
    Setting(
        "seed", Whole(), "Seed", "seed {before} → {after}", control="seedSpin", caption="&Seed",
        tip="Draws the rows that are held back and the initial weights; the same seed, the same run.",
        option=Option(
            "--seed", "N", "a number that draws the split, the initial weights and the batches (default 0)", "a seed"
        ),
    ),
)  # fmt: skip
