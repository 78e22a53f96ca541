"""The one table of settings: from it come options, parsers, bounds, sentences on changes and the form in files.

A new setting is a field of ``core/settings/configuration.py`` or ``core/types.py``, a line here or in
``view_table.py``, and its use.
"""

from __future__ import annotations

from difflib import get_close_matches

from regdesk.core.settings.setting import Option, Setting
from regdesk.core.settings.setting_kinds import Choice, Mark, Named, Number, Several, Text, Truth, Whole
from regdesk.core.settings.view_table import VIEW
from regdesk.core.types import (
    ACTIVATIONS,
    LAMBDA_MAXIMUM,
    LARGEST_BATCH,
    LARGEST_FACTOR,
    LEARNING_RATE_RANGE,
    LEAST_FACTOR,
    MOST_EPOCHS,
    MOST_FOLDS,
    MOST_LAMBDAS,
    MOST_LAYERS,
    MOST_STARTS,
    MOST_UNITS,
    OPTIMIZERS,
    PENALTIES,
)

OF_FILE = "it is told by the file's name, of which the window's title speaks"
HEADLESS = "the window trains until it is paused"
OF_COLUMNS_ROLES = "the window has no list of roles yet; the option alone gives one"
_COLUMN = Text(is_optional=True)
_COLUMNS = Several(is_optional=True, one=Text(), least=1, is_distinct=True)
_FACTORS = Several(
    one=Named(one=Number(low=0.0, high=LARGEST_FACTOR, least_beside_zero=LEAST_FACTOR)), is_distinct=True
)
_SHARE = Number(low=0.0, high=1.0, is_high_open=True, step=0.05)

