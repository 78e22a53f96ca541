"""The options of the command line, by group, and the parser that refuses a wrong one in a single sentence."""

from __future__ import annotations

import re
from argparse import SUPPRESS, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

from regdesk import __version__
from regdesk.cli import argument_types as types
from regdesk.cli.setting_options import add_setting
from regdesk.core.settings.data_table import DATA
from regdesk.core.settings.run_table import ENDING, MODEL, STARTS, SWEEP
from regdesk.core.settings.setting_kinds import MOST_QUOTED, Number
from regdesk.core.settings.settings_table import READING
from regdesk.data.errors import shorten
from regdesk.system.terminal import flush_output, write_error, write_output


def say_and_leave(sentence: str) -> NoReturn:
    """What a command does with arguments that cannot be: a sentence on standard error, and status 2."""
    write_error(sentence)
    raise SystemExit(2)


_THEMES = ("system", "light", "dark")
# What argparse says in words of its own.
_LACKING = re.compile(r"the following arguments are required: (.*)")
_VALUE_OF_A_FLAG = re.compile(r"^(\S+): ignored explicit argument .*", re.DOTALL)
_DASHED = re.compile(r"-[^-]")
_NO_VALUE = re.compile(r"^(\S+): expected (?:one argument|at least one argument)$")


class _Lacking(Exception):
    """``str()`` names the arguments that have to be there and are not."""


def closest_option(name: str, options: Sequence[str]) -> str | None:
    """The one of ``options`` that ``name`` is nearest to, if it is near; dashes make none alike."""
    plain = {one.lstrip("-").replace("-", "_"): one for one in options}
    close = get_close_matches(name.lstrip("-").replace("-", "_"), list(plain), n=1)
    return plain[close[0]] if close else None


class OneSentenceParser(ArgumentParser):
    """Says what is wrong in one sentence instead of a page of usage.

    ``refuse`` is what becomes of the sentence; it has to raise.
    """

    refuse: Callable[[str], NoReturn] = staticmethod(say_and_leave)

    def parse(self, argv: Sequence[str]) -> Namespace:
        """What ``argv`` says. Raises SystemExit: 2, having said why, or 0 after ``--help`` or ``--version``.

        Raises OutputLost where these cannot be written.
        """
        required = [action for action in self._actions if action.required]
        argv = self._with_dashed_values(argv)
        try:
            found, extra = self.parse_known_args(argv)
        except _Lacking as lacking:
            # What does not belong here often is what belongs to an option that is not there; it is said first.
            for action in required:
                action.required = False
            _, extra = self.parse_known_args(argv)
            self._refuse_extra(extra)
            names = str(lacking).replace(", ", " and ")
            self.error(f"{names} {'are' if ' and ' in names else 'is'} missing; {self._where_to_look()}")
        self._refuse_extra(extra)
        return found

    def _with_dashed_values(self, argv: Sequence[str]) -> list[str]:
        """``argv`` with --lam=-1e3 for --lam -1e3, and --target=-y for --target -y where there is no option -y:
        argparse takes such a value for an option, and misses one.
        """
        found: list[str] = []
        for argument in argv:
            action = self._option_string_actions.get(found[-1]) if found else None
            is_dashed = _DASHED.match(argument) and argument not in self._option_string_actions
            if action is not None and action.nargs is None and is_dashed:
                found[-1] += f"={argument}"
            else:
                found.append(argument)
        return found

    def _refuse_extra(self, extra: Sequence[str]) -> None:
        """Raises what ``refuse`` raises where ``extra`` has arguments that no option takes."""
        if not extra:
            return
        name = extra[0].partition("=")[0] if extra[0].startswith("-") else extra[0]
        close = closest_option(name, [one for one in self._option_string_actions if one.startswith("--")])
        what = "option" if name.startswith("-") else "argument"
        remedy = f"did you mean {close}?" if close and what == "option" else self._where_to_look()
        if _DASHED.match(extra[0]) and Path(extra[0]).exists():
            remedy = f"the file of that name is written ./{shorten(extra[0], MOST_QUOTED)[1:-1]}"
        self.error(f"there is no {what} {shorten(name, MOST_QUOTED)[1:-1]} here; {remedy}")

    def _where_to_look(self) -> str:
        return f"'{self.prog} --help' lists what there is"

    def _print_message(self, message: str, file: object = None) -> None:
        # The help and the version; argparse itself would lose them without a word where they cannot be written.
        write_output(message.rstrip("\n"))
        flush_output()

    def error(self, message: str) -> NoReturn:
        lacking = _LACKING.fullmatch(message)
        if lacking is not None:
            raise _Lacking(lacking[1])
        sentence = re.sub(r"^argument (\S+?)(?:/\S+)?: ", r"\1: ", message)
        sentence = _VALUE_OF_A_FLAG.sub(r"\1 takes no value", sentence)
        sentence = _NO_VALUE.sub(r"\1 needs a value after it", sentence)
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


