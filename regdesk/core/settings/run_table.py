"""The part of the table of settings that says what is trained, how, until when, and what a sweep visits."""

from __future__ import annotations

from regdesk.core.settings.setting import Option, Setting
from regdesk.core.settings.setting_kinds import Choice, Number, Several, Truth, Whole
from regdesk.core.types import (
    ACTIVATIONS,
    LAMBDA_MAXIMUM,
    LARGEST_BATCH,
    LEARNING_RATE_RANGE,
    MOST_EPOCHS,
    MOST_FOLDS,
    MOST_LAMBDAS,
    MOST_LAYERS,
    MOST_STARTS,
    MOST_UNITS,
    OPTIMIZERS,
    PENALTIES,
)

HEADLESS = "the window trains until it is paused"

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
        "architecture.activation",
        Choice(words=ACTIVATIONS, tips=("The function of the hidden units: tanh is smooth, relu is not.",) * 2),
        "Activation",
        "{before} → {after}", tip="What each hidden unit does to its sum.", control="activationBox",
        idle="A linear model has no hidden units.",
        option=Option("--activation", "|".join(ACTIVATIONS), "the function of the hidden units (default tanh)"),
    ),
    Setting(
        "training.penalty",
        Choice(
            words=PENALTIES, names=("no penalty", "L1", "L2", "elastic net", "group lasso"),
            tips=(
                "No penalty: λ does nothing.",
                "L1, Σ|w|: sets weights to exactly zero, one by one.",
                "L2, ½Σw²: shrinks all weights, the large ones most; it makes none exactly zero.",
                "Elastic net: a mixture of L1 and L2; the share of L1 is set below.",
                "Group lasso, Σ√|g| ‖W_g‖₂: a group, all weights that leave one input column or one hidden unit, goes "
                "to zero together.",
            ),
        ),
        "Penalty", "{before} → {after}", control="penaltyBox",
        tip="What λ presses on; each entry of the list says what it does.",
        option=Option(
            "--penalty", "|".join(PENALTIES),
            "the penalty R(W): l1 is ‖W‖₁, l2 is ½‖W‖₂², elastic-net a share of each, group-lasso Σ √|g| ‖W_g‖₂, where "
            "all weights that leave an input column, or a unit, are one group g (default l2)",
        ),
    ),
    Setting(
        "training.lam", Number(low=0.0, high=LAMBDA_MAXIMUM), "λ", "λ {before} → {after}",
        tip="Strength of the penalty: any number from 0 to 1e12.", control="lambdaEdit",
        option=Option("--lam", "λ", "the factor of the penalty, from 0 to 1e12 (default 0.01)", "λ"),
    ),
    Setting(
        "training.l1_ratio", Number(low=0.0, high=1.0), "L1 share", "L1 share {before} → {after}",
        tip="Share of L1 in the elastic net.", control="l1RatioSlider", idle="Only the elastic net mixes L1 and L2.",
        option=Option(
            "--l1-ratio", "R", "the share of L1 in the elastic net, from 0 to 1 (default 0.5)", "the L1 ratio"
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
            "auto is Adam, or to convergence an exact solver for linear models, and L-BFGS from several weights for "
            "networks with a penalty and full batches; momentum is damped: it steps along 0.9 of its last direction + "
            "0.1 of the gradient (default auto)",
            words=("auto",),
        ),
    ),
    Setting(
        "training.learning_rate", Number(low=LEARNING_RATE_RANGE[0], high=LEARNING_RATE_RANGE[1]), "Learning rate",
        "learning rate {before} → {after}", tip="Length of a step, 0.00001 to 1.", control="learningRateEdit",
        option=Option(
            "--learning-rate", "RATE", "the size of a step along the gradient, from 1e-5 to 1 (default 0.01)",
            "the learning rate"
        ),
    ),
    Setting(
        "training.batch_size", Whole(low=0, high=LARGEST_BATCH, word="full"), "Batch size",
        "batch size {before} → {after}", unit="rows", tip="Rows of each step: a number, or full for all of them.",
        control="batchSizeEdit",
        option=Option("--batch-size", "N|full", "how many rows one optimiser step takes; full is all (default full)"),
    ),
)  # fmt: skip

ENDING = (
    Setting(
        "ending.n_epochs", Whole(is_optional=True, high=MOST_EPOCHS), "Epochs", "epochs {before} → {after}",
        none_text="to convergence",
        option=Option("--epochs", "N", "train for exactly N passes over the training rows", "a number of epochs"),
        no_control=HEADLESS,
    ),
    Setting(
        "ending.tolerance", Number(is_optional=True, low=0.0, high=1e12, is_low_open=True), "Tolerance",
        "tolerance {before} → {after}",
        option=Option(
            "--tol", "RESIDUAL",
            "the largest KKT residual at which a model counts as converged (default 1e-8; 1e-5 with hidden layers)",
            "a tolerance"
        ),
        no_control=HEADLESS,
    ),
    Setting(
        "ending.max_epochs", Whole(is_optional=True, low=1, high=MOST_EPOCHS), "Most epochs",
        "most epochs {before} → {after}",
        option=Option(
            "--max-epochs", "N", "the epoch at which training ends at the latest (default 20000)", "a number of epochs"
        ),
        no_control=HEADLESS,
    ),
    Setting(
        "ending.is_optimizer_chosen", Truth(), "Optimiser is chosen",
        unsaid="the optimiser itself is said", no_control=HEADLESS,
        no_option="--optimizer makes it true unless it says auto",
    ),
)  # fmt: skip

STARTS = (
    Setting(
        "sweep.n_starts", Whole(low=1, high=MOST_STARTS), "Starts", "starts of the sweep {before} → {after}",
        control="severalStartsAction",
        option=Option(
            "--n-starts", "N",
            "how many initial weights a network is trained from, with seeds from --seed on; the lowest J counts "
            "(default 1)",
            "a number of starts",
        ),
    ),
)  # fmt: skip
"""Of a fit and of a sweep alike."""

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
            "--n-lambdas", "N", "how many λ the grid has, at equal ratios (default 50)", "a number of λ"
        ),
        no_control="the window sweeps a grid of 50",
    ),
    Setting(
        "sweep.n_folds", Whole(low=1, high=MOST_FOLDS), "Folds", "folds {before} → {after}",
        option=Option(
            "--folds", "N", "the number of folds of the cross-validation; 1: the validation rows judge (default 5)",
            "a number of folds"
        ),
        no_control="the window sweeps five folds",
    ),
    *STARTS,
)  # fmt: skip