SOURCE = (
    Setting(
        "source.file", Text(is_optional=True), "File", control="dataTitle",
        no_option="the file is an argument without a name", unsaid=OF_FILE,
    ),
    Setting(
        "source.sample", Text(is_optional=True), "Sample", control="dataTitle",
        option=Option("--sample", "NAME", "open a sample that comes along"), unsaid=OF_FILE,
    ),
    Setting(
        "source.delimiter", Mark(is_optional=True), "Delimiter", "delimiter {before} → {after}",
        option=Option(
            "--delimiter", "MARK", "comma, semicolon, tab or the mark itself (detected when left out)", "a delimiter"
        ),
        no_control="the window detects it",
    ),
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
            words=("impute", "drop"), entries=("impute: fill them in", "drop the row"),
            tips=(
                "Numbers become the median, labels the most frequent one, of the training rows.",
                "A row in which any checked feature is missing is not used.",
            ),
        ),
        "Missing cells", "missing cells {before} → {after}",
        tip="What becomes of rows in which a feature is missing.", control="missingBox", caption="&Missing cells",
        option=Option(
            "--missing", "drop|impute",
            "drop rows with missing cells, or fill in the training rows' median or most frequent value (default)",
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
        "data.fold_column", _COLUMN, "Fold column", "fold column {before} → {after}", none_text="none",
        option=Option(
            "--fold-column", "COL", "column that says to which fold of a sweep a row belongs; never a feature"
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

MODEL = (
    Setting(
        "architecture.hidden", Several(one=Whole(low=1, high=MOST_UNITS), most=MOST_LAYERS), "Hidden layers",
        "hidden layers {before} → {after}", unit="units", tip="Units of each hidden layer, such as 16,16.",
        control="hiddenLayersEdit",
        option=Option(
            "--hidden", "UNITS",
            'units of each hidden layer (default 16,16); "" for none: linear, logistic or softmax regression',
        ),
    ),
    Setting(
        "architecture.activation", Choice(words=ACTIVATIONS, tips=("tanh is smooth, relu is not.",) * 2), "Activation",
        "{before} → {after}", tip="What each hidden unit does to its sum.", control="activationBox",
        idle="A linear model has no hidden units.",
        option=Option("--activation", "|".join(ACTIVATIONS), "(default tanh)"),
    ),
    Setting(
        "training.penalty",
        Choice(
            words=PENALTIES, names=("no penalty", "L1", "L2", "elastic net", "group lasso"),
            tips=(
                "No penalty: λ does nothing.",
                "L1, Σ|w|: sets weights to exactly zero, one by one.",
                "L2, ½Σw²: shrinks all weights, the large ones most; none becomes exactly zero.",
                "Elastic net: a mixture of L1 and L2; the share of L1 is set below.",
                "Group lasso, Σ√|g| ‖W_g‖₂: a group, all weights that leave one input column or one hidden unit, goes "
                "to zero together.",
            ),
        ),
        "Penalty", "{before} → {after}", control="penaltyBox",
        tip="What λ presses on; each entry of the list says what it does.",
        option=Option(
            "--penalty", "|".join(PENALTIES),
            "R: l1 is ‖W‖₁, l2 is ½‖W‖₂², elastic-net some of both, group-lasso Σ √|g| ‖W_g‖₂, where all weights "
            "that leave an input column, or a unit, are one group g (default l2)",
        ),
    ),
    Setting(
        "training.lam", Number(low=0.0, high=LAMBDA_MAXIMUM), "λ", "λ {before} → {after}",
        tip="Strength of the penalty: any number from 0 to 1e12, then Enter.", control="lambdaEdit",
        option=Option("--lam", "λ", "from 0 to 1e12 (default 0.01)", "λ"),
    ),
    Setting(
        "training.l1_ratio", Number(low=0.0, high=1.0), "L1 share", "L1 share {before} → {after}",
        tip="Share of L1 in the elastic net.", control="l1RatioSlider", idle="Only the elastic net mixes L1 and L2.",
        option=Option(
            "--l1-ratio", "R", "share of L1 in the elastic net (default 0.5)", "the L1 ratio"
        ),
    ),
    Setting(
        "training.optimizer",
        Choice(
            words=OPTIMIZERS, names=("Adam", "momentum", "SGD"),
            tips=(
                "Adam: a step size of its own for every weight.",
                "Momentum: gradient descent along a running mean of the gradients.",
                "SGD: plain gradient descent, on all rows or on batches.",
            ),
        ),
        "Optimiser", "{before} → {after}", tip="How the weights walk down the loss.", control="optimizerBox",
        option=Option(
            "--optimizer", "|".join(("auto", *OPTIMIZERS)),
            "auto is Adam, or for linear models trained to convergence an exact solver; momentum is damped: it steps "
            "along 0.9 of its last direction + 0.1 of the gradient (default auto)",
            words=("auto",),
        ),
    ),
    Setting(
        "training.learning_rate", Number(low=LEARNING_RATE_RANGE[0], high=LEARNING_RATE_RANGE[1]), "Learning rate",
        "learning rate {before} → {after}", tip="Length of a step, 0.00001 to 1.", control="learningRateEdit",
        option=Option(
            "--learning-rate", "RATE", "from 1e-5 to 1 (default 0.01)", "the learning rate"
        ),
    ),
    Setting(
        "training.batch_size", Whole(low=0, high=LARGEST_BATCH, word="full"), "Batch size",
        "batch size {before} → {after}", unit="rows", tip="Rows of each step: a number, or full for all of them.",
        control="batchSizeEdit",
        option=Option("--batch-size", "N|full", "rows of one optimiser step (default full)"),
    ),
)  # fmt: skip

ENDING = (
    Setting(
        "ending.n_epochs", Whole(is_optional=True, high=MOST_EPOCHS), "Epochs", "epochs {before} → {after}",
        none_text="to convergence",
        option=Option("--epochs", "N", "exactly N passes over the rows", "a number of epochs"),
        no_control=HEADLESS,
    ),
    Setting(
        "ending.tolerance", Number(is_optional=True, low=0.0, high=1e12, is_low_open=True), "Tolerance",
        "tolerance {before} → {after}",
        option=Option(
            "--tol", "RESIDUAL",
            "largest kkt residual of a converged model (default 1e-8; 1e-5 with hidden layers)", "a tolerance"
        ),
        no_control=HEADLESS,
    ),
    Setting(
        "ending.max_epochs", Whole(is_optional=True, low=1, high=MOST_EPOCHS), "Most epochs",
        "most epochs {before} → {after}",
        option=Option(
            "--max-epochs", "N", "where training ends at the latest (default 20000)", "a number of epochs"
        ),
        no_control=HEADLESS,
    ),
    Setting(
        "ending.is_optimizer_chosen", Truth(), "Optimiser is chosen",
        unsaid="the optimiser itself is said", no_control=HEADLESS,
        no_option="--optimizer makes it true unless it says auto",
    ),
)  # fmt: skip

SWEEP = (
    Setting(
        "sweep.lambdas",
        Several(is_optional=True, one=Number(low=0.0, high=LAMBDA_MAXIMUM), least=1, most=MOST_LAMBDAS),
        "λ of the sweep", "λ of the sweep {before} → {after}", none_text="a grid",
        option=Option("--lambdas", "L1,L2,…", "the λ to visit (default: a grid from λ_max down)"),
        no_control="the window sweeps a grid",
    ),
    Setting(
        "sweep.n_lambdas", Whole(low=2, high=MOST_LAMBDAS), "Points of the sweep",
        "points of the sweep {before} → {after}",
        option=Option(
            "--n-lambdas", "N", "points of the grid, geometric (default 50)", "a number of λ"
        ),
        no_control="the window sweeps a grid of 50",
    ),
    Setting(
        "sweep.n_folds", Whole(low=1, high=MOST_FOLDS), "Folds", "folds {before} → {after}",
        option=Option(
            "--folds", "N", "of the cross-validation; 1 is the validation split (default 5)", "a number of folds"
        ),
        no_control="the window sweeps five folds",
    ),
    Setting(
        "sweep.n_starts", Whole(low=1, high=MOST_STARTS), "Starts", "starts of the sweep {before} → {after}",
        control="severalStartsAction",
        option=Option(
            "--n-starts", "N",
            "initial weights that a network is tried from, from --seed on; the lowest J counts (default 1)",
            "a number of starts",
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
