"""The options of the command line, by group, and the parser that refuses a wrong one in a single sentence."""

from __future__ import annotations

import math
import re
from argparse import SUPPRESS, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import NoReturn

from regdesk import __version__
from regdesk.cli import argument_types as types
from regdesk.core.types import (
    ACTIVATIONS,
    LEARNING_RATE_RANGE,
    OPTIMIZERS,
    PENALTIES,
    Architecture,
    DataSettings,
    TaskChoice,
    TrainSettings,
)
from regdesk.system.terminal import flush_output, write_error, write_output
from regdesk.tasks.fit_plan import MAX_EPOCHS

_TASKS: tuple[TaskChoice, ...] = ("auto", "regression", "classification")


def say_and_leave(sentence: str) -> NoReturn:
    """What a command does with arguments that cannot be: a sentence on standard error, and status 2."""
    write_error(sentence)
    raise SystemExit(2)


class OneSentenceParser(ArgumentParser):
    """Says what is wrong in one sentence instead of a page of usage.

    ``refuse`` is what becomes of the sentence; it has to raise.
    """

    refuse: Callable[[str], NoReturn] = staticmethod(say_and_leave)

    def parse(self, argv: Sequence[str]) -> Namespace:
        """What ``argv`` says. Raises SystemExit: 2, having said why, or 0 after ``--help`` or ``--version``.

        Raises OutputLost where these cannot be written.
        """
        found, extra = self.parse_known_args(list(argv))
        if extra:
            name = extra[0].partition("=")[0]
            close = get_close_matches(name, list(self._option_string_actions), n=1) if name.startswith("-") else []
            what = "option" if name.startswith("-") else "argument"
            remedy = f"did you mean {close[0]}?" if close else f"'{self.prog} --help' lists what there is"
            self.error(f"there is no {what} {name} here; {remedy}")
        return found

    def _print_message(self, message: str, file: object = None) -> None:
        # The help and the version; argparse itself would lose them without a word where they cannot be written.
        write_output(message.rstrip("\n"))
        flush_output()

    def error(self, message: str) -> NoReturn:
        sentence = re.sub(r"^argument (\S+?)(?:/\S+)?: ", r"\1: ", message)
        self.refuse(sentence if sentence.endswith(("?", ".")) else sentence + ".")


def make_parser(prog: str, description: str, refuse: Callable[[str], NoReturn] = say_and_leave) -> OneSentenceParser:
    # Abbreviations would change their meaning with every option that is added.
    parser = OneSentenceParser(
        prog=prog,
        description=description,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
        argument_default=None,
        add_help=False,
    )
    parser.refuse = refuse
    parser.add_argument("-h", "--help", action="help", default=SUPPRESS, help="show this and leave")
    parser.add_argument("--version", action="version", version=f"regdesk {__version__}", help="show the version")
    return parser


def add_json(parser: OneSentenceParser) -> None:
    parser.add_argument("--json", action="store_true", help="write JSON, and nothing else, to standard output")


def add_target(parser: OneSentenceParser, required: bool) -> None:
    parser.add_argument("--target", required=required, metavar="COL", help="the column to predict")


def add_reading(parser: OneSentenceParser) -> None:
    group = parser.add_argument_group("reading")
    group.add_argument(
        "--delimiter",
        type=types.delimiter,
        metavar="MARK",
        help="comma, semicolon, tab or the mark itself (detected when left out)",
    )


def add_sweep(parser: OneSentenceParser) -> None:
    add = parser.add_argument_group("sweep").add_argument
    add("--lambdas", type=types.lambdas, metavar="L1,L2,…", help="the λ to visit (default: a grid from λ_max down)")
    add(
        "--n-lambdas",
        type=types.whole("a number of λ", 2),
        metavar="N",
        help="points of the grid, geometric (default 50)",
    )
    add(
        "--folds",
        type=types.whole("a number of folds", 1),
        metavar="N",
        help="of the cross-validation; 1 is the validation split (default 5)",
    )
    add(
        "--n-starts",
        type=types.whole("a number of starts", 1),
        metavar="N",
        help="initial weights that a network is tried from, from --seed on; the lowest J counts (default 1)",
    )
    add(
        "--workers",
        type=types.workers,
        metavar="threads:N|processes:N|dask:ADDRESS",
        help="who solves the models: threads or child processes of this machine, or a Dask cluster, which needs the "
        "extra 'cluster'; the numbers are the same (default: threads on every core; a linear model's paths in step)",
    )
    add(
        "--out",
        type=types.path,
        metavar="DIR",
        help="also write path.csv, weights.csv, summary.json and pictures of every panel there",
    )