def add_save(parser: OneSentenceParser) -> None:
    parser.add_argument(
        "--save",
        type=types.path,
        metavar="MODEL",
        help="save the model as this file, such as houses.regdesk; a model that is there is replaced, at a "
        "terminal after a question; any other file stays",
    )


def add_at(parser: OneSentenceParser, what: str) -> None:
    """``what`` begins the help: of which λ something is."""
    parser.add_argument(
        "--at",
        type=types.lambda_rule,
        metavar="best|1se|LAMBDA",
        help=f"{what}: that of the lowest validation loss (default), the largest within one standard error of it, or "
        "the λ of the sweep that is nearest to a number",
    )


def add_target(parser: OneSentenceParser, required: bool) -> None:
    add_setting(parser.add_argument, "data.target", required=required)


def add_window(parser: OneSentenceParser) -> None:
    """How the window starts, what it looks like, and its picture."""
    window = parser.add_argument_group("window")
    window.add_argument("--run", action="store_true", help="start training at once")
    add_setting(window.add_argument, "view.steps_per_second")
    window.add_argument(
        "--theme",
        type=types.choice(_THEMES),
        metavar="|".join(_THEMES),
        help="colours of the window (default: those chosen last, at first the system's)",
    )
    window.add_argument(
        "--screenshot", type=types.path, metavar="PNG", help="show the window, train, write its picture, and leave"
    )
    window.add_argument(
        "--after",
        type=types.number("a time of seconds", Number(low=0.0, high=86_400.0)),
        metavar="SECONDS",
        help="how long to train before the picture (default 3)",
    )
    window.add_argument(
        "--safe",
        action="store_true",
        help="start without preferences, compiled code and recovery, to see whether one of them is the trouble",
    )


def add_reading(parser: OneSentenceParser) -> None:
    add = parser.add_argument_group("reading").add_argument
    for setting in READING:
        add_setting(add, setting.path)


def add_sweep(parser: OneSentenceParser) -> None:
    """How λ is swept, and where the results go."""
    add_sweep_settings(parser)(
        "--out",
        type=types.path,
        metavar="DIR",
        help="also write path.csv, weights.csv, summary.json and pictures of every panel there; they take the place of "
        "those of an earlier sweep, at a terminal after a question, and files of others are kept under another name",
    )


def add_sweep_settings(parser: OneSentenceParser) -> Callable[..., object]:
    """How λ is swept and by whom; what is returned adds more options to the group."""
    add = parser.add_argument_group("sweep").add_argument
    for setting in SWEEP:
        add_setting(add, setting.path)
    add(
        "--workers",
        type=types.workers,
        metavar="threads:N|processes:N|dask:ADDRESS",
        help="who solves the models: threads or child processes of this machine, or a Dask cluster, which needs the "
        "extra 'cluster'; the numbers are the same (default: threads on every core; a linear model's paths in step)",
    )
    return add


def add_starts(parser: OneSentenceParser) -> None:
    """From how many initial weights a fit begins."""
    add = parser.add_argument_group("starts").add_argument
    for setting in STARTS:
        add_setting(add, setting.path)


def add_data(parser: OneSentenceParser) -> None:
    add = parser.add_argument_group("data").add_argument
    for setting in DATA:
        if setting.path != "data.target":
            add_setting(add, setting.path)


def add_model(parser: OneSentenceParser, ending: str) -> None:
    """``ending`` is the title of the options that say when training ends."""
    for title, settings in (("model", MODEL), (ending, ENDING)):
        add = parser.add_argument_group(title).add_argument
        for setting in settings:
            if setting.option is not None:
                add_setting(add, setting.path)