def add_data(parser: OneSentenceParser) -> None:
    default = DataSettings()
    group = parser.add_argument_group("data")
    add = group.add_argument
    add("--features", type=types.features, metavar="A,B,C", help="columns to predict from (default: all usable ones)")
    add("--task", type=types.choice(_TASKS), default=default.task, metavar="|".join(_TASKS), help="(default auto)")
    add(
        "--missing",
        type=types.choice(("drop", "impute")),
        default=default.missing,
        metavar="drop|impute",
        help="drop rows with missing cells, or fill in the training rows' median or most frequent value (default)",
    )
    add("--no-standardize", action="store_true", help="leave the inputs as they are")
    add("--no-standardize-target", action="store_true", help="leave a regression target as it is")
    add(
        "--validation-fraction",
        type=types.fraction,
        default=default.validation_fraction,
        metavar="F",
        help="share of rows held back to validate (default 0.25)",
    )
    add(
        "--test-fraction",
        type=types.fraction,
        default=default.test_fraction,
        metavar="F",
        help="share of rows held back to test (default 0)",
    )
    add(
        "--split-column",
        metavar="COL",
        help="column that says train, validation or test; true or 1 is what its name says (is_test), else train",
    )
    add("--fold-column", metavar="COL", help="column that says to which fold of a sweep a row belongs; never a feature")
    add(
        "--seed",
        type=types.whole("a seed", 0),
        default=0,
        metavar="N",
        help="of the split, the initial weights and the batches (default 0)",
    )


def add_model(parser: OneSentenceParser, ending: str) -> None:
    default = TrainSettings()
    add = parser.add_argument_group("model").add_argument
    add(
        "--hidden",
        type=types.hidden,
        default=Architecture().hidden,
        metavar="UNITS",
        help='units of each hidden layer (default 16,16); "" for none: linear, logistic or softmax regression',
    )
    add(
        "--activation",
        type=types.choice(ACTIVATIONS),
        default=Architecture().activation,
        metavar="|".join(ACTIVATIONS),
        help="(default tanh)",
    )
    add(
        "--penalty",
        type=types.choice(PENALTIES),
        default=default.penalty,
        metavar="|".join(PENALTIES),
        help="R: l1 is ‖W‖₁, l2 is ½‖W‖₂², elastic-net some of both, group-lasso Σ √|g| ‖W_g‖₂, where all weights "
        "that leave an input column, or a unit, are one group g (default l2)",
    )
    add("--lam", type=types.lam, default=default.lam, metavar="λ", help="from 0 to 1e12 (default 0.01)")
    add(
        "--l1-ratio",
        type=types.number("the L1 ratio", 0.0, 1.0, "from 0 to 1"),
        default=default.l1_ratio,
        metavar="R",
        help="share of L1 in the elastic net (default 0.5)",
    )
    _add_optimizer(add, default)
    _add_ending(parser.add_argument_group(ending).add_argument)


def _add_optimizer(add: Callable[..., object], default: TrainSettings) -> None:
    add(
        "--optimizer",
        type=types.choice(("auto", *OPTIMIZERS)),
        default="auto",
        metavar="|".join(("auto", *OPTIMIZERS)),
        help="auto is Adam, or for linear models trained to convergence an exact solver; momentum is damped: it steps "
        "along 0.9 of its last direction + 0.1 of the gradient (default auto)",
    )
    add(
        "--learning-rate",
        type=types.number("the learning rate", *LEARNING_RATE_RANGE, "from 1e-5 to 1"),
        default=default.learning_rate,
        metavar="RATE",
        help="from 1e-5 to 1 (default 0.01)",
    )
    add(
        "--batch-size",
        type=types.batch_size,
        default=default.batch_size,
        metavar="N|full",
        help="rows of one optimiser step (default full)",
    )


def _add_ending(add: Callable[..., object]) -> None:
    add("--epochs", type=types.whole("a number of epochs", 0), metavar="N", help="exactly N passes over the rows")
    add(
        "--tol",
        type=types.number("a tolerance", math.nextafter(0.0, 1.0), 1e12, "above 0"),
        metavar="RESIDUAL",
        help="largest kkt residual of a converged model (default 1e-8; 1e-5 with hidden layers)",
    )
    add(
        "--max-epochs",
        type=types.whole("a number of epochs", 1),
        metavar="N",
        help=f"where training ends at the latest (default {MAX_EPOCHS})",
    )
